"""What looks odd in a sheet before it is locked, and what is left in peace."""

from uuid import uuid4

import pytest
import time_machine
from django.utils.translation import override

from communities.models import AttendanceCount
from scorecards.entry.sheets import current_version
from scorecards.figures import with_counts
from scorecards.models import ScorecardVersion
from scorecards.operations.criteria import choose_criteria
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.tallies import record_tallies
from scorecards.overview.oddities import oddities_of, siblings_of
from tests.factories import (
    EXAMPLE_A,
    cells_of,
    make_criteria,
    make_meeting,
    make_person,
    make_sheet,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

# Rows of criteria that differ: women, men, youth.
ROWS = [
    {"women": (1, 4, 7, 6, 2), "men": (0, 1, 3, 7, 4), "youth": (3, 5, 3, 1, 0)},
    {"women": (2, 4, 6, 6, 2), "men": (1, 1, 3, 7, 3), "youth": (2, 5, 3, 2, 0)},
    {"women": (0, 3, 7, 8, 2), "men": (2, 2, 2, 6, 3), "youth": (1, 4, 4, 2, 1)},
]


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world()


def scored(world, rows, *, village=1, criteria=None, attendance=None) -> ScorecardVersion:
    """A sitting of which each criterion has its own counts."""
    by, version = make_person(), current_version(world.sitting(village))
    make_meeting(scorecard=version.scorecard, attendance=attendance)
    people = {group: sum(row) for group, row in rows[0].items()}
    set_scoring_groups(version=version, people=people, by=by)
    if criteria is None:
        criteria = make_criteria(version=version, number=len(rows))
    else:
        choose_criteria(version=version, criteria=criteria, by=by)
    cells = {}
    for criterion, row in zip(criteria, rows, strict=True):
        for group, counts in row.items():
            cells |= cells_of(criterion, group, counts)
    record_tallies(version=version, cells=cells, base_revision=0, client_id=uuid4(), by=by)
    return version


def whole(version) -> ScorecardVersion:
    return (
        with_counts(ScorecardVersion.objects.filter(pk=version.pk))
        .prefetch_related("scorecard__meeting__attendances__counts")
        .get()
    )


def odd(version) -> list[str]:
    version = whole(version)
    return [str(each) for each in oddities_of(version, siblings_of([version])[version.pk])]


def test_an_ordinary_sheet_is_left_in_peace(world):
    assert odd(scored(world, ROWS)) == []


def test_the_same_counts_under_two_criteria_look_copied(world):
    assert odd(scored(world, [ROWS[0], ROWS[1], ROWS[0]])) == [
        "The same counts under several criteria · criteria 1, 3: copied?"
    ]


def test_two_groups_with_the_same_counts_look_copied_from_the_second_criterion_on(world):
    rows = [{"women": row["women"], "men": row["women"]} for row in ROWS]
    other = {"women": ROWS[2]["women"], "men": (2, 4, 7, 5, 2)}
    attendance = {"citizen": {"total": 40, "female": 20, "youth": 0}}
    assert odd(scored(world, [rows[0], other], attendance=attendance)) == []
    assert odd(scored(world, [rows[0], rows[1], other], village=2, attendance=attendance)) == [
        "Two groups have the same counts · Women and Men · criteria 1, 2"
    ]


def test_a_sheet_copied_from_another_meeting_is_named(world):
    first = scored(world, ROWS)
    criteria = [row.criterion for row in first.criteria.order_by("order")]
    second = scored(world, ROWS, village=2, criteria=criteria)
    [found] = odd(second)
    assert found.startswith("The same counts as another meeting · ")
    third = scored(world, [ROWS[1], ROWS[2], ROWS[0]], village=3, criteria=criteria)
    assert odd(third) == []


def test_everybody_at_one_score_is_worth_asking_about(world):
    alike = {"women": (0, 0, 20, 0, 0), "men": (0, 0, 15, 0, 0), "youth": (0, 0, 12, 0, 0)}
    assert "Everybody gave the same score · criteria 2" in odd(scored(world, [ROWS[0], alike, ROWS[1]]))


def test_youth_that_came_and_did_not_score_apart_is_missing(world):
    rows = [{"women": row["women"], "men": (3, 4, 6, 9, 5)} for row in ROWS]
    assert "Youth did not score apart · 18 young people came" in odd(scored(world, rows))


def test_a_group_that_lacks_on_some_criteria_is_named(world):
    rows = [ROWS[0], {"women": ROWS[1]["women"], "men": ROWS[1]["men"]}, ROWS[2]]
    assert "A group is missing · Youth · criteria 2" in odd(scored(world, rows))


def test_more_scores_than_people_who_came(world):
    version = scored(world, ROWS)
    AttendanceCount.objects.filter(people_group="total").update(count=30)
    assert sum(each.startswith("More scores than people who came") for each in odd(version)) == 3


def test_a_far_larger_meeting_than_the_others_and_a_too_tidy_one(world):
    for village in (1, 2):
        scored(world, [{"all": (1, 4, 7, 6, 2)}], village=village, attendance={"citizen": {"total": 20}})
    large = scored(world, [{"all": (10, 20, 30, 20, 10)}], village=3, attendance={"citizen": {"total": 90}})
    assert [each.split(" · ")[0] for each in odd(large)] == [
        "Far more people than at the other meetings",
        "All of a large meeting scored everything",
    ]


def test_the_same_reason_under_three_criteria(world):
    version = scored(world, ROWS)
    version.criteria.update(weaknesses="ខ្វះ")
    assert odd(version) == ["The same reason under several criteria · criteria 1, 2, 3"]


def test_staff_who_agree_among_themselves_are_not_odd(world):
    own = current_version(world.self_assessment())
    make_sheet(version=own, counts={"all": (0, 0, 0, 9, 0)})
    assert odd(own) == []


def test_nothing_typed_is_nothing_odd(world):
    assert odd(current_version(world.sitting())) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_siblings_cost_the_same_for_one_sheet_and_for_three(world, django_assert_num_queries, rows):
    for village in range(rows):
        make_sheet(version=current_version(world.sitting(village + 1)), counts=EXAMPLE_A, number=1)
    versions = [whole(version) for version in ScorecardVersion.objects.all()]
    with django_assert_num_queries(7):
        assert len(siblings_of(versions)) == rows
