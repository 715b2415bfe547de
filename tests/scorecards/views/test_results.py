"""Results and consolidation through the pages: who reads what, and what the pages lead to."""

import pytest
import time_machine
from django.utils.translation import override

from scorecards.operations.action_plans import draft_action_plan
from tests.factories import (
    give_role,
    make_commune,
    make_complete,
    make_locked,
    make_person,
    make_provider,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def locked(world):
    return make_locked(scorecard=world.sitting())


def text_of(answer) -> str:
    return answer.content.decode()


def results_of(client, person, version):
    client.force_login(person)
    return client.get(f"/en/scorecards/{version.scorecard_id}/results/")


def consolidation_of(client, person, world, provider=None):
    client.force_login(person)
    provider = provider or world.provider
    return client.get(f"/en/rounds/{world.scoring_round.pk}/providers/{provider.pk}/")


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["cbo_representative", "donor_viewer", "administrator"])
def test_scores_are_not_for_roles_without_them(world, client, locked, role):
    assert results_of(client, world.person(role), locked).status_code == 404
    assert consolidation_of(client, world.person(role), world).status_code == 404


def test_scores_elsewhere_do_not_exist(world, client, locked):
    neighbour = world.person("council_clerk", area=make_commune(code="000102"))
    assert results_of(client, neighbour, locked).status_code == 404
    assert consolidation_of(client, neighbour, world).status_code == 404
    other = make_provider(commune=make_commune(code="000102"))
    assert results_of(client, world.person("service_provider", provider=other), locked).status_code == 404


@pytest.mark.parametrize("role", ["council_clerk", "councillor", "service_provider", "district_officer"])
def test_outside_the_team_only_what_is_locked_is_read(world, client, role):
    submitted = make_submitted(scorecard=world.sitting(1))
    person = world.person(role)
    assert results_of(client, person, submitted).status_code == 404
    assert results_of(client, person, make_locked(scorecard=world.sitting(2))).status_code == 200


def test_a_provider_reads_its_own_assessment_in_every_state(world, client):
    own = make_complete(
        version=world.self_assessment().versions.get(), counts={"all": (0, 0, 2, 4, 2)}, people={"all": 8}
    )
    answer = results_of(client, world.person("service_provider"), own)
    assert answer.status_code == 200
    assert "Not yet checked" in text_of(answer)
    assert results_of(client, world.person("council_clerk"), own).status_code == 404


# --- Results --------------------------------------------------------------------------------------


def test_results_say_people_before_means_and_name_who_scored(world, client, locked):
    page = text_of(results_of(client, world.person("facilitator"), locked))
    assert "47 people" in page
    assert "14 of 47 people" in page
    assert "Opinions differ" in page
    assert "median 3" in page
    assert "ខ្វះ" in page
    assert page.count("<h1") == 1


def test_small_groups_are_shown_to_the_team_with_a_note_and_to_others_not(world, client):
    counts = {"women": (2, 4, 8, 6, 2), "men": (0, 2, 8, 8, 4), "youth": (3, 0, 0, 0, 0)}
    version = make_locked(scorecard=world.sitting(), counts=counts)
    assert "3 (fewer than 5)" in text_of(results_of(client, world.person("facilitator"), version))
    outside = text_of(results_of(client, world.person("councillor"), version))
    assert "Youth fewer than 5" in outside
    assert "Groups under 5 are not shown separately" in outside


def test_results_lead_the_officer_to_the_check_and_others_to_the_consolidation(world, client):
    submitted = make_submitted(scorecard=world.sitting())
    officer = results_of(client, world.person("ngo_officer"), submitted)
    assert officer.context["after"]["url"] == f"/en/scorecards/{submitted.scorecard_id}/check/"
    facilitator = results_of(client, world.person("facilitator"), submitted)
    expected = f"/en/rounds/{world.scoring_round.pk}/providers/{world.provider.pk}/"
    assert facilitator.context["after"]["url"] == expected
    assert facilitator.context["may_ask"] is False  # nothing is locked yet


def test_a_provider_is_not_led_to_pages_it_cannot_open(world, client, locked):
    make_submitted(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)})
    answer = results_of(client, world.person("service_provider"), locked)
    assert answer.context["after"] is None
    assert f"/en/rounds/{world.scoring_round.pk}/" not in text_of(answer)


def test_nothing_entered_is_an_empty_page_and_no_row_of_zeros(world, client):
    answer = results_of(client, world.person("facilitator"), world.sitting().versions.get())
    assert "No results yet" in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_results_cost_the_same_for_one_criterion_and_for_three(
    world, client, django_assert_num_queries, rows
):
    version = make_locked(scorecard=world.sitting(), number=rows)
    client.force_login(world.person("facilitator"))
    with django_assert_num_queries(15):
        client.get(f"/en/scorecards/{version.scorecard_id}/results/")


# --- Consolidation --------------------------------------------------------------------------------


def test_the_consolidation_marks_what_is_not_yet_checked(world, client, locked):
    make_submitted(scorecard=world.sitting(2))
    page = consolidation_of(client, world.person("facilitator"), world)
    assert page.context["consolidation"].people == 94
    assert "not yet checked" in text_of(page)
    outside = consolidation_of(client, world.person("council_clerk"), world)
    assert outside.context["consolidation"].people == 47
    assert "not yet checked" not in text_of(outside)


def test_a_provider_without_sittings_has_an_empty_page(world, client):
    assert "No results yet" in text_of(consolidation_of(client, world.person("facilitator"), world))


def test_a_provider_of_another_commune_has_no_consolidation_here(world, client):
    other = make_provider(commune=make_commune(code="000102"))
    assert consolidation_of(client, world.person("facilitator"), world, other).status_code == 404


def test_criteria_lead_to_a_new_agreed_action_where_the_reader_drafts_the_plan(world, client, locked):
    facilitator = world.person("facilitator")
    assert "New agreed action" not in text_of(consolidation_of(client, facilitator, world))
    plan = draft_action_plan(scoring_round=world.scoring_round, by=facilitator)
    page = text_of(consolidation_of(client, facilitator, world))
    criterion = locked.criteria.order_by("order").first().criterion_id
    address = (
        f"/en/plans/{plan.pk}/items/add/?section=internal&amp;provider={world.provider.pk}"
        f"&amp;round={world.scoring_round.pk}&amp;criterion={criterion}"
    )
    assert address in page
    assert client.get(address.replace("&amp;", "&")).status_code == 200
    assert "New agreed action" not in text_of(consolidation_of(client, world.person("councillor"), world))


def test_a_person_of_two_scopes_finds_one_page(world, client, locked):
    person = world.person("facilitator")
    give_role(person=person, role="facilitator", organisation=world.organisation, area=world.commune.parent)
    assert results_of(client, person, locked).status_code == 200
    assert consolidation_of(client, person, world).context["consolidation"].people == 47


@pytest.mark.parametrize("rows", [1, 3])
def test_a_consolidation_costs_the_same_for_one_sitting_and_for_three(
    world, client, django_assert_num_queries, rows
):
    for number in range(rows):
        make_locked(scorecard=world.sitting(number + 1), by=make_person())
    client.force_login(world.person("facilitator"))
    with django_assert_num_queries(19):
        client.get(f"/en/rounds/{world.scoring_round.pk}/providers/{world.provider.pk}/")
