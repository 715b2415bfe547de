"""Why people scored as they did, and what they suggest."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.models import ScorecardCriterion, SuggestedAction
from scorecards.operations.versions import editable_version, note

MOST_SUGGESTIONS = 3
LONGEST_REASON = 2_000  # characters
LONGEST_SUGGESTION = 500
LANGUAGES = ("km", "en")


class ReasonsRefused(Refused):
    """These reasons cannot be kept; the message says what to change."""


@transaction.atomic
def record_reasons(
    *,
    scored: ScorecardCriterion,
    strengths: str,
    weaknesses: str,
    suggestions: Sequence[str],
    by: User,
    text_language: str = "km",
) -> None:
    """Write down what was said about one criterion, in place of what stood there.

    `suggestions` are texts in order, at most three; blank ones are left out. Each text is in the language in which
    it was said.
    """
    now = timezone.now()
    version = editable_version(scored.version)
    scored = ScorecardCriterion.objects.select_for_update().get(pk=scored.pk)
    texts = [plain_text(text, at_most=LONGEST_SUGGESTION) for text in suggestions]
    texts = [text for text in texts if text]
    if len(texts) > MOST_SUGGESTIONS:
        raise ReasonsRefused(_("Choose the three suggestions that matter most."))
    if text_language not in LANGUAGES:
        raise ReasonsRefused(_("Say whether this was written in Khmer or in English."))
    scored.strengths = plain_text(strengths, at_most=LONGEST_REASON)
    scored.weaknesses = plain_text(weaknesses, at_most=LONGEST_REASON)
    scored.text_language = text_language
    scored.save(update_fields=["strengths", "weaknesses", "text_language"])
    _replace(scored, texts)
    note(
        "scorecards.reasons.recorded", version, by=by, at=now, criterion=scored.criterion_id,
        suggestions_count=len(texts),
    )  # fmt: skip


def _replace(scored: ScorecardCriterion, texts: Sequence[str]) -> None:
    """A corrected suggestion stays the same row, so that what hangs on it stays too."""
    present = list(scored.suggestions.order_by("pk"))
    for row, text in zip(present, texts, strict=False):
        row.text, row.text_language = text, scored.text_language
        row.save(update_fields=["text", "text_language"])
    for row in present[len(texts) :]:
        row.delete()
    for text in texts[len(present) :]:
        SuggestedAction.objects.create(
            scorecard_criterion=scored, text=text, text_language=scored.text_language
        )
