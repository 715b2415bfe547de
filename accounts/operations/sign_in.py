"""Who may come in: one answer for every failure, and a pause for those who guess."""

from django.contrib.auth import authenticate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.operations.guessing import (
    KEPT_FOR,
    TRIES_PER_ADDRESS,
    TRIES_PER_PERSON_AND_ADDRESS,
    WINDOW,
    TooManyTries,
    canonical,
    fingerprint,
    forget_failures,
    refuse_when_tried_too_often,
    remember_failure,
)
from isaf_portal.lib.errors import Refused

__all__ = [
    "KEPT_FOR",
    "TRIES_PER_ADDRESS",
    "TRIES_PER_PERSON_AND_ADDRESS",
    "WINDOW",
    "TooManyTries",
    "WrongCredentials",
    "recognise_person",
]


class WrongCredentials(Refused):
    pass


def recognise_person(*, identifier: str, password: str, address: str) -> User:
    """The person these words belong to, or one and the same refusal for whatever is wrong with them.

    Known and unknown identifiers are slowed down alike, so that the pause does not tell who exists.
    """
    now = timezone.now()
    who, where = fingerprint(canonical(identifier)), fingerprint(address)
    refuse_when_tried_too_often(who, where, now)
    person = authenticate(identifier=identifier, password=password)
    if person is None:
        remember_failure(who, where, now)
        raise WrongCredentials(
            _(
                "The number, e-mail or password is not right. Check the Khmer or English keyboard and try again."
            )
        )
    forget_failures(who, where)
    return person
