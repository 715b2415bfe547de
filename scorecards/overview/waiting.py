"""What waits for a person: one list over all their roles, the most pressing first. A fixed number of queries.

Each function below answers for one permission and asks nothing where no role of the person grants it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds, reach
from isaf_portal.templatetags.isaf import day, digits, number
from scorecards.enums import PlanStatus, RoundStatus, ScorecardKind, VersionStatus
from scorecards.figures import last_versions, with_counts
from scorecards.models import (
    ActionPlan,
    CouncilDecision,
    DecisionConfirmation,
    PlanVersion,
    ReopeningRequest,
    Scorecard,
    ScorecardVersion,
)
from scorecards.names import name_of
from scorecards.overview.card_rows import address_of
from scorecards.overview.review_queue import versions_to_check

SHOWN_AT_MOST = 20


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, where, the page for it, and the word on its button. `state` is a badge or empty."""

    what: str
    where: str
    url: str
    action: str
    icon: str = "clock"
    state: str = ""


def waiting_for(person: User) -> list[Waiting]:
    """Everything that waits for the person today, the first being the next step."""
    return [
        *decisions_to_confirm(person),
        *scorecards_to_check(person),
        *reopenings_to_decide(person),
        *scorecards_to_correct_and_enter(person),
        *plans_to_finish(person),
        *plans_before_the_council(person),
    ]


def decisions_to_confirm(person: User) -> Iterator[Waiting]:
    """Of the chief: what the clerk recorded, as long as this person has not confirmed it."""
    if not holds(person, Permission.CONFIRM_DECISION):
        return
    mine = DecisionConfirmation.objects.filter(decision=OuterRef("pk"), confirmed_by=person)
    decisions = CouncilDecision.objects.filter(
        reach(person, Permission.CONFIRM_DECISION, CouncilDecision.scopes), settled_at__isnull=True
    ).filter(~Exists(mine))
    for decision in decisions.select_related("plan_version__plan__commune").order_by("recorded_at")[
        :SHOWN_AT_MOST
    ]:
        plan = decision.plan_version.plan
        yield Waiting(
            what=_("Confirm the council’s decision: %(plan)s") % {"plan": plan_name(plan)},
            where=_("Session %(number)s of %(day)s")
            % {"number": decision.session_number, "day": day(decision.held_on)},
            url=reverse("scorecards:confirm-decision", args=[decision.pk]),
            action=pgettext("button", "Confirm"),
            icon="check",
        )


def scorecards_to_check(person: User) -> Iterator[Waiting]:
    if not holds(person, Permission.LOCK_SCORECARD):
        return
    found = versions_to_check(person).aggregate(waiting=Count("pk"), oldest=Min("submitted_at"))
    if waiting := found["waiting"]:
        title = ngettext("Check %(count)s scorecard", "Check %(count)s scorecards", waiting)
        yield Waiting(
            what=title % {"count": number(waiting)},
            where=_("The oldest was submitted on %(day)s.") % {"day": day(found["oldest"])},
            url=reverse("scorecards:review-queue"),
            action=_("Start checking"),
            icon="check",
        )


def reopenings_to_decide(person: User) -> Iterator[Waiting]:
    if not holds(person, Permission.DECIDE_REOPENING):
        return
    found = ReopeningRequest.objects.visible_to(person).waiting()
    counted = found.aggregate(waiting=Count("pk"), oldest=Min("requested_at"))
    if waiting := counted["waiting"]:
        title = ngettext(
            "Decide on %(count)s request to reopen", "Decide on %(count)s requests to reopen", waiting
        )
        yield Waiting(
            what=title % {"count": number(waiting)},
            where=_("The oldest is of %(day)s.") % {"day": day(counted["oldest"])},
            url=reverse("scorecards:review-queue"),
            action=_("Decide"),
            icon="lock",
        )


def scorecards_to_correct_and_enter(person: User) -> Iterator[Waiting]:
    """Of facilitators and providers: what was returned, then what is in work in open rounds.

    Whoever runs a whole programme has the rounds for it: that list would be hundreds long.
    """
    if holds(person, Permission.LOCK_SCORECARD):
        return
    if not (
        holds(person, Permission.ENTER_COMMUNITY_TALLY) or holds(person, Permission.ENTER_SELF_ASSESSMENT)
    ):
        return
    community = Q(kind=ScorecardKind.COMMUNITY, scoring_round__status=RoundStatus.OPEN)
    cards = Scorecard.objects.filter(
        (reach(person, Permission.ENTER_COMMUNITY_TALLY, *Scorecard.scopes) & community)
        | (
            reach(person, Permission.ENTER_SELF_ASSESSMENT, *Scorecard.scopes)
            & Q(kind=ScorecardKind.SELF_ASSESSMENT)
        )
    )
    found = last_versions(cards, is_full=True)
    in_work = found.filter(status__in=[VersionStatus.RETURNED, VersionStatus.DRAFT])
    newest = with_counts(in_work).order_by(
        F("returned_at").desc(nulls_last=True), "scorecard__meeting__held_on", "pk"
    )
    for version in newest[:SHOWN_AT_MOST]:
        yield entry_of(version)


