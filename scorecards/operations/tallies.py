"""The counts of a sheet: every save is kept as it came, the tallies are all saves put together (`scorecards.entry.merging`).

A save of one row and a save of the whole sheet are the same call. The receipt is that of `isaf_portal.lib.receipts`
over the cells as they came, whatever became of them.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from isaf_portal.lib.errors import Refused
from scorecards.entry.cells import cell_key, checked_cells, tallies_of
from scorecards.entry.merging import Merge
from scorecards.enums import Entry
from scorecards.models import Criterion, ScorecardVersion, SheetSave, TallyConflict
from scorecards.operations.saves import (
    SaveRefused,
    keep_conflicts,
    kept_save,
    merged,
    open_conflicts,
    settle_equal_values,
    write_tallies,
)
from scorecards.operations.versions import editable_version, locked_version, note

MOST_LEFT_EARLY = 9_999


class NothingToSettle(Refused):
    """The row has no two values any more."""


@transaction.atomic
def record_tallies(
    *,
    version: ScorecardVersion,
    cells: Mapping[str, int | None],
    base_revision: int,
    client_id: UUID | str,
    by: User,
    entry: str = Entry.FIRST,
) -> SheetSave:
    """Keep one save of a sheet and put its cells together with what stands there.

    `cells` is {"<Criterion.pk>.<group code>.<score>": count, or None where the cell was emptied}, score 0 for no
    opinion. `base_revision` is the revision its author had read. The answer's `outcome` is

    - applied: everything is on the sheet;
    - conflict: cells that others had changed to another value since then stand in `save.conflicts`, both values
      kept; the rest is on the sheet;
    - refused: the version is submitted or locked. The save is kept, the tallies are as they were.

    The same save again, by its `client_id`, answers what was kept the first time. Raises SaveRefused or BadCell, and
    keeps nothing, for a cell or a count that cannot be.
    """
    now = timezone.now()
    version = locked_version(version)
    client_id = _uuid(client_id)
    if before := SheetSave.objects.filter(client_id=client_id).first():
        return _same_save(before, version, cells, base_revision)
    cells = checked_cells(version, cells)
    _refuse(version, base_revision, entry)
    merge = merged(version, cells, base_revision, entry) if version.is_editable else None
    save = kept_save(version, merge, cells, base_revision, client_id, entry, by, now)
    if merge is not None:
        write_tallies(version, merge.applied)
        keep_conflicts(version, save, merge)
        settle_equal_values(version, by=by, at=now)
    note(
        "scorecards.tallies.recorded", version, by=by, at=now, save=save.pk, outcome=str(save.outcome),
        revision=save.revision, cells=len(cells), conflicts=len(merge.conflicts) if merge else 0,
    )  # fmt: skip
    return save


@transaction.atomic
def settle_conflict(
    *, version: ScorecardVersion, criterion: Criterion, group: str, keep: str, by: User
) -> SheetSave:
    """Choose between the two values of a row: "theirs" stood on the sheet, "ours" came with the later save.

    Where several saves wait for the same row, the oldest is settled first and the next is shown then.
    """
    now = timezone.now()
    version = editable_version(version)
    row = open_conflicts(version).filter(scorecard_criterion__criterion=criterion, scoring_group__group=group)
    waiting = list(row)
    if not waiting:
        raise NothingToSettle(_("Somebody has decided this row already. Load the page again."))
    if keep not in {"theirs", "ours"}:
        raise SaveRefused(_("Choose one of the two values."))
    oldest = [conflict for conflict in waiting if conflict.save_of_id == waiting[0].save_of_id]
    came = {cell_key(criterion.pk, group, each.score): each.ours_count for each in oldest}
    stands = tallies_of(version)
    cells = came if keep == "ours" else {key: stands.get(key) for key in came}
    merge = Merge(applied=cells)
    save = kept_save(version, merge, cells, version.revision, uuid4(), Entry.FIRST, by, now)
    write_tallies(version, cells)
    _settle(waiting, oldest, by=by, at=now)
    settle_equal_values(version, by=by, at=now)
    note(
        "scorecards.conflict.settled", version, by=by, at=now, save=save.pk, criterion=criterion.pk, group=group,
        keep=keep, cells=len(cells), revision=save.revision,
    )  # fmt: skip
    return save


@transaction.atomic
def note_left_early(*, version: ScorecardVersion, count: int | None, by: User) -> None:
    """Say once for the whole sheet how many people went before the end; None takes it back."""
    now = timezone.now()
    version = editable_version(version)
    if count is not None and (
        not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_LEFT_EARLY
    ):
        raise SaveRefused(_("Write how many people left early as a whole number from 0 to 9999."))
    version.left_early_count = count
    version.save(update_fields=["left_early_count"])
    note("scorecards.left_early.noted", version, by=by, at=now, count=count)


def _settle(waiting: list[TallyConflict], decided: list[TallyConflict], *, by: User, at: datetime) -> None:
    """What was decided, and what another save said of these cells in the same words."""
    said = {(each.score, each.ours_count) for each in decided}
    same = [each.pk for each in waiting if (each.score, each.ours_count) in said]
    TallyConflict.objects.filter(pk__in=same).update(settled_at=at, settled_by=by)


def _uuid(client_id: UUID | str) -> UUID:
    try:
        return UUID(str(client_id))
    except ValueError as fault:
        raise SaveRefused(_("This page is damaged. Load it again, then save.")) from fault


def _same_save(
    before: SheetSave, version: ScorecardVersion, cells: Mapping[str, int | None], base_revision: int
) -> SheetSave:
    if (before.version_id, before.cells, before.base_revision) != (version.pk, cells, base_revision):
        raise SaveRefused(_("This save was sent before with other counts. Load the page again, then save."))
    return before


def _refuse(version: ScorecardVersion, base_revision: int, entry: str) -> None:
    is_whole = isinstance(base_revision, int) and not isinstance(base_revision, bool)
    if not is_whole or not 0 <= base_revision <= version.revision:
        raise SaveRefused(
            _("This page does not belong to the sheet as it is. Load the page again, then save.")
        )
    if entry not in Entry.values:
        raise SaveRefused(_("Say whether this is the first or the second entry."))
