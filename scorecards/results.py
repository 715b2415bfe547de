"""Counts -> what a page, a print and an export show of one sitting. Nothing here is stored.

`sitting_result` costs the same number of queries whatever the number of criteria, groups or sittings: eight
for the sitting (version with its scorecard, groups, criteria, their criterion, tallies, suggestions, words of the
scale) and as many again for a self-assessment. Missing is None all the way through; it never becomes zero.

A reader outside the team of the programme (`is_full=False`) gets small groups hidden (`docs/scoring.md`). The
rule is on the number of people in a group, so it is applied once per sitting and holds for each criterion.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scorecards import scoring
from scorecards.enums import GroupKind, ScorecardKind, ScoringGroupCode
from scorecards.figures import (
    ALL,
    Figure,
    GroupNumber,
    Verdict,
    figures_by_group,
    group_numbers,
    hidden_groups,
    hidden_sittings,
    newest_versions,
    self_assessment_of,
    sittings_of,
    verdict,
    verdict_of_mean,
    words_of,
)
from scorecards.models import Criterion, Scorecard, ScorecardCriterion, ScorecardVersion, SuggestedAction
from scorecards.suppression import Hidden

NOTHING_HIDDEN = Hidden(frozenset(), frozenset())


@dataclass(frozen=True)
class GroupResult:
    """One group on one criterion. A flag shows its difference from everybody else."""

    group: GroupNumber
    figure: Figure | None
    difference: Decimal | None = None
    is_apart: bool = False


@dataclass(frozen=True)
class CriterionResult:
    """One criterion of one sitting. Without a figure it was not collected, or the reader may not see it."""

    number: int
    criterion: Criterion
    scored: ScorecardCriterion
    figure: Figure | None
    verdict: Verdict | None
    groups: tuple[GroupResult, ...]
    gap: Decimal | None
    is_gap_flagged: bool
    provider: Figure | None
    provider_gap: Decimal | None
    is_provider_gap_flagged: bool
    suggestions: tuple[SuggestedAction, ...] = ()

    @property
    def dissatisfaction(self) -> Fraction:
        """For sorting, the worst first; what nobody scored stands at the end."""
        return self.figure.dissatisfied.ratio if self.figure and self.figure.people else Fraction(-1)


@dataclass(frozen=True)
class SittingResult:
    """Everything a page, a PDF and an export show of one version of one scorecard."""

    version: ScorecardVersion
    people: int | None
    groups: tuple[GroupNumber, ...]
    criteria: tuple[CriterionResult, ...]
    overall: Verdict | None
    provider_version: ScorecardVersion | None
    provider_people: int | None
    provider_overall: Verdict | None
    overall_gap: Decimal | None
    words: dict[int, str]
    only_number: bool
    is_full: bool

    @property
    def gap_flag(self) -> Decimal:
        """From which difference of groups, or of community and provider, on this scale."""
        scorecard = self.version.scorecard
        return scoring.scaled_flag(scorecard.scale.points, scorecard.programme.gap_flag)

    @property
    def scorecard(self) -> Scorecard:
        return self.version.scorecard

    @property
    def has_hidden_groups(self) -> bool:
        return any(group.is_hidden for group in self.groups)

    @property
    def to_discuss(self) -> tuple[CriterionResult, ...]:
        """The worst criterion, and each on which opinions or groups differ."""
        scored = [row for row in self.criteria if row.verdict]
        return tuple(
            row for place, row in enumerate(scored) if place == 0 or row.verdict.differs or row.is_gap_flagged
        )


# --- One sitting ----------------------------------------------------------------------------------


def sitting_result(version: ScorecardVersion, *, is_full: bool) -> SittingResult:
    """What is shown of one version (of `with_counts`) beside the provider's own assessment of that year."""
    theirs = self_assessment_of(version.scorecard, is_full=is_full)
    hidden = NOTHING_HIDDEN if is_full else hidden_from_others(version)
    groups = _groups(version, hidden)
    rows = [] if hidden.only_number else _criteria(version, theirs, groups)
    return SittingResult(
        version=version,
        people=None if ALL in hidden.complements else group_numbers(version).get(ALL),
        groups=() if hidden.only_number else groups,
        criteria=tuple(sorted(rows, key=lambda row: (-row.dissatisfaction, row.number))),
        provider_version=theirs,
        provider_people=group_numbers(theirs).get(ALL) if theirs else None,
        words=words_of(version.scorecard),
        only_number=hidden.only_number,
        is_full=is_full,
        **_overalls(version.scorecard, rows),
    )


def hidden_from_others(version: ScorecardVersion) -> Hidden:
    """The groups that readers outside the team may not see.

    All of them, and even their number, where this sitting with the pooled figure would tell what a smaller
    sitting of the same provider said.
    """
    if version.scorecard.kind == ScorecardKind.SELF_ASSESSMENT:
        # Typically three to ten people: shown to those who meet them, hidden only from the public.
        return NOTHING_HIDDEN
    hidden = hidden_groups(version)
    sittings = hidden_sittings(newest_versions(sittings_of(version.scorecard), is_full=False))
    if hidden.only_number or str(version.scorecard_id) not in sittings:
        return hidden
    return Hidden(frozenset(), hidden.names | {ALL}, only_number=True)


