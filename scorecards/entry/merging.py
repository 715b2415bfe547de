"""Saves of a sheet put together: nothing that two people typed is lost, and nobody overwrites what they had not read.

Pure arithmetic over cells, `{key: count}` with None for an emptied cell. A save says which revision its author had
read (`base_revision`). Compared are three values of each cell: the one its author had read, the one that stands on
the sheet now, and the one sent.

- Sent is what stands: nothing to do.
- Nobody changed the cell since it was read: what was sent is applied.
- Others changed it, and the author sends what they had read: they did not touch it, so what stands is kept.
- Both changed it, to different values: a conflict. What stands is kept, and both values are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

Cells = Mapping[str, int | None]


@dataclass(frozen=True)
class Merge:
    """What becomes of the cells of one save. `conflicts` has, by key, the revision that the value on the sheet is of."""

    applied: dict[str, int | None] = field(default_factory=dict)
    conflicts: dict[str, int] = field(default_factory=dict)


class SheetHistory:
    """The values of each cell, revision by revision. Revision 0 is what a reopened version began with."""

    def __init__(self, start: Cells):
        self._values: dict[str, list[tuple[int, int | None]]] = {
            key: [(0, count)] for key, count in start.items()
        }

    def value(self, key: str, revision: int | None = None) -> int | None:
        """What the cell held at a revision; without one, what it holds now."""
        held = [count for at, count in self._values.get(key, ()) if revision is None or at <= revision]
        return held[-1] if held else None

    def changed_at(self, key: str) -> int:
        """The revision of what the cell holds now."""
        return self._values[key][-1][0] if key in self._values else 0

    def merge(self, cells: Cells, *, base_revision: int, is_second_entry: bool = False) -> Merge:
        """Sort the cells of a save. A second entry checks the first: it fills what is empty and overwrites nothing."""
        merge = Merge()
        for key, sent in cells.items():
            now, read = self.value(key), self.value(key, base_revision)
            is_untouched = sent is None if is_second_entry else sent == read
            has_changed = now is not None if is_second_entry else self.changed_at(key) > base_revision
            if sent == now or not has_changed:
                merge.applied[key] = sent
            elif not is_untouched:
                merge.conflicts[key] = self.changed_at(key)
        return merge

    def apply(self, applied: Cells, *, revision: int) -> None:
        for key, count in applied.items():
            if count != self.value(key):
                self._values.setdefault(key, []).append((revision, count))
