"""One criterion of a list, one service, and the scale of a programme."""

from django import forms
from django.utils.translation import gettext_lazy as _

from scorecards.models import CriterionTag


class ListedCriterionForm(forms.Form):
    text_km = forms.CharField(label=_("Criterion in Khmer"), max_length=200)
    text_en = forms.CharField(label=_("Criterion in English"), max_length=200, required=False)
    hint_km = forms.CharField(
        label=_("Hint in Khmer"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the facilitator may say to explain it."),
    )
    hint_en = forms.CharField(
        label=_("Hint in English"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tag = forms.ModelChoiceField(
        CriterionTag.objects.none(),
        label=_("About"),
        required=False,
        empty_label=_("Nothing that is compared"),
        help_text=_("Years and communes are compared by this alone."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tag"].queryset = CriterionTag.objects.order_by("name_km", "pk")


class ServiceForm(forms.Form):
    name_km = forms.CharField(label=_("Name in Khmer"), max_length=120)
    name_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    sector_km = forms.CharField(label=_("Sector in Khmer"), max_length=120)
    sector_en = forms.CharField(label=_("Sector in English"), max_length=120, required=False)
    is_scored_by_village = forms.BooleanField(
        label=_("Scored village by village"),
        required=False,
        help_text=_("Otherwise the whole commune scores it once."),
    )


class NewServiceForm(ServiceForm):
    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        help_text=_("Latin letters and digits, such as WS. It stays for life."),
    )
    field_order = ("code",)


class ScaleForm(forms.Form):
    points = forms.TypedChoiceField(
        label=_("Scale"), coerce=int, choices=[(5, _("Five points")), (3, _("Three points"))]
    )
