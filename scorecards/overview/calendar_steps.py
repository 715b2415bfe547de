"""The steps of the annual cycle of one round, each with its day, the days left and how many of its meetings were held."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from communities.enums import MeetingKind, MeetingStatus
from communities.models import Meeting
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import PlanStatus, RoundStep
from scorecards.models import Round
from scorecards.overview.progress import RoundFacts, count_of

SOON_DAYS = 14
OPEN_STATES = frozenset({MeetingStatus.PLANNED, MeetingStatus.POSTPONED})


@dataclass(frozen=True)
class CalendarStep:
    """One step. `on` is its day or that of its next meeting, `until` the last; `badge` is a state of `{% badge %}` and
    `state_label` its words: the days left, "held", "no day yet". `may_miss` marks what a round can do without.
    """

    key: str
    label: str
    on: date | None
    until: date | None
    days_left: int | None
    note: str
    badge: str
    state_label: str
    icon: str = "cal"

    @property
    def is_done(self) -> bool:
        return self.badge == "done"


@dataclass(frozen=True)
class RoundMeetings:
    """The meetings of a round, asked once."""

    every: Sequence[Meeting]

    def of(self, kind: str, *states: str) -> list[Meeting]:
        return [each for each in self.every if each.kind == kind and (not states or each.status in states)]


def steps_of(
    facts: RoundFacts, meetings: RoundMeetings, *, on: date, undated_count: int
) -> list[CalendarStep]:
    """In the order of the practice year."""
    here = facts.scoring_round
    return [
        *_several(MeetingKind.INCEPTION, meetings, on=on, is_optional=True),
        *_several(MeetingKind.INFORMATION, meetings, on=on, icon="bulb"),
        _scoring(facts, meetings, on=on, undated_count=undated_count),
        _self_assessing(facts, on=on),
        _one_day(
            here,
            RoundStep.INTERFACE,
            on=on,
            icon="people",
            held_on=facts.interface and facts.interface.held_on,
        ),
        _council(facts, on=on),
        _one_day(here, RoundStep.CIP, on=on, icon="money", is_a_deadline=True),
        _workshop(here, meetings, on=on),
        *_several(MeetingKind.DISSEMINATION, meetings, on=on, icon="chat"),
        *_several(MeetingKind.COMMITTEE, meetings, on=on, icon="check"),
    ]


def days_in_words(days: int) -> str:
    """ "12 days left", "today", "3 days ago"."""
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": number(days)}
    return ngettext("%(days)s day ago", "%(days)s days ago", -days) % {"days": number(-days)}


def _state(on: date | None, today: date, *, lacking: str) -> tuple[int | None, str, str]:
    """Days left, badge and words of something that did not happen yet."""
    if on is None:
        return None, "missing", lacking
    left = (on - today).days
    badge = "missing" if left < 0 else "due" if left <= SOON_DAYS else "planned"
    return left, badge, days_in_words(left)


def _several(
    kind: MeetingKind, meetings: RoundMeetings, *, on: date, icon: str = "cal", is_optional: bool = False
) -> Iterator[CalendarStep]:
    """Meetings of which a round holds several, such as one in each village."""
    held = meetings.of(kind, MeetingStatus.HELD)
    waiting = meetings.of(kind, *OPEN_STATES)
    if is_optional and not held and not waiting:
        return
    dated = [each for each in waiting if each.status == MeetingStatus.PLANNED]
    days = sorted(each.held_on for each in dated)
    next_day = days[0] if days else None
    note = _held_of(len(held), len(held) + len(waiting))
    if waiting:
        left, badge, words = _state(next_day, on, lacking=_("no new day yet"))
        yield CalendarStep(
            kind, str(kind.label), next_day, days[-1] if days else None, left, note, badge, words, icon
        )
    elif held:
        last = max(each.held_on for each in held)
        yield CalendarStep(kind, str(kind.label), last, None, None, note, "done", _("Held"), icon)
    else:
        yield CalendarStep(kind, str(kind.label), None, None, None, "", "empty", _("none planned"), icon)


def _scoring(facts: RoundFacts, meetings: RoundMeetings, *, on: date, undated_count: int) -> CalendarStep:
    here, label = facts.scoring_round, _("Scorecard meetings")
    waiting = meetings.of(MeetingKind.SCORECARD, MeetingStatus.PLANNED)
    days = sorted(each.held_on for each in waiting)
    notes = [_("entered %(count)s") % {"count": count_of(facts.entered_count, facts.planned_count)}]
    if undated_count:
        notes.append(_("without a day %(count)s") % {"count": number(undated_count)})
    note = " · ".join(notes) if facts.planned_count else ""
    if facts.planned_count and facts.entered_count == facts.planned_count:
        return CalendarStep("scorecards", label, here.starts_on, None, None, note, "done", _("Done"), "edit")
    next_day = days[0] if days else here.starts_on if not facts.entered_count else None
    lacking = _("no day yet") if facts.planned_count else _("none planned")
    left, badge, words = _state(next_day, on, lacking=lacking)
    return CalendarStep(
        "scorecards", label, next_day, days[-1] if days else None, left, note, badge, words, "edit"
    )


def _self_assessing(facts: RoundFacts, *, on: date) -> CalendarStep:
    """Before the interface meeting, where both scores stand side by side."""
    until = facts.scoring_round.interface_on
    note = _("entered %(count)s") % {"count": count_of(facts.assessed_count, len(facts.providers))}
    label = _("Self-assessments of the providers")
    if facts.providers and not facts.unassessed:
        return CalendarStep("self", label, None, None, None, note, "done", _("Done"), "user")
    left, badge, words = _state(until, on, lacking=_("until the interface meeting"))
    return CalendarStep(
        "self", label, None, until, left, note if facts.providers else "", badge, words, "user"
    )


def _one_day(
    here: Round, step: RoundStep, *, on: date, icon: str, held_on: date | None = None, note: str = "",
    is_a_deadline: bool = False,
) -> CalendarStep:  # fmt: skip
    label = str(step.label)
    if held_on:
        return CalendarStep(step, label, held_on, None, None, note, "done", _("Held"), icon)
    stands = getattr(here, f"{step}_on")
    left, badge, words = _state(stands, on, lacking=_("no day yet"))
    if is_a_deadline and left is not None and left < 0:
        badge, words = "done", _("has begun")  # the commune does it whether or not somebody is ready
    return CalendarStep(step, label, stands, None, left, note, badge, words, icon)


def _council(facts: RoundFacts, *, on: date) -> CalendarStep:
    here, plan = facts.scoring_round, facts.plan
    note = (
        f"{_('Action plan')}: {plan.get_status_display()}" if plan and plan.status != PlanStatus.DRAFT else ""
    )
    if facts.is_plan_approved:
        approved = timezone.localdate(plan.approved_at)
        return CalendarStep(
            RoundStep.COUNCIL,
            str(RoundStep.COUNCIL.label),
            approved,
            None,
            None,
            note,
            "done",
            _("Done"),
            "hall",
        )
    return _one_day(here, RoundStep.COUNCIL, on=on, icon="hall", note=note)


def _workshop(here: Round, meetings: RoundMeetings, *, on: date) -> CalendarStep:
    held = meetings.of(MeetingKind.DISTRICT_WORKSHOP, MeetingStatus.HELD)
    return _one_day(
        here,
        RoundStep.DISTRICT_WORKSHOP,
        on=on,
        icon="link",
        held_on=max((each.held_on for each in held), default=None),
    )


def _held_of(held: int, planned: int) -> str:
    return pgettext("meetings", "held %(count)s") % {"count": count_of(held, planned)}


def step_address(step: CalendarStep, here: Round) -> str:
    """The page on which a step is planned."""
    if step.key in {"scorecards", "self"}:
        return reverse("scorecards:plan-round", args=[here.pk])
    if step.key in RoundStep.values:
        return reverse("scorecards:round-dates", args=[here.pk])
    return f"{reverse('scorecards:plan-meeting', args=[here.pk])}?kind={step.key}"


def day_span(step: CalendarStep) -> str:
    """ "12/05/2026", or first and last day."""
    known = [each for each in (step.on, step.until) if each]
    if not step.on and step.until:
        return _("until %(day)s") % {"day": day(step.until)}
    return " – ".join(dict.fromkeys(day(each) for each in known))
