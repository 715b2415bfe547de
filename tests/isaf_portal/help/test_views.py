"""The help page, the guides and the list of words, as people open them."""

import pytest

from accounts.roles import ROLES
from communities.models import ProgrammeOrganisation
from tests.factories import (
    give_role,
    make_commune,
    make_organisation,
    make_person,
    make_programme,
    make_provider,
    make_round,
)

pytestmark = pytest.mark.django_db


def signed_in(client, person):
    client.force_login(person)
    return client


# --- The help page -------------------------------------------------------------------------------


def test_who_cannot_get_in_reads_the_help_too(client):
    page = client.get("/km/help/").content.decode()
    assert "បើខ្ញុំភ្លេចពាក្យសម្ងាត់?" in page
    assert "tel:" not in page


def test_the_help_page_begins_with_the_role_of_the_reader(client):
    clerk = make_person(role="council_clerk", area=make_commune())
    page = signed_in(client, clerk).get("/en/help/").content.decode()
    assert "How do I record what the council decided?" in page
    assert "How do I check and lock a scorecard?" not in page


def test_another_role_can_be_chosen_and_a_word_searched_for(client):
    page = client.get("/en/help/?role=ngo_officer&q=lock").content.decode()
    assert "How do I check and lock a scorecard?" in page
    assert "How do I sign in?" not in page


def test_nothing_found_is_said_in_words(client):
    assert "No answer was found" in client.get("/en/help/?q=zebra").content.decode()


@pytest.mark.parametrize("query", ["role=nobody", "q=%00", f"q={'x' * 300}", "q=%25s%5B", "role=&q="])
def test_nonsense_is_answered_with_the_page(client, query):
    assert client.get(f"/km/help/?{query}").status_code == 200


def test_the_help_page_costs_what_the_menu_costs_and_one_query_for_the_number(
    client, django_assert_num_queries
):
    commune = make_commune()
    person = make_person(role="council_clerk", area=commune)
    signed_in(client, person)
    with django_assert_num_queries(4):  # session, person, roles, help number
        client.get("/km/help/")
    give_role(person=person, role="committee_member", area=commune)
    give_role(person=person, role="service_provider", provider=make_provider(located_in=commune))
    with django_assert_num_queries(4):
        client.get("/km/help/")


# --- The help number -----------------------------------------------------------------------------


def test_the_number_is_that_of_the_programme_else_that_of_the_server(client, settings):
    settings.HELP_PHONE = "023 000 000"
    commune = make_commune(code="080101")
    clerk = make_person(role="council_clerk", area=commune)
    assert 'href="tel:023000000"' in signed_in(client, clerk).get("/en/help/").content.decode()
    make_round(commune=commune, programme=make_programme(is_practice=False, help_phone="+855 12 345 678"))
    page = client.get("/en/help/").content.decode()
    assert 'href="tel:+85512345678"' in page
    assert "023 000 000" not in page


def test_a_role_in_an_organisation_gets_the_numbers_of_its_programmes(client):
    organisation = make_organisation()
    programme = make_programme(is_practice=False, help_phone="012 111 222")
    ProgrammeOrganisation.objects.create(programme=programme, organisation=organisation)
    make_programme(is_practice=False, help_phone="012 999 999")
    person = make_person(role="facilitator", organisation=organisation, area=make_commune())
    page = signed_in(client, person).get("/en/help/").content.decode()
    assert "012 111 222" in page
    assert "012 999 999" not in page


# --- "How do I…" on a page -----------------------------------------------------------------------


def test_each_page_answers_what_is_asked_there_without_a_query_more(client, django_assert_num_queries):
    person = make_person(role="ngo_officer", programme=make_programme())
    page = signed_in(client, person).get("/en/settings/programmes/").content.decode()
    assert 'id="how"' in page
    assert "How do I set up a programme?" in page
    assert "How do I check and lock a scorecard?" not in page


def test_the_page_to_sign_in_helps_to_get_in(client):
    assert "What if I forget my password?" in client.get("/en/sign-in/").content.decode()


# --- Guides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_guide_as_a_page(client, role, language):
    page = client.get(f"/{language}/help/guide/{role}/").content.decode()
    assert f"/{language}/help/guide/{role}.pdf" in page


def test_a_guide_is_a_file_to_print_in_the_language_of_the_address(client):
    answer = client.get("/en/help/guide/councillor.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert 'filename="GUIDE_councillor_en.pdf"' in answer.headers["Content-Disposition"]
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("address", ["help/guide/king/", "help/guide/king.pdf", "help/guide/%00.pdf"])
def test_there_is_no_guide_for_what_is_no_role(client, address):
    assert client.get(f"/km/{address}").status_code == 404


# --- All words -----------------------------------------------------------------------------------


def test_only_who_looks_after_a_programme_lists_the_words(client):
    assert client.get("/km/help/words/").status_code == 302
    councillor = make_person(role="councillor", area=make_commune())
    assert signed_in(client, councillor).get("/km/help/words/").status_code == 403


def test_the_list_shows_each_string_with_its_place_its_khmer_and_room(client):
    officer = make_person(role="ngo_officer", programme=make_programme())
    page = signed_in(client, officer).get("/en/help/words/").content.decode()
    assert "Sign in and account" in page
    assert "Show the password" in page
    assert "បង្ហាញពាក្យសម្ងាត់" in page
    assert "Better word" in page
