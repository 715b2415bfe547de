"""The days of the yearly cycle: one round on one page, and what a person has to expect next."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of, holds, reach
from communities.enums import MeetingStatus
from communities.models import Meeting, MeetingChange
from isaf_portal.templatetags.isaf import number
from scorecards.enums import RoundStatus, RoundStep
from scorecards.figures import last_versions
from scorecards.models import Round, RoundDateChange, Scorecard
from scorecards.overview.calendar_steps import (
    OPEN_STATES,
    CalendarStep,
    RoundMeetings,
    days_in_words,
    steps_of,
)
from scorecards.overview.calendar_warnings import Warned, named, undated, warnings_of
from scorecards.overview.progress import facts_of

# How far a person's list looks ahead, and how long a meeting that nobody recorded stays on it.
AHEAD, BEHIND = timedelta(days=180), timedelta(days=60)
SOON_DAYS = 7


@dataclass(frozen=True)
class Upcoming:
    """Something with a day. `days_left` is negative once the day has passed; without `url` there is no page for this
    reader. `tone` is bad (passed), wait (within a week) or empty.
    """

    what: str
    where: str
    on: date
    days_left: int
    url: str
    tone: str


@dataclass(frozen=True)
class Change:
    """A day that was moved, or a meeting that does not take place (`to_on` empty), and why."""

    what: str
    from_on: date
    to_on: date | None
    reason: str
    at: datetime
    who: str
    is_cancelled: bool = False


@dataclass(frozen=True)
class Calendar:
    """The year of one round. `waiting` are meetings planned or postponed, `held` those that took place."""

    scoring_round: Round
    steps: list[CalendarStep]
    warnings: list[Warned]
    waiting: list[Meeting]
    held: list[Meeting]
    changes: list[Change]

    @property
    def next_step(self) -> CalendarStep | None:
        """The nearest step with a day ahead."""
        ahead = [
            each
            for each in self.steps
            if not each.is_done and each.days_left is not None and each.days_left >= 0
        ]
        return min(ahead, key=lambda each: each.days_left, default=None)


def calendar_of(scoring_round: Round, on: date) -> Calendar:
    """Nine queries, whatever the number of meetings; `on` is the day from which days are counted."""
    facts = facts_of([scoring_round])[scoring_round.pk]
    meetings = list(
        Meeting.objects.filter(
            programme=scoring_round.programme_id, commune=scoring_round.commune_id, year=scoring_round.year
        )
        .select_related("village", "provider")
        .order_by("held_on", "pk")
    )
    cards = list(
        last_versions(Scorecard.objects.filter(scoring_round=scoring_round), is_full=True)
        .select_related("scorecard__meeting", "scorecard__village", "scorecard__provider")
        .order_by("scorecard__village", "scorecard_id")
    )
    return Calendar(
        scoring_round=scoring_round,
        steps=steps_of(facts, RoundMeetings(meetings), on=on, undated_count=len(undated(cards))),
        warnings=warnings_of(facts, meetings, cards, on=on),
        waiting=[each for each in meetings if each.status in OPEN_STATES],
        held=[each for each in meetings if each.status == MeetingStatus.HELD],
        changes=_changes(scoring_round),
    )


@dataclass(frozen=True)
class MeetingRow:
    """A meeting of the calendar: its name, its state and, of a planned one, the days left."""

    meeting: Meeting
    name: str
    badge: str
    state_label: str


def meeting_rows(meetings: Iterable[Meeting], *, on: date) -> list[MeetingRow]:
    rows = []
    for meeting in meetings:
        badge, words = str(meeting.status), ""
        if meeting.status == MeetingStatus.PLANNED:
            left = (meeting.held_on - on).days
            badge = "missing" if left < 0 else "due" if left <= SOON_DAYS else "planned"
            words = days_in_words(left)
        rows.append(MeetingRow(meeting, named(meeting), badge, words))
    return rows


def _changes(scoring_round: Round) -> list[Change]:
    """The newest first. What a step and its meeting moved together is said once, by the step."""
    steps = RoundDateChange.objects.filter(scoring_round=scoring_round).select_related("changed_by")
    moved = MeetingChange.objects.filter(
        meeting__programme=scoring_round.programme_id,
        meeting__commune=scoring_round.commune_id,
        meeting__year=scoring_round.year,
    ).select_related("meeting__village", "meeting__provider", "changed_by")
    found = [
        Change(
            named(each.meeting), each.from_on, each.to_on, each.reason, each.changed_at, each.changed_by.name,
            is_cancelled=each.meeting.status == MeetingStatus.CANCELLED and each.to_on is None,
        )
        for each in moved.order_by("pk")
    ]  # fmt: skip
    told = {(each.what, each.at) for each in found}
    for each in steps.order_by("pk"):
        label = str(RoundStep(each.step).label)
        if (label, each.changed_at) not in told:
            found.append(
                Change(label, each.from_on, each.to_on, each.reason, each.changed_at, each.changed_by.name)
            )
    return sorted(found, key=lambda each: each.at, reverse=True)


def upcoming_for(person: User, on: date, at_most: int = 6) -> list[Upcoming]:
    """The next days of the open rounds that the person sees or, of a provider, that it is invited to; soonest first.

    At most three queries. The same step on the same day in several communes is one line.
    """
    found = [*_planned_meetings(person, on, at_most), *_steps(person, on, at_most), *_invitations(person, on)]
    return sorted(found, key=lambda each: (each.on, each.what))[:at_most]


def tone_of(days_left: int) -> str:
    return "bad" if days_left < 0 else "wait" if days_left <= SOON_DAYS else ""


def _planned_meetings(person: User, on: date, at_most: int) -> Iterator[Upcoming]:
    if not holds(person, Permission.SEE_ROUNDS):
        return
    records = holds(person, Permission.RECORD_MEETING)
    same = Round.objects.filter(
        programme=OuterRef("programme"), commune=OuterRef("commune"), year=OuterRef("year")
    )
    is_open = same.filter(status=RoundStatus.OPEN).values("pk")[:1]
    planned = Meeting.objects.filter(
        reach(person, Permission.SEE_ROUNDS, Meeting.scopes),
        status=MeetingStatus.PLANNED,
        # Whoever cannot record a meeting has nothing to do about one that nobody recorded.
        held_on__range=(on - BEHIND if records else on, on + AHEAD),
    ).annotate(round_id=Subquery(is_open))
    known = planned.filter(round_id__isnull=False).select_related("commune", "village", "provider")
    for meeting in known.order_by("held_on", "pk")[:at_most]:
        days = (meeting.held_on - on).days
        address = (
            reverse("scorecards:hold-meeting", args=[meeting.pk])
            if records
            else reverse("scorecards:calendar", args=[meeting.round_id])
        )
        yield Upcoming(
            meeting.get_kind_display(), where_of(meeting), meeting.held_on, days, address, tone_of(days)
        )


def where_of(meeting: Meeting) -> str:
    """ "Kumru 2, Kumru health centre", or the commune of a meeting for all of it."""
    parts = [meeting.village.name if meeting.village else meeting.commune.name]
    return ", ".join([*parts, meeting.provider.name] if meeting.provider else parts)


def _steps(person: User, on: date, at_most: int) -> Iterator[Upcoming]:
    """The days that stand on the rounds; a step that many communes take on one day is said once."""
    if not holds(person, Permission.SEE_ROUNDS):
        return
    ahead = Q()
    for step in RoundStep:
        ahead |= Q(**{f"{step}_on__range": (on, on + AHEAD)})
    rounds = Round.objects.filter(
        ahead, reach(person, Permission.SEE_ROUNDS, Round.scopes), status=RoundStatus.OPEN
    )
    days: dict[tuple[date, RoundStep], list[Round]] = defaultdict(list)
    for scoring_round in rounds.select_related("commune").order_by("pk"):
        for step in RoundStep:
            day = getattr(scoring_round, f"{step}_on")
            if day and on <= day <= on + AHEAD:
                days[day, step].append(scoring_round)
    for (day, step), same in sorted(days.items(), key=lambda each: (each[0][0], each[0][1]))[:at_most]:
        left = (day - on).days
        if len(same) == 1:
            where, url = same[0].commune.name, reverse("scorecards:calendar", args=[same[0].pk])
        else:
            where = ngettext("%(count)s commune", "%(count)s communes", len(same)) % {
                "count": number(len(same))
            }
            url = f"{reverse('scorecards:rounds')}?year={same[0].year}"
        yield Upcoming(str(RoundStep(step).label), where, day, left, url, tone_of(left))


def _invitations(person: User, on: date) -> Iterator[Upcoming]:
    """Of a provider, which sees no rounds: the interface meetings of the communes that it serves."""
    providers = [each.provider_id for each in assignments_of(person) if each.provider_id]
    if not providers or holds(person, Permission.SEE_ROUNDS):
        return
    served = Round.objects.filter(
        status=RoundStatus.OPEN,
        interface_on__range=(on, on + AHEAD),
        commune__catchments__provider__in=providers,
    )
    rounds = Round.objects.filter(pk__in=served.values("pk")).select_related("commune")
    for scoring_round in rounds.order_by("interface_on", "pk"):
        day = scoring_round.interface_on
        left = (day - on).days
        yield Upcoming(
            str(RoundStep.INTERFACE.label), scoring_round.commune.name, day, left, "", tone_of(left)
        )