def provider_figures(version: ScorecardVersion | None) -> dict[int, Figure]:
    """The self-assessment by criterion, all of its staff together."""
    if version is None:
        return {}
    found = {
        scored.criterion_id: figures_by_group(version, scored).get(ALL) for scored in version.criteria.all()
    }
    return {criterion: figure for criterion, figure in found.items() if figure}


def _groups(version: ScorecardVersion, hidden: Hidden) -> tuple[GroupNumber, ...]:
    sizes, least = group_numbers(version), version.scorecard.programme.small_group_minimum
    order = ScoringGroupCode.values
    return tuple(
        GroupNumber(
            code=group.group,
            label=group.get_group_display(),
            kind=group.kind,
            people=None if group.group in hidden else sizes.get(group.group),
            is_small=0 < sizes.get(group.group, 0) < least,
            is_hidden=group.group in hidden,
        )
        for group in sorted(version.groups.all(), key=lambda group: order.index(group.group))
        if group.group != ALL
    )


def _criteria(
    version: ScorecardVersion, theirs: ScorecardVersion | None, groups: tuple[GroupNumber, ...]
) -> list[CriterionResult]:
    provider = provider_figures(theirs)
    scored = sorted(version.criteria.all(), key=lambda row: (row.order, row.pk))
    return [
        _criterion(version, row, number, groups, provider.get(row.criterion_id))
        for number, row in enumerate(scored, 1)
    ]


def _criterion(
    version: ScorecardVersion,
    scored: ScorecardCriterion,
    number: int,
    groups: tuple[GroupNumber, ...],
    provider: Figure | None,
) -> CriterionResult:
    programme, figures = version.scorecard.programme, figures_by_group(version, scored)
    figure, points = figures.get(ALL), version.scorecard.scale.points
    gap = disjoint_gap(groups, figures, programme.small_group_minimum)
    is_flagged = scoring.is_flagged(gap, points, programme.gap_flag)
    differs = figure is not None and scoring.opinions_differ(figure.counts, gap, programme.gap_flag)
    provider_gap = scoring.provider_gap(figure.counts, provider.counts) if figure and provider else None
    return CriterionResult(
        number=number,
        criterion=scored.criterion,
        scored=scored,
        figure=figure,
        verdict=verdict(figure, words_of(version.scorecard), differs=differs),
        groups=_group_results(groups, figures, programme.small_group_minimum, is_flagged=is_flagged),
        # The figure of a gap would give away the mean of a hidden group; that groups differ does not.
        gap=None if any(group.is_hidden and group.kind == GroupKind.DISJOINT for group in groups) else gap,
        is_gap_flagged=is_flagged,
        provider=provider,
        provider_gap=provider_gap,
        is_provider_gap_flagged=scoring.is_flagged(provider_gap, points, programme.gap_flag),
        suggestions=tuple(scored.suggestions.all()),
    )


def disjoint_gap(groups: Iterable[GroupNumber], figures: dict[str, Figure], minimum: int) -> Decimal | None:
    disjoint = [
        figures[group.code] for group in groups if group.kind == GroupKind.DISJOINT and group.code in figures
    ]
    return scoring.group_gap([figure.counts for figure in disjoint], minimum)


def _group_results(
    groups: tuple[GroupNumber, ...], figures: dict[str, Figure], minimum: int, *, is_flagged: bool
) -> tuple[GroupResult, ...]:
    shown = {group.code: figures.get(group.code) for group in groups if not group.is_hidden}
    means = {
        group.code: shown[group.code].mean
        for group in groups
        if group.kind == GroupKind.DISJOINT and shown.get(group.code) and shown[group.code].people >= minimum
    }
    lowest = min(means, key=means.get) if means and is_flagged else None
    return tuple(
        GroupResult(
            group=group,
            figure=shown.get(group.code),
            difference=_difference(group, shown.get(group.code), figures.get(ALL), minimum),
            is_apart=group.code == lowest,
        )
        for group in groups
    )


def _difference(
    group: GroupNumber, part: Figure | None, whole: Figure | None, minimum: int
) -> Decimal | None:
    """None too while a sheet is in work and a part is still larger than its whole."""
    if group.kind != GroupKind.FLAG or part is None or whole is None:
        return None
    if any(some > every for some, every in zip(part.counts, whole.counts, strict=True)):
        return None
    return scoring.difference_from_rest(whole.counts, part.counts, minimum)


def _overalls(scorecard: Scorecard, rows: list[CriterionResult]) -> dict:
    """The indicative means. The provider's, and the gap, are over the criteria that both sides scored."""
    points, words = scorecard.scale.points, words_of(scorecard)
    both = [row for row in rows if row.figure and row.figure.people and row.provider and row.provider.people]
    ours = scoring.overall(row.figure.mean for row in both)
    theirs = scoring.overall(row.provider.mean for row in both)
    everything = scoring.overall(row.figure.mean for row in rows if row.figure)
    return {
        "overall": verdict_of_mean(everything, points, words),
        "provider_overall": verdict_of_mean(theirs, points, words),
        "overall_gap": None if theirs is None else theirs - ours,
    }
