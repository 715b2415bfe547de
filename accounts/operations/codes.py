"""Codes that one person hands to another: the first way in, and the way back after a forgotten password.

A code names a person and is good once. Whoever made it chooses nothing for that person: the person sets the
password, and every session and PIN from before ends with it. Who may make one for whom is asked above, in
`communities.helping`.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AccessCode, AccessCodeKind, User
from accounts.operations.guessing import (
    canonical,
    fingerprint,
    forget_failures,
    refuse_when_code_was_tried_too_often,
    refuse_when_tried_too_often,
    remember_failure,
)
from accounts.operations.person import set_new_password
from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.receipts import ALPHABET

LIVES_FOR = {AccessCodeKind.INVITATION: timedelta(days=14), AccessCodeKind.RETURN: timedelta(hours=1)}
SIGNS = {AccessCodeKind.INVITATION: (ALPHABET, 8), AccessCodeKind.RETURN: ("0123456789", 6)}
LONGEST_TOKEN = 64  # characters
NOBODY = 0


class CodeRefused(Refused):
    """One sentence for whatever is wrong with a code, so that it tells nothing about people or codes."""

    def __init__(self):
        super().__init__(
            _(
                "The number or the code is not right, or the code was used or is too old."
                " Check both, or ask for a new code."
            )
        )


class PasswordRefused(Refused):
    """The new password is too easy; the sentences say why."""


@dataclass(frozen=True)
class HandedOver:
    """A code at the only moment when it can be read: `typed` beside the phone number, `token` in the link."""

    code: AccessCode
    typed: str
    token: str


@transaction.atomic
def make_access_code(*, person: User, kind: str, by: User) -> HandedOver:
    """A fresh code; an open one from before is good no longer."""
    now = timezone.now()
    kind = AccessCodeKind(kind)
    person = User.objects.select_for_update().get(pk=person.pk)
    revoke_codes(person, now)
    signs, length = SIGNS[kind]
    typed = "".join(secrets.choice(signs) for _each in range(length))
    token = secrets.token_urlsafe(32)
    code = AccessCode.objects.create(
        person=person, kind=kind, code_hash=_code_hash(typed, person.pk), link_hash=_link_hash(token),
        made_at=now, made_by=by, expires_at=now + LIVES_FOR[kind],
    )  # fmt: skip
    record(
        "accounts.access_code.made", noun="access_code", object_id=code.pk, by=by, at=now, person=person.pk,
        kind=str(kind),
    )  # fmt: skip
    return HandedOver(code, typed, token)


def revoke_codes(person: User, at: datetime) -> int:
    """Take back whatever the person could still come in by; inside the caller's transaction."""
    unused = AccessCode.objects.filter(person=person, used_at__isnull=True, revoked_at__isnull=True)
    return unused.update(revoked_at=at)


def find_code(*, identifier: str, typed: str, address: str) -> AccessCode:
    """The open code of the person with this number or e-mail, or one and the same refusal.

    The failure is written down before the code is looked at, so that many tries at once count as many.
    """
    now = timezone.now()
    name = canonical(identifier)
    who, where = fingerprint(f"code {name}"), fingerprint(address)
    refuse_when_tried_too_often(who, where, now)
    refuse_when_code_was_tried_too_often(who, now)
    remember_failure(who, where, now)
    held = AccessCode.objects.open(now).filter(person__is_active=True, **_named(name))
    code = held.select_related("person").first()
    hashed = _code_hash(as_made(typed), code.person_id if code else NOBODY)
    if not constant_time_compare(hashed, code.code_hash if code else "0" * 64):
        raise CodeRefused
    forget_failures(who, where)
    return code


def find_invitation(*, token: str) -> AccessCode:
    """The open code of a link. Its token cannot be guessed, so nothing is counted."""
    hashed = _link_hash(token[:LONGEST_TOKEN])
    opened = AccessCode.objects.open(timezone.now()).filter(link_hash=hashed, person__is_active=True)
    if code := opened.select_related("person").first():
        return code
    raise CodeRefused


@transaction.atomic
def use_code(*, code: AccessCode, password: str, language: str, address: str = "") -> User:
    """Set the password that the person chose and use the code up. Everything else that let them in ends:
    sessions, by Django, since they hang on the password; PINs on shared devices; failures counted here.

    Refuses a code that was used, replaced or ran out while the page stood open.
    """
    now = timezone.now()
    # The person first, as everywhere, so that a code made at the same moment waits or is seen.
    person = User.objects.select_for_update().get(pk=code.person_id)
    code = AccessCode.objects.select_for_update().open(now).filter(pk=code.pk).first()
    if code is None or not person.is_active:
        raise CodeRefused
    _refuse_password(password, person)
    if language in User.Language.values:
        person.language = language
    set_new_password(person, password)
    code.used_at = now
    code.save(update_fields=["used_at"])
    for name in filter(None, (person.phone, person.email)):
        forget_failures(fingerprint(name), fingerprint(address))
    record(
        "accounts.access_code.used", noun="access_code", object_id=code.pk, by=person, at=now,
        person=person.pk, kind=code.kind,
    )  # fmt: skip
    return person


def as_made(typed: str) -> str:
    """What was typed, as the code was made: `៤៨២ ៩១៧` and `482-917` are `482917`, small letters are capitals."""
    return re.sub(r"[^0-9A-Z]", "", latin_digits(typed[:64]).upper())


def _named(name: str) -> dict[str, str]:
    return {"person__email": name} if "@" in name else {"person__phone": name}


def _code_hash(typed: str, person: int) -> str:
    return salted_hmac("accounts.access_code", f"{person} {typed}", algorithm="sha256").hexdigest()


def _link_hash(token: str) -> str:
    return salted_hmac("accounts.access_link", token, algorithm="sha256").hexdigest()


def _refuse_password(password: str, person: User) -> None:
    try:
        validate_password(password, person)
    except ValidationError as fault:
        raise PasswordRefused(" ".join(fault.messages)) from fault
