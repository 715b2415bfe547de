"""Finding rounds, opening one, planning its scorecards, recording its interface meeting."""

import uuid

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.roles import Permission
from communities.access import reach
from communities.enums import AttendanceRole, PeopleGroup
from communities.forms.fields import CommuneField, YearField
from communities.models import (
    Area,
    Catchment,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
)
from isaf_portal.lib.fields import DayField, WholeNumberField
from scorecards.enums import ScorecardKind
from scorecards.models import Round
from scorecards.models.tallies import MOST_PEOPLE


class RoundFilter(forms.Form):
    """At most a year and a text; what cannot be read filters nothing."""

    text = forms.CharField(label=_("Commune, name or code"), max_length=80, required=False)
    year = YearField(label=pgettext_lazy("round", "Year"), required=False)


class OpenRoundForm(forms.Form):
    """A round of one commune. The commune is typed, by its code or its name: there are more than 1,600."""

    commune = CommuneField()
    programme = forms.ModelChoiceField(Programme.objects.none(), label=_("Programme"))
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Partner organisation"))
    year = YearField(label=pgettext_lazy("round", "Year"))
    starts_on = DayField(
        label=_("Start"),
        required=False,
        help_text=_("Such as 10/03/2026. Planned days may stay empty until they are known."),
    )
    interface_on = DayField(label=_("Interface meeting"), required=False)
    council_on = DayField(label=_("Council session"), required=False)
    district_workshop_on = DayField(label=_("District integration workshop"), required=False)

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        programmes = Programme.objects.filter(reach(person, Permission.OPEN_ROUND, Programme.scopes))
        partners = ProgrammeOrganisation.objects.filter(programme__in=programmes)
        organisations = Organisation.objects.filter(pk__in=partners.values("organisation"))
        self.offer("programme", programmes)
        self.offer("organisation", organisations)

    def offer(self, name: str, choices: QuerySet) -> None:
        """What there is to choose; where it is one thing, it is chosen."""
        self.fields[name].queryset = choices.order_by("pk")
        self.fields[name].empty_label = _("Choose")
        if len(few := choices.order_by("pk")[:2]) == 1:
            self.initial.setdefault(name, few[0].pk)


class PlanScorecardForm(forms.Form):
    """Which provider is scored, by whom and where."""

    kind = forms.ChoiceField(
        label=_("What is planned"), choices=ScorecardKind.choices, initial=ScorecardKind.COMMUNITY
    )
    provider = forms.ModelChoiceField(
        ServiceProvider.objects.none(), label=_("Service provider"), empty_label=_("Choose")
    )
    village = forms.ModelChoiceField(
        Area.objects.none(),
        label=_("Village"),
        required=False,
        empty_label=_("Whole commune"),
        help_text=_("A self-assessment has no village."),
    )

    def __init__(self, *args, scoring_round: Round, **kwargs):
        super().__init__(*args, **kwargs)
        serving = Catchment.objects.in_year(scoring_round.year).filter(commune=scoring_round.commune_id)
        providers = ServiceProvider.objects.filter(pk__in=serving.values("provider"))
        villages = Area.objects.current().filter(parent=scoring_round.commune)
        self.fields["provider"].queryset = providers.order_by("service_type", "pk")
        self.fields["village"].queryset = villages.order_by("code")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("kind") == ScorecardKind.SELF_ASSESSMENT:
            cleaned["village"] = None
        return cleaned


class InterfaceMeetingForm(forms.Form):
    """When the community and the providers met, and who came."""

    COUNTED = {
        "citizens": (AttendanceRole.CITIZEN, PeopleGroup.TOTAL),
        "women": (AttendanceRole.CITIZEN, PeopleGroup.FEMALE),
        "young": (AttendanceRole.CITIZEN, PeopleGroup.YOUTH),
        "providers": (AttendanceRole.PROVIDER, PeopleGroup.TOTAL),
        "authorities": (AttendanceRole.AUTHORITY, PeopleGroup.TOTAL),
    }

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = DayField(label=_("Date"))
    place = forms.CharField(label=_("Place"), max_length=160, required=False)
    citizens = WholeNumberField(label=_("Citizens"), max_value=MOST_PEOPLE)
    women = WholeNumberField(label=_("of whom women"), max_value=MOST_PEOPLE, required=False)
    young = WholeNumberField(label=_("of whom young people"), max_value=MOST_PEOPLE, required=False)
    providers = WholeNumberField(label=_("Service providers"), max_value=MOST_PEOPLE, required=False)
    authorities = WholeNumberField(label=_("Local authorities"), max_value=MOST_PEOPLE, required=False)

    def attendance(self) -> dict[str, dict[str, int]]:
        """By role and people group, what was typed; a blank was not counted."""
        found: dict[str, dict[str, int]] = {}
        for name, (role, group) in self.COUNTED.items():
            if (count := self.cleaned_data.get(name)) is not None:
                found.setdefault(role, {})[group] = count
        return found
