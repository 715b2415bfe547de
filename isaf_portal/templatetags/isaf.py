"""What every template may say without loading anything: figures in the reader's language, icons, states."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib import formats, icons

register = template.Library()


def reader_language() -> str:
    return "en" if get_language() == "en" else "km"


# --- Figures -----------------------------------------------------------------------------------


@register.filter
def digits(text: object) -> str:
    return formats.digits(text, reader_language())


@register.filter
def number(value) -> str:
    return formats.number(value, reader_language())


@register.filter
def decimal(value, places: int = 1) -> str:
    return formats.decimal(value, reader_language(), places)


@register.filter
def decimal1(value) -> str:
    return formats.decimal(value, reader_language(), 1)


@register.filter
def signed(value, places: int = 1) -> str:
    return formats.signed(value, reader_language(), places)


@register.filter
def percent(value, places: int = 1) -> str:
    return formats.percent(value, reader_language(), places)


@register.filter
def riel(value) -> str:
    return formats.riel(value, reader_language())


@register.filter
def day(value) -> str:
    return formats.day(value, reader_language())


@register.filter
def day_long(value) -> str:
    return formats.day_long(value, reader_language())


@register.filter
def weekday(value) -> str:
    return formats.weekday(value, reader_language())


@register.filter
def month(value) -> str:
    return formats.month(value, reader_language())


@register.filter
def clock(value) -> str:
    return formats.clock(value, reader_language())


# --- Icons -------------------------------------------------------------------------------------

# Kept on the request, since `{% include ... only %}` hands a component nothing else of the page.
SYMBOLS_OF_PAGE = "symbols_of_page"


@register.simple_tag(takes_context=True)
def sprite_open(context) -> str:
    """From here on icons refer to symbols, which `{% sprite %}` writes at the end of the page."""
    request = getattr(context, "request", None)
    if request is not None:
        setattr(request, SYMBOLS_OF_PAGE, {})
    return ""


@register.simple_tag(takes_context=True)
def sprite(context) -> SafeString | str:
    """The symbols that this page has used, and no others."""
    names = getattr(getattr(context, "request", None), SYMBOLS_OF_PAGE, None)
    if not names:
        return ""
    symbols = format_html_join("", "{}", ((icons.symbol(name),) for name in names))
    return format_html('<svg width="0" height="0" class="i-sprite" aria-hidden="true">{}</svg>', symbols)


@register.simple_tag(takes_context=True)
def icon(context, name: str, css_class: str = "ic") -> SafeString:
    """An icon or face; decoration only, so the words beside it say the same."""
    names = getattr(getattr(context, "request", None), SYMBOLS_OF_PAGE, None)
    if names is None:
        # A fragment, an error page or a paper: there is no sprite to refer to.
        return icons.inline(name, css_class)
    names[name] = True
    return icons.reference(name, css_class)


# --- States ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Badge:
    tone: str
    icon: str
    label: str | Promise


BADGES: dict[str, Badge] = {
    # A version of a scorecard or of a plan.
    "draft": Badge("", "edit", _("Draft")),
    "submitted": Badge("info", "up", _("Submitted")),
    "in_review": Badge("info", "half", _("In review")),
    "returned": Badge("bad", "undo", _("Returned for correction")),
    "locked": Badge("plum", "lock", _("Locked")),
    "approved": Badge("ok", "check", _("Approved")),
    "closed": Badge("plum", "lock", _("Closed")),
    # A round, a meeting.
    "planned": Badge("", "cal", _("Planned")),
    "open": Badge("info", "half", pgettext_lazy("round", "Open")),
    "held": Badge("ok", "check", _("Held")),
    "postponed": Badge("wait", "clock", _("Postponed")),
    "cancelled": Badge("", "cross", _("Cancelled")),
    # An agreed action.
    "done": Badge("ok", "check", _("Done")),
    "in_progress": Badge("info", "half", _("In progress")),
    "not_started": Badge("", "ring", _("Not started")),
    "late": Badge("wait", "clock", _("Past its planned month")),
    "not_finished": Badge("", "half", _("Not finished")),
    "impossible": Badge("", "cross", _("Cannot be done")),
    "carried_over": Badge("plum", "right", _("Carried over to next year")),
    # Something that waits for a person.
    "due": Badge("wait", "clock", _("Due")),
    "missing": Badge("wait", "warn", _("Missing")),
    "complete": Badge("ok", "check", pgettext_lazy("state", "Complete")),
    "empty": Badge("", "ring", _("Not entered yet")),
    "conflict": Badge("bad", "split", _("Two values differ")),
    "differ": Badge("wait", "split", _("Opinions differ")),
    # A job of the machine.
    "pending": Badge("wait", "clock", _("Waiting")),
    "running": Badge("info", "half", _("Being made")),
    "ready": Badge("ok", "check", _("Ready")),
    "failed": Badge("bad", "warn", _("Not made")),
}  # fmt: skip


@register.inclusion_tag("components/badge.html", takes_context=True)
def badge(context, state: str, label: str = "") -> dict[str, Any]:
    """The state of a thing: icon and word, never colour alone. `label` says more, such as the version."""
    shown = BADGES[str(state)]
    return {"tone": shown.tone, "icon_name": shown.icon, "label": label or shown.label}


# --- Scores ------------------------------------------------------------------------------------

SCORE_WORDS = {
    1: pgettext_lazy("score", "Very poor"),
    2: pgettext_lazy("score", "Poor"),
    3: pgettext_lazy("score", "Acceptable"),
    4: pgettext_lazy("score", "Good"),
    5: pgettext_lazy("score", "Very good"),
}


@register.inclusion_tag("components/score_face.html", takes_context=True)
def score_face(context, face: int, value=None, word: str = "", size: str = "") -> dict[str, Any]:
    """A score as face, figure and word.

    `face` is the drawing, 1 to 5, 0 for no opinion; `value` the score (whole) or mean (one decimal),
    left out where only the word stands; `word` the programme's own word, else the usual one of five.
    `size` is `lg` on public pages and `col` in heads of columns.
    """
    figure = ""
    if value is not None:
        figure = digits(value) if isinstance(value, int) else decimal1(value)
    usual = SCORE_WORDS.get(face, _("No opinion"))
    return {"face": f"f{face}", "figure": figure, "word": word or usual, "size": size}


# --- Text in two languages -----------------------------------------------------------------------


@register.simple_tag
def text_of(thing: object, field: str) -> SafeString | str:
    """A translated column; a text that stands in for a missing translation says which language it is."""
    wanted = reader_language()
    for language in (wanted, "km" if wanted == "en" else "en"):
        text = getattr(thing, f"{field}_{language}", "")
        if text:
            return text if language == wanted else format_html('<span lang="{}">{}</span>', language, text)
    return ""
