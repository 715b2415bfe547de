"""Inviting: a person, a role, and a slip with the first code. And codes for those who are in already.

An invitation never touches an account that is in use: it adds a role and hands out nothing, so that knowing a
number and a name is no way into it. A slip goes out only if its maker could have given every role that it opens.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AccessCodeKind, User
from accounts.operations.codes import HandedOver, make_access_code
from accounts.roles import Scope
from communities.giving import may_give
from communities.helping import may_help
from communities.models import Assignment
from communities.operations.assignments import give_role
from communities.operations.fitness import OutOfReach, SettingRefused
from communities.operations.identity import LONGEST_NAME, kept_email, kept_phone, refuse_incomplete
from isaf_portal.lib.khmer import fold
from isaf_portal.lib.texts import plain_text


class SomebodyElse(SettingRefused):
    """The number or e-mail stands for another person, or for a person of another kind: one sentence for all."""

    def __init__(self):
        super().__init__(
            _(
                "This number or e-mail cannot be invited under this name. Check both."
                " If the number was given to a new person, the administrator can free it."
            )
        )


@dataclass(frozen=True)
class Invited:
    """`handed_over` is None where the person signs in as before, or where the slip is another one's to give."""

    assignment: Assignment
    handed_over: HandedOver | None


@transaction.atomic
def invite_person(
    *,
    name: str,
    phone: str,
    email: str,
    role: str,
    scopes: Mapping[Scope, Model],
    language: str,
    by: User,
) -> Invited:
    """Give somebody a role, and a slip if they have not come in yet. Invited again, a person stays one person with
    one such role, and the new slip takes the place of the old.
    """
    # First of all, so that nobody learns anything about numbers by inviting where they may not.
    if not may_give(by, role, scopes):
        raise OutOfReach(_("You cannot give this role there. Ask the administrator."))
    name = plain_text(name, at_most=LONGEST_NAME)
    phone, email = kept_phone(phone), kept_email(email)
    refuse_incomplete(name, phone, email, language)
    person = _same_person(name, phone, email, by) or _new_person(name, phone, email, language, by)
    assignment = give_role(person=person, role=role, scopes=scopes, by=by)
    if has_come_in(person) or not may_help(by, person):
        return Invited(assignment, None)
    return Invited(assignment, make_access_code(person=person, kind=AccessCodeKind.INVITATION, by=by))


@transaction.atomic
def hand_over_code(*, person: User, by: User) -> HandedOver:
    """A one-hour code for somebody who forgot the password, a new slip for somebody who never came in."""
    person = User.objects.select_for_update().get(pk=person.pk)
    if not may_help(by, person):
        raise OutOfReach(
            _("This person has a role that you do not give, so the code has to come from the administrator.")
        )
    kind = AccessCodeKind.RETURN if has_come_in(person) else AccessCodeKind.INVITATION
    return make_access_code(person=person, kind=kind, by=by)


def has_come_in(person: User) -> bool:
    """Whether the account is in use: a password was set, by the person or for them."""
    return person.has_usable_password()


def _same_person(name: str, phone: str, email: str, by: User) -> User | None:
    """Who has this number or e-mail, if it is the one who is meant; nobody else is told of."""
    wanted = Q(pk__in=[])
    if phone:
        wanted |= Q(phone=phone)
    if email:
        wanted |= Q(email=email)
    found = list(User.objects.select_for_update().filter(wanted).order_by("pk"))
    if not found:
        return None
    person = found[0]
    is_meant = len(found) == 1 and fold(person.name) == fold(name)
    if not is_meant or person.is_practice != by.is_practice or not person.is_active or person.pk == by.pk:
        raise SomebodyElse
    return person


def _new_person(name: str, phone: str, email: str, language: str, by: User) -> User:
    now = timezone.now()
    person = User(
        name=name, phone=phone or None, email=email or None, language=language, is_practice=by.is_practice
    )
    person.set_unusable_password()
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError as fault:
        # Somebody else invited the same number in this very moment.
        raise SomebodyElse from fault
    record("communities.person.invited", noun="user", object_id=person.pk, by=by, at=now)
    return person
