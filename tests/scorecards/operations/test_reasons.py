"""Strengths, weaknesses and what people suggest."""

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.operations.reasons import record_reasons
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def scored():
    version = current_version(factories.make_scorecard())
    factories.make_criteria(version=version, number=1)
    return version.criteria.get()


@pytest.fixture
def say(scored):
    person = factories.make_person()

    def record(*suggestions, strengths="", weaknesses="", **fields):
        record_reasons(
            scored=scored,
            strengths=strengths,
            weaknesses=weaknesses,
            suggestions=suggestions,
            by=person,
            **fields,
        )
        scored.refresh_from_db()
        return list(scored.suggestions.order_by("pk"))

    return record


def test_more_than_three_suggestions_are_refused(say):
    with pytest.raises(Refused, match="three suggestions"):
        say("ក", "ខ", "គ", "ឃ")


def test_texts_that_are_too_long_are_refused_with_their_beginning(say):
    with pytest.raises(Refused, match="too long: “កកក"):
        say("ក" * 501)
    with pytest.raises(Refused, match="Shorten it to 2\xa0000"):
        say(weaknesses="ក" * 2_001)


def test_a_text_in_an_unknown_language_is_refused(say):
    with pytest.raises(Refused, match="Khmer or in English"):
        say("ក", text_language="fr")


def test_what_cannot_be_seen_is_not_kept(say, scored):
    say(strengths="  ឆ្មប\u200bមក\x00ពេលហៅ \r\n")
    assert scored.strengths == "ឆ្មបមកពេលហៅ"


def test_suggestions_are_replaced_and_a_corrected_one_stays_the_same_row(say):
    first, second = say("បិទបញ្ជីថ្នាំ", " ", "ជួសជុល", text_language="km")
    corrected = say("បិទបញ្ជីថ្នាំរៀងរាល់ថ្ងៃចន្ទ", text_language="km")
    assert [row.pk for row in corrected] == [first.pk]
    assert corrected[0].client_id == first.client_id
    assert second.text == "ជួសជុល"
    added = say("Post the list", "Mend the roof", "Dig a well", text_language="en")
    assert [row.text_language for row in added] == ["en"] * 3


def test_the_trail_tells_no_text(say, scored):
    say("ជួសជុល", strengths="ល្អ", weaknesses="ខ្វះ")
    line = AuditEvent.objects.get(verb="scorecards.reasons.recorded")
    assert line.detail == {"criterion": scored.criterion_id, "suggestions_count": 1}


def test_reasons_of_a_locked_version_are_fixed():
    version = factories.make_locked()
    with pytest.raises(Refused, match="is locked"):
        record_reasons(
            scored=version.criteria.first(),
            strengths="",
            weaknesses="",
            suggestions=[],
            by=factories.make_person(),
        )
