"""The places as they would stand after some decisions, and what speaks against these decisions. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communities.enums import LineageKind
from communities.gazetteer import Fault, Place
from communities.lineage import Decision
from isaf_portal.lib.khmer import fold

NAMED_AT_MOST = 3


@dataclass(frozen=True)
class Known:
    """A place as the portal has it."""

    pk: int
    code: str
    level: int
    kind: str
    name_km: str
    name_en: str
    retired_on: date | None
    since: date | None  # the first day of its present code, if known

    @property
    def parent_code(self) -> str:
        return self.code[:-2]

    def __str__(self):
        return f"{self.kind} {self.name_km}"


def has_same_name(area: Known, place: Place) -> bool:
    return fold(area.name_km) == fold(place.name_km)


def is_same(area: Known, place: Place) -> bool:
    return area.kind == place.kind and has_same_name(area, place)


class Draft:
    """`current`: places by today's code. `final`: the code each would have, by its id. `at`: those that would stand,
    by that code. `moving`, `ending`: decisions by the code they start from; `decided`: the decision that moves a
    place, its own or that of the place around it, by today's code.
    """

    def __init__(self, known: Sequence[Known], places: Sequence[Place], decisions: Sequence[Decision]):
        self.known = sorted(known, key=lambda area: (area.level, area.code))
        self.current = {area.code: area for area in self.known if area.retired_on is None}
        self.listed = {place.code: place for place in places}
        self.decisions = decisions
        self.moving = {item.from_code: item for item in decisions if item.is_move}
        self.ending = {item.from_code: item for item in decisions if not item.is_move and self._ends(item)}
        self.final = self._final_codes()
        self.at: dict[str, list[Known]] = defaultdict(list)
        self.decided: dict[str, Decision] = {}
        for code, area in self.current.items():
            if code not in self.ending:
                self.at[self.final[area.pk]].append(area)
                if code in self.moving or self.final[area.pk] != code:
                    self.decided[code] = self._decision_over(code)
        self.unclaimed = defaultdict(list)
        for place in places:
            if place.code not in self.at:
                self.unclaimed[place.level, fold(place.name_km)].append(place.code)

    def _ends(self, item: Decision) -> bool:
        """A place that is split may stand on, smaller; in every other case it must have left the list."""
        area, place = self.current.get(item.from_code), self.listed.get(item.from_code)
        return area is not None and not (item.kind == LineageKind.SPLIT and place and is_same(area, place))

    def _final_codes(self) -> dict[int, str]:
        """Parents first: a place's own decision, else the new code of its parent with its own number."""
        final, of_code = {}, {}
        for area in self.known:
            decision = self.moving.get(area.code) if area.retired_on is None else None
            parent = of_code.get(area.parent_code, area.parent_code)
            final[area.pk] = of_code[area.code] = decision.to_code if decision else parent + area.code[-2:]
        return final

    def _decision_over(self, code: str) -> Decision | None:
        while code and code not in self.moving:
            code = code[:-2]
        return self.moving.get(code)

    def faults(self) -> list[Fault]:
        """Each decision by itself first; what they do to one another and to the places around only then."""
        return [
            Fault(item.line, item.from_code, reason)
            for item in self.decisions
            if (reason := self._fault_of(item))
        ] or self._faults_together()

    def _faults_together(self) -> list[Fault]:
        """One fault a decision, naming the first places that stand against it."""
        reasons = defaultdict(list)
        for code, areas in self.at.items():
            for area in areas:
                if found := self._fault_at(code, area, areas):
                    decision, reason = found
                    reasons[decision].append(reason)
        return [
            Fault(
                item.line,
                item.from_code,
                "; ".join(found[:NAMED_AT_MOST]) + (" ..." if found[NAMED_AT_MOST:] else ""),
            )
            for item, found in reasons.items()
        ]

    def _fault_of(self, item: Decision) -> str | None:
        area = self.current.get(item.from_code)
        if area is None:
            return "no place has this code here"
        if item.to_code and item.to_code not in self.listed:
            return f"the list has no {item.to_code}"
        if area.since and area.since >= item.on:
            return f"has this code since {area.since}, which is not before {item.on}"
        return self._fault_of_move(area, item) if item.is_move else self._fault_of_end(area, item)

    def _fault_of_move(self, area: Known, item: Decision) -> str | None:
        place = self.listed[item.to_code]
        if item.kind == LineageKind.RECODED and not has_same_name(area, place):
            return f"is {area} here, {place} in the list: that is renamed, or another place"
        if item.kind == LineageKind.RENAMED and has_same_name(area, place):
            return f"is called {area.name_km} in the list too"
        if item.kind == LineageKind.UPGRADED and area.kind == place.kind:
            return f"is {area.kind} in the list too"
        return None

    def _fault_of_end(self, area: Known, item: Decision) -> str | None:
        place = self.listed.get(area.code)
        if item.kind != LineageKind.SPLIT and place and is_same(area, place):
            return f"stands in the list as {place}"
        return None

    def _fault_at(self, code: str, area: Known, areas: list[Known]) -> tuple[Decision, str] | None:
        """Nobody loses a parent, shares a code, or is taken for another place."""
        decision = self.decided.get(area.code)
        if (end := self.ending.get(area.parent_code)) and area.code not in self.moving:
            return end, f"{area.code} {area} lies in it: decide on that first"
        if decision is None:
            return None
        if len(areas) > 1:
            others = ", ".join(other.code for other in areas if other is not area)
            return decision, f"{area.code} {area} would become {code}, as would {others}"
        place = self.listed.get(code)
        if area.code not in self.moving and place and not has_same_name(area, place):
            return (
                decision,
                f"{area.code} {area} would become {code}, which is {place} in the list: decide on it",
            )
        return None
