"""Two people at one sheet, in any order, each with what they had read: whatever they typed is still somewhere."""

from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version, sheet_of
from scorecards.models import TallyConflict
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.tallies import record_tallies, settle_conflict
from tests import factories

pytestmark = pytest.mark.django_db

SCORES = (1, 2)
# A step is a person who reads the sheet, or saves cells typed over what they last read, or settles the first row.
typed = st.dictionaries(st.sampled_from(SCORES), st.none() | st.integers(0, 2), min_size=1)
steps = st.lists(
    st.tuples(st.sampled_from([0, 1]), st.just("read") | st.sampled_from(["theirs", "ours"]) | typed),
    max_size=10,
)


def make_empty_sheet():
    version = current_version(factories.make_scorecard())
    set_scoring_groups(version=version, people={"all": 9}, by=factories.make_person())
    criterion = factories.make_criteria(version=version, number=1)[0]
    return version, criterion, [factories.make_person(), factories.make_person()]


@given(steps)
@settings(max_examples=25)
def test_no_order_of_saves_loses_what_was_typed(taken):
    with transaction.atomic():
        version, criterion, people = make_empty_sheet()
        read = [sheet_of(version), sheet_of(version)]
        for who, step in taken:
            if step == "read":
                read[who] = sheet_of(version)
            elif isinstance(step, str):
                settle_first(version, criterion, step, by=people[who])
            else:
                cells = {f"{criterion.pk}.all.{score}": count for score, count in step.items()}
                save_and_look(version, cells, read[who], by=people[who])
        check_that_everything_is_kept(version)
        transaction.set_rollback(True)


def settle_first(version, criterion, keep, *, by):
    if sheet_of(version).conflicts:
        settle_conflict(version=version, criterion=criterion, group="all", keep=keep, by=by)


def save_and_look(version, cells, read, *, by):
    """What one changed is on the sheet or kept beside it; what stands there against one was not overwritten."""
    before = tallies_of(version)
    save = record_tallies(
        version=version, cells=cells, base_revision=read.version.revision, client_id=uuid4(), by=by
    )
    after = tallies_of(version)
    kept_twice = {f"{key}.{each.score}": each for key in [_row(cells)] for each in save.conflicts.all()}
    for key, count in cells.items():
        if key in kept_twice:
            conflict = kept_twice[key]
            assert (conflict.ours_count, conflict.theirs_count) == (count, before.get(key))
            assert after.get(key) == before.get(key)
        elif count != read.cells.get(key):
            assert after.get(key) == count
    untouched = (before.keys() | after.keys()) - cells.keys()
    assert all(before.get(key) == after.get(key) for key in untouched)


def _row(cells):
    return next(iter(cells)).rpartition(".")[0]


def check_that_everything_is_kept(version):
    """Every save is there as it came, in an unbroken row of revisions, and open values differ from the sheet."""
    version.refresh_from_db()
    revisions = list(version.saves.order_by("revision").values_list("revision", flat=True))
    assert revisions == list(range(1, version.revision + 1))
    stands = tallies_of(version)
    for conflict in TallyConflict.objects.filter(settled_at__isnull=True).select_related(
        "scorecard_criterion"
    ):
        key = f"{conflict.scorecard_criterion.criterion_id}.all.{conflict.score}"
        assert conflict.ours_count != stands.get(key)
        assert conflict.save_of.cells[key] == conflict.ours_count
