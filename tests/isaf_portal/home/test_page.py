"""The first page answers, for each role: what waits for me. And the menu shows what a role can open."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from accounts.roles import ROLES
from scorecards.operations.council import record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.review import request_reopening, return_scorecard
from tests.factories import make_locked, make_meeting, make_person, make_scorecard, make_submitted
from tests.scorecards import plan_world
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plans():
    """A commune whose plan lies before the council."""
    world = plan_world.make_world()
    world.plan_version = submit_action_plan(plan=plan_world.make_full_plan(world), by=world.facilitator)
    return world


def home_of(client, person):
    client.force_login(person)
    return client.get("/en/")


def all_waiting(answer) -> list[str]:
    first = answer.context["next"]
    return [*([first["title"]] if first else []), *(row.waiting.what for row in answer.context["waiting"])]


def menu_of(answer) -> list[str]:
    return [str(entry["label"]) for entry in answer.context["navigation"]]


# --- Every role -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_lands_on_a_page_that_names_it_and_what_it_is_for(world, client, role):
    answer = home_of(client, world.person(role))
    assert answer.status_code == 200
    assert escape(str(ROLES[role].description)) in answer.content.decode()
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize(
    "role",
    [
        "ngo_officer", "council_clerk", "council_chief", "councillor", "committee_member", "district_officer",
        "donor_viewer", "service_provider",
    ],
)  # fmt: skip
def test_where_nothing_waits_the_page_says_so(world, client, role):
    page = home_of(client, world.person(role)).content.decode()
    assert "Nothing is waiting" in page


def test_a_person_without_a_role_is_told_whom_to_ask(client):
    page = home_of(client, make_person()).content.decode()
    assert "You have no role today" in page


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        ("facilitator", ["My work", "Annual rounds", "Action plans", "Settings"]),
        (
            "ngo_officer",
            ["My work", "Scorecards to check", "Annual rounds", "Action plans", "People", "Settings"],
        ),
        ("councillor", ["My work", "Annual rounds", "Action plans"]),
        ("service_provider", ["My work", "Action plans"]),
        ("cbo_representative", ["My work", "Settings"]),
        ("donor_viewer", ["My work"]),
        ("administrator", ["My work", "People", "Settings"]),
    ],
)
def test_the_menu_shows_what_the_roles_can_open(world, client, role, entries):
    answer = home_of(client, world.person(role))
    assert menu_of(answer) == entries
    for entry in answer.context["navigation"]:
        assert client.get(entry["url"]).status_code == 200


# --- The team -------------------------------------------------------------------------------------


def test_a_facilitator_corrects_first_then_enters(world, client):
    returned = make_submitted(scorecard=world.sitting(1))
    return_scorecard(version=returned, reason="Count the youth again", by=make_person())
    held = world.sitting(2)
    make_meeting(scorecard=held)
    answer = home_of(client, world.person("facilitator"))
    assert answer.context["next"]["note"] == "Returned: “Count the youth again”"
    assert answer.context["next"]["url"] == f"/en/scorecards/{returned.scorecard_id}/sheet/"
    [second] = answer.context["waiting"]
    assert second.waiting.url == f"/en/scorecards/{held.pk}/criteria/"
    assert [(each["what"], each["where"]) for each in answer.context["missing"]] == [
        ("The day of the interface meeting", "Kumru 2026"),
        ("Self-assessments of the providers", "Kumru 2026 · 0 of 1"),
    ]
    for each in answer.context["missing"]:
        assert client.get(each["url"]).status_code == 200


def test_work_of_others_and_of_closed_rounds_does_not_wait(world, client):
    world.sitting()
    elsewhere = make_world_elsewhere()
    assert all_waiting(home_of(client, elsewhere.person("facilitator"))) == []
    world.scoring_round.status, world.scoring_round.status_reason = "postponed", "floods"
    world.scoring_round.save()
    assert all_waiting(home_of(client, world.person("facilitator"))) == []


def make_world_elsewhere():
    return make_world(year=2027)


def test_an_officer_checks_and_decides(world, client):
    make_submitted(scorecard=world.sitting(1))
    make_submitted(scorecard=world.sitting(2))
    request_reopening(version=make_locked(scorecard=world.sitting(3)), reason="wrong", by=make_person())
    answer = home_of(client, world.person("ngo_officer"))
    assert all_waiting(answer) == ["Check 2 scorecards", "Decide on 1 request to reopen"]
    assert answer.context["next"]["url"] == "/en/review/"


def test_an_officer_is_not_shown_the_sheets_of_a_whole_programme(world, client):
    world.sitting()
    assert all_waiting(home_of(client, world.person("ngo_officer"))) == []


def test_a_provider_assesses_itself_and_finds_its_service(world, client):
    mine = world.self_assessment()
    make_locked(scorecard=world.sitting(1))
    make_submitted(scorecard=world.sitting(2))
    answer = home_of(client, world.person("service_provider"))
    assert answer.context["next"]["url"] == f"/en/scorecards/{mine.pk}/self-assessment/"
    [row] = answer.context["services"]
    assert (row.service.provider, row.service.locked_count, row.state) == (world.provider, 1, "draft")
    assert client.get(row.service.url).status_code == 200


# --- The council ----------------------------------------------------------------------------------


def test_a_councillor_reads_the_plan_before_the_session(plans, client):
    councillor = plan_world.make_person("councillor", area=plans.commune)
    answer = home_of(client, councillor)
    assert answer.context["next"]["url"] == f"/en/plan-versions/{plans.plan_version.pk}/"
    assert len(all_waiting(answer)) == 1
    assert client.get(answer.context["next"]["url"]).status_code == 200


def test_the_clerk_puts_the_plan_before_the_council_and_records_what_it_decided(plans, client):
    answer = home_of(client, plans.clerk)
    urls = [answer.context["next"]["url"], *(row.waiting.url for row in answer.context["waiting"])]
    version = plans.plan_version.pk
    assert urls == [
        f"/en/plan-versions/{version}/",
        f"/en/plan-versions/{version}/decision/",
        f"/en/plan-versions/{version}/documents/",
    ]


def test_the_chief_confirms_what_the_clerk_recorded(plans, client):
    decision = record_council_decision(
        plan_version=plans.plan_version, session_number="12", held_on=date(2026, 6, 15), present_count=5,
        council_size=7, outcome="approve", by=plans.clerk,
    )  # fmt: skip
    answer = home_of(client, plans.chief)
    assert answer.context["next"]["url"] == f"/en/decisions/{decision.pk}/confirm/"
    # The clerk has done what waited; the councillor has nothing to read any more.
    assert all_waiting(home_of(client, plans.clerk)) == []


def test_a_draft_waits_for_its_facilitator_and_for_nobody_in_the_council(client):
    world = plan_world.make_world()
    plan = plan_world.make_plan(world)
    assert home_of(client, world.facilitator).context["next"]["url"] == f"/en/plans/{plan.pk}/"
    assert all_waiting(home_of(client, world.clerk)) == []


# --- What it costs --------------------------------------------------------------------------------


# Two for the session and the person, one for the roles, the rest for the parts of the page.
QUERIES = {
    "administrator": 11,
    "cbo_representative": 6,
    "committee_member": 14,
    "council_chief": 17,
    "council_clerk": 20,
    "councillor": 15,
    "district_officer": 15,
    "donor_viewer": 5,
    "facilitator": 18,
    "ngo_officer": 23,
    "service_provider": 14,
}


def test_the_page_costs_each_role_the_same_for_one_row_and_for_three(world, client):
    people = {role: world.person(role) for role in ROLES}
    for person in people.values():
        client.force_login(person)  # whoever came in once needs no help to come in
    add_rows(world, 1)
    assert {role: queries_of(client, person) for role, person in people.items()} == QUERIES
    add_rows(world, 2, 3)
    assert {role: queries_of(client, person) for role, person in people.items()} == QUERIES


def add_rows(world, *numbers: int) -> None:
    """For each number a round with a sheet to enter, and a sheet to check."""
    for number in numbers:
        make_scorecard(scoring_round=world.next_round(2026 + number), provider=world.provider)
        make_submitted(scorecard=world.sitting(number))


def queries_of(client, person) -> int:
    client.force_login(person)
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en/").status_code == 200
    return len(captured)


def test_whoever_practises_is_told_so_on_every_page(client):
    person = make_person(role="facilitator")
    person.is_practice = True
    person.save()
    client.force_login(person)
    for address in (
        "/km/",
        "/km/rounds/",
        "/km/plans/",
        "/km/settings/",
        "/km/settings/facilitators/add/",
        "/km/account/",
    ):
        assert "i-prac" in client.get(address).content.decode(), address


def test_whoever_works_is_not(client):
    client.force_login(make_person(role="facilitator"))
    assert "i-prac" not in client.get("/km/rounds/").content.decode()
