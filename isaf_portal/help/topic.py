"""What one answer of the help is, and how its text names the buttons of the pages.

A button or link is written in square brackets with its English words, `[Save]`, or `[context|Label]` where the same
English has two meanings. It is looked up in the catalogue when the text is shown, so that help and page always say
the same word, in both languages.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from accounts.roles import ROLES, Permission, roles_delegating, roles_with

LABEL = re.compile(r"\[(?:([^\]|]+)\|)?([^\]|]+)\]")


@dataclass(frozen=True)
class Topic:
    """One question and its short steps."""

    key: str  # for addresses: #enter-scores
    question: Promise
    steps: tuple[Promise, ...]
    # Whom it helps: whoever may do any of this; without any, everybody.
    needs: frozenset[Permission] = frozenset()
    # Where permissions do not tell: the codes of the roles alone.
    only: frozenset[str] = frozenset()
    # The names of the addresses on whose pages it is offered.
    pages: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[str]:
        """The codes of the roles that it helps."""
        if self.only:
            return self.only
        if not self.needs:
            return frozenset(ROLES)
        return frozenset(code for each in self.needs for code in (*roles_with(each), *roles_delegating(each)))

    @property
    def shown_question(self) -> SafeString:
        return shown(self.question)

    @property
    def shown_steps(self) -> list[SafeString]:
        return [shown(step) for step in self.steps]


@dataclass(frozen=True)
class Chapter:
    title: Promise
    topics: tuple[Topic, ...]


def shown(text: str | Promise) -> SafeString:
    """The text as HTML in the reader's language, the words of the pages marked as such."""
    return mark_safe(_with_labels(escape(str(text)), lambda word: f"<kbd>{escape(word)}</kbd>"))


def spoken(text: str | Promise) -> str:
    """The text without any mark, in the reader's language: for searching, and for being read aloud."""
    return _with_labels(str(text), lambda word: word)


def bracketed(text: str | Promise) -> str:
    """The text with the words of pages in brackets, for whoever reads over the words themselves."""
    return _with_labels(str(text), lambda word: f"[{word}]")


def labels(text: str | Promise) -> list[tuple[str, str]]:
    """The words of pages that a text names, as (context or nothing, English)."""
    return LABEL.findall(str(text))


def _with_labels(text: str, mark: Callable[[str], str]) -> str:
    return LABEL.sub(lambda found: mark(_on_the_page(found[1], found[2])), text)


def _on_the_page(context: str | None, label: str) -> str:
    # Escaping came first, so that an apostrophe of a label is an entity here.
    label = label.replace("&#x27;", "'").replace("&amp;", "&")
    return pgettext(context, label) if context else gettext(label)
