"""Reasons, suggestions and submitting through their page."""

import pytest
import time_machine

from accounts.models import AuditEvent
from scorecards.entry.sheets import current_version
from scorecards.models import ScorecardCriterion
from scorecards.operations.reasons import record_reasons
from tests.factories import (
    make_complete,
    make_criteria,
    make_locked,
    make_person,
    make_sheet,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

# Session, person, roles of today, the scorecard twice (found, allowed), version, criteria with their suggestions (two),
# what is missing (eight), warnings (eight).
QUERIES = 24


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def card(world):
    card = world.sitting()
    make_criteria(version=current_version(card), number=2)
    return card


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def address(card, language="km", page="reasons") -> str:
    return f"/{language}/scorecards/{card.pk}/{page}/"


def rows_of(card) -> list[ScorecardCriterion]:
    return list(current_version(card).criteria.order_by("order"))


def page_of(client, card) -> dict:
    """Every field of the page as a browser sends it back."""
    sent = {}
    for form in client.get(address(card)).context["forms"]:
        sent |= {field.html_name: field.value() or "" for field in form}
    return sent


def texts(row) -> tuple[str, str, list[str]]:
    row = ScorecardCriterion.objects.get(pk=row.pk)
    return row.strengths, row.weaknesses, list(row.suggestions.order_by("pk").values_list("text", flat=True))


def typed(row, **fields) -> dict:
    return {f"r{row.criterion_id}-{name}": text for name, text in fields.items()}


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["council_clerk", "service_provider", "councillor"])
def test_reasons_of_a_sitting_do_not_exist_for_others(world, card, client, role):
    client.force_login(world.person(role))
    assert client.get(address(card)).status_code == 404
    assert client.post(address(card, page="submit")).status_code == 404


def test_a_clerk_may_not_submit_what_was_locked_before(world, client):
    card = world.sitting()
    make_locked(scorecard=card)
    client.force_login(world.person("council_clerk"))
    assert client.get(address(card)).status_code == 403
    assert client.post(address(card, page="submit")).status_code == 403


def test_submitting_is_never_a_get(facilitator, card, client):
    assert client.get(address(card, page="submit")).status_code == 405


def test_a_provider_submits_its_own_assessment(world, client):
    own = world.self_assessment()
    make_complete(version=current_version(own), counts={"all": (0, 1, 3, 4, 0)})
    client.force_login(world.person("service_provider"))
    client.post(address(own, page="submit"))
    assert current_version(own).status == "submitted"


# --- Reasons --------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_per_criterion(facilitator, card, client):
    first, second = rows_of(card)
    fields = typed(
        first, strengths="ថ្នាំមានគ្រប់", weaknesses="អស់ចុងខែ", suggestion_1="បិទផ្សាយ", suggestion_3="ទិញទុក"
    )
    answer = client.post(address(card), page_of(client, card) | fields)
    assert answer.url == address(card)
    assert texts(first) == ("ថ្នាំមានគ្រប់", "អស់ចុងខែ", ["បិទផ្សាយ", "ទិញទុក"])
    assert texts(second) == ("", "", [])
    # Of what nobody touched, nothing stands in the trail.
    assert AuditEvent.objects.filter(verb="scorecards.reasons.recorded", actor=facilitator.pk).count() == 1


@pytest.mark.parametrize(("text", "language"), [("ល្អ water", "km"), ("Good water", "en")])
def test_the_language_of_a_reason_is_that_of_its_letters(facilitator, card, client, text, language):
    first = rows_of(card)[0]
    client.post(address(card), page_of(client, card) | typed(first, strengths=text))
    assert ScorecardCriterion.objects.get(pk=first.pk).text_language == language


@pytest.mark.parametrize(
    ("language", "missing", "complete"), [("en", "Missing", "Complete"), ("km", "នៅខ្វះ", "គ្រប់")]
)
def test_each_criterion_says_whether_it_is_complete(facilitator, card, client, language, missing, complete):
    first = rows_of(card)[0]
    record_reasons(scored=first, strengths="ល្អ", weaknesses="", suggestions=["ធ្វើ"], by=facilitator)
    page = client.get(address(card, language)).content.decode()
    assert missing in page
    assert complete in page


def test_an_old_page_does_not_wipe_out_what_another_wrote(facilitator, card, client):
    first, second = rows_of(card)
    old = page_of(client, card)
    record_reasons(scored=first, strengths="ល្អ", weaknesses="", suggestions=["ធ្វើ"], by=make_person())
    client.post(address(card), old | typed(second, weaknesses="អស់"))
    assert texts(first) == ("ល្អ", "", ["ធ្វើ"])
    assert texts(second) == ("", "អស់", [])


def test_two_who_write_the_same_criterion_see_each_others_text(facilitator, card, client):
    first = rows_of(card)[0]
    old = page_of(client, card)
    record_reasons(scored=first, strengths="របស់គេ", weaknesses="", suggestions=[], by=make_person())
    answer = client.post(address(card), old | typed(first, strengths="របស់ខ្ញុំ"))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "របស់គេ" in str(answer.context["forms"][0].non_field_errors())
    assert "របស់ខ្ញុំ" in shown
    assert texts(first)[0] == "របស់គេ"
    again = {field.html_name: field.value() or "" for form in answer.context["forms"] for field in form}
    client.post(address(card), again)
    assert texts(first)[0] == "របស់ខ្ញុំ"


