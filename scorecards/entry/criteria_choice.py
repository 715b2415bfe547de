"""Which criteria a scorecard is offered, which it has, and how many can be compared with last year."""

from collections.abc import Sequence
from dataclasses import dataclass

from scorecards.enums import CriterionKind
from scorecards.models import Criterion, Scorecard, ScorecardCriterion, ScorecardVersion

USUALLY_CHOSEN = 6


@dataclass(frozen=True)
class Choice:
    """`offered` is the list of the service with what the meetings added; `chosen` those kept, in the paper's order."""

    offered: tuple[Criterion, ...]
    chosen: tuple[Criterion, ...]
    tags_last_year: frozenset[int] | None

    @property
    def chosen_ids(self) -> frozenset[int]:
        return frozenset(criterion.pk for criterion in self.chosen)

    @property
    def number_chosen(self) -> int:
        return len(self.chosen)

    @property
    def is_usual(self) -> bool:
        """Whether it can be said as "so many of six"."""
        return self.number_chosen <= USUALLY_CHOSEN

    @property
    def same_as_last_year(self) -> int | None:
        """How many carry a tag that was scored last year; None where nothing was scored then."""
        if self.tags_last_year is None:
            return None
        return sum(criterion.tag_id in self.tags_last_year for criterion in self.chosen)

    def ordered(self, ticked: Sequence[int]) -> list[Criterion]:
        """What is ticked: those that stood already in their order, the new ones after them as they are listed."""
        wanted = set(ticked)
        stood = [criterion for criterion in self.chosen if criterion.pk in wanted]
        new = [each for each in self.offered if each.pk in wanted and each.pk not in self.chosen_ids]
        return [*stood, *new]


def choice_of(version: ScorecardVersion) -> Choice:
    """Costs three queries, whatever the number of criteria."""
    scorecard = version.scorecard
    rows = version.criteria.select_related("criterion").order_by("order", "pk")
    chosen = tuple(row.criterion for row in rows)
    offered = Criterion.objects.offered_to(scorecard).order_by("kind", "order", "pk")
    listed = tuple(sorted(offered, key=lambda each: each.kind == CriterionKind.CUSTOM))
    # What was chosen and is offered no more stays in sight, so that it can be taken off.
    known = {criterion.pk for criterion in listed}
    listed += tuple(criterion for criterion in chosen if criterion.pk not in known)
    return Choice(listed, chosen, _tags_of_last_year(scorecard))


def moved(criteria: Sequence[Criterion], pk: int, step: int) -> list[Criterion]:
    """The same order with one of them a place up (-1) or down (1); at the edge it stays."""
    row = list(criteria)
    at = next((place for place, criterion in enumerate(row) if criterion.pk == pk), None)
    if at is None or not 0 <= at + step < len(row):
        return row
    row[at], row[at + step] = row[at + step], row[at]
    return row


def _tags_of_last_year(scorecard: Scorecard) -> frozenset[int] | None:
    scored = ScorecardCriterion.objects.filter(
        version__scorecard__programme=scorecard.programme_id,
        version__scorecard__provider=scorecard.provider_id,
        version__scorecard__kind=scorecard.kind,
        version__scorecard__year=scorecard.year - 1,
    )
    tags = set(scored.values_list("criterion__tag", flat=True).distinct())
    return frozenset(tags - {None}) if tags else None
