"""What planned days have in common: where one day stands in two places, which days are refused, what is kept of a move."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.enums import MeetingKind, MeetingStatus
from communities.models import Meeting, MeetingChange
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import day
from scorecards.enums import RoundStep
from scorecards.models import Round, RoundDateChange
from scorecards.operations.rounds import refuse_order_of_dates

# Meetings whose planned day is that of a step of the round: one truth, two places where it is read.
STEP_OF = {
    MeetingKind.INTERFACE: RoundStep.INTERFACE,
    MeetingKind.COUNCIL: RoundStep.COUNCIL,
    MeetingKind.DISTRICT_WORKSHOP: RoundStep.DISTRICT_WORKSHOP,
}


class PlanRefused(Refused):
    """The day, meeting or round cannot be changed like this; the message says what to do instead."""


def refuse_days_elsewhere(year: int, *days: date | None) -> None:
    """A round's days lie in its year or the next, when its plan is carried out; other years are slips of the hand."""
    for on in days:
        if on and on.year not in {year, year + 1}:
            raise PlanRefused(_("%(day)s lies outside the years of the round.") % {"day": day(on)})


# --- One day in two places ------------------------------------------------------------------------


def agree_on_day(scoring_round: Round, step: RoundStep, held_on: date) -> None:
    """The first day of a step is set with the meeting; another day than the one that stands is not let in."""
    stands = getattr(scoring_round, f"{step}_on")
    if stands and stands != held_on:
        raise PlanRefused(
            _("The round says %(day)s for this. Move the day of the step, and give the reason.")
            % {"day": day(stands)}
        )
    if not stands:
        setattr(scoring_round, f"{step}_on", held_on)
        refuse_order_of_dates({each: getattr(scoring_round, f"{each}_on") for each in RoundStep})
        scoring_round.save(update_fields=[f"{step}_on"])


def keep_step(meeting: Meeting, to_on: date | None, reason: str, *, by: User, at) -> None:
    """Where the meeting is a step of the round, the round's day moves with it."""
    if (step := STEP_OF.get(meeting.kind)) is None:
        return
    same = Round.objects.select_for_update().filter(
        programme=meeting.programme_id, commune=meeting.commune_id, year=meeting.year
    )
    for scoring_round in same:
        before = getattr(scoring_round, f"{step}_on")
        if before == to_on:
            continue
        setattr(scoring_round, f"{step}_on", to_on)
        refuse_order_of_dates({each: getattr(scoring_round, f"{each}_on") for each in RoundStep})
        scoring_round.save(update_fields=[f"{step}_on"])
        if before:
            keep_step_change(scoring_round, step, before, to_on, reason, by=by, at=at)


def move_meetings(
    scoring_round: Round, step: RoundStep, to_on: date | None, reason: str, *, by: User, at
) -> None:
    kinds = [kind for kind, of in STEP_OF.items() if of == step]
    planned = Meeting.objects.select_for_update().filter(
        programme=scoring_round.programme_id, commune=scoring_round.commune_id, year=scoring_round.year,
        kind__in=kinds, status__in=[MeetingStatus.PLANNED, MeetingStatus.POSTPONED],
    )  # fmt: skip
    for meeting in planned:
        keep_change(meeting, meeting.held_on, to_on, reason, by=by, at=at)
        meeting.held_on = to_on or meeting.held_on
        meeting.status = MeetingStatus.PLANNED if to_on else MeetingStatus.POSTPONED
        meeting.status_reason = "" if to_on else reason
        meeting.save(update_fields=["held_on", "status", "status_reason"])


# --- What is kept ---------------------------------------------------------------------------------


def keep_change(meeting: Meeting, from_on: date, to_on: date | None, reason: str, *, by: User, at) -> None:
    MeetingChange.objects.create(
        meeting=meeting, from_on=from_on, to_on=to_on, reason=reason, changed_at=at, changed_by=by
    )


def keep_step_change(
    scoring_round: Round, step: RoundStep, from_on: date, to_on: date | None, reason: str, *, by: User, at
) -> None:
    RoundDateChange.objects.create(
        scoring_round=scoring_round, step=step, from_on=from_on, to_on=to_on, reason=reason, changed_at=at,
        changed_by=by,
    )  # fmt: skip


def note_meeting(verb: str, meeting: Meeting, *, by: User, at, **detail) -> None:
    record(
        verb, noun="meeting", object_id=meeting.pk, by=by, at=at, area=meeting.commune.code, kind=meeting.kind,
        **detail,
    )  # fmt: skip


def note_round(verb: str, scoring_round: Round, *, by: User, at, **detail) -> None:
    record(
        verb, noun="round", object_id=scoring_round.pk, by=by, at=at, area=scoring_round.commune.code,
        year=scoring_round.year, **detail,
    )  # fmt: skip
