"""Parts of every save of a sheet: put together with what stands, kept as it came, written into the tallies.

Called inside the operations of `scorecards.operations.tallies`, with the version locked.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.receipts import sheet_receipt
from scorecards.entry.cells import cell_key, tallies_of
from scorecards.entry.merging import Merge, SheetHistory
from scorecards.enums import Entry, SaveOutcome
from scorecards.models import ScorecardVersion, SheetSave, Tally, TallyConflict


class SaveRefused(Refused):
    """Nothing of this save was kept; the message says what to do."""


def merged(
    version: ScorecardVersion, cells: Mapping[str, int | None], base_revision: int, entry: str
) -> Merge:
    is_second = entry == Entry.SECOND
    if base_revision == version.revision and not is_second:
        return Merge(applied=dict(cells))
    return _history(version).merge(cells, base_revision=base_revision, is_second_entry=is_second)


def _history(version: ScorecardVersion) -> SheetHistory:
    """All saves of the version put together again, in their order; what was merged once merges the same again."""
    earlier = version.scorecard.versions.filter(number=version.number - 1).first()
    history = SheetHistory(tallies_of(earlier) if earlier else {})
    for save in version.saves.exclude(outcome=SaveOutcome.REFUSED).order_by("revision"):
        is_second = save.entry == Entry.SECOND
        merge = history.merge(save.cells, base_revision=save.base_revision, is_second_entry=is_second)
        history.apply(merge.applied, revision=save.revision)
    return history


# --- Keeping --------------------------------------------------------------------------------------


def kept_save(
    version: ScorecardVersion, merge: Merge | None, cells, base_revision: int, client_id: UUID, entry: str,
    by: User, now: datetime,
) -> SheetSave:  # fmt: skip
    """The save as it came; without a merge it is refused and the revision stays."""
    if merge is not None:
        version.revision += 1
        version.save(update_fields=["revision"])
    outcome = SaveOutcome.CONFLICT if merge and merge.conflicts else SaveOutcome.APPLIED
    receipt = sheet_receipt(client_id=str(client_id), base_revision=base_revision, cells=cells)
    try:
        with transaction.atomic():
            return SheetSave.objects.create(
                client_id=client_id, version=version, base_revision=base_revision, revision=version.revision,
                cells=cells, entry=entry, outcome=SaveOutcome.REFUSED if merge is None else outcome,
                receipt=receipt, saved_at=now, saved_by=by,
            )  # fmt: skip
    except IntegrityError as fault:  # the same id came in for another sheet at this moment
        raise SaveRefused(
            _("This save was sent before with other counts. Load the page again, then save.")
        ) from fault


def keep_conflicts(version: ScorecardVersion, save: SheetSave, merge: Merge) -> None:
    if not merge.conflicts:
        return
    scored = dict(version.criteria.values_list("criterion_id", "pk"))
    groups = dict(version.groups.values_list("group", "pk"))
    stands, saves = tallies_of(version), _saves_by_revision(version)
    TallyConflict.objects.bulk_create(
        TallyConflict(
            save_of=save, scorecard_criterion_id=scored[int(key.split(".")[0])],
            scoring_group_id=groups[key.split(".")[1]], score=int(key.split(".")[2]), theirs=saves[revision],
            theirs_count=stands.get(key), ours_count=save.cells[key],
        )
        for key, revision in merge.conflicts.items()
    )  # fmt: skip


def write_tallies(version: ScorecardVersion, cells: Mapping[str, int | None]) -> None:
    """Make the tallies agree with these cells; an emptied cell has no row. Five queries at most, however many cells."""
    scored = dict(version.criteria.values_list("criterion_id", "pk"))
    groups = dict(version.groups.values_list("group", "pk"))
    counted, emptied = [], []
    for key, count in cells.items():
        criterion, group, score = key.split(".")
        cell = (scored[int(criterion)], groups[group], int(score))
        if count is None:
            emptied.append(cell)
        else:
            counted.append(
                Tally(scorecard_criterion_id=cell[0], scoring_group_id=cell[1], score=cell[2], count=count)
            )
    Tally.objects.bulk_create(
        counted, update_conflicts=True, update_fields=["count"],
        unique_fields=["scorecard_criterion", "scoring_group", "score"],
    )  # fmt: skip
    if emptied:
        rows = Tally.objects.filter(scorecard_criterion__version=version)
        known = rows.values_list("scorecard_criterion_id", "scoring_group_id", "score", "pk")
        gone = [row[3] for row in known if row[:3] in set(emptied)]
        Tally.objects.filter(pk__in=gone).delete()


def open_conflicts(version: ScorecardVersion) -> QuerySet[TallyConflict]:
    """The oldest save first."""
    found = TallyConflict.objects.filter(scorecard_criterion__version=version, settled_at__isnull=True)
    return found.order_by("save_of__revision", "score", "pk")


def settle_equal_values(version: ScorecardVersion, *, by: User, at: datetime) -> None:
    """Where the sheet now holds what the other save had, there is nothing left to choose."""
    waiting = open_conflicts(version).annotate(
        criterion=F("scorecard_criterion__criterion_id"), group=F("scoring_group__group")
    )
    if not (conflicts := list(waiting)):
        return
    stands = tallies_of(version)
    equal = [
        each.pk
        for each in conflicts
        if stands.get(cell_key(each.criterion, each.group, each.score)) == each.ours_count
    ]
    TallyConflict.objects.filter(pk__in=equal).update(settled_at=at, settled_by=by)


def _saves_by_revision(version: ScorecardVersion) -> dict[int, SheetSave]:
    """Which save a revision is of. Revision 0, with which a reopened version began, is the last save before it."""
    earlier = SheetSave.objects.filter(
        version__scorecard=version.scorecard_id, version__number__lt=version.number
    ).exclude(outcome=SaveOutcome.REFUSED)
    saves = version.saves.exclude(outcome=SaveOutcome.REFUSED)
    found = {save.revision: save for save in saves}
    if last := earlier.order_by("version__number", "revision").last():
        found[0] = last
    return found
