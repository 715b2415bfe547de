"""The cells of a plan: unknown is a dash, zero is zero, and each language has its own signs."""

import pytest
from django.utils.translation import override

from scorecards.plans.rows import external_section, internal_section, words
from tests.scorecards.plan_examples import example_content, text


def rows_of(section):
    return [row for group in section.groups for row in group.rows]


def first_row(language: str = "km", corrected=frozenset(), **fields):
    content = example_content(1)
    content["external"][0] |= fields
    with override(language):
        return rows_of(external_section(content, language, corrected))[0]


@pytest.mark.parametrize(
    ("field", "cell", "known"),
    [
        ("cost_riel", "cost", {0: "០", 48_000_000: "៤៨\xa0០០០\xa0០០០"}),
        ("beneficiaries", "beneficiaries", {0: "០", 2140: "២\xa0១៤០"}),
        ("female", "female", {0: "០", 999: "៩៩៩"}),
        ("quantity", "quantity", {"0": "០", "1200": "១\xa0២០០", "1200.00": "១\xa0២០០", "2.50": "២,៥"}),
        ("start", "start", {"2027-11-01": "វិច្ឆិកា\xa0២០២៧"}),
        ("end", "end", {"2027-02-15": "កុម្ភៈ\xa0២០២៧"}),
        ("lead", "lead", {}),
        ("unit", "unit", {}),
    ],
)
def test_zero_is_printed_and_the_unknown_is_a_dash(field, cell, known):
    empty = text("") if field in ("lead", "unit") else None

    assert getattr(first_row(**{field: empty}), cell) == "—"
    assert {value: getattr(first_row(**{field: value}), cell) for value in known} == known


def test_what_need_not_be_there_leaves_its_line_out():
    row = first_row(route=text(""), partners=text(""), target_score=None)

    assert (row.route, row.partners, row.target_score) == ("", "", "")


def test_the_score_behind_the_target_has_the_comma_or_the_point_of_the_language():
    assert first_row("km", target_score="2.6").target_score == "២,៦"
    assert first_row("en", target_score="2.6").target_score == "2.6"


def test_a_text_without_translation_is_shown_in_its_own_language_and_marked():
    assert words(text("លូ", "Drain"), "en") == "Drain"
    assert words(text("លូ <ធំ>"), "en") == '<span lang="km">លូ &lt;ធំ&gt;</span>'
    assert words(text("", "Drain"), "km") == '<span lang="en">Drain</span>'
    assert words(text(""), "km") == "—"


def test_a_corrected_row_is_marked_in_its_own_section_only():
    content = example_content(8)

    outside = rows_of(external_section(content, "en", {"ខ.2"}))
    inside = rows_of(internal_section(content, "en", {"ខ.2"}))

    assert [row.number for row in outside if row.corrected] == []
    assert [row.label for row in inside if row.corrected] == ["B.2"]


def test_providers_are_numbered_under_the_letter_of_the_section():
    content = example_content(8)
    content["internal"][1]["provider"] = text("សាលា <១>")

    khmer = [group.heading for group in internal_section(content, "km", set()).groups]
    english = [group.heading for group in internal_section(content, "en", set()).groups]

    assert khmer == ["ខ-១ មណ្ឌលសុខភាព", "ខ-២ សាលា &lt;១&gt;", "ខ-៣ រដ្ឋបាលឃុំ"]
    assert english[0] == "B-1 Health centre"
    assert english[1] == 'B-2 <span lang="km">សាលា &lt;១&gt;</span>'


def test_a_section_says_its_sum_and_what_is_not_in_it():
    content = example_content(8)
    content["external"][0]["cost_riel"] = None

    with override("en"):
        section = external_section(content, "en", set())

    assert section.subtotal == "9\xa0600\xa0000"
    assert section.unknown_costs == "1 activity has no estimated cost yet"


def test_a_section_without_activities_costs_nothing():
    section = internal_section(example_content(1), "km", set())

    assert (section.groups, section.subtotal, section.unknown_costs) == ([], "០", "")
