"""Finding providers, adding one, the communes it serves, closing it."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.forms.fields import CommuneField, CommunesField, YearField
from communities.models import ServiceProvider, ServiceType
from isaf_portal.lib.fields import DayField


class PlaceFilter(forms.Form):
    """A commune; what cannot be read filters nothing."""

    text = forms.CharField(label=_("Commune, name or code"), max_length=80, required=False)


class ProviderFilter(PlaceFilter):
    service = forms.ModelChoiceField(
        ServiceType.objects.none(),
        label=_("Service"),
        required=False,
        empty_label=pgettext_lazy("services", "All"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = ServiceType.objects.order_by("pk")


class ProviderForm(forms.Form):
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=160)
    name_en = forms.CharField(label=_("Name in English"), max_length=160, required=False)
    official_code = forms.CharField(
        label=_("Official code"),
        max_length=20,
        required=False,
        help_text=_("Of its ministry, where there is one."),
    )
    located_in = CommuneField(label=_("Commune where it stands"))


class NewProviderForm(ProviderForm):
    service_type = forms.ModelChoiceField(
        ServiceType.objects.none(), label=_("Service"), empty_label=_("Choose")
    )
    field_order = ("service_type",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["service_type"].queryset = ServiceType.objects.filter(is_active=True).order_by("pk")


class CatchmentForm(forms.Form):
    communes = CommunesField(
        label=_("Communes served"),
        help_text=_("One commune a line, by its code or its name. Take a line away where it serves no more."),
    )
    from_year = YearField(
        label=_("From the year"),
        required=False,
        help_text=_("Earlier rounds keep the communes of their year. Empty: it has always been like this."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["communes"].widget.attrs["rows"] = 6
        self.initial.setdefault("from_year", timezone.localdate().year)


class CloseProviderForm(forms.Form):
    active_to = DayField(
        label=_("Last day"), help_text=_("What was scored stays. Rounds of later years no longer offer it.")
    )

    def __init__(self, *args, provider: ServiceProvider, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("active_to", provider.active_to or timezone.localdate())
