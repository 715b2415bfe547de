"""Who scored apart, and how many they were."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from scorecards.enums import GroupKind, SaveOutcome, ScoringGroupCode
from scorecards.models import ScorecardVersion, ScoringGroup, Tally
from scorecards.models.tallies import MOST_PEOPLE
from scorecards.operations.versions import editable_version, note

KIND_OF = {
    ScoringGroupCode.ALL: GroupKind.ALL,
    ScoringGroupCode.WOMEN: GroupKind.DISJOINT,
    ScoringGroupCode.MEN: GroupKind.DISJOINT,
    ScoringGroupCode.YOUTH: GroupKind.DISJOINT,
    ScoringGroupCode.FEMALE: GroupKind.FLAG,
    ScoringGroupCode.YOUNG: GroupKind.FLAG,
    ScoringGroupCode.DISABILITY: GroupKind.FLAG,
    ScoringGroupCode.MINORITY: GroupKind.FLAG,
    ScoringGroupCode.ID_POOR: GroupKind.FLAG,
}


class GroupsRefused(Refused):
    """These groups cannot stand beside each other, or are fixed."""


@transaction.atomic
def set_scoring_groups(*, version: ScorecardVersion, people: Mapping[str, int | None], by: User) -> None:
    """Say which groups scored, `people` as {group code: number of people, None while nobody counted}.

    Either all together ("all"), or groups that do not overlap ("women", "men", "youth"), whose sum is all: then
    "all" is computed and not named here. Parts of all ("female", "young" and so on) may stand beside either. The
    groups are fixed at the first save of the sheet; the numbers can be corrected until it is submitted.
    """
    now = timezone.now()
    version = editable_version(version)
    _refuse(version, people)
    present = {group.group: group for group in version.groups.all()}
    if set(present) != set(people) and _has_saves(version):
        raise GroupsRefused(
            _("The groups are fixed since the first save of the sheet. Their numbers can be corrected.")
        )
    version.groups.exclude(group__in=list(people)).delete()
    for code, count in people.items():
        ScoringGroup.objects.update_or_create(
            version=version, group=code, defaults={"kind": KIND_OF[code], "people_count": count}
        )
    note(
        "scorecards.groups.set", version, by=by, at=now, **{f"{code}_count": people[code] for code in people}
    )


def _has_saves(version: ScorecardVersion) -> bool:
    """A reopened version begins with the counts of the one before it, without a save of its own."""
    kept = version.saves.exclude(outcome=SaveOutcome.REFUSED)
    return kept.exists() or Tally.objects.filter(scorecard_criterion__version=version).exists()


def _refuse(version: ScorecardVersion, people: Mapping[str, int | None]) -> None:
    if any(code not in KIND_OF for code in people):
        raise GroupsRefused(_("Load the page again: it names a group that is not known here."))
    kinds = {KIND_OF[code] for code in people}
    if version.scorecard.is_self_assessment and set(people) != {ScoringGroupCode.ALL}:
        raise GroupsRefused(_("The staff of a provider score together, as one group."))
    if GroupKind.ALL in kinds and GroupKind.DISJOINT in kinds:
        raise GroupsRefused(
            _("All is computed from the separate groups: choose either all together or groups.")
        )
    if not kinds & {GroupKind.ALL, GroupKind.DISJOINT}:
        raise GroupsRefused(_("Say whether people scored all together or in separate groups."))
    for code, count in people.items():
        if count is not None and not _is_count(count):
            raise GroupsRefused(
                _("%(group)s: write a whole number of people from 0 to %(most)s.")
                % {
                    "group": ScoringGroupCode(code).label,
                    "most": formats.number(MOST_PEOPLE, get_language() or "en"),
                }
            )


def _is_count(count) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and 0 <= count <= MOST_PEOPLE
