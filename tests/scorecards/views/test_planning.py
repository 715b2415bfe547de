"""Planning through the pages: many communes at once, then the table of one round."""

from datetime import date

import pytest
import time_machine

from communities.models import Facilitator, Meeting
from scorecards.models import Round, Scorecard
from scorecards.operations.calendar import put_off_meeting
from scorecards.overview.planning import matrix_of
from tests.factories import make_commune, make_complete, make_provider, make_scale, make_service, make_village
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    make_scale()
    world = make_world()
    for number in (1, 2):
        make_village(commune=world.commune, number=number, name_en=f"Kumru {number}")
    return world


@pytest.fixture
def officer(world, client):
    person = world.person("ngo_officer")
    client.force_login(person)
    return person


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def text_of(answer) -> str:
    return answer.content.decode()


def table(world) -> str:
    return f"/en/rounds/{world.scoring_round.pk}/plan-year/"


def key(world, column="00010101") -> str:
    return f"{world.provider.pk}_{column}"


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["facilitator", "council_clerk", "service_provider", "administrator"])
def test_opening_many_rounds_is_the_officers(world, client, role):
    client.force_login(world.person(role))
    assert client.get("/en/rounds/plan-year/").status_code == 403


def test_the_council_does_not_plan(world, client):
    client.force_login(world.person("council_clerk"))
    assert client.get(table(world)).status_code == 403


# --- Many communes --------------------------------------------------------------------------------


def test_what_there_is_one_of_is_chosen_and_the_year_is_this_one(world, officer, client):
    page = text_of(client.get("/en/rounds/plan-year/"))
    assert "Plan the year 2026" in page
    assert "1 commune has no scorecard planned yet" in page
    assert 'name="communes"' not in page  # the only commune has its round


def test_the_communes_of_last_year_are_ticked_and_begin_together(world, officer, client):
    world.sitting()
    other = make_commune(code="000102", name="កណ្តាល", name_en="Kandal")
    page = text_of(client.get("/en/rounds/plan-year/?year=2027"))
    assert 'value="000101" id="c000101" checked' in page
    sent = {
        "communes": ["000101"], "further": "000102", "interface": "១៦/០៧/២០២៧", "copies_scorecards": "on",
    }  # fmt: skip
    answer = client.post("/en/rounds/plan-year/?year=2027", sent, follow=True)
    assert "2 rounds are open." in text_of(answer)
    opened = Round.objects.filter(year=2027).order_by("commune__code")
    assert [(each.commune, each.interface_on, each.scorecards.count()) for each in opened] == [
        (world.commune, date(2027, 7, 16), 1), (other, date(2027, 7, 16), 0),
    ]  # fmt: skip


def test_one_commune_that_cannot_begin_is_named_and_none_begins(world, officer, client):
    make_commune(code="000102")
    page = text_of(client.post("/en/rounds/plan-year/", {"further": "000101\n000102"}))
    assert "000101" in page
    assert "has a round of the programme in this year already" in page
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    "query", ["year=៩៩x", "programme=%00&year=2027", "organisation=99999999999999999999"]
)
def test_what_cannot_be_read_is_asked_again(world, officer, client, query):
    assert client.get(f"/en/rounds/plan-year/?{query}").status_code == 200


def test_practice_and_real_communes_do_not_stand_on_one_list(world, officer, client):
    world.person("facilitator", area=make_commune(code="010203"))
    world.person("facilitator", area=make_commune(code="000103"))
    page = text_of(client.get("/en/rounds/plan-year/"))
    assert 'value="000103"' in page
    assert 'value="010203"' not in page


# --- The table of one round -----------------------------------------------------------------------


