"""Which topics a reader is shown: by role, by page, by a word."""

from collections.abc import Iterable

from isaf_portal.help.topic import Chapter, Topic, spoken
from isaf_portal.help.topics import CHAPTERS, TOPICS
from isaf_portal.lib.khmer import fold

ON_A_PAGE_AT_MOST = 4


def topics_on(url_name: str, role_codes: Iterable[str]) -> list[Topic]:
    """What helps on the page of this address whoever has these roles; without any role only what helps everybody.

    What few roles do comes first: on a page it is nearer to what the reader is about to do.
    """
    roles = frozenset(role_codes)
    found = [topic for topic in TOPICS if url_name in topic.pages and is_for(topic, roles)]
    return sorted(found, key=lambda topic: len(topic.roles))[:ON_A_PAGE_AT_MOST]


def chapters_for(role_codes: Iterable[str], text: str = "", *, is_in: bool = False) -> list[Chapter]:
    """The chapters with the topics of these roles that hold every word of the text; empty chapters are left out.

    Who is in already finds how to get in at the end.
    """
    roles = frozenset(role_codes)
    words = fold(text).split()
    chapters = [
        Chapter(chapter.title, tuple(t for t in chapter.topics if is_for(t, roles) and holds(t, words)))
        for chapter in ([*CHAPTERS[1:], CHAPTERS[0]] if is_in else CHAPTERS)
    ]
    return [chapter for chapter in chapters if chapter.topics]


def is_for(topic: Topic, roles: frozenset[str]) -> bool:
    is_for_all = not topic.needs and not topic.only
    return is_for_all or bool(topic.roles & roles)


def holds(topic: Topic, folded_words: list[str]) -> bool:
    """Whether every word stands in question or steps; Khmer, written without spaces, is found inside a run."""
    if not folded_words:
        return True
    text = fold(" ".join(spoken(part) for part in (topic.question, *topic.steps)))
    return all(word in text for word in folded_words)
