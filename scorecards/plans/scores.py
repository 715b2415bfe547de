"""The scores behind a plan: of every provider of its rounds, read at once, whatever the number of actions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import Q

from accounts.models import User
from communities.models import ServiceProvider
from scorecards.consolidation import Consolidation, CriterionRow, consolidation_of
from scorecards.enums import ScorecardKind
from scorecards.figures import newest_versions
from scorecards.models import ActionItem, ActionPlan, Criterion, ItemSource, Round, Scorecard

# A score that an action answers: ids of round, provider and criterion.
Key = tuple[int, int, int]


@dataclass(frozen=True)
class ScoredCriterion:
    """One criterion of one provider in one round, pooled over its sittings."""

    scoring_round: Round
    provider: ServiceProvider
    row: CriterionRow

    @property
    def criterion(self) -> Criterion:
        return self.row.criterion

    @property
    def key(self) -> Key:
        return (self.scoring_round.pk, self.provider.pk, self.criterion.pk)


@dataclass(frozen=True)
class PlanScores:
    """By round and provider, what the reader may see; empty for a reader who may see no scores."""

    consolidations: dict[tuple[int, int], Consolidation] = field(default_factory=dict)

    def __iter__(self) -> Iterator[ScoredCriterion]:
        """Every scored criterion, provider by provider, in the order of the sheets."""
        for key in self.consolidations:
            yield from self._of(key, self.consolidations[key].rows)

    def find(self, key: Key) -> ScoredCriterion | None:
        return next((each for each in self if each.key == key), None)

    def behind(self, source: ItemSource) -> ScoredCriterion | None:
        """The score that a source of an action names, as it stands; None where the reader may not see it."""
        return self.find(key_of(source))

    def to_discuss(self, answered: Collection[Key]) -> list[ScoredCriterion]:
        """What the interface meeting was to discuss and no action of the plan answers yet."""
        listed = [
            scored for key, found in self.consolidations.items() for scored in self._of(key, found.to_discuss)
        ]
        return [scored for scored in listed if scored.key not in answered]

    def _of(self, key: tuple[int, int], rows: Iterable[CriterionRow]) -> Iterator[ScoredCriterion]:
        scorecard = self.consolidations[key].sittings[0].scorecard
        for row in rows:
            yield ScoredCriterion(scorecard.scoring_round, scorecard.provider, row)


def key_of(source: ItemSource) -> Key:
    return (source.scoring_round_id, source.provider_id, source.criterion_id)


def answered_by(items: Iterable[ActionItem]) -> set[Key]:
    """The scores that some action answers; the actions come with their `sources`."""
    return {key_of(source) for item in items for source in item.sources.all()}


def scores_of_plan(plan: ActionPlan, items: Iterable[ActionItem], person: User) -> PlanScores:
    """Of the plan's own round, of the others of its commune in the same year, and of whatever its actions answer.

    The team sees every sitting as it stands. Costs the same number of queries for any number of actions.
    """
    rounds = {key[0] for key in answered_by(items)} | {plan.scoring_round_id}
    same_year = Q(scoring_round__commune=plan.commune_id, scoring_round__year=plan.scoring_round.year)
    return read_scores(Q(scoring_round__in=rounds) | same_year, person, is_full=True)


def read_scores(which: Q, person: User, *, is_full: bool) -> PlanScores:
    """The community scorecards that match and that the person may see, each provider beside its self-assessment."""
    visible = Scorecard.objects.filter(pk__in=Scorecard.objects.visible_to(person).values("pk"))
    cards = visible.filter(which, kind=ScorecardKind.COMMUNITY)
    groups = defaultdict(list)
    for version in newest_versions(cards, is_full=is_full):
        groups[version.scorecard.scoring_round_id, version.scorecard.provider_id].append(version)
    theirs = _self_assessments([versions[0].scorecard for versions in groups.values()], is_full=is_full)
    return PlanScores(
        {
            key: consolidation_of(
                groups[key], theirs.get(_year_of(groups[key][0].scorecard)), is_full=is_full
            )
            for key in sorted(groups)
        }
    )


def _self_assessments(scorecards: list[Scorecard], *, is_full: bool) -> dict:
    own = Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT,
        programme__in={scorecard.programme_id for scorecard in scorecards},
        provider__in={scorecard.provider_id for scorecard in scorecards},
        year__in={scorecard.year for scorecard in scorecards},
    )
    return {_year_of(version.scorecard): version for version in newest_versions(own, is_full=is_full)}


def _year_of(scorecard: Scorecard) -> tuple[int, int, int]:
    return (scorecard.programme_id, scorecard.provider_id, scorecard.year)
