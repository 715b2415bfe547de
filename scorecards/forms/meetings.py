"""The meeting at which people scored: when and how, who came, and in which groups they scored."""

import uuid
from collections.abc import Iterable, Mapping

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.enums import AttendanceRole, PeopleGroup, ScoringMethod
from communities.models import Meeting
from isaf_portal.lib.fields import ClockField, DayField, WholeNumberField
from scorecards.enums import ScoringGroupCode
from scorecards.models.tallies import MOST_PEOPLE

LABELS = {
    PeopleGroup.TOTAL: pgettext_lazy("people", "Total"),
    PeopleGroup.FEMALE: _("Female"),
    PeopleGroup.YOUTH: _("Young people 15–30"),
    PeopleGroup.YOUNG_WOMEN: _("Young women"),
    PeopleGroup.DISABILITY: _("People with disability"),
    PeopleGroup.MINORITY: _("Ethnic minority"),
    PeopleGroup.ID_POOR: _("ID-Poor"),
    PeopleGroup.WOMEN_WITH_DISABILITY: _("Women with disability"),
    PeopleGroup.MINORITY_WOMEN: _("Ethnic minority women"),
    PeopleGroup.ID_POOR_WOMEN: _("ID-Poor women"),
}
ASKED_FIRST = tuple(LABELS)[:7]
ASKED_LATER = tuple(LABELS)[7:]

TOGETHER, SEPARATE = "together", "separate"
SEPARATE_GROUPS = (ScoringGroupCode.WOMEN, ScoringGroupCode.MEN, ScoringGroupCode.YOUTH)
FLAGS = (
    ScoringGroupCode.FEMALE, ScoringGroupCode.YOUNG, ScoringGroupCode.DISABILITY, ScoringGroupCode.MINORITY,
    ScoringGroupCode.ID_POOR,
)  # fmt: skip


def people_field(label, **kwargs) -> WholeNumberField:
    return WholeNumberField(label=label, max_value=MOST_PEOPLE, required=False, **kwargs)


