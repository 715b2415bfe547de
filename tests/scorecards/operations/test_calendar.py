"""Planned days: who may not be surprised, what is refused, what moves together, what is left in the trail."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEvent
from communities.models import MeetingChange
from isaf_portal.lib.errors import Refused
from scorecards.models import RoundDateChange
from scorecards.operations.calendar import (
    cancel_meeting,
    hold_meeting,
    plan_meeting,
    postpone_round,
    put_off_meeting,
    resume_round,
    set_round_dates,
)
from tests.factories import make_person, make_village
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db
WORKSHOP = date(2026, 11, 27)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def by():
    return make_person()


@pytest.fixture
def meeting(world, by):
    return plan_meeting(
        scoring_round=world.scoring_round,
        kind="i4c",
        held_on=date(2026, 6, 20),
        village=make_village(),
        by=by,
    )


# --- Meetings -------------------------------------------------------------------------------------


def test_a_planned_meeting_is_not_a_held_one(meeting, world):
    assert (meeting.status, meeting.commune, meeting.year) == ("planned", world.commune, 2026)


def test_a_day_of_another_year_is_a_slip_of_the_hand(world, by):
    with pytest.raises(Refused, match="outside the years"):
        plan_meeting(scoring_round=world.scoring_round, kind="i4c", held_on=date(2062, 6, 20), by=by)


def test_a_scorecard_meeting_needs_its_scorecard_and_has_one_day(world, by):
    on = {"held_on": date(2026, 6, 20), "provider": world.provider, "village": make_village(), "by": by}
    with pytest.raises(Refused, match="Plan the scorecard first"):
        plan_meeting(scoring_round=world.scoring_round, kind="scorecard", **on)
    card = world.sitting()
    planned = plan_meeting(scoring_round=world.scoring_round, kind="scorecard", **on)
    card.refresh_from_db()
    assert card.meeting == planned
    with pytest.raises(Refused, match="has its day already"):
        plan_meeting(scoring_round=world.scoring_round, kind="scorecard", **on)


def test_a_self_assessment_gets_its_day_like_a_sitting(world, by):
    card = world.self_assessment()
    planned = plan_meeting(
        scoring_round=world.scoring_round, kind="self_assessment", held_on=date(2026, 6, 20), provider=world.provider,
        by=by,
    )  # fmt: skip
    card.refresh_from_db()
    assert card.meeting == planned


def test_putting_off_needs_a_reason_and_another_day(meeting, by):
    with pytest.raises(Refused, match="Say why"):
        put_off_meeting(meeting=meeting, to_on=date(2026, 6, 22), reason=" \x00 ", by=by)
    with pytest.raises(Refused, match="stands already"):
        put_off_meeting(meeting=meeting, to_on=meeting.held_on, reason="ភ្លៀង", by=by)
    with pytest.raises(Refused, match="outside the years"):
        put_off_meeting(meeting=meeting, to_on=date(2031, 1, 1), reason="ភ្លៀង", by=by)
    assert not MeetingChange.objects.exists()


def test_a_meeting_put_off_keeps_both_days_and_the_reason(meeting, by):
    put_off_meeting(meeting=meeting, to_on=date(2026, 6, 22), reason="ភ្លៀង", by=by)
    meeting.refresh_from_db()
    change = meeting.changes.get()
    assert (meeting.status, meeting.held_on) == ("planned", date(2026, 6, 22))
    assert (change.from_on, change.to_on, change.reason) == (date(2026, 6, 20), date(2026, 6, 22), "ភ្លៀង")
    event = AuditEvent.objects.get(verb="communities.meeting.put_off")
    assert (event.area, event.detail) == ("000101", {"kind": "i4c", "days": 2})


def test_without_a_new_day_the_meeting_waits_for_one(meeting, by):
    put_off_meeting(meeting=meeting, to_on=None, reason="ភ្លៀង", by=by)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.held_on, meeting.status_reason) == (
        "postponed",
        date(2026, 6, 20),
        "ភ្លៀង",
    )
    put_off_meeting(meeting=meeting, to_on=date(2026, 6, 30), reason="ផ្លូវស្ងួត", by=by)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.held_on, meeting.status_reason) == ("planned", date(2026, 6, 30), "")


def test_what_was_held_or_cancelled_is_neither_put_off_nor_cancelled(meeting, by):
    cancel_meeting(meeting=meeting, reason="រួមជាមួយភូមិផ្សេង", by=by)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason) == ("cancelled", "រួមជាមួយភូមិផ្សេង")
    assert AuditEvent.objects.filter(verb="communities.meeting.cancelled").count() == 1
    with pytest.raises(Refused, match="is cancelled"):
        put_off_meeting(meeting=meeting, to_on=date(2026, 6, 22), reason="ភ្លៀង", by=by)
    hold_meeting(meeting=meeting, held_on=date(2026, 6, 14), attendance={"citizen": {"total": 30}}, by=by)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.status_reason, meeting.held_on) == ("held", "", date(2026, 6, 14))
    with pytest.raises(Refused, match="was held"):
        cancel_meeting(meeting=meeting, reason="ភ្លៀង", by=by)


def test_a_meeting_of_tomorrow_was_not_held(meeting, by):
    with pytest.raises(Refused, match="future"):
        hold_meeting(meeting=meeting, held_on=date(2026, 6, 16), attendance={}, by=by)


# --- Steps of the round ---------------------------------------------------------------------------


def test_a_day_that_stood_is_moved_only_with_a_reason(world, by):
    here = world.scoring_round
    set_round_dates(
        scoring_round=here, dates={"interface": date(2026, 7, 17), "cip": date(2026, 10, 1)}, by=by
    )
    assert not RoundDateChange.objects.exists()
    with pytest.raises(Refused, match="Say why"):
        set_round_dates(scoring_round=here, dates={"interface": date(2026, 7, 20)}, by=by)
    set_round_dates(scoring_round=here, dates={"interface": date(2026, 7, 20)}, reason="ភ្លៀង", by=by)
    here.refresh_from_db()
    change = here.date_changes.get()
    assert (here.interface_on, here.cip_on) == (date(2026, 7, 20), date(2026, 10, 1))
    assert (change.step, change.from_on, change.to_on, change.reason) == (
        "interface", date(2026, 7, 17), date(2026, 7, 20), "ភ្លៀង",
    )  # fmt: skip
    assert AuditEvent.objects.filter(verb="scorecards.round.dates_set").last().detail["moved_count"] == 1


@pytest.mark.parametrize(
    "dates",
    [
        {"interface": date(2026, 8, 1), "council": date(2026, 7, 1)},
        {"starts": date(2026, 8, 1), "cip": date(2026, 7, 1)},
        {"cip": date(2026, 12, 1), "district_workshop": WORKSHOP},
    ],
)
def test_steps_out_of_order_are_refused(world, by, dates):
    with pytest.raises(Refused, match="out of order"):
        set_round_dates(scoring_round=world.scoring_round, dates=dates, by=by)


def test_a_council_after_the_investment_programme_is_late_and_not_refused(world, by):
    dates = {"council": date(2026, 10, 20), "cip": date(2026, 10, 1)}
    assert set_round_dates(scoring_round=world.scoring_round, dates=dates, by=by).council_on == date(
        2026, 10, 20
    )


def test_a_step_and_its_meeting_have_one_day(world, by):
    here = world.scoring_round
    meeting = plan_meeting(scoring_round=here, kind="district_workshop", held_on=WORKSHOP, by=by)
    here.refresh_from_db()
    assert here.district_workshop_on == WORKSHOP
    with pytest.raises(Refused, match="The round says"):
        plan_meeting(scoring_round=here, kind="district_workshop", held_on=date(2026, 12, 1), by=by)
    put_off_meeting(meeting=meeting, to_on=date(2026, 12, 1), reason="ស្រុកប្ដូរ", by=by)
    here.refresh_from_db()
    assert here.district_workshop_on == date(2026, 12, 1)
    set_round_dates(
        scoring_round=here, dates={"district_workshop": date(2026, 12, 4)}, reason="ស្រុកប្ដូរទៀត", by=by
    )
    meeting.refresh_from_db()
    assert (meeting.held_on, meeting.changes.count(), here.date_changes.count()) == (date(2026, 12, 4), 2, 2)
    set_round_dates(scoring_round=here, dates={"district_workshop": None}, reason="មិនទាន់ដឹង", by=by)
    meeting.refresh_from_db()
    assert meeting.status == "postponed"


def test_cancelling_the_meeting_of_a_step_takes_the_day_from_the_round(world, by):
    meeting = plan_meeting(
        scoring_round=world.scoring_round, kind="district_workshop", held_on=WORKSHOP, by=by
    )
    cancel_meeting(meeting=meeting, reason="ស្រុកមិនធ្វើ", by=by)
    world.scoring_round.refresh_from_db()
    assert world.scoring_round.district_workshop_on is None
    assert world.scoring_round.date_changes.get().to_on is None


def test_a_round_rests_with_a_reason_and_goes_on(world, by):
    here = world.scoring_round
    with pytest.raises(Refused, match="not postponed"):
        resume_round(scoring_round=here, by=by)
    with pytest.raises(Refused, match="Say why"):
        postpone_round(scoring_round=here, reason="", by=by)
    postpone_round(scoring_round=here, reason="ទឹកជំនន់", by=by)
    with pytest.raises(Refused, match="Only an open round"):
        postpone_round(scoring_round=here, reason="ទឹកជំនន់", by=by)
    with pytest.raises(Refused, match="is postponed"):
        plan_meeting(scoring_round=here, kind="i4c", held_on=date(2026, 6, 20), by=by)
    resume_round(scoring_round=here, by=by)
    here.refresh_from_db()
    assert (here.status, here.status_reason) == ("open", "")
    verbs = AuditEvent.objects.filter(noun="round", verb__contains="round.").values_list("verb", flat=True)
    assert {"scorecards.round.postponed", "scorecards.round.resumed"} <= set(verbs)


def test_the_days_of_a_closed_round_are_history(world, by):
    here = world.scoring_round
    here.status, here.closed_at, here.closed_by = "closed", timezone.now(), by
    here.save()
    with pytest.raises(Refused, match="closed"):
        set_round_dates(scoring_round=here, dates={"cip": date(2026, 10, 1)}, by=by)


# --- What the database refuses --------------------------------------------------------------------


def refused_by(name: str, make) -> bool:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        make()
    return name in str(refusal.value)


def test_meetingchange_has_reason(meeting, by):
    row = {
        "meeting": meeting,
        "from_on": WORKSHOP,
        "changed_at": timezone.now(),
        "changed_by": by,
        "reason": "",
    }
    assert refused_by("meetingchange_has_reason", lambda: MeetingChange.objects.create(**row))


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("rounddatechange_has_reason", {"reason": ""}), ("rounddatechange_step_known", {"step": "party"})],
)
def test_rounddatechange_rules(world, by, name, wrong):
    row = {
        "scoring_round": world.scoring_round, "step": "cip", "from_on": WORKSHOP, "reason": "ភ្លៀង",
        "changed_at": timezone.now(), "changed_by": by,
    }  # fmt: skip
    assert refused_by(name, lambda: RoundDateChange.objects.create(**(row | wrong)))
