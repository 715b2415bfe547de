"""Who the reader is here: the roles of today in words, the title of the first page, the path above it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES
from communities.access import assignments_of
from communities.models import Area, Assignment
from isaf_portal.templatetags.isaf import day_long, weekday
from scorecards.names import place_of

SCOPES = (
    "area__parent__parent",
    "organisation",
    "programme",
    "provider__located_in__parent__parent",
    "cbo__commune__parent__parent",
)


@dataclass(frozen=True)
class HeldRole:
    """A role of today in words: its name, where it holds, what it is for. `place` is where it holds, if anywhere."""

    name: str
    where: str
    description: str
    place: Area | None
    is_practice: bool
    is_delegate: bool


@dataclass(frozen=True)
class Heading:
    """`place` is the path to the one place of all roles, empty where there are several or none."""

    title: str
    lead: str
    place: list[tuple[str, str]]
    is_practice: bool


def roles_held(person: User) -> list[HeldRole]:
    """One query more than the roles themselves, for the names of what they hang on."""
    held = Assignment.objects.filter(pk__in=[each.pk for each in assignments_of(person)])
    return [_in_words(each) for each in held.select_related(*SCOPES).order_by("pk")]


def heading_of(person: User, roles: list[HeldRole], on: date) -> Heading:
    """The one role stands in the title, several stand in their list alone."""
    names = list(dict.fromkeys(role.name for role in roles))
    title = _("My work · %(role)s") % {"role": names[0]} if len(names) == 1 else _("My work")
    wheres = list(dict.fromkeys(role.where for role in roles if role.where))
    places = {role.place.pk: role.place for role in roles if role.place}
    parts = [person.name, *(wheres if len(wheres) == 1 else []), f"{weekday(on)} {day_long(on)}"]
    return Heading(
        title=title,
        lead=" · ".join(parts),
        place=place_of(next(iter(places.values()))) if len(places) == 1 else [],
        is_practice=bool(roles) and all(role.is_practice for role in roles),
    )


def _in_words(assignment: Assignment) -> HeldRole:
    role = ROLES[assignment.role]
    place = _place_of(assignment)
    programme = assignment.programme
    return HeldRole(
        name=str(role.name),
        where=where_held(assignment),
        description=str(role.description),
        place=place,
        is_practice=place.is_practice if place else programme is not None and programme.is_practice,
        is_delegate=assignment.is_delegate,
    )


def where_held(assignment: Assignment) -> str:
    """The names of what the role hangs on; asks nothing where they were joined."""
    scopes = (
        assignment.provider,
        assignment.cbo,
        assignment.area,
        assignment.organisation,
        assignment.programme,
    )
    return " · ".join(scope.name for scope in scopes if scope is not None)


def _place_of(assignment: Assignment) -> Area | None:
    if assignment.provider:
        return assignment.provider.located_in
    return assignment.cbo.commune if assignment.cbo else assignment.area
