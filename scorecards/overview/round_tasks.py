"""What comes next in a round, and what is still missing, for the person who reads its page. Asks no query."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from communities.enums import PeopleGroup
from communities.models import ServiceProvider
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import PlanStatus, ScorecardKind, VersionStatus
from scorecards.models import Round
from scorecards.names import name_of
from scorecards.overview.card_rows import CardRow, attendance_of
from scorecards.overview.progress import RoundFacts, count_of

Next = dict[str, str | bool]


@dataclass(frozen=True)
class Reader:
    """What the person may do in this round."""

    is_team: bool
    may_enter: bool
    may_check: bool
    may_draft: bool


def reader_of(person: User, scoring_round: Round) -> Reader:
    """Four queries."""
    return Reader(
        is_team=can(person, Permission.SEE_SCORECARDS, on=scoring_round),
        may_enter=can(person, Permission.RECORD_MEETING, on=scoring_round),
        may_check=can(person, Permission.LOCK_SCORECARD, on=scoring_round),
        may_draft=can(person, Permission.DRAFT_PLAN, on=scoring_round),
    )


def next_in_round(facts: RoundFacts, rows: Sequence[CardRow], reader: Reader) -> Next | None:
    """The one thing to do now. `rows` are scorecards and self-assessments; None where nothing is the reader's."""
    steps = (
        _plan_scorecards(facts, reader),
        _correct(rows, reader),
        _enter(rows, reader),
        _check(rows, reader),
        _self_assess(facts, reader),
        _meet(facts, reader),
        _draft(facts, reader),
        _go_on_with_plan(facts, reader),
    )
    return next((step for step in steps if step), None)


def missing_in_round(
    facts: RoundFacts, rows: Iterable[CardRow], providers: Iterable[ServiceProvider], *, on: date
) -> list[dict]:
    """For the team: what the interface meeting would lack, each with the page to complete it."""
    here = facts.scoring_round
    found = [_missing_of(row, on) for row in rows]
    missing = [item for item in found if item]
    unassessed = [provider.name for provider in providers if provider.pk in facts.unassessed]
    if unassessed:
        missing.append(
            {
                "what": _("No self-assessment: %(providers)s") % {"providers": ", ".join(unassessed)},
                "where": count_of(facts.assessed_count, len(facts.providers)),
                "url": reverse("scorecards:plan-scorecard", args=[here.pk]) + "?kind=self",
            }
        )
    if facts.interface is None and here.interface_on is None and facts.planned_count:
        missing.append(
            {
                "what": _("The day of the interface meeting"),
                "where": "",
                "url": reverse("scorecards:round-dates", args=[here.pk]),
            }
        )
    return missing


def _missing_of(row: CardRow, on: date) -> dict | None:
    """The first thing that one scorecard lacks."""
    card, where = row.scorecard, name_of(row.scorecard)
    if row.version.status == VersionStatus.RETURNED:
        what = _("Returned: “%(reason)s”") % {"reason": row.version.return_reason}
    elif row.version.is_editable and row.has_counts:
        what = _("A scorecard that is begun and not sent")
    elif row.version.is_editable and row.is_planned and row.held_on < on:
        what = _("The day of this meeting has passed: was it held, or put off?")
    elif row.version.is_editable and row.held_on and row.held_on <= on:
        what = _("The scores of a meeting that was held")
    elif card.kind == ScorecardKind.COMMUNITY and attendance_of(row.version).get(PeopleGroup.YOUTH) == 0:
        # Whoever checks sees it too; until then the team can still explain it or hold one more meeting.
        if row.version.is_locked:
            return None
        what = _("No young people came to the meeting")
    else:
        return None
    return {"what": what, "where": where, "url": row.url}


def _plan_scorecards(facts: RoundFacts, reader: Reader) -> Next | None:
    if facts.planned_count or not reader.may_enter:
        return None
    return {
        "title": _("Plan the scorecards"),
        "note": _("Which providers are scored, and in which villages."),
        "url": reverse("scorecards:plan-round", args=[facts.scoring_round.pk]),
        "label": pgettext("button", "Plan"),
    }


