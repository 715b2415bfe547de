"""What comes next at the interface meeting, what it still lacks, and what may be written down. Asks no query."""

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from isaf_portal.templatetags.isaf import digits, number
from scorecards.enums import RoundStatus
from scorecards.interface.agenda import Agenda, Point
from scorecards.models import Round
from scorecards.overview.progress import RoundFacts

Next = dict[str, str | bool]


def next_at_meeting(agenda: Agenda, facts: RoundFacts, why_not: str) -> Next | None:
    """Before there is an agenda the page itself is the next thing; then point by point, who came, the minutes."""
    if not agenda.points:
        return None
    here = agenda.scoring_round
    if agenda.open_points and not why_not:
        point = agenda.open_points[0]
        is_first = len(agenda.open_points) == len(agenda.points)
        return {
            "title": _("Begin the meeting") if is_first else _("Go on with the meeting"),
            "note": f"{point.provider.name}: {point.criterion.text}",
            "url": reverse("scorecards:interface-point", args=[point.pk]),
            "label": _("First point") if is_first else _("Next point"),
        }
    if facts.interface is None:
        return {
            "title": _("Record the day and who came"),
            "note": _("It stands on the minutes that everybody signs."),
            "url": reverse("scorecards:interface-meeting", args=[here.pk]),
            "label": pgettext("meeting", "Record"),
        }
    return {
        "title": _("Print the minutes and have them signed"),
        "note": _("All points were talked about."),
        "url": reverse("scorecards:minutes", args=[here.pk]),
        "label": _("Minutes"),
    }


def missing_at_meeting(agenda: Agenda, facts: RoundFacts, providers: Collection) -> list[dict]:
    """What is not on the wall yet: scorecards that nobody checked, providers that did not assess themselves."""
    here = agenda.scoring_round
    to_round = reverse("scorecards:round", args=[here.pk])
    missing = []
    states = [status for _provider, status in facts.community] + list(facts.assessed.values())
    if unlocked := len(states) - facts.locked_count:
        said = ngettext(
            "%(count)s scorecard is not checked and locked yet. Its scores are not shown.",
            "%(count)s scorecards are not checked and locked yet. Their scores are not shown.",
            unlocked,
        )
        missing.append({"what": said % {"count": number(unlocked)}, "where": "", "url": to_round})
    unassessed = [provider.name for provider in providers if provider.pk not in facts.assessed]
    if unassessed:
        missing.append(
            {
                "what": _("No self-assessment: %(providers)s") % {"providers": ", ".join(unassessed)},
                "where": "",
                "url": reverse("scorecards:plan-scorecard", args=[here.pk]) + "?kind=self",
            }
        )
    return missing


def why_not_now(scoring_round: Round, facts: RoundFacts, *, may_draft_plan: bool) -> str:
    """Why nothing can be agreed now, as a sentence; empty where it can."""
    if scoring_round.status == RoundStatus.CLOSED:
        return _("This annual round is closed. Nothing can be written down on its points any more.")
    if facts.plan is None:
        return ""
    if not may_draft_plan:
        return _("The plan of this commune is drafted by another organisation. Tell it what was agreed here.")
    if not facts.plan.is_editable:
        return _(
            "The action plan %(year)s is with the council. What is agreed now cannot be added to it."
        ) % {"year": digits(facts.plan.plan_year)}
    return ""


def point_title(point: Point, group_size: int) -> str:
    return _("Point %(number)s of %(count)s") % {"number": number(point.number), "count": number(group_size)}
