"""What waits for a person: one list over all their roles, the most pressing first. A fixed number of queries.

Each function answers for one permission and asks nothing where no role of the person grants it.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds, reach
from communities.enums import MeetingStatus
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import RoundStatus, ScorecardKind, VersionStatus
from scorecards.figures import last_versions
from scorecards.models import (
    ReopeningRequest,
    Round,
    Scorecard,
    ScorecardCriterion,
    ScorecardVersion,
    Tally,
)
from scorecards.names import name_of
from scorecards.overview.card_rows import next_page
from scorecards.overview.notices import notices_for
from scorecards.overview.reminders import idle_count
from scorecards.overview.review_queue import versions_to_check
from scorecards.overview.waiting_plans import (
    decisions_to_confirm,
    plans_before_the_council,
    plans_to_finish,
)
from scorecards.overview.waiting_row import SHOWN_AT_MOST, Waiting
from scorecards.overview.waiting_year import groups_to_count, workshop_to_prepare

# Whoever sent a scorecard or asks to reopen one is answered within a week.
NAMED = ("scorecard__provider", "scorecard__village", "scorecard__meeting")  # what a line says
ANSWERED_WITHIN = timedelta(days=7)


def waiting_for(person: User, on: date | None = None) -> list[Waiting]:
    """Everything that waits for the person on this day (today), the first being the next step."""
    on = on or timezone.localdate()
    return [
        *decisions_to_confirm(person),
        *scorecards_to_check(person),
        *reopenings_to_decide(person),
        *people_to_remind(person, on),
        *scorecards_to_correct_and_enter(person, on),
        *plans_to_finish(person),
        *plans_before_the_council(person),
        *replies_to_give(person),
        *groups_to_count(person, on),
        *workshop_to_prepare(person, on),
    ]


def replies_to_give(person: User) -> Iterator[Waiting]:
    """Of providers and communes: what becomes public soon, and has no reply of theirs beside it yet."""
    for notice in notices_for(person):
        yield Waiting(notice.what, notice.where, notice.url, notice.action, "chat", by=notice.until)


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
            by=timezone.localdate(found["oldest"] + ANSWERED_WITHIN),
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
            by=timezone.localdate(counted["oldest"] + ANSWERED_WITHIN),
        )


def people_to_remind(person: User, on: date) -> Iterator[Waiting]:
    """Of whoever checks: scorecards on which nobody went on for a week, with the messages ready to send."""
    if not holds(person, Permission.LOCK_SCORECARD):
        return
    if idle := idle_count(person, on):
        title = ngettext("Remind about %(count)s scorecard", "Remind about %(count)s scorecards", idle)
        yield Waiting(
            what=title % {"count": number(idle)},
            where=_("Nobody has gone on with them for a week or more."),
            url=reverse("scorecards:reminders"),
            action=_("Open the messages"),
            icon="chat",
        )


def scorecards_to_correct_and_enter(person: User, on: date) -> Iterator[Waiting]:
    """Of facilitators and providers: what was returned, then what is in work in open rounds.

    Whoever runs a whole programme has the rounds for it: that list would be hundreds long. A meeting of a later day
    does not wait yet, and what is assigned to somebody else waits for them.
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
        ),
        Q(assigned_to__isnull=True) | Q(assigned_to=person),
    )
    wanted = Q(status=VersionStatus.RETURNED) | (Q(status=VersionStatus.DRAFT) & ~_waits_for_its_day(on))
    in_work = last_versions(cards, is_full=True).filter(wanted)
    newest = (
        in_work.select_related(*NAMED)
        .annotate(needed_on=_needed_on(), has_criteria=Exists(_criteria()), lacks_counts=Exists(_uncounted()))
        .order_by(
            F("returned_at").desc(nulls_last=True),
            F("scorecard__meeting__held_on").asc(nulls_last=True),
            "pk",
        )
    )
    for version in newest[:SHOWN_AT_MOST]:
        yield entry_of(version)


def _waits_for_its_day(on: date) -> Q:
    """The meeting of the scorecard is planned for a later day, or was put off or cancelled."""
    meeting = "scorecard__meeting__"
    later = Q(**{f"{meeting}status": MeetingStatus.PLANNED, f"{meeting}held_on__gt": on})
    off = Q(**{f"{meeting}status__in": [MeetingStatus.POSTPONED, MeetingStatus.CANCELLED]})
    return Q(scorecard__meeting__isnull=False) & (later | off)


def _criteria() -> QuerySet[ScorecardCriterion]:
    return ScorecardCriterion.objects.filter(version=OuterRef("pk"))


def _uncounted() -> QuerySet[ScorecardCriterion]:
    return _criteria().filter(~Exists(Tally.objects.filter(scorecard_criterion=OuterRef("pk"))))


def _needed_on() -> Subquery:
    """The day of the interface meeting at which the scores are on the table; the first of those that are served."""
    of_year = Round.objects.filter(
        programme=OuterRef("scorecard__programme"),
        year=OuterRef("scorecard__year"),
        commune__catchments__provider=OuterRef("scorecard__provider"),
        interface_on__isnull=False,
    )
    return Subquery(of_year.order_by("interface_on").values("interface_on")[:1])


def entry_of(version: ScorecardVersion) -> Waiting:
    """One scorecard in work, with what is to be done to it."""
    card = version.scorecard
    url = reverse(_page_to_enter(version), args=[card.pk])
    if version.status == VersionStatus.RETURNED:
        return Waiting(
            what=_("Correct the scorecard: %(name)s") % {"name": name_of(card)},
            where=_("Returned: “%(reason)s”") % {"reason": version.return_reason},
            url=url,
            action=pgettext("button", "Correct"),
            icon="undo",
            state="returned",
            by=version.needed_on,
        )
    is_begun = _is_held(card) or version.has_criteria
    return Waiting(
        what=_("Enter the scores: %(name)s") % {"name": name_of(card)},
        where=_where_scored(version),
        url=url,
        action=_("Continue") if is_begun else _("Begin"),
        icon="edit",
        state="draft",
        by=version.needed_on,
    )


def _page_to_enter(version: ScorecardVersion) -> str:
    if version.scorecard.is_self_assessment:
        return "scorecards:self-assessment"
    if version.status == VersionStatus.RETURNED:
        return "scorecards:sheet"
    return next_page(
        version.scorecard, has_criteria=version.has_criteria, is_counted=not version.lacks_counts
    )


def _where_scored(version: ScorecardVersion) -> str:
    """When people met; a provider may assess itself without a meeting that is written down."""
    card = version.scorecard
    if _is_held(card):
        return _("Meeting of %(day)s") % {"day": day(card.meeting.held_on)}
    if card.meeting is not None and card.meeting.status == MeetingStatus.PLANNED:
        return _("Planned for %(day)s.") % {"day": day(card.meeting.held_on)}
    return "" if card.is_self_assessment else _("The meeting is not written down yet.")


def _is_held(card: Scorecard) -> bool:
    return card.meeting is not None and card.meeting.status == MeetingStatus.HELD