class AnyMeetingForm(forms.Form):
    """What every sitting and self-assessment is asked."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    held_on = DayField(label=_("Date"))

    def blocks(self) -> dict:
        """Fields as the page groups them."""
        return {}

    def fields_called(self, prefix: str, codes: Iterable[str]) -> list[forms.BoundField]:
        return [self[f"{prefix}_{code}"] for code in codes if f"{prefix}_{code}" in self.fields]


class ScorecardMeetingForm(AnyMeetingForm):
    """A sitting of citizens. `groups` are those that stand already; once `is_fixed` only their numbers are asked."""

    starts_at = ClockField(label=pgettext_lazy("time", "From"), required=False)
    ends_at = ClockField(label=pgettext_lazy("time", "To"), required=False)
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=160, required=False)
    method = forms.ChoiceField(
        label=_("How people scored"), choices=ScoringMethod.choices, widget=forms.RadioSelect, required=False
    )
    spoken_language = forms.CharField(label=_("Language spoken, if not Khmer"), max_length=60, required=False)
    left_early = people_field(_("Left before the end"))
    scheme = forms.ChoiceField(
        label=_("In which groups people scored"),
        choices=[(TOGETHER, _("All together")), (SEPARATE, _("Women, men, youth apart"))],
        widget=forms.RadioSelect,
        required=False,
    )

    def __init__(self, *args, groups: Mapping[str, int | None], is_fixed: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_fixed = is_fixed
        for group, label in LABELS.items():
            self.fields[f"came_{group}"] = people_field(label)
        for code in (ScoringGroupCode.ALL, *SEPARATE_GROUPS, *FLAGS):
            if not is_fixed or code in groups:
                self.fields[f"group_{code}"] = people_field(code.label)
        self.fields["came_young_women"].help_text = _("counted in both")
        if "group_all" in self.fields:
            self.fields["group_all"].label = _("People who scored together")
        if is_fixed:
            del self.fields["scheme"]

    def blocks(self) -> dict:
        later = self.fields_called("came", ASKED_LATER)
        return {
            "asked_first": self.fields_called("came", ASKED_FIRST),
            "asked_later": later,
            "has_more_counts": any(field.value() or field.errors for field in later),
            "together": self.fields_called("group", [ScoringGroupCode.ALL]),
            "separate": self.fields_called("group", SEPARATE_GROUPS),
            "flags": self.fields_called("group", FLAGS),
        }

    def meeting(self) -> dict:
        """For `record_scorecard_meeting`; a number that nobody counted is None."""
        names = ("held_on", "starts_at", "ends_at", "place", "method", "spoken_language")
        came = {group: self.cleaned_data[f"came_{group}"] for group in LABELS}
        return {name: self.cleaned_data[name] for name in names} | {
            "attendance": {AttendanceRole.CITIZEN: came}
        }

    def groups(self) -> dict[str, int | None]:
        """For `set_scoring_groups`; empty while nobody said how people scored."""
        typed = {code: self.cleaned_data.get(f"group_{code}") for code in self._codes()}
        return {
            code: people
            for code, people in typed.items()
            if self.is_fixed or people is not None or code == ScoringGroupCode.ALL
        }

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.is_fixed:
            return cleaned
        apart = [code for code in SEPARATE_GROUPS if cleaned.get(f"group_{code}") is not None]
        flags = [code for code in FLAGS if cleaned.get(f"group_{code}") is not None]
        numbers = {TOGETHER: cleaned.get("group_all") is not None, SEPARATE: bool(apart)}
        if cleaned.get("scheme") == SEPARATE and not apart and not self.errors:
            self.add_error("group_women", _("Write how many people scored in each group."))
        if not cleaned.get("scheme") and (any(numbers.values()) or flags):
            # What was typed says it where only one kind of number is there.
            said = [scheme for scheme, is_typed in numbers.items() if is_typed]
            if len(said) == 1:
                cleaned["scheme"] = said[0]
            elif "scheme" not in self.errors:
                self.add_error("scheme", _("Say whether people scored all together or in separate groups."))
        return cleaned

    def _codes(self) -> tuple[str, ...]:
        if self.is_fixed:
            return tuple(name.removeprefix("group_") for name in self.fields if name.startswith("group_"))
        scheme = self.cleaned_data.get("scheme")
        if not scheme:
            return ()
        return ((ScoringGroupCode.ALL,) if scheme == TOGETHER else SEPARATE_GROUPS) + FLAGS


class SelfAssessmentMeetingForm(AnyMeetingForm):
    """The staff of a provider score together: when, and how many they were."""

    group_all = people_field(_("Staff who scored together"))
    is_fixed = False

    def __init__(self, *args, groups: Mapping[str, int | None], is_fixed: bool, **kwargs):
        super().__init__(*args, **kwargs)

    def meeting(self) -> dict:
        staff = {PeopleGroup.TOTAL: self.cleaned_data["group_all"]}
        return {"held_on": self.cleaned_data["held_on"], "attendance": {AttendanceRole.PROVIDER: staff}}

    def groups(self) -> dict[str, int | None]:
        return {ScoringGroupCode.ALL: self.cleaned_data["group_all"]}


def meeting_initial(
    meeting: Meeting | None,
    *,
    came: Mapping[str, int],
    groups: Mapping[str, int | None],
    left_early: int | None,
) -> dict:
    """What the page shows first: what is known, and nothing beyond it."""
    known = {f"came_{group}": count for group, count in came.items()}
    known |= {f"group_{code}": people for code, people in groups.items()} | {"left_early": left_early}
    if set(groups) & set(SEPARATE_GROUPS):
        known["scheme"] = SEPARATE
    elif groups:
        known["scheme"] = TOGETHER
    if meeting is not None:
        names = ("held_on", "starts_at", "ends_at", "place", "method", "spoken_language")
        known |= {name: getattr(meeting, name) for name in names}
    return known
