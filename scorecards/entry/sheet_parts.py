"""What a sheet is made of, as plain values: groups, criteria, scores, cells, rows and rows with two values."""

from dataclasses import dataclass
from datetime import datetime

from scorecards.models import Criterion, ScorecardCriterion


@dataclass(frozen=True)
class SheetGroup:
    """A column of tabs. `is_computed` is the ALL of groups that scored apart: nothing is typed there."""

    code: str
    label: str
    kind: str
    people: int | None
    is_computed: bool = False


@dataclass(frozen=True)
class SheetCriterion:
    number: int
    criterion: Criterion
    scored: ScorecardCriterion

    @property
    def id(self) -> int:
        return self.criterion.pk


@dataclass(frozen=True)
class SheetScore:
    score: int
    word: str
    face: int


@dataclass(frozen=True)
class SheetCell:
    key: str
    score: SheetScore
    count: int | None


@dataclass(frozen=True)
class RowConflict:
    """Two values of one row: `theirs` stands on the sheet, `ours` came with a later save. By score, only where they
    differ; None is an emptied cell."""

    criterion_id: int
    group: str
    theirs: dict[int, int | None]
    ours: dict[int, int | None]
    theirs_by: str
    theirs_at: datetime
    ours_by: str
    ours_at: datetime

    def as_json(self) -> dict:
        return {
            "criterion": self.criterion_id,
            "group": self.group,
            "scores": sorted(self.ours),
            "theirs": _value(self.theirs_by, self.theirs_at, self.theirs),
            "ours": _value(self.ours_by, self.ours_at, self.ours),
        }


def _value(by: str, at: datetime, cells: dict[int, int | None]) -> dict:
    return {"by": by, "at": at.isoformat(), "cells": {str(score): count for score, count in cells.items()}}


@dataclass(frozen=True)
class SheetRow:
    """One criterion in one group. `total` is None where nothing was typed: not collected, which is not nobody.

    `state`: blank (nothing typed), open (typed, blanks left, fewer than the group), short (fewer, nothing blank),
    full, over (more than the group), uncounted (nobody said how many the group is).
    """

    criterion: SheetCriterion
    group: SheetGroup
    cells: tuple[SheetCell, ...]
    total: int | None
    conflict: RowConflict | None = None

    @property
    def key(self) -> str:
        return f"{self.criterion.id}.{self.group.code}"

    @property
    def short(self) -> int:
        """How many of the group are not on the row; negative where there are too many."""
        return (self.group.people or 0) - (self.total or 0)

    @property
    def state(self) -> str:
        if self.total is None:
            return "blank"
        if self.group.people is None:
            return "uncounted"
        if self.short <= 0:
            return "over" if self.short < 0 else "full"
        return "open" if any(cell.count is None for cell in self.cells) else "short"
