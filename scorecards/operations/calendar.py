"""The planned days of a round: its steps and its meetings, moved with a reason, never silently."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.enums import MeetingKind, MeetingStatus
from communities.models import Area, Facilitator, Meeting, ServiceProvider
from communities.operations.meetings import LENGTHS, correct_meeting, record_meeting
from isaf_portal.lib.texts import plain_text
from scorecards.enums import RoundStatus, RoundStep, ScorecardKind
from scorecards.models import Round, Scorecard
from scorecards.operations.days import (
    STEP_OF,
    PlanRefused,
    agree_on_day,
    keep_change,
    keep_step,
    keep_step_change,
    move_meetings,
    note_meeting,
    note_round,
    refuse_days_elsewhere,
)
from scorecards.operations.rounds import refuse_order_of_dates

REASON_LENGTH = LENGTHS["status_reason"]
SCORED_AT = {
    MeetingKind.SCORECARD: ScorecardKind.COMMUNITY,
    MeetingKind.SELF_ASSESSMENT: ScorecardKind.SELF_ASSESSMENT,
}


# --- Meetings -------------------------------------------------------------------------------------


@transaction.atomic
def plan_meeting(
    *, scoring_round: Round, kind: str, held_on: date, village: Area | None = None,
    provider: ServiceProvider | None = None, facilitators: Sequence[Facilitator] = (), by: User,
) -> Meeting:  # fmt: skip
    """Set a day for a meeting of the round. One at which people score belongs to its scorecard, which must be planned."""
    scoring_round = _locked(scoring_round)
    _refuse_closed(scoring_round)
    refuse_days_elsewhere(scoring_round.year, held_on)
    scorecard = _scorecard_of(scoring_round, kind, village, provider)
    if step := STEP_OF.get(kind):
        agree_on_day(scoring_round, step, held_on)
    meeting = record_meeting(
        client_id=uuid4(), kind=kind, programme=scoring_round.programme, organisation=scoring_round.organisation,
        commune=scoring_round.commune, year=scoring_round.year, held_on=held_on, village=village, provider=provider,
        facilitators=facilitators, status=MeetingStatus.PLANNED, by=by,
    )  # fmt: skip
    if scorecard:
        scorecard.meeting = meeting
        scorecard.save(update_fields=["meeting"])
    return meeting


@transaction.atomic
def put_off_meeting(*, meeting: Meeting, to_on: date | None, reason: str, by: User) -> Meeting:
    """Move a planned meeting to another day. Without `to_on` the new day is not known yet: the old one stays written,
    and the meeting is marked as postponed until there is one.
    """
    now = timezone.now()
    meeting, reason = _changeable(meeting), _reason(reason)
    if to_on == meeting.held_on:
        raise PlanRefused(_("This is the day that stands already. Choose another one."))
    if to_on:
        refuse_days_elsewhere(meeting.year, to_on)
    keep_step(meeting, to_on, reason, by=by, at=now)
    from_on = meeting.held_on
    meeting.held_on = to_on or meeting.held_on
    meeting.status = MeetingStatus.PLANNED if to_on else MeetingStatus.POSTPONED
    meeting.status_reason = "" if to_on else reason
    meeting.save(update_fields=["held_on", "status", "status_reason"])
    keep_change(meeting, from_on, to_on, reason, by=by, at=now)
    note_meeting(
        "communities.meeting.put_off", meeting, by=by, at=now, days=(to_on - from_on).days if to_on else None
    )
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Say that a planned meeting does not take place, and why. It stays in the list."""
    now = timezone.now()
    meeting, reason = _changeable(meeting), _reason(reason)
    keep_step(meeting, None, reason, by=by, at=now)
    meeting.status, meeting.status_reason = MeetingStatus.CANCELLED, reason
    meeting.save(update_fields=["status", "status_reason"])
    keep_change(meeting, meeting.held_on, None, reason, by=by, at=now)
    note_meeting("communities.meeting.cancelled", meeting, by=by, at=now)
    return meeting


@transaction.atomic
def hold_meeting(
    *, meeting: Meeting, held_on: date, attendance: Mapping[str, Mapping[str, int | None]], by: User, **said
) -> Meeting:
    """Write down that a meeting took place, when and who came; `said` are further fields of `correct_meeting`."""
    return correct_meeting(
        meeting=meeting, held_on=held_on, attendance=attendance, status=MeetingStatus.HELD, status_reason="",
        **said, by=by,
    )  # fmt: skip


# --- Steps of the round ---------------------------------------------------------------------------


