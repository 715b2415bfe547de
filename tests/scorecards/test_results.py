"""Results of one sitting, from counts in the database: the worked examples of docs/scoring.md, and who sees what."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from scorecards.entry.sheets import current_version
from scorecards.figures import newest_versions
from scorecards.models import Scorecard
from scorecards.operations.criteria import choose_criteria
from scorecards.results import sitting_result
from tests.factories import (
    EXAMPLE_A,
    make_criterion,
    make_locked,
    make_person,
    make_programme,
    make_round,
    make_scorecard,
    make_sheet,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

STAFF = {"all": (0, 0, 2, 4, 2)}


@pytest.fixture
def world():
    return make_world()


def result_of(scorecard, *, is_full=True):
    version = newest_versions(Scorecard.objects.filter(pk=scorecard.pk), is_full=is_full).get()
    with override("en"):
        return sitting_result(version, is_full=is_full)


def fill(scorecard, counts=None, **sheet):
    make_sheet(version=current_version(scorecard), counts=counts, **({"number": 1} | sheet))
    return scorecard


# --- Figures and words ----------------------------------------------------------------------------


def test_example_a_opinions_differ_since_the_young_are_far_away(world):
    result = result_of(fill(world.sitting()))
    [row] = result.criteria
    assert round(row.figure.mean, 2) == Decimal("3.17")
    assert round(row.gap, 2) == Decimal("1.77")
    assert row.is_gap_flagged
    assert row.verdict.differs
    assert row.verdict.word == "Acceptable"  # what "opinions differ" stands in place of
    assert [each.group.code for each in row.groups if each.is_apart] == ["youth"]
    assert result.people == 47


def test_a_third_not_satisfied_make_opinions_differ_though_groups_agree(world):
    [row] = result_of(fill(world.sitting(), {"all": (9, 13, 11, 9, 3)})).criteria
    assert row.gap is None
    assert row.verdict.differs


def test_a_poor_mean_keeps_its_word_and_is_not_rounded_twice(world):
    [row] = result_of(fill(world.sitting(), {"all": (0, 11, 9, 0, 0)})).criteria
    assert row.figure.mean == Decimal("2.45")
    assert (row.verdict.face, row.verdict.word, row.verdict.differs) == (2, "Poor", False)


def test_example_d_the_provider_scores_higher(world):
    sitting, own = world.sitting(), world.self_assessment()
    criterion = make_criterion(service=world.provider.service_type)
    for card, counts in ((sitting, EXAMPLE_A), (own, STAFF)):
        choose_criteria(version=current_version(card), criteria=[criterion], by=make_person())
        fill(card, counts)
    result = result_of(sitting)
    [row] = result.criteria
    assert round(row.provider_gap, 2) == Decimal("0.83")
    assert not row.is_provider_gap_flagged
    assert round(result.overall_gap, 2) == Decimal("0.83")
    assert result.provider_people == 8
    assert result.provider_overall.word == "Good"


def test_the_gap_of_the_overall_means_is_over_criteria_that_both_scored(world):
    sitting, own = world.sitting(), world.self_assessment()
    shared, only_ours = (make_criterion(service=world.provider.service_type) for _ in range(2))
    choose_criteria(version=current_version(sitting), criteria=[shared, only_ours], by=make_person())
    choose_criteria(version=current_version(own), criteria=[shared], by=make_person())
    fill(sitting, {"all": (0, 0, 10, 0, 0)})
    fill(own, {"all": (0, 0, 0, 8, 0)})
    result = result_of(sitting)
    assert result.overall_gap == 1
    assert [row.provider is None for row in sorted(result.criteria, key=lambda row: row.number)] == [
        False,
        True,
    ]


def test_three_points_have_the_first_middle_and_last_face_and_half_the_flag():
    programme = make_programme(scale_points=3)
    scorecard = make_scorecard(scoring_round=make_round(programme=programme))
    result = result_of(fill(scorecard, {"women": (2, 10, 8), "men": (6, 6, 3)}))
    [row] = result.criteria
    assert result.gap_flag == Decimal("0.5")
    assert row.gap == Decimal("0.5")
    assert row.is_gap_flagged
    assert row.verdict.face == 3


def test_missing_is_not_zero(world):
    card = fill(world.sitting(), {"all": (None,) * 5}, people={"all": 20})
    result = result_of(card)
    [row] = result.criteria
    assert (row.figure, row.verdict, row.gap) == (None, None, None)
    assert result.overall is None
    assert result.to_discuss == ()


def test_a_flag_shows_its_difference_from_everybody_else(world):
    counts = {"all": (4, 10, 13, 14, 6), "young": (3, 5, 3, 1, 0)}
    [row] = result_of(fill(world.sitting(), counts)).criteria
    [young] = row.groups
    assert round(young.difference, 2) == Decimal("-1.35")
    assert row.gap is None


def test_a_part_that_is_larger_than_all_has_no_difference_while_the_sheet_is_in_work(world):
    counts = {"all": (0, 0, 10, 0, 0), "young": (6, 0, 0, 0, 0)}
    [row] = result_of(fill(world.sitting(), counts)).criteria
    assert row.groups[0].difference is None


def test_criteria_stand_by_share_of_dissatisfied_the_worst_first_and_the_unscored_last(world):
    sitting = world.sitting()
    criteria = [make_criterion(service=world.provider.service_type) for _ in range(3)]
    version = current_version(sitting)
    choose_criteria(version=version, criteria=criteria, by=make_person())
    fill(sitting, {"all": (0, 0, 10, 0, 0)})
    scored = list(version.criteria.order_by("order"))
    scored[0].tallies.all().delete()
    scored[2].tallies.filter(score=1).update(count=4)
    result = result_of(sitting)
    assert [row.number for row in result.criteria] == [3, 2, 1]
    assert [row.number for row in result.to_discuss] == [3]


# --- Small groups ---------------------------------------------------------------------------------


def small_youth(world):
    """22 women, 22 men, 3 young people."""
    counts = {"women": (2, 4, 8, 6, 2), "men": (0, 2, 8, 8, 4), "youth": (3, 0, 0, 0, 0)}
    return make_locked(scorecard=world.sitting(), number=1, counts=counts).scorecard


def test_the_team_sees_small_groups_with_a_note(world):
    result = result_of(small_youth(world))
    youth = next(group for group in result.groups if group.code == "youth")
    assert (youth.people, youth.is_small, youth.is_hidden) == (3, True, False)
    assert not result.has_hidden_groups


def test_others_see_neither_the_small_group_nor_what_would_tell_it(world):
    result = result_of(small_youth(world), is_full=False)
    shown = {group.code: group.people for group in result.groups}
    assert shown == {"women": 22, "men": None, "youth": None}
    [row] = result.criteria
    assert row.figure.people == 47  # the small group stays in the total
    assert [each.figure is None for each in row.groups] == [False, True, True]
    assert row.gap is None
    assert result.has_hidden_groups


def test_of_fewer_than_five_people_others_see_the_number_alone(world):
    scorecard = make_locked(scorecard=world.sitting(), counts={"all": (1, 1, 1, 0, 0)}).scorecard
    result = result_of(scorecard, is_full=False)
    assert result.only_number
    assert (result.criteria, result.groups, result.overall) == ((), (), None)


def test_a_sitting_that_would_tell_a_small_one_is_hidden_whole(world):
    shown = {}
    for number, counts in ((1, (0, 0, 0, 0, 20)), (2, (0, 0, 0, 3, 0)), (3, (0, 0, 10, 0, 0))):
        scorecard = make_locked(scorecard=world.sitting(number), number=1, counts={"all": counts}).scorecard
        shown[number] = scorecard
    assert result_of(shown[3], is_full=False).only_number
    assert result_of(shown[3], is_full=False).people is None
    assert not result_of(shown[1], is_full=False).only_number


def test_a_small_staff_is_shown_to_those_who_meet_it(world):
    own = make_locked(scorecard=world.self_assessment(), counts={"all": (0, 0, 1, 1, 1)}).scorecard
    assert not result_of(own, is_full=False).only_number


def test_an_unchecked_self_assessment_is_shown_to_the_team_alone(world):
    sitting = make_locked(scorecard=world.sitting()).scorecard
    fill(world.self_assessment(), STAFF)
    assert result_of(sitting).provider_version is not None
    assert not result_of(sitting).provider_version.is_locked
    assert result_of(sitting, is_full=False).provider_version is None


# --- What it costs --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("is_full", "queries"), [(True, 14), (False, 21)])
def test_a_result_costs_the_same_for_one_criterion_and_sitting_and_for_three(
    world, django_assert_num_queries, rows, is_full, queries
):
    make_locked(scorecard=world.self_assessment(), counts=STAFF)
    for number in range(rows):
        sitting = make_locked(scorecard=world.sitting(number + 1), number=rows).scorecard
    with django_assert_num_queries(queries):
        result_of(sitting, is_full=is_full)
