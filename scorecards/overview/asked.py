"""What became of what a person asked for or sent: wishes to reopen, remarks, scorecards, plans. The newest first.

Four queries at the most; none for what no role of today lets the person ask.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds, reach
from isaf_portal.templatetags.isaf import day, digits
from scorecards.enums import PlanStatus, ReopeningDecision, VersionStatus
from scorecards.models import ActionPlan, PlanRemark, PlanVersion, ReopeningRequest, ScorecardVersion
from scorecards.names import name_of, plan_name

SHOWN_AT_MOST = 6
# An answer stands on the first page so long, then only where it was given.
REMEMBERED = timedelta(days=60)


@dataclass(frozen=True)
class Asked:
    """One thing that was asked or sent: what, of which place, what was answered, the page about it.

    `state` is a badge with its own words in `label`; `at` when the last word was spoken.
    """

    what: str
    where: str
    answer: str
    url: str
    state: str
    label: str
    at: datetime


def asked_by(person: User) -> list[Asked]:
    """What the person asked for and sent in the last weeks, answered or not; what waits for an answer stays."""
    since = timezone.now() - REMEMBERED
    found = [
        *_reopenings(person, since),
        *_remarks(person, since),
        *_scorecards(person, since),
        *_plans(person, since),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN_AT_MOST]


def _reopenings(person: User, since: datetime) -> Iterator[Asked]:
    if not holds(person, Permission.REQUEST_REOPENING):
        return
    mine = ReopeningRequest.objects.filter(
        reach(person, Permission.REQUEST_REOPENING, *ReopeningRequest.scopes), requested_by=person
    )
    shown = mine.annotate(last=Coalesce("decided_at", "requested_at")).filter(
        Q(last__gte=since) | Q(decided_at__isnull=True)
    )
    parts = ("version__scorecard__provider", "version__scorecard__village")
    for request in shown.select_related(*parts).order_by("-last", "-pk")[:SHOWN_AT_MOST]:
        state, label, answer = _answer_to(request)
        yield Asked(
            what=_("You asked to reopen a scorecard"),
            where=name_of(request.version.scorecard),
            answer=answer,
            url=reverse("scorecards:results", args=[request.version.scorecard_id]),
            state=state,
            label=label,
            at=request.last,
        )


def _answer_to(request: ReopeningRequest) -> tuple[str, str, str]:
    if request.decision == ReopeningDecision.GRANTED:
        return "complete", _("Reopened"), request.answer
    if request.decision == ReopeningDecision.REFUSED:
        return "locked", _("Kept locked"), request.answer
    return "pending", _("No answer yet"), _("Asked on %(day)s") % {"day": day(request.requested_at)}


def _remarks(person: User, since: datetime) -> Iterator[Asked]:
    if not holds(person, Permission.REMARK_ON_PLAN):
        return
    readable = PlanVersion.objects.filter(reach(person, Permission.REMARK_ON_PLAN, PlanVersion.scopes))
    mine = PlanRemark.objects.filter(remarked_by=person, plan_version__in=readable.values("pk"))
    shown = mine.annotate(last=Coalesce("answered_at", "remarked_at")).filter(last__gte=since)
    found = shown.select_related("plan_version__plan__commune").defer("plan_version__content")
    for remark in found.order_by("-last", "-pk")[:SHOWN_AT_MOST]:
        is_answered = remark.answered_at is not None
        yield Asked(
            what=_("Your remark: “%(text)s”") % {"text": shortened(remark.text)},
            where=plan_name(remark.plan_version.plan),
            answer=remark.answer,
            url=reverse("scorecards:read-plan", args=[remark.plan_version_id]),
            state="complete" if is_answered else "pending",
            label=_("Answered") if is_answered else _("No answer yet"),
            at=remark.last,
        )


def _scorecards(person: User, since: datetime) -> Iterator[Asked]:
    """The last version that the person sent of each scorecard; one returned waits in the list of work instead."""
    if not holds(person, Permission.SUBMIT_SCORECARD) and not holds(person, Permission.ENTER_SELF_ASSESSMENT):
        return
    newest = ScorecardVersion.objects.filter(scorecard=OuterRef("scorecard")).order_by("-number")
    mine = ScorecardVersion.objects.filter(
        reach(person, Permission.SUBMIT_SCORECARD, *ScorecardVersion.scopes)
        | reach(person, Permission.ENTER_SELF_ASSESSMENT, *ScorecardVersion.scopes),
        submitted_by=person,
        status__in=[VersionStatus.SUBMITTED, VersionStatus.LOCKED],
        number=Subquery(newest.values("number")[:1]),
    )
    shown = mine.annotate(last=Coalesce("locked_at", "submitted_at")).filter(
        Q(last__gte=since) | Q(locked_at__isnull=True)
    )
    for version in shown.select_related("scorecard__provider", "scorecard__village").order_by("-last", "-pk")[
        :SHOWN_AT_MOST
    ]:
        is_locked = version.status == VersionStatus.LOCKED
        yield Asked(
            what=_("You sent a scorecard"),
            where=name_of(version.scorecard),
            answer="" if is_locked else _("Sent on %(day)s") % {"day": day(version.submitted_at)},
            url=reverse("scorecards:results", args=[version.scorecard_id]),
            state="locked" if is_locked else "submitted",
            label=_("Checked and locked") if is_locked else _("Waits to be checked"),
            at=version.last,
        )


def _plans(person: User, since: datetime) -> Iterator[Asked]:
    if not holds(person, Permission.SUBMIT_PLAN):
        return
    mine = ActionPlan.objects.filter(
        reach(person, Permission.SUBMIT_PLAN, ActionPlan.scopes),
        submitted_by=person,
        status__in=[PlanStatus.SUBMITTED, PlanStatus.APPROVED],
    )
    shown = mine.annotate(
        last=Greatest(F("submitted_at"), Coalesce("approved_at", "submitted_at")),
        session=Max("versions__decisions__session_number"),
    ).filter(Q(last__gte=since) | Q(status=PlanStatus.SUBMITTED))
    for plan in shown.select_related("commune", "scoring_round").order_by("-last", "-pk")[:SHOWN_AT_MOST]:
        is_approved = plan.status == PlanStatus.APPROVED
        yield Asked(
            what=_("You sent a plan to the council"),
            where=plan_name(plan),
            answer=_session_of(plan),
            url=reverse("scorecards:plan", args=[plan.pk]),
            state="approved" if is_approved else "submitted",
            label=_("Approved") if is_approved else _("Before the council"),
            at=plan.last,
        )


def _session_of(plan: ActionPlan) -> str:
    """By which session it was approved, or for which it waits."""
    if plan.status == PlanStatus.APPROVED:
        return _("Session %(number)s") % {"number": digits(plan.session)} if plan.session else ""
    planned = plan.scoring_round.council_on
    return _("Council session on %(day)s") % {"day": day(planned)} if planned else ""


def shortened(text: str, at_most: int = 90) -> str:
    """The beginning of a text as one line; cut between words where there are spaces."""
    line = " ".join(text.split())
    if len(line) <= at_most:
        return line
    cut = line[:at_most]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"
