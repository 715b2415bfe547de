"""Saving a sheet: what is refused, what is put together, what is kept."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.receipts import sheet_receipt
from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.models import SheetSave, Tally, TallyConflict
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.review import submit_scorecard
from scorecards.operations.tallies import note_left_early, record_tallies, settle_conflict
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def sokha():
    return factories.make_person(name="Sokha")


@pytest.fixture
def dara():
    return factories.make_person(name="Dara")


@pytest.fixture
def version():
    version = current_version(factories.make_scorecard())
    set_scoring_groups(version=version, people={"women": 20, "men": 15}, by=factories.make_person())
    factories.make_criteria(version=version, number=2)
    return version


@pytest.fixture
def rows(version):
    """Keys of the first criterion: `rows("women", 3)`."""
    first, second = version.criteria.order_by("order").values_list("criterion_id", flat=True)

    def key(group, score, *, criterion=1):
        return f"{first if criterion == 1 else second}.{group}.{score}"

    return key


def save(version, cells, *, by, base=0, **options):
    options = {"client_id": uuid4()} | options
    return record_tallies(version=version, cells=cells, base_revision=base, by=by, **options)


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(-1, id="negative"),
        pytest.param(100_000, id="more than a village"),
        pytest.param(10**30, id="huge"),
        pytest.param("7", id="a text"),
        pytest.param("៧", id="a Khmer digit nobody read"),
        pytest.param(2.5, id="half a person"),
        pytest.param(True, id="yes"),
        pytest.param([1], id="a list"),
    ],
)
def test_a_count_that_cannot_be_is_refused_with_its_row_and_nothing_is_kept(version, rows, sokha, count):
    with pytest.raises(Refused, match=r"1\. Criterion \d+ · Women: write a whole number"):
        save(version, {rows("women", 1): 3, rows("women", 2): count}, by=sokha)
    assert not SheetSave.objects.exists()
    assert not Tally.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda key: key.replace(key.split(".")[0], "999999"), id="criterion of another sheet"),
        pytest.param(lambda key: "0" + key, id="another spelling of the criterion"),
        pytest.param(lambda key: key.replace("women", "youth"), id="group that did not score"),
        pytest.param(lambda key: key.replace("women", "WOMEN"), id="no group at all"),
        pytest.param(lambda key: key[:-1] + "6", id="score above the scale"),
        pytest.param(lambda key: key[:-1] + "៣", id="Khmer digit in the key"),
        pytest.param(lambda key: key + "\x00", id="NUL"),
        pytest.param(lambda key: "9" * 400, id="endless"),
        pytest.param(lambda key: 7, id="a number"),
    ],
)
def test_a_cell_that_is_not_on_the_sheet_is_refused(version, rows, sokha, spoil):
    with pytest.raises(Refused):
        save(version, {spoil(rows("women", 3)): 1}, by=sokha)
    assert not SheetSave.objects.exists()


def test_the_computed_total_is_never_typed(version, rows, sokha):
    with pytest.raises(Refused, match="computed from the groups"):
        save(version, {rows("all", 3): 1}, by=sokha)


def test_a_score_above_a_scale_of_three_is_refused(sokha):
    programme = factories.make_programme(scale_points=3)
    card = factories.make_scorecard(scoring_round=factories.make_round(programme=programme))
    sheet = current_version(card)
    factories.make_sheet(version=sheet, counts={"all": (1, 2, 3)})
    criterion = sheet.criteria.first().criterion_id
    with pytest.raises(Refused, match="there is no score 4"):
        save(sheet, {f"{criterion}.all.4": 1}, by=sokha, base=1)


@pytest.mark.parametrize(
    "base", [1, -1, 10**30, "0", None, True], ids=["future", "negative", "huge", "text", "none", "yes"]
)
def test_a_revision_that_nobody_can_have_read_is_refused(version, rows, sokha, base):
    with pytest.raises(Refused, match="Load the page again"):
        save(version, {rows("women", 1): 1}, by=sokha, base=base)
    assert not SheetSave.objects.exists()


@pytest.mark.parametrize("client_id", ["", "seven", "\x00", 7])
def test_a_save_without_a_proper_id_is_refused(version, rows, sokha, client_id):
    with pytest.raises(Refused, match="damaged"):
        save(version, {rows("women", 1): 1}, by=sokha, client_id=client_id)


@pytest.mark.parametrize("cells", [{}, None, []], ids=["no cells", "nothing", "a list"])
def test_a_save_of_nothing_is_refused(version, sokha, cells):
    with pytest.raises(Refused, match="nothing to save"):
        save(version, cells, by=sokha)


def test_an_unknown_kind_of_entry_is_refused(version, rows, sokha):
    with pytest.raises(Refused, match="first or the second"):
        save(version, {rows("women", 1): 1}, by=sokha, entry="third")


def test_the_same_id_with_other_counts_is_refused(version, rows, sokha):
    kept = save(version, {rows("women", 1): 1}, by=sokha)
    with pytest.raises(Refused, match="sent before"):
        save(version, {rows("women", 1): 2}, by=sokha, client_id=kept.client_id)
    assert tallies_of(version) == {rows("women", 1): 1}


def test_the_same_id_for_another_sheet_is_refused(version, rows, sokha):
    kept = save(version, {rows("women", 1): 1}, by=sokha)
    other = current_version(factories.make_scorecard(scoring_round=version.scorecard.scoring_round))
    with pytest.raises(Refused, match="sent before"):
        save(other, {rows("women", 1): 1}, by=sokha, client_id=kept.client_id)


# --- Saved ----------------------------------------------------------------------------------------


def test_a_save_makes_changes_and_removes_counts(version, rows, sokha):
    first = save(version, {rows("women", 1): 1, rows("women", 2): 4, rows("men", 0): 0}, by=sokha)
    second = save(version, {rows("women", 1): 2, rows("women", 2): None}, by=sokha, base=1)
    assert tallies_of(version) == {rows("women", 1): 2, rows("men", 0): 0}
    assert (first.outcome, first.revision, second.outcome, second.revision) == ("applied", 1, "applied", 2)
    version.refresh_from_db()
    assert version.revision == 2


def test_a_receipt_is_over_the_cells_as_they_came(version, rows, sokha):
    cells = {rows("women", 2): None, rows("women", 1): 7}
    kept = save(version, cells, by=sokha)
    assert kept.cells == cells
    assert kept.receipt == sheet_receipt(client_id=str(kept.client_id), base_revision=0, cells=cells)


def test_the_same_save_twice_is_kept_once(version, rows, sokha):
    cells, client_id = {rows("women", 1): 1, rows("women", 2): None}, uuid4()
    first = save(version, cells, by=sokha, client_id=client_id)
    again = save(version, dict(reversed(cells.items())), by=sokha, client_id=str(client_id).upper())
    assert again == first
    version.refresh_from_db()
    assert (version.revision, SheetSave.objects.count()) == (1, 1)


def test_the_same_save_is_answered_even_when_the_sheet_went_on(version, rows, sokha, dara):
    cells, client_id = {rows("women", 1): 1}, uuid4()
    first = save(version, cells, by=sokha, client_id=client_id)
    save(version, {rows("women", 1): 2}, by=dara, base=1)
    assert save(version, cells, by=sokha, client_id=client_id) == first
    assert tallies_of(version) == {rows("women", 1): 2}


def test_wrong_sums_are_kept_since_they_are_not_yet_right(version, rows, sokha):
    kept = save(version, {rows("women", 1): 99_999}, by=sokha)
    assert kept.outcome == "applied"


def test_a_save_on_a_submitted_sheet_is_kept_and_changes_nothing(sokha, dara):
    sheet = factories.make_submitted()
    key, before = next(iter(tallies_of(sheet))), tallies_of(sheet)
    kept = save(sheet, {key: 17}, by=dara, base=sheet.revision)
    assert (kept.outcome, kept.cells, kept.revision) == ("refused", {key: 17}, sheet.revision)
    assert kept.receipt
    assert tallies_of(sheet) == before


def test_a_save_costs_the_same_however_many_cells_it_has(version, rows, sokha, django_assert_num_queries):
    save(version, {rows("women", 5): 1, rows("men", 5): 1, rows("men", 4): 1}, by=sokha)
    with django_assert_num_queries(17):
        save(version, {rows("women", 1): 1, rows("women", 5): None}, by=sokha, base=1)
    cells = {rows("women", score): score for score in range(4)} | {rows("men", 4): None, rows("men", 5): None}
    with django_assert_num_queries(17):
        save(version, cells, by=sokha, base=2)


def test_the_trail_has_counts_only(version, rows, sokha):
    kept = save(version, {rows("women", 1): 1, rows("men", 1): 2}, by=sokha)
    line = AuditEvent.objects.get(verb="scorecards.tallies.recorded")
    assert (line.actor, line.object_id, line.area, line.version) == (
        sokha.pk, str(version.scorecard_id), "000101", 1,
    )  # fmt: skip
    assert line.detail == {"save": kept.pk, "outcome": "applied", "revision": 1, "cells": 2, "conflicts": 0}


# --- Two people -----------------------------------------------------------------------------------


def test_two_people_on_different_rows_do_not_meet(version, rows, sokha, dara):
    save(version, {rows("women", 1): 1}, by=sokha)
    assert save(version, {rows("men", 1): 2}, by=dara).outcome == "applied"
    assert tallies_of(version) == {rows("women", 1): 1, rows("men", 1): 2}


def test_two_values_of_a_cell_are_both_kept_and_the_rest_is_saved(version, rows, sokha, dara):
    first = save(version, {rows("women", 2): 6}, by=sokha)
    second = save(version, {rows("women", 2): 7, rows("women", 3): 1}, by=dara)
    assert (second.outcome, second.revision) == ("conflict", 2)
    assert tallies_of(version) == {rows("women", 2): 6, rows("women", 3): 1}
    conflict = second.conflicts.get()
    assert (conflict.theirs, conflict.theirs_count, conflict.ours_count, conflict.score) == (first, 6, 7, 2)
    assert conflict.settled_at is None


def test_emptying_against_typing_is_a_conflict_too(version, rows, sokha, dara):
    save(version, {rows("women", 2): 6}, by=sokha)
    save(version, {rows("women", 2): 7}, by=sokha, base=1)
    second = save(version, {rows("women", 2): None}, by=dara, base=1)
    assert second.conflicts.get().ours_count is None
    assert tallies_of(version) == {rows("women", 2): 7}


def test_a_whole_sheet_does_not_empty_the_row_that_another_typed(version, rows, sokha, dara):
    save(version, {rows("women", 1): 6}, by=sokha)
    whole = {rows("women", 1): None, rows("women", 2): None, rows("men", 1): 4}
    assert save(version, whole, by=dara).outcome == "applied"
    assert tallies_of(version) == {rows("women", 1): 6, rows("men", 1): 4}


def test_equal_values_are_no_conflict(version, rows, sokha, dara):
    save(version, {rows("women", 1): 6}, by=sokha)
    assert save(version, {rows("women", 1): 6}, by=dara).outcome == "applied"


def test_a_conflicting_cell_does_not_count_as_changed(version, rows, sokha, dara):
    """The value that lost is not on the sheet, so a third save is compared with what stands."""
    save(version, {rows("women", 1): 6}, by=sokha)
    save(version, {rows("women", 1): 7}, by=dara)
    third = save(version, {rows("women", 1): 8}, by=sokha, base=1)
    assert third.outcome == "applied"
    assert tallies_of(version) == {rows("women", 1): 8}


def test_a_conflict_that_becomes_equal_is_over(version, rows, sokha, dara):
    save(version, {rows("women", 1): 6}, by=sokha)
    save(version, {rows("women", 1): 7}, by=dara)
    save(version, {rows("women", 1): 7}, by=sokha, base=2)
    conflict = TallyConflict.objects.get()
    assert conflict.settled_by == sokha


def test_a_second_entry_that_differs_is_a_conflict(version, rows, sokha, dara):
    save(version, {rows("women", 1): 6, rows("women", 2): 1}, by=sokha)
    second = save(
        version,
        {rows("women", 1): 7, rows("women", 2): 1, rows("women", 3): 2},
        by=dara,
        base=1,
        entry="second",
    )
    assert (second.entry, second.outcome, second.conflicts.get().ours_count) == ("second", "conflict", 7)
    assert tallies_of(version) == {rows("women", 1): 6, rows("women", 2): 1, rows("women", 3): 2}


def test_a_second_entry_of_a_reopened_sheet_stands_against_the_last_save_before_it(sokha):
    old = factories.make_locked()
    sheet = factories.reopened(version=old)
    key = next(iter(tallies_of(sheet)))
    kept = save(sheet, {key: 19}, by=sokha, entry="second")
    assert kept.conflicts.get().theirs.version == old


# --- Settled --------------------------------------------------------------------------------------


@pytest.fixture
def criterion(version):
    return version.criteria.order_by("order").first().criterion


@pytest.fixture
def two_values(version, rows, sokha, dara):
    save(version, {rows("women", 2): 6, rows("women", 3): 7}, by=sokha)
    return save(version, {rows("women", 2): 7, rows("women", 3): 6}, by=dara)


def settle(version, criterion, keep, *, by, group="women"):
    return settle_conflict(version=version, criterion=criterion, group=group, keep=keep, by=by)


def test_a_row_without_two_values_cannot_be_settled(version, criterion, two_values, sokha):
    with pytest.raises(Refused, match="already"):
        settle(version, criterion, "ours", by=sokha, group="men")
    with pytest.raises(Refused, match="Choose one"):
        settle(version, criterion, "both", by=sokha)


def test_keeping_theirs_leaves_the_sheet_and_closes_the_row(version, rows, criterion, two_values, sokha):
    kept = settle(version, criterion, "theirs", by=sokha)
    assert tallies_of(version) == {rows("women", 2): 6, rows("women", 3): 7}
    assert (kept.outcome, kept.revision) == ("applied", 3)
    assert set(two_values.conflicts.values_list("settled_by", flat=True)) == {sokha.pk}
    with pytest.raises(Refused, match="already"):
        settle(version, criterion, "theirs", by=sokha)


def test_keeping_ours_puts_the_other_values_on_the_sheet(version, rows, criterion, two_values, dara):
    kept = settle(version, criterion, "ours", by=dara)
    assert tallies_of(version) == {rows("women", 2): 7, rows("women", 3): 6}
    assert kept.cells == {rows("women", 2): 7, rows("women", 3): 6}
    line = AuditEvent.objects.get(verb="scorecards.conflict.settled")
    assert line.detail["keep"] == "ours"


def test_a_third_value_waits_until_the_second_is_settled(version, rows, criterion, sokha, dara):
    save(version, {rows("women", 2): 6}, by=sokha)
    save(version, {rows("women", 2): 7}, by=dara)
    third = save(version, {rows("women", 2): 8}, by=factories.make_person())
    settle(version, criterion, "ours", by=dara)
    assert third.conflicts.get().settled_at is None
    settle(version, criterion, "ours", by=dara)
    assert tallies_of(version) == {rows("women", 2): 8}
    assert not TallyConflict.objects.filter(settled_at__isnull=True).exists()


def test_who_had_not_read_a_choice_does_not_undo_it(version, rows, criterion, two_values, sokha, dara):
    settle(version, criterion, "ours", by=dara)
    late = save(version, {rows("women", 2): 5}, by=sokha, base=2)
    assert late.outcome == "conflict"


# --- Left early -----------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [-1, 10_000, 10**30, "2", True, 1.5])
def test_left_early_refuses_what_is_no_number_of_people(version, sokha, count):
    with pytest.raises(Refused, match="left early"):
        note_left_early(version=version, count=count, by=sokha)


def test_left_early_is_said_once_and_can_be_taken_back(version, sokha):
    note_left_early(version=version, count=2, by=sokha)
    version.refresh_from_db()
    assert version.left_early_count == 2
    note_left_early(version=version, count=None, by=sokha)
    version.refresh_from_db()
    assert version.left_early_count is None


def test_left_early_is_fixed_once_submitted(sokha):
    sheet = factories.make_complete(version=current_version(factories.make_scorecard()))
    submit_scorecard(version=sheet, by=sokha)
    with pytest.raises(Refused, match="was submitted"):
        note_left_early(version=sheet, count=2, by=sokha)
