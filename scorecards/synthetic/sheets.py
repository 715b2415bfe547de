"""Rounds with their sheets, in bulk: meetings, criteria, groups, counts, saves and reasons as the pages leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from communities.enums import AttendanceRole, MeetingKind, MeetingStatus, PeopleGroup
from communities.models import Area, Attendance, AttendanceCount, Meeting, ServiceProvider
from isaf_portal.lib.receipts import sheet_receipt
from scorecards.entry.cells import cell_key
from scorecards.enums import GroupKind, SaveOutcome, ScorecardKind, VersionStatus
from scorecards.models import (
    Criterion,
    Round,
    Scorecard,
    ScorecardCriterion,
    ScorecardVersion,
    ScoringGroup,
    SheetSave,
    SuggestedAction,
    Tally,
)
from scorecards.synthetic.country import BATCH, Commune, Country

CRITERIA_PER_SHEET = 6
VILLAGES_PER_PROVIDER = 2
SCORES = (1, 2, 3, 4, 5)
STRENGTH, WEAKNESS, SUGGESTION = "មានការខិតខំ", "នៅមានចំណុចខ្វះខាត", "កែលម្អតាមមតិអ្នកភូមិ"
# Of the last year some sheets are still on their way; those of the years before are all locked.
STATES = (VersionStatus.LOCKED,) * 15 + (VersionStatus.SUBMITTED,) * 2 + (VersionStatus.DRAFT,) * 3


# Of a round, a provider and a criterion: people for scores 1 to 5, over the sittings that are locked.
Pooled = dict[tuple[int, int, int], tuple[int, ...]]


@dataclass
class Sheet:
    """One sheet with the rows that hang on it, filled in as the rows above them get their keys."""

    commune: Commune
    scorecard: Scorecard
    version: ScorecardVersion
    people: dict[str, int]
    criteria: list[Criterion]
    counts: list[dict[str, tuple[int, ...]]]  # a criterion: by group, people for scores 1 to 5
    meeting: Meeting | None = None


def build_rounds(country: Country, communes: Sequence[Commune], *, year: int) -> list[Round]:
    return Round.objects.bulk_create(
        [
            Round(
                programme=country.programme, organisation=commune.partner, commune=commune.area, year=year,
                starts_on=date(year, 3, 10), interface_on=date(year, 7, 17), council_on=date(year, 8, 28),
                district_workshop_on=date(year, 11, 27), opened_at=moment(year, 3, 10), opened_by=country.officer,
            )
            for commune in communes
        ],
        batch_size=BATCH,
    )  # fmt: skip


def build_sheets(
    country: Country, communes: Sequence[Commune], rounds: Sequence[Round], *, rng: Random, is_last_year: bool
) -> Pooled:
    """Two village sittings of each provider, the provider's assessment of itself, and the interface meeting.

    Answers with what the locked ones come to, for the plans that quote it.
    """
    sheets = []
    for commune, scoring_round in zip(communes, rounds, strict=True):
        for provider in commune.providers:
            villages = rng.sample(commune.villages, VILLAGES_PER_PROVIDER)
            states = [
                rng.choice(STATES) if is_last_year else VersionStatus.LOCKED for _ in range(len(villages) + 1)
            ]
            chosen = rng.sample(country.criteria[provider.service_type_id], CRITERIA_PER_SHEET)
            sheets += [
                _sheet(country, commune, scoring_round, provider, village, chosen, state, rng)
                for village, state in zip([*villages, None], states, strict=True)
                if village or provider.located_in_id == commune.area.pk
            ]
    _store_meetings(sheets, _interface_meetings(communes, rounds, rng), rng)
    _store(sheets, rng)
    return _pooled(sheets)


def moment(year: int, month: int, day: int, hour: int = 3) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def _sheet(
    country: Country, commune: Commune, scoring_round: Round, provider: ServiceProvider, village: Area | None,
    criteria: list[Criterion], state: str, rng: Random,
) -> Sheet:  # fmt: skip
    year = scoring_round.year
    scorecard = Scorecard(
        kind=ScorecardKind.COMMUNITY if village else ScorecardKind.SELF_ASSESSMENT, programme=country.programme,
        organisation=commune.partner, year=year, scoring_round=scoring_round if village else None, provider=provider,
        village=village, scale=country.scale,
    )  # fmt: skip
    version = ScorecardVersion(status=state, revision=1)
    if state != VersionStatus.DRAFT:
        version.submitted_at, version.submitted_by = moment(year, 6, 20), commune.facilitator
    if state == VersionStatus.LOCKED:
        version.locked_at, version.locked_by = moment(year, 6, 26), country.officer
    people = (
        {"women": rng.randint(12, 22), "men": rng.randint(8, 16), "youth": rng.randint(6, 14)}
        if village
        else {"all": rng.randint(5, 10)}
    )
    counts = []
    for _ in criteria:
        liking = rng.uniform(1.8, 4.4)
        counts.append({group: _counts(rng, number, liking) for group, number in people.items()})
    return Sheet(commune, scorecard, version, people, criteria, counts)


def _counts(rng: Random, people: int, liking: float) -> tuple[int, ...]:
    """How many of the people gave each score, around what they like it on the scale."""
    weights = [max(0.02, 1.6 - abs(score - liking)) for score in SCORES]
    scores = rng.choices(SCORES, weights, k=people)
    return tuple(scores.count(score) for score in SCORES)


def _pooled(sheets: Sequence[Sheet]) -> Pooled:
    found: Pooled = {}
    for sheet in sheets:
        if sheet.scorecard.village is None or sheet.version.status != VersionStatus.LOCKED:
            continue
        for criterion, row in zip(sheet.criteria, sheet.counts, strict=True):
            key = (sheet.scorecard.scoring_round_id, sheet.scorecard.provider_id, criterion.pk)
            found[key] = tuple(map(sum, zip(found.get(key, (0,) * len(SCORES)), *row.values(), strict=True)))
    return found


def _interface_meetings(communes: Sequence[Commune], rounds: Sequence[Round], rng: Random) -> list[Meeting]:
    return [
        Meeting(
            client_id=_uuid(rng), kind=MeetingKind.INTERFACE, status=MeetingStatus.HELD,
            programme=scoring_round.programme, organisation=commune.partner, commune=commune.area,
            year=scoring_round.year, held_on=scoring_round.interface_on, place="សាលាឃុំ",
            recorded_at=moment(scoring_round.year, 7, 17), recorded_by=commune.facilitator,
        )
        for commune, scoring_round in zip(communes, rounds, strict=True)
    ]  # fmt: skip


def _store_meetings(sheets: Sequence[Sheet], meetings: list[Meeting], rng: Random) -> None:
    for sheet in sheets:
        scorecard = sheet.scorecard
        if scorecard.village is None:
            continue
        held_on = date(scorecard.year, 4, 20) + timedelta(days=rng.randrange(56))
        sheet.meeting = Meeting(
            client_id=_uuid(rng), kind=MeetingKind.SCORECARD, status=MeetingStatus.HELD,
            programme=scorecard.programme, organisation=scorecard.organisation, commune=sheet.commune.area,
            year=scorecard.year, village=scorecard.village, provider=scorecard.provider, held_on=held_on,
            place="សាលាភូមិ", recorded_at=moment(scorecard.year, 6, 19), recorded_by=sheet.commune.facilitator,
        )  # fmt: skip
        scorecard.meeting = sheet.meeting
        meetings.append(sheet.meeting)
    Meeting.objects.bulk_create(meetings, batch_size=BATCH)
    came = Attendance.objects.bulk_create(
        [Attendance(meeting=sheet.meeting, role=AttendanceRole.CITIZEN) for sheet in sheets if sheet.meeting],
        batch_size=BATCH,
    )
    people = {sheet.meeting.pk: sheet.people for sheet in sheets if sheet.meeting}
    AttendanceCount.objects.bulk_create(
        [
            AttendanceCount(attendance=row, people_group=group, count=count)
            for row in came
            for group, count in _who_came(people[row.meeting_id])
        ],
        batch_size=BATCH,
    )


def _who_came(people: dict[str, int]) -> Iterable[tuple[str, int]]:
    women = people["women"] + people["youth"] // 2
    yield PeopleGroup.TOTAL, sum(people.values())
    yield PeopleGroup.FEMALE, women
    yield PeopleGroup.YOUTH, people["youth"] + 2
    yield PeopleGroup.YOUNG_WOMEN, people["youth"] // 2
    yield PeopleGroup.ID_POOR, people["men"] // 3


def _store(sheets: Sequence[Sheet], rng: Random) -> None:
    Scorecard.objects.bulk_create([sheet.scorecard for sheet in sheets], batch_size=BATCH)
    for sheet in sheets:
        sheet.version.scorecard = sheet.scorecard
    ScorecardVersion.objects.bulk_create([sheet.version for sheet in sheets], batch_size=BATCH)
    scored = {(row.version_id, row.criterion_id): row for row in _store_criteria(sheets, rng)}
    groups = {(row.version_id, row.group): row for row in _store_groups(sheets)}
    tallies, saves = [], []
    for sheet in sheets:
        cells = {}
        for criterion, row in zip(sheet.criteria, sheet.counts, strict=True):
            for group, counts in row.items():
                for score, count in zip(SCORES, counts, strict=True):
                    cells[cell_key(criterion.pk, group, score)] = count
                    tallies.append(
                        Tally(
                            scorecard_criterion=scored[sheet.version.pk, criterion.pk],
                            scoring_group=groups[sheet.version.pk, group], score=score, count=count,
                        )
                    )  # fmt: skip
        saves.append(_save(sheet, cells, rng))
    Tally.objects.bulk_create(tallies, batch_size=BATCH)
    SheetSave.objects.bulk_create(saves, batch_size=BATCH)


def _store_criteria(sheets: Sequence[Sheet], rng: Random) -> list[ScorecardCriterion]:
    rows = ScorecardCriterion.objects.bulk_create(
        [
            ScorecardCriterion(
                version=sheet.version, criterion=criterion, order=order,
                strengths=STRENGTH if sheet.meeting else "", weaknesses=WEAKNESS if sheet.meeting else "",
            )
            for sheet in sheets
            for order, criterion in enumerate(sheet.criteria, start=1)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    SuggestedAction.objects.bulk_create(
        [
            SuggestedAction(client_id=_uuid(rng), scorecard_criterion=row, text=SUGGESTION)
            for row in rows
            if row.strengths
        ],
        batch_size=BATCH,
    )
    return rows


def _store_groups(sheets: Sequence[Sheet]) -> list[ScoringGroup]:
    return ScoringGroup.objects.bulk_create(
        [
            ScoringGroup(
                version=sheet.version, group=group, kind=GroupKind.ALL if group == "all" else GroupKind.DISJOINT,
                people_count=number,
            )
            for sheet in sheets
            for group, number in sheet.people.items()
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _save(sheet: Sheet, cells: dict[str, int], rng: Random) -> SheetSave:
    client_id = _uuid(rng)
    receipt = sheet_receipt(client_id=str(client_id), base_revision=0, cells=cells)
    return SheetSave(
        client_id=client_id, version=sheet.version, base_revision=0, revision=1, cells=cells,
        outcome=SaveOutcome.APPLIED, receipt=receipt, saved_at=moment(sheet.scorecard.year, 6, 19, hour=8),
        saved_by=sheet.commune.facilitator,
    )  # fmt: skip


def _uuid(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
