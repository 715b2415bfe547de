"""Scores on a page: a face, a word and a number of people, in both languages."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils.translation import override

from scorecards.enums import GroupKind
from scorecards.figures import Figure, GroupNumber, Verdict
from scorecards.results import GroupResult
from scorecards.scoring import Share

WORDS = {1: "Very poor", 2: "Poor", 3: "Acceptable", 4: "Good", 5: "Very good"}
ALL = Figure((4, 10, 13, 14, 6))


def shown(source: str, language: str = "en", **context) -> str:
    with override(language):
        return Template("{% load scores %}" + source).render(Context(context))


def test_a_verdict_is_face_figure_and_word():
    page = shown("{% score_verdict verdict %}", verdict=Verdict(Decimal("3.1702"), 3, "Acceptable"))
    assert "<b>3.2</b>" in page
    assert "Acceptable" in page
    assert 'class="f3"' in page


def test_opinions_differ_stands_in_place_of_the_word():
    verdict = Verdict(Decimal("3.1702"), 3, "Acceptable", differs=True)
    page = shown("{% score_verdict verdict %}", "km", verdict=verdict)
    assert "<b>៣,២</b>" in page
    assert "មតិខុសគ្នា" in page
    assert "Acceptable" not in page


@pytest.mark.parametrize(
    ("value", "km", "en"), [(47, "៤៧ នាក់", "47 people"), (1, "១ នាក់", "1 person"), (None, "—", "—")]
)
def test_people_are_said_in_words(value, km, en):
    assert shown("{{ n|people_count }}", "km", n=value) == km
    assert shown("{{ n|people_count }}", "en", n=value) == en


def test_a_share_names_its_base():
    assert shown("{{ s|part_of }}", s=Share(28, 47)) == "28 of 47 people"
    assert shown("{{ s|part_of }}", "km", s=Share(28, 47)) == "២៨ ក្នុង ៤៧ នាក់"


@pytest.mark.parametrize(("value", "text"), [("3", "3"), ("3.5", "3.5"), (None, "—")])
def test_a_median_is_not_rounded(value, text):
    assert shown("{{ m|median }}", m=Decimal(value) if value else None) == text


def test_a_table_of_the_view_is_read_by_row():
    assert shown("{{ table|at:2 }}{{ table|at:3 }}", table={2: "/en/"}) == "/en/"


def test_the_distribution_says_every_count_in_its_label():
    page = shown("{% distribution figure words %}", figure=ALL, words=WORDS)
    assert "Very poor 4, Poor 10, Acceptable 13, Good 14, Very good 6" in page
    assert 'role="img"' in page


def test_the_gap_chart_says_both_means_and_the_gap():
    row = SimpleNamespace(figure=ALL, provider=Figure((0, 0, 2, 4, 2)), provider_gap=Decimal("0.83"))
    page = shown("{% provider_gap_chart row %}", row=row)
    assert "Community 3.2, provider 4.0, gap +0.8" in page


def test_a_group_without_a_figure_has_a_row_and_no_mark():
    number = GroupNumber("youth", "Youth", GroupKind.DISJOINT, None, is_hidden=True)
    page = shown("{% group_chart each 5 0 %}", each=GroupResult(number, None))
    assert "Youth —" in page
    mean = shown("{% group_chart each 5 0 %}", each=GroupResult(number, ALL))
    assert "Youth 3.2" in mean


def test_the_axis_counts_in_the_readers_digits():
    assert "Scores from 1 to 3" in shown("{% group_axis 3 %}")
    assert "៣" in shown("{% group_axis 3 %}", "km")
