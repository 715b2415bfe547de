"""What a person without a role of today is told: which roles ended when, and which begin later."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from accounts.roles import ROLES
from communities.models import Assignment
from isaf_portal.home.heading import SCOPES, where_held

SHOWN_AT_MOST = 5


@dataclass(frozen=True)
class OtherRole:
    """A role that is over, or that begins on a later day (`is_ahead`)."""

    name: str
    where: str
    day: date
    is_ahead: bool


def other_roles(person: User, on: date) -> list[OtherRole]:
    """What begins first, then what ended last; one query."""
    held = Assignment.objects.filter(user=person, is_practice=False).select_related(*SCOPES)
    found = [
        _in_words(each, on) for each in held if each.starts_on > on or (each.ends_on and each.ends_on < on)
    ]
    ahead = sorted((each for each in found if each.is_ahead), key=lambda each: each.day)
    over = sorted((each for each in found if not each.is_ahead), key=lambda each: each.day, reverse=True)
    return [*ahead, *over][:SHOWN_AT_MOST]


def _in_words(assignment: Assignment, on: date) -> OtherRole:
    is_ahead = assignment.starts_on > on
    return OtherRole(
        name=str(ROLES[assignment.role].name),
        where=where_held(assignment),
        day=assignment.starts_on if is_ahead else assignment.ends_on,
        is_ahead=is_ahead,
    )
