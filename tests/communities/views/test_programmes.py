"""Programmes through the pages."""

import pytest

from communities.models import Programme
from communities.words import words_of
from tests.communities.views.settings_page import address, page_of, survives
from tests.factories import make_organisation, make_person, make_programme, make_round

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])
TYPED = {
    "name_km": "កម្មវិធីពិត", "name_en": "Real programme", "phase": "II", "first_year": "២០២៦", "last_year": "",
    "small_group_minimum": "5", "gap_flag": "១,៥", "youth_from_age": "15", "youth_to_age": "30",
    "confirmations_needed": "1",
}  # fmt: skip


@pytest.fixture
def administrator(client):
    person = make_person(role="administrator")
    client.force_login(person)
    return person


@pytest.fixture
def programme():
    return make_round().programme


@LANGUAGES
def test_the_first_page_shows_the_parts_that_one_may_use(client, administrator, language):
    shown = page_of(client, "settings", language=language)
    assert ("កម្មវិធី" if language == "km" else "Programmes") in shown
    assert "/settings/groups/" not in shown
    client.force_login(make_person(role="facilitator"))
    shown = page_of(client, "settings", language=language)
    assert "/settings/groups/" in shown
    assert "/settings/programmes/" not in shown


def test_who_has_nothing_to_set_up_is_told_so(client):
    client.force_login(make_person(role="councillor"))
    assert "nothing to set up" in page_of(client, "settings")


@LANGUAGES
def test_the_pages_speak_the_readers_language(client, administrator, programme, language):
    for name, args, words in (
        ("programmes", (), {"km": "កម្មវិធីគំរូ", "en": "Practice programme"}),
        ("add-programme", (), {"km": "ឆ្នាំដំបូង", "en": "First year"}),
        ("programme", (programme.pk,), {"km": "២០២៥", "en": "2025"}),
        ("key-words", (programme.pk,), {"km": "ពាក្យគន្លឹះ", "en": "Key words"}),
        ("partners", (programme.pk,), {"km": "បញ្ចប់", "en": "End"}),
        ("scorecards:programme-scale", (programme.pk,), {"km": "ប្រាំពិន្ទុ", "en": "Five points"}),
    ):
        assert words[language] in page_of(client, name, *args, language=language)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, administrator, django_assert_num_queries, rows
):
    for _ in range(rows):
        make_programme(partners=[make_organisation()])
    with django_assert_num_queries(5):
        client.get(address("programmes"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_partners_cost_the_same_for_one_and_for_three(
    client, administrator, django_assert_num_queries, rows
):
    programme = make_programme(partners=[make_organisation() for _ in range(rows)])
    with django_assert_num_queries(7):
        client.get(address("partners", programme.pk))


def test_a_programme_is_added_with_khmer_digits_and_leads_to_its_partners(client, administrator):
    answer = client.post(address("add-programme"), TYPED)
    made = Programme.objects.get()
    assert answer.url == address("partners", made.pk)
    assert (made.first_year, str(made.gap_flag), made.is_practice) == (2026, "1.50", False)


def test_a_refusal_stands_on_the_form(client, administrator):
    answer = client.post(address("add-programme"), TYPED | {"last_year": "2020"})
    assert "The last year is before the first." in answer.content.decode()


def test_an_officer_changes_the_own_programme(client, programme):
    client.force_login(make_person(role="ngo_officer", programme=programme))
    client.post(address("programme", programme.pk), TYPED | {"small_group_minimum": "7"})
    programme.refresh_from_db()
    assert programme.small_group_minimum == 7


def test_key_words_are_kept_and_go_back_to_the_usual(client, administrator, programme):
    client.post(address("key-words", programme.pk), {"plan_short_km": "ផ.ស", "plan_short_en": "Plan"})
    assert words_of(programme)["plan_short"]["en"] == "Plan"
    assert 'value="Plan"' in page_of(client, "key-words", programme.pk)
    refused = client.post(address("key-words", programme.pk), {"cbo_en": "Club"})
    assert "“Club” has no Khmer" in refused.content.decode()
    client.post(address("key-words", programme.pk), {"plan_short_km": ""})
    assert not programme.key_words.exists()


def test_partners_join_and_leave(client, administrator, programme):
    other = make_organisation(is_practice=True)
    client.post(address("partners", programme.pk), {"organisation": other.pk, "leads": "on"})
    partner = programme.partners.get(organisation=other)
    assert partner.leads
    client.post(address("leave-programme", partner.pk))
    last = programme.partners.get()
    answer = client.post(address("leave-programme", last.pk), follow=True)
    assert "keeps at least one partner" in answer.content.decode()


def test_the_scale_is_refused_in_words(client, administrator, programme):
    answer = client.post(address("scorecards:programme-scale", programme.pk), {"points": "3"})
    assert "no words for this scale" in answer.content.decode()


def test_nothing_that_is_typed_breaks_a_page(client, administrator, programme):
    survives(client, address("add-programme"), TYPED)
    survives(client, address("key-words", programme.pk), ["plan_short_km", "plan_short_en"])
    survives(client, address("partners", programme.pk), ["organisation", "leads"])
    survives(client, address("scorecards:programme-scale", programme.pk), ["points"])
    assert client.get(address("programmes") + "?page=x").status_code == 200
