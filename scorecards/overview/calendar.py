"""The days of the yearly cycle: one round on one page, and what a person has to expect next."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of, holds, reach
from communities.enums import MeetingStatus
from communities.models import Meeting
from isaf_portal.templatetags.isaf import number
from scorecards.enums import RoundStatus, RoundStep
from scorecards.models import Round

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


def upcoming_for(person: User, on: date, at_most: int = 6) -> list[Upcoming]:
    """The next days of the open rounds that the person sees or, of a provider, that it is invited to; soonest first.

    At most three queries. The same step on the same day in several communes is one line.
    """
    found = [*_planned_meetings(person, on, at_most), *_steps(person, on, at_most), *_invitations(person, on)]
    return sorted(found, key=lambda each: (each.on, each.what))[:at_most]


def tone_of(days_left: int) -> str:
    return "bad" if days_left < 0 else "wait" if days_left <= SOON_DAYS else ""


def days_in_words(days: int | None) -> str:
    """ "12 days left", "today", "3 days ago"; nothing where there is no day."""
    if days is None:
        return ""
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": number(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number(-days)}


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
