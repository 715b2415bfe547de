"""Who may come in."""

import pytest
from django.contrib.auth import get_user_model

from accounts.models import SignInAttempt
from accounts.operations.sign_in import (
    TRIES_PER_ADDRESS,
    TRIES_PER_PERSON_AND_ADDRESS,
    TooManyTries,
    WrongCredentials,
    recognise_person,
)

pytestmark = pytest.mark.django_db

PASSWORD = "lotus-river-7"
OFFICE, ELSEWHERE = "203.0.113.7", "203.0.113.8"


@pytest.fixture
def person():
    return get_user_model().objects.create_user(
        name="Sun Sopheak", password=PASSWORD, phone="+85512345678", email="sopheak@example.org"
    )


def fail(identifier="012 345 678", address=OFFICE, times=1):
    for _ in range(times):
        with pytest.raises(WrongCredentials):
            recognise_person(identifier=identifier, password="wrong", address=address)


def test_every_failure_gets_the_same_words(person):
    person_off = get_user_model().objects.create_user(name="Off", password=PASSWORD, phone="+85512000000")
    person_off.is_active = False
    person_off.save()
    refusals = []
    for identifier, password in [
        ("012 345 678", "wrong"),
        ("012 000 000", PASSWORD),
        ("099 999 999", PASSWORD),
        ("nobody@example.org", PASSWORD),
        ("not a number", PASSWORD),
    ]:
        with pytest.raises(WrongCredentials) as refusal:
            recognise_person(identifier=identifier, password=password, address=OFFICE)
        refusals.append(str(refusal.value))
    assert len(set(refusals)) == 1


@pytest.mark.parametrize(
    "identifier", ["012345678", "012 345 678", "០១២ ៣៤៥ ៦៧៨", "+855 12 345 678", "Sopheak@Example.org"]
)
def test_phone_and_mail_are_recognised_as_people_type_them(person, identifier):
    assert recognise_person(identifier=identifier, password=PASSWORD, address=OFFICE) == person


def test_guessing_is_paused_even_with_the_right_password(person):
    fail(times=TRIES_PER_PERSON_AND_ADDRESS)
    with pytest.raises(TooManyTries):
        recognise_person(identifier="+85512345678", password=PASSWORD, address=OFFICE)


def test_an_unknown_number_is_paused_just_the_same():
    fail(identifier="011 111 111", times=TRIES_PER_PERSON_AND_ADDRESS)
    with pytest.raises(TooManyTries):
        recognise_person(identifier="011 111 111", password="x", address=OFFICE)


def test_the_pause_of_a_guesser_does_not_lock_the_person_out_elsewhere(person):
    fail(times=TRIES_PER_PERSON_AND_ADDRESS, address=ELSEWHERE)
    assert recognise_person(identifier="012345678", password=PASSWORD, address=OFFICE) == person


def test_one_address_cannot_try_one_word_on_many_people(person):
    SignInAttempt.objects.all().delete()
    for number in range(TRIES_PER_ADDRESS):
        fail(identifier=f"0110000{number:02d}")
    with pytest.raises(TooManyTries):
        recognise_person(identifier="012345678", password=PASSWORD, address=OFFICE)


def test_the_pause_ends_after_a_quarter_of_an_hour(person, time_machine):
    time_machine.move_to("2026-06-11 07:00:00+00:00", tick=False)
    fail(times=TRIES_PER_PERSON_AND_ADDRESS)
    time_machine.move_to("2026-06-11 07:15:01+00:00", tick=False)
    assert recognise_person(identifier="012345678", password=PASSWORD, address=OFFICE) == person


def test_coming_in_forgets_the_mistypes_before(person):
    fail(times=3)
    recognise_person(identifier="012345678", password=PASSWORD, address=OFFICE)
    assert not SignInAttempt.objects.exists()


def test_an_attempt_keeps_neither_number_nor_address_and_not_for_long(person, time_machine):
    time_machine.move_to("2026-06-11 07:00:00+00:00", tick=False)
    fail()
    attempt = SignInAttempt.objects.get()
    assert "12345678" not in attempt.identifier_hash + attempt.address_hash
    assert OFFICE not in attempt.address_hash
    time_machine.move_to("2026-06-12 08:00:00+00:00", tick=False)
    fail(identifier="011 111 111")
    assert SignInAttempt.objects.get().identifier_hash != attempt.identifier_hash
