"""Plans and decisions that wait for a person: to be finished, read, recorded, confirmed."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds, reach
from isaf_portal.templatetags.isaf import day
from scorecards.enums import PlanStatus
from scorecards.models import ActionPlan, CouncilDecision, DecisionConfirmation, PlanVersion
from scorecards.names import plan_name
from scorecards.overview.progress import last_council_day
from scorecards.overview.unread import UnreadPlan, unread_plans
from scorecards.overview.waiting_row import SHOWN_AT_MOST, Waiting


def decisions_to_confirm(person: User) -> Iterator[Waiting]:
    """Of the chief and of those named for it: what the clerk recorded, as long as this person has not confirmed it."""
    if not holds(person, Permission.CONFIRM_DECISION):
        return
    mine = DecisionConfirmation.objects.filter(decision=OuterRef("pk"), confirmed_by=person)
    decisions = CouncilDecision.objects.filter(
        ~Exists(mine),
        reach(person, Permission.CONFIRM_DECISION, CouncilDecision.scopes),
        settled_at__isnull=True,
    ).exclude(recorded_by=person)
    parts = ("plan_version__plan__commune", "plan_version__plan__scoring_round")
    found = decisions.select_related(*parts).defer("plan_version__content").order_by("recorded_at")
    for decision in found[:SHOWN_AT_MOST]:
        plan = decision.plan_version.plan
        yield Waiting(
            what=_("Confirm the council’s decision: %(plan)s") % {"plan": plan_name(plan)},
            where=_("Session %(number)s of %(day)s")
            % {"number": decision.session_number, "day": day(decision.held_on)},
            url=reverse("scorecards:confirm-decision", args=[decision.pk]),
            action=pgettext("button", "Confirm"),
            icon="check",
            by=in_time_for_the_commune(plan),
        )


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
    found = plans.select_related("commune", "scoring_round").order_by("-returned_at", "pk").distinct()
    for plan in found[:SHOWN_AT_MOST]:
        is_returned = plan.status == PlanStatus.RETURNED
        title = _("Correct the %(plan)s") if is_returned else _("Complete the %(plan)s")
        yield Waiting(
            what=title % {"plan": plan_name(plan)},
            where=_("Returned: “%(reason)s”") % {"reason": plan.return_reason} if is_returned else "",
            url=reverse("scorecards:plan", args=[plan.pk]),
            action=_("Open the plan"),
            icon="doc",
            state=plan.status,
            by=plan.scoring_round.council_on,
        )


def plans_before_the_council(person: User) -> Iterator[Waiting]:
    """Of the clerk: what to put before the council, and the decision to record after it; of its members: what they
    have not read; of the committee: the actions of a plan that was approved.
    """
    unread = {each.version.pk: each for each in unread_plans(person)}
    for version in _undecided(person):
        if holds(person, Permission.RECORD_DECISION):
            yield from work_of_clerk(version)
        elif version.pk in unread:
            yield reading_of(version, unread[version.pk])
    for each in unread.values():
        if each.version.plan.status == PlanStatus.APPROVED:
            yield Waiting(each.what, each.note, each.url, pgettext("button", "Read"), "doc", "approved")


def _undecided(person: User) -> list[PlanVersion]:
    """The newest versions that lie before the councils of this person, without a decision."""
    if not holds(person, Permission.REMARK_ON_PLAN):
        return []
    newer = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    waiting = PlanVersion.objects.filter(
        ~Exists(newer),
        reach(person, Permission.REMARK_ON_PLAN, PlanVersion.scopes),
        plan__status=PlanStatus.SUBMITTED,
        decisions__isnull=True,
    )
    parts = ("plan__commune", "plan__scoring_round")
    return list(waiting.select_related(*parts).defer("content").order_by("frozen_at")[:SHOWN_AT_MOST])


def reading_of(version: PlanVersion, unread: UnreadPlan) -> Waiting:
    return Waiting(
        what=_("Read the %(plan)s before the session") % {"plan": plan_name(version.plan)},
        where=unread.note,
        url=reverse("scorecards:read-plan", args=[version.pk]),
        action=pgettext("button", "Read"),
        icon="doc",
        state="submitted",
        by=version.plan.scoring_round.council_on,
    )


def work_of_clerk(version: PlanVersion) -> Iterator[Waiting]:
    name, session = plan_name(version.plan), version.plan.scoring_round.council_on
    yield Waiting(
        what=_("Put the %(plan)s before the council") % {"plan": name},
        where=_("Submitted on %(day)s") % {"day": day(version.frozen_at)},
        url=reverse("scorecards:read-plan", args=[version.pk]),
        action=_("Open the plan"),
        icon="doc",
        by=session,
    )
    yield Waiting(
        what=_("Record the council’s decision: %(plan)s") % {"plan": name},
        where=_("after the council session"),
        url=reverse("scorecards:decision", args=[version.pk]),
        action=pgettext("meeting", "Record"),
        icon="edit",
        by=session,
    )
    yield Waiting(
        what=_("Print the paper for the councillors: %(plan)s") % {"plan": name},
        where="",
        url=reverse("scorecards:documents", args=[version.pk]),
        action=_("Documents"),
        icon="print",
    )


def in_time_for_the_commune(plan: ActionPlan) -> date:
    """Before the commune prepares its investment programme: the planned day, else the end of September."""
    return plan.scoring_round.cip_on or last_council_day(plan.scoring_round)
