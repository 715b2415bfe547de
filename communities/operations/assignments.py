"""Roles are given and end; they are never deleted, so that what was done keeps its reason."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AccessCode, DevicePerson, User
from accounts.roles import ROLES, Permission, Scope
from communities.access import holds
from communities.giving import given_by, may_give
from communities.models import Area, Assignment
from communities.operations.fitness import OutOfReach, SettingRefused

ADMINISTRATOR = "administrator"
# Who is elected, and so leaves with the council; the clerk is not.
COUNCIL_ROLES = ("council_chief", "councillor")
LONGEST_AHEAD = timedelta(days=366 * 6)  # a term is five years


class LastAdministrator(SettingRefused):
    def __init__(self):
        super().__init__(
            _(
                "Nobody else could let people in any more: this is the last administrator who has signed in."
                " Invite another one first, and wait until they have come in."
            )
        )


@transaction.atomic
def give_role(*, person: User, role: str, scopes: Mapping[Scope, Model], by: User) -> Assignment:
    """From today on the person holds the role there too; one that is held already is given back as it is."""
    now = timezone.now()
    today = timezone.localdate(now)
    person = User.objects.select_for_update().get(pk=person.pk)
    if not may_give(by, role, scopes):
        raise OutOfReach(_("You cannot give this role there. Ask the administrator."))
    if person.is_practice != by.is_practice or not person.is_active:
        raise SettingRefused(_("This person cannot be given a role. Ask the administrator."))
    fields = {str(scope): thing for scope, thing in scopes.items()}
    held = Assignment.objects.select_for_update().current(today).filter(user=person, role=role, **fields)
    if (found := held.filter(is_practice=person.is_practice, ends_on__isnull=True).first()) is not None:
        return found
    given = Assignment.objects.create(
        user=person, role=role, starts_on=today, is_practice=person.is_practice, **fields
    )
    area = scopes.get(Scope.AREA)
    record(
        "communities.role.given", noun="assignment", object_id=given.pk, by=by, at=now,
        area=area.code if area else "", person=person.pk, given_role=role,
    )  # fmt: skip
    return given


@transaction.atomic
def end_role(*, assignment: Assignment, ends_on: date, by: User) -> Assignment:
    """`ends_on` is the last day on which the role holds. The last administrator stays."""
    now = timezone.now()
    if assignment.role == ADMINISTRATOR:
        # All of them, so that two administrators do not end each other at the same moment.
        list(Assignment.objects.select_for_update().filter(role=ADMINISTRATOR).order_by("pk"))
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    _refuse_not_mine([assignment], by)
    _refuse_day(ends_on, timezone.localdate(now))
    if ends_on < assignment.starts_on:
        raise SettingRefused(_("The role began after this day. Choose its first day or a later one."))
    if assignment.role == ADMINISTRATOR and not _administrators_after(assignment, ends_on):
        raise LastAdministrator
    _end(assignment, ends_on)
    record(
        "communities.role.ended", noun="assignment", object_id=assignment.pk, by=by, at=now,
        person=assignment.user_id, ended_role=assignment.role, ends_on=ends_on.isoformat(),
    )  # fmt: skip
    return assignment


@transaction.atomic
def end_council_term(*, commune: Area, ends_on: date, by: User) -> int:
    """The roles of the chief and all councillors of a commune end on this day; how many. Roles that end earlier, and
    those given after that day to the next council, stay as they are.
    """
    now = timezone.now()
    _refuse_day(ends_on, timezone.localdate(now))
    seated = Assignment.objects.select_for_update(of=("self",)).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on),
        area=commune, role__in=COUNCIL_ROLES, starts_on__lte=ends_on, user__is_practice=by.is_practice,
    )  # fmt: skip
    council = [each for each in seated.order_by("pk") if by.is_practice or not each.is_practice]
    if not council:
        raise SettingRefused(_("Nobody of this council holds a role after this day."))
    _refuse_not_mine(council, by)
    for assignment in council:
        _end(assignment, ends_on)
    record(
        "communities.council_term.ended", noun="area", object_id=commune.pk, by=by, at=now, area=commune.code,
        roles=len(council), ends_on=ends_on.isoformat(),
    )  # fmt: skip
    return len(council)


@transaction.atomic
def name_delegate(*, assignment: Assignment, is_delegate: bool, by: User) -> Assignment:
    """Whom the council named to confirm its decisions beside the chief; or is not any more. Whoever names a person
    does not confirm by that.
    """
    now = timezone.now()
    assignment = Assignment.objects.select_for_update().get(pk=assignment.pk)
    _refuse_not_mine([assignment], by)
    if not ROLES[assignment.role].delegable:
        raise SettingRefused(
            _("Only a councillor can be named to confirm decisions; the chief does so anyway.")
        )
    if assignment.ends_on and assignment.ends_on < timezone.localdate(now):
        raise SettingRefused(_("This role has ended."))
    assignment.is_delegate = is_delegate
    assignment.save(update_fields=["is_delegate"])
    record(
        f"communities.delegate.{'named' if is_delegate else 'dismissed'}", noun="assignment",
        object_id=assignment.pk, by=by, at=now, area=assignment.area.code, person=assignment.user_id,
    )  # fmt: skip
    return assignment


@transaction.atomic
def release_phone(*, person: User, by: User) -> User:
    """The number belongs to somebody else now: the person no longer signs in by it, and without an e-mail not at all,
    until they are invited again. Slips and PINs of the person are good no longer.
    """
    now = timezone.now()
    if not holds(by, Permission.MANAGE_PEOPLE):
        raise OutOfReach(_("Only an administrator takes a number back."))
    list(Assignment.objects.select_for_update().filter(role=ADMINISTRATOR).order_by("pk"))
    person = User.objects.select_for_update().get(pk=person.pk)
    _refuse_release(person, by, timezone.localdate(now))
    person.phone = None
    person.is_active = person.email is not None
    person.save(update_fields=["phone", "is_active"])
    AccessCode.objects.filter(person=person, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    DevicePerson.objects.filter(person=person).delete()
    record("communities.phone.released", noun="user", object_id=person.pk, by=by, at=now)
    return person


def _refuse_release(person: User, by: User, today: date) -> None:
    if person.phone is None:
        raise SettingRefused(_("This person has no phone number here."))
    if person.pk == by.pk or person.is_practice != by.is_practice:
        raise SettingRefused(_("Another administrator does this."))
    is_administrator = person.assignments.current(today).filter(role=ADMINISTRATOR).exists()
    if (
        is_administrator
        and person.email is None
        and not _who_stays(today, person.is_practice).exclude(user=person)
    ):
        raise LastAdministrator


def _administrators_after(assignment: Assignment, ends_on: date):
    return _who_stays(ends_on + timedelta(days=1), assignment.user.is_practice).exclude(pk=assignment.pk)


def _who_stays(day: date, is_practice: bool):
    """Administrators of today, and still on that day, who have a password: an invitation that nobody used lets
    nobody in."""
    today = timezone.localdate()
    return (
        Assignment.objects.current(max(day, today))
        .filter(
            role=ADMINISTRATOR, starts_on__lte=today, user__is_active=True, user__is_practice=is_practice,
            is_practice=is_practice,
        )
        .exclude(user__password__startswith="!")
    )  # fmt: skip


def _end(assignment: Assignment, ends_on: date) -> None:
    assignment.ends_on = ends_on
    assignment.save(update_fields=["ends_on"])


def _refuse_not_mine(assignments: list[Assignment], by: User) -> None:
    """The same rule as for giving, and nobody ends or changes their own role: another one does."""
    ids = {each.pk for each in assignments}
    mine = Assignment.objects.filter(given_by(by), pk__in=ids, user__is_practice=by.is_practice)
    if mine.count() != len(ids):
        raise OutOfReach(_("Your roles do not reach this person. Ask the administrator."))
    if any(each.user_id == by.pk for each in assignments):
        raise OutOfReach(_("Nobody changes their own role. Ask another person who may."))


def _refuse_day(day: date, today: date) -> None:
    if not date(2000, 1, 1) <= day <= today + LONGEST_AHEAD:
        raise SettingRefused(_("Choose a day between the year 2000 and six years from now."))
