"""What slows down guessing: failures are counted by a hash of who was meant and of the address they came from.

Known and unknown people are counted alike, so that the pause does not tell who exists.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.models import SignInAttempt
from accounts.phones import parse_phone
from isaf_portal.lib.errors import Refused

WINDOW = timedelta(minutes=15)
# A person mistypes a few times; an office shares one address and has many people.
TRIES_PER_PERSON_AND_ADDRESS = 8
TRIES_PER_ADDRESS = 80
# A code of six digits lives for an hour: so many guesses from everywhere together find one in 30,000.
TRIES_PER_CODE = 30
CODE_WINDOW = timedelta(hours=1)
KEPT_FOR = timedelta(days=1)


class TooManyTries(Refused):
    pass


def fingerprint(text: str) -> str:
    return salted_hmac("accounts.sign_in", text, algorithm="sha256").hexdigest()


def canonical(identifier: str) -> str:
    """A number or an e-mail, however it was typed."""
    text = identifier.strip().lower()
    return text if "@" in text else parse_phone(text) or text


def refuse_when_tried_too_often(who: str, where: str, now: datetime) -> None:
    """`who` and `where` are fingerprints."""
    recent = SignInAttempt.objects.filter(at__gt=now - WINDOW, address_hash=where)
    tries = recent.aggregate(here=Count("pk"), of_this=Count("pk", filter=Q(identifier_hash=who)))
    if tries["here"] >= TRIES_PER_ADDRESS or tries["of_this"] >= TRIES_PER_PERSON_AND_ADDRESS:
        raise TooManyTries(_("Too many tries. Wait 15 minutes, then try again."))


def refuse_when_code_was_tried_too_often(who: str, now: datetime) -> None:
    """From many addresses at once: such a code is not taken any more in this hour."""
    tries = SignInAttempt.objects.filter(identifier_hash=who, at__gt=now - CODE_WINDOW).count()
    if tries >= TRIES_PER_CODE:
        raise TooManyTries(_("Too many tries. Wait 15 minutes, then try again."))


def remember_failure(who: str, where: str, now: datetime) -> None:
    SignInAttempt.objects.filter(at__lt=now - KEPT_FOR).delete()
    SignInAttempt.objects.create(identifier_hash=who, address_hash=where, at=now)


def forget_failures(who: str, where: str) -> None:
    SignInAttempt.objects.filter(identifier_hash=who, address_hash=where).delete()
