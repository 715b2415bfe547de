"""Organisations through the pages."""

import pytest

from communities.models import Organisation
from tests.communities.views.settings_page import address, page_of, survives
from tests.factories import make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return make_programme(is_practice=False, partners=[make_organisation(name="ដៃគូ")])


@pytest.fixture
def officer(client, programme):
    person = make_person(role="ngo_officer", programme=programme)
    client.force_login(person)
    return person


@pytest.mark.parametrize("language", ["km", "en"])
def test_an_officer_sees_the_partners_of_the_own_programme(client, officer, language):
    make_organisation(name="ឆ្ងាយ")
    shown = page_of(client, "organisations", language=language)
    assert "ដៃគូ" in shown
    assert "ឆ្ងាយ" not in shown
    assert ("បន្ថែមអង្គការ" if language == "km" else "Add an organisation") in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, django_assert_num_queries, rows):
    client.force_login(make_person(role="administrator"))
    make_programme(partners=[make_organisation() for _ in range(rows)])
    with django_assert_num_queries(7):
        client.get(address("organisations"))


def test_an_organisation_is_added_to_the_programme_and_corrected(client, officer, programme):
    typed = {"kind": "local_ngo", "name_km": "អង្គការថ្មី", "name_en": "New one", "short_name": "NO"}
    refused = client.post(address("add-organisation"), typed)
    assert refused.status_code == 200
    client.post(address("add-organisation"), typed | {"programme": programme.pk})
    made = Organisation.objects.get(name_en="New one")
    assert programme.partners.filter(organisation=made).exists()
    client.post(address("organisation", made.pk), typed | {"short_name": "N"})
    made.refresh_from_db()
    assert made.short_name == "N"


def test_nothing_that_is_typed_breaks_a_page(client, officer):
    survives(client, address("add-organisation"), ["kind", "name_km", "name_en", "short_name", "programme"])
