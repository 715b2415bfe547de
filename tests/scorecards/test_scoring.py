"""The arithmetic of docs/scoring.md: every figure of its examples is computed again from that page."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isaf_portal.lib import formats
from scorecards import scoring

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"
FIVE = st.lists(st.integers(0, 60), min_size=5, max_size=5)
THREE = st.lists(st.integers(0, 60), min_size=3, max_size=3)
CRITERION_A = {"women": (1, 4, 7, 6, 2), "men": (0, 1, 3, 7, 4), "youth": (3, 5, 3, 1, 0)}


def examples() -> dict[str, str]:
    """The sections of the page by the word after "Example"."""
    sections = re.split(r"^#+ ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {each.split("\n")[0]: each for each in sections if each.startswith("Example")}


def rows(section: str) -> dict[str, dict[str, str]]:
    """The table of one section: row name -> column -> text, with the counts under "counts"."""
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    head, body = lines[0], lines[1:]
    return {line[0]: dict(zip(head, line, strict=True)) for line in body}


def counts_of(row: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(row[str(score)]) for score in range(1, 6) if str(score) in row)


def sentences(section: str) -> list[tuple[str, list[tuple[int, ...]], str]]:
    """The list under a table, as (what, counts it speaks of, answer)."""
    table = rows(section)
    found = re.findall(r"^- ([a-z -]+?)(?: of)? ([A-Z].*?): (.+)$", section, flags=re.MULTILINE)
    return [
        (what, [counts_of(table[name]) for name in names.split(", ")], answer)
        for what, names, answer in found
    ]


ROWS = [
    pytest.param(row, id=f"{title[:12]} {name}")
    for title, section in examples().items()
    for name, row in rows(section).items()
]
SENTENCES = [
    pytest.param(rows(section), sentence, id=f"{title[:12]} {sentence[0]}")
    for title, section in examples().items()
    for sentence in sentences(section)
]


def test_the_page_has_the_examples_a_to_d():
    titles = " ".join(examples())
    assert [letter for letter in "ABCD" if f"Example {letter}:" in titles] == list("ABCD")
    assert len(ROWS) == 17
    assert len(SENTENCES) == 6


@pytest.mark.parametrize("row", ROWS)
def test_a_row_of_the_page_is_computed_as_it_stands_there(row):
    counts = counts_of(row)
    assert scoring.people(counts) == int(row["people"])
    assert formats.decimal(scoring.mean(counts), "en", 2) == row["mean"]
    assert scoring.median(counts) == Decimal(row["median"])
    assert formats.decimal(scoring.satisfied(counts).percent, "en") == row["satisfied %"]
    assert formats.decimal(scoring.dissatisfied(counts).percent, "en") == row["not satisfied %"]
    if "word" in row:
        word = scoring.word_score(scoring.mean(counts), len(counts))
        assert ("opinions differ" if scoring.opinions_differ(counts) else str(word)) == row["word"]


@pytest.mark.parametrize(("table", "sentence"), SENTENCES)
def test_a_sentence_of_the_page_is_true(table, sentence):
    what, counts, answer = sentence
    figure, _, state = answer.partition(", ")
    points = len(counts[0])
    if what == "group gap":
        gap = scoring.group_gap(counts)
        assert formats.decimal(gap, "en", 2) == figure
        assert scoring.is_flagged(gap, points) is (state == "flagged")
    elif what == "provider gap":
        gap = scoring.provider_gap(*counts)
        assert formats.signed(gap, "en", 2) == figure
        assert scoring.is_flagged(gap, points) is (state == "flagged")
    elif what == "session-equal mean":
        assert formats.decimal(scoring.session_equal_mean(counts), "en", 2) == figure
        assert not (state and scoring.session_equal_differs(counts))
    else:
        assert (what, scoring.pool(counts)) == ("pooled", counts_of(table[answer]))


# --- Refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize("counts", [(1, 2), (1, 2, 3, 4), (), (1,) * 10])
def test_a_scale_other_than_three_or_five_points_is_refused(counts):
    with pytest.raises(ValueError, match="3 or 5"):
        scoring.mean(counts)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        scoring.median((1, -1, 0))


def test_scores_of_different_scales_are_neither_pooled_nor_compared():
    with pytest.raises(ValueError, match="pooled"):
        scoring.pool([(1, 2, 3), (1, 2, 3, 4, 5)])
    with pytest.raises(ValueError, match="compared"):
        scoring.provider_gap((1, 2, 3), (1, 2, 3, 4, 5))


def test_a_part_larger_than_its_whole_is_refused():
    with pytest.raises(ValueError, match="never larger"):
        scoring.minus((1, 1, 1), (0, 2, 0))


# --- Nobody ------------------------------------------------------------------------------------


def test_where_nobody_scored_there_is_no_figure_and_not_zero():
    nobody = (0, 0, 0, 0, 0)
    assert scoring.mean(nobody) is None
    assert scoring.median(nobody) is None
    assert scoring.satisfied(nobody).percent is None
    assert scoring.word_score(None, 5) is None
    assert scoring.opinions_differ(nobody) is False
    assert scoring.provider_gap(nobody, (0, 0, 0, 0, 4)) is None
    assert scoring.pool([]) is None
    assert scoring.session_equal_mean([nobody]) is None
    assert scoring.overall([None, None]) is None


def test_a_sitting_or_criterion_that_nobody_scored_weighs_nothing():
    assert scoring.session_equal_mean([(0, 0, 0, 0, 0), (0, 0, 0, 2, 0)]) == 4
    assert scoring.overall([Decimal(2), None, Decimal(3)]) == Decimal("2.5")


# --- Words -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "points", "word"),
    [
        ("1", 5, 1),
        ("1.49", 5, 1),
        ("1.5", 5, 2),
        ("2.45", 5, 2),
        ("2.5", 5, 3),
        ("5", 5, 5),
        ("1.5", 3, 2),
        ("2.5", 3, 3),
    ],
)
def test_the_word_is_that_of_the_mean_rounded_half_up_once(value, points, word):
    assert scoring.word_score(Decimal(value), points) == word


def test_three_points_use_the_first_the_middle_and_the_last_face():
    assert [scoring.face(score, 3) for score in (1, 2, 3)] == [1, 3, 5]
    assert [scoring.face(score, 5) for score in (1, 2, 3, 4, 5)] == [1, 2, 3, 4, 5]


def test_opinions_differ_from_a_third_dissatisfied_and_not_just_under_it():
    assert scoring.opinions_differ((0, 5, 0, 10, 0)) is True
    assert scoring.opinions_differ((0, 5, 0, 11, 0)) is False


def test_a_poor_mean_keeps_its_word_unless_the_groups_differ():
    poor = (12, 16, 11, 6, 2)
    assert scoring.opinions_differ(poor) is False
    assert scoring.opinions_differ(poor, gap=Decimal("0.99")) is False
    assert scoring.opinions_differ(poor, gap=Decimal(1)) is True
    assert scoring.opinions_differ(poor, gap=Decimal(1), gap_flag=Decimal("1.5")) is False


def test_the_flag_is_a_quarter_of_the_range_and_ignores_the_sign():
    assert scoring.scaled_flag(5) == 1
    assert scoring.scaled_flag(3) == Decimal("0.5")
    assert scoring.is_flagged(Decimal("-0.5"), 3)
    assert not scoring.is_flagged(Decimal("0.5"), 5)


# --- Groups ------------------------------------------------------------------------------------


def test_a_group_under_five_makes_no_gap():
    assert scoring.group_gap([(0, 0, 0, 0, 4), (20, 0, 0, 0, 0)]) is None
    assert scoring.group_gap([(0, 0, 0, 0, 5), (20, 0, 0, 0, 0)]) == 4


def test_a_gap_of_exactly_the_flag_is_flagged_though_the_means_are_endless_decimals():
    gap = scoring.group_gap([(0, 2, 4, 0, 0), (0, 0, 2, 4, 0)])
    assert gap == 1
    assert scoring.is_flagged(gap, 5)


def test_a_flag_is_compared_with_everybody_else():
    whole = tuple(map(sum, zip(*CRITERION_A.values(), strict=True)))
    difference = scoring.difference_from_rest(whole, CRITERION_A["youth"])
    assert formats.signed(difference, "en", 2) == "−1.35"


def test_a_flag_whose_rest_is_under_five_shows_no_difference():
    assert scoring.difference_from_rest((0, 0, 10, 4, 0), (0, 0, 10, 0, 0)) is None
    assert scoring.difference_from_rest((0, 0, 10, 4, 0), (0, 0, 0, 4, 0)) is None


def test_the_session_equal_mean_is_shown_from_exactly_a_fifth():
    assert scoring.session_equal_differs([(0, 0, 0, 7, 0), (0, 0, 3, 0, 0)])
    assert not scoring.session_equal_differs([(0, 0, 0, 69, 0), (0, 0, 31, 0, 0)])


# --- For any counts ----------------------------------------------------------------------------


@given(st.one_of(FIVE, THREE))
def test_mean_and_median_agree_with_the_plain_list_of_scores(counts):
    scores = [score for score, count in enumerate(counts, 1) for _ in range(count)]
    if not scores:
        assert scoring.mean(counts) is None
        return
    middle = (scores[(len(scores) - 1) // 2] + scores[len(scores) // 2]) / 2
    assert scoring.median(counts) == Decimal(str(middle))
    assert abs(scoring.mean(counts) * len(scores) - sum(scores)) < Decimal("1e-20")
    assert 1 <= scoring.word_score(scoring.mean(counts), len(counts)) <= len(counts)


@given(st.lists(FIVE, min_size=1, max_size=5))
def test_the_pooled_mean_lies_between_the_means_of_its_sittings(sittings):
    means = [value for value in map(scoring.mean, sittings) if value is not None]
    pooled = scoring.mean(scoring.pool(sittings))
    assert pooled is None if not means else min(means) <= pooled <= max(means)


@given(FIVE)
def test_satisfied_middle_and_dissatisfied_are_everybody(counts):
    sides = scoring.satisfied(counts).count + scoring.dissatisfied(counts).count
    assert sides + counts[2] == scoring.people(counts)
