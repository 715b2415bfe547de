"""Providers: where they stand, whom they serve from which year on, when they close."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from communities.models import ServiceProvider
from communities.operations.fitness import OutOfReach, SettingRefused
from communities.operations.providers import close_provider, put_provider, set_catchment
from tests.factories import (
    make_commune,
    make_person,
    make_programme,
    make_provider,
    make_service,
    make_village,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(role="administrator")


@pytest.fixture
def commune():
    return make_commune(code="010201")


@pytest.fixture
def health_centre(commune, person):
    return put_provider(service_type=make_service(), name_km="មណ្ឌល", located_in=commune, by=person)


@pytest.fixture
def office(commune, person):
    return put_provider(service_type=make_service(code="CA"), name_km="រដ្ឋបាល", located_in=commune, by=person)


def served(provider, year):
    return sorted(provider.catchments.in_year(year).values_list("commune__code", flat=True))


# --- Adding and correcting ------------------------------------------------------------------------


def test_a_provider_stands_in_a_commune_that_exists(person, commune):
    past = make_commune(code="010209", retired_on=date(2020, 1, 1))
    for place in (make_village(commune=commune), past, commune.parent):
        with pytest.raises(SettingRefused):
            put_provider(service_type=make_service(), name_km="ក", located_in=place, by=person)


def test_a_practice_officer_adds_in_practice_communes_alone(commune):
    officer = make_person(role="ngo_officer", programme=make_programme())
    with pytest.raises(OutOfReach):
        put_provider(service_type=make_service(), name_km="ក", located_in=commune, by=officer)
    assert not ServiceProvider.objects.exists()
    put_provider(service_type=make_service(), name_km="ក", located_in=make_commune(), by=officer)


def test_name_and_official_code_stand_once(person, commune, health_centre):
    service = make_service()
    with pytest.raises(SettingRefused):
        put_provider(service_type=service, name_km="មណ្ឌល", located_in=commune, by=person)
    put_provider(service_type=service, name_km="ពីរ", located_in=commune, official_code="H-1", by=person)
    with pytest.raises(SettingRefused):
        put_provider(service_type=service, name_km="បី", located_in=commune, official_code="H-1", by=person)


def test_a_commune_has_one_administration(person, commune, office):
    with pytest.raises(SettingRefused):
        put_provider(service_type=make_service(code="CA"), name_km="ពីរ", located_in=commune, by=person)


def test_a_provider_keeps_its_service_and_its_side_of_practice(person, commune, health_centre):
    same = {"provider": health_centre, "name_km": "មណ្ឌល", "by": person}
    with pytest.raises(SettingRefused):
        put_provider(**same, service_type=make_service(code="PS"), located_in=commune)
    with pytest.raises(SettingRefused):
        put_provider(**same, service_type=make_service(), located_in=make_commune())


def test_a_new_provider_serves_its_commune_in_every_year(health_centre):
    assert served(health_centre, 2010) == served(health_centre, 2030) == ["010201"]
    event = AuditEvent.objects.get(verb="communities.provider.added")
    assert (event.area, event.detail) == ("010201", {"service": "HC"})


def test_an_administration_moves_with_its_commune(person, office):
    there = make_commune(code="010202")
    put_provider(
        provider=office, service_type=office.service_type, name_km="រដ្ឋបាល", located_in=there, by=person
    )
    assert served(office, 2026) == ["010202"]


# --- Whom it serves -------------------------------------------------------------------------------


def test_catchments_that_make_no_sense_are_refused(person, commune, health_centre, office):
    other = make_commune(code="010202")
    wrong = [(health_centre, []), (health_centre, [commune, commune]), (health_centre, [make_commune()])]
    wrong += [(office, [other]), (office, [commune, other]), (health_centre, [commune.parent])]
    for provider, communes in wrong:
        with pytest.raises(SettingRefused):
            set_catchment(provider=provider, communes=communes, by=person)


def test_from_a_year_on_other_communes_are_served(person, commune, health_centre):
    second, third = make_commune(code="010202"), make_commune(code="010203")
    set_catchment(provider=health_centre, communes=[commune, second], by=person)
    set_catchment(provider=health_centre, communes=[second, third], from_year=2026, by=person)
    assert served(health_centre, 2025) == ["010201", "010202"]
    assert served(health_centre, 2026) == ["010202", "010203"]
    event = AuditEvent.objects.filter(verb="communities.catchment.chosen").latest("pk")
    assert event.detail == {"communes": 2, "from_year": 2026}


def test_a_slip_of_the_same_year_leaves_nothing(person, commune, health_centre):
    second = make_commune(code="010202")
    for communes in ([commune, second], [second], [commune]):
        set_catchment(provider=health_centre, communes=communes, from_year=2026, by=person)
    assert served(health_centre, 2026) == served(health_centre, 2025) == ["010201"]
    assert health_centre.catchments.count() == 1


# --- Closing --------------------------------------------------------------------------------------


def test_a_provider_does_not_close_before_it_opened(person, health_centre):
    health_centre.active_from = date(2020, 1, 1)
    health_centre.save()
    with pytest.raises(SettingRefused):
        close_provider(provider=health_centre, active_to=date(2019, 1, 1), by=person)


def test_a_closed_provider_comes_back(person, health_centre):
    close_provider(provider=health_centre, active_to=date(2026, 6, 30), by=person)
    health_centre.refresh_from_db()
    assert health_centre.active_to == date(2026, 6, 30)
    close_provider(provider=health_centre, active_to=None, by=person)
    health_centre.refresh_from_db()
    assert health_centre.active_to is None
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["communities.provider.closed", "communities.provider.reopened"]


def test_a_practice_officer_closes_nothing_real(health_centre):
    officer = make_person(role="ngo_officer", programme=make_programme())
    assert health_centre not in ServiceProvider.objects.visible_to(officer)
    assert make_provider() in ServiceProvider.objects.visible_to(officer)
