"""What became of what a person asked for and sent."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.review import decide_reopening, lock_scorecard, request_reopening
from scorecards.overview.asked import SHOWN_AT_MOST, asked_by, shortened
from tests.factories import give_role, make_locked, make_person, make_submitted
from tests.scorecards import plan_world
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db
IN_JUNE, IN_SEPTEMBER = "2026-06-15 09:00+07:00", "2026-09-15 09:00+07:00"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def labels(person) -> list[str]:
    person = type(person).objects.get(pk=person.pk)  # the roles are asked once for each person object
    return [each.label for each in asked_by(person)]


def test_nobody_reads_what_others_asked():
    with time_machine.travel(IN_JUNE, tick=False):
        world = make_world()
        person, other = world.person("facilitator"), world.person("facilitator")
        make_submitted(scorecard=world.sitting(), by=person)
        assert labels(person) == ["Waits to be checked"]
        assert labels(other) == []


def test_what_lies_outside_the_roles_of_today_is_not_shown():
    with time_machine.travel(IN_JUNE, tick=False):
        world = make_world()
        person = make_person(role="facilitator", organisation=world.organisation)
        make_submitted(scorecard=world.sitting(), by=person)
        assert labels(person) == ["Waits to be checked"]
        person.assignments.update(ends_on=date(2026, 6, 14))
        assert labels(person) == []


def test_an_answer_stays_sixty_days_and_an_open_question_until_it_is_answered():
    with time_machine.travel(IN_JUNE, tick=False):
        world = make_world()
        person = world.person("facilitator")
        for number in (1, 2):
            version = make_locked(scorecard=world.sitting(number))
            request = request_reopening(version=version, reason="ខុស", by=person)
            if number == 1:
                decide_reopening(request=request, grant=True, answer="", by=make_person())
        assert sorted(labels(person)) == ["No answer yet", "Reopened"]
    with time_machine.travel(IN_SEPTEMBER, tick=False):
        assert labels(person) == ["No answer yet"]


def test_the_answer_to_a_sheet_is_that_it_was_locked():
    with time_machine.travel(IN_JUNE, tick=False):
        world = make_world()
        person = world.person("facilitator")
        version = make_submitted(scorecard=world.sitting(), by=person)
        lock_scorecard(version=version, by=make_person())
        assert labels(person) == ["Checked and locked"]


def test_a_plan_waits_for_its_session_and_is_approved_by_one():
    with time_machine.travel(IN_JUNE, tick=False):
        world = plan_world.make_world()
        world.scoring_round.council_on = date(2026, 8, 28)
        world.scoring_round.save()
        version = submit_action_plan(plan=plan_world.make_full_plan(world), by=world.facilitator)
        [sent] = asked_by(world.facilitator)
        assert (sent.label, sent.answer.replace("\xa0", " ")) == (
            "Before the council", "Council session on 28 Aug 2026",
        )  # fmt: skip
        decision = record_council_decision(
            plan_version=version, session_number="8/2026", held_on=timezone.localdate(), present_count=5,
            council_size=7, outcome="approve", by=world.clerk,
        )  # fmt: skip
        confirm_council_decision(decision=decision, by=world.chief)
        [sent] = asked_by(world.facilitator)
        assert (sent.label, sent.answer) == ("Approved", "Session 8/2026")


def test_it_is_short_and_costs_the_same_for_many(django_assert_num_queries):
    with time_machine.travel(IN_JUNE, tick=False):
        world = make_world()
        person = world.person("facilitator")
        for number in range(3):
            make_submitted(scorecard=world.sitting(number + 1), by=person)
        give_role(person=person, role="council_clerk", area=world.commune)
        with django_assert_num_queries(5):  # the roles, then four kinds of asking
            assert len(asked_by(person)) == 3
        assert SHOWN_AT_MOST == 6


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short", "short"),
        ("two\nlines", "two lines"),
        ("a " * 80, "a " * 44 + "a…"),
        ("ក" * 200, "ក" * 90 + "…"),
    ],
)
def test_a_text_is_shortened_to_one_line(text, shown):
    assert shortened(text) == shown
