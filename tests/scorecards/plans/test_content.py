"""The frozen copy of a plan: what is no valid copy, what is summed, what the check code is made of."""

import hashlib
import json

import pytest

from scorecards.plans.content import check_code, content_hash, cost_of, internal_items, items, problems_in
from tests.scorecards.plan_examples import example_content, text


def changed(content: dict, path: tuple, value: object) -> dict:
    target = content
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return content


# --- Refused ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        (("schema",), 2, "content.schema"),
        (("draft",), "no", "content.draft"),
        (("plan_year",), True, "content.plan_year"),
        (("document_code",), "", "content.document_code"),
        (("submitted_on",), "24/07/2026", "content.submitted_on"),
        (("meeting_on",), 20260717, "content.meeting_on"),
        (("commune",), None, "content.commune"),
        (("commune", "name"), "គំរូ", "content.commune.name"),
        (("words", "plan_title"), {"km": "ផែនការ"}, "content.words.plan_title"),
        (("external",), {}, "content.external"),
        (("external", 0, "cost_riel"), -1, "content.external[0].cost_riel"),
        (("external", 0, "cost_riel"), 2.5, "content.external[0].cost_riel"),
        (("external", 0, "quantity"), 12, "content.external[0].quantity"),
        (("external", 0, "quantity"), "NaN", "content.external[0].quantity"),
        (("external", 0, "quantity"), "many", "content.external[0].quantity"),
        (("internal", 0, "items", 1, "activity"), {"km": None, "en": ""}, "content.internal[0].items[1].activity"),
        (("signatures", 0, "role"), "king", "content.signatures"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_place(path, value, where):
    problems = problems_in(changed(example_content(), path, value))

    assert [problem for problem in problems if problem.startswith(f"{where}:")]


def test_a_missing_and_an_unknown_key_are_told_apart():
    content = example_content()
    content["colour"] = content.pop("practice")

    assert problems_in(content) == ["content.colour: unknown", "content.practice: missing"]


def test_only_a_draft_may_have_no_day_of_submission():
    assert problems_in(example_content(submitted_on=None)) == [
        "content.submitted_on: only a draft may leave it out"
    ]
    assert problems_in(example_content(submitted_on=None, draft=True)) == []


def test_a_ninth_signature_does_not_fit():
    signature = {"role": "provider", "title": text("មណ្ឌលសុខភាព"), "name": text("")}

    assert problems_in(example_content(signatures=[signature] * 8)) == []
    assert len(problems_in(example_content(signatures=[signature] * 9))) == 1


# --- What it holds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 8, 60])
def test_the_examples_are_valid(count):
    content = example_content(count)

    assert problems_in(content) == []
    assert len(list(items(content))) == count


def test_section_a_comes_first_and_numbers_go_on_over_providers():
    content = example_content(8)

    assert [item["number"] for item in content["external"]] == [1, 2, 3, 4]
    assert [item["number"] for item in internal_items(content)] == [1, 2, 3, 4]
    assert list(items(content)) == [*content["external"], *internal_items(content)]


@pytest.mark.parametrize(
    ("costs", "riel", "unknown"),
    [([], 0, 0), ([0, 0], 0, 0), ([5, None], 5, 1), ([None, None], None, 2), ([0, None], 0, 1)],
)
def test_what_is_known_is_summed_and_what_is_not_is_counted(costs, riel, unknown):
    cost = cost_of([{"cost_riel": cost} for cost in costs])

    assert (cost.riel, cost.unknown_count) == (riel, unknown)


# --- The check code ---------------------------------------------------------------------------------


def test_the_hash_is_that_of_the_sorted_json_without_spaces():
    content = example_content(1)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert content_hash(content) == hashlib.sha256(canonical.encode()).hexdigest()
    assert content_hash(dict(reversed(content.items()))) == content_hash(content)


def test_a_copy_read_back_from_json_keeps_its_hash():
    content = example_content(8)

    assert content_hash(json.loads(json.dumps(content))) == content_hash(content)


def test_every_change_changes_the_hash():
    assert content_hash(example_content(version=4)) != content_hash(example_content(version=3))


def test_the_check_code_is_the_beginning_of_the_hash():
    assert check_code("0123456789abcdef") == "01234567"
