"""Reads what a person decided about places that a new official list names or numbers otherwise. Pure reading."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from communities.enums import LineageKind
from communities.gazetteer import CONTROL, PRACTICE, Fault, cleaned, read_rows

COLUMNS = {"kind", "from_code", "to_code", "on", "note"}
RETIRED = "retired"
# The place goes on under another name, code or kind.
MOVES = {LineageKind.RENAMED.value, LineageKind.RECODED.value, LineageKind.UPGRADED.value}
# The place ends, or gives a part away.
ENDS = {LineageKind.MERGED.value, LineageKind.SPLIT.value, RETIRED}
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Decision:
    line: int
    kind: str  # a value of LineageKind, or "retired"
    from_code: str
    to_code: str  # empty for a place that ends without a successor
    on: date
    note: str

    @property
    def is_move(self) -> bool:
        return self.kind in MOVES


def read_decisions(path: Path, *, valid_from: date | None) -> tuple[list[Decision], list[Fault]]:
    """A CSV file `kind,from_code,to_code,on,note`; where `on` is empty, `valid_from` holds.

    `renamed`, `recoded`, `upgraded`: the place goes on, and what is inside it goes along. `merged`, `split`: a row for
    each successor. `retired`: it ended without one. Raises ValueError when the file is no such list at all.
    """
    decisions, faults = [], []
    for line, row in read_rows(path, COLUMNS):
        texts = cleaned(row, COLUMNS)
        on = _day(texts["on"]) if texts["on"] else valid_from
        if reason := _fault_of(texts, on):
            faults.append(Fault(line, CONTROL.sub(" ", texts["from_code"])[:20], reason))
        else:
            target = texts["to_code"] or (texts["from_code"] if texts["kind"] in MOVES else "")
            decisions.append(Decision(line, texts["kind"], texts["from_code"], target, on, texts["note"]))
    return _without_contradictions(decisions, faults)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _fault_of(row: dict[str, str], on: date | None) -> str | None:
    kind, source, target = row["kind"], row["from_code"], row["to_code"]
    if kind not in MOVES | ENDS:
        return f"unknown kind {kind!r}: it is one of {', '.join(sorted(MOVES | ENDS))}"
    if on is None:
        return f"no day: {row['on']!r} is not written as 2026-06-01"
    for code in filter(None, (source, target)):
        if not re.fullmatch(r"([0-9]{2}){1,4}", code, re.ASCII):
            return f"{code!r} is not a code of 2, 4, 6 or 8 digits"
        if code.startswith(PRACTICE):
            return f"province {PRACTICE} is for practice"
    if not source:
        return "no from_code"
    return _fault_of_target(kind, source, target) or _fault_of_note(row["note"])


def _fault_of_target(kind: str, source: str, target: str) -> str | None:
    if kind == RETIRED:
        return "a retired place has no to_code; is it merged or recoded?" if target else None
    if not target and kind != LineageKind.RENAMED:
        return f"{kind} needs a to_code"
    if target and len(target) != len(source):
        return f"{source} and {target} are not of the same level"
    if kind in ENDS | {LineageKind.RECODED} and target == source:
        return f"{kind} to its own code"
    return None


def _fault_of_note(note: str) -> str | None:
    if CONTROL.search(note) or len(note) > LONGEST_NOTE:
        return f"the note is longer than {LONGEST_NOTE} characters, or not one line"
    return None


def _without_contradictions(
    decisions: Sequence[Decision], faults: list[Fault]
) -> tuple[list[Decision], list[Fault]]:
    """Nothing is decided twice, and no two places go on under one code; a place may be split into many."""
    of_place = defaultdict(list)
    for item in decisions:
        of_place[item.from_code].append(item)
    times_to = Counter(item.to_code for item in decisions if item.is_move)
    good = []
    for item in decisions:
        others = of_place[item.from_code]
        is_split = {other.kind for other in others} == {LineageKind.SPLIT}
        if len(others) > 1 and not (is_split and len({other.to_code for other in others}) == len(others)):
            faults.append(Fault(item.line, item.from_code, "is decided more than once"))
        elif item.is_move and times_to[item.to_code] > 1:
            faults.append(Fault(item.line, item.from_code, f"another place becomes {item.to_code} too"))
        else:
            good.append(item)
    return good, sorted(faults, key=lambda fault: fault.line)