def entry_of(version: ScorecardVersion) -> Waiting:
    """One scorecard in work, with what is to be done to it."""
    card = version.scorecard
    url = address_of(version, may_enter=True, may_check=False)
    if version.status == VersionStatus.RETURNED:
        return Waiting(
            what=_("Correct the scorecard: %(name)s") % {"name": name_of(card)},
            where=_("Returned: “%(reason)s”") % {"reason": version.return_reason},
            url=url,
            action=pgettext("button", "Correct"),
            icon="undo",
            state="returned",
        )
    is_begun = card.meeting is not None or bool(version.criteria.all())
    return Waiting(
        what=_("Enter the scores: %(name)s") % {"name": name_of(card)},
        where=_where_scored(version),
        url=url,
        action=_("Continue") if is_begun else _("Begin"),
        icon="edit",
        state="draft",
    )


def _where_scored(version: ScorecardVersion) -> str:
    """When people met; a provider may assess itself without a meeting that is written down."""
    card = version.scorecard
    if card.meeting is not None:
        return _("Meeting of %(day)s") % {"day": day(card.meeting.held_on)}
    return "" if card.is_self_assessment else _("The meeting is not written down yet.")


def plans_to_finish(person: User) -> Iterator[Waiting]:
    """Of those who draft: what the council returned, then drafts. Whoever runs a programme sees what was returned."""
    if not holds(person, Permission.DRAFT_PLAN):
        return
    states = [PlanStatus.RETURNED]
    if not holds(person, Permission.LOCK_SCORECARD):
        states.append(PlanStatus.DRAFT)
    plans = ActionPlan.objects.filter(
        reach(person, Permission.DRAFT_PLAN, ActionPlan.scopes), status__in=states
    )
    for plan in plans.select_related("commune").order_by("-returned_at", "pk").distinct()[:SHOWN_AT_MOST]:
        is_returned = plan.status == PlanStatus.RETURNED
        title = _("Correct the %(plan)s") if is_returned else _("Complete the %(plan)s")
        yield Waiting(
            what=title % {"plan": plan_name(plan)},
            where=_("Returned: “%(reason)s”") % {"reason": plan.return_reason} if is_returned else "",
            url=reverse("scorecards:plan", args=[plan.pk]),
            action=_("Open the plan"),
            icon="doc",
            state=plan.status,
        )


def plans_before_the_council(person: User) -> Iterator[Waiting]:
    """Of the council: the version to read before the session, and of its clerk the decision to record after it."""
    if not holds(person, Permission.REMARK_ON_PLAN):
        return
    newer = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    waiting = PlanVersion.objects.filter(
        ~Exists(newer),
        reach(person, Permission.REMARK_ON_PLAN, PlanVersion.scopes),
        plan__status=PlanStatus.SUBMITTED,
        decisions__isnull=True,
    )
    is_clerk = holds(person, Permission.RECORD_DECISION)
    for version in waiting.select_related("plan__commune").order_by("frozen_at")[:SHOWN_AT_MOST]:
        if is_clerk:
            yield from work_of_clerk(version)
        else:
            yield reading_of(version)


def reading_of(version: PlanVersion) -> Waiting:
    return Waiting(
        what=_("Read the %(plan)s before the session") % {"plan": plan_name(version.plan)},
        where=_("Submitted on %(day)s") % {"day": day(version.frozen_at)},
        url=reverse("scorecards:read-plan", args=[version.pk]),
        action=pgettext("button", "Read"),
        icon="doc",
        state="submitted",
    )


def work_of_clerk(version: PlanVersion) -> Iterator[Waiting]:
    name = plan_name(version.plan)
    yield Waiting(
        what=_("Put the %(plan)s before the council") % {"plan": name},
        where=_("Submitted on %(day)s") % {"day": day(version.frozen_at)},
        url=reverse("scorecards:read-plan", args=[version.pk]),
        action=_("Open the plan"),
        icon="doc",
    )
    yield Waiting(
        what=_("Record the council’s decision: %(plan)s") % {"plan": name},
        where=_("after the council session"),
        url=reverse("scorecards:decision", args=[version.pk]),
        action=pgettext("meeting", "Record"),
        icon="edit",
    )
    yield Waiting(
        what=_("Print the paper for the councillors: %(plan)s") % {"plan": name},
        where="",
        url=reverse("scorecards:documents", args=[version.pk]),
        action=_("Documents"),
        icon="print",
    )


def plan_name(plan: ActionPlan) -> str:
    """In a sentence: "action plan 2027 of Kumru"."""
    return _("action plan %(year)s of %(commune)s") % {
        "year": digits(plan.plan_year),
        "commune": plan.commune.name,
    }
