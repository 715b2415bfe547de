"""The text of the help: whom it helps, what it names, in both languages."""

import polib
import pytest
from django.urls import get_resolver
from django.utils.translation import override

from accounts.roles import ROLES
from isaf_portal.help.finding import chapters_for, topics_on
from isaf_portal.help.guides import GETTING_IN, OWN_TROUBLE, TROUBLE, WORK
from isaf_portal.help.topic import labels, shown
from isaf_portal.help.topics import BY_KEY, TOPICS
from tests.guards.test_words import CATALOGUE

each_topic = pytest.mark.parametrize("topic", [pytest.param(topic, id=topic.key) for topic in TOPICS])


@pytest.fixture(scope="module")
def catalogue() -> dict[tuple[str, str], str]:
    return {(entry.msgctxt or "", entry.msgid): entry.msgstr for entry in polib.pofile(str(CATALOGUE))}


def page_names() -> set[str]:
    def names(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
                yield from names(pattern, inside)
            elif pattern.name:
                yield f"{namespace}{pattern.name}"

    return set(names(get_resolver()))


def test_there_are_forty_topics_and_more_and_each_key_is_used_once():
    assert len(TOPICS) >= 40
    assert len(BY_KEY) == len(TOPICS)


@each_topic
def test_a_topic_is_short(topic):
    assert 1 <= len(topic.steps) <= 5


@each_topic
def test_a_topic_names_the_buttons_as_the_pages_do_in_both_languages(topic, catalogue):
    for text in (topic.question, *topic.steps):
        with override("en"):
            english = str(text)
        named = labels(english)
        assert sorted(named) == sorted(labels(catalogue[("", english)])), english
        unknown = [label for label in named if label not in catalogue]
        assert not unknown, f"no page says {unknown}"


def test_a_topic_is_offered_only_on_pages_that_exist():
    known = page_names()
    assert not {(topic.key, page) for topic in TOPICS for page in topic.pages if page not in known}


def test_a_button_is_shown_in_the_language_of_the_reader_and_marked_as_one():
    topic = BY_KEY["left-early"]
    with override("km"):
        assert "<kbd>ចេញមុនចប់</kbd>" in topic.shown_steps[0]
    with override("en"):
        assert "<kbd>Left before the end</kbd>" in topic.shown_steps[0]


def test_what_is_no_button_is_escaped():
    with override("en"):
        assert shown("<b> & [Save]") == "&lt;b&gt; &amp; <kbd>Save</kbd>"
        assert shown("[Add the meeting's own criterion]") == "<kbd>Add the meeting&#x27;s own criterion</kbd>"


def test_a_topic_helps_whoever_may_do_it():
    assert BY_KEY["check-scorecard"].roles == {"ngo_officer"}
    assert "councillor" in BY_KEY["confirm-decision"].roles, "a councillor may be named to confirm"
    assert BY_KEY["sign-in"].roles == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_the_guide_of_a_role_holds_only_what_the_role_may_do_and_nothing_twice(role):
    keys = [*GETTING_IN, *WORK[role], *OWN_TROUBLE.get(role, ()), *TROUBLE]
    assert len(keys) == len(set(keys))
    assert not [key for key in keys if role not in BY_KEY[key].roles]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_an_answer_of_its_own(role):
    assert [topic for topic in TOPICS if role in topic.roles and len(topic.roles) < len(ROLES)]


def test_on_a_page_stand_at_most_four_topics_the_rarest_first():
    found = topics_on("home", {"administrator"})
    assert found[0].key == "first-day"
    assert len(found) <= 4
    assert not topics_on("scorecards:check", {"councillor"})
    assert not topics_on("no-such-page", set(ROLES))


def test_who_is_not_signed_in_is_helped_to_get_in():
    assert {topic.key for topic in topics_on("accounts:sign-in", ())} >= {"sign-in", "forgotten"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "PASSWORD forget"),
        ("km", "ភ្លេចពាក្យសម្ងាត់"),
        ("km", "ភ្លេច\u200bពាក្យសម្ងាត់"),  # typed with an invisible space
        ("km", "១៥ នាទី"),
        ("km", "15 នាទី"),  # digits of either script
    ],
)
def test_search_finds_every_word_however_it_is_typed(language, text):
    with override(language):
        found = {topic.key for chapter in chapters_for(["facilitator"], text) for topic in chapter.topics}
        assert found & {"forgotten", "too-many"}
        assert len(found) < 10


def test_search_for_what_is_nowhere_finds_nothing():
    assert chapters_for(ROLES, "zebra") == []
