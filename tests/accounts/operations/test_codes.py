"""Codes that are handed over: who is refused, what ends with a new password, what is kept."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.models import AccessCode, AuditEvent, DevicePerson
from accounts.operations.codes import (
    CodeRefused,
    PasswordRefused,
    find_code,
    find_invitation,
    make_access_code,
    use_code,
)
from accounts.operations.guessing import TRIES_PER_CODE, TRIES_PER_PERSON_AND_ADDRESS, TooManyTries
from accounts.operations.person import change_password
from accounts.operations.shared_devices import remember_on_device
from tests.factories import make_person

pytestmark = pytest.mark.django_db

NEW, OFFICE = "river-lotus-77", "203.0.113.7"


@pytest.fixture
def person():
    return get_user_model().objects.create_user(
        name="ឈឹម វណ្ណា", password="lotus-river-7", phone="+85512345678"
    )


@pytest.fixture
def supervisor():
    return make_person()


def find(typed, identifier="012 345 678", address=OFFICE):
    return find_code(identifier=identifier, typed=typed, address=address)


def refused(typed, **more) -> str:
    with pytest.raises(CodeRefused) as refusal:
        find(typed, **more)
    return str(refusal.value)


def test_whatever_is_wrong_is_refused_in_the_same_words(person, supervisor):
    old = make_access_code(person=person, kind="return", by=supervisor)
    made = make_access_code(person=person, kind="return", by=supervisor)
    other = get_user_model().objects.create_user(name="Off", password=None, phone="+85512000000")
    others = make_access_code(person=other, kind="return", by=supervisor)
    get_user_model().objects.filter(pk=other.pk).update(is_active=False)
    wrong = f"{(int(made.typed) + 1) % 10**6:06}"
    words = {
        refused(wrong),
        refused(old.typed if old.typed != made.typed else wrong),
        refused(others.typed, identifier="012 000 000"),
        refused(made.typed, identifier="099 999 999"),
        refused(made.typed, identifier="nobody@example.org"),
        refused("", identifier="no number"),
    }
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        words.add(refused(made.typed))
    use_code(code=made.code, password=NEW, language="km")
    words.add(refused(made.typed))
    for token in (made.token, old.token, "x" * 500, "\x00"):
        with pytest.raises(CodeRefused) as refusal:
            find_invitation(token=token)
        words.add(str(refusal.value))
    assert len(words) == 1


def test_guessing_is_paused_and_does_not_tell_who_exists(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    for identifier in ("012 345 678", "099 999 999"):
        for _ in range(TRIES_PER_PERSON_AND_ADDRESS):
            refused("wrong", identifier=identifier)
        with pytest.raises(TooManyTries):
            find(made.typed, identifier=identifier)


def test_a_code_is_closed_after_tries_from_many_addresses(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    for number in range(TRIES_PER_CODE):
        refused("wrong", address=f"203.0.113.{number}")
    with pytest.raises(TooManyTries):
        find(made.typed, address="198.51.100.1")


@pytest.mark.parametrize(("kind", "length", "hours"), [("return", 6, 1), ("invitation", 8, 14 * 24)])
def test_a_code_is_short_lives_as_long_as_it_must_and_only_hashes_are_kept(
    person, supervisor, kind, length, hours
):
    made = make_access_code(person=person, kind=kind, by=supervisor)
    assert len(made.typed) == length
    assert not set(made.typed) & set("OI" if kind == "return" else "OI01")
    assert made.code.expires_at - made.code.made_at == timedelta(hours=hours)
    kept = AccessCode.objects.values().get()
    assert made.typed not in map(str, kept.values())
    assert made.token not in map(str, kept.values())
    trail = AuditEvent.objects.get(verb="accounts.access_code.made")
    assert trail.detail == {"person": person.pk, "kind": kind}
    assert trail.actor == supervisor.pk


def test_it_is_taken_however_it_is_typed(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    khmer = made.typed.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))
    assert find(f" {khmer[:3]} {khmer[3:]}", identifier="០១២ ៣៤៥ ៦៧៨") == made.code
    letters = make_access_code(person=person, kind="invitation", by=supervisor)
    assert find(f"{letters.typed[:4]}-{letters.typed[4:]}".lower()) == letters.code


def test_a_password_that_is_too_easy_leaves_the_code_open(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    for easy in ("short", "1234567890", "password123"[:8]):
        with pytest.raises(PasswordRefused):
            use_code(code=made.code, password=easy, language="km")
    assert find(made.typed) == made.code


def test_a_code_that_ran_out_or_was_replaced_while_the_page_stood_open_is_refused(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    found = find(made.typed)
    make_access_code(person=person, kind="return", by=supervisor)
    with pytest.raises(CodeRefused):
        use_code(code=found, password=NEW, language="km")
    person.refresh_from_db()
    assert person.check_password("lotus-river-7")


def test_a_code_sets_password_and_language_and_ends_what_let_the_person_in_before(client, person, supervisor):
    client.force_login(person)
    remember_on_device(device_token="", person=person, pin="4826")
    made = make_access_code(person=person, kind="return", by=supervisor)
    used = use_code(code=made.code, password=NEW, language="en")
    assert used.check_password(NEW)
    assert used.language == "en"
    assert client.get("/km/account/").status_code == 302
    assert not DevicePerson.objects.exists()
    assert AccessCode.objects.get().used_at
    assert AuditEvent.objects.filter(verb="accounts.access_code.used", actor=person.pk).count() == 1


def test_an_own_new_password_takes_back_the_code_that_somebody_still_holds(person, supervisor):
    made = make_access_code(person=person, kind="return", by=supervisor)
    remember_on_device(device_token="", person=person, pin="4826")
    change_password(person=person, password=NEW, by=person)
    refused(made.typed)
    assert not DevicePerson.objects.exists()
