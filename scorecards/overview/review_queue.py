"""What waits for whoever checks scorecards, and what of it is worth a look first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import reach
from communities.enums import PeopleGroup
from isaf_portal.templatetags.isaf import number
from scorecards import scoring
from scorecards.entry.missing import missing_for_submission, warnings_for_submission
from scorecards.enums import GroupKind, ScoringGroupCode, VersionStatus
from scorecards.figures import ALL, figures_by_group, group_numbers
from scorecards.models import ReopeningRequest, ScorecardVersion
from scorecards.names import name_of
from scorecards.overview.card_rows import attendance_of
from scorecards.overview.oddities import oddities_of, siblings_of

LONG_AFTER_DAYS = 7
YOUNG = {ScoringGroupCode.YOUTH, ScoringGroupCode.YOUNG}


@dataclass(frozen=True)
class QueueRow:
    """One submitted scorecard; `worth_a_look` are short remarks, none where all is as usual."""

    version: ScorecardVersion
    name: str
    people: int | None
    worth_a_look: list[str]
    days: int  # that it waits already

    @property
    def is_long(self) -> bool:
        return self.days >= LONG_AFTER_DAYS


@dataclass(frozen=True)
class Check:
    """One thing that the system looked at: a sentence, and whether it is as it should be."""

    text: str
    is_good: bool


def versions_to_check(person: User) -> QuerySet[ScorecardVersion]:
    """Submitted, and this person may lock them by their role; the longest waiting first."""
    mine = ScorecardVersion.objects.filter(
        reach(person, Permission.LOCK_SCORECARD, *ScorecardVersion.scopes), status=VersionStatus.SUBMITTED
    )
    return mine.order_by("submitted_at", "pk")


def requests_to_decide(person: User) -> QuerySet[ReopeningRequest]:
    """The longest waiting first."""
    found = ReopeningRequest.objects.visible_to(person).waiting()
    return found.select_related(
        "version__scorecard__provider", "version__scorecard__village", "requested_by"
    ).order_by("requested_at", "pk")


def queue_rows(versions: Iterable[ScorecardVersion]) -> list[QueueRow]:
    """Of versions with their counts and the attendance of their meeting; the other sittings are read beside them."""
    rows = list(versions)
    siblings, today = siblings_of(rows), timezone.localdate()
    return [
        QueueRow(
            version=version,
            name=name_of(version.scorecard),
            people=group_numbers(version).get(ALL),
            worth_a_look=worth_a_look(version, siblings[version.pk]),
            days=(today - timezone.localdate(version.submitted_at)).days,
        )
        for version in rows
    ]


def worth_a_look(version: ScorecardVersion, siblings: Iterable[ScorecardVersion] = ()) -> list[str]:
    """In a few words each; the check of the scorecard says where."""
    remarks = _flags(version)
    remarks += dict.fromkeys(oddity.what for oddity in oddities_of(version, siblings))
    if version.left_early_count:
        remarks.append(_("%(count)s left early") % {"count": number(version.left_early_count)})
    if _has_no_young_people(version):
        remarks.append(_("no young people"))
    if version.returned_at:
        remarks.append(_("sent again"))
    if version.number > 1:
        remarks.append(_("reopened"))
    return remarks


def flagged_criteria(version: ScorecardVersion) -> int:
    """On how many criteria groups differ by the programme's flag."""
    programme, points = version.scorecard.programme, version.scorecard.scale.points
    disjoint = {each.group for each in version.groups.all() if each.kind == GroupKind.DISJOINT}
    flagged = 0
    for scored in version.criteria.all():
        figures = figures_by_group(version, scored)
        counts = [figure.counts for code, figure in figures.items() if code in disjoint]
        gap = scoring.group_gap(counts, programme.small_group_minimum)
        flagged += scoring.is_flagged(gap, points, programme.gap_flag)
    return flagged


def checks_of(version: ScorecardVersion) -> list[Check]:
    """What the system looked at, step by step: what is as it should be, what lacks, what is worth a second look."""
    missing = missing_for_submission(version)
    lacking = {item.step for item in missing}
    good = [Check(text, is_good=True) for step, text in _sentences(version).items() if step not in lacking]
    doubtful = [Check(str(item), is_good=False) for item in [*missing, *warnings_for_submission(version)]]
    odd = oddities_of(version, siblings_of([version])[version.pk])
    flags = [Check(text, is_good=False) for text in [*map(str, odd), *_flags(version)]]
    return good + doubtful + flags


def _sentences(version: ScorecardVersion) -> dict[str, str]:
    """By the step of entry, what is true where nothing is missing."""
    rows = _("Every row adds up to its group.")
    if version.left_early_count:
        rows = _("Every row adds up to its group (%(count)s left early).") % {
            "count": number(version.left_early_count)
        }
    return {
        "meeting": _("The meeting and who came are written down."),
        "criteria": _("The criteria are chosen."),
        "sheet": rows,
        "reasons": _("The reasons are all there."),
    }


def _flags(version: ScorecardVersion) -> list[str]:
    flags = flagged_criteria(version)
    if not flags:
        return []
    words = ngettext("groups differ on %(count)s criterion", "groups differ on %(count)s criteria", flags)
    return [words % {"count": number(flags)}]


def _has_no_young_people(version: ScorecardVersion) -> bool:
    if attendance_of(version).get(PeopleGroup.YOUTH) == 0:
        return True
    young = [each.people_count for each in version.groups.all() if each.group in YOUNG]
    return bool(young) and all(count == 0 for count in young)
