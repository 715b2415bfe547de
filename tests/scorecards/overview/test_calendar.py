"""The year of a round on one page, and what a person has to expect: days left, early warnings, few queries."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from scorecards.operations.calendar import (
    cancel_meeting,
    hold_meeting,
    plan_meeting,
    postpone_round,
    put_off_meeting,
    set_round_dates,
)
from scorecards.operations.planning import Wanted, plan_scorecards
from scorecards.operations.scorecards import record_scorecard_meeting
from scorecards.overview.calendar import calendar_of, upcoming_for
from tests.factories import make_commune, make_locked, make_person, make_programme, make_round, make_village
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 15)
DAYS = {
    "interface_on": date(2026, 7, 17), "council_on": date(2026, 8, 28), "cip_on": date(2026, 10, 1),
    "district_workshop_on": date(2026, 11, 27),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world(**DAYS)


@pytest.fixture
def by():
    return make_person()


def plan(world, by, kind="i4c", on=date(2026, 6, 20), **fields):
    return plan_meeting(scoring_round=world.scoring_round, kind=kind, held_on=on, by=by, **fields)


def year_of(world):
    world.scoring_round.refresh_from_db()
    return calendar_of(world.scoring_round, TODAY)


def states(world) -> dict:
    return {step.key: (step.badge, step.state_label, step.note) for step in year_of(world).steps}


def warned(world) -> list[str]:
    return [each.what for each in year_of(world).warnings]


# --- The steps ------------------------------------------------------------------------------------


def test_the_year_has_its_steps_in_order_with_the_days_left(world):
    found = states(world)
    assert list(found) == [
        "i4c", "scorecards", "self", "interface", "council", "cip", "district_workshop", "dissemination", "committee",
    ]  # fmt: skip
    assert found["interface"] == ("planned", "32 days left", "")
    assert found["i4c"] == ("empty", "none planned", "")
    assert year_of(world).next_step.key == "self"


def test_meetings_are_counted_planned_and_held(world, by):
    plan(world, by, village=make_village(number=2))
    hold_meeting(
        meeting=plan(world, by, on=date(2026, 6, 10)), held_on=date(2026, 6, 10), attendance={"citizen": {"total": 30}},
        by=by,
    )  # fmt: skip
    put_off_meeting(meeting=plan(world, by, kind="committee"), to_on=None, reason="ឈឺ", by=by)
    found = states(world)
    assert found["i4c"] == ("due", "5 days left", "held 1 of 2")
    assert found["committee"] == ("missing", "no new day yet", "held 0 of 1")
    assert [each.kind for each in year_of(world).held] == ["i4c"]


def test_a_step_that_happened_is_done(world, by):
    make_locked(scorecard=world.sitting())
    make_locked(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)}, people={"all": 8})
    hold_meeting(
        meeting=plan(world, by, kind="interface", on=DAYS["interface_on"]), held_on=TODAY,
        attendance={"citizen": {"total": 30}}, by=by,
    )  # fmt: skip
    found = states(world)
    assert {key: found[key][0] for key in ("scorecards", "self", "interface")} == dict.fromkeys(
        ("scorecards", "self", "interface"), "done"
    )


# --- Early warning --------------------------------------------------------------------------------


def test_a_plan_in_good_time_is_warned_of_nothing(world, by):
    wanted = [Wanted(world.provider, world.sitting().village, date(2026, 6, 20))]
    plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by)
    assert warned(world) == []


def test_a_council_after_the_investment_programme_is_told_early(world, by):
    set_round_dates(
        scoring_round=world.scoring_round, dates={"cip": date(2026, 8, 20)}, reason="ឃុំចាប់ផ្តើមមុន", by=by
    )
    assert "after the commune begins to prepare" in warned(world)[0]


def test_scores_of_a_held_meeting_are_due(world, by):
    card = world.sitting()
    record_scorecard_meeting(
        scorecard=card, client_id="7f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", held_on=date(2026, 6, 12), by=by
    )
    due = year_of(world).warnings[0]
    assert due.what == "The scores of a meeting that was held are not entered yet"
    assert due.url.endswith(f"/scorecards/{card.pk}/sheet/")


def test_days_that_passed_days_that_lack_and_an_early_interface_meeting_are_told(world, by):
    first, second = world.sitting(), world.sitting(number=2)
    world.sitting(number=3)
    wanted = [
        Wanted(world.provider, first.village, date(2026, 6, 10)),
        Wanted(world.provider, second.village, date(2026, 7, 20)),
    ]
    plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by)
    put_off_meeting(meeting=plan(world, by), to_on=None, reason="ភ្លៀង", by=by)
    set_round_dates(scoring_round=world.scoring_round, dates={"council": None}, reason="មិនទាន់ដឹង", by=by)
    assert warned(world) == [
        "The day of this meeting has passed: was it held, or put off?", "Postponed, and no new day is set",
        "A scorecard meeting is planned on or after the day of the interface meeting.", "Steps without a day",
        "1 scorecard without a day",
    ]  # fmt: skip


def test_self_assessments_are_asked_for_three_weeks_before_the_interface_meeting(world):
    make_locked(scorecard=world.sitting())
    world.scoring_round.interface_on = date(2026, 7, 1)
    world.scoring_round.save()
    assert warned(world) == ["1 provider has not assessed itself yet"]


def test_a_round_that_rests_is_warned_of_nothing(world, by):
    world.sitting()
    postpone_round(scoring_round=world.scoring_round, reason="ទឹកជំនន់", by=by)
    assert warned(world) == []


# --- What was moved -------------------------------------------------------------------------------


def test_what_was_moved_is_told_once_with_its_reason(world, by):
    workshop = plan(world, by, kind="district_workshop", on=DAYS["district_workshop_on"])
    put_off_meeting(meeting=workshop, to_on=date(2026, 12, 1), reason="ស្រុកប្ដូរ", by=by)
    with time_machine.travel("2026-06-16 09:00+07:00", tick=False):
        cancel_meeting(meeting=plan(world, by), reason="រួមគ្នា", by=by)
    told = [(each.what, each.to_on, each.reason, each.is_cancelled) for each in year_of(world).changes]
    assert told == [
        ("Information for citizens meeting", None, "រួមគ្នា", True),
        ("District integration workshop", date(2026, 12, 1), "ស្រុកប្ដូរ", False),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_costs_the_same_for_one_meeting_and_for_three(
    world, by, django_assert_num_queries, rows
):
    for number in range(1, rows + 1):
        card = world.sitting(number=number)
        wanted = [Wanted(world.provider, card.village, date(2026, 6, 10 + number))]
        plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by)
        put_off_meeting(meeting=plan(world, by), to_on=None, reason="ភ្លៀង", by=by)
    with django_assert_num_queries(8):
        calendar_of(world.scoring_round, TODAY)


# --- For the homes --------------------------------------------------------------------------------


def test_the_team_sees_what_is_planned_and_what_nobody_recorded(world, by):
    plan(world, by, on=date(2026, 6, 10), village=make_village(number=2, name_en="Kumru 2"))
    found = upcoming_for(world.person("facilitator"), TODAY)
    assert [(each.what, each.days_left, each.tone) for each in found] == [
        ("Information for citizens meeting", -5, "bad"), ("Interface meeting", 32, ""), ("Council session", 74, ""),
        ("Preparation of the commune investment programme", 108, ""), ("District integration workshop", 165, ""),
    ]  # fmt: skip
    assert found[0].url.startswith("/en/meetings/")


def test_the_council_sees_what_is_ahead_and_is_led_to_the_calendar(world, by):
    plan(world, by, on=date(2026, 6, 10))
    plan(world, by, on=date(2026, 6, 20))
    found = upcoming_for(world.person("council_clerk"), TODAY, at_most=2)
    assert [(each.what, each.days_left, each.tone) for each in found] == [
        ("Information for citizens meeting", 5, "wait"), ("Interface meeting", 32, ""),
    ]  # fmt: skip
    assert {each.url for each in found} == {f"/en/rounds/{world.scoring_round.pk}/calendar/"}


def test_a_provider_is_told_of_the_interface_meetings_it_is_invited_to(world):
    found = upcoming_for(world.person("service_provider"), TODAY)
    assert [(each.what, each.days_left, each.url) for each in found] == [("Interface meeting", 32, "")]


@pytest.mark.parametrize("role", ["cbo_representative", "donor_viewer", "administrator"])
def test_others_are_told_of_no_days(world, role):
    assert upcoming_for(world.person(role), TODAY) == []


def test_another_district_a_resting_round_and_a_far_day_are_not_there(world, by):
    make_round(commune=make_commune(code="000201"), programme=make_programme(), interface_on=date(2026, 7, 1))
    plan(world, by)
    postpone_round(scoring_round=world.scoring_round, reason="ទឹកជំនន់", by=by)
    assert upcoming_for(world.person("facilitator"), TODAY) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_days_of_many_communes_are_few_lines_and_two_queries(world, by, django_assert_num_queries, rows):
    for number in range(2, rows + 2):
        here = {"programme": world.programme, "organisation": world.organisation}
        make_round(commune=make_commune(code=f"00010{number}"), **here, interface_on=DAYS["interface_on"])
    officer = world.person("ngo_officer")
    upcoming_for(officer, TODAY)  # the roles of today are asked once for the whole page
    with django_assert_num_queries(2):
        found = upcoming_for(officer, TODAY)
    assert (found[0].where, found[0].url) == (f"{rows + 1} communes", "/en/rounds/?year=2026")
