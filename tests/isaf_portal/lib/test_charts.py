"""Charts: what they refuse, what they draw, and that page and paper need nothing from elsewhere."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from isaf_portal.lib import charts
from isaf_portal.lib.charts import Bar, Mark

AXIS = ["១", "២", "៣", "៤", "៥"]


def parts(svg: str, tag: str) -> list[dict[str, str]]:
    return [node.attrib for node in ElementTree.fromstring(svg).iter(tag)]


def texts(svg: str) -> list[str]:
    return [node.text for node in ElementTree.fromstring(svg).iter("text")]


def bar(counts, **options) -> str:
    return charts.distribution_bar(counts, [str(count) for count in counts], label="ពិន្ទុ", **options)


def every_chart(variant) -> list[str]:
    return [
        bar((1, 4, 7, 6, 2), variant=variant),
        charts.gap_arrow(Mark(Decimal("2.4"), "២,៤"), Mark(4, "៤,០"), AXIS, label="a", variant=variant),
        charts.group_strip(Mark(2, "២,០"), AXIS, place=1, is_apart=True, label="b", variant=variant),
        charts.strip_axis(AXIS, label="c", variant=variant),
        charts.axis_bars([Bar("2026", 9, "៩"), Bar("2027", 0, "០")], label="d", variant=variant),
        charts.meter([("kp", 3), ("k0", 1)], label="e", variant=variant),
    ]


def test_khmer_letters_in_a_drawing_are_refused_and_khmer_digits_are_not():
    with pytest.raises(ValueError, match="Only figures and Latin"):
        charts.axis_bars([Bar("ស្ត្រី", 3, "៣")], label="groups")
    assert "២០២៦" in charts.axis_bars([Bar("២០២៦", 3, "៣")], label="years")


def test_counts_and_figures_of_different_length_are_refused():
    with pytest.raises(ValueError, match="zip"):
        charts.distribution_bar((1, 2, 3), ["1", "2"], label="x")


@pytest.mark.parametrize("variant", ["web", "print"])
def test_every_chart_is_an_image_with_its_label_and_no_style_script_or_id(variant):
    for svg in every_chart(variant):
        root = ElementTree.fromstring(svg)
        assert root.attrib["role"] == "img"
        assert root.attrib["aria-label"]
        assert not re.search(r"style=|<style|<script|\bid=|href", svg)


def test_a_print_has_its_colours_written_in_and_a_page_takes_them_from_the_style_sheet():
    assert "var(--s1)" in bar((1, 4, 7, 6, 2))
    for svg in every_chart("print"):
        assert "var(" not in svg
    assert 'class="kp"' in charts.meter([("kp", 1)], label="x")
    assert "#5a2a50" in charts.meter([("kp", 1)], label="x", variant="print")


def test_a_label_with_marks_of_html_stays_text():
    svg = charts.meter([("kp", 1)], label='"><script>')
    assert "<script>" not in svg


def test_parts_of_the_bar_are_as_wide_as_their_counts_and_in_fixed_order():
    drawn = parts(bar((4, 10, 13, 14, 6)), "rect")
    widths = [float(part["width"]) for part in drawn]
    assert [part["fill"] for part in drawn] == [f"var(--s{score})" for score in range(1, 6)]
    assert sum(widths) == pytest.approx(320, abs=0.5)
    assert widths[3] / widths[0] == pytest.approx(14 / 4, abs=0.05)


def test_a_count_stands_inside_only_where_there_is_room():
    assert texts(bar((1, 0, 99, 0, 0))) == ["99"]


def test_three_points_take_the_outer_and_the_middle_colours():
    assert [part["fill"] for part in parts(bar((3, 3, 3)), "rect")] == ["var(--s1)", "var(--s3)", "var(--s5)"]


def test_nobody_is_an_empty_frame():
    [frame] = parts(bar((0, 0, 0, 0, 0)), "rect")
    assert frame["fill"] == "#fff"


def test_the_weave_of_scores_one_and_two_stays_inside_its_part():
    weaves = [part["d"] for part in parts(bar((10, 10, 0, 0, 0)), "path")]
    assert len(weaves) == 2
    for place, path in enumerate(weaves):
        ends = [tuple(map(float, pair)) for pair in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]
        assert all(160 * place <= x <= 160 * (place + 1) for x, _ in ends)
        assert all(1 <= y <= 31 for _, y in ends)


def test_the_arrow_points_from_the_community_to_the_provider():
    up = charts.gap_arrow(Mark(2, "2.0"), Mark(4, "4.0"), AXIS, label="x")
    down = charts.gap_arrow(Mark(4, "4.0"), Mark(2, "2.0"), AXIS, label="x")
    assert " 44 -8 -6v12z" in up
    assert " 44 8 -6v12z" in down
    assert parts(up, "circle")[0]["cx"] == "90.0"


def test_two_close_marks_have_no_arrow_and_their_figures_to_either_side():
    svg = charts.gap_arrow(Mark(Decimal("2.6"), "2.6"), Mark(Decimal("2.4"), "2.4"), AXIS, label="x")
    anchors = [node["text-anchor"] for node in parts(svg, "text")][-2:]
    assert anchors == ["start", "end"]
    assert "12z" not in svg


def test_a_group_that_is_not_shown_has_an_axis_and_no_mark():
    svg = charts.group_strip(None, AXIS, place=0, is_apart=False, label="x")
    assert parts(svg, "circle") == []
    assert len(parts(svg, "path")) == 6


def test_groups_differ_by_shape_and_a_flagged_one_by_colour_too():
    marks = [
        charts.group_strip(Mark(3, "3.0"), AXIS, place=place, is_apart=place == 2, label="x")
        for place in range(4)
    ]
    shapes = {re.sub(r"^.*<path d=[^>]*/>(<(?:circle|rect|path d=.m))", r"\1", svg)[:12] for svg in marks}
    assert len(shapes) >= 3
    assert ["#8a3413" in svg for svg in marks] == [False, False, True, False]


def test_bars_start_at_zero_and_the_longest_takes_the_width():
    widths = [part["width"] for part in parts(every_chart("web")[4], "rect")]
    assert widths == ["190.0", "0.0"]
    assert parts(charts.axis_bars([], label="x"), "rect") == []


def test_a_meter_shows_parts_of_a_whole():
    drawn = parts(charts.meter([("kp", 3), ("ky", 0), ("k0", 1)], label="x", is_tall=True), "rect")
    assert [part["width"] for part in drawn] == ["75.00", "0.00", "25.00"]
    assert [part["width"] for part in parts(charts.meter([("kp", 0)], label="x"), "rect")] == ["0.00"]
