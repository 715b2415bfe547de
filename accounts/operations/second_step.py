"""The second step of signing in: six digits of an authenticator app, or a recovery code on paper.

Asked of roles that see personal data of a whole programme or give roles to others (`Role.has_second_step`). Secrets,
clock drift and the pause after wrong codes are django-otp's.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.errors import Refused

RECOVERY_CODES = 8
LONGEST_TYPED = 40  # characters


class WrongSecondStep(Refused):
    pass


class ResetRefused(Refused):
    pass


def has_second_step(person: User) -> bool:
    """Whether an app was set up and has proved itself once."""
    return TOTPDevice.objects.filter(user=person, confirmed=True).exists()


@transaction.atomic
def begin_second_step(*, person: User) -> TOTPDevice:
    """The secret for a new app, good once it is confirmed; asked again it is the same, so that a reloaded page is."""
    person = User.objects.select_for_update().get(pk=person.pk)
    found = TOTPDevice.objects.filter(user=person, confirmed=False).order_by("pk").first()
    return found or TOTPDevice.objects.create(user=person, name="app", confirmed=False)


@transaction.atomic
def confirm_second_step(*, person: User, typed: str, by: User) -> list[str]:
    """The app showed the right digits, so it counts from now on. Answers the recovery codes, which are shown once."""
    now = timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    device = TOTPDevice.objects.filter(user=person, confirmed=False).order_by("pk").first()
    if device is None or has_second_step(person):
        raise WrongSecondStep(_("An app is set up for you already. Type the six digits that it shows."))
    if not device.verify_token(_digits(typed)):
        raise WrongSecondStep(_("These are not the six digits that the app shows now. Type the newest."))
    device.confirmed = True
    device.save()
    codes = _new_recovery_codes(person)
    record(
        "accounts.second_step.confirmed",
        noun="user",
        object_id=person.pk,
        by=by,
        at=now,
        recovery_codes=len(codes),
    )
    return codes


def take_second_step(*, person: User, typed: str) -> None:
    """Digits of the app or an unused recovery code; anything else is refused, and too many of them for a while.

    Not in one transaction: a refusal must leave its mark, which is what slows down guessing.
    """
    for device in [
        *TOTPDevice.objects.filter(user=person, confirmed=True),
        *StaticDevice.objects.filter(user=person),
    ]:
        is_allowed, _reason = device.verify_is_allowed()
        if is_allowed and device.verify_token(_of_kind(device, typed)):
            return
    raise WrongSecondStep(
        _(
            "This code is not right, or it was used before. Wait until the app shows the next one, then type that."
        )
    )


@transaction.atomic
def reset_second_step(*, person: User, by: User | None) -> None:
    """The telephone with the app is lost: at the next sign-in the person sets up another. `by` None: the server."""
    now = timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    if by is not None and by.pk == person.pk:
        # An open page on a stolen laptop must not be enough to put another app in its place.
        raise ResetRefused(_("Another administrator has to reset it for you, or use a recovery code."))
    TOTPDevice.objects.filter(user=person).delete()
    StaticDevice.objects.filter(user=person).delete()
    record("accounts.second_step.reset", noun="user", object_id=person.pk, by=by, at=now)


def _new_recovery_codes(person: User) -> list[str]:
    StaticDevice.objects.filter(user=person).delete()
    device = StaticDevice.objects.create(user=person, name="paper")
    codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def _of_kind(device: TOTPDevice | StaticDevice, typed: str) -> int | str:
    if isinstance(device, TOTPDevice):
        return _digits(typed)
    return "".join(
        letter for letter in typed[:LONGEST_TYPED].lower() if letter.isascii() and letter.isalnum()
    )


def _digits(typed: str) -> int:
    """The number that was typed, with Khmer or Latin digits and however spaced; -1, which is never right, else."""
    digits = latin_digits("".join(typed[:LONGEST_TYPED].split()))
    return int(digits) if digits.isascii() and digits.isdecimal() else -1
