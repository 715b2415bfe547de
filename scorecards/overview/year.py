"""Where a programme's partner can begin the year: communes it knows already, and those that have begun."""

from dataclasses import dataclass

from django.db.models import Count, Q

from communities.enums import AreaLevel
from communities.models import Area, Assignment, Organisation, Programme
from scorecards.enums import ScorecardKind
from scorecards.models import Round

SHOWN_AT_MOST = 400


@dataclass(frozen=True)
class Begun:
    """A round of the year with the number of scorecards planned in it."""

    scoring_round: Round
    planned_count: int


def begun_rounds(programme: Programme, organisation: Organisation, year: int) -> list[Begun]:
    community = Count("scorecards", filter=Q(scorecards__kind=ScorecardKind.COMMUNITY))
    rounds = Round.objects.filter(programme=programme, organisation=organisation, year=year)
    known = rounds.select_related("commune__parent").annotate(planned=community).order_by("commune__code")
    return [Begun(each, each.planned) for each in known[:SHOWN_AT_MOST]]


def communes_to_begin(programme: Programme, organisation: Organisation, year: int) -> list[Area]:
    """The communes of the partner's earlier rounds and those in which its facilitators work today, without those that
    have a round of the programme in the year; in code order.
    """
    earlier = Round.objects.filter(programme=programme, organisation=organisation, year__lt=year)
    codes = set(earlier.values_list("commune__code", flat=True))
    worked_in = Assignment.objects.filter(organisation=organisation, ends_on__isnull=True).values_list(
        "area__code", flat=True
    )
    below = Q(code__in=codes)
    for code in set(worked_in) - {None}:
        below |= Q(code__startswith=code)
    begun = Round.objects.filter(programme=programme, year=year).values("commune")
    communes = Area.objects.current().filter(below, level=AreaLevel.COMMUNE).exclude(pk__in=begun)
    fitting = (
        communes.filter(code__startswith="00")
        if programme.is_practice
        else communes.exclude(code__startswith="00")
    )
    return list(fitting.select_related("parent").order_by("code")[:SHOWN_AT_MOST])


def with_round_before(programme: Programme, year: int, communes: list[Area]) -> set[str]:
    """The codes of those that had a round of the programme in an earlier year."""
    before = Round.objects.filter(programme=programme, year__lt=year, commune__in=communes)
    return set(before.values_list("commune__code", flat=True))
