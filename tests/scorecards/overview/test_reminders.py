"""Which scorecards stand still, who is reminded, and what the message says."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils.translation import override

from scorecards.entry.sheets import current_version
from scorecards.operations.review import return_scorecard
from scorecards.operations.tallies import record_tallies
from scorecards.overview.reminders import idle_scorecards, reminders_by
from tests.factories import (
    make_locked,
    make_meeting,
    make_person,
    make_sheet,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

HELD = date(2026, 6, 11)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def world():
    with time_machine.travel("2026-06-11 09:00+07:00", tick=False):
        return make_world()


@pytest.fixture
def sitting(world):
    """Held on 11 June, and nothing entered since."""
    with time_machine.travel("2026-06-11 16:00+07:00", tick=False):
        card = world.sitting()
        make_meeting(scorecard=card)
    return card


def days_of(person, on: date) -> list[int]:
    return [row.days for row in idle_scorecards(person, on)]


@pytest.mark.parametrize("role", ["council_clerk", "service_provider", "administrator", "donor_viewer"])
def test_only_the_team_reminds(world, sitting, role):
    assert idle_scorecards(world.person(role), HELD + timedelta(days=30)) == []


@pytest.mark.parametrize(("after", "days"), [(6, []), (7, [7]), (20, [20])])
def test_seven_days_after_the_meeting_it_stands_still(world, sitting, after, days):
    assert days_of(world.person("ngo_officer"), HELD + timedelta(days=after)) == days


def test_what_was_done_counts_from_then(world, sitting):
    officer, on = world.person("ngo_officer"), HELD + timedelta(days=10)
    with time_machine.travel("2026-06-13 09:00+07:00", tick=False):
        version = current_version(sitting)
        make_sheet(version=version, number=1)
    assert days_of(officer, on) == [8]
    with time_machine.travel("2026-06-20 09:00+07:00", tick=False):
        version.refresh_from_db()
        cell = {f"{version.criteria.get().criterion_id}.women.1": 2}
        record_tallies(
            version=version, cells=cell, base_revision=version.revision, client_id=uuid4(), by=make_person()
        )
    assert days_of(officer, on) == []


def test_submitted_and_locked_are_in_other_hands_and_returned_is_not(world):
    officer = world.person("ngo_officer")
    with time_machine.travel("2026-06-12 09:00+07:00", tick=False):
        submitted = make_submitted(scorecard=world.sitting())
        make_locked(scorecard=world.sitting(2))
    on = HELD + timedelta(days=30)
    assert days_of(officer, on) == []
    with time_machine.travel("2026-06-20 09:00+07:00", tick=False):
        return_scorecard(version=submitted, reason="again", by=make_person())
    assert days_of(officer, on) == [21]


def test_a_self_assessment_stands_still_from_the_start_of_the_round(world):
    world.scoring_round.starts_on = date(2026, 6, 1)
    world.scoring_round.save()
    world.self_assessment()
    assert days_of(world.person("facilitator"), date(2026, 6, 9)) == [8]


def test_a_round_that_is_postponed_reminds_nobody(world, sitting):
    world.scoring_round.status, world.scoring_round.status_reason = "postponed", "ទឹកជំនន់"
    world.scoring_round.save()
    assert days_of(world.person("ngo_officer"), HELD + timedelta(days=30)) == []


# --- Whom -----------------------------------------------------------------------------------------


def people_of(person, on: date) -> list[str]:
    return [reminder.person.name for reminder in reminders_by(person, on)[0]]


def test_who_is_named_for_it_else_who_typed_last_else_who_works_there(world, sitting):
    officer, on = world.person("ngo_officer"), HELD + timedelta(days=10)
    assert [len(rows) for rows in reminders_by(officer, on)] == [0, 1]  # nobody works there
    world.person("facilitator")
    assert people_of(officer, on) == ["Facilitator"]
    with time_machine.travel("2026-06-12 09:00+07:00", tick=False):
        make_sheet(version=current_version(sitting), number=1, by=make_person(name="Typist"))
    assert people_of(officer, on) == ["Typist"]
    sitting.assigned_to = make_person(name="Named")
    sitting.save()
    assert people_of(officer, on) == ["Named"]


def test_a_provider_is_reminded_of_its_own_assessment(world):
    world.scoring_round.starts_on = date(2026, 6, 1)
    world.scoring_round.save()
    world.self_assessment()
    world.person("service_provider")
    facilitator = world.person("facilitator")
    assert people_of(facilitator, date(2026, 6, 20)) == ["Service Provider"]


def test_nobody_is_reminded_by_oneself(world, sitting):
    assert people_of(world.person("facilitator"), HELD + timedelta(days=10)) == []


# --- What is said ---------------------------------------------------------------------------------


def test_the_message_is_in_the_language_of_its_reader_and_firmer_after_fifteen_days(world, sitting):
    officer, facilitator = world.person("ngo_officer"), world.person("facilitator")
    facilitator.email = "facilitator@example.org"
    facilitator.save()
    [[khmer], _alone] = reminders_by(officer, HELD + timedelta(days=8))
    assert khmer.text.startswith("សូមគោរព")
    facilitator.language = "en"
    facilitator.save()
    [[soft], _alone] = reminders_by(officer, HELD + timedelta(days=14))
    [[firm], _alone] = reminders_by(officer, HELD + timedelta(days=15))
    assert (soft.is_again, firm.is_again) == (False, True)
    assert "If something stands in the way, tell me." in firm.text
    assert "If something stands in the way, tell me." not in soft.text
    assert f"/en/scorecards/{sitting.pk}/" in soft.text
    assert soft.mail_url.startswith("mailto:facilitator@example.org?subject=")
    assert soft.call_url == f"tel:{facilitator.phone}"


@pytest.mark.parametrize("rows", [1, 3])
def test_reminders_cost_the_same_for_one_scorecard_and_for_three(world, rows, django_assert_num_queries):
    officer = world.person("ngo_officer")
    world.person("facilitator")
    with time_machine.travel("2026-06-11 16:00+07:00", tick=False):
        for village in range(rows):
            make_meeting(scorecard=world.sitting(village + 1))
    with django_assert_num_queries(7):
        reminders_by(officer, HELD + timedelta(days=10))
