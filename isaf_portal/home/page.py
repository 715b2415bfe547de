"""The first page as one reader finds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds
from communities.helping import HelpRow, people_to_help
from isaf_portal.help.numbers import help_numbers
from isaf_portal.home.ended import other_roles
from isaf_portal.home.first_day import first_day_of, step_to_take
from isaf_portal.home.heading import HeldRole, heading_of, roles_held
from isaf_portal.home.own_service import service_rows, work_of_services
from isaf_portal.home.parts import (
    GrantRow,
    actions_due,
    grants_of,
    groups_of,
    missing_of_rounds,
    missing_plans,
    missing_scans,
    plans_in_sight,
    questions_to_answer,
    rounds_to_look_after,
    warnings_of,
)
from isaf_portal.templatetags.isaf import day
from scorecards.overview.asked import asked_by
from scorecards.overview.calendar import upcoming_for
from scorecards.overview.own_service import own_services
from scorecards.overview.progress import RoundFacts
from scorecards.overview.waiting import waiting_for
from scorecards.overview.waiting_row import Waiting, days_left, is_near

LATER = 8  # lines of what waits after the first; the rest is a number


@dataclass(frozen=True)
class DueRow:
    """One line of what waits, with its day in words; `is_near` gives the day a mark."""

    waiting: Waiting
    left: str
    is_near: bool


def home_page(person: User, on: date) -> dict:
    """Everything that the template shows. A fixed number of queries for each set of roles."""
    roles = roles_held(person)
    heading = heading_of(person, roles, on)
    rounds, grants, services = rounds_to_look_after(person), grants_of(person), own_services(person)
    groups = groups_of(person)
    checklist, to_help = first_day_of(person), people_to_help(person)
    waiting = [
        *step_to_take(checklist),
        *waiting_for(person, on),
        *work_of_services(services, on),
        *grants_to_read(grants),
        *people_to_let_in(to_help),
    ]
    return {
        "title": heading.title,
        "lead": heading.lead,
        "place": heading.place,
        "practice": heading.is_practice,
        "next": next_of(waiting, on),
        "checklist": checklist,
        "waiting": [row_of(each, on) for each in waiting[1 : LATER + 1]],
        "waiting_more": max(0, len(waiting) - LATER - 1),
        "upcoming": upcoming_for(person, on),
        "missing": missing_for(person, rounds),
        "warnings": warnings_of(person, rounds, on),
        "asked": asked_by(person),
        "questions": questions_to_answer(person),
        "to_help": to_help,
        "services": service_rows(services, on),
        "actions": actions_due(person, on),
        "rounds": rounds,
        "plans": plans_in_sight(person),
        "grants": grants,
        "groups": groups,
        "links": links_for(person),
        "roles": roles,
        "has_nothing": not (rounds or services or groups),
    } | without_role(person, roles, on)


def without_role(person: User, roles: Sequence[HeldRole], on: date) -> dict:
    """What a person without a role of today is told, and whom to call."""
    return {
        "other_roles": [] if roles else other_roles(person, on),
        "help_numbers": [] if roles else help_numbers(person),
    }


def next_of(waiting: Sequence[Waiting], on: date) -> dict | None:
    """The first thing that waits, as the next step of the page: what, where, by when."""
    if not waiting:
        return None
    first = waiting[0]
    return {
        "title": first.what,
        "note": note_of(first, on),
        "url": first.url,
        "label": first.action,
        "post": first.post,
    }


def note_of(waiting: Waiting, on: date) -> str:
    by = waiting.by
    until = days_left(by, on) if by else ""
    if by and by > on:
        until = _("by %(day)s (%(left)s)") % {"day": day(by), "left": until}
    return " · ".join(filter(None, [waiting.where, until]))


def row_of(waiting: Waiting, on: date) -> DueRow:
    by = waiting.by
    return DueRow(waiting, days_left(by, on) if by else "", bool(by and is_near(by, on)))


def missing_for(person: User, rounds: Sequence[RoundFacts]) -> list[dict]:
    found = missing_scans(person)
    if holds(person, Permission.RECORD_MEETING):
        found += missing_of_rounds(rounds)
    elif holds(person, Permission.SEE_WORKSHOP_LIST):
        found += missing_plans(rounds)
    return found


def grants_to_read(grants: Sequence[GrantRow]) -> list[Waiting]:
    """Of a donor, who has nothing else to do: the figures of the newest grant."""
    return [
        Waiting(
            what=_("See what the grant reached: %(grant)s") % {"grant": row.name},
            where=_("People who scored, scorecards and agreed actions, commune by commune."),
            url=row.url,
            action=_("Open the figures"),
            icon="flag",
        )
        for row in grants[:1]
        if row.is_own
    ]


def people_to_let_in(to_help: Sequence[HelpRow]) -> list[Waiting]:
    """Those whom the person looks after and who have never come in: one line, with the one who waits longest."""
    return [
        Waiting(
            what=_("Help %(name)s to come in") % {"name": row.name},
            where=" · ".join(filter(None, [row.role, row.where, row.note])),
            url=row.url,
            action=pgettext("button", "Help"),
            icon="user",
        )
        for row in to_help[:1]
    ]


def links_for(person: User) -> list[dict]:
    """Pages that the menu has no room for."""
    found = []
    if holds(person, Permission.SEE_WORKSHOP_LIST):
        found.append({"icon": "flag", "label": _("District workshop"), "url": reverse("scorecards:workshop")})
    return found
