"""Changing person by a PIN: which PINs are refused, when one stops to open, and that it opens nothing elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent, DevicePerson
from accounts.operations.shared_devices import (
    MOST_PEOPLE,
    PinRefused,
    forget_on_device,
    people_on_device,
    recognise_by_pin,
    remember_on_device,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PIN = "4826"


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def token(person):
    return remember_on_device(device_token="", person=person, pin=PIN)


def come_in(token, person, pin=PIN):
    return recognise_by_pin(device_token=token, person=person.pk, pin=pin, address="203.0.113.7")


@pytest.mark.parametrize(
    "pin", ["", "123", "1234567", "abcd", "1234", "4321", "០០០០", "1212", "98765", "\x00", "12 34"]
)
def test_a_pin_that_is_easy_to_guess_is_refused(person, pin):
    with pytest.raises(PinRefused):
        remember_on_device(device_token="", person=person, pin=pin)
    assert not DevicePerson.objects.exists()


def test_the_end_of_the_own_number_is_refused(person):
    person.phone = "+85512345678"
    for pin in ("5678", "45678"):
        with pytest.raises(PinRefused):
            remember_on_device(device_token="", person=person, pin=pin)


def test_wrong_pin_wrong_person_and_wrong_device_are_refused_alike(token, person):
    elsewhere = remember_on_device(device_token="", person=make_person(), pin=PIN)
    words = set()
    for tried, who, pin in [
        (token, person, "1357"),
        (token, make_person(), PIN),
        (elsewhere, person, PIN),
        ("", person, PIN),
    ]:
        with pytest.raises(PinRefused) as refusal:
            come_in(tried, who, pin)
        words.add(str(refusal.value))
    assert len(words) == 1


def test_the_fifth_wrong_pin_takes_the_person_off_the_device(token, person):
    for _ in range(5):
        with pytest.raises(PinRefused):
            come_in(token, person, "1357")
    with pytest.raises(PinRefused):
        come_in(token, person)
    assert not DevicePerson.objects.exists()
    assert AuditEvent.objects.filter(verb="accounts.shared_device.left").get().detail == {"tries": 5}


def test_the_right_pin_opens_in_either_script_and_forgives_what_was_mistyped(token, person):
    for pin in ("1357", "1357"):
        with pytest.raises(PinRefused):
            come_in(token, person, pin)
    assert come_in(token, person, "៤៨២៦") == person
    row = DevicePerson.objects.get()
    assert row.failed_count == 0
    assert row.last_used_at
    assert PIN not in row.pin_hash
    assert token not in row.device.token_hash


def test_it_ends_after_thirty_days_and_for_people_who_may_not_come_in(token, person):
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        with pytest.raises(PinRefused):
            come_in(token, person)
        assert not people_on_device(token)
    person.is_active = False
    person.save()
    with pytest.raises(PinRefused):
        come_in(token, person)


def test_a_device_has_room_for_a_few_and_each_stands_there_once(token, person):
    assert remember_on_device(device_token=token, person=person, pin="9173") == token
    for _ in range(MOST_PEOPLE - 1):
        remember_on_device(device_token=token, person=make_person(), pin=PIN)
    with pytest.raises(PinRefused):
        remember_on_device(device_token=token, person=make_person(), pin=PIN)
    assert people_on_device(token).count() == MOST_PEOPLE
    assert forget_on_device(device_token=token, person=person)
    assert not forget_on_device(device_token=token, person=person)
