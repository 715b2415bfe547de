"""One sheet as page and device see it."""

import json
from uuid import uuid4

import pytest
from django.utils.translation import override

from scorecards.entry.sheets import current_version, sheet_of
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.tallies import note_left_early, record_tallies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def version():
    version = current_version(factories.make_scorecard())
    people = {"youth": 12, "women": 20, "men": 15, "disability": 3}
    set_scoring_groups(version=version, people=people, by=factories.make_person())
    return version


def filled(version, **sheet):
    factories.make_sheet(version=version, **sheet)
    return sheet_of(version)


def test_groups_stand_in_the_order_of_the_paper_and_all_is_computed_at_the_end(version):
    groups = [(each.code, each.people, each.is_computed) for each in sheet_of(version).groups]
    assert groups == [
        ("women", 20, False), ("men", 15, False), ("youth", 12, False), ("disability", 3, False),
        ("all", 47, True),
    ]  # fmt: skip


def test_all_together_is_typed(version):
    set_scoring_groups(version=version, people={"young": 3, "all": 9}, by=factories.make_person())
    assert [(each.code, each.is_computed) for each in sheet_of(version).groups] == [
        ("all", False), ("young", False),
    ]  # fmt: skip


def test_the_sum_of_groups_is_unknown_while_one_of_them_is(version):
    people = {"women": 20, "men": None, "youth": 12}
    set_scoring_groups(version=version, people=people, by=factories.make_person())
    assert sheet_of(version).whole.people is None


def test_computed_cells_add_up_what_was_typed_and_missing_stays_missing(version):
    sheet = filled(version, counts={"women": (1, 4, None), "men": (0, 1, None)}, number=1)
    row = sheet.row(sheet.criteria[0], sheet.whole)
    assert [cell.count for cell in row.cells] == [1, 5, None, None, None, None]
    assert row.total == 6
    empty = sheet_of(current_version(factories.make_scorecard(scoring_round=version.scorecard.scoring_round)))
    assert (empty.groups, empty.criteria, empty.whole) == ((), (), None)


@pytest.mark.parametrize(
    ("people", "counts", "state", "short"),
    [
        pytest.param(20, (None,), "blank", 20, id="nothing typed"),
        pytest.param(20, (0,), "open", 20, id="begun"),
        pytest.param(20, (1, 4, 7, 6, 0, 0), "short", 2, id="typed to the end"),
        pytest.param(20, (1, 4, 7, 6, 2), "full", 0, id="full with a blank"),
        pytest.param(20, (1, 4, 7, 6, 3), "over", -1, id="too many"),
        pytest.param(None, (1, 4), "uncounted", -5, id="no number of the group"),
        pytest.param(0, (None,), "blank", 0, id="nobody"),
    ],
)
def test_the_state_of_a_row(people, counts, state, short):
    version = current_version(factories.make_scorecard())
    sheet = filled(version, counts={"all": counts}, people={"all": people}, number=1)
    row = sheet.rows(sheet.group("all"))[0]
    assert (row.state, row.short) == (state, short)


def test_three_points_have_the_first_middle_and_last_face():
    scoring_round = factories.make_round(programme=factories.make_programme(scale_points=3))
    sheet = sheet_of(current_version(factories.make_scorecard(scoring_round=scoring_round)))
    assert [(each.score, each.face, each.word) for each in sheet.scores] == [
        (1, 1, "Poor"), (2, 3, "Acceptable"), (3, 5, "Good"), (0, 0, "No opinion"),
    ]  # fmt: skip


def test_json_is_what_the_module_says(version):
    person = factories.make_person(name="Sokha")
    factories.make_criteria(version=version, number=1)
    criterion = version.criteria.get().criterion
    note_left_early(version=version, count=2, by=person)
    key = f"{criterion.pk}.women.1"
    save = record_tallies(version=version, cells={key: 1}, base_revision=0, client_id=uuid4(), by=person)
    shown = json.loads(json.dumps(sheet_of(version).as_json()))
    assert shown["groups"][0] == {
        "code": "women", "label": "Women", "kind": "disjoint", "people": 20, "is_computed": False,
    }  # fmt: skip
    assert shown["groups"][-1] == {
        "code": "all", "label": "All", "kind": "all", "people": 47, "is_computed": True,
    }  # fmt: skip
    assert shown["criteria"] == [{"id": criterion.pk, "number": 1, "text": criterion.text_en}]
    assert shown["scores"][0] == {"score": 1, "word": "Very poor", "face": 1}
    assert shown["cells"] == {key: 1}
    rest = {name: shown[name] for name in shown if name not in {"groups", "criteria", "scores", "cells"}}
    assert rest == {
        "scorecard": version.scorecard_id, "version": version.pk, "number": 1, "revision": 1, "status": "draft",
        "is_editable": True, "points": 5, "most": 99_999, "left_early": 2, "conflicts": [],
        "receipt": save.receipt, "saved_at": save.saved_at.isoformat(), "saved_by": "Sokha",
    }  # fmt: skip


def test_an_untouched_sheet_has_no_receipt(version):
    shown = sheet_of(version).as_json()
    assert (shown["receipt"], shown["saved_at"], shown["saved_by"], shown["left_early"]) == (None,) * 4


def test_both_values_of_a_row_are_shown_with_their_people(version):
    factories.make_criteria(version=version, number=1)
    criterion = version.criteria.get().criterion_id
    cells = [{f"{criterion}.women.2": one, f"{criterion}.women.3": two} for one, two in ((6, 7), (7, None))]
    people = [factories.make_person(name=name) for name in ("Sokha", "Dara")]
    saves = [
        record_tallies(version=version, cells=each, base_revision=0, client_id=uuid4(), by=person)
        for each, person in zip(cells, people, strict=True)
    ]
    assert sheet_of(version).as_json()["conflicts"] == [
        {
            "criterion": criterion, "group": "women", "scores": [2],
            "theirs": {"by": "Sokha", "at": saves[0].saved_at.isoformat(), "cells": {"2": 6}},
            "ours": {"by": "Dara", "at": saves[1].saved_at.isoformat(), "cells": {"2": 7}},
        }
    ]  # fmt: skip
    sheet = sheet_of(version)
    assert sheet.rows(sheet.group("women"))[0].conflict == sheet.conflicts[0]
    assert sheet.rows(sheet.group("men"))[0].conflict is None


def test_the_newest_save_that_reached_the_sheet_gives_the_receipt():
    version = factories.make_submitted()
    receipt = sheet_of(version).as_json()["receipt"]
    key = next(iter(sheet_of(version).cells))
    record_tallies(
        version=version, cells={key: 9}, base_revision=1, client_id=uuid4(), by=factories.make_person()
    )
    assert sheet_of(version).as_json()["receipt"] == receipt


@pytest.mark.parametrize("number", [1, 3])
def test_a_sheet_costs_the_same_however_large(version, number, django_assert_num_queries):
    factories.make_sheet(version=version, number=number)
    with django_assert_num_queries(7):
        sheet_of(version).as_json()
