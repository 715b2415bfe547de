"""Counts as they stand on the sheets, read with few queries, and the figures that follow from them.

`results` (one sitting) and `consolidation` (all sittings of a provider) are built on this. Missing is None all
the way through; it never becomes zero.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, QuerySet

from scorecards import scoring
from scorecards.enums import GroupKind, ScorecardKind, ScoringGroupCode, VersionStatus
from scorecards.models import Scorecard, ScorecardCriterion, ScorecardVersion
from scorecards.models.tallies import NO_OPINION
from scorecards.suppression import Cell, Hidden, Sum, Table, suppress, table_of_groups

ALL = ScoringGroupCode.ALL.value
TOGETHER = "together"


@dataclass(frozen=True)
class Figure:
    """The counts of some people on one criterion, and every number that follows from them."""

    counts: tuple[int, ...]
    no_opinion: int = 0

    @property
    def points(self) -> int:
        return len(self.counts)

    @property
    def people(self) -> int:
        return scoring.people(self.counts)

    @property
    def mean(self) -> Decimal | None:
        return scoring.mean(self.counts)

    @property
    def median(self) -> Decimal | None:
        return scoring.median(self.counts)

    @property
    def satisfied(self) -> scoring.Share:
        return scoring.satisfied(self.counts)

    @property
    def dissatisfied(self) -> scoring.Share:
        return scoring.dissatisfied(self.counts)


@dataclass(frozen=True)
class Verdict:
    """A mean with its face and word; `differs` says that "opinions differ" stands in place of the word."""

    mean: Decimal
    face: int
    word: str
    differs: bool = False


@dataclass(frozen=True)
class GroupNumber:
    """How many people a group has. `people` is None where nobody counted it or the reader may not know."""

    code: str
    label: str
    kind: str
    people: int | None
    is_small: bool = False
    is_hidden: bool = False


# --- Reading --------------------------------------------------------------------------------------


def newest_versions(scorecards: QuerySet[Scorecard], *, is_full: bool) -> QuerySet[ScorecardVersion]:
    """The last version of each scorecard with all that results need; for others than the team the last locked one."""
    return with_counts(last_versions(scorecards, is_full=is_full))


def last_versions(scorecards: QuerySet[Scorecard], *, is_full: bool) -> QuerySet[ScorecardVersion]:
    """The same rows without the counts, for lists that need the state alone."""
    versions = ScorecardVersion.objects.all()
    if not is_full:
        versions = versions.filter(status=VersionStatus.LOCKED)
    newer = versions.filter(scorecard=OuterRef("scorecard"), number__gt=OuterRef("number"))
    return versions.filter(~Exists(newer), scorecard__in=scorecards)


def with_counts(versions: QuerySet[ScorecardVersion]) -> QuerySet[ScorecardVersion]:
    return versions.select_related(
        "scorecard__provider__service_type",
        "scorecard__provider__located_in",
        "scorecard__village",
        "scorecard__scale",
        "scorecard__meeting",
        "scorecard__programme",
        "scorecard__scoring_round__commune__parent__parent",
    ).prefetch_related(
        "scorecard__scale__labels",
        "groups",
        "criteria__criterion",
        "criteria__tallies",
        "criteria__suggestions",
    )


def sittings_of(scorecard: Scorecard) -> QuerySet[Scorecard]:
    """All sittings of the provider in the round of this one, itself included."""
    return Scorecard.objects.filter(
        kind=ScorecardKind.COMMUNITY, scoring_round=scorecard.scoring_round_id, provider=scorecard.provider_id
    )


def self_assessment_of(scorecard: Scorecard, *, is_full: bool) -> ScorecardVersion | None:
    """What the staff of the provider said of themselves in that year; None until they did."""
    if scorecard.kind == ScorecardKind.SELF_ASSESSMENT:
        return None
    theirs = Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT,
        programme=scorecard.programme_id,
        provider=scorecard.provider_id,
        year=scorecard.year,
    )
    return newest_versions(theirs, is_full=is_full).first()


# --- Counts ---------------------------------------------------------------------------------------


def figures_by_group(version: ScorecardVersion, scored: ScorecardCriterion) -> dict[str, Figure]:
    """The collected groups of one criterion, ALL computed where disjoint groups exist.

    A group without a single typed count is not collected and is absent; blanks beside a typed count are 0.
    """
    groups = {group.pk: group for group in version.groups.all()}
    typed: dict[str, dict[int, int]] = {}
    for tally in scored.tallies.all():
        typed.setdefault(groups[tally.scoring_group_id].group, {})[tally.score] = tally.count
    points = version.scorecard.scale.points
    figures = {code: _figure(cells, points) for code, cells in typed.items()}
    disjoint = {group.group for group in groups.values() if group.kind == GroupKind.DISJOINT}
    if disjoint:
        figures.pop(ALL, None)
        parts = [figure for code, figure in figures.items() if code in disjoint]
        if parts:
            figures[ALL] = pooled(parts)
    return figures


def pooled(figures: Iterable[Figure]) -> Figure:
    parts = list(figures)
    return Figure(scoring.pool(part.counts for part in parts), sum(part.no_opinion for part in parts))


def group_numbers(version: ScorecardVersion) -> dict[str, int]:
    """How many people each group has; ALL is the sum of disjoint groups.

    Where nobody wrote the number down, it is the most people who said something on one criterion.
    """
    spoke = _most_who_spoke(version)
    sizes: dict[str, int] = {}
    for group in version.groups.all():
        size = group.people_count if group.people_count is not None else spoke.get(group.pk)
        if size is not None:
            sizes[group.group] = size
    disjoint = {group.group for group in version.groups.all() if group.kind == GroupKind.DISJOINT}
    parts = [size for code, size in sizes.items() if code in disjoint]
    return sizes | {ALL: sum(parts)} if parts else sizes


def hidden_groups(version: ScorecardVersion) -> Hidden:
    """The groups of one sitting that a reader outside the team may not see."""
    sizes = group_numbers(version)
    of_kind = {
        kind: {each.group: sizes.get(each.group, 0) for each in version.groups.all() if each.kind == kind}
        for kind in (GroupKind.DISJOINT, GroupKind.FLAG)
    }
    people = sizes.get(ALL, max(of_kind[GroupKind.FLAG].values(), default=0))
    flags = {code: min(size, people) for code, size in of_kind[GroupKind.FLAG].items()}
    table = table_of_groups(ALL, people, of_kind[GroupKind.DISJOINT], flags)
    return suppress(table, version.scorecard.programme.small_group_minimum)


def hidden_sittings(versions: Iterable[ScorecardVersion]) -> Hidden:
    """The sittings of one provider, by the text of their scorecard's id, that are not shown outside the team.

    They make up the pooled figure, so one small sitting takes the next smallest with it.
    """
    sheets = list(versions)
    sizes = {str(sheet.scorecard_id): group_numbers(sheet).get(ALL, 0) for sheet in sheets}
    cells = [Cell(TOGETHER, sum(sizes.values())), *(Cell(name, size) for name, size in sizes.items())]
    table = Table(TOGETHER, tuple(cells), (Sum(TOGETHER, tuple(sizes)),) if sizes else ())
    minimum = max((sheet.scorecard.programme.small_group_minimum for sheet in sheets), default=0)
    return suppress(table, minimum)


def _most_who_spoke(version: ScorecardVersion) -> dict[int, int]:
    most: dict[int, int] = {}
    for scored in version.criteria.all():
        here: dict[int, int] = {}
        for tally in scored.tallies.all():
            here[tally.scoring_group_id] = here.get(tally.scoring_group_id, 0) + tally.count
        most |= {group: max(count, most.get(group, 0)) for group, count in here.items()}
    return most


def verdict(figure: Figure | None, words: dict[int, str], *, differs: bool = False) -> Verdict | None:
    return None if figure is None else verdict_of_mean(figure.mean, figure.points, words, differs=differs)


def verdict_of_mean(
    mean: Decimal | None, points: int, words: dict[int, str], *, differs: bool = False
) -> Verdict | None:
    score = scoring.word_score(mean, points)
    return (
        None if score is None else Verdict(mean, scoring.face(score, points), words.get(score, ""), differs)
    )


def overall_verdict(version: ScorecardVersion) -> Verdict | None:
    """The indicative mean of one sitting: of its criteria's means, with the word nearest to it."""
    figures = (figures_by_group(version, scored).get(ALL) for scored in version.criteria.all())
    mean = scoring.overall(figure.mean for figure in figures if figure)
    return verdict_of_mean(mean, version.scorecard.scale.points, words_of(version.scorecard))


def words_of(scorecard: Scorecard) -> dict[int, str]:
    """The scale's words by score, in the language that is active now."""
    return {point.score: point.label for point in scorecard.scale.labels.all()}


def _figure(cells: dict[int, int], points: int) -> Figure:
    return Figure(tuple(cells.get(score, 0) for score in range(1, points + 1)), cells.get(NO_OPINION, 0))
