"""All sittings of one provider in one round, side by side: what the interface meeting is prepared from.

Criteria are rows, each sitting a column with its number of people; then the pooled score, the self-assessment and
the gap. `provider_consolidation` costs the same number of queries whatever the number of sittings and criteria.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from scorecards import scoring
from scorecards.enums import GroupKind
from scorecards.figures import (
    ALL,
    Figure,
    Verdict,
    figures_by_group,
    group_numbers,
    hidden_sittings,
    newest_versions,
    pooled,
    self_assessment_of,
    verdict,
    words_of,
)
from scorecards.models import Criterion, Scorecard, ScorecardVersion
from scorecards.results import provider_figures


@dataclass(frozen=True)
class Sitting:
    """One column. `is_checked` once locked; a hidden one is too small, or would tell what a small one said."""

    version: ScorecardVersion
    people: int | None
    is_checked: bool
    is_hidden: bool = False

    @property
    def scorecard(self) -> Scorecard:
        return self.version.scorecard


@dataclass(frozen=True)
class SittingFigure:
    """One sitting on one criterion; no figure where it did not score it, or where it is hidden."""

    sitting: Sitting
    figure: Figure | None
    gap: Decimal | None
    is_gap_flagged: bool


@dataclass(frozen=True)
class CriterionRow:
    """One criterion over the sittings that scored it. `session_equal` only where it is 0.2 or more away."""

    number: int
    criterion: Criterion
    sittings: tuple[SittingFigure, ...]
    figure: Figure | None
    verdict: Verdict | None
    gap: Decimal | None
    is_gap_flagged: bool
    session_equal: Decimal | None
    provider: Figure | None
    provider_gap: Decimal | None
    is_provider_gap_flagged: bool

    @property
    def sitting_count(self) -> int:
        return sum(1 for each in self.sittings if each.figure and each.figure.people)

    @property
    def apart(self) -> tuple[SittingFigure, ...]:
        """The sittings in which groups differ by the flag."""
        return tuple(each for each in self.sittings if each.is_gap_flagged)


@dataclass(frozen=True)
class Consolidation:
    """What page, print and export show of one provider in one round."""

    sittings: tuple[Sitting, ...]
    rows: tuple[CriterionRow, ...]
    people: int | None
    provider_version: ScorecardVersion | None
    provider_people: int | None
    only_number: bool
    is_full: bool

    @property
    def unchecked(self) -> tuple[Sitting, ...]:
        return tuple(sitting for sitting in self.sittings if not sitting.is_checked)

    @property
    def is_self_assessment_unchecked(self) -> bool:
        return self.provider_version is not None and not self.provider_version.is_locked

    @property
    def has_hidden_sittings(self) -> bool:
        return any(sitting.is_hidden for sitting in self.sittings)

    @property
    def worst(self) -> CriterionRow | None:
        """The criterion with the largest share of people who are not satisfied."""
        scored = [row for row in self.rows if row.verdict]
        return max(scored, key=lambda row: row.figure.dissatisfied.ratio, default=None)

    @property
    def to_discuss(self) -> tuple[CriterionRow, ...]:
        """The worst first, then each on which opinions, groups, or community and provider differ."""
        worst = self.worst
        rest = [
            row
            for row in self.rows
            if row is not worst
            and (row.apart or row.is_provider_gap_flagged or (row.verdict and row.verdict.differs))
        ]
        return (worst, *rest) if worst else tuple(rest)


def provider_consolidation(scorecards, *, is_full: bool) -> Consolidation:
    """`scorecards` are the community scorecards of one provider in one round that the reader may see.

    The team sees every sitting as it stands, marked while it is not yet checked; others see what is locked.
    """
    versions = list(newest_versions(scorecards, is_full=is_full))
    theirs = self_assessment_of(versions[0].scorecard, is_full=is_full) if versions else None
    return consolidation_of(versions, theirs, is_full=is_full)


def consolidation_of(
    versions: Iterable[ScorecardVersion], theirs: ScorecardVersion | None, *, is_full: bool
) -> Consolidation:
    """The same of versions that were read already (`figures.newest_versions`); asks nothing."""
    versions = sorted(versions, key=_place_of_sitting)
    hidden = None if is_full else hidden_sittings(versions)
    sittings = [_sitting(version, hidden) for version in versions]
    only_number = hidden is not None and hidden.only_number
    return Consolidation(
        sittings=tuple(sittings),
        rows=() if only_number else tuple(_rows(sittings, theirs)),
        people=sum(group_numbers(version).get(ALL, 0) for version in versions) if versions else None,
        provider_version=theirs,
        provider_people=group_numbers(theirs).get(ALL) if theirs else None,
        only_number=only_number,
        is_full=is_full,
    )


def _place_of_sitting(version: ScorecardVersion) -> tuple:
    scorecard = version.scorecard
    return (scorecard.village.code if scorecard.village else "", scorecard.sitting, scorecard.pk)


def _sitting(version: ScorecardVersion, hidden) -> Sitting:
    is_hidden = hidden is not None and str(version.scorecard_id) in hidden
    people = None if is_hidden else group_numbers(version).get(ALL)
    return Sitting(version, people, version.is_locked, is_hidden)


def _rows(sittings: list[Sitting], theirs: ScorecardVersion | None) -> Iterable[CriterionRow]:
    provider = provider_figures(theirs)
    found: dict[int, tuple[int, Criterion]] = {}
    figures: dict[tuple[int, int], dict[str, Figure]] = {}
    for sitting in sittings:
        for scored in sitting.version.criteria.all():
            # The order of the first sitting holds; what later ones added comes after it.
            found.setdefault(scored.criterion_id, (scored.order, scored.criterion))
            figures[sitting.version.pk, scored.criterion_id] = figures_by_group(sitting.version, scored)
    for number, (key, (_order, criterion)) in enumerate(found.items(), 1):
        cells = [(sitting, figures.get((sitting.version.pk, key), {})) for sitting in sittings]
        yield _row(number, criterion, cells, provider.get(key))


def _row(
    number: int, criterion: Criterion, cells: list[tuple[Sitting, dict[str, Figure]]], provider: Figure | None
) -> CriterionRow:
    scorecard = cells[0][0].scorecard
    programme = scorecard.programme
    scored = [groups[ALL] for _sitting, groups in cells if ALL in groups]
    # Scores of different scales are never added; such a criterion shows its sittings only.
    is_one_scale = len({figure.points for figure in scored}) == 1
    figure = pooled(scored) if is_one_scale else None
    gap = _pooled_gap(cells, programme.small_group_minimum) if figure else None
    differs = figure is not None and scoring.opinions_differ(figure.counts, gap, programme.gap_flag)
    can_compare = figure is not None and provider is not None and figure.points == provider.points
    provider_gap = scoring.provider_gap(figure.counts, provider.counts) if can_compare else None
    counts = [each.counts for each in scored]
    is_apart = figure is not None and scoring.session_equal_differs(counts)
    return CriterionRow(
        number=number,
        criterion=criterion,
        sittings=tuple(_sitting_figure(sitting, groups) for sitting, groups in cells),
        figure=figure,
        verdict=verdict(figure, words_of(scorecard), differs=differs),
        gap=gap,
        is_gap_flagged=figure is not None and scoring.is_flagged(gap, figure.points, programme.gap_flag),
        session_equal=scoring.session_equal_mean(counts) if is_apart else None,
        provider=provider,
        provider_gap=provider_gap,
        is_provider_gap_flagged=can_compare
        and scoring.is_flagged(provider_gap, figure.points, programme.gap_flag),
    )


def _pooled_gap(cells: list[tuple[Sitting, dict[str, Figure]]], minimum: int) -> Decimal | None:
    """The gap of the same groups added over the sittings, by the same rule as in one sitting."""
    parts: dict[str, list[Figure]] = {}
    for sitting, groups in cells:
        for group in sitting.version.groups.all():
            if group.kind == GroupKind.DISJOINT and group.group in groups:
                parts.setdefault(group.group, []).append(groups[group.group])
    return scoring.group_gap([pooled(figures).counts for figures in parts.values()], minimum)


def _sitting_figure(sitting: Sitting, groups: dict[str, Figure]) -> SittingFigure:
    figure, programme = groups.get(ALL), sitting.scorecard.programme
    if sitting.is_hidden or figure is None:
        return SittingFigure(sitting, None, None, is_gap_flagged=False)
    gap = _pooled_gap([(sitting, groups)], programme.small_group_minimum)
    return SittingFigure(sitting, figure, gap, scoring.is_flagged(gap, figure.points, programme.gap_flag))
