"""One sheet as page and device see it: the template draws from it, and the same comes as JSON in the page.

`sheet_of` costs seven queries, whatever the number of criteria, groups and counts.

The JSON (`Sheet.as_json`), texts in the reader's language:

    {"scorecard": 7, "version": 12, "number": 1, "revision": 5, "status": "draft", "is_editable": true, "points": 5,
     "most": 99999, "left_early": 2,
     "groups":    [{"code": "women", "label": "Women", "kind": "disjoint", "people": 20, "is_computed": false}, ...],
     "criteria":  [{"id": 31, "number": 1, "text": "Number of staff"}, ...],
     "scores":    [{"score": 1, "word": "Very poor", "face": 1}, ..., {"score": 0, "word": "No opinion", "face": 0}],
     "cells":     {"31.women.1": 1, "31.women.2": 4},
     "conflicts": [{"criterion": 31, "group": "women", "scores": [2, 3],
                    "theirs": {"by": "Keo Sokha", "at": "2026-06-11T07:04:00+00:00", "cells": {"2": 7, "3": 6}},
                    "ours":   {"by": "Sun Sopheak", "at": "...", "cells": {"2": 6, "3": 7}}}],
     "receipt": "R4T-RQJ", "saved_at": "2026-06-11T07:05:00+00:00", "saved_by": "Sun Sopheak"}

- A cell's key is `<criterion id>.<group code>.<score>`; score 0 is no opinion. An absent key is an empty cell, which
  is not 0. `groups` ends with the computed ALL where groups scored apart: it has no cells, they are added up.
- `people`, `left_early`, `receipt`, `saved_at` and `saved_by` are null while nobody said them.
- A save answers or sends `cells` with null for a cell that was emptied, and `base_revision`, the `revision` read here.
  Its receipt is computed over exactly these bytes, in UTF-8 (LF is one byte, 0x0A):

      isaf-receipt-1 LF
      <client_id, lower case, with hyphens> LF
      <base_revision in Latin digits> LF
      then for each cell sent, in the order of the bytes of its key:  <key>=<count, nothing if null> LF

  The first 30 bits of its SHA-256, five at a time, the highest first, are letters of
  `23456789ABCDEFGHJKLMNPQRSTUVWXYZ`; three, a hyphen, three. (`isaf_portal.lib.receipts`.)
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from scorecards import scoring
from scorecards.entry.cells import cell_key, tallies_of
from scorecards.entry.sheet_parts import (
    RowConflict,
    SheetCell,
    SheetCriterion,
    SheetGroup,
    SheetRow,
    SheetScore,
)
from scorecards.enums import GroupKind, SaveOutcome, ScoringGroupCode
from scorecards.models import Scorecard, ScorecardVersion, SheetSave, SuggestedAction, TallyConflict
from scorecards.models.tallies import MOST_PEOPLE, NO_OPINION

ALL = ScoringGroupCode.ALL.value


@dataclass(frozen=True)
class Sheet:
    version: ScorecardVersion
    groups: tuple[SheetGroup, ...]
    criteria: tuple[SheetCriterion, ...]
    scores: tuple[SheetScore, ...]
    cells: Mapping[str, int]
    conflicts: tuple[RowConflict, ...]
    last_save: SheetSave | None

    @property
    def points(self) -> int:
        return self.version.scorecard.scale.points

    @property
    def entry_groups(self) -> tuple[SheetGroup, ...]:
        """Those that are typed."""
        return tuple(group for group in self.groups if not group.is_computed)

    @property
    def whole(self) -> SheetGroup | None:
        """Everybody: typed, or computed from the groups that scored apart."""
        return next((group for group in self.groups if group.code == ALL), None)

    def group(self, code: str) -> SheetGroup | None:
        return next((group for group in self.groups if group.code == code), None)

    def count(self, criterion: SheetCriterion, group: SheetGroup, score: int) -> int | None:
        """What a cell holds. Of a computed ALL the sum of what the groups typed."""
        if not group.is_computed:
            return self.cells.get(cell_key(criterion.id, group.code, score))
        parts = [
            self.cells.get(cell_key(criterion.id, part.code, score))
            for part in self.groups
            if part.kind == GroupKind.DISJOINT
        ]
        typed = [count for count in parts if count is not None]
        return sum(typed) if typed else None

    def row(self, criterion: SheetCriterion, group: SheetGroup) -> SheetRow:
        cells = tuple(
            SheetCell(
                cell_key(criterion.id, group.code, score.score),
                score,
                self.count(criterion, group, score.score),
            )
            for score in self.scores
        )
        typed = [cell.count for cell in cells if cell.count is not None]
        place = (criterion.id, group.code)
        conflict = next((each for each in self.conflicts if (each.criterion_id, each.group) == place), None)
        return SheetRow(criterion, group, cells, sum(typed) if typed else None, conflict)

    def rows(self, group: SheetGroup) -> tuple[SheetRow, ...]:
        """The rows of one tab, in the order of the paper."""
        return tuple(self.row(criterion, group) for criterion in self.criteria)

    def as_json(self) -> dict:
        """The shape is said at the top of this module."""
        save = self.last_save
        return {
            "scorecard": self.version.scorecard_id,
            "version": self.version.pk,
            "number": self.version.number,
            "revision": self.version.revision,
            "status": self.version.status,
            "is_editable": self.version.is_editable,
            "points": self.points,
            "most": MOST_PEOPLE,
            "left_early": self.version.left_early_count,
            "groups": [
                {"code": group.code, "label": group.label, "kind": group.kind, "people": group.people,
                 "is_computed": group.is_computed}
                for group in self.groups
            ],
            "criteria": [
                {"id": row.id, "number": row.number, "text": row.criterion.text} for row in self.criteria
            ],
            "scores": [vars(score) for score in self.scores],
            "cells": dict(self.cells),
            "conflicts": [conflict.as_json() for conflict in self.conflicts],
            "receipt": save.receipt if save else None,
            "saved_at": save.saved_at.isoformat() if save else None,
            "saved_by": save.saved_by.name if save else None,
        }  # fmt: skip


# --- Reading --------------------------------------------------------------------------------------


def current_version(scorecard: Scorecard) -> ScorecardVersion:
    """The newest one; every scorecard has one from its first day."""
    return scorecard.versions.order_by("number").last()


def sheet_of(version: ScorecardVersion) -> Sheet:
    """The sheet of this version, read anew."""
    version = (
        ScorecardVersion.objects.select_related(
            "scorecard__scale", "scorecard__provider__service_type", "scorecard__programme",
            "scorecard__scoring_round__commune", "scorecard__village", "scorecard__meeting",
        ).get(pk=version.pk)
    )  # fmt: skip
    cells = tallies_of(version)
    return Sheet(
        version=version,
        groups=_groups(version),
        criteria=_criteria(version),
        scores=_scores(version),
        cells=cells,
        conflicts=_conflicts(version, cells),
        last_save=_last_save(version),
    )


def _groups(version: ScorecardVersion) -> tuple[SheetGroup, ...]:
    order = ScoringGroupCode.values
    rows = sorted(version.groups.all(), key=lambda row: (row.kind == GroupKind.FLAG, order.index(row.group)))
    groups = [SheetGroup(row.group, row.get_group_display(), row.kind, row.people_count) for row in rows]
    apart = [group for group in groups if group.kind == GroupKind.DISJOINT]
    if not apart:
        return tuple(groups)
    known = [group.people for group in apart if group.people is not None]
    people = sum(known) if len(known) == len(apart) else None
    whole = SheetGroup(ALL, str(ScoringGroupCode.ALL.label), GroupKind.ALL.value, people, is_computed=True)
    return (*groups, whole)


def _criteria(version: ScorecardVersion) -> tuple[SheetCriterion, ...]:
    rows = version.criteria.select_related("criterion").annotate(
        has_suggestion=Exists(SuggestedAction.objects.filter(scorecard_criterion=OuterRef("pk")))
    )
    ordered = rows.order_by("order", "pk")
    return tuple(SheetCriterion(number, row.criterion, row) for number, row in enumerate(ordered, 1))


def _scores(version: ScorecardVersion) -> tuple[SheetScore, ...]:
    scale = version.scorecard.scale
    words = {label.score: label.label for label in scale.labels.all()}
    given = [
        SheetScore(score, words.get(score, ""), scoring.face(score, scale.points))
        for score in range(1, scale.points + 1)
    ]
    return (*given, SheetScore(NO_OPINION, _("No opinion"), 0))


def _last_save(version: ScorecardVersion) -> SheetSave | None:
    kept = version.saves.exclude(outcome=SaveOutcome.REFUSED).select_related("saved_by")
    return kept.order_by("revision").last()


def _conflicts(version: ScorecardVersion, cells: Mapping[str, int]) -> tuple[RowConflict, ...]:
    """Of each row the oldest save that waits; the next is shown when that one is settled."""
    found = (
        TallyConflict.objects.filter(scorecard_criterion__version=version, settled_at__isnull=True)
        .select_related("scorecard_criterion", "scoring_group", "save_of__saved_by", "theirs__saved_by")
        .order_by("save_of__revision", "score", "pk")
    )
    rows: dict[tuple[int, str], list[TallyConflict]] = {}
    for conflict in found:
        waiting = rows.setdefault(
            (conflict.scorecard_criterion.criterion_id, conflict.scoring_group.group), []
        )
        if not waiting or waiting[0].save_of_id == conflict.save_of_id:
            waiting.append(conflict)
    return tuple(_row_conflict(place, waiting, cells) for place, waiting in rows.items())


def _row_conflict(
    place: tuple[int, str], waiting: list[TallyConflict], cells: Mapping[str, int]
) -> RowConflict:
    first = waiting[0]
    return RowConflict(
        criterion_id=place[0],
        group=place[1],
        theirs={each.score: cells.get(cell_key(*place, each.score)) for each in waiting},
        ours={each.score: each.ours_count for each in waiting},
        theirs_by=first.theirs.saved_by.name,
        theirs_at=first.theirs.saved_at,
        ours_by=first.save_of.saved_by.name,
        ours_at=first.save_of.saved_at,
    )
