"""What loading an official list would do, before a row is written. Pure: places in, a plan out.

A place is the same when code and folded name agree. Whatever else could be a place that moved is left to a person,
and so is everything that hangs on it; only a decision (`communities.lineage`) moves or ends a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from communities.enums import LineageKind
from communities.gazetteer import PRACTICE, Fault, Place
from communities.gazetteer_draft import NAMED_AT_MOST, Draft, Known, has_same_name, is_same
from communities.lineage import Decision
from isaf_portal.lib.khmer import fold


@dataclass(frozen=True)
class Move:
    """A place that goes on under another code, kind or name; `kind` is that of the lineage."""

    area: Known
    code: str
    place: Place | None  # what the list says of it; None: it follows its parent, and the list is silent
    on: date
    kind: str
    note: str


@dataclass
class LoadPlan:
    new: list[Place] = field(default_factory=list)
    respelt: list[tuple[Known, Place]] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    ended: list[tuple[Known, date]] = field(default_factory=list)
    successors: list[tuple[Known, Decision]] = field(default_factory=list)
    aside: list[tuple[Known, str]] = field(default_factory=list)  # retired places whose code is needed
    unchanged: int = 0
    undecided: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)


def plan_load(*, known: Sequence[Known], places: Sequence[Place], decisions: Sequence[Decision]) -> LoadPlan:
    """The plan with the decisions that hold; one that does not is refused, and the rest looked at again."""
    refused, accepted = [], list(decisions)
    while True:
        draft = Draft(known, places, accepted)
        plan = LoadPlan()
        faults = draft.faults() or _compare(draft, plan) or _faults_of_parents(draft, plan)
        if not faults:
            break
        refused += faults
        lines = {fault.line for fault in faults}
        accepted = [item for item in accepted if item.line not in lines]
    _move_and_end(draft, plan)
    _step_aside(draft, plan)
    plan.refused = sorted(refused, key=lambda fault: fault.line)
    plan.undecided.sort(key=lambda fault: (fault.line, fault.code))
    return plan


def _compare(draft: Draft, plan: LoadPlan) -> None:
    """Sorts the places that stand into respelt, unchanged and undecided, and the others of the list into new."""
    loose = set()  # names of places that could have moved
    undecided = set()  # codes under which nothing is added
    for code, (area,) in draft.at.items():
        place = draft.listed.get(code)
        if code.startswith(PRACTICE) or (place and area.code in draft.decided):
            continue
        if place and is_same(area, place):
            if (area.name_km, area.name_en) == (place.name_km, place.name_en):
                plan.unchanged += 1
            else:
                plan.respelt.append((area, place))
            continue
        loose.add((area.level, fold(area.name_km)))
        undecided.add(code)
        reason = f"is {area} here, {place} in the list" if place else f"{area} is not in the list"
        plan.undecided.append(Fault(place.line if place else 0, code, reason + _hint(draft, area)))
    _sort_new(draft, plan, loose, undecided)


def _hint(draft: Draft, area: Known) -> str:
    """Where the list has a new place of that name: a hint for the person who decides, no more."""
    codes = [code for code in draft.unclaimed.get((area.level, fold(area.name_km)), ()) if code != area.code]
    if not codes:
        return ""
    return f"; a new place of this name: {', '.join(codes[:NAMED_AT_MOST])}{' ...' if codes[NAMED_AT_MOST:] else ''}"


def _sort_new(draft: Draft, plan: LoadPlan, loose: set, undecided: set) -> None:
    retired = {area.code: area for area in draft.known if area.retired_on}
    for place in draft.listed.values():
        if place.code in draft.at:
            continue
        gone = retired.get(place.code)
        if place.parent_code in undecided:
            reason = f"{place} waits until {place.parent_code} is decided"
        elif gone and has_same_name(gone, place):
            reason = f"{gone} ended here on {gone.retired_on}, {place} stands in the list"
        elif (place.level, fold(place.name_km)) in loose:
            reason = f"{place} is new, or one of the undecided places of this name"
        else:
            plan.new.append(place)
            continue
        undecided.add(place.code)
        plan.undecided.append(Fault(place.line, place.code, reason))


def _faults_of_parents(draft: Draft, plan: LoadPlan) -> list[Fault]:
    will_stand = draft.at.keys() | {place.code for place in plan.new} | {""}
    found = [
        Fault(item.line, item.from_code, f"would lie in {item.to_code[:-2]}, which is not here")
        for item in draft.moving.values()
        if item.to_code[:-2] not in will_stand
    ]
    found += [
        Fault(item.line, item.from_code, f"its successor {item.to_code} is not here")
        for item in draft.decisions
        if not item.is_move and item.to_code and item.to_code not in will_stand
    ]
    return found


def _move_and_end(draft: Draft, plan: LoadPlan) -> None:
    for code, decision in draft.decided.items():
        area = draft.current[code]
        own, final = draft.moving.get(code), draft.final[area.pk]
        if own or final != code:
            kind, note = (
                (own.kind, own.note) if own else (LineageKind.RECODED.value, f"with {decision.from_code}")
            )
            plan.moves.append(Move(area, final, draft.listed.get(final), decision.on, kind, note))
    plan.ended = [(draft.current[code], item.on) for code, item in draft.ending.items()]
    plan.successors = [
        (draft.current[item.from_code], item) for item in draft.decisions if not item.is_move and item.to_code
    ]


def _step_aside(draft: Draft, plan: LoadPlan) -> None:
    """A place that ended keeps its last number as long as nobody else is given it, then takes a free one beside it."""
    taken = draft.at.keys() | {place.code for place in plan.new}
    of_code = {area.code: draft.final[area.pk] for area in draft.known}
    for area in draft.known:
        if area.retired_on is None and area.code not in draft.ending:
            continue
        parent = of_code.get(area.parent_code, area.parent_code)
        numbers = [area.code[-2:], *(f"{number:02}" for number in range(99, -1, -1))]
        code = next(parent + number for number in numbers if parent + number not in taken)
        taken.add(code)
        of_code[area.code] = code
        if code != area.code:
            plan.aside.append((area, code))
