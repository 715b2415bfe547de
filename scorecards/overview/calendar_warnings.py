"""What the calendar of a round warns of, early enough to do something about it. Asks no query."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from communities.enums import MeetingKind, MeetingStatus
from communities.models import Meeting
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import RoundStatus, RoundStep
from scorecards.models import Scorecard, ScorecardVersion
from scorecards.names import name_of
from scorecards.overview.progress import ENTERED, RoundFacts, council_warning

NAMED_AT_MOST = 5
ASSESS_BEFORE_DAYS = 21


@dataclass(frozen=True)
class Warned:
    """One thing to look after, shown as a row of what is missing: what, where, the page that helps, its word."""

    what: str
    where: str = ""
    url: str = ""
    action: str = ""


def warnings_of(
    facts: RoundFacts, meetings: Sequence[Meeting], cards: Sequence[ScorecardVersion], *, on: date
) -> list[Warned]:
    """`cards` are the newest versions of the community scorecards, with meeting, village and provider joined.
    A round that is closed or postponed warns of nothing.
    """
    if facts.scoring_round.status != RoundStatus.OPEN:
        return []
    return [
        *_council_too_late(facts),
        *_plan_too_late(facts, on=on),
        *_due_and_not_entered(cards, on=on),
        *_days_that_passed(meetings, on=on),
        *_without_new_day(meetings),
        *_interface_too_early(facts, cards),
        *_steps_without_day(facts),
        *_scorecards_without_day(facts, cards),
        *_self_assessments(facts, on=on),
    ]


def _council_too_late(facts: RoundFacts) -> Iterator[Warned]:
    here = facts.scoring_round
    if here.cip_on and here.council_on and here.council_on > here.cip_on and not facts.is_plan_approved:
        yield Warned(
            _("The council session is planned after the commune begins to prepare its investment programme."),
            _("Session %(council)s, preparation from %(cip)s")
            % {"council": day(here.council_on), "cip": day(here.cip_on)},
            reverse("scorecards:round-dates", args=[here.pk]),
            _("Change days"),
        )


def _plan_too_late(facts: RoundFacts, *, on: date) -> Iterator[Warned]:
    if sentence := council_warning(facts, on=on):
        yield Warned(sentence)


def _due_and_not_entered(cards: Sequence[ScorecardVersion], *, on: date) -> Iterator[Warned]:
    """The scores of meetings that were held and that nobody entered or sent yet."""
    due = [
        version.scorecard
        for version in cards
        if version.status not in ENTERED
        and _is_held(version.scorecard)
        and version.scorecard.meeting.held_on <= on
    ]
    for card in due[:NAMED_AT_MOST]:
        yield Warned(
            _("The scores of a meeting that was held are not entered yet"),
            f"{name_of(card)} · {day(card.meeting.held_on)}",
            reverse("scorecards:sheet", args=[card.pk]),
            _("Enter scores"),
        )
    if (more := len(due) - NAMED_AT_MOST) > 0:
        sentence = ngettext("%(count)s more scorecard is due", "%(count)s more scorecards are due", more)
        yield Warned(sentence % {"count": number(more)})


def _days_that_passed(meetings: Sequence[Meeting], *, on: date) -> Iterator[Warned]:
    passed = [each for each in meetings if each.status == MeetingStatus.PLANNED and each.held_on < on]
    for meeting in passed[:NAMED_AT_MOST]:
        yield Warned(
            _("The day of this meeting has passed: was it held, or put off?"),
            f"{named(meeting)} · {day(meeting.held_on)}",
            reverse("scorecards:hold-meeting", args=[meeting.pk]),
            pgettext("meeting", "Record"),
        )
    if (more := len(passed) - NAMED_AT_MOST) > 0:
        sentence = ngettext("%(count)s more meeting like this", "%(count)s more meetings like this", more)
        yield Warned(sentence % {"count": number(more)})


def _without_new_day(meetings: Sequence[Meeting]) -> Iterator[Warned]:
    for meeting in meetings:
        if meeting.status == MeetingStatus.POSTPONED:
            yield Warned(
                _("Postponed, and no new day is set"),
                f"{named(meeting)} · {meeting.status_reason}",
                reverse("scorecards:put-off-meeting", args=[meeting.pk]),
                _("Set a day"),
            )


def _interface_too_early(facts: RoundFacts, cards: Sequence[ScorecardVersion]) -> Iterator[Warned]:
    """People are scored after the meeting at which their scores should have been talked about."""
    here = facts.scoring_round
    planned = [
        version.scorecard.meeting.held_on
        for version in cards
        if version.scorecard.meeting and version.scorecard.meeting.status == MeetingStatus.PLANNED
    ]
    if here.interface_on and facts.interface is None and planned and max(planned) >= here.interface_on:
        yield Warned(
            _("A scorecard meeting is planned on or after the day of the interface meeting."),
            _("Interface meeting %(interface)s, last scorecard meeting %(last)s")
            % {"interface": day(here.interface_on), "last": day(max(planned))},
            reverse("scorecards:round-dates", args=[here.pk]),
            _("Change days"),
        )


def _steps_without_day(facts: RoundFacts) -> Iterator[Warned]:
    here = facts.scoring_round
    is_over = {RoundStep.INTERFACE: facts.interface is not None, RoundStep.COUNCIL: facts.is_plan_approved}
    lacking = [
        str(step.label)
        for step in RoundStep
        if getattr(here, f"{step}_on") is None and not is_over.get(step) and step != RoundStep.STARTS
    ]
    if lacking:
        yield Warned(
            _("Steps without a day"),
            ", ".join(lacking),
            reverse("scorecards:round-dates", args=[here.pk]),
            _("Set days"),
        )


def undated(cards: Sequence[ScorecardVersion]) -> list[Scorecard]:
    """Those still in work that have no meeting, or only a cancelled one."""
    return [
        version.scorecard
        for version in cards
        if version.status not in ENTERED
        and (version.scorecard.meeting is None or version.scorecard.meeting.status == MeetingStatus.CANCELLED)
    ]


def _scorecards_without_day(facts: RoundFacts, cards: Sequence[ScorecardVersion]) -> Iterator[Warned]:
    if lacking := undated(cards):
        names = ", ".join(name_of(card) for card in lacking[:NAMED_AT_MOST])
        title = ngettext(
            "%(count)s scorecard without a day", "%(count)s scorecards without a day", len(lacking)
        )
        yield Warned(
            title % {"count": number(len(lacking))},
            names if len(lacking) <= NAMED_AT_MOST else f"{names} …",
            reverse("scorecards:plan-round", args=[facts.scoring_round.pk]),
            _("Set days"),
        )


def _self_assessments(facts: RoundFacts, *, on: date) -> Iterator[Warned]:
    until = facts.scoring_round.interface_on
    if facts.interface or not until or not facts.unassessed or (until - on).days > ASSESS_BEFORE_DAYS:
        return
    count = len(facts.unassessed)
    title = ngettext(
        "%(count)s provider has not assessed itself yet",
        "%(count)s providers have not assessed themselves yet",
        count,
    )
    yield Warned(
        title % {"count": number(count)},
        _("The interface meeting is on %(day)s.") % {"day": day(until)},
        reverse("scorecards:round", args=[facts.scoring_round.pk]),
        _("Show"),
    )


def named(meeting: Meeting) -> str:
    """ "Scorecard meeting · Kumru 2, Kumru health centre"."""
    parts = [each.name for each in (meeting.village, meeting.provider) if each]
    kind = str(MeetingKind(meeting.kind).label)
    return f"{kind} · {', '.join(parts)}" if parts else kind


def _is_held(card: Scorecard) -> bool:
    return card.meeting is not None and card.meeting.status == MeetingStatus.HELD
