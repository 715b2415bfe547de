"""What a grant reached, for those who pay for it: aggregates alone, small numbers hidden, no provider named.

People and scorecards are counted in the last locked version of each community scorecard, in the programme's rounds of
the communes that the grant names and the years that it covers; agreed actions in plans that a council approved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum

from communities.models import Area, Grant
from communities.models.areas import PRACTICE_PROVINCE
from communities.models.programmes import LAST_YEAR
from scorecards.enums import GroupKind, PlanStatus, ScorecardKind
from scorecards.figures import last_versions
from scorecards.models import ActionItem, Round, Scorecard, ScoringGroup
from scorecards.suppression import Cell, Hidden, Table, suppress
from scorecards.suppression import Sum as SumOfCells

EVERY = "every"
APPROVED = (PlanStatus.APPROVED, PlanStatus.CLOSED)


@dataclass(frozen=True)
class Counts:
    """What was counted, before anything is hidden. They add up."""

    rounds: int = 0
    people: int = 0
    locked: int = 0
    actions: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.rounds + other.rounds,
            self.people + other.people,
            self.locked + other.locked,
            self.actions + other.actions,
        )


@dataclass(frozen=True)
class Line:
    """A year, a commune of the chosen year, or all together. Without `people` their number stays hidden: because it
    is small, or because a small one would follow from it.
    """

    year: int | None
    area: Area | None
    counts: Counts
    people: int | None
    is_small: bool = False


@dataclass(frozen=True)
class GrantFigures:
    """`years` newest first, `communes` in code order: all that the grant names, with or without a round that year."""

    total: Line
    years: list[Line]
    chosen_year: int | None
    communes: list[Line]
    minimum: int

    @property
    def without_round(self) -> list[Area]:
        return [line.area for line in self.communes if not line.counts.rounds and line.area]


def grant_figures(grant: Grant, year: int | None = None) -> GrantFigures:
    """Five queries. An unknown year, or none, is the newest with a round."""
    communes = list(_communes_of(grant))
    rounds = list(_rounds_of(grant, communes).values_list("pk", "year", "commune"))
    counted = _counted([pk for pk, _year, _commune in rounds])
    by_year: dict[int, Counts] = {}
    by_place: dict[tuple[int, int], Counts] = {}
    for pk, its_year, commune in rounds:
        by_year[its_year] = by_year.get(its_year, Counts()) + counted[pk]
        by_place[its_year, commune] = counted[pk]
    minimum = grant.programme.small_group_minimum
    hidden = _hidden({str(each): found.people for each, found in by_year.items()}, minimum)
    chosen = year if year in by_year else max(by_year, default=None)
    return GrantFigures(
        total=_line(None, None, sum(by_year.values(), Counts()), EVERY, hidden),
        years=[_line(each, None, by_year[each], str(each), hidden) for each in sorted(by_year, reverse=True)],
        chosen_year=chosen,
        communes=_lines_of_communes(communes, by_place, chosen, hidden, minimum),
        minimum=minimum,
    )


def _communes_of(grant: Grant) -> Iterable[Area]:
    """None named is none reached: a grant says itself what it pays for."""
    named = grant.communes.select_related("parent__parent").order_by("code")
    return named if grant.programme.is_practice else named.exclude(code__startswith=PRACTICE_PROVINCE)


def _rounds_of(grant: Grant, communes: Sequence[Area]):
    last = grant.ends_on.year if grant.ends_on else LAST_YEAR
    return Round.objects.filter(
        programme=grant.programme_id,
        commune__in=[each.pk for each in communes],
        year__range=(grant.starts_on.year, last),
    )


def _counted(rounds: Sequence[int]) -> dict[int, Counts]:
    """By the round's id. Parts of a group, such as people with a disability, are in it already."""
    cards = Scorecard.objects.filter(scoring_round__in=rounds, kind=ScorecardKind.COMMUNITY)
    locked = last_versions(cards, is_full=False)
    whole = [GroupKind.ALL, GroupKind.DISJOINT]
    groups = ScoringGroup.objects.filter(version__in=locked.values("pk"), kind__in=whole)
    items = ActionItem.objects.kept().filter(plan__scoring_round__in=rounds, plan__status__in=APPROVED)
    people = _by_round(groups, "version__scorecard__scoring_round", Sum("people_count"))
    sheets = _by_round(locked, "scorecard__scoring_round", Count("pk"))
    actions = _by_round(items, "plan__scoring_round", Count("pk"))
    return {pk: Counts(1, people.get(pk, 0), sheets.get(pk, 0), actions.get(pk, 0)) for pk in rounds}


def _by_round(found, path: str, figure) -> dict[int, int]:
    rows = found.order_by().values(path).annotate(figure=figure)
    return {row[path]: row["figure"] or 0 for row in rows}


def _lines_of_communes(
    communes: Sequence[Area],
    by_place: dict[tuple[int, int], Counts],
    year: int | None,
    hidden_years: Hidden,
    minimum: int,
) -> list[Line]:
    found = {area.code: by_place.get((year, area.pk), Counts()) for area in communes}
    hidden = _hidden({code: counts.people for code, counts in found.items()}, minimum)
    if str(year) in hidden_years:
        # All communes of a year whose sum is hidden would give the sum away.
        hidden = Hidden(hidden.small, frozenset(found) - hidden.small)
    return [_line(year, area, found[area.code], area.code, hidden) for area in communes]


def _hidden(people: dict[str, int], minimum: int) -> Hidden:
    cells = [Cell(EVERY, sum(people.values())), *(Cell(name, count) for name, count in people.items())]
    return suppress(
        Table(EVERY, tuple(cells), (SumOfCells(EVERY, tuple(people)),) if people else ()), minimum
    )


def _line(year: int | None, area: Area | None, counts: Counts, name: str, hidden: Hidden) -> Line:
    is_shown = name not in hidden
    return Line(year, area, counts, counts.people if is_shown else None, name in hidden.small)