def test_a_criterion_chosen_after_the_page_was_loaded_is_left_alone(facilitator, card, client):
    first, second = rows_of(card)
    sent = {
        name: text for name, text in page_of(client, card).items() if f"r{second.criterion_id}" not in name
    }
    record_reasons(scored=second, strengths="ល្អ", weaknesses="", suggestions=[], by=make_person())
    client.post(address(card), sent | typed(first, strengths="ស្អាត"))
    assert texts(second)[0] == "ល្អ"


@pytest.mark.parametrize("text", ["\x00", "ក" * 2_001, "ក" * 70_000])
def test_texts_that_cannot_be_are_shown_again_in_khmer(facilitator, card, client, text):
    first, second = rows_of(card)
    sent = page_of(client, card) | typed(first, strengths=text) | typed(second, strengths="ល្អ")
    answer = client.post(address(card), sent)
    assert answer.status_code == 200
    assert any("\u1780" <= letter <= "\u17ff" for letter in str(answer.context["forms"][0].errors))
    assert texts(first)[0] == ""
    # What is right is kept all the same.
    assert texts(second)[0] == "ល្អ"


def test_what_people_said_is_never_taken_for_markup(facilitator, card, client):
    first = rows_of(card)[0]
    client.post(
        address(card), page_of(client, card) | typed(first, strengths="</textarea><script>x</script>")
    )
    assert "<script>x" not in client.get(address(card)).content.decode()


# --- Submitting -----------------------------------------------------------------------------------


def test_the_list_of_what_is_missing_leads_to_the_very_place(facilitator, card, client):
    make_sheet(version=current_version(card), people={"women": 21, "men": 15, "youth": 12})
    first = rows_of(card)[0]
    answer = client.get(address(card, "en"))
    addresses = [url for _missing, url in answer.context["lacking"]]
    here = f"/en/scorecards/{card.pk}"
    assert f"{here}/meeting/#meeting" in addresses
    assert f"{here}/sheet/?group=women#r{first.criterion_id}" in addresses
    assert f"{here}/reasons/#r{first.criterion_id}" in addresses
    page = answer.content.decode()
    assert f"Submit · {len(addresses)} missing" in page
    assert f'href="{addresses[0]}">Submit' in page
    assert f"{here}/submit/" not in page


def test_a_warning_stops_nobody_and_stands_apart(facilitator, world, client):
    card = world.sitting()
    make_complete(version=current_version(card), number=2)
    answer = client.get(address(card, "en"))
    assert not answer.context["lacking"]
    assert answer.context["warnings"]
    assert "none of them names a person" in answer.content.decode()
    client.post(address(card, page="submit"))
    assert current_version(card).status == "submitted"


def test_submitting_keeps_what_was_typed_on_the_page(facilitator, world, client):
    card = world.sitting()
    make_complete(version=current_version(card))
    first = rows_of(card)[0]
    sent = page_of(client, card) | typed(first, strengths="ប្រសើរជាងមុន")
    answer = client.post(address(card, page="submit"), sent)
    assert answer.url == address(card)
    assert texts(first)[0] == "ប្រសើរជាងមុន"
    version = current_version(card)
    assert (version.status, version.submitted_by) == ("submitted", facilitator)
    assert AuditEvent.objects.filter(verb="scorecards.scorecard.submitted", actor=facilitator.pk).exists()


def test_something_missing_is_refused_and_said(facilitator, card, client):
    answer = client.post(address(card, page="submit"), follow=True)
    assert answer.redirect_chain[-1][0] == f"{address(card)}#submit"
    assert "មិនអាចដាក់ស្នើ" in answer.content.decode() or "នៅខ្វះ" in answer.content.decode()
    assert current_version(card).status == "draft"


def test_submitting_twice_submits_once(facilitator, world, client):
    card = world.sitting()
    make_complete(version=current_version(card))
    for _twice in range(2):
        assert client.post(address(card, page="submit")).status_code == 302
    assert AuditEvent.objects.filter(verb="scorecards.scorecard.submitted").count() == 1
    assert "submitted" in client.get(address(card, "en")).content.decode()


def test_a_submitted_scorecard_is_read_only(facilitator, world, client):
    card = world.sitting()
    make_submitted(scorecard=card)
    page = client.get(address(card, "en")).content.decode()
    assert "<textarea" not in page
    assert "waits to be checked" in page
    first = rows_of(card)[0]
    sent = typed(
        first, shown="x", strengths="later", weaknesses="", suggestion_1="", suggestion_2="", suggestion_3=""
    )
    client.post(address(card), sent)
    assert texts(first)[0] == "ល្អ"


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_criterion_and_with_three(
    facilitator, world, client, django_assert_num_queries, number
):
    card = world.sitting()
    make_complete(version=current_version(card), number=number)
    client.get(address(card))
    with django_assert_num_queries(QUERIES):
        client.get(address(card))
