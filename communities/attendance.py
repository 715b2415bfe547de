"""Who came, in numbers: which counts can stand beside each other.

Flags overlap, so they are never added up: a young woman with an ID-Poor card counts in five of these numbers.
"""

from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from communities.enums import AttendanceRole, PeopleGroup
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused

MOST_PEOPLE = 99_999
# A flag, and the women counted in it.
WOMEN_OF = {
    PeopleGroup.YOUTH: PeopleGroup.YOUNG_WOMEN,
    PeopleGroup.DISABILITY: PeopleGroup.WOMEN_WITH_DISABILITY,
    PeopleGroup.MINORITY: PeopleGroup.MINORITY_WOMEN,
    PeopleGroup.ID_POOR: PeopleGroup.ID_POOR_WOMEN,
}

Counts = dict[str, dict[str, int]]


class AttendanceRefused(Refused):
    """The numbers contradict each other; the message names the two."""


def checked_attendance(attendance: Mapping[str, Mapping[str, int | None]]) -> Counts:
    """The counts to keep, by role and group, without what nobody counted. All of them or none."""
    counts: Counts = {}
    for role, groups in attendance.items():
        if role not in AttendanceRole.values:
            raise AttendanceRefused(_("Say who came: citizens, service providers or others."))
        counts[str(AttendanceRole(role))] = {
            str(group): _checked_count(group, count) for group, count in groups.items() if count is not None
        }
        _refuse_contradictions(counts[str(AttendanceRole(role))])
    return counts


def _checked_count(group: str, count: int) -> int:
    if group not in PeopleGroup.values:
        raise AttendanceRefused(_("Load the page again: it counts a group that is not known here."))
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_PEOPLE:
        raise AttendanceRefused(
            _("%(group)s: write a whole number of people from 0 to %(most)s.")
            % {"group": PeopleGroup(group).label, "most": _number(MOST_PEOPLE)}
        )
    return count


def _refuse_contradictions(counts: Mapping[str, int]) -> None:
    if not counts:
        return
    if PeopleGroup.TOTAL not in counts:
        raise AttendanceRefused(_("Write the total number of people who came."))
    for part in counts:
        _refuse_above(counts, part, PeopleGroup.TOTAL)
    for flag, women in WOMEN_OF.items():
        _refuse_above(counts, women, flag)
        _refuse_above(counts, women, PeopleGroup.FEMALE)
        _refuse_too_many_men(counts, flag, women)


def _refuse_above(counts: Mapping[str, int], part: str, whole: str) -> None:
    if part in counts and whole in counts and counts[part] > counts[whole]:
        raise AttendanceRefused(
            _("%(part)s %(few)s is more than %(whole)s %(many)s. Check the numbers.")
            % {
                "part": PeopleGroup(part).label, "few": _number(counts[part]),
                "whole": PeopleGroup(whole).label, "many": _number(counts[whole]),
            }
        )  # fmt: skip


def _refuse_too_many_men(counts: Mapping[str, int], flag: str, women: str) -> None:
    """Whoever of a flag is not a woman is among those who are not women."""
    if not {flag, women, PeopleGroup.FEMALE} <= counts.keys():
        return
    others = counts[PeopleGroup.TOTAL] - counts[PeopleGroup.FEMALE]
    if counts[flag] - counts[women] > others:
        raise AttendanceRefused(
            _("%(flag)s: %(count)s of them would be men, but only %(men)s men came. Check the numbers.")
            % {
                "flag": PeopleGroup(flag).label, "count": _number(counts[flag] - counts[women]),
                "men": _number(others),
            }
        )  # fmt: skip


def _number(count: int) -> str:
    return formats.number(count, get_language() or "en")
