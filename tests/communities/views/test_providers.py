"""Service providers through the pages."""

from datetime import date

import pytest
import time_machine

from communities.models import ServiceProvider
from tests.communities.views.settings_page import address, page_of, survives
from tests.factories import make_commune, make_person, make_provider, make_service

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def officer(client):
    person = make_person(role="ngo_officer")
    client.force_login(person)
    return person


@pytest.fixture
def provider(officer):
    return make_provider(commune=make_commune(name="កណ្តាល", name_en="Kandal"))


@LANGUAGES
def test_the_pages_speak_the_readers_language(client, provider, language):
    for name, args, words in (
        ("providers", (), {"km": "មណ្ឌលសុខភាពគំរូ", "en": "Kumru health centre"}),
        ("add-provider", (), {"km": "លេខកូដផ្លូវការ", "en": "Official code"}),
        ("provider", (provider.pk,), {"km": "ឃុំដែលបម្រើ", "en": "Communes served"}),
        ("catchment", (provider.pk,), {"km": "២០២៦", "en": "2026"}),
        ("close-provider", (provider.pk,), {"km": "១៥/០៦/២០២៦", "en": "15/06/2026"}),
    ):
        assert words[language] in page_of(client, name, *args, language=language)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, officer, django_assert_num_queries, rows):
    for number in range(1, rows + 1):
        make_provider(commune=make_commune(code=f"0001{number:02}"))
    with django_assert_num_queries(6):
        client.get(address("providers"))


def test_the_list_is_found_by_commune_and_service(client, provider):
    other = make_provider(
        commune=make_commune(code="000102"), service=make_service(code="PS", name_en="School")
    )

    def found(query):
        return list(client.get(f"{address('providers')}?{query}").context["page"])

    assert found("text=kandal") == found("text=០០០១០១") == [provider]
    assert found(f"service={other.service_type_id}") == [other]
    assert found("text=000199") == []
    assert len(found("service=99999999999999999999&text=%00")) == 2


def test_a_provider_is_added_where_its_commune_is_named(client, officer):
    make_commune(name="កណ្តាល", name_en="Kandal")
    typed = {"service_type": make_service().pk, "name_km": "មណ្ឌលថ្មី", "located_in": "Kandal"}
    answer = client.post(address("add-provider"), typed)
    made = ServiceProvider.objects.get()
    assert answer.url == address("catchment", made.pk)
    assert made.catchments.get().commune.name_en == "Kandal"


@pytest.mark.parametrize(
    ("typed", "said"), [("Nowhere", "No commune"), ("Kandal", "2 communes are called like this")]
)
def test_a_commune_that_is_not_clear_is_asked_again(client, officer, typed, said):
    for code in ("000101", "000102"):
        make_commune(code=code, name="កណ្តាល", name_en="Kandal")
    fields = {"service_type": make_service().pk, "name_km": "ក", "located_in": typed}
    assert said in client.post(address("add-provider"), fields).content.decode()


def test_a_provider_is_corrected_and_serves_other_communes(client, provider):
    make_commune(code="000102")
    client.post(
        address("provider", provider.pk),
        {"name_km": "ឈ្មោះ", "official_code": "H-7", "located_in": provider.located_in.code},
    )
    provider.refresh_from_db()
    assert (provider.name_km, provider.official_code) == ("ឈ្មោះ", "H-7")
    typed = {"communes": "000101 កណ្តាល\r\n០០០១០២", "from_year": ""}
    client.post(address("catchment", provider.pk), typed)
    assert provider.catchments.in_year(2026).count() == 2
    assert "000102" in page_of(client, "catchment", provider.pk)
    client.post(address("catchment", provider.pk), {"communes": "000101", "from_year": "២០២៧"})
    assert [provider.catchments.in_year(year).count() for year in (2026, 2027)] == [2, 1]


def test_a_wrong_line_of_communes_is_named(client, provider):
    answer = client.post(address("catchment", provider.pk), {"communes": "000101, 999999"})
    assert "999999" in answer.content.decode()
    assert answer.status_code == 200


def test_a_provider_closes_and_comes_back(client, provider):
    client.post(address("close-provider", provider.pk), {"active_to": "០១/០៦/២០២៦"})
    provider.refresh_from_db()
    assert provider.active_to == date(2026, 6, 1)
    assert "Closed" in page_of(client, "providers")
    assert "Bring it back" in page_of(client, "close-provider", provider.pk)
    client.post(address("bring-back-provider", provider.pk))
    provider.refresh_from_db()
    assert provider.active_to is None


def test_nothing_that_is_typed_breaks_a_page(client, provider):
    survives(client, address("add-provider"), ["service_type", "name_km", "official_code", "located_in"])
    survives(client, address("provider", provider.pk), ["name_km", "official_code", "located_in"])
    survives(client, address("catchment", provider.pk), ["communes", "from_year"])
    survives(client, address("close-provider", provider.pk), ["active_to"])
    assert (
        client.post(address("catchment", provider.pk), {"communes": "\n".join(["000101"] * 60)}).status_code
        == 200
    )
