"""Which district's list, of which year."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.models import Area
from isaf_portal.templatetags.isaf import digits


class WorkshopFilter(forms.Form):
    """What cannot be read, or is not there, leaves the newest year and the first district."""

    year = forms.ChoiceField(label=pgettext_lazy("plan", "Year"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)

    def __init__(self, *args, years: Sequence[int], districts: Sequence[Area], **kwargs):
        super().__init__(*args, **kwargs)
        self.years, self.districts = years, districts
        self.fields["year"].choices = [(str(year), digits(year)) for year in years]
        self.fields["district"].choices = [
            (area.code, f"{area.name} · {area.parent.name}") for area in districts
        ]
        # Shows what is on the page, also where the address named nothing or something unknown.
        self.data = {
            "year": str(self.chosen_year or ""),
            "district": self.chosen_district.code if self.chosen_district else "",
        }

    @property
    def chosen_year(self) -> int | None:
        wanted = self.data.get("year")
        return next((year for year in self.years if str(year) == wanted), next(iter(self.years), None))

    @property
    def chosen_district(self) -> Area | None:
        wanted = self.data.get("district")
        return next(
            (area for area in self.districts if area.code == wanted), next(iter(self.districts), None)
        )
