"""All sittings of a provider side by side: pooled by people, criterion by criterion, and who sees which sitting."""

from decimal import Decimal

import pytest

from scorecards.consolidation import provider_consolidation
from scorecards.entry.sheets import current_version
from scorecards.figures import sittings_of
from scorecards.models import Scale, Scorecard
from scorecards.operations.criteria import choose_criteria
from tests.factories import make_criterion, make_locked, make_person, make_sheet
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

# Example B of docs/scoring.md.
V1, V2, V3 = (0, 2, 6, 12, 5), (4, 6, 5, 3, 0), (1, 1, 2, 3, 1)


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def criterion(world):
    return make_criterion(service=world.provider.service_type)


def sat(world, number, counts, criteria, *, is_locked=True):
    """A sitting that scored these criteria with these counts."""
    card = world.sitting(number)
    choose_criteria(version=current_version(card), criteria=criteria, by=make_person())
    if is_locked:
        make_locked(scorecard=card, counts=counts)
    else:
        make_sheet(version=current_version(card), counts=counts)
    return card


def consolidated(*, is_full=True):
    return provider_consolidation(Scorecard.objects.filter(kind="community"), is_full=is_full)


def test_a_provider_without_sittings_has_an_empty_consolidation():
    found = consolidated()
    assert (found.sittings, found.rows, found.people, found.worst) == ((), (), None, None)
    assert found.to_discuss == ()


def test_example_b_people_are_pooled_and_not_means(world, criterion):
    for number, counts in enumerate((V1, V2, V3), 1):
        sat(world, number, {"all": counts}, [criterion])
    found = consolidated()
    [row] = found.rows
    assert row.figure.counts == (5, 9, 13, 18, 6)
    assert round(row.figure.mean, 2) == Decimal("3.22")
    assert row.figure.median == 3
    assert row.session_equal is None  # 3.15, less than 0.2 away
    assert [each.figure.people for each in row.sittings] == [25, 18, 8]
    assert found.people == 51


def test_the_session_equal_mean_stands_beside_where_it_is_far_away(world, criterion):
    sat(world, 1, {"all": (0, 0, 0, 0, 40)}, [criterion])
    sat(world, 2, {"all": (10, 0, 0, 0, 0)}, [criterion])
    [row] = consolidated().rows
    assert row.figure.mean == Decimal("4.2")
    assert row.session_equal == 3


def test_sittings_with_different_criteria_are_pooled_criterion_by_criterion(world, criterion):
    other = make_criterion(service=world.provider.service_type)
    sat(world, 1, {"all": V1}, [criterion])
    sat(world, 2, {"all": V2}, [other, criterion])
    found = consolidated()
    by_criterion = {row.criterion: row for row in found.rows}
    assert [row.number for row in found.rows] == [1, 2]
    assert by_criterion[criterion].sitting_count == 2
    assert by_criterion[criterion].figure.people == 43
    assert by_criterion[other].sitting_count == 1
    assert by_criterion[other].sittings[0].figure is None  # not scored there, which is not zero
    assert by_criterion[other].figure.counts == V2


def test_a_criterion_that_nobody_scored_has_no_figure(world, criterion):
    card = world.sitting(1)
    choose_criteria(version=current_version(card), criteria=[criterion], by=make_person())
    [row] = consolidated().rows
    assert (row.figure, row.verdict, row.sitting_count) == (None, None, 0)
    assert consolidated().worst is None


def test_sittings_on_different_scales_are_shown_and_never_added(world, criterion):
    three, _is_new = Scale.objects.get_or_create(code="scale-3", defaults={"name_km": "បី", "points": 3})
    sat(world, 1, {"all": V1}, [criterion])
    card = world.sitting(2)
    Scorecard.objects.filter(pk=card.pk).update(scale=three)
    choose_criteria(version=current_version(card), criteria=[criterion], by=make_person())
    make_sheet(version=current_version(card), counts={"all": (2, 10, 8)})
    [row] = consolidated().rows
    assert row.figure is None
    assert [each.figure.people for each in row.sittings] == [25, 20]


def test_what_is_not_yet_checked_is_named(world, criterion):
    sat(world, 1, {"all": V1}, [criterion])
    draft = sat(world, 2, {"all": V2}, [criterion], is_locked=False)
    own = world.self_assessment()
    choose_criteria(version=current_version(own), criteria=[criterion], by=make_person())
    make_sheet(version=current_version(own), counts={"all": (0, 0, 2, 4, 2)})
    found = consolidated()
    assert [sitting.scorecard for sitting in found.unchecked] == [draft]
    assert found.is_self_assessment_unchecked
    assert found.provider_people == 8


def test_others_see_what_is_locked_and_nothing_else(world, criterion):
    locked = sat(world, 1, {"all": V1}, [criterion])
    sat(world, 2, {"all": V2}, [criterion], is_locked=False)
    found = consolidated(is_full=False)
    assert [sitting.scorecard for sitting in found.sittings] == [locked]
    assert found.unchecked == ()


def test_a_small_sitting_and_the_next_are_hidden_from_others_and_stay_in_the_pool(world, criterion):
    for number, counts in enumerate(((0, 0, 0, 0, 20), (0, 0, 0, 3, 0), (0, 0, 10, 0, 0)), 1):
        sat(world, number, {"all": counts}, [criterion])
    found = consolidated(is_full=False)
    assert [sitting.is_hidden for sitting in found.sittings] == [False, True, True]
    assert [sitting.people for sitting in found.sittings] == [20, None, None]
    [row] = found.rows
    assert [each.figure is None for each in row.sittings] == [False, True, True]
    assert row.figure.people == 33
    assert found.has_hidden_sittings
    assert not consolidated().has_hidden_sittings


def test_of_fewer_than_five_people_in_all_nothing_but_their_number_is_shown(world, criterion):
    sat(world, 1, {"all": (0, 1, 2, 0, 0)}, [criterion])
    found = consolidated(is_full=False)
    assert found.only_number
    assert (found.rows, found.people) == ((), 3)


def test_to_discuss_are_the_worst_and_those_on_which_people_differ(world, criterion):
    poor, apart, good = (make_criterion(service=world.provider.service_type) for _ in range(3))
    card = world.sitting()
    choose_criteria(version=current_version(card), criteria=[good, apart, poor], by=make_person())
    counts = {"women": (0, 0, 0, 10, 0), "men": (0, 0, 0, 10, 0)}
    version = make_sheet(version=current_version(card), counts=counts).version
    scored = {each.criterion: each for each in version.criteria.all()}
    scored[poor].tallies.update(count=0)
    scored[poor].tallies.filter(score=1).update(count=10)
    men = version.groups.get(group="men")
    scored[apart].tallies.filter(scoring_group=men).update(count=0)
    scored[apart].tallies.filter(scoring_group=men, score=2).update(count=10)
    found = consolidated()
    assert [row.criterion for row in found.to_discuss] == [poor, apart]
    assert found.worst.criterion == poor
    assert [each.gap for each in found.to_discuss[1].apart] == [2]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_consolidation_costs_the_same_for_one_sitting_and_criterion_and_for_three(
    world, django_assert_num_queries, rows
):
    criteria = [make_criterion(service=world.provider.service_type) for _ in range(rows)]
    for number in range(rows):
        card = sat(world, number + 1, {"all": V1}, criteria)
    make_locked(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)})
    with django_assert_num_queries(14):
        provider_consolidation(sittings_of(card), is_full=True)
