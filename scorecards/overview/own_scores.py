"""What the community said of a provider, beside what its staff said of themselves, as the provider reads it.

`own_scores` costs a fixed number of queries, whatever the number of communes, sittings and criteria.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from scorecards.consolidation import Consolidation, CriterionRow, consolidation_of
from scorecards.enums import ScorecardKind
from scorecards.figures import newest_versions
from scorecards.models import ReopeningRequest, Round, Scorecard, ScorecardVersion
from scorecards.overview.own_service import OwnService
from scorecards.overview.veil import veiled_cards


@dataclass(frozen=True)
class Point:
    """One criterion to prepare for, with what people said of it: weaknesses and suggestions, nobody's village."""

    row: CriterionRow
    weaknesses: tuple[tuple[str, str], ...]  # text, its language
    suggestions: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RoundScores:
    """One commune. `consolidation` is None behind the veil; `sittings` are the locked meetings that can be read."""

    scoring_round: Round
    is_veiled: bool
    is_met: bool  # the interface meeting was held
    consolidation: Consolidation | None
    sittings: tuple[tuple[ScorecardVersion, bool], ...]  # version, whether somebody asked to reopen it

    @property
    def rows(self) -> list[CriterionRow]:
        """The worst first."""
        scored = [row for row in self.consolidation.rows if row.verdict] if self.consolidation else []
        return sorted(scored, key=lambda row: (-row.figure.dissatisfied.ratio, row.number))

    @property
    def points(self) -> list[Point]:
        """To prepare for, as long as the interface meeting is ahead."""
        if self.consolidation is None or self.is_met:
            return []
        return [_point(row, self.consolidation) for row in self.consolidation.to_discuss if row.verdict]


def own_scores(person: User, service: OwnService) -> list[RoundScores]:
    """By round, in the order of the communes."""
    if not service.rounds:
        return []
    cards = Scorecard.objects.filter(
        kind=ScorecardKind.COMMUNITY, provider=service.provider, scoring_round__in=service.rounds
    )
    veiled = set(veiled_cards(person, cards).values_list("scoring_round", flat=True))
    by_round: dict[int, list[ScorecardVersion]] = defaultdict(list)
    for version in newest_versions(cards, is_full=False):
        by_round[version.scorecard.scoring_round_id].append(version)
    theirs = _own_version(service)
    asked = _asked(by_round.values())
    return [
        _scores(service, each, by_round[each.pk], theirs, asked, is_veiled=each.pk in veiled)
        for each in service.rounds
    ]


def _own_version(service: OwnService) -> ScorecardVersion | None:
    if service.assessment is None:
        return None
    own = Scorecard.objects.filter(pk=service.assessment.scorecard_id)
    return newest_versions(own, is_full=True).first()


def _asked(groups: Iterable[list[ScorecardVersion]]) -> set[int]:
    """The versions that somebody asked to reopen, and that wait for the officer."""
    keys = [version.pk for versions in groups for version in versions]
    waiting = ReopeningRequest.objects.waiting().filter(version__in=keys)
    return set(waiting.values_list("version", flat=True))


def _scores(
    service: OwnService,
    scoring_round: Round,
    versions: list[ScorecardVersion],
    theirs: ScorecardVersion | None,
    asked: set[int],
    *,
    is_veiled: bool,
) -> RoundScores:
    is_met = service.is_met_in(scoring_round)
    if is_veiled or not versions:
        return RoundScores(scoring_round, is_veiled, is_met, None, ())
    found = consolidation_of(versions, theirs, is_full=False)
    sittings = [(each.version, each.version.pk in asked) for each in found.sittings]
    return RoundScores(scoring_round, False, is_met, found, tuple(sittings))


def _point(row: CriterionRow, found: Consolidation) -> Point:
    scored = [
        each
        for sitting in found.sittings
        if not sitting.is_hidden
        for each in sitting.version.criteria.all()
        if each.criterion_id == row.criterion.pk
    ]
    weaknesses = dict.fromkeys((each.weaknesses, each.text_language) for each in scored if each.weaknesses)
    suggestions = dict.fromkeys(
        (said.text, said.text_language) for each in scored for said in each.suggestions.all()
    )
    return Point(row, tuple(weaknesses), tuple(suggestions))
