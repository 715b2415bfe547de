"""What an officer decides about a scorecard, and what somebody says who finds a locked one wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.enums import ReopeningDecision

LONGEST_REASON = 500


class ReasonField(forms.CharField):
    """A few sentences for another person to act on."""

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)


class ReturnForm(forms.Form):
    reason = ReasonField(label=_("Reason, if you return it"))


class LockForm(forms.Form):
    """Reasons are read to many; nobody may be known by them (before a lock the person confirms it)."""

    names_nobody = forms.BooleanField(
        label=_("I have read the reasons: none of them names a person."),
        error_messages={
            "required": _("Read the reasons first and confirm that none of them names a person.")
        },
    )


class ReopeningForm(forms.Form):
    reason = ReasonField(
        label=_("What is wrong?"),
        help_text=_("Such as: the sheet of the men was copied one row too low. Name no persons."),
    )


class ReopeningDecisionForm(forms.Form):
    """Granted needs no answer; refused says why."""

    decision = forms.ChoiceField(choices=ReopeningDecision.choices, widget=forms.HiddenInput)
    answer = forms.CharField(
        label=pgettext_lazy("reopening", "Answer, if it stays locked"),
        max_length=LONGEST_REASON,
        required=False,
    )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("decision") == ReopeningDecision.REFUSED and not cleaned.get("answer"):
            self.add_error("answer", _("Say in a sentence why it stays locked."))
        return cleaned
