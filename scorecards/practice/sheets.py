"""Enters the practice rounds as people would: meeting, criteria, groups, counts, reasons, submission, review."""

from datetime import time
from itertools import islice
from uuid import uuid4

from communities.enums import AttendanceRole, MeetingKind, PeopleGroup, ScoringMethod
from communities.models import Meeting
from communities.operations.meetings import record_meeting
from scorecards.entry.cells import cell_key
from scorecards.entry.sheets import current_version
from scorecards.enums import ScorecardKind, ScoringGroupCode
from scorecards.models import ReopeningRequest, Round, Scorecard, ScorecardVersion
from scorecards.operations.criteria import add_own_criterion, choose_criteria
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.reasons import record_reasons
from scorecards.operations.review import (
    lock_scorecard,
    request_reopening,
    return_scorecard,
    submit_scorecard,
)
from scorecards.operations.rounds import open_round
from scorecards.operations.scorecards import plan_scorecard, record_scorecard_meeting
from scorecards.operations.tallies import note_left_early, record_tallies
from scorecards.practice.calendar import happened
from scorecards.practice.places import FACILITATOR_OF, KUMRU, SPEAKER_OF, WORKS_IN
from scorecards.practice.reasons import REASONS
from scorecards.practice.sittings import (
    LOCKED,
    PARTS,
    PLANNED,
    RETURNED,
    SUBMITTED,
    Sitting,
    YearOfCommune,
)
from scorecards.practice.world import World

CAME_AS = (
    PeopleGroup.TOTAL, PeopleGroup.FEMALE, PeopleGroup.YOUTH, PeopleGroup.YOUNG_WOMEN, PeopleGroup.DISABILITY,
    PeopleGroup.MINORITY, PeopleGroup.ID_POOR,
)  # fmt: skip
SCORES = (1, 2, 3, 4, 5, 0)
NOT_ENTERED = "_"


def build_round(world: World, year: YearOfCommune) -> Round:
    """The round, with its meetings before and after the scorecards."""
    day = {
        name: world.calendar.day(getattr(year, name), years_ago=year.years_ago)
        for name in ("starts", "interface", "council", "workshop", "inception", "information")
    }
    scoring_round = open_round(
        programme=world.programme, commune=world.areas[year.commune], year=day["starts"].year,
        organisation=world.organisations[WORKS_IN[year.commune]], by=world.people["officer"],
        starts_on=day["starts"], interface_on=day["interface"], council_on=day["council"],
        district_workshop_on=day["workshop"],
    )  # fmt: skip
    happened(scoring_round, day["starts"], "opened")
    citizens, women, young, providers, authorities = year.interface_came
    for kind, name, came in (
        (MeetingKind.INCEPTION, "inception", {AttendanceRole.AUTHORITY: {PeopleGroup.TOTAL: 6}}),
        (MeetingKind.INFORMATION, "information", {AttendanceRole.CITIZEN: {PeopleGroup.TOTAL: 52, PeopleGroup.FEMALE: 31}}),
        (MeetingKind.INTERFACE, "interface", {
            AttendanceRole.CITIZEN: {
                PeopleGroup.TOTAL: citizens, PeopleGroup.FEMALE: women, PeopleGroup.YOUTH: young,
            },
            AttendanceRole.PROVIDER: {PeopleGroup.TOTAL: providers},
            AttendanceRole.AUTHORITY: {PeopleGroup.TOTAL: authorities},
        }),
    ):  # fmt: skip
        _round_meeting(world, scoring_round, year.commune, kind, day[name], came)
    return scoring_round


def _round_meeting(world: World, scoring_round: Round, code: str, kind: str, held_on, came: dict) -> Meeting:
    meeting = record_meeting(
        client_id=uuid4(), kind=kind, programme=scoring_round.programme,
        organisation=scoring_round.organisation, commune=scoring_round.commune, year=scoring_round.year,
        held_on=held_on, place="សាលាឃុំ", facilitators=world.facilitators[code], attendance=came,
        by=world.people[FACILITATOR_OF[code]],
    )  # fmt: skip
    happened(meeting, held_on, "recorded", hour=16)
    return meeting


def build_sitting(world: World, scoring_round: Round, sitting: Sitting) -> Scorecard:
    """One scorecard, brought to the state that is written down for it."""
    entry = _Entry(world, scoring_round, sitting)
    scorecard = entry.plan()
    if sitting.state != PLANNED:
        entry.fill()
    if sitting.state in {SUBMITTED, RETURNED, LOCKED}:
        entry.submit()
    if sitting.state == RETURNED:
        entry.give_back()
    if sitting.state == LOCKED:
        entry.lock()
    return scorecard


def add_own_wish(world: World, scoring_round: Round) -> None:
    """What a meeting of Kumru proposed beside the list of the health centre."""
    add_own_criterion(
        scoring_round=scoring_round, provider=world.providers["HC"], text_km="កន្លែងអង្គុយរង់ចាំ",
        text_en="A place to sit and wait", by=world.people[FACILITATOR_OF[KUMRU]],
    )  # fmt: skip


