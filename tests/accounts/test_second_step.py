"""The second step of signing in, for roles that see what concerns many people."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AuditEvent
from accounts.operations.second_step import (
    ResetRefused,
    WrongSecondStep,
    begin_second_step,
    confirm_second_step,
    has_second_step,
    reset_second_step,
    take_second_step,
)
from accounts.roles import ROLES
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PASSWORD = "lotus-river-7"
STEP, SET_UP = "/km/second-step/", "/km/second-step/set-up/"


def digits_of(device: TOTPDevice, steps: int = 0) -> str:
    """What the app shows now, or `steps` half minutes later."""
    clock = TOTP(device.bin_key, device.step, device.t0, device.digits)
    clock.time = time.time() + steps * device.step
    return f"{clock.token():06}"


def with_app(person) -> tuple[TOTPDevice, list[str]]:
    device = begin_second_step(person=person)
    codes = confirm_second_step(person=person, typed=digits_of(device, -1), by=person)
    return TOTPDevice.objects.get(pk=device.pk), codes


@pytest.fixture(autouse=True)
def _stopped_clock():
    """So that no half minute ends between reading the app and typing."""
    with time_machine.travel(datetime(2026, 6, 15, 9, 0, 10, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def officer():
    person = make_person(role="ngo_officer")
    person.set_password(PASSWORD)
    person.save()
    return person


def come_in(client, person, **more):
    return client.post("/km/sign-in/", {"identifier": person.phone, "password": PASSWORD} | more)


def test_the_roles_that_give_out_roles_everywhere_or_see_a_programme_take_it():
    assert {code for code, role in ROLES.items() if role.has_second_step} == {"ngo_officer", "administrator"}


def test_digits_are_taken_however_they_are_typed_but_only_once(officer):
    device, _codes = with_app(officer)
    shown = digits_of(device)

    with pytest.raises(WrongSecondStep):
        take_second_step(person=officer, typed=f"{(int(shown) + 1) % 10**6:06}")
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    take_second_step(person=officer, typed=shown.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")))
    with pytest.raises(WrongSecondStep):
        take_second_step(person=officer, typed=shown)


@pytest.mark.parametrize("typed", ["", "\x00", "9" * 39, "កខគ", "²²²²²²", "1e5", "-1"])
def test_nonsense_is_refused_like_a_wrong_code(officer, typed):
    with_app(officer)
    with pytest.raises(WrongSecondStep):
        take_second_step(person=officer, typed=typed)


def test_wrong_codes_are_slowed_down_even_if_the_next_is_right(officer):
    device, _codes = with_app(officer)
    for _try in range(2):
        with pytest.raises(WrongSecondStep):
            take_second_step(person=officer, typed="000000")

    with pytest.raises(WrongSecondStep):
        take_second_step(person=officer, typed=digits_of(device))


def test_a_recovery_code_lets_in_once(officer):
    _device, codes = with_app(officer)
    assert len(set(codes)) == 8

    take_second_step(person=officer, typed=f" {codes[3].upper()} ")
    with pytest.raises(WrongSecondStep):
        take_second_step(person=officer, typed=codes[3])


def test_an_app_that_is_set_up_is_not_replaced_by_whoever_knows_the_password(officer):
    with_app(officer)
    device = begin_second_step(person=officer)
    with pytest.raises(WrongSecondStep):
        confirm_second_step(person=officer, typed=digits_of(device), by=officer)


def test_after_a_reset_another_app_is_set_up_and_the_trail_says_who_did_it(officer):
    with_app(officer)
    administrator = make_person(role="administrator")

    reset_second_step(person=officer, by=administrator)

    assert not has_second_step(officer)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", "actor"))
    assert verbs == [
        ("accounts.second_step.confirmed", officer.pk),
        ("accounts.second_step.reset", administrator.pk),
    ]


def test_nobody_resets_their_own(officer):
    with_app(officer)
    with pytest.raises(ResetRefused):
        reset_second_step(person=officer, by=officer)
    assert has_second_step(officer)


def test_the_server_resets_it_when_no_other_administrator_is_left(officer, capsys):
    with_app(officer)
    with pytest.raises(CommandError):
        call_command("reset_second_step", "nobody@example.org")

    call_command("reset_second_step", officer.phone)

    assert not has_second_step(officer)
    assert AuditEvent.objects.get(verb="accounts.second_step.reset").actor is None


def test_an_administrator_resets_it_on_the_page_of_the_person(client, officer):
    with_app(officer)
    client.force_login(make_person(role="administrator"))
    page = reverse("communities:person", args=[officer.assignments.get().pk])

    assert "បាត់ទូរស័ព្ទ" in client.get(page).content.decode()
    client.post(f"{page}app/")

    assert not has_second_step(officer)


def test_an_officer_goes_nowhere_before_an_app_is_set_up(client, officer):
    come_in(client, officer)

    for page in ("home", "accounts:account", "scorecards:review-queue"):
        assert client.get(reverse(page)).url == STEP
    assert client.get(STEP).url == SET_UP
    wrong = client.post(SET_UP, {"typed": "000000"})
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert "មិនមែនជាលេខ" in wrong.content.decode()
    answer = client.post(SET_UP, {"typed": digits_of(TOTPDevice.objects.get())})

    assert len(answer.context["codes"]) == 8
    assert client.get("/km/").status_code == 200


def test_the_next_sign_in_asks_for_the_digits(client, officer):
    device, _codes = with_app(officer)
    come_in(client, officer)

    assert client.get("/km/").url == STEP
    assert client.get(SET_UP).url == STEP
    refused = client.post(STEP, {"typed": "12"})
    assert refused.context["form"].errors.keys() == {"typed"}
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post(STEP, {"typed": digits_of(device)}).url == "/km/"
    assert client.get("/km/").status_code == 200


def test_whoever_has_another_role_and_whoever_practises_is_not_asked(client):
    for person in (make_person(role="councillor"), make_person(role="ngo_officer")):
        person.is_practice = any(each.role == "ngo_officer" for each in person.assignments.all())
        person.set_password(PASSWORD)
        person.save()
        come_in(client, person)
        assert client.get("/km/").status_code == 200
        client.logout()
