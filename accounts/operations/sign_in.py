"""Who may come in: one answer for every failure, and a pause for those who guess."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import SignInAttempt, User
from accounts.phones import parse_phone
from isaf_portal.lib.errors import Refused

WINDOW = timedelta(minutes=15)
# A person mistypes a few times; an office shares one address and has many people.
TRIES_PER_PERSON_AND_ADDRESS = 8
TRIES_PER_ADDRESS = 80
KEPT_FOR = timedelta(days=1)


class WrongCredentials(Refused):
    pass


class TooManyTries(Refused):
    pass


def recognise_person(*, identifier: str, password: str, address: str) -> User:
    """The person these words belong to, or one and the same refusal for whatever is wrong with them.

    Known and unknown identifiers are slowed down alike, so that the pause does not tell who exists.
    """
    now = timezone.now()
    who, where = _fingerprint(_canonical(identifier)), _fingerprint(address)
    if _has_tried_too_often(who, where, now):
        raise TooManyTries(_("Too many tries. Wait 15 minutes, then try again."))
    person = authenticate(identifier=identifier, password=password)
    if person is None:
        SignInAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()
        SignInAttempt.objects.create(identifier_hash=who, address_hash=where, at=now)
        raise WrongCredentials(
            _(
                "The number, e-mail or password is not right. Check the Khmer or English keyboard and try again."
            )
        )
    SignInAttempt.objects.filter(identifier_hash=who, address_hash=where).delete()
    return person


def _has_tried_too_often(who: str, where: str, now: datetime) -> bool:
    recent = SignInAttempt.objects.filter(at__gt=now - WINDOW, address_hash=where)
    tries = recent.aggregate(here=Count("pk"), of_this=Count("pk", filter=Q(identifier_hash=who)))
    return tries["here"] >= TRIES_PER_ADDRESS or tries["of_this"] >= TRIES_PER_PERSON_AND_ADDRESS


def _canonical(identifier: str) -> str:
    text = identifier.strip().lower()
    return text if "@" in text else parse_phone(text) or text


def _fingerprint(text: str) -> str:
    return salted_hmac("accounts.sign_in", text, algorithm="sha256").hexdigest()
