"""What keeps a plan from the council, and what only deserves a look."""

from datetime import date

import pytest
from django.utils.translation import override

from scorecards.operations.action_plans import delete_action_item
from scorecards.plans.missing import missing_for_council, warnings_for_council
from tests.scorecards.plan_world import (
    external,
    internal,
    make_full_plan,
    make_plan,
    make_provider,
    make_world,
    put,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_plan(world)


def test_an_empty_plan_is_no_plan(world, plan):
    assert [str(each) for each in missing_for_council(plan)] == ["The plan has no action yet."]
    delete_action_item(item=put(plan, external()), by=world.facilitator)
    assert len(missing_for_council(plan)) == 1


def test_a_full_plan_lacks_nothing(world):
    assert missing_for_council(make_full_plan(world)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lead_km": ""}, "It is not said who leads."),
        ({"ends_on": None}, "The month in which it ends is missing."),
        ({"cost_riel": None}, "The cost is missing. Write it, or tick that it is still to be estimated."),
        ({"route": ""}, "It is not said who is asked for the resources."),
    ],
)
def test_each_lack_is_one_sentence_at_its_action(plan, changes, sentence):
    item = put(plan, external(**changes))
    (missing,) = missing_for_council(plan)
    assert (missing.what, missing.where, missing.anchor) == (sentence, "A.1", f"item-{item.pk}")
    with override("km"):
        assert missing_for_council(plan)[0].where == "ក.១"


def test_what_is_known_or_ticked_is_enough(plan):
    put(plan, external(cost_riel=0))
    put(plan, external(cost_riel=None, is_cost_to_be_estimated=True))
    assert missing_for_council(plan) == []


def test_a_provider_needs_neither_cost_nor_route(world, plan):
    put(plan, internal(world.school, cost_riel=None))
    assert missing_for_council(plan) == []


def test_numbers_go_on_through_section_b(world, plan):
    put(plan, internal(world.school, lead_km=""))
    put(plan, internal(world.health_centre))
    assert [each.where for each in missing_for_council(plan)] == ["B.2"]


@pytest.mark.parametrize(
    ("changes", "beginning"),
    [
        ({"starts_on": date(2026, 12, 1)}, "Its months are outside the years 2027 to 2030."),
        ({"ends_on": date(2031, 1, 1)}, "Its months are outside the years 2027 to 2030."),
        ({"lead_en": ""}, "The English is not complete."),
        ({"activity_km": "Karsagsg;pøÚv"}, "Some Khmer looks"),
    ],
)
def test_doubts_do_not_block(plan, changes, beginning):
    item = put(plan, external(**changes))
    assert missing_for_council(plan) == []
    (warning,) = warnings_for_council(plan)
    assert warning.what.startswith(beginning)
    assert warning.anchor == f"item-{item.pk}"


def test_a_plan_without_doubts_has_no_warning(world):
    assert warnings_for_council(make_full_plan(world)) == []


def test_more_providers_than_the_paper_has_room_for_are_told(world, plan):
    for number in range(8):
        put(plan, internal(make_provider("PS", f"សាលា {number}", f"School {number}", world.commune)))
    (warning,) = warnings_for_council(plan)
    assert warning.what.startswith("The paper has no room for the signatures of 2 providers.")
    assert warning.anchor == ""


def test_it_costs_the_same_for_one_action_and_for_three(world, plan, django_assert_num_queries):
    behind = [(world.scoring_round, world.health_centre, world.medicine)]
    put(plan, external(), sources=behind)
    with django_assert_num_queries(4):
        missing_for_council(plan)
    put(plan, external(), sources=behind)
    put(plan, internal(world.school))
    with django_assert_num_queries(4):
        missing_for_council(plan)