@transaction.atomic
def set_round_dates(
    *, scoring_round: Round, dates: Mapping[RoundStep, date | None], reason: str = "", by: User
) -> Round:
    """Set the planned days of steps; those not named stay. A day that stood before is moved, or taken out, with a
    reason, and both are kept. A meeting that is planned for the step moves with it.
    """
    now = timezone.now()
    scoring_round, reason = _locked(scoring_round), plain_text(reason, at_most=REASON_LENGTH)
    _refuse_closed(scoring_round)
    before = {step: getattr(scoring_round, f"{step}_on") for step in RoundStep}
    after = before | {RoundStep(step): on for step, on in dates.items()}
    changed = [step for step in RoundStep if after[step] != before[step]]
    refuse_days_elsewhere(scoring_round.year, *(after[step] for step in changed))
    refuse_order_of_dates(after)
    moved = [step for step in changed if before[step]]
    if moved and not reason:
        raise PlanRefused(_("Say why the day is moved: whoever counted on it wants to know."))
    for step in changed:
        setattr(scoring_round, f"{step}_on", after[step])
    scoring_round.save(update_fields=[f"{step}_on" for step in RoundStep])
    for step in moved:
        keep_step_change(scoring_round, step, before[step], after[step], reason, by=by, at=now)
        move_meetings(scoring_round, step, after[step], reason, by=by, at=now)
    if changed:
        note_round("scorecards.round.dates_set", scoring_round, by=by, at=now, moved_count=len(moved))
    return scoring_round


@transaction.atomic
def postpone_round(*, scoring_round: Round, reason: str, by: User) -> Round:
    """Let a round rest, such as after a flood: nothing is added to it until it is resumed."""
    now = timezone.now()
    scoring_round, reason = _locked(scoring_round), _reason(reason)
    if scoring_round.status != RoundStatus.OPEN:
        raise PlanRefused(_("Only an open round can be postponed."))
    scoring_round.status, scoring_round.status_reason = RoundStatus.POSTPONED, reason
    scoring_round.save(update_fields=["status", "status_reason"])
    note_round("scorecards.round.postponed", scoring_round, by=by, at=now)
    return scoring_round


@transaction.atomic
def resume_round(*, scoring_round: Round, reason: str = "", by: User) -> Round:
    """Go on with a postponed round; the planned days stay as they are and are moved where they have passed."""
    now = timezone.now()
    scoring_round, reason = _locked(scoring_round), plain_text(reason, at_most=REASON_LENGTH)
    if scoring_round.status != RoundStatus.POSTPONED:
        raise PlanRefused(_("This round is not postponed."))
    scoring_round.status, scoring_round.status_reason = RoundStatus.OPEN, reason
    scoring_round.save(update_fields=["status", "status_reason"])
    note_round("scorecards.round.resumed", scoring_round, by=by, at=now)
    return scoring_round


# --- Rules ------------------------------------------------------------------------------------------


def _locked(scoring_round: Round) -> Round:
    rounds = Round.objects.select_for_update(of=("self",)).select_related(
        "programme", "organisation", "commune"
    )
    return rounds.get(pk=scoring_round.pk)


def _refuse_closed(scoring_round: Round) -> None:
    if scoring_round.status == RoundStatus.CLOSED:
        raise PlanRefused(_("This round is closed. Its days are history."))
    if scoring_round.status == RoundStatus.POSTPONED:
        raise PlanRefused(_("This round is postponed. Resume it first, then set its days."))


def _changeable(meeting: Meeting) -> Meeting:
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("commune").get(pk=meeting.pk)
    if meeting.status == MeetingStatus.HELD:
        raise PlanRefused(_("This meeting was held. Correct its record instead."))
    if meeting.status == MeetingStatus.CANCELLED:
        raise PlanRefused(_("This meeting is cancelled. Plan a new one."))
    return meeting


def _reason(text: str) -> str:
    if not (reason := plain_text(text, at_most=REASON_LENGTH)):
        raise PlanRefused(_("Say why: whoever counted on the day wants to know."))
    return reason


def _scorecard_of(
    scoring_round: Round, kind: str, village: Area | None, provider: ServiceProvider | None
) -> Scorecard | None:
    """The scorecard that will be scored at such a meeting, the first sitting that still has no day."""
    if kind not in SCORED_AT:
        return None
    cards = Scorecard.objects.select_for_update(of=("self",)).filter(kind=SCORED_AT[kind], provider=provider)
    if kind == MeetingKind.SCORECARD:
        cards = cards.filter(scoring_round=scoring_round, village=village)
    else:
        cards = cards.filter(programme=scoring_round.programme, year=scoring_round.year)
    cards = list(cards.select_related("meeting").order_by("sitting"))
    if not cards:
        raise PlanRefused(_("Plan the scorecard first, then its day."))
    free = [card for card in cards if not card.meeting or card.meeting.status == MeetingStatus.CANCELLED]
    if not free:
        raise PlanRefused(_("This scorecard has its day already. Put that meeting off instead."))
    return free[0]
