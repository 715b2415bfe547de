"""Every string of the portal, English and Khmer, with where it stands: for a native reader's eye.

The places are read from the sources, so that the list is complete by itself. What stands in several places is
listed once, under the first.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override, pgettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation.template import templatize

from isaf_portal.help.topic import bracketed

MARKED = {
    "_": 0, "gettext": 0, "gettext_lazy": 0, "gettext_noop": 0, "ngettext": 0, "ngettext_lazy": 0,
    "pgettext": 1, "pgettext_lazy": 1, "npgettext": 1, "npgettext_lazy": 1,
}  # fmt: skip
SOURCES = ("accounts", "communities", "scorecards", "budgets", "reports", "isaf_portal", "templates")
CALL = re.compile(r"(?<!\w)(?:n?p?gettext|_)\(")
# What Django and packages say, where no source of ours does.
BORROWED = _("Messages of forms")

# The beginning of a path, and what its words are for, in words; the longest that fits is taken.
PLACES: tuple[tuple[str, Promise], ...] = (
    ("isaf_portal/home", _("My work (first page)")),
    ("templates/isaf_portal/home", _("My work (first page)")),
    ("isaf_portal/", _("Menu and every page")),
    ("templates/isaf_portal/", _("Menu and every page")),
    ("templates/components/", _("Menu and every page")),
    ("templates/", _("Menu and every page")),
    ("templates/accounts/", _("Sign in and account")),
    ("accounts/", _("Sign in and account")),
    ("accounts/roles.py", _("Roles and what they may do")),
    ("accounts/permission_words.py", _("Roles and what they may do")),
    ("communities/", _("Settings, people, places")),
    ("templates/communities/", _("Settings, people, places")),
    ("communities/words.py", _("Key words (each programme may have its own)")),
    ("scorecards/", _("Rounds, scorecards and plans: messages")),
    ("scorecards/practice/", _("Practice: what invented people say")),
    ("scorecards/standards/", _("Standard lists of criteria")),
    ("templates/scorecards/", _("Rounds, scorecards and plans")),
    ("templates/scorecards/pdf/", _("Papers that are printed and signed")),
    ("templates/scorecards/entry/", _("Scorecard: meeting, criteria, scores, reasons")),
    ("templates/scorecards/meetings/", _("Scorecard: meeting, criteria, scores, reasons")),
    ("templates/scorecards/criteria/", _("Scorecard: meeting, criteria, scores, reasons")),
    ("templates/scorecards/tallies/", _("Scorecard: meeting, criteria, scores, reasons")),
    ("templates/scorecards/reasons/", _("Scorecard: meeting, criteria, scores, reasons")),
    ("templates/scorecards/self", _("Self-assessment and own service")),
    ("templates/scorecards/own", _("Self-assessment and own service")),
    ("templates/scorecards/review/", _("Checking")),
    ("templates/scorecards/reminders/", _("Checking")),
    ("templates/scorecards/results/", _("Results and consolidation")),
    ("templates/scorecards/rounds/", _("Annual round and its year")),
    ("templates/scorecards/planning/", _("Annual round and its year")),
    ("templates/scorecards/calendar/", _("Annual round and its year")),
    ("templates/scorecards/interface/", _("Interface meeting")),
    ("templates/scorecards/action_plans/", _("Action plan")),
    ("templates/scorecards/council/", _("The council reads and decides")),
    ("templates/scorecards/publication/", _("Publication")),
    ("reports/", _("Public pages and grants")),
    ("templates/reports/", _("Public pages and grants")),
    ("budgets/", _("Budgets")),
    ("isaf_portal/help/topics/", _("Help: questions and steps")),
    ("isaf_portal/help/", _("Help and guides")),
    ("templates/isaf_portal/help/", _("Help and guides")),
)


@dataclass(frozen=True)
class Word:
    """One string of the catalogue."""

    english: str  # as the sources write it
    context: str  # tells two meanings of the same English apart; mostly empty
    khmer: str
    file: str  # where it stands first; empty for what packages say
    place: str  # the same in words, in the reader's language

    @property
    def shown_english(self) -> str:
        with override("en"):
            return bracketed(self.english)


def listed() -> list[Word]:
    """All strings, place by place in the order of `PLACES`, then by file and as they stand in it."""
    order = {str(name): position for position, (_start, name) in enumerate(PLACES)}
    found = [
        Word(english, context, _khmer(english, context), file, str(_place(file)))
        for (context, english), file in _where().items()
    ]
    return sorted(found, key=lambda word: (order.get(word.place, len(order)), word.file))


def by_place(words: list[Word]) -> list[tuple[str, list[Word]]]:
    return [(place, list(those)) for place, those in groupby(words, key=lambda word: word.place)]


def _khmer(english: str, context: str) -> str:
    with override("km"):
        return bracketed(pgettext(context, english) if context else gettext(english))


def _place(file: str) -> str | Promise:
    fitting = [(len(start), name) for start, name in PLACES if file.startswith(start)]
    return max(fitting, key=lambda each: each[0])[1] if fitting else BORROWED


@lru_cache(maxsize=1)
def _where() -> dict[tuple[str, str], str]:
    """(context, English) of every marked string, and the first file that holds it. Read once a process."""
    found: dict[tuple[str, str], str] = {}
    for path in _files():
        file = path.relative_to(settings.BASE_DIR).as_posix()
        for marked in _marked(path):
            found.setdefault(marked, file)
    return found


def _files() -> Iterator[Path]:
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html"} and "migrations" not in path.parts:
                yield path


def _marked(path: Path) -> Iterator[tuple[str, str]]:
    """The strings of one file in their order, as (context, English)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Django's own reader of templates turns tags into calls and everything else into signs that are no code.
        text = "\n".join(_calls(templatize(text)))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call) and (name := _name(node.func)) in MARKED:
            constants = [each.value for each in node.args if isinstance(each, ast.Constant)]
            position = MARKED[name]
            if len(constants) > position and isinstance(constants[position], str):
                yield (constants[0] if position else "", constants[position])


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def _calls(text: str) -> Iterator[str]:
    """The calls in a text that is else no Python, each as far as it parses."""
    for found in CALL.finditer(text):
        end = found.end()
        while (end := text.find(")", end) + 1) > 0:
            call = text[found.start() : end]
            try:
                ast.parse(call)
            except SyntaxError:
                continue
            yield call
            break
