"""Small groups: what is hidden, and that nothing hidden can be had back by subtraction."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorecards.scoring import suppress
from scorecards.suppression import Cell, Sum, Table, recoverable, table_of_groups

SIZES = st.integers(0, 14)


def flat(**groups: int) -> Table:
    return table_of_groups("all", sum(groups.values()), groups, {})


# --- Refused -----------------------------------------------------------------------------------


def test_a_table_whose_parts_do_not_make_up_the_total_is_refused():
    with pytest.raises(ValueError, match="do not make it up"):
        table_of_groups("all", 20, {"women": 12, "men": 7}, {})


def test_a_table_with_one_name_twice_or_without_its_root_is_refused():
    with pytest.raises(ValueError, match="names of their own"):
        Table("all", (Cell("all", 3), Cell("all", 3)))
    with pytest.raises(ValueError, match="names of their own"):
        Table("all", (Cell("women", 3),))


# --- The rule ----------------------------------------------------------------------------------


def test_large_groups_are_all_shown():
    assert suppress(flat(women=20, men=15, youth=12)).names == set()


def test_one_small_group_takes_the_next_smallest_with_it():
    hidden = suppress(flat(women=20, men=15, youth=4))
    assert hidden.small == {"youth"}
    assert hidden.complements == {"men"}
    assert "women" not in hidden
    assert "all" not in hidden


def test_five_people_are_enough_and_four_are_not():
    assert suppress(flat(women=20, men=15, youth=5)).names == set()
    assert suppress(flat(women=20, men=15, youth=4)).names == {"youth", "men"}


def test_two_small_groups_protect_each_other_only_with_five_people_together():
    assert suppress(flat(women=20, men=3, youth=2)).names == {"men", "youth"}
    assert suppress(flat(women=20, men=2, youth=2)).names == {"men", "youth", "women"}


def test_of_a_pair_with_one_hidden_both_are():
    assert suppress(flat(women=20, men=3)).names == {"women", "men"}


def test_a_group_of_nobody_is_no_secret_and_protects_nobody():
    assert suppress(flat(women=20, men=15, youth=0)).names == set()
    assert suppress(flat(women=20, men=15, youth=0, leaders=3)).names == {"leaders", "men"}


def test_the_complement_of_a_flag_is_a_group_too():
    hidden = suppress(table_of_groups("all", 20, {}, {"women": 17, "youth": 9}))
    assert hidden.small == {"not:women"}
    assert hidden.complements == {"women"}


def test_a_small_flag_leaves_the_disjoint_groups_alone():
    hidden = suppress(table_of_groups("all", 47, {"women": 20, "men": 27}, {"disability": 3}))
    assert hidden.names == {"disability", "not:disability"}


def test_with_under_five_people_in_all_only_their_number_is_left():
    hidden = suppress(flat(women=2, men=1))
    assert hidden.only_number
    assert hidden.names == {"all", "women", "men"}


def test_the_minimum_is_the_programmes():
    assert suppress(flat(women=20, men=15, youth=7), minimum=10).names == {"youth", "men"}


def test_a_sitting_is_not_to_be_had_from_the_pooled_figure():
    names = ["all", "one", "two", "three"]
    table = Table("all", tuple(map(Cell, names, [45, 20, 3, 22])), (Sum("all", ("one", "two", "three")),))
    assert suppress(table).names == {"one", "two"}


def test_a_group_in_one_sitting_is_not_to_be_had_from_pooled_groups_and_the_other_sitting():
    hidden = suppress(two_sittings(20, 3, 25, 18))
    assert {"men:1", "men:2", "women:1", "women:2"} <= hidden.names
    assert "all" not in hidden
    assert not {"women", "men"} & hidden.names


def two_sittings(women_1: int, men_1: int, women_2: int, men_2: int) -> Table:
    """Women and men of two sittings, each sitting, each group pooled, and everybody."""
    sizes = {
        "women:1": women_1,
        "men:1": men_1,
        "women:2": women_2,
        "men:2": men_2,
        "one": women_1 + men_1,
        "two": women_2 + men_2,
        "women": women_1 + women_2,
        "men": men_1 + men_2,
        "all": women_1 + men_1 + women_2 + men_2,
    }
    sums = (
        Sum("one", ("women:1", "men:1")),
        Sum("two", ("women:2", "men:2")),
        Sum("women", ("women:1", "women:2")),
        Sum("men", ("men:1", "men:2")),
        Sum("all", ("one", "two")),
        Sum("all", ("women", "men")),
    )
    return Table("all", tuple(Cell(name, size) for name, size in sizes.items()), sums)


# --- For any table -----------------------------------------------------------------------------


@given(st.lists(SIZES, min_size=1, max_size=6))
def test_what_is_left_over_is_never_one_group_nor_under_five_people(sizes):
    table = flat(**{f"g{place}": size for place, size in enumerate(sizes)})
    hidden = suppress(table)
    secret = [size for name, size in table.sizes.items() if name in hidden]
    if secret and not hidden.only_number:
        assert len(secret) > 1
        assert sum(secret) >= 5


@settings(max_examples=300)
@given(SIZES, SIZES, SIZES, SIZES)
def test_no_hidden_cell_of_two_sittings_is_pinned_by_what_is_shown(women_1, men_1, women_2, men_2):
    table = two_sittings(women_1, men_1, women_2, men_2)
    hidden = suppress(table)
    assert_safe(table, hidden)


@settings(max_examples=300)
@given(st.lists(SIZES, min_size=2, max_size=4), st.data())
def test_no_hidden_cell_of_groups_with_flags_is_pinned(sizes, data):
    total = sum(sizes)
    flags = {name: data.draw(st.integers(0, total)) for name in ("youth", "disability", "poor")}
    groups = {f"g{place}": size for place, size in enumerate(sizes)}
    table = table_of_groups("all", total, groups, flags)
    assert_safe(table, suppress(table))


def assert_safe(table: Table, hidden) -> None:
    """Every small group is hidden, and moving people round the hidden cells can change each of them
    without a shown figure or a sum noticing."""
    sizes = table.sizes
    assert {name for name, size in sizes.items() if 0 < size < 5} <= hidden.names
    if hidden.only_number:
        return
    assert table.root not in hidden
    assert recoverable(table, hidden.names) == set()
    names = sorted(hidden.names)
    moves = null_moves(table, names)
    for name in names:
        assert any(move[names.index(name)] for move in moves), name
    for each in table.sums:
        parts = [part for part in each.parts if part in hidden]
        if parts and each.total not in hidden:
            assert len(parts) > 1
            assert sum(sizes[part] for part in parts) >= 5


def null_moves(table: Table, names: list[str]) -> list[tuple[int, ...]]:
    """All ways to add or take one person in hidden cells that leave every sum true, by trying them all."""
    return [
        move
        for move in product((-1, 0, 1), repeat=len(names))
        if any(move) and keeps_sums(table, names, move)
    ]


def keeps_sums(table: Table, names: list[str], move: tuple[int, ...]) -> bool:
    change = dict(zip(names, move, strict=True))
    return all(
        change.get(each.total, 0) == sum(change.get(part, 0) for part in each.parts) for each in table.sums
    )