class _Entry:
    """The steps of one scorecard in their order, each by the person who does it."""

    def __init__(self, world: World, scoring_round: Round, sitting: Sitting):
        self.world, self.scoring_round, self.sitting = world, scoring_round, sitting
        facilitator = FACILITATOR_OF[sitting.commune]
        speaker = SPEAKER_OF.get(sitting.provider, facilitator)
        login = speaker if sitting.is_self_assessment else facilitator
        self.by, self.officer = world.people[login], world.people["officer"]
        self.years_ago = world.calendar.year - scoring_round.year
        self.codes = tuple(sitting.counts or ())
        self.groups = (ScoringGroupCode.ALL.value,) if sitting.is_self_assessment else PARTS
        rows = (sitting.counts or {}).values()
        # Per criterion and group the counts, None for a row that was not entered.
        self.rows = [[_counts(part) for part in row.split("|")] for row in rows]

    def day(self, month_and_day: str):
        return self.world.calendar.day(month_and_day, years_ago=self.years_ago)

    @property
    def version(self) -> ScorecardVersion:
        return current_version(self.scorecard)

    def plan(self) -> Scorecard:
        village = self.world.areas.get(self.sitting.village)
        self.scorecard = plan_scorecard(
            scoring_round=self.scoring_round, provider=self.world.providers[self.sitting.provider],
            kind=ScorecardKind.COMMUNITY if village else ScorecardKind.SELF_ASSESSMENT, village=village, by=self.by,
        )  # fmt: skip
        return self.scorecard

    def fill(self) -> None:
        if not self.sitting.is_self_assessment:
            self._meet()
        criteria = [self.world.criterion(self.sitting.provider, code) for code in self.codes]
        choose_criteria(version=self.version, criteria=criteria, by=self.by)
        # People of a group: those of its fullest row.
        people = {
            group: max(sum(row[place]) for row in self.rows if row[place])
            for place, group in enumerate(self.groups[: len(self.rows[0])])
        }
        set_scoring_groups(version=self.version, people=people, by=self.by)
        for place, group in enumerate(people):
            self._enter(place, group, criteria)
        if self.sitting.left_early:
            note_left_early(version=self.version, count=self.sitting.left_early, by=self.by)
        if not self.sitting.is_self_assessment:
            self._give_reasons()

    def _meet(self) -> None:
        held_on = self.day(self.sitting.held)
        village = self.world.areas[self.sitting.village]
        came = dict(zip(CAME_AS, self.sitting.came, strict=True))
        meeting = record_scorecard_meeting(
            scorecard=self.scorecard, client_id=uuid4(), by=self.by, held_on=held_on,
            starts_at=time(8), ends_at=time(11, 20), place=f"សាលាប្រជុំភូមិ{village.name_km}",
            method=ScoringMethod.SECRET, spoken_language="ខ្មែរ",
            facilitators=self.world.facilitators[self.sitting.commune], attendance={AttendanceRole.CITIZEN: came},
        )  # fmt: skip
        happened(meeting, held_on, "recorded", hour=12)

    def _enter(self, place: int, group: str, criteria: list) -> None:
        cells = {
            cell_key(criterion.pk, group, score): count
            for criterion, row in zip(criteria, self.rows, strict=True)
            for score, count in zip(SCORES, row[place] or (), strict=False)
        }
        version = self.version
        save = record_tallies(
            version=version, cells=cells, base_revision=version.revision, client_id=uuid4(), by=self.by
        )
        happened(
            save, self.day(self.sitting.submitted or self.sitting.held or "06-20"), "saved", hour=14 + place
        )

    def _give_reasons(self) -> None:
        said = REASONS[self.scorecard.provider.service_type.code]
        scored = self.version.criteria.order_by("order")
        for row, code in islice(zip(scored, self.codes, strict=True), self.sitting.has_reasons_of):
            strength, weakness, suggestion = said[code]
            record_reasons(
                scored=row, strengths=strength, weaknesses=weakness, suggestions=[suggestion], by=self.by
            )

    def submit(self) -> None:
        submit_scorecard(version=self.version, by=self.by)
        happened(self.version, self.day(self.sitting.submitted), "submitted", hour=17)

    def give_back(self) -> None:
        return_scorecard(version=self.version, reason=self.sitting.reason, by=self.officer)
        happened(self.version, self.day(self.sitting.checked), "returned")

    def lock(self) -> None:
        lock_scorecard(version=self.version, by=self.officer)
        happened(self.version, self.day(self.sitting.checked), "locked")
        if self.sitting.reopening:
            wish: ReopeningRequest = request_reopening(
                version=self.version, reason=self.sitting.reopening, by=self.by
            )
            happened(wish, self.day(self.sitting.checked), "requested", hour=15)


def _counts(text: str) -> tuple[int, ...] | None:
    text = text.strip()
    return None if text == NOT_ENTERED else tuple(int(count) for count in text.split())
