"""Who came to a sitting and who scored in which group, put beside each other in one sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.enums import AttendanceRole, PeopleGroup
from communities.models import AttendanceCount
from isaf_portal.templatetags.isaf import number
from scorecards.enums import GroupKind, ScoringGroupCode
from scorecards.models import ScorecardVersion, Tally


@dataclass(frozen=True)
class Gathering:
    """The people of one sitting, None where nobody counted.

    `came` by people group, `people` by scoring group; the groups are fixed once a count was saved.
    """

    came: Mapping[str, int]
    people: Mapping[str, int | None]
    separate: tuple[str, ...]
    left_early: int | None
    is_fixed: bool

    @property
    def total(self) -> int | None:
        return self.came.get(PeopleGroup.TOTAL)

    @property
    def female(self) -> int | None:
        return self.came.get(PeopleGroup.FEMALE)

    @property
    def male(self) -> int | None:
        return None if self.total is None or self.female is None else self.total - self.female

    @property
    def scored(self) -> int | None:
        """How many scored, all groups together."""
        if not self.separate:
            return self.people.get(ScoringGroupCode.ALL)
        numbers = [self.people[code] for code in self.separate]
        return None if None in numbers else sum(numbers)

    @property
    def elsewhere(self) -> int:
        """Young people who came and did not score in the group of youth: they scored with women or men."""
        young, apart = self.came.get(PeopleGroup.YOUTH), self.people.get(ScoringGroupCode.YOUTH)
        return max(young - apart, 0) if young is not None and apart is not None else 0

    @property
    def fits(self) -> bool:
        """Whether nobody who came is missing among those who scored, nor the other way round."""
        return self.scored is None or self.total is None or self.scored == self.total

    @property
    def figures(self) -> list[dict[str, object]]:
        """Who came, for the component of key figures; what nobody counted is left out."""
        young_women = self.came.get(PeopleGroup.YOUNG_WOMEN)
        shown = (
            (_("Female"), self.female, ""),
            (_("Male"), self.male, ""),
            (
                _("Young people 15–30"),
                self.came.get(PeopleGroup.YOUTH),
                "" if young_women is None else _("young women %(count)s") % {"count": number(young_women)},
            ),
            (_("People with disability"), self.came.get(PeopleGroup.DISABILITY), ""),
            (_("Ethnic minority"), self.came.get(PeopleGroup.MINORITY), ""),
            (_("ID-Poor"), self.came.get(PeopleGroup.ID_POOR), ""),
        )
        return [
            {"label": label, "value": count, "note": note}
            for label, count, note in shown
            if count is not None
        ]

    @property
    def sentences(self) -> list[str]:
        """Sums to compare with the paper: "25 women + 22 men = 47", "Scoring groups 20 + 15 + 12 = 47"."""
        said = []
        if self.male is not None:
            words = {"women": number(self.female), "men": number(self.male), "all": number(self.total)}
            said.append(_("%(women)s women + %(men)s men = %(all)s.") % words)
        if self.separate and self.scored is not None:
            sum_ = " + ".join(number(self.people[code]) for code in self.separate)
            said.append(_("Scoring groups %(sum)s = %(all)s.") % {"sum": sum_, "all": number(self.scored)})
        elif self.scored is not None:
            said.append(_("%(all)s people scored together.") % {"all": number(self.scored)})
        if not self.fits:
            words = {"scored": number(self.scored), "came": number(self.total)}
            said.append(_("%(came)s people came and %(scored)s scored. Check whether that is right.") % words)
        return said


def gathering_of(version: ScorecardVersion) -> Gathering:
    """Costs three queries."""
    role = AttendanceRole.PROVIDER if version.scorecard.is_self_assessment else AttendanceRole.CITIZEN
    counts = AttendanceCount.objects.filter(
        attendance__meeting=version.scorecard.meeting_id, attendance__role=role
    )
    groups = {group.group: group for group in version.groups.all()}
    order = list(ScoringGroupCode)
    codes = sorted(groups, key=order.index)
    return Gathering(
        came=dict(counts.values_list("people_group", "count")),
        people={code: groups[code].people_count for code in codes},
        separate=tuple(code for code in codes if groups[code].kind == GroupKind.DISJOINT),
        left_early=version.left_early_count,
        # A reopened version begins with counts and without a save.
        is_fixed=Tally.objects.filter(scorecard_criterion__version=version).exists() or version.revision > 0,
    )
