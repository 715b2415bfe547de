"""The money that a submitted plan asks for: by whom it is asked of, by section, and what nobody knows yet.

Of the frozen copy alone. What the commune has and what is committed of it stands in its budget, which is not entered
here; so the page says that it is not known, never that there is nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from isaf_portal.templatetags.isaf import digits, reader_language
from scorecards.enums import ItemRoute
from scorecards.plans.content import Cost, cost_of, internal_items, items
from scorecards.plans.rows import SECTION_LETTERS, unknown_costs_sentence, words
from scorecards.plans.table import ROUTE_ICONS


@dataclass(frozen=True)
class RouteSum:
    """What is asked of one office, with the numbers of the actions; `icon` is that of the route."""

    name: str
    icon: str
    labels: str
    cost: Cost

    @property
    def unknown_costs(self) -> str:
        return unknown_costs_sentence(self.cost, reader_language())


@dataclass(frozen=True)
class PlanMoney:
    """`commune` is what is asked of the commune's own fund, None where nothing is; `others` of everybody else."""

    year: int
    commune: RouteSum | None
    others: tuple[RouteSum, ...]
    sections: tuple[RouteSum, ...]
    total: Cost

    @property
    def sums(self) -> tuple[RouteSum, ...]:
        return (self.commune, *self.others) if self.commune else self.others

    @property
    def unknown_costs(self) -> str:
        return unknown_costs_sentence(self.total, reader_language())


def money_of(content: dict) -> PlanMoney:
    commune = next(_sums(rows for rows in _by_route(content) if _is_of_commune(rows[0])), None)
    others = list(_sums(rows for rows in _by_route(content) if not _is_of_commune(rows[0])))
    internal = list(internal_items(content))
    if internal:
        others.append(
            RouteSum(_("the providers themselves"), "people", _labels(1, internal), cost_of(internal))
        )
    return PlanMoney(
        year=content["plan_year"],
        commune=commune,
        others=tuple(others),
        sections=tuple(_sections(content)),
        total=cost_of(items(content)),
    )


def route_icon(item: dict) -> str:
    """By the word that the copy holds, which is the label of the route on the day of freezing."""
    route = _route_of(item)
    return ROUTE_ICONS[route] if route else "flag"


def _route_of(item: dict) -> ItemRoute | None:
    said = item["route"][reader_language()]
    return next((route for route in ItemRoute if str(route.label) == said), None)


def _is_of_commune(item: dict) -> bool:
    return _route_of(item) == ItemRoute.COMMUNE


def _by_route(content: dict) -> list[list[dict]]:
    found: dict[tuple, list[dict]] = {}
    for item in content["external"]:
        found.setdefault(tuple(item["route"].values()), []).append(item)
    return list(found.values())


def _sums(groups: Iterable[list[dict]]) -> Iterator[RouteSum]:
    for rows in groups:
        route = rows[0]["route"]
        name = words(route, reader_language()) if any(route.values()) else _("not said of whom")
        yield RouteSum(name, route_icon(rows[0]), _labels(0, rows), cost_of(rows))


def _sections(content: dict) -> Iterator[RouteSum]:
    internal = list(internal_items(content))
    for place, rows in enumerate((content["external"], internal)):
        letter = SECTION_LETTERS[reader_language()][place]
        if rows:
            yield RouteSum(_("Section %(letter)s") % {"letter": letter}, "doc", "", cost_of(rows))


def _labels(place: int, rows: Iterable[dict]) -> str:
    letter = SECTION_LETTERS[reader_language()][place]
    return ", ".join(f"{letter}.{digits(item['number'])}" for item in rows)
