"""The self-assessment as its page shows it: a criterion, the score on which the staff agreed, and why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scorecards.entry.cells import cell_key
from scorecards.entry.criteria_choice import USUALLY_CHOSEN
from scorecards.entry.sheets import ALL, Sheet
from scorecards.enums import CriterionKind
from scorecards.models import Criterion, Scorecard, ScorecardCriterion, ScorecardVersion, SuggestedAction

MOST_PROPOSED = 10


@dataclass(frozen=True)
class Said:
    """Why the staff chose a score, and what they propose: the texts of `operations.reasons`."""

    strengths: str
    weaknesses: str
    suggestions: tuple[str, ...]
    text_language: str = "km"


@dataclass(frozen=True)
class AssessedRow:
    """One criterion. `score` is what the staff agree on; `counts` by score where the sheet holds several.

    `scored` is None while the criterion is only proposed. `is_undecided` where two saves differ.
    """

    number: int
    criterion: Criterion
    scored: ScorecardCriterion | None
    score: int | None
    counts: tuple[tuple[int, str, int], ...] = ()
    suggestions: tuple[str, ...] = ()
    is_undecided: bool = False

    @property
    def is_mixed(self) -> bool:
        return bool(self.counts)


def agreed_score(counts: Mapping[int, int], people: int | None) -> int | None:
    """The one score at which all the staff stand in a row of counts by score; None where there is none."""
    used = {score: count for score, count in counts.items() if count}
    if len(used) != 1:
        return None
    [(score, count)] = used.items()
    return score if people is None or count == people else None


def assessed_rows(sheet: Sheet) -> list[AssessedRow]:
    """The rows of the sheet, or those proposed while nobody has chosen criteria. At most three queries."""
    if not sheet.criteria:
        criteria = proposed_criteria(sheet.version)
        return [AssessedRow(number, each, None, None) for number, each in enumerate(criteria, 1)]
    suggestions = _suggestions(sheet.version)
    undecided = {conflict.criterion_id for conflict in sheet.conflicts}
    return [
        _row(sheet, each, tuple(suggestions[each.scored.pk]), is_undecided=each.id in undecided)
        for each in sheet.criteria
    ]


def _row(sheet: Sheet, each, suggestions: tuple[str, ...], *, is_undecided: bool) -> AssessedRow:
    counts = {score.score: sheet.cells.get(cell_key(each.id, ALL, score.score), 0) for score in sheet.scores}
    score = agreed_score(counts, sheet.whole.people if sheet.whole else None)
    mixed = tuple(
        (score.score, score.word, counts[score.score]) for score in sheet.scores if counts[score.score]
    )
    return AssessedRow(
        number=each.number,
        criterion=each.criterion,
        scored=each.scored,
        score=score,
        counts=() if score is not None else mixed,
        suggestions=suggestions,
        is_undecided=is_undecided,
    )


def proposed_criteria(version: ScorecardVersion) -> tuple[Criterion, ...]:
    """What the villages score this year, so that both sides can be compared; else what was scored last year; else
    the beginning of the list.
    """
    scorecard = version.scorecard
    offered = {each.pk: each for each in Criterion.objects.offered_to(scorecard).order_by("order", "pk")}
    for year in (scorecard.year, scorecard.year - 1):
        if used := [key for key in _scored_in(scorecard, year) if key in offered]:
            return tuple(offered[key] for key in used[:MOST_PROPOSED])
    listed = [each for each in offered.values() if each.kind == CriterionKind.PREDEFINED]
    return tuple(listed[:USUALLY_CHOSEN])


def _scored_in(scorecard: Scorecard, year: int) -> Sequence[int]:
    rows = ScorecardCriterion.objects.filter(
        version__scorecard__programme=scorecard.programme_id,
        version__scorecard__provider=scorecard.provider_id,
        version__scorecard__year=year,
    )
    ordered = rows.exclude(version__scorecard=scorecard.pk).order_by("order", "pk")
    return list(dict.fromkeys(ordered.values_list("criterion", flat=True)))


def _suggestions(version: ScorecardVersion) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = SuggestedAction.objects.filter(scorecard_criterion__version=version).order_by("pk")
    for key, text in rows.values_list("scorecard_criterion", "text"):
        found[key].append(text)
    return found
