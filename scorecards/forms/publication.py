"""The commune's agreement to publish, reasons for ending and withdrawing, and a reply beside the figures."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.fields import DayField

# Characters; the operations refuse longer ones too.
LONGEST_NAME, LONGEST_REASON, LONGEST_REPLY = 160, 300, 1_000


class AgreementForm(forms.Form):
    covers_scores = forms.BooleanField(label=_("The scores of its services"), required=False)
    covers_plans = forms.BooleanField(label=_("Its action plans"), required=False)
    agreed_on = DayField(label=_("Agreed on"))
    agreed_by = forms.CharField(
        label=_("Who agreed"),
        max_length=LONGEST_NAME,
        help_text=_("The session or the office, such as “council session 8/2026”; no names of persons."),
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("covers_scores") and not cleaned.get("covers_plans"):
            raise forms.ValidationError(_("Say what the commune agreed to publish."))
        return cleaned


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReplyForm(forms.Form):
    """`voices` are choices of (key, name); with one voice nothing is asked."""

    voice = forms.ChoiceField(label=_("You reply for"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("Your reply"),
        max_length=LONGEST_REPLY,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody can read it beside the figures. Name no person."),
    )

    def __init__(self, *args, voices: Iterable[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        choices = list(voices)
        self.fields["voice"].choices = choices
        if len(choices) == 1:
            self.fields["voice"].widget = forms.HiddenInput()
            self.initial["voice"] = choices[0][0]
