"""The page on which the staff of a provider score their own service: how many they are, and a small form per criterion."""

import uuid

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.fields import LARGEST, WholeNumberField
from scorecards.entry.self_assessment import AssessedRow, Said
from scorecards.forms.reasons import KHMER_LETTER, LONGEST_REASON, LONGEST_SUGGESTION, mark_of
from scorecards.models.tallies import MOST_PEOPLE


class StaffForm(forms.Form):
    """Of the whole page: the number of staff, and the revision that was read."""

    people = WholeNumberField(
        label=_("How many of the staff score together?"), max_value=MOST_PEOPLE, required=False
    )
    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    base_revision = WholeNumberField(widget=forms.HiddenInput, max_value=LARGEST)


class CriterionForm(forms.Form):
    """One criterion: the score, why, and what could be done. Everything may be left for later.

    "Why" is kept with the strengths where the score is above the middle, else with the weaknesses; where the sheet
    holds both, both are shown.
    """

    shown = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    score = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    is_replaced = forms.BooleanField(label=_("One score replaces these counts"), required=False)
    why = forms.CharField(
        label=_("Why?"), max_length=LONGEST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    strengths = forms.CharField(
        label=_("Strengths"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    weaknesses = forms.CharField(
        label=_("Weaknesses"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    suggestion = forms.CharField(
        label=_("What could be done?"),
        max_length=LONGEST_SUGGESTION,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, row: AssessedRow, points: int, **kwargs):
        self.row, self.points = row, points
        scored = row.scored
        self.before = (scored.strengths, scored.weaknesses) if scored else ("", "")
        self.has_both = all(self.before)
        self.kept = mark_of([*self.before, *row.suggestions])
        initial = {
            "shown": self.kept,
            "score": row.score,
            "why": "".join(self.before) if not self.has_both else "",
            "strengths": self.before[0],
            "weaknesses": self.before[1],
            "suggestion": row.suggestions[0] if row.suggestions else "",
        }
        super().__init__(*args, prefix=f"r{row.criterion.pk}", initial=initial, **kwargs)
        self.fields["score"].choices = [(str(score), str(score)) for score in range(points + 1)]
        for name in ("why",) if self.has_both else ("strengths", "weaknesses"):
            del self.fields[name]

    @property
    def chosen(self) -> str:
        """The score that the page shows as chosen, as its radio button is named."""
        value = self["score"].value()
        return "" if value is None else str(value)

    @property
    def needs_word(self) -> bool:
        """Whether the field of suggestions stands open."""
        return bool(self["suggestion"].value() or self["suggestion"].errors)

    def clean(self) -> dict:
        """Two people may have the page open: what the other wrote is not overwritten unseen."""
        cleaned = super().clean()
        if self.errors or not self.is_said_anew or cleaned["shown"] == self.kept:
            return cleaned
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = self.kept
        texts = [text for text in (*self.before, *self.row.suggestions) if text]
        self.add_error(
            None,
            gettext("Somebody wrote here meanwhile: %(texts)s. To keep yours instead, save again.")
            % {"texts": " · ".join(f"“{text}”" for text in texts) or "—"},
        )
        return cleaned

    @property
    def is_said_anew(self) -> bool:
        """Whether the texts differ from those that were read and from those that stand."""
        said = self.said()
        return mark_of([said.strengths, said.weaknesses, *said.suggestions]) not in {
            self.cleaned_data["shown"],
            self.kept,
        }

    def said(self) -> Said:
        """For `record_self_assessment`. Suggestions that the page does not show stay behind the first."""
        typed = {
            name: text.replace("\r\n", "\n")
            for name, text in self.cleaned_data.items()
            if isinstance(text, str)
        }
        strengths, weaknesses = typed.get("strengths", ""), typed.get("weaknesses", "")
        if not self.has_both:
            score = self.cleaned_data.get("score")
            score = self.row.score if score is None else score
            is_strong = (score or 0) * 2 > self.points + 1
            strengths, weaknesses = (typed["why"], "") if is_strong else ("", typed["why"])
        suggestions = tuple(filter(None, [typed["suggestion"], *self.row.suggestions[1:]]))
        everything = " ".join([strengths, weaknesses, *suggestions]).strip()
        language = "km" if KHMER_LETTER.search(everything) or not everything else "en"
        return Said(strengths, weaknesses, suggestions, language)
