"""Groups: the least that must be known of them, where one's roles hold."""

import pytest

from accounts.models import AuditEvent
from communities.models import Cbo
from communities.operations.cbos import put_cbo, put_cbo_year
from communities.operations.fitness import OutOfReach, SettingRefused
from tests.factories import make_commune, make_meeting, make_person, make_round, make_scorecard

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(role="facilitator", area=make_commune())


@pytest.fixture
def cbo(person):
    return put_cbo(name_km="ក្រុមសន្សំ", commune=make_commune(), kind="សន្សំ", by=person)


def test_elsewhere_is_out_of_reach(person):
    with pytest.raises(OutOfReach):
        put_cbo(name_km="ក្រុម", commune=make_commune(code="000102"), kind="សន្សំ", by=person)
    assert not Cbo.objects.exists()


@pytest.mark.parametrize("wrong", [{"name_km": ""}, {"kind": " "}, {"name_km": "ក្រុមសន្សំ"}])
def test_name_and_kind_are_needed_and_a_name_stands_once(person, cbo, wrong):
    with pytest.raises(SettingRefused):
        put_cbo(**({"name_km": "ក្រុម", "kind": "សន្សំ"} | wrong), commune=make_commune(), by=person)


def test_a_programme_knows_the_groups_where_it_met_people(cbo):
    scoring_round = make_round()
    officer = make_person(role="ngo_officer", programme=scoring_round.programme)
    assert cbo not in Cbo.objects.visible_to(officer)
    make_meeting(scorecard=make_scorecard(scoring_round=scoring_round))
    make_meeting(scorecard=make_scorecard(scoring_round=scoring_round))
    assert set(Cbo.objects.visible_to(officer)) == {cbo}


@pytest.mark.parametrize("role", ["council_clerk", "councillor", "council_chief", "district_officer"])
def test_authorities_never_see_a_group(cbo, role):
    assert not Cbo.objects.visible_to(make_person(role=role, area=make_commune())).exists()


@pytest.mark.parametrize(("members", "women"), [(-1, None), (100_000, None), (5, 6), (5, -1)])
def test_counts_that_cannot_be_are_refused(person, cbo, members, women):
    with pytest.raises(SettingRefused):
        put_cbo_year(cbo=cbo, year=2026, members_count=members, female_count=women, by=person)


def test_a_year_is_counted_once_and_corrected(person, cbo):
    put_cbo_year(cbo=cbo, year=2026, members_count=20, by=person)
    put_cbo_year(cbo=cbo, year=2026, members_count=24, female_count=19, by=person)
    assert cbo.years.get().members_count == 24
    event = AuditEvent.objects.filter(verb="communities.cbo.counted").latest("pk")
    assert (event.area, event.detail) == ("000101", {"year": 2026, "members": 24, "female": 19})
    assert "ក្រុម" not in str(AuditEvent.objects.values_list("detail", flat=True))
