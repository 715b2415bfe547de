"""Plans that a person has not read to the end: the council before its session, the committee after it."""

import pytest
import time_machine
from django.utils import timezone

from scorecards.operations.council import confirm_council_decision, mark_item_read, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.overview.unread import unread_plans
from tests.scorecards.plan_world import make_commune, make_full_plan, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return submit_action_plan(plan=make_full_plan(world), by=world.facilitator)


def approve(world, version):
    decision = record_council_decision(
        plan_version=version, session_number="8", held_on=timezone.localdate(), present_count=5, council_size=7,
        outcome="approve", by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)


def test_who_is_no_reader_or_of_elsewhere_is_asked_nothing(world, version, django_assert_num_queries):
    people = [world.facilitator, world.clerk, make_person("councillor", area=make_commune(code="000102"))]
    assert [unread_plans(person) for person in people] == [[], [], []]
    with django_assert_num_queries(0):
        unread_plans(world.facilitator)


def test_the_council_reads_before_the_committee_after_the_decision(world, version):
    councillor = make_person("councillor", area=world.commune)
    member = make_person("committee_member", area=world.commune)
    assert [len(unread_plans(person)) for person in (councillor, member)] == [1, 0]
    approve(world, version)
    assert [len(unread_plans(person)) for person in (councillor, member)] == [0, 1]


def test_it_waits_until_the_last_action_is_marked_and_only_for_oneself(world, version):
    one, other = (make_person("councillor", area=world.commune) for _person in range(2))
    for left, item in zip((3, 2, 1, 0), version.plan.items.all(), strict=True):
        mark_item_read(plan_version=version, item=item, is_read=True, by=one)
        assert [plan.unread_count for plan in unread_plans(one)] == ([left] if left else [])
    assert unread_plans(other)[0].items_count == 4


def test_a_plan_of_years_ago_no_longer_waits(world, version):
    councillor = make_person("councillor", area=world.commune)
    with time_machine.travel("2028-01-02"):
        assert unread_plans(councillor) == []
