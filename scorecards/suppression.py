"""Which numbers of small groups stay off a page that leaves the meeting team (`docs/scoring.md`, `docs/decisions/0012`).

A table of groups is a list of cells and the sums that tie them: everybody is women, men and young people;
everybody is people with a disability and everybody else; the pooled figure is its sittings. Whatever a
reader could work out by adding and subtracting is a cell too, printed or not, so the caller names it.

The rule looks at how many people a group has, never at the single counts of a large group. A hidden cell
loses all its numbers: counts, mean, percentages and how many people it had. Its scores stay in the total.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

Row = dict[str, Fraction]


@dataclass(frozen=True)
class Cell:
    """One group and how many people of it scored. Nobody (0) is no secret: it reads "no data"."""

    name: str
    people: int


@dataclass(frozen=True)
class Sum:
    """A total and the disjoint parts that make it up, for numbers of people and for each score alike."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What could be read from one table. `root` is everybody: the one cell that is never hidden to protect
    another, and whose number of people is always printed."""

    root: str
    cells: tuple[Cell, ...]
    sums: tuple[Sum, ...] = ()

    def __post_init__(self) -> None:
        sizes = self.sizes
        if len(sizes) != len(self.cells) or self.root not in sizes:
            raise ValueError("Cells have names of their own, and the root is one of them.")
        for each in self.sums:
            if sizes[each.total] != sum(sizes[part] for part in each.parts):
                raise ValueError(f"The parts of {each.total} do not make it up.")

    @property
    def sizes(self) -> dict[str, int]:
        return {cell.name: cell.people for cell in self.cells}


@dataclass(frozen=True)
class Hidden:
    """The answer: `small` cells print "<5", `complements` print nothing, and with `only_number` the page
    prints how many people scored and nothing else."""

    small: frozenset[str]
    complements: frozenset[str]
    only_number: bool = False

    def __contains__(self, name: str) -> bool:
        return name in self.small or name in self.complements

    @property
    def names(self) -> frozenset[str]:
        return self.small | self.complements


def table_of_groups(root: str, people: int, disjoint: dict[str, int], flags: dict[str, int]) -> Table:
    """The table of one criterion or of one composition line.

    Disjoint groups make up the root; each flag has everybody else beside it, under the name "not:<flag>".
    """
    cells = [Cell(root, people), *(Cell(name, size) for name, size in disjoint.items())]
    sums = [Sum(root, tuple(disjoint))] if disjoint else []
    for name, size in flags.items():
        rest = f"not:{name}"
        cells += [Cell(name, size), Cell(rest, people - size)]
        sums.append(Sum(root, (name, rest)))
    return Table(root, tuple(cells), tuple(sums))


def suppress(table: Table, minimum: int = 5) -> Hidden:
    """The cells that must not be shown, so that no hidden number follows from the shown ones.

    Every group under `minimum` people is hidden. In each sum whose total is shown, what is left after the
    shown parts must be at least two groups and at least `minimum` people, else the next smallest part is
    hidden too. At the end no hidden cell may be the only answer to all sums together. Under `minimum`
    people in all, nothing is shown but that number. Hides too much rather than too little.
    """
    sizes = table.sizes
    small = frozenset(name for name, size in sizes.items() if 0 < size < minimum)
    if 0 < sizes[table.root] < minimum:
        return Hidden(small, frozenset(sizes) - small, only_number=True)
    hidden = set(small)
    while leaks := _leaks(table, hidden, minimum):
        candidates = [name for name in leaks if name not in hidden and name != table.root]
        if not candidates:
            return Hidden(small, frozenset(sizes) - small, only_number=True)
        hidden.add(min(candidates, key=lambda name: (sizes[name] == 0, sizes[name], name)))
    return Hidden(small, frozenset(hidden) - small)


def recoverable(table: Table, hidden: Iterable[str]) -> frozenset[str]:
    """The hidden cells that all sums together pin to one value, found by elimination in exact fractions."""
    unknown = set(hidden)
    solved: dict[str, Row] = {}
    for each in table.sums:
        row = _without_solved(
            {name: factor for name, factor in _equation(each).items() if name in unknown}, solved
        )
        if row:
            pivot = min(row)
            new = {pivot: {name: factor / row[pivot] for name, factor in row.items()}}
            solved = {name: _without_solved(old, new) for name, old in solved.items()} | new
    return frozenset(name for name, row in solved.items() if len(row) == 1)


def _leaks(table: Table, hidden: set[str], minimum: int) -> list[str]:
    """The cells through which something hidden shows, to choose the next one from; empty when nothing does."""
    for each in table.sums:
        if not _is_safe(each, hidden, table.sizes, minimum):
            return [*each.parts, each.total]
    return _tied_to(table, recoverable(table, hidden), hidden)


def _is_safe(each: Sum, hidden: set[str], sizes: dict[str, int], minimum: int) -> bool:
    parts = [part for part in each.parts if part in hidden]
    if each.total in hidden:
        return bool(parts)
    return not parts or (len(parts) > 1 and sum(sizes[part] for part in parts) >= minimum)


def _tied_to(table: Table, names: frozenset[str], hidden: set[str]) -> list[str]:
    """All cells that hang together with these through sums over hidden cells."""
    reached: set[str] = set(names)
    while True:
        tied = [{each.total, *each.parts} for each in table.sums]
        grown = reached.union(*(cells for cells in tied if cells & reached & hidden))
        if grown == reached:
            return sorted(reached)
        reached = grown


def _equation(each: Sum) -> Row:
    """total − parts = 0, as factors by cell."""
    row = {each.total: Fraction(1)}
    for part in each.parts:
        row[part] = row.get(part, Fraction(0)) - 1
    return row


def _without_solved(row: Row, solved: dict[str, Row]) -> Row:
    """The row with each solved cell replaced by its own equation."""
    left = dict(row)
    for pivot, equation in solved.items():
        if factor := left.get(pivot):
            for name, times in equation.items():
                left[name] = left.get(name, Fraction(0)) - factor * times
    return {name: factor for name, factor in left.items() if factor}
