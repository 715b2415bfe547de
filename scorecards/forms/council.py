"""What the council says of a plan: a remark before the session, and the decision that the clerk records."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.fields import DayField, WholeNumberField
from isaf_portal.templatetags.isaf import number
from scorecards.enums import CouncilOutcome
from scorecards.models import CouncilDecision

LONGEST_REMARK = 2_000
LONGEST_REASON = 500
LARGEST_COUNCIL = 99


class RemarkForm(forms.Form):
    """`item` is the action it is about; empty for the whole plan."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your remark or question"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_REMARK,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The whole council and those who write the plan read it."),
    )


class ScanForm(forms.Form):
    scan = forms.FileField(
        label=_("Photo or scan of the signed page"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=_("PDF, JPEG or PNG. The signed and sealed paper is the original."),
    )


class ReadingForm(forms.Form):
    item = forms.IntegerField()
    is_read = forms.BooleanField(required=False)


class DecisionForm(forms.Form):
    """As the minutes say; nothing of the decision is chosen before. `items` are choices of (id, words)."""

    session_number = forms.CharField(
        label=_("Session number"),
        max_length=40,
        widget=forms.TextInput(attrs={"placeholder": _("e.g. 8/2026")}),
    )
    held_on = DayField(label=_("Date"))
    present_count = WholeNumberField(label=_("Councillors present"), min_value=1, max_value=LARGEST_COUNCIL)
    council_size = WholeNumberField(label=_("Members of the council"), min_value=1, max_value=LARGEST_COUNCIL)
    present_female_count = WholeNumberField(
        label=_("Of whom women"), required=False, max_value=LARGEST_COUNCIL, help_text=_("Of those present.")
    )
    outcome = forms.ChoiceField(
        label=_("The council decided"), choices=CouncilOutcome.choices, widget=forms.RadioSelect
    )
    left_out = forms.MultipleChoiceField(
        label=_("Activities left out"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Only where the council agrees except some items."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed where the council leaves items out or returns the plan."),
    )
    scan = forms.FileField(
        label=_("Photo or scan of the signed page"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
        help_text=_("PDF, JPEG or PNG. The signed and sealed paper is the original."),
    )
    agrees_to_publish = forms.BooleanField(label=_("The council agrees to publish the plan"), required=False)

    def __init__(self, *args, items: Iterable[tuple[int, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["left_out"].choices = list(items)
        if self.is_bound and "scan" in self.files:
            # A browser sends a file only once, so whoever has to correct the form must know.
            self.fields["scan"].help_text = _("Choose the file again: the browser does not keep it.")

    def clean(self) -> dict:
        cleaned = super().clean()
        present, size = cleaned.get("present_count"), cleaned.get("council_size")
        if present and size and present > size:
            said = _("%(present)s councillors present are more than the council has (%(size)s).")
            self.add_error("present_count", said % {"present": number(present), "size": number(size)})
        women = cleaned.get("present_female_count")
        if women is not None and present and women > present:
            said = _("There were more women (%(women)s) than councillors present (%(present)s).")
            self.add_error(
                "present_female_count", said % {"women": number(women), "present": number(present)}
            )
        outcome = cleaned.get("outcome")
        if outcome and outcome != CouncilOutcome.APPROVE and not cleaned.get("reason"):
            self.add_error("reason", _("Write why, so that the others can correct it."))
        if outcome == CouncilOutcome.APPROVE_EXCEPT and not cleaned.get("left_out"):
            self.add_error("left_out", _("Tick the actions that the council left out."))
        return cleaned


def values_of(decision: CouncilDecision) -> dict:
    """The decision as it was recorded, to be corrected."""
    names = [name for name in DecisionForm.base_fields if name not in {"left_out", "scan"}]
    return {name: getattr(decision, name) for name in names} | {
        "left_out": [str(item.pk) for item in decision.left_out.all()]
    }
