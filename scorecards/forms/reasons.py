"""Strengths, weaknesses and suggestions of each criterion: one form per criterion, all of them on one page."""

import hashlib
import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.receipts import check_code
from scorecards.models import ScorecardCriterion

KHMER_LETTER = re.compile("[\u1780-\u17b3]")
MOST_SUGGESTIONS = 3
LONGEST_REASON = 2_000
LONGEST_SUGGESTION = 500


def text_field(label, at_most: int, **attributes) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3} | attributes)
    return forms.CharField(label=label, max_length=at_most, required=False, widget=widget)


class ReasonsForm(forms.Form):
    """What was said about one criterion; suggestions are three fields, of which blank ones are left out."""

    shown = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    strengths = text_field(_("Strengths"), LONGEST_REASON)
    weaknesses = text_field(_("Weaknesses"), LONGEST_REASON)
    suggestion_1 = text_field(_("Suggested action"), LONGEST_SUGGESTION)
    suggestion_2 = text_field(_("Second suggestion"), LONGEST_SUGGESTION, rows=2)
    suggestion_3 = text_field(_("Third suggestion"), LONGEST_SUGGESTION, rows=2)

    def __init__(self, *args, scored: ScorecardCriterion, number: int, **kwargs):
        self.scored, self.number = scored, number
        self.said = [said.text for said in sorted(scored.suggestions.all(), key=lambda said: said.pk)]
        known = {f"suggestion_{place}": text for place, text in enumerate(self.said, 1)}
        known |= {"strengths": scored.strengths, "weaknesses": scored.weaknesses}
        self.kept = mark_of([scored.strengths, scored.weaknesses, *self.said])
        known["shown"] = self.kept
        super().__init__(*args, prefix=f"r{scored.criterion_id}", initial=known, **kwargs)

    @property
    def is_complete(self) -> bool:
        """As it is kept, not as it is typed."""
        return bool((self.scored.strengths or self.scored.weaknesses) and self.said)

    @property
    def has_more(self) -> bool:
        """Whether the second and third suggestion stand open."""
        return len(self.said) > 1 or any(self[f"suggestion_{place}"].errors for place in (2, 3))

    def clean(self) -> dict:
        """Two people may have the page open: what the other wrote is not overwritten unseen."""
        cleaned = super().clean()
        if self.errors or not self.is_to_be_kept or cleaned["shown"] == self.kept:
            return cleaned
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = self.kept
        texts = [self.scored.strengths, self.scored.weaknesses, *self.said]
        self.add_error(
            None,
            gettext("Somebody wrote here meanwhile: %(texts)s. To keep yours instead, save again.")
            % {"texts": " · ".join(f"“{text}”" for text in texts if text) or "—"},
        )
        return cleaned

    @property
    def is_to_be_kept(self) -> bool:
        """Whether the page's reader changed something, against what they had read and against what stands."""
        return mark_of(self._typed()) not in {self.cleaned_data["shown"], self.kept}

    def reasons(self) -> dict:
        """For `record_reasons`. The language of a text is that of its letters."""
        strengths, weaknesses, *suggestions = self._typed()
        everything = " ".join([strengths, weaknesses, *suggestions]).strip()
        return {
            "strengths": strengths,
            "weaknesses": weaknesses,
            "suggestions": suggestions,
            "text_language": "km" if KHMER_LETTER.search(everything) or not everything else "en",
        }

    def _typed(self) -> list[str]:
        typed = {name: text.replace("\r\n", "\n") for name, text in self.cleaned_data.items()}
        suggestions = [typed[f"suggestion_{place}"] for place in range(1, MOST_SUGGESTIONS + 1)]
        return [typed["strengths"], typed["weaknesses"], *filter(None, suggestions)]


def mark_of(texts: Sequence[str]) -> str:
    """A short mark of these texts, by which a page says which of them it showed."""
    return check_code(hashlib.sha256("\0".join(texts).encode()).digest(), 12)
