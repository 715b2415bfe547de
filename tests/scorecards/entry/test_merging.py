"""What becomes of the cells of a save: applied, left as they stand, or kept twice."""

from hypothesis import given
from hypothesis import strategies as st

from scorecards.entry.merging import SheetHistory

A, B = "1.women.1", "1.women.2"


def history(*saves, start=None) -> SheetHistory:
    """Applied saves as (revision, cells)."""
    made = SheetHistory(start or {})
    for revision, cells in saves:
        made.apply(cells, revision=revision)
    return made


def test_what_nobody_changed_is_applied():
    merge = history((1, {A: 5})).merge({A: 6, B: 2}, base_revision=1)
    assert merge.applied == {A: 6, B: 2}
    assert merge.conflicts == {}


def test_an_emptied_cell_is_a_value_too():
    merge = history((1, {A: 5})).merge({A: None}, base_revision=1)
    assert merge.applied == {A: None}


def test_both_changed_to_different_values_is_a_conflict_with_the_revision_that_stands():
    merge = history((1, {A: 5}), (2, {A: 7})).merge({A: 6}, base_revision=1)
    assert merge.applied == {}
    assert merge.conflicts == {A: 2}


def test_both_changed_to_the_same_value_is_no_conflict():
    merge = history((1, {A: 7})).merge({A: 7}, base_revision=0)
    assert merge.applied == {A: 7}
    assert merge.conflicts == {}


def test_sending_what_one_had_read_does_not_undo_what_another_typed():
    """A save of the whole sheet carries cells that its author never touched."""
    merge = history((1, {A: 5}), (2, {A: 7})).merge({A: 5, B: 1}, base_revision=1)
    assert merge.applied == {B: 1}
    assert merge.conflicts == {}


def test_a_blank_that_one_had_read_does_not_empty_what_another_typed():
    merge = history((1, {A: 5})).merge({A: None, B: 3}, base_revision=0)
    assert merge.applied == {B: 3}
    assert merge.conflicts == {}


def test_a_value_that_went_and_came_back_was_changed_all_the_same():
    merge = history((1, {A: 5}), (2, {A: 7}), (3, {A: 5})).merge({A: 6}, base_revision=1)
    assert merge.conflicts == {A: 3}


def test_a_reopened_version_begins_with_counts_that_nobody_typed_in_it():
    merge = history(start={A: 5}).merge({A: 6}, base_revision=0)
    assert merge.applied == {A: 6}


def test_a_second_entry_fills_what_is_empty_and_overwrites_nothing():
    first = history((1, {A: 5}))
    merge = first.merge({A: 6, B: 2}, base_revision=1, is_second_entry=True)
    assert merge.applied == {B: 2}
    assert merge.conflicts == {A: 1}
    assert first.merge({A: 5}, base_revision=1, is_second_entry=True).conflicts == {}
    assert first.merge({A: None}, base_revision=1, is_second_entry=True).conflicts == {}


saves = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from("abc"), st.none() | st.integers(0, 3), min_size=1), st.integers(0, 12)
    ),
    max_size=12,
)


@given(saves)
def test_nothing_typed_is_lost_whatever_the_order_and_the_age_of_saves(sent):
    """Each changed value stands on the sheet, was changed by somebody who had read it, or is kept in a conflict."""
    sheet = SheetHistory({})
    for revision, (cells, age) in enumerate(sent, 1):
        base = max(revision - 1 - age, 0)
        before = {key: (sheet.value(key), sheet.value(key, base), sheet.changed_at(key)) for key in cells}
        merge = sheet.merge(cells, base_revision=base)
        sheet.apply(merge.applied, revision=revision)
        for key, typed in cells.items():
            stood, read, changed_at = before[key]
            if typed != read:
                assert sheet.value(key) == typed or key in merge.conflicts
            if sheet.value(key) != stood:
                assert changed_at <= base, "nobody overwrites what they had not read"
