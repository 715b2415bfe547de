"""The agenda of the interface meeting, what is agreed on a point, and the paper form typed in afterwards."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import ServiceProvider
from isaf_portal.lib.fields import WholeNumberField
from isaf_portal.templatetags.isaf import month
from scorecards.enums import ItemRoute, PlanSection
from scorecards.interface.agenda import Point, ProviderChoices
from scorecards.models import ActionItem, Criterion, InterfacePoint

ACTIONS_ON_PAPER = 2
SECTIONS = [
    (PlanSection.INTERNAL, _("The provider does this itself")),
    (PlanSection.EXTERNAL, _("Outside resources are needed")),
]


class AgendaForm(forms.Form):
    """Which criteria are talked about; in the order in which they are offered."""

    points = forms.MultipleChoiceField(label=_("Points"), required=False)

    def __init__(self, *args, groups: Iterable[ProviderChoices], **kwargs):
        super().__init__(*args, **kwargs)
        self.choices = [choice for group in groups for choice in group.choices]
        self.fields["points"].choices = [(choice.key, choice.criterion.text) for choice in self.choices]

    @property
    def ticked(self) -> set[str]:
        """The keys of the boxes that are shown with a tick."""
        settled = {choice.key for choice in self.choices if choice.is_settled}
        if self.is_bound:
            return settled | set(self.data.getlist("points"))
        return settled | {choice.key for choice in self.choices if choice.is_chosen}

    def clean_points(self) -> list[tuple[ServiceProvider, Criterion]]:
        """What was settled already stays, ticked or not."""
        ticked = set(self.cleaned_data["points"])
        chosen = [choice for choice in self.choices if choice.key in ticked or choice.is_settled]
        if not chosen:
            raise forms.ValidationError(_("Choose at least one point to talk about."))
        return [(choice.provider, choice.criterion) for choice in chosen]


class RevisionForm(forms.Form):
    """The state of the point that the reader has seen."""

    revision = WholeNumberField(widget=forms.HiddenInput, max_value=2**31 - 1)


class AgreeForm(RevisionForm):
    """What, who, when; and whether the provider does it itself or needs others."""

    activity_km = forms.CharField(
        label=_("What do we do? (in Khmer)"),
        max_length=ActionItem._meta.get_field("activity_km").max_length,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "km"}),
    )
    lead_km = forms.CharField(
        label=_("Who does it?"),
        max_length=ActionItem._meta.get_field("lead_km").max_length,
        required=False,
        widget=forms.TextInput(attrs={"lang": "km", "list": "leads", "autocomplete": "off"}),
    )
    ends_on = forms.TypedChoiceField(
        label=_("Done by when?"), required=False, coerce=date.fromisoformat, empty_value=None
    )
    section = forms.ChoiceField(
        label=_("How is it done?"), choices=SECTIONS, initial=PlanSection.INTERNAL, widget=forms.RadioSelect
    )
    route = forms.ChoiceField(
        label=_("Asked of"), choices=[("", _("Choose")), *ItemRoute.choices], required=False
    )

    def __init__(self, *args, months: Iterable[date], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].choices = month_choices(months)

    @property
    def fields_typed(self) -> dict[str, Any]:
        """What `agree_on_point` takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class ParkForm(RevisionForm):
    note = forms.CharField(
        label=_("What is still in the way?"),
        max_length=InterfacePoint._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PaperActionForm(forms.Form):
    """One line of the paper form; wholly blank, nothing was written there."""

    activity_km = forms.CharField(
        label=_("What (in Khmer)"),
        max_length=ActionItem._meta.get_field("activity_km").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1, "lang": "km"}),
    )
    lead_km = forms.CharField(
        label=_("Who"),
        max_length=ActionItem._meta.get_field("lead_km").max_length,
        required=False,
        widget=forms.TextInput(attrs={"lang": "km", "list": "leads", "autocomplete": "off"}),
    )
    ends_on = forms.TypedChoiceField(
        label=_("When is it done?"), required=False, coerce=date.fromisoformat, empty_value=None
    )
    section = forms.ChoiceField(label=_("How"), choices=SECTIONS, required=False)

    def __init__(self, *args, months: Iterable[date], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].choices = month_choices(months)

    def clean(self) -> dict:
        cleaned = super().clean()
        if not cleaned.get("activity_km") and (cleaned.get("lead_km") or cleaned.get("ends_on")):
            self.add_error("activity_km", _("Write what is done, or leave the line blank."))
        return cleaned


class PaperPointForm(RevisionForm):
    """What stands on paper under one point besides its lines."""

    note = forms.CharField(
        label=_("Not agreed yet, because"),
        max_length=InterfacePoint._meta.get_field("note").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 1}),
    )


class PaperPoint:
    """One point of the paper form with its forms, each under a prefix of its own."""

    def __init__(self, point: Point, data, months: list[date]):
        self.point = point
        prefix = f"point-{point.pk}"
        self.form = PaperPointForm(data, prefix=prefix, initial={"revision": point.point.revision})
        self.actions = [
            PaperActionForm(data, prefix=f"{prefix}-{number}", months=months)
            for number in range(ACTIONS_ON_PAPER)
        ]

    def is_valid(self) -> bool:
        is_valid = all([self.form.is_valid(), *(action.is_valid() for action in self.actions)])
        if is_valid and self.form.cleaned_data["note"] and self._typed():
            self.form.add_error("note", _("Write either what was agreed, or why nothing was."))
            return False
        return is_valid

    def entry(self) -> dict[str, Any]:
        """As the words of `PaperEntry`."""
        return {
            "point": self.point.point,
            "base_revision": self.form.cleaned_data["revision"],
            "actions": tuple(self._typed()),
            "note": self.form.cleaned_data["note"],
        }

    def read_again(self) -> None:
        """What was typed stays in the form; the state that it was typed against becomes the one shown now."""
        self.form.data = self.form.data.copy()
        self.form.data[self.form.add_prefix("revision")] = str(self.point.point.revision)

    def show(self, message: str, *, number: int, field: str) -> None:
        """Under the line of the paper that it is about."""
        form = self.actions[number] if field != "note" and number < len(self.actions) else self.form
        form.add_error(field if field in form.fields else None, message)

    def _typed(self) -> list[dict[str, Any]]:
        return [action.cleaned_data for action in self.actions if action.cleaned_data.get("activity_km")]


def month_choices(months: Iterable[date]) -> Iterator[tuple[str, str]]:
    yield "", _("Not said yet")
    for each in months:
        yield each.isoformat(), month(each)
