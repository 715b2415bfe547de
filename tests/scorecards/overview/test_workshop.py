"""The list for the district workshop: what communes ask of others, once their plan reached the council."""

from datetime import date

import pytest

from scorecards.operations.plan_submission import submit_action_plan
from scorecards.overview.workshop import workshop_list
from tests.scorecards import plan_world
from tests.scorecards.plan_world import make_full_plan, make_person, make_plan, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def officer(world):
    return make_person("district_officer", area=world.commune.parent)


def second_commune(world):
    """Another commune of the same district, with its plan before the council."""
    commune = plan_world.make_commune(code="000102")
    other = plan_world.World(**vars(world) | {"commune": commune, "scoring_round": copy_of(world, commune)})
    plan = make_plan(other)
    plan_world.put(plan, plan_world.external())
    return submit_action_plan(plan=plan, by=world.facilitator)


def copy_of(world, commune):
    scoring_round = world.scoring_round
    scoring_round.pk, scoring_round.commune = None, commune
    scoring_round.save()
    return scoring_round


# --- Who comes in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["council_clerk", "councillor", "council_chief", "committee_member"])
def test_a_commune_sees_its_own_plan_and_no_list(client, world, role):
    client.force_login(make_person(role, area=world.commune))
    assert client.get("/en/workshop/").status_code == 403


def test_another_district_sees_nothing_of_it(client, world):
    submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    elsewhere = plan_world.make_commune(code="000201").parent
    client.force_login(make_person("district_officer", area=elsewhere))
    answer = client.get("/en/workshop/", {"district": world.commune.parent.code})
    assert answer.context["found"].communes == []


# --- What stands on it ----------------------------------------------------------------------------


def test_a_draft_is_nobody_elses_paper(client, world, officer):
    make_full_plan(world)
    client.force_login(officer)
    assert "No plan has reached the council yet" in client.get("/en/workshop/").content.decode()


def test_it_lists_outside_actions_with_route_and_sums_what_is_known(client, world, officer):
    plan = make_full_plan(world)
    plan_world.put(
        plan,
        plan_world.external(
            activity_en="Ask for a teacher", cost_riel=None, route="line_office", is_cost_to_be_estimated=True
        ),
    )
    submit_action_plan(plan=plan, by=world.facilitator)
    world.scoring_round.district_workshop_on = date(2026, 11, 27)
    world.scoring_round.save()
    client.force_login(officer)
    found = client.get("/en/workshop/").context["found"]
    assert (len(found.items), found.riel, found.unknown_count) == (3, 96_000_000, 1)
    assert found.by_route() == [("commune fund / CIP", 2), ("line office", 1)]
    assert found.workshop_on == date(2026, 11, 27)
    assert {item.section for item in found.items} == {"external"}


def test_a_plan_that_asks_nothing_of_others_says_so(client, world, officer):
    plan = make_plan(world)
    plan_world.put(plan, plan_world.internal(world.school))
    submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(officer)
    assert "This plan asks nothing of others." in client.get("/en/workshop/").content.decode()


def test_an_item_that_the_council_left_out_is_not_asked_of_anybody(world, officer):
    plan = make_full_plan(world)
    submit_action_plan(plan=plan, by=world.facilitator)
    item = plan.items.filter(section="external").first()
    item.left_out_at, item.left_out_by = plan.drafted_at, world.chief
    item.save()
    found = workshop_list(officer, year=plan.plan_year, district=world.commune.parent)
    assert len(found.items) == 1


# --- What cannot be read, and what it costs -------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "x", "\x00", "9" * 40, "២០២៧"])
def test_an_unknown_year_or_district_shows_the_first(client, world, officer, typed):
    submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    client.force_login(officer)
    answer = client.get("/en/workshop/", {"year": typed, "district": typed})
    assert (answer.status_code, len(answer.context["found"].communes)) == (200, 1)


@pytest.mark.parametrize("communes", [1, 2])
def test_it_costs_the_same_for_one_commune_and_for_more(
    client, world, officer, communes, django_assert_num_queries
):
    submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    if communes == 2:
        second_commune(world)
    client.force_login(officer)
    with django_assert_num_queries(7):
        answer = client.get("/en/workshop/")
    assert len(answer.context["found"].communes) == communes
