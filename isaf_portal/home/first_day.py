"""Of an administrator: what to set up before anybody else can work, until all of it is done."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from communities.access import is_practising
from communities.helping import ChecklistStep, first_day
from communities.models.areas import PRACTICE_PROVINCE
from scorecards.models import Round
from scorecards.overview.waiting_row import Waiting


def first_day_of(person: User) -> list[ChecklistStep]:
    """The steps in order, the first round the last of them; empty for other people, and once all are done."""
    steps = first_day(person)
    if not steps:
        return []
    steps.append(_first_round(person))
    return [] if all(step.is_done for step in steps) else steps


def step_to_take(steps: Sequence[ChecklistStep]) -> list[Waiting]:
    """The first that is not done and can be done in the portal."""
    left = [step for step in steps if not step.is_done and step.url]
    return [
        Waiting(
            what=_("Set up: %(step)s") % {"step": step.label},
            where=step.note,
            url=step.url,
            action=pgettext("button", "Set up"),
            icon="check",
        )
        for step in left[:1]
    ]


def _first_round(person: User) -> ChecklistStep:
    """An officer opens it: an administrator sees to it that there is one, and runs no rounds."""
    rounds = Round.objects.filter(commune__code__startswith=PRACTICE_PROVINCE)
    if not is_practising(person):
        rounds = Round.objects.exclude(commune__code__startswith=PRACTICE_PROVINCE)
    return ChecklistStep(
        _("The first round"),
        _("An officer of the programme opens it and plans the year."),
        "",
        rounds.exists(),
    )