def _correct(rows: Sequence[CardRow], reader: Reader) -> Next | None:
    row = next((row for row in rows if row.version.status == VersionStatus.RETURNED), None)
    if row is None or not reader.may_enter:
        return None
    return {
        "title": _("Correct the scorecard: %(name)s") % {"name": name_of(row.scorecard)},
        "note": _("Returned: “%(reason)s”") % {"reason": row.version.return_reason},
        "url": row.url,
        "label": pgettext("button", "Correct"),
    }


def _enter(rows: Sequence[CardRow], reader: Reader) -> Next | None:
    drafts = [row for row in rows if row.version.status == VersionStatus.DRAFT]
    if not drafts or not reader.may_enter:
        return None
    row = next((row for row in drafts if row.is_held or row.has_counts), drafts[0])
    left = len(drafts) - 1
    note = ngettext("Then %(left)s scorecard is left.", "Then %(left)s scorecards are left.", left)
    return {
        "title": _("Enter the scores: %(name)s") % {"name": name_of(row.scorecard)},
        "note": note % {"left": number(left)} if left else "",
        "url": row.url,
        "label": _("Enter scores"),
    }


def _check(rows: Sequence[CardRow], reader: Reader) -> Next | None:
    waiting = [row for row in rows if row.version.status == VersionStatus.SUBMITTED]
    if not waiting or not reader.may_check:
        return None
    title = ngettext("Check %(count)s scorecard", "Check %(count)s scorecards", len(waiting))
    return {
        "title": title % {"count": number(len(waiting))},
        "note": name_of(waiting[0].scorecard),
        "url": waiting[0].url,
        "label": pgettext("button", "Check"),
    }


def _self_assess(facts: RoundFacts, reader: Reader) -> Next | None:
    if not reader.may_enter or facts.interface or not facts.unassessed - set(facts.assessed):
        return None
    return {
        "title": _("Plan the self-assessments of the providers"),
        "note": count_of(facts.assessed_count, len(facts.providers)),
        "url": reverse("scorecards:plan-scorecard", args=[facts.scoring_round.pk]) + "?kind=self",
        "label": pgettext("button", "Plan"),
    }


def _meet(facts: RoundFacts, reader: Reader) -> Next | None:
    if facts.interface or not facts.planned_count or not reader.may_enter:
        return None
    planned = facts.scoring_round.interface_on
    return {
        "title": _("Hold the interface meeting and record who came"),
        "note": _("Planned for %(day)s.") % {"day": day(planned)} if planned else "",
        "url": reverse("scorecards:interface-meeting", args=[facts.scoring_round.pk]),
        "label": pgettext("meeting", "Record"),
    }


def _draft(facts: RoundFacts, reader: Reader) -> Next | None:
    if facts.plan or not facts.interface or not reader.may_draft:
        return None
    return {
        "title": _("Draft the action plan"),
        "note": _("What was agreed at the interface meeting becomes the plan for the council."),
        "url": reverse("scorecards:draft-plan", args=[facts.scoring_round.pk]),
        "label": _("Draft the plan"),
        "post": True,
    }


def _go_on_with_plan(facts: RoundFacts, reader: Reader) -> Next | None:
    plan = facts.plan
    if plan is None or not reader.may_draft:
        return None
    titles = {
        PlanStatus.DRAFT: _("Complete the action plan for the council"),
        PlanStatus.RETURNED: _("Correct the action plan that the council returned"),
        PlanStatus.SUBMITTED: _("The council reads the action plan"),
        PlanStatus.APPROVED: _("Follow up the agreed actions"),
    }
    if plan.status not in titles:
        return None
    return {
        "title": titles[plan.status],
        "note": plan.return_reason if plan.status == PlanStatus.RETURNED else "",
        "url": reverse("scorecards:plan", args=[plan.pk]),
        "label": _("Open the plan"),
    }
