"""The points of an interface meeting with what both sides scored and what was agreed, and the proposal for them.

Only what is checked and locked is shown: the page stands on a wall before everybody. Plain values; `agenda_of` costs
the same number of queries whatever the number of points.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from accounts.models import User
from communities.models import ServiceProvider
from scorecards.consolidation import Consolidation, CriterionRow
from scorecards.enums import PointState
from scorecards.models import ActionItem, Criterion, InterfacePoint, ItemSource, Round
from scorecards.plans.outline import place_of_provider
from scorecards.plans.scores import PlanScores, read_scores

# So many points of a provider are proposed; a meeting of half a day has no time for more.
PROPOSED_AT_MOST = 5
# A criterion is proposed from this share of people who are not satisfied.
PROPOSED_FROM = Fraction(1, 3)
BADGES = {PointState.OPEN: "not_started", PointState.AGREED: "complete", PointState.PARKED: "due"}


@dataclass(frozen=True)
class Point:
    """One point as it stands. `row` is None where no score of it is locked any more."""

    point: InterfacePoint
    number: int
    row: CriterionRow | None
    items: tuple[ActionItem, ...]

    @property
    def pk(self) -> int:
        return self.point.pk

    @property
    def criterion(self) -> Criterion:
        return self.point.criterion

    @property
    def provider(self) -> ServiceProvider:
        return self.point.provider

    @property
    def state(self) -> PointState:
        """The actions in the plan are what counts: one that was deleted there leaves the point open again."""
        if self.items:
            return PointState.AGREED
        return PointState.PARKED if self.point.state == PointState.PARKED else PointState.OPEN

    @property
    def badge(self) -> str:
        return BADGES[self.state]

    @property
    def state_label(self) -> str:
        return str(self.state.label)

    @property
    def is_open(self) -> bool:
        return self.state == PointState.OPEN

    @property
    def is_agreed(self) -> bool:
        return self.state == PointState.AGREED

    @property
    def is_parked(self) -> bool:
        return self.state == PointState.PARKED


@dataclass(frozen=True)
class ProviderPoints:
    """The points of one provider, numbered from 1, and what is known of its scores."""

    provider: ServiceProvider
    points: tuple[Point, ...]
    found: Consolidation | None

    @property
    def settled_count(self) -> int:
        return sum(1 for point in self.points if not point.is_open)


@dataclass(frozen=True)
class Agenda:
    """All points in the order in which they are talked about."""

    scoring_round: Round
    groups: tuple[ProviderPoints, ...]
    scores: PlanScores

    @property
    def points(self) -> list[Point]:
        return [point for group in self.groups for point in group.points]

    @property
    def open_points(self) -> list[Point]:
        return [point for point in self.points if point.is_open]

    def count(self, state: PointState) -> int:
        return sum(1 for point in self.points if point.state == state)

    def group_of(self, provider_pk: int) -> ProviderPoints | None:
        return next((group for group in self.groups if group.provider.pk == provider_pk), None)

    def around(self, pk: int) -> tuple[Point | None, Point | None]:
        """The points before and after this one, over the edge of a provider too."""
        points = self.points
        here = next((place for place, point in enumerate(points) if point.pk == pk), None)
        if here is None:
            return None, None
        return (points[here - 1] if here else None, points[here + 1] if here + 1 < len(points) else None)


@dataclass(frozen=True)
class Choice:
    """One criterion that could be talked about. `key` travels in the form; a settled point is not left out."""

    key: str
    provider: ServiceProvider
    criterion: Criterion
    row: CriterionRow | None
    is_chosen: bool
    is_settled: bool = False


@dataclass(frozen=True)
class ProviderChoices:
    provider: ServiceProvider
    choices: tuple[Choice, ...]


def agenda_of(scoring_round: Round, person: User) -> Agenda:
    """The agenda as it stands, with the locked scores that the person may see."""
    scores = read_scores(Q(scoring_round=scoring_round), person, is_full=False)
    rows = {
        (scored.provider.pk, scored.criterion.pk): scored.row
        for scored in scores
        if scored.scoring_round.pk == scoring_round.pk
    }
    points = (
        InterfacePoint.objects.filter(scoring_round=scoring_round)
        .select_related("provider__service_type", "criterion")
        .order_by("order", "pk")
    )
    return Agenda(scoring_round, tuple(_by_provider(points, rows, _items_of(scoring_round), scores)), scores)


def choices_of(agenda: Agenda) -> list[ProviderChoices]:
    """Every criterion that was scored, worst first; before there is an agenda the proposed ones are chosen."""
    settled = {(point.provider.pk, point.criterion.pk): not point.is_open for point in agenda.points}
    choices: dict[int, dict[int, Choice]] = defaultdict(dict)
    for found in agenda.scores.consolidations.values():
        proposed = {row.criterion.pk for row in proposal_of(found)}
        provider = found.sittings[0].scorecard.provider
        for row in worst_first(found.rows):
            key = (provider.pk, row.criterion.pk)
            is_chosen = key in settled if settled else row.criterion.pk in proposed
            choices[provider.pk][row.criterion.pk] = _choice(
                provider, row.criterion, row, is_chosen, settled.get(key, False)
            )
    for point in agenda.points:
        choices[point.provider.pk].setdefault(
            point.criterion.pk, _choice(point.provider, point.criterion, None, True, not point.is_open)
        )
    groups = [
        ProviderChoices(next(iter(of.values())).provider, tuple(of.values())) for of in choices.values() if of
    ]
    return sorted(groups, key=lambda group: place_of_provider(group.provider))


def worst_first(rows: Iterable[CriterionRow]) -> list[CriterionRow]:
    """By the share of people who are not satisfied; what nobody scored last."""
    return sorted(rows, key=lambda row: (-_dissatisfaction(row), row.number))


def proposal_of(found: Consolidation) -> list[CriterionRow]:
    """What is worth the meeting's time: the worst criterion, then where many are dissatisfied or opinions, groups
    or both sides differ; worst first, at most five.
    """
    flagged = {row.criterion.pk for row in found.to_discuss}
    wanted = [
        row
        for row in worst_first(found.rows)
        if row.criterion.pk in flagged or _dissatisfaction(row) >= PROPOSED_FROM
    ]
    return wanted[:PROPOSED_AT_MOST]


def _dissatisfaction(row: CriterionRow) -> Fraction:
    return row.figure.dissatisfied.ratio if row.figure and row.figure.people else Fraction(-1)


def _choice(provider, criterion, row, is_chosen: bool, is_settled: bool) -> Choice:
    return Choice(f"{provider.pk}.{criterion.pk}", provider, criterion, row, is_chosen, is_settled)


def _by_provider(points, rows: dict, items: dict, scores: PlanScores) -> Iterable[ProviderPoints]:
    """Providers stand where their first point stands."""
    groups: dict[int, list[InterfacePoint]] = defaultdict(list)
    for point in points:
        groups[point.provider_id].append(point)
    found = {key[1]: consolidation for key, consolidation in scores.consolidations.items()}
    for provider, theirs in groups.items():
        yield ProviderPoints(
            provider=theirs[0].provider,
            points=tuple(
                Point(
                    point,
                    number,
                    rows.get((provider, point.criterion_id)),
                    tuple(items.get((provider, point.criterion_id), ())),
                )
                for number, point in enumerate(theirs, start=1)
            ),
            found=found.get(provider),
        )


def _items_of(scoring_round: Round) -> dict[tuple[int, int], list[ActionItem]]:
    """The actions that answer a score of the round, by provider and criterion; deleted and left out ones apart."""
    sources = (
        ItemSource.objects.filter(scoring_round=scoring_round, item__in=ActionItem.objects.kept())
        .select_related("item__plan", "item__provider")
        .order_by("item__pk")
    )
    found = defaultdict(list)
    for source in sources:
        found[source.provider_id, source.criterion_id].append(source.item)
    return found
