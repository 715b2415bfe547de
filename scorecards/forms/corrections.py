"""Words of an approved action that are corrected without the council."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards.models import CLERICAL_FIELDS, ActionItem

LONGEST_REASON = 300  # characters; the operation refuses a longer one too


class CorrectionForm(forms.Form):
    """A field for each clerical word, in Khmer as on the paper, and why."""

    reason = forms.CharField(
        label=_("What was wrong"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: the unit was misspelt. It is kept with the correction."),
    )

    def __init__(self, *args, item: ActionItem, **kwargs):
        super().__init__(*args, **kwargs)
        for name in CLERICAL_FIELDS:
            column = ActionItem._meta.get_field(name)
            self.fields[name] = forms.CharField(
                label=column.verbose_name,
                max_length=column.max_length,
                required=False,
                initial=getattr(item, f"{name}_km") or "",
                widget=forms.TextInput(attrs={"lang": "km"}),
            )
        self.order_fields([*CLERICAL_FIELDS, "reason"])

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in CLERICAL_FIELDS}
