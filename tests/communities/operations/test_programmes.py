"""Programmes: which settings make no sense, whose words they say, who works in them."""

from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from communities.operations.fitness import SettingRefused
from communities.operations.programmes import join_programme, leave_programme, put_key_words, put_programme
from communities.words import words_of
from isaf_portal.lib.texts import TextTooLong
from tests.factories import make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def programme():
    return make_programme()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name_km": " \u200b "},
        {"last_year": 2025},
        {"small_group_minimum": 2},
        {"small_group_minimum": 51},
        {"gap_flag": Decimal(0)},
        {"gap_flag": Decimal("4.5")},
        {"youth_from_age": 31},
        {"youth_to_age": 60},
        {"confirmations_needed": 0},
        {"confirmations_needed": 6},
    ],
)
def test_settings_that_make_no_sense_are_refused(person, wrong):
    with pytest.raises(SettingRefused):
        put_programme(**({"name_km": "កម្មវិធី", "first_year": 2026} | wrong), by=person)


def test_a_name_is_not_cut(person):
    with pytest.raises(TextTooLong):
        put_programme(name_km="ក" * 161, first_year=2026, by=person)


def test_a_new_programme_is_real_with_five_points(person):
    made = put_programme(name_km="កម្មវិធី", name_en="Programme", phase="II", first_year=2026, by=person)
    made.refresh_from_db()
    assert (str(made), made.scale_points, made.is_practice) == ("កម្មវិធី II", 5, False)


def test_what_a_practice_person_makes_is_practice(person):
    person.is_practice = True
    assert put_programme(name_km="កម្មវិធី", first_year=2026, by=person).is_practice


def test_a_change_keeps_scale_and_practice_and_leaves_numbers_in_the_trail(person):
    programme = make_programme(scale_points=3)
    put_programme(
        programme=programme, name_km="ថ្មី", first_year=2026, last_year=2030, gap_flag=Decimal("1.5"), by=person
    )
    programme.refresh_from_db()
    assert (programme.name_km, programme.scale_points, programme.is_practice) == ("ថ្មី", 3, True)
    event = AuditEvent.objects.get(verb="communities.programme.changed")
    assert (event.object_id, event.detail["gap_flag"]) == (str(programme.pk), "1.5")
    assert "ថ្មី" not in str(event.detail)


def test_english_alone_is_no_word(person, programme):
    with pytest.raises(SettingRefused):
        put_key_words(programme=programme, words={"plan_short": ("", "Plan")}, by=person)
    with pytest.raises(TypeError):
        put_key_words(programme=programme, words={"unknown": ("ក", "")}, by=person)


def test_a_programme_says_a_word_its_own_way_until_it_is_blank(person, programme):
    put_key_words(programme=programme, words={"plan_short": ("ផ.ស", "Plan"), "cbo": ("", "")}, by=person)
    assert words_of(programme)["plan_short"] == {"km": "ផ.ស", "en": "Plan"}
    put_key_words(programme=programme, words={"plan_short": ("", "")}, by=person)
    assert words_of(programme)["plan_short"]["en"] == "JAAP"
    assert [
        event.detail["own"] for event in AuditEvent.objects.filter(verb="communities.key_words.chosen")
    ] == [1, 0]


def test_the_usual_word_is_not_kept_as_its_own(person, programme):
    usual = words_of(programme)["cbo"]
    put_key_words(programme=programme, words={"cbo": (usual["km"], usual["en"])}, by=person)
    assert not programme.key_words.exists()


def test_practice_and_real_organisations_do_not_meet(person, programme):
    with pytest.raises(SettingRefused):
        join_programme(programme=programme, organisation=make_organisation(), by=person)


def test_a_partner_joins_once_and_may_lead_later(person, programme):
    organisation = make_organisation(is_practice=True)
    join_programme(programme=programme, organisation=organisation, by=person)
    partner = join_programme(programme=programme, organisation=organisation, leads=True, by=person)
    assert partner.leads
    assert programme.partners.count() == 1
    event = AuditEvent.objects.filter(verb="communities.programme.joined").latest("pk")
    assert event.detail == {"organisation": organisation.pk, "leads": True}


def test_the_last_partner_stays(person, programme):
    first, second = (
        join_programme(programme=programme, organisation=make_organisation(is_practice=True), by=person)
        for _ in range(2)
    )
    leave_programme(partner=first, by=person)
    with pytest.raises(SettingRefused):
        leave_programme(partner=second, by=person)
    assert AuditEvent.objects.filter(verb="communities.programme.left").count() == 1
