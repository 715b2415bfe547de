"""Community facilitators and groups through the pages."""

import pytest
import time_machine

from communities.models import Cbo, CboYear, Facilitator
from tests.communities.views.settings_page import address, page_of, survives
from tests.factories import make_commune, make_organisation, make_person

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def organisation():
    return make_organisation(is_practice=True)


@pytest.fixture
def person(client, organisation):
    person = make_person(role="facilitator", organisation=organisation, area=make_commune())
    client.force_login(person)
    return person


def make_facilitator(organisation):
    return Facilitator.objects.create(
        organisation=organisation, name="កែវ សុខា", is_female=True, base_commune=make_commune()
    )


def make_cbo(number=1):
    cbo = Cbo.objects.create(
        name_km=f"ក្រុមសន្សំ {number}", name_en=f"Savings group {number}", commune=make_commune(), kind="សន្សំ"
    )
    CboYear.objects.create(cbo=cbo, year=2025, members_count=20, female_count=12)
    CboYear.objects.create(cbo=cbo, year=2026, members_count=24)
    return cbo


@LANGUAGES
def test_the_pages_speak_the_readers_language(client, person, organisation, language):
    facilitator, cbo = make_facilitator(organisation), make_cbo()
    for name, args, words in (
        ("facilitators", (), {"km": "ស្រី", "en": "Woman"}),
        ("add-facilitator", (), {"km": "ឃុំមូលដ្ឋាន", "en": "Home commune"}),
        ("facilitator", (facilitator.pk,), {"km": "ឈ្មោះពេញ", "en": "Full name"}),
        ("cbos", (), {"km": "២៤", "en": "24"}),
        ("add-cbo", (), {"km": "ក្លឹបយុវជន", "en": "youth club"}),
        ("cbo", (cbo.pk,), {"km": "ប្រភេទ", "en": "Kind"}),
        ("cbo-year", (cbo.pk,), {"km": "ក្នុងនោះស្រី", "en": "Women among them"}),
    ):
        assert words[language] in page_of(client, name, *args, language=language)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(
    client, person, organisation, django_assert_num_queries, rows
):
    for number in range(rows):
        make_facilitator(organisation)
        make_cbo(number)
    for name in ("facilitators", "cbos"):
        with django_assert_num_queries(5):
            client.get(address(name))


@pytest.mark.parametrize(
    "query", ["?text=000101", "?text=kumru", "?text=%00", "?page=9", "?text=" + "x" * 500]
)
def test_the_lists_are_found_by_commune_and_do_not_break(client, person, organisation, query):
    make_facilitator(organisation)
    make_cbo()
    for name in ("facilitators", "cbos"):
        assert page_of(client, name, query=query)
    assert client.get(f"{address('cbos')}?text=000102").context["found"] == 0


def test_a_facilitator_is_added_and_stops(client, person, organisation):
    typed = {
        "name": "ហេង រតនា",
        "is_female": "man",
        "organisation": organisation.pk,
        "base_commune": "000101",
    }
    client.post(address("add-facilitator"), typed)
    made = Facilitator.objects.get()
    assert made.is_female is False
    assert 'value="man" selected' in page_of(client, "facilitator", made.pk)
    client.post(address("facilitator", made.pk), typed | {"is_female": "", "active_to": "01/06/2026"})
    made.refresh_from_db()
    assert made.is_female is None
    assert "Stopped" in page_of(client, "facilitators")


def test_another_commune_is_refused_in_words(client, person, organisation):
    make_commune(code="000102")
    typed = {"name": "ហេង", "organisation": organisation.pk, "base_commune": "000102"}
    assert "do not reach" in client.post(address("add-facilitator"), typed).content.decode()
    typed = {"name_km": "ក្រុម", "commune": "000102", "kind": "សន្សំ"}
    assert "do not reach" in client.post(address("add-cbo"), typed).content.decode()


def test_a_group_is_added_corrected_and_counted(client, person):
    typed = {"name_km": "ក្រុម", "commune": "000101", "kind": "សន្សំ"}
    answer = client.post(address("add-cbo"), typed)
    made = Cbo.objects.get()
    assert answer.url == address("cbo-year", made.pk)
    client.post(address("cbo-year", made.pk), {"year": "2026", "members_count": "២៤", "female_count": ""})
    assert made.years.get().members_count == 24
    refused = client.post(
        address("cbo-year", made.pk), {"year": "2026", "members_count": "2", "female_count": "3"}
    )
    assert "more women than members" in refused.content.decode()
    client.post(address("cbo", made.pk), typed | {"kind": "កសិករ"})
    made.refresh_from_db()
    assert made.kind == "កសិករ"


def test_a_representative_sees_the_own_group_and_changes_nothing(client):
    own, other = make_cbo(1), make_cbo(2)
    client.force_login(make_person(role="cbo_representative", cbo=own))
    shown = page_of(client, "cbos")
    assert own.name_en in shown
    assert other.name_en not in shown
    assert "/settings/groups/add/" not in shown
    assert client.get(address("cbo", other.pk)).status_code == 404


def test_nothing_that_is_typed_breaks_a_page(client, person):
    cbo = make_cbo()
    survives(
        client, address("add-facilitator"), ["name", "is_female", "organisation", "base_commune", "active_to"]
    )
    survives(client, address("add-cbo"), ["name_km", "name_en", "commune", "kind"])
    survives(client, address("cbo-year", cbo.pk), ["year", "members_count", "female_count"])
