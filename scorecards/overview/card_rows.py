"""Scorecards as rows of a list: when, how many people, the mean, the state, and the page that a row leads to."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from communities.enums import AttendanceRole, MeetingStatus, PeopleGroup
from scorecards.enums import ScorecardKind, VersionStatus
from scorecards.figures import (
    ALL,
    Verdict,
    group_numbers,
    hidden_groups,
    hidden_sittings,
    newest_versions,
    overall_verdict,
)
from scorecards.models import Scorecard, ScorecardVersion

ICONS = {"CA": "hall", "PS": "school", "HC": "health"}
NOT_STARTED = "not_started"
HAS_A_DAY = frozenset({MeetingStatus.HELD, MeetingStatus.PLANNED})


@dataclass(frozen=True)
class CardRow:
    """One scorecard in its newest version that the reader may see. Without `people` nobody counted, or it is hidden."""

    version: ScorecardVersion
    people: int | None
    women: int | None
    verdict: Verdict | None
    url: str

    @property
    def scorecard(self) -> Scorecard:
        return self.version.scorecard

    @property
    def held_on(self) -> date | None:
        """The day of the meeting: on which it was held, or for which it is planned."""
        meeting = self.scorecard.meeting
        return meeting.held_on if meeting and meeting.status in HAS_A_DAY else None

    @property
    def is_planned(self) -> bool:
        return self.held_on is not None and not self.is_held

    @property
    def is_held(self) -> bool:
        return self.scorecard.meeting is not None and self.scorecard.meeting.status == MeetingStatus.HELD

    @property
    def has_counts(self) -> bool:
        return any(scored.tallies.all() for scored in self.version.criteria.all())

    @property
    def state(self) -> str:
        """The badge: a draft in which nothing happened yet has not started."""
        if self.version.status == VersionStatus.DRAFT and not self.is_held and not self.has_counts:
            return NOT_STARTED
        return self.version.status

    @property
    def icon(self) -> str:
        return ICONS.get(self.scorecard.provider.service_type.code.upper(), "people")


def card_rows(
    scorecards, *, is_full: bool, may_enter: bool = False, may_check: bool = False
) -> list[CardRow]:
    """The rows of these scorecards, by day; the team sees every state, others what is locked without small groups.

    A fixed number of queries, whatever the number of scorecards.
    """
    versions = list(
        newest_versions(scorecards, is_full=is_full).prefetch_related(
            "scorecard__meeting__attendances__counts"
        )
    )
    hidden = frozenset() if is_full else _hidden(versions)
    rows = [
        _row(
            version,
            is_full=is_full,
            is_hidden=version.pk in hidden,
            url=address_of(version, may_enter=may_enter, may_check=may_check),
        )
        for version in versions
    ]
    return sorted(rows, key=_by_day)


def entry_page(version: ScorecardVersion) -> str:
    """The page on which a version in work goes on: the first step that nothing was done for.

    Of a community scorecard; a self-assessment has one page for everything (`address_of`). Costs no query where
    meeting, criteria and tallies came along (`figures.with_counts`).
    """
    criteria = version.criteria.all()
    return next_page(
        version.scorecard,
        has_criteria=bool(criteria),
        is_counted=all(scored.tallies.all() for scored in criteria),
    )


def next_page(card: Scorecard, *, has_criteria: bool, is_counted: bool) -> str:
    """The same where only this much is known; `is_counted`: something was typed for each criterion."""
    is_held = card.meeting is not None and card.meeting.status == MeetingStatus.HELD
    if not is_held and not card.is_self_assessment:
        return "scorecards:meeting"
    if not has_criteria:
        return "scorecards:criteria"
    return "scorecards:reasons" if is_counted else "scorecards:sheet"


def address_of(version: ScorecardVersion, *, may_enter: bool, may_check: bool) -> str:
    """Where a scorecard leads its reader: on with the work, to the check, or to the results."""
    name = "scorecards:results"
    if version.is_editable and may_enter and version.scorecard.is_self_assessment:
        name = "scorecards:self-assessment"
    elif version.status == VersionStatus.RETURNED and may_enter:
        name = "scorecards:sheet"
    elif version.is_editable and may_enter:
        name = entry_page(version)
    elif version.status == VersionStatus.SUBMITTED and may_check:
        name = "scorecards:check"
    return reverse(name, args=[version.scorecard_id])


def attendance_of(version: ScorecardVersion) -> dict[str, int]:
    """How many people who score came to the meeting, by people group; empty where nobody counted."""
    role = AttendanceRole.CITIZEN
    if version.scorecard.kind == ScorecardKind.SELF_ASSESSMENT:
        role = AttendanceRole.PROVIDER
    if version.scorecard.meeting is None:
        return {}
    counts: dict[str, int] = {}
    for attendance in version.scorecard.meeting.attendances.all():
        if attendance.role == role:
            counts |= {each.people_group: each.count for each in attendance.counts.all()}
    return counts


def _row(version: ScorecardVersion, *, is_full: bool, is_hidden: bool, url: str) -> CardRow:
    came = attendance_of(version)
    people = came.get(PeopleGroup.TOTAL, group_numbers(version).get(ALL))
    return CardRow(
        version=version,
        people=None if is_hidden else people or None,
        women=came.get(PeopleGroup.FEMALE) if is_full and people else None,
        verdict=None if is_hidden or version.status == VersionStatus.DRAFT else overall_verdict(version),
        url=url,
    )


def _hidden(versions: Iterable[ScorecardVersion]) -> frozenset[int]:
    """Sittings of which a reader outside the team learns nothing: too small, or telling what a small one said."""
    of_provider: dict[int, list[ScorecardVersion]] = defaultdict(list)
    for version in versions:
        if version.scorecard.kind == ScorecardKind.COMMUNITY:
            of_provider[version.scorecard.provider_id].append(version)
    found = set()
    for sheets in of_provider.values():
        hidden = hidden_sittings(sheets)
        found |= {
            sheet.pk
            for sheet in sheets
            if str(sheet.scorecard_id) in hidden or hidden_groups(sheet).only_number
        }
    return frozenset(found)


def _by_day(row: CardRow) -> tuple:
    scorecard = row.scorecard
    return (row.held_on or date.max, scorecard.village.code if scorecard.village else "", scorecard.pk)
