"""A village scores; it does not vote. And Khmer is complete, on every page and in every form error."""

import re

import polib
import pytest
from django import forms
from django.core import validators
from django.db import models
from django.forms.models import BaseModelFormSet
from django.utils.functional import Promise
from django.utils.translation import override

from tests.guards.tree import ROOT, files, sources, text

CATALOGUE = ROOT / "locale" / "km" / "LC_MESSAGES" / "django.po"
# Words that belong to elections.
ENGLISH = re.compile(r"\b(?:votes?|voters?|voted|voting|ballots?)\b", re.I)
KHMER = re.compile("ឆ្នោត")
KHMER_LETTER = re.compile("[\u1780-\u17ff]")
ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
TRANSLATED = re.compile(
    r"""\b(?:_|gettext|gettext_lazy|pgettext|pgettext_lazy|ngettext|ngettext_lazy)\(\s*((?:"[^"\n]*"[,\s]*)+)"""
)


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def khmer_of(entry: polib.POEntry) -> str:
    return "".join(entry.msgstr_plural.values()) if entry.msgid_plural else entry.msgstr


def test_the_catalogue_is_complete(catalogue):
    lacking = [entry.msgid for entry in catalogue if not khmer_of(entry) or "fuzzy" in entry.flags]
    assert len(catalogue) > 0
    assert not lacking, f"{len(lacking)} strings without Khmer: {lacking[:20]}"


def test_the_catalogue_speaks_of_scores_not_of_elections(catalogue):
    found = [
        entry.msgid
        for entry in catalogue
        if ENGLISH.search(f"{entry.msgid} {entry.msgid_plural}") or KHMER.search(khmer_of(entry))
    ]
    assert not found


def test_zero_width_marks_are_never_stored(catalogue):
    found = [entry.msgid for entry in catalogue if ZERO_WIDTH.search(entry.msgid + khmer_of(entry))]
    assert not found


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in files("templates/*.html")])
def test_templates_speak_of_scores_not_of_elections(path):
    assert not ENGLISH.search(text(path))
    assert not KHMER.search(text(path))


def test_source_strings_speak_of_scores_not_of_elections():
    found = {
        str(path.relative_to(ROOT)): words
        for path in sources()
        if (words := [w for call in TRANSLATED.findall(text(path)) for w in ENGLISH.findall(call)])
    }
    assert not found


def error_messages() -> dict[str, Promise]:
    """By its English: each message that a form may answer with, of Django's fields, of a model's, of validators."""
    found = []
    # Of a model's own fields only what they share: a form's field has refused the rest before.
    for kind in [*vars(forms).values(), models.Field, models.ForeignKey, BaseModelFormSet]:
        found += getattr(kind, "default_error_messages", {}).values()
    for kind in vars(validators).values():
        if isinstance(kind, type):
            found.append(getattr(kind, "message", None))
            found += (
                (getattr(kind, "messages", None) or {}).values()
                if kind is validators.DecimalValidator
                else []
            )
    return {in_language(message, "en"): message for message in found if isinstance(message, Promise)}


def test_form_errors_are_khmer():
    messages = error_messages()
    english = [
        text for text, message in messages.items() if not KHMER_LETTER.search(in_language(message, "km"))
    ]
    assert len(messages) > 40
    assert not english, f"put these into locale/borrowed.po: {english}"


def in_language(message: Promise, language: str) -> str:
    """A message that counts is empty until a number has chosen its form; two will do."""
    with override(language):
        return str(message) or str(
            message % dict.fromkeys(("limit_value", "show_value", "max", "length", "num"), 2)
        )


def is_khmer(shown: str) -> bool:
    """Django's own Khmer carries zero-width marks here and there; ours does not."""
    return bool(KHMER_LETTER.search(shown)) and not ZERO_WIDTH.search(shown)
