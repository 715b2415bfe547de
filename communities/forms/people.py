"""Community facilitators, and community-based organisations with their yearly counts."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from communities.forms.fields import CommuneField, YearField
from communities.models import Organisation
from isaf_portal.lib.fields import DayField, WholeNumberField

WOMAN, MAN = "woman", "man"
SEX = [
    ("", pgettext_lazy("sex", "Not said")),
    (WOMAN, pgettext_lazy("person", "Woman")),
    (MAN, pgettext_lazy("person", "Man")),
]


class FacilitatorForm(forms.Form):
    name = forms.CharField(label=_("Full name"), max_length=120)
    is_female = forms.TypedChoiceField(
        label=_("Woman or man"),
        choices=SEX,
        required=False,
        coerce=lambda sex: sex == WOMAN,
        empty_value=None,
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Partner organisation"), empty_label=_("Choose")
    )
    base_commune = CommuneField(label=_("Home commune"))
    active_from = DayField(label=_("First day"), required=False)
    active_to = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Empty while the person goes on. Meetings held before keep the name."),
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        own = Organisation.objects.with_facilitators_of(person).values("pk")
        offered = Organisation.objects.filter(pk__in=own).order_by("name_km", "pk")
        self.fields["organisation"].queryset = offered
        if len(few := offered[:2]) == 1:
            self.initial.setdefault("organisation", few[0].pk)


class CboForm(forms.Form):
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    commune = CommuneField()
    kind = forms.CharField(
        label=_("Kind"), max_length=60, help_text=_("Such as savings group, youth club, farmers’ group.")
    )


class CboYearForm(forms.Form):
    year = YearField(label=pgettext_lazy("round", "Year"))
    members_count = WholeNumberField(label=_("Members"), max_value=99_999)
    female_count = WholeNumberField(label=_("Women among them"), required=False, max_value=99_999)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("year", timezone.localdate().year)
