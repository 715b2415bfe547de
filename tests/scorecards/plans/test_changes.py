"""What is said of two versions of a plan."""

from copy import deepcopy

import pytest
from django.utils.translation import override

from scorecards.plans.changes import changes_between
from tests.scorecards.plan_examples import example_content


@pytest.fixture
def before():
    content = example_content()
    for number, item in enumerate(content["external"], start=1):
        item["id"] = 100 + number
    for number, item in enumerate(
        (item for group in content["internal"] for item in group["items"]), start=1
    ):
        item["id"] = 200 + number
    return content


@pytest.fixture
def after(before):
    return deepcopy(before)


def said(before, after, language="en"):
    with override(language):
        return changes_between(before, after)


def test_the_same_copy_changed_nothing(before, after):
    after["version"], after["submitted_on"] = 9, "2026-09-01"
    assert said(before, after) == []


def test_cost_and_months_are_said_with_both_values(before, after):
    after["external"][0]["cost_riel"] = None
    after["external"][0]["end"] = "2027-12-01"
    after["external"][1]["start"] = None
    assert said(before, after) == [
        "cost of A.1: 48\u00a0000\u00a0000\u00a0riel → —",
        "end of A.1: Nov\u00a02027 → Dec\u00a02027",
        "start of A.2: Feb\u00a02027 → —",
    ]


def test_khmer_readers_get_khmer_letters_and_digits(before, after):
    after["external"][0]["cost_riel"] = 0
    assert said(before, after, "km") == ["តម្លៃ ក.១៖ ៤៨\u00a0០០០\u00a0០០០\u00a0៛ → ០\u00a0៛"]


def test_an_unknown_cost_that_becomes_zero_is_a_change(before, after):
    before["external"][0]["cost_riel"] = None
    after["external"][0]["cost_riel"] = 0
    assert said(before, after) == ["cost of A.1: — → 0\u00a0riel"]


def test_texts_are_named_and_english_alone_is_said_once(before, after):
    after["external"][0]["lead"]["km"] = "ស្មៀន"
    after["external"][0]["quantity"] = "5"
    after["external"][1]["activity"]["en"] = "Another"
    after["external"][2]["location"]["en"] = "Another"
    assert said(before, after) == ["A.1: quantity, who leads", "English text changed: A.2, A.3"]


def test_what_came_and_went_is_named(before, after):
    gone = after["external"].pop(0)
    new = deepcopy(gone) | {"id": 999, "activity": {"km": "ថ្មី", "en": ""}}
    after["internal"][0]["items"].append(new | {"number": 9})
    assert said(before, after) == ["B.9 is new: ថ្មី", "Taken out: Build the village drain in Kumru 2"]


def test_a_new_number_alone_is_no_change(before, after):
    after["external"][0]["number"], after["external"][1]["number"] = 2, 1
    after["external"].reverse()
    assert said(before, after) == []
