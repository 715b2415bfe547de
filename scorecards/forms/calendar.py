"""The days of a round: its steps, its meetings, why one is moved, and who came."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import AreaLevel, AttendanceRole, MeetingKind, PeopleGroup
from communities.models import Area, Facilitator, Meeting
from isaf_portal.lib.fields import ClockField, DayField, WholeNumberField
from scorecards.enums import RoundStep
from scorecards.forms.planning import DatesForm
from scorecards.models import Round
from scorecards.models.tallies import MOST_PEOPLE

# Scorecards get their day in the table of the round; the interface meeting and the council session have pages.
PLANNED_HERE = (
    MeetingKind.INFORMATION, MeetingKind.DISSEMINATION, MeetingKind.COMMITTEE, MeetingKind.INCEPTION,
    MeetingKind.DISTRICT_WORKSHOP,
)  # fmt: skip
REASON_LENGTH = 300


def reason_field(**kwargs) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 2})
    return forms.CharField(label=_("Reason"), max_length=REASON_LENGTH, widget=widget, **kwargs)


class RoundDatesForm(DatesForm):
    def __init__(self, *args, scoring_round: Round, **kwargs):
        initial = {step.value: getattr(scoring_round, f"{step}_on") for step in RoundStep}
        super().__init__(*args, initial=initial, **kwargs)
        help_text = _(
            "Needed where a day that stood is moved, such as: flood, harvest, the council met earlier."
        )
        self.fields["reason"] = reason_field(required=False, help_text=help_text)


class PlanMeetingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind of meeting"), choices=[(kind.value, kind.label) for kind in PLANNED_HERE]
    )
    held_on = DayField(label=_("Date"))
    village = forms.ModelChoiceField(
        Area.objects.none(), label=_("Village"), required=False, empty_label=_("Whole commune")
    )

    def __init__(self, *args, scoring_round: Round, facilitators: list[Facilitator], **kwargs):
        super().__init__(*args, **kwargs)
        villages = Area.objects.current().filter(level=AreaLevel.VILLAGE, parent=scoring_round.commune)
        self.fields["village"].queryset = villages.order_by("code")
        self.known = {str(each.pk): each for each in facilitators}
        if facilitators:
            self.fields["facilitators"] = forms.MultipleChoiceField(
                label=_("Community facilitators"),
                choices=[(key, each.name) for key, each in self.known.items()],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )

    def chosen(self) -> dict:
        """The arguments of `plan_meeting`."""
        typed = self.cleaned_data
        chosen = [self.known[key] for key in typed.get("facilitators", ())]
        return {name: typed[name] for name in ("kind", "held_on", "village")} | {"facilitators": chosen}


class PutOffForm(forms.Form):
    to_on = DayField(
        label=_("New day"), required=False, help_text=_("Leave it empty while the new day is not known.")
    )
    reason = reason_field(
        help_text=_("Such as: rain, harvest, the school is closed. Everybody who sees the round reads it.")
    )


class ReasonForm(forms.Form):
    reason = reason_field(help_text=_("Everybody who sees the round reads it."))


class HoldMeetingForm(forms.Form):
    """When a meeting took place and how many came. A blank was not counted."""

    COUNTED = {
        "citizens": (AttendanceRole.CITIZEN, PeopleGroup.TOTAL),
        "women": (AttendanceRole.CITIZEN, PeopleGroup.FEMALE),
        "young": (AttendanceRole.CITIZEN, PeopleGroup.YOUTH),
        "disability": (AttendanceRole.CITIZEN, PeopleGroup.DISABILITY),
        "minority": (AttendanceRole.CITIZEN, PeopleGroup.MINORITY),
        "id_poor": (AttendanceRole.CITIZEN, PeopleGroup.ID_POOR),
        "providers": (AttendanceRole.PROVIDER, PeopleGroup.TOTAL),
        "authorities": (AttendanceRole.AUTHORITY, PeopleGroup.TOTAL),
    }
    LABELS = {
        "citizens": _("Citizens"), "women": _("of whom women"), "young": _("of whom young people"),
        "disability": _("of whom people with disability"), "minority": _("of whom ethnic minority"),
        "id_poor": _("of whom ID-Poor"), "providers": _("Service providers"), "authorities": _("Local authorities"),
    }  # fmt: skip

    held_on = DayField(label=_("Date"))
    starts_at = ClockField(label=pgettext_lazy("time", "From"), required=False)
    ends_at = ClockField(label=pgettext_lazy("time", "To"), required=False)
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=160, required=False)
    notes = forms.CharField(
        label=_("What was said and agreed"),
        max_length=5_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args, meeting: Meeting, counts: dict, **kwargs):
        said = {
            name: getattr(meeting, name) for name in ("held_on", "starts_at", "ends_at", "place", "notes")
        }
        typed = {name: counts.get(key) for name, key in self.COUNTED.items()}
        super().__init__(*args, initial=said | typed, **kwargs)
        for name, label in self.LABELS.items():
            self.fields[name] = WholeNumberField(label=label, max_value=MOST_PEOPLE, required=False)

    def people(self) -> list[forms.BoundField]:
        return [self[name] for name in self.COUNTED]

    def said(self) -> dict:
        """The arguments of `hold_meeting`."""
        names = ("held_on", "starts_at", "ends_at", "place", "notes")
        found: dict[str, dict[str, int]] = {}
        for name, (role, group) in self.COUNTED.items():
            if (count := self.cleaned_data.get(name)) is not None:
                found.setdefault(role, {})[group] = count
        return {name: self.cleaned_data[name] for name in names} | {"attendance": found}
