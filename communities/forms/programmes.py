"""A programme's settings, its own words, its partners."""

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.enums import WordKey
from communities.forms.fields import PointsField, YearField
from communities.models import Organisation, Programme
from communities.words import usual_word
from isaf_portal.lib.fields import DayField, WholeNumberField


class ProgrammeForm(forms.Form):
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    phase = forms.CharField(
        label=_("Phase"), max_length=40, required=False, help_text=_("Such as II, where the name goes on.")
    )
    first_year = YearField(label=_("First year"))
    last_year = YearField(
        label=_("Last year"), required=False, help_text=_("Empty while nobody has ended it.")
    )
    small_group_minimum = WholeNumberField(
        label=_("Smallest group shown alone"),
        initial=5,
        min_value=3,
        max_value=50,
        help_text=_("People. Smaller groups are hidden in public, so that nobody is recognised."),
    )
    gap_flag = PointsField(
        label=_("Difference to point out"),
        initial=1,
        help_text=_("Points of the scale between two groups, or between community and provider."),
    )
    youth_from_age = WholeNumberField(label=_("Young people from age"), initial=15)
    youth_to_age = WholeNumberField(label=_("to age"), initial=30)
    confirmations_needed = WholeNumberField(
        label=_("People who confirm a decision"),
        initial=1,
        min_value=1,
        max_value=5,
        help_text=_("How many named people confirm what the clerk recorded of the council’s session."),
    )
    has_witness_signature = forms.BooleanField(
        label=_("The plan has a place to sign “seen and agreed”"), required=False
    )
    help_phone = forms.CharField(
        label=_("Help number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=_(
            "Whom the people of this programme phone when they are stuck. Empty: the portal’s own number."
        ),
    )
    frozen_from = DayField(
        label=_("Nothing new is published from"),
        required=False,
        help_text=_(
            "Such as before an election. What would become public then waits until these days are over."
        ),
    )
    frozen_until = DayField(label=_("until (the last day)"), required=False)


class KeyWordsForm(forms.Form):
    """Two fields for each key word, `<key>_km` and `<key>_en`; the usual word stands beside them."""

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        own = {word.key: word for word in programme.key_words.all()}
        for key in WordKey:
            for language, label in (("km", _("In Khmer")), ("en", _("In English"))):
                name = f"{key.value}_{language}"
                self.fields[name] = forms.CharField(label=label, max_length=200, required=False)
                self.initial[name] = getattr(own[key.value], f"text_{language}") if key.value in own else ""

    def rows(self) -> list[dict]:
        """For each key word its usual words and its two fields."""
        return [
            {
                "usual": usual_word(key),
                "is_own": bool(self.initial[f"{key.value}_km"]),
                "km": self[f"{key.value}_km"],
                "en": self[f"{key.value}_en"],
            }
            for key in WordKey
        ]

    def words(self) -> dict[str, tuple[str, str]]:
        typed = self.cleaned_data
        return {key.value: (typed[f"{key.value}_km"], typed[f"{key.value}_en"]) for key in WordKey}


class PartnerForm(forms.Form):
    """An organisation that is there already."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=_("Choose")
    )
    leads = forms.BooleanField(label=_("Leads the programme"), required=False)

    def __init__(self, *args, programme: Programme, **kwargs):
        super().__init__(*args, **kwargs)
        offered = Organisation.objects.filter(is_practice=programme.is_practice)
        self.fields["organisation"].queryset = offered.order_by("name_km", "pk")
