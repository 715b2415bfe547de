"""Planning the year: communes that begin together, and what is scored in one of them."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Permission
from communities.access import reach
from communities.forms.fields import CommunesField, YearField
from communities.models import Area, Facilitator, Organisation, Programme, ProgrammeOrganisation
from isaf_portal.lib.fields import DayField
from scorecards.enums import RoundStep
from scorecards.overview.planning import Cell, Matrix, Wanted


class PlanYearFilter(forms.Form):
    """Of which programme and partner, and which year; what there is one of is chosen."""

    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Partner organisation"), required=False
    )
    year = YearField(label=pgettext_lazy("round", "Year"), required=False)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.filter(reach(person, Permission.OPEN_ROUND, Programme.scopes))
        partners = ProgrammeOrganisation.objects.filter(programme__in=programmes)
        organisations = Organisation.objects.filter(pk__in=partners.values("organisation"))
        for name, choices in (("programme", programmes), ("organisation", organisations)):
            self.fields[name].queryset = choices.order_by("pk")
            self.fields[name].empty_label = _("Choose")


class DatesForm(forms.Form):
    """The days of the steps, by the name of the step."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for step in RoundStep:
            self.fields[step.value] = DayField(label=step.label, required=False)
        self.fields[RoundStep.STARTS].help_text = _(
            "Such as 10/03/2026. Planned days may stay empty until they are known."
        )

    def dates(self) -> dict:
        return {step: self.cleaned_data[step] for step in RoundStep}


class OpenRoundsForm(DatesForm):
    """`offered` are communes to tick; others are typed."""

    communes = forms.MultipleChoiceField(required=False)
    further = CommunesField(
        label=_("Further communes"), required=False, help_text=_("One a line: name or code of six digits.")
    )
    copies_scorecards = forms.BooleanField(
        label=_("Plan the same scorecards as last year, where there was a round"),
        required=False,
        initial=True,
    )

    def __init__(self, *args, offered: Iterable[Area], **kwargs):
        super().__init__(*args, **kwargs)
        self.offered = {area.code: area for area in offered}
        self.fields["communes"].choices = [(code, code) for code in self.offered]
        self.fields["further"].widget.attrs["rows"] = 3
        self.order_fields(["communes", "further", *RoundStep.values, "copies_scorecards"])

    def chosen(self) -> list[Area]:
        ticked = [self.offered[code] for code in self.cleaned_data["communes"]]
        return [*ticked, *(self.cleaned_data["further"] or [])]


class RoundPlanForm(forms.Form):
    """The table of a round: a tick and a day for each cell, who enters, and the facilitators of the new meetings."""

    def __init__(
        self, *args, matrix: Matrix, people: Sequence[User], facilitators: Sequence[Facilitator], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.matrix = matrix
        self.people = {str(person.pk): person for person in people}
        self.facilitators = {str(each.pk): each for each in facilitators}
        for cell in matrix.cells:
            self._add_cell(cell)
        choices = [
            ("", _("Whoever works here")),
            *((key, person.name) for key, person in self.people.items()),
        ]
        for provider in matrix.providers if people else ():
            self.fields[f"enters_{provider.pk}"] = forms.ChoiceField(
                label=provider.name, choices=choices, required=False, initial=self._now_enters(provider.pk)
            )
        if facilitators:
            self.fields["facilitators"] = forms.MultipleChoiceField(
                label=_("Community facilitators of the meetings that get a day now"),
                choices=[(key, each.name) for key, each in self.facilitators.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def wanted(self) -> list[Wanted]:
        """What is ticked, or has a day typed beside it."""
        typed = self.cleaned_data
        return [
            Wanted(cell.provider, cell.village, typed.get(f"day_{cell.key}"), cell.kind)
            for cell in self.matrix.cells
            if typed.get(f"tick_{cell.key}") or typed.get(f"day_{cell.key}")
        ]

    def no_longer_wanted(self) -> list:
        """Scorecards that stood on the page as it was sent and whose tick was taken away: not what others added since."""
        typed = self.cleaned_data
        return [
            cell.scorecard
            for cell in self.matrix.cells
            if cell.version
            and cell.may_tick
            and typed.get(f"had_{cell.key}")
            and not typed.get(f"tick_{cell.key}")
            and not typed.get(f"day_{cell.key}")
        ]

    def enters(self) -> dict[int, User | None]:
        """By provider, who is to enter its scorecards, where that was changed."""
        return {
            provider.pk: self.people.get(self.cleaned_data[f"enters_{provider.pk}"])
            for provider in self.matrix.providers
            if f"enters_{provider.pk}" in self.changed_data
        }

    def chosen_facilitators(self) -> list[Facilitator]:
        return [self.facilitators[key] for key in self.cleaned_data.get("facilitators", ())]

    def _add_cell(self, cell: Cell) -> None:
        if cell.may_tick:
            self.fields[f"tick_{cell.key}"] = forms.BooleanField(
                required=False, initial=cell.version is not None
            )
            self.fields[f"had_{cell.key}"] = forms.BooleanField(required=False, widget=forms.HiddenInput)
        if cell.may_set_day:
            self.fields[f"day_{cell.key}"] = DayField(required=False)

    def _now_enters(self, provider: int) -> str:
        """The person of all its scorecards, if it is one and the same."""
        cards = [
            cell.scorecard for cell in self.matrix.cells if cell.version and cell.provider.pk == provider
        ]
        found = {card.assigned_to_id for card in cards if not card.is_self_assessment}
        only = found.pop() if len(found) == 1 else None
        return str(only) if only else ""
