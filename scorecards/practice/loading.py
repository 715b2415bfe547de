"""Loads the practice commune: all of it or nothing, once."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from communities.models import Programme
from scorecards.operations.standard_lists import load_standard_lists
from scorecards.practice.actions import PLANS
from scorecards.practice.calendar import Calendar, practice_year
from scorecards.practice.places import KUMRU
from scorecards.practice.planning import build_plan
from scorecards.practice.sheets import add_own_wish, build_round, build_sitting
from scorecards.practice.sittings import YEARS
from scorecards.practice.sittings_last_year import LAST_YEAR
from scorecards.practice.sittings_this_year import IN_KUMRU, IN_OU_AND_PHNUM
from scorecards.practice.world import build_world

SITTINGS = {1: LAST_YEAR, 0: (*IN_KUMRU, *IN_OU_AND_PHNUM)}  # by how many years ago


@transaction.atomic
def load_practice() -> bool:
    """Make the practice commune by the operations of the portal, unless it is there; whether it was made.

    Two years of rounds in province 00: the year before complete with its approved plan, the practice year with
    sheets and plans at every stage. It adds the standard lists first, since the sheets are of their criteria.
    """
    now = timezone.now()
    if is_loaded():
        return False
    load_standard_lists(by=None)
    world = build_world(Calendar(practice_year(timezone.localdate(now))))
    rounds = {(year.commune, year.years_ago): build_round(world, year) for year in YEARS}
    add_own_wish(world, rounds[KUMRU, 0])
    for years_ago, sittings in SITTINGS.items():
        for sitting in sittings:
            build_sitting(world, rounds[sitting.commune, years_ago], sitting)
    for plan in PLANS:
        build_plan(world, rounds[plan.commune, plan.years_ago], plan)
    record(
        "scorecards.practice.loaded", noun="practice", object_id="00", by=None, at=now,
        year=world.calendar.year, rounds=len(rounds), people=len(world.people),
    )  # fmt: skip
    return True


def is_loaded() -> bool:
    """Whether the practice commune for all is there; what people opened for themselves is something else."""
    own = Programme.objects.filter(rounds__commune__practice_copy__isnull=False)
    return Programme.objects.filter(is_practice=True).exclude(pk__in=own).exists()
