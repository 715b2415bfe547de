"""What of a publication anybody may read: pooled, small groups hidden, as it stood when it was announced."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scorecards.models import ScorecardVersion, ScoringGroup, Tally
from scorecards.overview.published import published_scores
from tests.factories import make_locked, make_scorecard, make_village, reopened
from tests.scorecards import round_world
from tests.scorecards.plan_world import make_world, score

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def published(world, as_of=None):
    return published_scores(world.scoring_round, as_of=as_of or timezone.now())


def in_groups(world, **sizes):
    """One sitting of these disjoint groups, everybody giving a 2."""
    version = score(world, (0, 0, 0, 0, 0))
    version.groups.all().delete()
    scored = version.criteria.get()
    for code, size in sizes.items():
        kind = "flag" if code == "disability" else "disjoint"
        group = ScoringGroup.objects.create(version=version, group=code, kind=kind, people_count=size)
        Tally.objects.create(scorecard_criterion=scored, scoring_group=group, score=2, count=size)
    return version


def numbers(provider):
    return {group.code: group.people for group in provider.groups}


def test_what_is_not_locked_is_not_there(world):
    score(world, (10, 8, 4, 2, 1), status="draft")
    assert published(world) == []


def test_fewer_than_five_people_show_their_number_alone(world):
    score(world, (1, 1, 1, 1, 0))
    (provider,) = published(world)
    assert (provider.people, provider.only_number) == (4, True)
    assert (provider.rows, provider.groups, provider.overall, provider.worst) == ((), (), None, None)


def test_a_criterion_that_few_scored_shows_nothing_of_it(world):
    version = score(world, (3, 1, 0, 0, 0))
    version.groups.update(people_count=30)
    (provider,) = published(world)
    assert provider.people == 30
    assert [(row.figure, row.verdict) for row in provider.rows] == [(None, None)]
    assert provider.overall is None


def test_a_small_group_is_hidden_with_the_next_smallest(world):
    in_groups(world, women=20, men=15, youth=3)
    (provider,) = published(world)
    assert numbers(provider) == {"women": 20, "men": None, "youth": None}
    assert provider.has_hidden_groups


def test_a_flag_of_few_is_hidden(world):
    in_groups(world, women=20, men=15, disability=2)
    (provider,) = published(world)
    assert numbers(provider) == {"women": 20, "men": 15, "disability": None}


def test_groups_of_a_sitting_that_counted_all_together_are_left_out(world):
    in_groups(world, women=20, men=15)
    score(world, (5, 5, 0, 0, 0), sitting=2)
    (provider,) = published(world)
    assert (provider.people, numbers(provider)) == (45, {})


def test_the_figures_stay_those_of_the_announcement():
    world = round_world.make_world()
    card = make_scorecard(
        scoring_round=world.scoring_round,
        provider=world.provider,
        village=make_village(commune=world.commune),
    )
    first = make_locked(scorecard=card)
    announced = timezone.now() + timedelta(seconds=1)
    (before,) = published(world, announced)
    assert not before.is_corrected_since
    second = reopened(version=first)
    ScorecardVersion.objects.filter(pk=second.pk).update(
        status="locked", submitted_at=announced, submitted_by=first.locked_by, locked_by=first.locked_by,
        locked_at=announced + timedelta(days=1),
    )  # fmt: skip
    second.groups.update(people_count=99)
    (after,) = published(world, announced)
    assert after.is_corrected_since
    assert (after.people, after.rows[0].figure) == (before.people, before.rows[0].figure)


def test_it_costs_the_same_for_one_sitting_and_for_three(world, django_assert_num_queries):
    score(world, (10, 8, 4, 2, 1))
    with django_assert_num_queries(8):
        published(world)
    for sitting in (2, 3):
        score(world, (10, 8, 4, 2, 1), sitting=sitting)
    with django_assert_num_queries(8):
        published(world)
