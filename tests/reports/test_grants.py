"""What a donor learns of a grant: sums of what was locked, by year and commune, and nothing that points at a few."""

from datetime import date

import pytest
import time_machine

from communities.models import Grant
from reports.grants import grant_figures
from tests.factories import (
    make_commune,
    make_locked,
    make_organisation,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_scorecard,
    make_submitted,
    make_village,
)
from tests.scorecards import plan_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def programme():
    return make_programme()


@pytest.fixture
def grant(programme):
    donor = make_organisation(kind="donor", name="Donor")
    return Grant.objects.create(donor=donor, programme=programme, starts_on=date(2026, 1, 1))


def commune_with_people(grant, code: str, people: int, *, year: int = 2026, is_named: bool = True):
    """A commune of the grant in which so many people scored one health centre."""
    commune = make_commune(code=code)
    scoring_round = make_round(commune=commune, programme=grant.programme, year=year)
    card = make_scorecard(scoring_round=scoring_round, provider=make_provider(commune=commune))
    make_locked(scorecard=card, counts={"all": (people, 0, 0, 0, 0)}, number=1)
    if is_named:
        grant.communes.add(commune)
    return scoring_round


def people_of(lines) -> list[int | None]:
    return [line.people for line in lines]


# --- Who comes in ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["facilitator", "council_clerk", "service_provider", "cbo_representative", "district_officer"]
)
def test_for_others_there_is_no_such_page(client, grant, role):
    client.force_login(make_person(role=role, **({"cbo": _cbo()} if role == "cbo_representative" else {})))
    assert client.get(f"/en/grants/{grant.pk}/").status_code == 404


def _cbo():
    from communities.models import Cbo

    return Cbo.objects.create(name_km="ក្រុមសន្សំ", commune=make_commune())


def test_another_donor_finds_nothing(client, grant):
    client.force_login(make_person(role="donor_viewer", organisation=make_organisation(kind="donor")))
    assert client.get(f"/en/grants/{grant.pk}/").status_code == 404


def test_the_donor_and_the_officer_of_the_programme_read_it(client, grant):
    for person in (
        make_person(role="donor_viewer", organisation=grant.donor),
        make_person(role="ngo_officer", programme=grant.programme),
    ):
        client.force_login(person)
        assert client.get(f"/km/grants/{grant.pk}/").status_code == 200


# --- What it counts -------------------------------------------------------------------------------


def test_it_counts_what_was_locked_in_the_communes_and_years_of_the_grant(grant):
    here = commune_with_people(grant, "000101", 12)
    commune_with_people(grant, "000102", 8, is_named=False)
    commune_with_people(grant, "000103", 30, year=2025)
    make_submitted(
        scorecard=make_scorecard(
            scoring_round=here, provider=make_provider(commune=here.commune),
            village=make_village(commune=here.commune, number=2),
        )
    )  # fmt: skip
    figures = grant_figures(grant)
    assert (figures.total.people, figures.total.counts.locked) == (12, 1)
    assert people_of(figures.communes) == [12, 0]
    assert [area.code for area in figures.without_round] == ["000103"]


def test_actions_count_once_the_council_approved_the_plan(grant):
    world = plan_world.make_world()
    grant.programme = world.programme
    grant.save()
    grant.communes.add(world.commune)
    plan = plan_world.make_full_plan(world)
    world.programme.is_practice = True
    world.programme.save()
    assert grant_figures(Grant.objects.get(pk=grant.pk)).total.counts.actions == 0
    plan.status, plan.approved_at, plan.approved_by = "approved", plan.drafted_at, plan.drafted_by
    plan.save()
    assert grant_figures(Grant.objects.get(pk=grant.pk)).total.counts.actions == 4


def test_a_grant_that_names_no_commune_reaches_none(client, grant):
    commune_with_people(grant, "000101", 12, is_named=False)
    assert grant_figures(grant).total.counts.rounds == 0
    client.force_login(make_person(role="donor_viewer", organisation=grant.donor))
    assert "names no commune yet" in client.get(f"/en/grants/{grant.pk}/").content.decode()


def test_a_real_grant_never_counts_practice(grant):
    commune_with_people(grant, "000101", 12)
    grant.programme.is_practice = False
    grant.programme.save()
    assert grant_figures(Grant.objects.get(pk=grant.pk)).communes == []


# --- What it hides --------------------------------------------------------------------------------


def test_a_small_number_takes_the_next_smallest_with_it(client, grant):
    for code, people in (("000101", 3), ("000102", 9), ("000103", 40)):
        commune_with_people(grant, code, people)
    figures = grant_figures(grant)
    assert people_of(figures.communes) == [None, None, 40]
    assert [line.is_small for line in figures.communes] == [True, False, False]
    assert figures.total.people == 52
    client.force_login(make_person(role="donor_viewer", organisation=grant.donor))
    page = client.get(f"/en/grants/{grant.pk}/").content.decode()
    assert "fewer than 5" in page
    assert "not shown" in page


def test_a_year_that_is_hidden_hides_its_communes(grant):
    grant.starts_on = date(2025, 1, 1)
    grant.save()
    commune_with_people(grant, "000101", 3, year=2025)
    commune_with_people(grant, "000102", 20)
    figures = grant_figures(grant, 2026)
    assert people_of(figures.years) == [None, None]
    assert people_of(figures.communes) == [None, None]
    assert figures.total.people == 23


# --- What cannot be read, and what it costs -------------------------------------------------------


@pytest.mark.parametrize("year", ["", "abc", "1999", "99999999999999999999", "\x00", "២០២៦", "-1"])
def test_an_unknown_year_shows_the_newest(client, grant, year):
    commune_with_people(grant, "000101", 12)
    client.force_login(make_person(role="donor_viewer", organisation=grant.donor))
    answer = client.get(f"/en/grants/{grant.pk}/", {"year": year})
    assert answer.status_code == 200
    assert answer.context["figures"].chosen_year == 2026


@pytest.mark.parametrize("communes", [1, 3])
def test_it_costs_the_same_for_one_commune_and_for_three(client, grant, communes, django_assert_num_queries):
    for number in range(communes):
        commune_with_people(grant, f"00010{number + 1}", 12)
    client.force_login(make_person(role="donor_viewer", organisation=grant.donor))
    with django_assert_num_queries(10):
        client.get(f"/en/grants/{grant.pk}/")
