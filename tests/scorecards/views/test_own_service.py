"""The page of a provider about its own service: its scores beside the community's, its actions, its next step."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import User
from scorecards.models import PlanVersion
from scorecards.operations.action_plans import draft_action_plan, put_action_item
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.review import request_reopening
from scorecards.overview.own_service import own_services
from tests.factories import (
    make_commune,
    make_locked,
    make_person,
    make_provider,
    make_round,
    make_scorecard,
    make_submitted,
    make_village,
)
from tests.scorecards.plan_world import external, internal
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

STAFF = {"all": (0, 0, 0, 8, 0)}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world(interface_on=date(2026, 7, 17))


def page_of(client, world, person=None, query=""):
    client.force_login(person or world.person("service_provider"))
    return client.get(f"/en/providers/{world.provider.pk}/service/{query}")


def text_of(answer) -> str:
    return answer.content.decode()


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["facilitator", "ngo_officer", "council_clerk", "administrator"])
def test_for_everybody_else_there_is_no_such_page(world, client, role):
    assert page_of(client, world, world.person(role)).status_code == 404


def test_another_provider_finds_none_of_it(world, client):
    other = make_provider(name_km="សាលា")
    assert page_of(client, world, world.person("service_provider", provider=other)).status_code == 404


# --- The veil -------------------------------------------------------------------------------------


def test_before_its_own_assessment_no_score_is_on_the_page(world, client):
    version = make_locked(scorecard=world.sitting())
    own = world.self_assessment()
    page = page_of(client, world)
    assert [each.consolidation for each in page.context["scores"]] == [None]
    assert page.context["next"]["url"] == f"/en/scorecards/{own.pk}/self-assessment/"
    assert "You do not see the community’s scores yet" in text_of(page)
    assert "not satisfied" not in text_of(page)
    results = client.get(f"/en/scorecards/{version.scorecard_id}/results/")
    assert "You do not see the community’s scores until you submit." in text_of(results)
    assert "result" not in results.context


def test_a_clerk_who_assesses_the_administration_waits_on_the_consolidation_too(world, client):
    make_locked(scorecard=world.sitting())
    clerk = world.person("council_clerk")
    clerk.assignments.create(role="service_provider", provider=world.provider, starts_on=date(2025, 1, 1))
    client.force_login(User.objects.get(pk=clerk.pk))
    address = f"/en/rounds/{world.scoring_round.pk}/providers/{world.provider.pk}/"
    assert "until you submit" in text_of(client.get(address))
    make_submitted(scorecard=world.self_assessment(), counts=STAFF)
    assert client.get(address).context["consolidation"].people == 47


# --- Scores and what to prepare -------------------------------------------------------------------


def test_both_scores_stand_beside_each_other_with_the_next_step(world, client):
    make_locked(scorecard=world.sitting(), number=2)
    make_submitted(scorecard=world.self_assessment(), counts=STAFF, number=2)
    page = page_of(client, world)
    [scores] = page.context["scores"]
    assert len(scores.rows) == 2
    assert page.context["next"]["title"] == "Come to the interface meeting: Friday 17\xa0Jul\xa02026"
    assert page.context["next"]["note"].startswith("Prepare 2 answers: ")
    shown = text_of(page)
    assert "not satisfied" in shown
    assert "What people said" in shown
    assert "ខ្វះ" in shown


def test_a_locked_meeting_can_be_called_wrong_once(world, client):
    version = make_locked(scorecard=world.sitting())
    make_submitted(scorecard=world.self_assessment(), counts=STAFF)
    address = f"/en/scorecards/{version.scorecard_id}/reopening/"
    assert address in text_of(page_of(client, world))
    request_reopening(version=version, reason="ខុសជួរ", by=make_person())
    page = text_of(page_of(client, world))
    assert address not in page
    assert "An officer looks at it" in page


def test_the_year_can_be_chosen_and_nonsense_shows_the_newest(world, client):
    earlier = make_scorecard(
        scoring_round=world.next_round(2025), provider=world.provider, village=make_village(number=1)
    )
    make_locked(scorecard=earlier)
    make_locked(scorecard=world.sitting())
    person = world.person("service_provider")
    years = {
        query: page_of(client, world, person, query).context["service"].year
        for query in ("", "?year=2025", "?year=1", "?year=%00", "?year=" + "9" * 400)
    }
    assert list(years.values()) == [2026, 2025, 2026, 2026, 2026]


def test_nothing_planned_is_said_kindly(world, client):
    page = page_of(client, world)
    assert page.context["next"] is None
    assert "Nothing is planned for your service yet" in text_of(page)


# --- Agreed actions -------------------------------------------------------------------------------


def test_own_actions_of_the_submitted_plan_are_shown_with_their_month(world, client):
    facilitator = make_person()
    make_locked(scorecard=world.sitting())
    plan = draft_action_plan(scoring_round=world.scoring_round, by=facilitator)
    put_action_item(plan=plan, fields=internal(world.provider), by=facilitator)
    put_action_item(plan=plan, fields=external(), by=facilitator)
    assert page_of(client, world).context["actions"] == []  # what is drafted may still change
    submit_action_plan(plan=plan, by=facilitator)
    [row] = page_of(client, world).context["actions"]
    assert row.state == "planned"
    assert "the council has not decided yet" in row.note
    assert PlanVersion.objects.count() == 1


# --- Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("communes", [1, 3])
def test_own_services_cost_the_same_for_one_commune_and_for_three(
    client, django_assert_num_queries, communes
):
    places = [make_commune(code=f"00010{number}") for number in range(1, communes + 1)]
    health_centre = make_provider(commune=places[0], serves=places[1:])
    first = make_round(commune=places[0])
    rounds = [first] + [
        make_round(commune=place, programme=first.programme, organisation=first.organisation)
        for place in places[1:]
    ]
    for each in rounds:
        make_locked(scorecard=make_scorecard(scoring_round=each, provider=health_centre))
    own = make_scorecard(scoring_round=first, provider=health_centre, kind="self")
    make_submitted(scorecard=own, counts=STAFF)
    person = make_person(role="service_provider", provider=health_centre)
    person = User.objects.get(pk=person.pk)
    with django_assert_num_queries(7):  # the roles, and six
        [service] = own_services(person)
    assert len(service.rounds) == communes
    client.force_login(person)
    with django_assert_num_queries(26):
        client.get(f"/en/providers/{health_centre.pk}/service/")


def test_who_speaks_for_nobody_has_no_service(world, django_assert_num_queries):
    person = world.person("council_clerk")
    assert own_services(person) == []
    with django_assert_num_queries(0):
        assert own_services(person) == []
