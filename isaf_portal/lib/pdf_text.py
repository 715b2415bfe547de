"""Khmer that can be copied, searched and read aloud from a PDF.

WeasyPrint gives each glyph one Unicode value, but in Khmer one glyph is drawn for several letters and
the vowel that is written first is spoken later: copied text came out as another word. Each drawn line
of Khmer is therefore wrapped in a marked `Span` that carries the line itself (`ActualText`), which
Poppler and Chromium's reader take instead.

The wrapping replaces a function inside WeasyPrint, whose version is pinned for this reason; a test
fails when the function is no longer called.
"""

import re
from functools import wraps

import pydyf
from weasyprint.draw import text as weasyprint_text

from isaf_portal.lib.khmer import ZERO_WIDTH_SPACE

KHMER = re.compile("[\u1780-\u17ff]")


def install() -> None:
    """Put the wrapping in place, once for a process."""
    draw_first_line = weasyprint_text.draw_first_line
    if not hasattr(draw_first_line, "__wrapped__"):
        weasyprint_text.draw_first_line = _with_actual_text(draw_first_line)


def _with_actual_text(draw_first_line):
    @wraps(draw_first_line)
    def drawing(stream, textbox, *arguments, **options):
        if not KHMER.search(textbox.text):
            return draw_first_line(stream, textbox, *arguments, **options)
        spoken = textbox.text.replace(ZERO_WIDTH_SPACE, "")
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(spoken)}))
        try:
            return draw_first_line(stream, textbox, *arguments, **options)
        finally:
            stream.end_marked_content()

    return drawing
