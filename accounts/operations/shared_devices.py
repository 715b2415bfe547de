"""Changing person on a laptop that several people use, by a short PIN.

A PIN opens an account on that device only: it is hashed together with the token in the device's cookie, so that
neither the database nor the cookie alone is of use to somebody who guesses.
"""

import re
import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import DevicePerson, SharedDevice, User
from accounts.models.sign_in import PIN_TRIES
from accounts.operations.guessing import fingerprint, refuse_when_tried_too_often, remember_failure
from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.errors import Refused

LIVES_FOR = timedelta(days=30)
MOST_PEOPLE = 12  # on one device
LONGEST_TOKEN = 64  # characters
STEPS_UP, STEPS_DOWN = "01234567890", "09876543210"


class PinRefused(Refused):
    """This PIN cannot be set, or does not open the account; the sentence never says which people exist."""


@transaction.atomic
def remember_on_device(*, device_token: str, person: User, pin: str) -> str:
    """Let the person come in here with a PIN for the next 30 days. An empty or unknown token is a new device.

    Gives the token that belongs into the device's cookie.
    """
    now = timezone.now()
    pin = _fit_to_be_set(pin, person)
    device = _device(device_token)
    if device is None:
        device_token = secrets.token_urlsafe(32)
        device = SharedDevice.objects.create(token_hash=_token_hash(device_token), added_at=now)
    others = device.people.exclude(person=person)
    others.filter(expires_at__lte=now).delete()
    if others.count() >= MOST_PEOPLE:
        raise PinRefused(
            _("This device has as many people as it can have. One of them removes their PIN first.")
        )
    DevicePerson.objects.update_or_create(
        device=device, person=person,
        defaults={
            "pin_hash": make_password(_bound(device_token, pin)), "added_at": now, "expires_at": now + LIVES_FOR,
            "last_used_at": None, "failed_count": 0,
        },
    )  # fmt: skip
    record(
        "accounts.shared_device.joined", noun="user", object_id=person.pk, by=person, at=now, device=device.pk
    )
    return device_token


def recognise_by_pin(*, device_token: str, person: int, pin: str, address: str) -> User:
    """Who comes in with this PIN on this device; `person` is an id. The fifth wrong PIN in a row takes the person off
    the device, and the password is asked for again.
    """
    now = timezone.now()
    who, where = fingerprint(f"pin {person}"), fingerprint(address)
    refuse_when_tried_too_often(who, where, now)
    found = _try_pin(device_token, person, _digits(pin))
    if found is None:
        remember_failure(who, where, now)
        raise PinRefused(
            _("This PIN is not right. After five wrong ones, sign in with your number and your password.")
        )
    return found


@transaction.atomic
def _try_pin(device_token: str, person: int, pin: str) -> User | None:
    """Counts a wrong one, which a refusal raised in here would undo."""
    now = timezone.now()
    row = (
        DevicePerson.objects.select_for_update(of=("self",))
        .filter(
            device__token_hash=_token_hash(device_token), person=person, person__is_active=True, expires_at__gt=now
        )
        .select_related("person")
        .first()
    )  # fmt: skip
    is_right = check_password(_bound(device_token, pin), row.pin_hash if row else make_password("0000"))
    if row is None:
        return None
    if not is_right and row.failed_count + 1 >= PIN_TRIES:
        row.delete()
        record("accounts.shared_device.left", noun="user", object_id=person, by=None, at=now, tries=PIN_TRIES)
        return None
    row.failed_count = 0 if is_right else row.failed_count + 1
    row.last_used_at = now if is_right else row.last_used_at
    row.save(update_fields=["failed_count", "last_used_at"])
    return row.person if is_right else None


@transaction.atomic
def forget_on_device(*, device_token: str, person: User) -> bool:
    """Take the PIN away again; whether there was one."""
    now = timezone.now()
    device = _device(device_token)
    count, _kinds = DevicePerson.objects.filter(device=device, person=person).delete()
    if count:
        record("accounts.shared_device.left", noun="user", object_id=person.pk, by=person, at=now)
    return bool(count)


def people_on_device(device_token: str) -> QuerySet[DevicePerson]:
    """Those who can come in here with a PIN today, with the person; nobody where there is no token."""
    here = DevicePerson.objects.filter(
        device__token_hash=_token_hash(device_token), expires_at__gt=timezone.now(), person__is_active=True
    )
    return here.select_related("person").order_by("person__name", "pk")


def _device(token: str) -> SharedDevice | None:
    """Locked, so that people are added one after the other."""
    return SharedDevice.objects.select_for_update().filter(token_hash=_token_hash(token)).first()


def _token_hash(token: str) -> str:
    return salted_hmac("accounts.shared_device", token[:LONGEST_TOKEN], algorithm="sha256").hexdigest()


def _bound(device_token: str, pin: str) -> str:
    return f"{device_token[:LONGEST_TOKEN]} {pin}"


def _digits(pin: str) -> str:
    return re.sub(r"\s", "", latin_digits(pin[:40]))


def _fit_to_be_set(pin: str, person: User) -> str:
    """Four to six digits that are no row and no step pattern, and not the end of the own number."""
    digits = _digits(pin)
    if not re.fullmatch(r"[0-9]{4,6}", digits):
        raise PinRefused(_("A PIN has 4 to 6 digits."))
    is_easy = len(set(digits)) < 3 or digits in STEPS_UP or digits in STEPS_DOWN
    if is_easy or (person.phone or "").endswith(digits):
        raise PinRefused(
            _("This PIN is too easy to guess. Take other digits, and not the end of your phone number.")
        )
    return digits
