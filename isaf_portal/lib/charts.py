"""Charts as inline SVG, written by the server, the same for page and paper.

`variant="web"` takes its colours from the variables of the style sheet; `variant="print"` has them written
in, because the printing engine reads no variables inside a drawing. Scores 1 and 2 carry a diagonal weave:
on a page it shows only when printed, so that both ends of the scale differ without colour.

No drawing carries style or an id. Texts inside are figures and Latin only: Khmer letters in SVG text come
out one by one with dotted circles, so names stand in HTML beside the drawing, and everything the drawing
says stands in its `label` too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Variant = Literal["web", "print"]
Number = Decimal | int

PLUM, LATERITE, LINE, LINE_2, WHITE = "#5a2a50", "#8a3413", "#e2dacb", "#857a6d", "#fff"
SCORE_FILLS = ("#8a3413", "#dd9551", "#f0e8d4", "#6db5a9", "#0b5a54")
METER_FILLS = {
    "k5": "#0b5a54",
    "k4": "#6db5a9",
    "k0": "#fff",
    "kg": "#857a83",
    "kp": "#5a2a50",
    "ky": "#f0c75e",
}
# Families in the stack of the style sheet; the engine takes the first that it was given.
PRINT_FONT = "Noto Sans Khmer, Noto Sans, sans-serif"

WIDTH = 320
KHMER_LETTER = re.compile("[\u1780-\u17df]")


@dataclass(frozen=True)
class Mark:
    """A place on the axis of scores, and the figure as the reader sees it."""

    value: Number
    figure: str


@dataclass(frozen=True)
class Bar:
    """One bar: a short mark before it (a year, a code), its size, and the figure at its end."""

    mark: str
    value: Number
    figure: str


def distribution_bar(
    counts: Sequence[int], figures: Sequence[str], *, label: str, variant: Variant = "web"
) -> SafeString:
    """How many people gave each score, in fixed order 1 to n; a count stands inside where there is room."""
    total = sum(counts)
    faces = range(1, 6) if len(counts) == 5 else (1, 3, 5)
    parts, left = [], 0.0
    for face, count, figure in zip(faces, counts, figures, strict=True):
        width = WIDTH * count / total if total else 0.0
        if count:
            parts.append(_score_part(face, left, width, figure, variant))
        left += width
    if not total:
        parts.append(
            f'<rect x="0.5" y="1" width="{WIDTH - 1}" height="30" fill="{WHITE}" stroke="{LINE_2}"/>'
        )
    return _svg(WIDTH, 32, label, parts, variant)


def gap_arrow(
    community: Mark, provider: Mark, axis: Sequence[str], *, label: str, variant: Variant = "web"
) -> SafeString:
    """From the community's mean (disc) to the provider's (diamond), on the axis of scores 1 to n."""
    start, end, points = 20.0, 300.0, len(axis)
    here, there = (_along(each.value, start, end, points) for each in (community, provider))
    parts = [_line(f"M{_n(start)} 44H{_n(end)}", LINE_2)]
    for place, figure in enumerate(axis):
        x = start + (end - start) * place / (points - 1)
        parts.append(_line(f"M{_n(x)} 40v8", LINE_2) + _text(x, 72, figure, "middle", "m", variant))
    parts += _arrow(here, there)
    parts.append(f'<circle cx="{_n(here)}" cy="44" r="8" fill="{PLUM}" stroke="{WHITE}" stroke-width="2"/>')
    parts.append(
        f'<path d="m{_n(there)} 35 9 9-9 9-9-9z" fill="{WHITE}" stroke="{PLUM}" stroke-width="2.5"/>'
    )
    # Two figures close to each other would run together, so they stand to either side.
    is_close = abs(here - there) < 34
    ours, theirs = ("start", "end") if here > there else ("end", "start")
    parts.append(_text(here, 24, community.figure, ours if is_close else "middle", "b", variant))
    parts.append(_text(there, 24, provider.figure, theirs if is_close else "middle", "", variant))
    return _svg(WIDTH, 78, label, parts, variant)


def group_strip(
    mark: Mark | None,
    axis: Sequence[str],
    *,
    place: int,
    is_apart: bool,
    label: str,
    variant: Variant = "web",
) -> SafeString:
    """One group's mean on the axis. `place` gives its shape, `is_apart` colours the mark of a flagged gap.

    Groups are rows of a table, name and number of people in its cells; a group that is not shown has no mark.
    """
    width, start, end = 170, 8.0, 162.0
    parts = [_line(f"M{_n(start)} 13H{_n(end)}", LINE)]
    for step in range(len(axis)):
        x = start + (end - start) * step / (len(axis) - 1)
        parts.append(_line(f"M{_n(x)} 3v20", LINE))
    if mark is not None:
        x = _along(mark.value, start, end, len(axis))
        parts.append(_shape(place, x, LATERITE if is_apart else PLUM))
    return _svg(width, 26, label, parts, variant)


def strip_axis(axis: Sequence[str], *, label: str, variant: Variant = "web") -> SafeString:
    """The scores over a column of group strips."""
    parts = [
        _text(8 + 154 * step / (len(axis) - 1), 15, figure, "middle", "m", variant)
        for step, figure in enumerate(axis)
    ]
    return _svg(170, 20, label, parts, variant)


def axis_bars(bars: Sequence[Bar], *, label: str, variant: Variant = "web") -> SafeString:
    """Bars of one meaning from zero, longest as wide as the drawing; the figure stands at each end."""
    largest = max((bar.value for bar in bars), default=0)
    parts = []
    for row, bar in enumerate(bars):
        width = 190 * float(bar.value) / float(largest) if largest else 0.0
        y = 5 + 30 * row
        parts.append(_text(0, y + 14, bar.mark, "start", "", variant))
        parts.append(f'<rect x="50" y="{y}" width="{_n(width)}" height="18" fill="{PLUM}"/>')
        parts.append(_text(56 + width, y + 14, bar.figure, "start", "b", variant))
    parts.append(_line(f"M50 0V{30 * len(bars)}", LINE_2))
    return _svg(WIDTH, 30 * len(bars), label, parts, variant)


def meter(
    parts: Sequence[tuple[str, Number]], *, label: str, is_tall: bool = False, variant: Variant = "web"
) -> SafeString:
    """A whole in parts, (class, size) each; classes as in the style sheet: k5 k4 k0 kg kp ky."""
    total = sum(float(size) for _, size in parts)
    drawn, left = [], 0.0
    for css_class, size in parts:
        width = 100 * float(size) / total if total else 0.0
        fill = f' fill="{METER_FILLS[css_class]}"' if variant == "print" else f' class="{css_class}"'
        drawn.append(f'<rect x="{left:.2f}" width="{width:.2f}" height="10"{fill}/>')
        left += width
    return format_html(
        '<svg class="i-m{}" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        " tall" if is_tall else "",
        label,
        mark_safe("".join(drawn)),
    )


def _svg(width: int, height: int, label: str, parts: Sequence[str], variant: Variant) -> SafeString:
    size = mark_safe(f' width="{width}" height="{height}"') if variant == "print" else ""
    return format_html(
        '<svg class="i-ch" viewBox="0 0 {} {}"{} role="img" aria-label="{}">{}</svg>',
        width,
        height,
        size,
        label,
        mark_safe("".join(parts)),
    )


def _score_part(face: int, left: float, width: float, figure: str, variant: Variant) -> str:
    fill = SCORE_FILLS[face - 1] if variant == "print" else f"var(--s{face})"
    drawn = f'<rect x="{_n(left)}" y="1" width="{_n(width)}" height="30" fill="{fill}" stroke="{LINE_2}"/>'
    if face <= 2:
        drawn += _weave(left, width, step=5 if face == 1 else 9)
    if width >= 9 * len(figure) + 7:
        drawn += _text(left + width / 2, 21, figure, "middle", "b inv" if face in (1, 5) else "b", variant)
    return drawn


def _weave(left: float, width: float, *, step: int) -> str:
    """Diagonal lines from edge to edge of a part, drawn one by one: a pattern would need an id on the page."""
    top, bottom, right = 1.0, 31.0, left + width
    lines, start = [], left - (bottom - top)
    while start < right:
        x1, x2 = max(start, left), min(start + bottom - top, right)
        if x2 > x1:
            lines.append(f"M{_n(x1)} {_n(bottom - (x1 - start))}L{_n(x2)} {_n(bottom - (x2 - start))}")
        start += step
    return f'<path class="wv" d="{"".join(lines)}" stroke="#241a22" stroke-width="1" stroke-opacity=".55"/>'


def _arrow(here: float, there: float) -> list[str]:
    """Shaft and head between the two marks, left out where they touch."""
    way = 1 if there > here else -1
    shaft_from, tip = here + 9 * way, there - 9 * way
    if (tip - shaft_from) * way < 8:
        return []
    shaft = f'<path d="M{_n(shaft_from)} 44H{_n(tip - 4 * way)}" stroke="{PLUM}" stroke-width="3"/>'
    return [shaft, f'<path d="m{_n(tip)} 44 {-8 * way} -6v12z" fill="{PLUM}"/>']


def _shape(place: int, x: float, fill: str) -> str:
    """Groups differ by shape, not only by colour."""
    shapes = (
        f'<circle cx="{_n(x)}" cy="13" r="6" fill="{fill}"/>',
        f'<rect x="{_n(x - 5.5)}" y="7.5" width="11" height="11" fill="{fill}"/>',
        f'<path d="m{_n(x)} 5.5 7 13h-14z" fill="{fill}"/>',
        f'<path d="m{_n(x)} 5.5 7.5 7.5-7.5 7.5-7.5-7.5z" fill="{fill}"/>',
    )
    return shapes[place % len(shapes)]


def _along(value: Number, start: float, end: float, points: int) -> float:
    return start + (end - start) * float(value - 1) / (points - 1)


def _line(path: str, stroke: str) -> str:
    return f'<path d="{path}" stroke="{stroke}"/>'


def _text(x: float, y: float, figure: str, anchor: str, css_class: str, variant: Variant) -> str:
    """A figure. Refuses Khmer letters, which no SVG engine that we print with can set."""
    if KHMER_LETTER.search(figure):
        raise ValueError(f"Only figures and Latin go into a drawing, not {figure!r}.")
    look = f'class="{css_class}"' if css_class else ""
    if variant == "print":
        weight = ' font-weight="700"' if css_class.startswith("b") else ""
        ink = WHITE if "inv" in css_class else "#5c5058" if css_class == "m" else "#241a22"
        look = f'font-family="{PRINT_FONT}" font-size="14"{weight} fill="{ink}"'
    return format_html(
        '<text {} x="{}" y="{}" text-anchor="{}">{}</text>', mark_safe(look), _n(x), _n(y), anchor, figure
    )


def _n(value: float) -> str:
    return f"{value:.1f}"
