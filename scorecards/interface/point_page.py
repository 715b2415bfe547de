"""One point on the wall: both scores, the reasons of both sides, what was agreed so far. Asks no query of its own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scorecards.consolidation import Consolidation
from scorecards.figures import Verdict, verdict, words_of
from scorecards.interface.agenda import Agenda, Point, ProviderPoints
from scorecards.models import ScorecardVersion


@dataclass(frozen=True)
class Said:
    """One thing that people wrote, in the language in which they said it. Where it was said stays unsaid."""

    text: str
    language: str


@dataclass(frozen=True)
class Side:
    """What one side said of the criterion: the score, how many people, and why."""

    verdict: Verdict | None
    people: int | None
    weaknesses: tuple[Said, ...]
    strengths: tuple[Said, ...]
    suggestions: tuple[Said, ...]

    @property
    def has_reasons(self) -> bool:
        return bool(self.weaknesses or self.strengths or self.suggestions)


@dataclass(frozen=True)
class PointPage:
    """All that the page of a point shows."""

    agenda: Agenda
    group: ProviderPoints
    point: Point
    before: Point | None
    after: Point | None
    citizens: Side
    provider: Side

    @property
    def changes_provider(self) -> bool:
        """Whether the next point is another provider's."""
        return self.after is not None and self.after.provider.pk != self.group.provider.pk


def point_page(agenda: Agenda, pk: int) -> PointPage | None:
    """None where the point left the agenda since it was fetched."""
    point = next((each for each in agenda.points if each.pk == pk), None)
    if point is None:
        return None
    before, after = agenda.around(pk)
    group = agenda.group_of(point.provider.pk)
    return PointPage(
        agenda, group, point, before, after, _citizens(point, group.found), _provider(point, group.found)
    )


def _citizens(point: Point, found: Consolidation | None) -> Side:
    sittings = [sitting.version for sitting in found.sittings] if found and not found.only_number else []
    figure = point.row.figure if point.row else None
    return Side(
        verdict=point.row.verdict if point.row else None,
        people=figure.people if figure else None,
        **_reasons(point, sittings),
    )


def _provider(point: Point, found: Consolidation | None) -> Side:
    version = found.provider_version if found else None
    figure = point.row.provider if point.row else None
    words = words_of(version.scorecard) if version else {}
    return Side(
        verdict=verdict(figure, words),
        people=figure.people if figure else None,
        **_reasons(point, [version] if version else []),
    )


def _reasons(point: Point, versions: Iterable[ScorecardVersion]) -> dict[str, tuple[Said, ...]]:
    """Each thing once, over all sittings."""
    scored = [
        each
        for version in versions
        for each in version.criteria.all()
        if each.criterion_id == point.criterion.pk
    ]
    suggested = [suggestion for each in scored for suggestion in each.suggestions.all()]
    return {
        "weaknesses": tuple(_lines((each.weaknesses, each.text_language) for each in scored)),
        "strengths": tuple(_lines((each.strengths, each.text_language) for each in scored)),
        "suggestions": tuple(_lines((each.text, each.text_language) for each in suggested)),
    }


def _lines(texts: Iterable[tuple[str, str]]) -> Iterator[Said]:
    said = (
        Said(line.strip(), language) for text, language in texts for line in text.splitlines() if line.strip()
    )
    yield from dict.fromkeys(said)