def test_a_tick_with_a_day_plans_a_scorecard_and_its_meeting(world, facilitator, client):
    caf = Facilitator.objects.create(
        organisation=world.organisation, name="កែវ សុខា", base_commune=world.commune
    )
    page = text_of(client.get(table(world)))
    assert "Tick what will be scored" in page
    sent = {
        f"tick_{key(world)}": "on", f"day_{key(world)}": "20/06/2026", f"day_{key(world, '00010102')}": "២៥/០៦/២០២៦",
        f"tick_{key(world, 'self')}": "on", f"enters_{world.provider.pk}": facilitator.pk, "facilitators": [caf.pk],
    }  # fmt: skip
    page = text_of(client.post(table(world), sent, follow=True))
    assert "The plan is saved." in page
    assert "The plan is complete" in page
    cards = Scorecard.objects.filter(kind="community").order_by("village__code")
    assert [(card.meeting.status, card.meeting.held_on.day, card.assigned_to) for card in cards] == [
        ("planned", 20, facilitator), ("planned", 25, facilitator),
    ]  # fmt: skip
    assert [each.facilitators.get() for each in Meeting.objects.all()] == [caf, caf]
    assert Scorecard.objects.filter(kind="self").count() == 1


def test_a_tick_taken_away_removes_only_what_stood_on_the_page(world, facilitator, client):
    world.sitting()
    page = text_of(client.get(table(world)))
    assert "Set the day of 1 scorecard" in page
    assert f'name="had_{key(world)}"' in page
    world.sitting(number=2)  # somebody else adds it meanwhile
    client.post(table(world), {f"had_{key(world)}": "1"})
    assert [card.village.code for card in Scorecard.objects.all()] == ["00010102"]


def test_what_is_begun_has_no_tick_and_a_day_that_stands_leads_to_its_reason(world, facilitator, client):
    begun = world.sitting()
    make_complete(version=begun.versions.get())
    client.post(
        table(world), {f"tick_{key(world, '00010102')}": "on", f"day_{key(world, '00010102')}": "20/06/2026"}
    )
    page = text_of(client.get(table(world)))
    assert f'name="tick_{key(world)}"' not in page
    planned = Meeting.objects.get(status="planned")
    assert f"/en/meetings/{planned.pk}/put-off/" in page
    put_off_meeting(meeting=planned, to_on=None, reason="ភ្លៀង", by=facilitator)
    assert "Postponed" in text_of(client.get(table(world)))


def test_a_day_that_cannot_be_stands_with_its_error(world, facilitator, client):
    page = text_of(client.post(table(world), {f"tick_{key(world)}": "on", f"day_{key(world)}": "31/02/2026"}))
    assert "Enter a day such as" in page
    page = text_of(client.post(table(world), {f"tick_{key(world)}": "on", f"day_{key(world)}": "20/06/2046"}))
    assert "outside the years of the round" in page
    assert not Scorecard.objects.exists()


def test_last_year_can_be_planned_again_with_one_press(world, facilitator, client):
    world.sitting()
    later = world.next_round(2027)
    address = f"/en/rounds/{later.pk}/plan-year/"
    assert "Same as last year" in text_of(client.get(address))
    assert "1 scorecard is planned." in text_of(client.post(address, {"copy": "1"}, follow=True))
    assert "Same as last year" not in text_of(client.get(address))


def test_many_villages_go_down_the_page(world, facilitator, client):
    for number in range(3, 8):
        make_village(commune=world.commune, number=number)
    make_provider(commune=world.commune, service=make_service(code="CA", is_scored_by_village=False))
    matrix = matrix_of(world.scoring_round)
    assert (len(matrix.heads), len(matrix.rows)) == (2, 9)
    assert [cell is not None for cell in matrix.rows[0].cells] == [
        False,
        True,
    ]  # the whole commune is another row
    assert client.get(table(world)).status_code == 200


def test_a_resting_round_is_not_planned(world, officer, client):
    Round.objects.update(status="postponed", status_reason="ទឹកជំនន់")
    page = text_of(client.post(table(world), {f"tick_{key(world)}": "on"}))
    assert "not open" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_table_costs_the_same_for_one_scorecard_and_for_three(
    world, facilitator, client, django_assert_num_queries, rows
):
    for number in range(1, rows + 1):
        world.sitting(number=number)
    with django_assert_num_queries(11):
        client.get(table(world))
