"""Finding plans, and writing down an agreed action."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.forms.fields import YearField
from communities.models import Area, Catchment, ServiceProvider
from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.fields import SPACES, MonthField, WholeNumberField
from isaf_portal.templatetags.isaf import decimal, number
from scorecards.enums import ItemPriority, ItemRoute, PlanSection, PlanStatus
from scorecards.models import ActionItem

# More than the whole country costs or has, and still far from what columns and their sums can hold.
MOST_RIEL = 999_999_999_999
MOST_PEOPLE = 99_999_999
MOST_QUANTITY = Decimal("9999999999.99")


class PlanFilter(forms.Form):
    """What cannot be read filters nothing."""

    text = forms.CharField(label=_("Commune, name or code"), max_length=80, required=False)
    year = YearField(label=pgettext_lazy("plan", "Year"), required=False)
    status = forms.ChoiceField(
        label=_("State"), choices=[("", pgettext_lazy("filter", "All")), *PlanStatus.choices], required=False
    )


class QuantityField(forms.DecimalField):
    """An amount with at most two decimals, comma or point, in Khmer or Latin digits."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a number such as 12 or 2.5.")}

    def __init__(self, **kwargs):
        super().__init__(min_value=0, max_value=MOST_QUANTITY, max_digits=12, decimal_places=2, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            value = SPACES.sub("", latin_digits(value)).replace(",", ".")
            if value and not value.replace(".", "", 1).lstrip("-").isdecimal():
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Decimal):
            return value
        exact = value.normalize()
        return decimal(exact, max(0, -exact.as_tuple().exponent))


def _text(label, at_most: int, language: str, *, rows: int = 0, **kwargs) -> forms.CharField:
    attrs = {"lang": language} | ({"rows": rows} if rows else {})
    widget = forms.Textarea(attrs=attrs) if rows else forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, max_length=at_most, widget=widget, **{"required": False} | kwargs)


class ItemForm(forms.Form):
    """The thirteen columns of one action; only the activity in Khmer must be there at once.

    `section` says which of the two kinds it is: an external action has a route, an internal one a provider.
    `scores` are the choices of low scores behind it, as (key, words).
    """

    activity_km = _text(_("Activity (Khmer)"), 400, "km", rows=3, required=True)
    activity_en = _text(_("Activity (English)"), 400, "en", rows=3)
    provider = forms.ModelChoiceField(
        ServiceProvider.objects.none(), label=_("Which provider does it"), required=False
    )
    route = forms.ChoiceField(
        label=_("Asked of"), choices=[("", _("Choose")), *ItemRoute.choices], required=False
    )
    proposer_km = _text(_("Proposer"), 160, "km", help_text=_("A village or a group, not a person’s name."))
    target_km = _text(_("Target response"), 240, "km")
    location_km = _text(_("Location"), 160, "km")
    quantity = QuantityField(label=_("Quantity"), required=False)
    unit_km = _text(_("Unit"), 60, "km")
    starts_on = MonthField(label=_("Start"), required=False, help_text=_("Month and year, such as 03/2027."))
    ends_on = MonthField(label=_("End"), required=False, help_text=_("Month and year, such as 03/2027."))
    beneficiaries_count = WholeNumberField(label=_("Beneficiaries"), required=False, max_value=MOST_PEOPLE)
    female_count = WholeNumberField(label=_("Of whom women"), required=False, max_value=MOST_PEOPLE)
    cost_riel = WholeNumberField(
        label=_("Estimated cost (riel)"),
        required=False,
        max_value=MOST_RIEL,
        help_text=_("0 = costs nothing. Empty = not known yet."),
    )
    is_cost_to_be_estimated = forms.BooleanField(label=_("The cost is still to be estimated"), required=False)
    lead_km = _text(_("Who leads"), 160, "km")
    partners_km = _text(_("With whom"), 240, "km")
    priority = forms.ChoiceField(
        label=_("Priority"), choices=[("", _("Not said")), *ItemPriority.choices], required=False
    )
    proposer_en = _text(_("Proposer (English)"), 160, "en")
    target_en = _text(_("Target response (English)"), 240, "en")
    location_en = _text(_("Location (English)"), 160, "en")
    unit_en = _text(_("Unit (English)"), 60, "en")
    lead_en = _text(_("Who leads (English)"), 160, "en")
    partners_en = _text(_("With whom (English)"), 240, "en")
    sources = forms.MultipleChoiceField(
        label=_("Low scores that it answers"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(
        self,
        *args,
        section: str,
        commune: Area,
        scores: Iterable[tuple[str, str]],
        item: ActionItem | None = None,
        **kwargs,
    ):
        if item is not None:
            kwargs["initial"] = values_of(item) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["sources"].choices = list(scores)
        if section == PlanSection.EXTERNAL:
            del self.fields["provider"]
            return
        del self.fields["route"]
        self.fields["provider"].required = True
        self.fields["provider"].queryset = _providers_of(commune, item)

    def clean(self) -> dict:
        cleaned = super().clean()
        start, end = cleaned.get("starts_on"), cleaned.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", _("The end is before the start."))
        people, women = cleaned.get("beneficiaries_count"), cleaned.get("female_count")
        if people is not None and women is not None and women > people:
            self.add_error(
                "female_count",
                _("There are more women (%(women)s) than beneficiaries (%(people)s).")
                % {"women": number(women), "people": number(people)},
            )
        return cleaned

    @property
    def fields_typed(self) -> dict[str, Any]:
        """What `put_action_item` takes; the scores behind are handed over apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "sources"}

    @property
    def english(self) -> list[forms.BoundField]:
        """The texts of the folded part."""
        return [self[name] for name in self.fields if name.endswith("_en") and name != "activity_en"]

    @property
    def has_english_errors(self) -> bool:
        return any(field.errors for field in self.english)


def values_of(item: ActionItem) -> dict[str, Any]:
    """The action as the form shows it."""
    names = [name for name in ItemForm.base_fields if name not in {"sources", "provider"}]
    return {name: getattr(item, name) for name in names} | {"provider": item.provider_id}


def state_of(item: ActionItem) -> str:
    """What travels in the form: the same text as long as nobody changed the action or the scores behind it."""
    sources = sorted(
        (source.scoring_round_id, source.provider_id, source.criterion_id) for source in item.sources.all()
    )
    values = {name: str(value) for name, value in values_of(item).items() if value not in (None, "")}
    read = json.dumps([values, sources], sort_keys=True)
    return hashlib.sha256(read.encode()).hexdigest()[:16]


def _providers_of(commune: Area, item: ActionItem | None):
    serving = Catchment.objects.filter(commune=commune, served_to__isnull=True)
    providers = ServiceProvider.objects.filter(pk__in=serving.values("provider"))
    if item is not None and item.provider_id:
        providers |= ServiceProvider.objects.filter(pk=item.provider_id)
    return providers.order_by("service_type", "pk")
