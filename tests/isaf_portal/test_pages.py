"""The shell of every page: language, menu, place, failures."""

import pytest
from django.contrib.auth import get_user_model
from django.template import loader
from django.test import Client
from django.utils.translation import override
from django.views.defaults import server_error

from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return get_user_model().objects.create_user(name="Sun Sopheak", password="x", phone="+85512345678")


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def test_the_bare_address_leads_to_khmer_unless_the_reader_says_otherwise(client):
    assert client.get("/").url == "/km/"
    assert client.get("/", headers={"accept-language": "en"}).url == "/en/"
    assert client.get("/", headers={"accept-language": "fr"}).url == "/km/"


def test_the_bare_address_knows_the_language_of_the_person(signed_in, person):
    person.language = "en"
    person.save()
    assert signed_in.get("/").url == "/en/"


def test_a_page_says_its_language_and_leads_to_the_same_page_in_the_other(signed_in):
    page = signed_in.get("/km/account/?from=menu").content.decode()
    assert '<html lang="km">' in page
    assert 'href="/en/account/?from=menu" lang="en" hreflang="en"' in page


def test_the_menu_marks_where_the_reader_is(signed_in):
    page = signed_in.get("/km/").content.decode()
    assert 'aria-current="page">ការងាររបស់ខ្ញុំ' in page
    assert "Sun Sopheak" in page


def test_the_way_in_shows_no_menu(client):
    page = client.get("/km/sign-in/").content.decode()
    assert "i-nav" not in page
    assert "bootstrap-subset.css" in page


def test_an_unknown_page_is_told_in_words_with_a_way_out(signed_in):
    answer = signed_in.get("/km/no-such-page/")
    assert answer.status_code == 404
    assert "រកទំព័រនេះមិនឃើញ" in answer.content.decode()
    assert "Sun Sopheak" in answer.content.decode()


def test_a_form_from_an_old_page_is_told_in_words():
    careful = Client(enforce_csrf_checks=True)
    answer = careful.post("/km/sign-in/", {"identifier": "012345678", "password": "x"})
    assert answer.status_code == 403
    assert "ទំព័រនេះបើកចោលយូរពេក" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_a_failure_needs_neither_request_nor_database(name, django_assert_num_queries):
    with django_assert_num_queries(0), override("km"):
        page = loader.get_template(name).render()
    assert '<html lang="km">' in page
    assert 'href="/"' in page


def test_the_catalogue_of_components_shows_every_state(signed_in):
    for language in ("km", "en"):
        assert signed_in.get(f"/{language}/design/").status_code == 200


def test_the_menu_marks_the_part_that_a_deeper_page_belongs_to(client):
    person = make_person(role="ngo_officer")
    client.force_login(person)
    menus = {
        address: [
            str(entry["label"]) for entry in client.get(address).context["navigation"] if entry["is_current"]
        ]
        for address in (
            "/en/",
            "/en/rounds/",
            "/en/rounds/open/",
            "/en/review/",
            "/en/scorecards/",
            "/en/account/",
        )
    }
    assert menus == {
        "/en/": ["My work"],
        "/en/rounds/": ["Annual rounds"],
        "/en/rounds/open/": ["Annual rounds"],
        "/en/review/": ["Scorecards to check"],
        "/en/scorecards/": ["Annual rounds"],
        "/en/account/": [],
    }


# --- Failures are told in the reader's language ---------------------------------------------------

FAILURES = {
    400: {"km": "ប្រព័ន្ធអានអ្វីដែលបានផ្ញើនេះមិនបាន", "en": "The portal could not read this"},
    403: {"km": "នេះមិនមែនជាភារកិច្ចរបស់អ្នកទេ", "en": "This is not among your tasks"},
    404: {"km": "រកទំព័រនេះមិនឃើញ", "en": "This page was not found"},
    500: {"km": "មានបញ្ហានៅខាងប្រព័ន្ធ", "en": "Something went wrong on our side"},
}


def assert_told(answer, status, language):
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<html lang="{language}">' in page
    assert f"<h1>{FAILURES[status][language]}</h1>" in page
    assert page.count("<h1") == 1
    assert 'href="/"' in page


@pytest.mark.parametrize("language", ["km", "en"])
def test_each_failure_has_words_and_a_way_home(signed_in, rf, language):
    assert_told(signed_in.get(f"/{language}/", headers={"host": "x y"}), 400, language)
    assert_told(signed_in.get(f"/{language}/review/"), 403, language)
    assert_told(signed_in.get(f"/{language}/rounds/999999999999999999999/"), 404, language)
    with override(language):
        assert_told(server_error(rf.get(f"/{language}/")), 500, language)


def test_a_stranger_finds_no_more_than_that_a_page_is_not_there(client):
    assert_told(client.get("/en/no-such-page/"), 404, "en")
    assert_told(client.get("/no-such-page/", headers={"accept-language": "en"}), 404, "en")
