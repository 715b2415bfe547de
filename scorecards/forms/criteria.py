"""Which criteria are kept, and one that the meeting adds itself."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards.entry.criteria_choice import Choice
from scorecards.models import Criterion

LONGEST_CRITERION = Criterion._meta.get_field("text").max_length


class ChosenForm(forms.Form):
    """The ticks of the list, and a move of one place where its button was pressed ("12" is a criterion's id)."""

    criteria = forms.TypedMultipleChoiceField(
        coerce=int,
        required=False,
        error_messages={
            "invalid_choice": _("The list has changed. Load the page again, then tick the criteria.")
        },
    )
    up = forms.IntegerField(required=False, min_value=1)
    down = forms.IntegerField(required=False, min_value=1)

    def __init__(self, *args, choice: Choice, **kwargs):
        super().__init__(*args, **kwargs)
        self.choice = choice
        self.fields["criteria"].choices = [(criterion.pk, criterion.text) for criterion in choice.offered]

    def criteria_in_order(self) -> list[Criterion]:
        return self.choice.ordered(self.cleaned_data["criteria"])


class OwnCriterionForm(forms.Form):
    """Stands on the page of the list, which is saved without it as well: so nothing in it is required."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    text_km = forms.CharField(
        label=_("Add the meeting's own criterion"),
        max_length=LONGEST_CRITERION,
        required=False,
        help_text=_("In Khmer."),
    )
    text_en = forms.CharField(
        label=_("The same in English, if you wish"), max_length=LONGEST_CRITERION, required=False
    )
