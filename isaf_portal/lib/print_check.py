"""Would these texts print well in the narrowest cell? For names, criteria and whatever goes to paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.template.loader import render_to_string

from isaf_portal.lib import fonts, pdf, pdf_lines
from isaf_portal.lib.khmer import COENG, NEVER_FIRST, ZERO_WIDTH_SPACE

STYLESHEET = "templates/pdf/check.css"
MARKS = frozenset(map(chr, range(0x17B4, 0x17D4))) | {"\u17dd"}
# So many lines are laid out in one document; the memory of a layout grows with its length.
LINES_AT_ONCE = 500


@dataclass(frozen=True)
class Finding:
    """What is wrong with one line: `number` counts from 1 in the texts given."""

    number: int
    text: str
    problem: str


def findings(texts: Sequence[str]) -> list[Finding]:
    """Everything wrong with how the texts are set, in their order; empty lines are passed over."""
    numbered = [(number, text.strip()) for number, text in enumerate(texts, start=1) if text.strip()]
    return [
        finding
        for start in range(0, len(numbered), LINES_AT_ONCE)
        for finding in _findings(numbered[start : start + LINES_AT_ONCE])
    ]


def _findings(numbered: list[tuple[int, str]]) -> Iterator[Finding]:
    html = render_to_string("pdf/check.html", {"lines": numbered})
    document = pdf.layout(html=html, stylesheet=settings.BASE_DIR / STYLESHEET)
    by_cell = groupby(pdf_lines.lines(document), key=lambda line: int(line.element.get("data-line")))
    set_lines = {number: list(lines) for number, lines in by_cell}
    for number, text in numbered:
        for problem in _problems(text, set_lines.get(number, [])):
            yield Finding(number, text, problem)


def _problems(text: str, lines: list[pdf_lines.Line]) -> Iterator[str]:
    missing = fonts.missing_characters(text)
    if missing:
        yield "no glyph for " + ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
    for line in lines:
        if line.overrun:
            yield f"overruns its cell by {line.overrun:.0f} px: {_shown(line)}"
    for line in lines[1:]:
        if _shown(line)[:1] in MARKS or _shown(line)[:1] in NEVER_FIRST:
            yield f"a line begins inside a cluster: {_shown(line)}"
    for line in lines[:-1]:
        if _shown(line).endswith(COENG):
            yield f"a line ends inside a cluster: {_shown(line)}"


def _shown(line: pdf_lines.Line) -> str:
    return line.text.replace(ZERO_WIDTH_SPACE, "").strip()
