"""Counts in the database become figures: what is missing stays missing, all is the sum of groups that do not overlap."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from scorecards.figures import (
    Figure,
    figures_by_group,
    group_numbers,
    hidden_groups,
    hidden_sittings,
    newest_versions,
    overall_verdict,
    self_assessment_of,
    sittings_of,
    verdict,
    words_of,
)
from scorecards.models import Scorecard
from scorecards.operations.review import decide_reopening, request_reopening
from scorecards.operations.tallies import record_tallies
from tests.factories import (
    MEN,
    WOMEN,
    YOUTH,
    cells_of,
    make_locked,
    make_person,
    make_programme,
    make_round,
    make_scorecard,
    make_sheet,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def newest(scorecard, *, is_full=True):
    return newest_versions(Scorecard.objects.filter(pk=scorecard.pk), is_full=is_full).first()


def filled(scorecard, counts, **sheet):
    make_sheet(version=scorecard.versions.get(), counts=counts, number=1, **sheet)
    return newest(scorecard)


def figures_of(version) -> dict[str, Figure]:
    return figures_by_group(version, version.criteria.all()[0])


# --- Counts ---------------------------------------------------------------------------------------


def test_example_a_all_is_the_sum_of_three_groups(world):
    figures = figures_of(filled(world.sitting(), {"women": WOMEN, "men": MEN, "youth": YOUTH}))
    assert figures["all"].counts == (4, 10, 13, 14, 6)
    assert round(figures["all"].mean, 2) == Decimal("3.17")
    assert figures["all"].median == 3
    assert [round(figures[code].mean, 2) for code in ("women", "men", "youth")] == [
        Decimal("3.20"), Decimal("3.93"), Decimal("2.17")
    ]  # fmt: skip


def test_example_c_a_median_between_two_scores_is_not_rounded(world):
    figures = figures_of(filled(world.sitting(), {"all": (0, 0, 5, 5, 0)}))
    assert figures["all"].median == Decimal("3.5")
    assert figures["all"].mean == Decimal("3.5")


def test_a_group_nobody_counted_is_absent_and_not_zero(world):
    figures = figures_of(
        filled(world.sitting(), {"women": WOMEN, "men": (None,) * 5}, people={"women": 20, "men": 15})
    )
    assert set(figures) == {"women", "all"}
    assert figures["all"].counts == WOMEN


def test_a_criterion_nobody_scored_has_no_figure_at_all(world):
    version = filled(world.sitting(), {"all": (None,) * 5}, people={"all": 20})
    assert figures_of(version) == {}
    assert overall_verdict(version) is None


def test_blanks_beside_a_typed_count_are_nobody(world):
    figures = figures_of(filled(world.sitting(), {"all": (None, None, 7, None, None)}))
    assert figures["all"].counts == (0, 0, 7, 0, 0)


def test_no_opinion_is_counted_and_belongs_to_no_mean(world):
    figures = figures_of(filled(world.sitting(), {"all": (0, 0, 0, 4, 0, 3)}))
    assert figures["all"].no_opinion == 3
    assert figures["all"].people == 4
    assert figures["all"].mean == 4


def test_people_who_only_had_no_opinion_are_looked_at_and_have_no_mean(world):
    figures = figures_of(filled(world.sitting(), {"all": (0, 0, 0, 0, 0, 6)}))
    assert figures["all"].mean is None
    assert verdict(figures["all"], {}) is None


def test_an_emptied_row_is_missing_again(world):
    version = filled(world.sitting(), {"all": (1, 2, 3, 4, 5)})
    cells = dict.fromkeys(cells_of(version.criteria.all()[0].criterion_id, "all", (1,) * 5))
    record_tallies(
        version=version, cells=cells, base_revision=version.revision,
        client_id="7f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", by=make_person(),
    )  # fmt: skip
    assert figures_of(newest(version.scorecard)) == {}


def test_a_flag_stands_beside_all_and_is_not_added_to_it(world):
    figures = figures_of(filled(world.sitting(), {"all": (1, 4, 7, 6, 2), "female": (1, 2, 3, 2, 0)}))
    assert figures["all"].people == 20
    assert figures["female"].people == 8


def test_three_points_keep_their_length():
    programme = make_programme(scale_points=3)
    version = filled(
        make_scorecard(scoring_round=make_round(programme=programme)), {"women": (2, 10, 8), "men": (6, 6, 3)}
    )
    figures = figures_of(version)
    assert figures["all"].counts == (8, 16, 11)
    with override("en"):
        shown = verdict(figures["women"], words_of(version.scorecard))
    assert (shown.face, shown.word) == (3, "Acceptable")


# --- How many people ------------------------------------------------------------------------------


def test_numbers_of_groups_are_those_written_down_and_all_is_their_sum(world):
    counts = {"women": WOMEN, "men": MEN}
    assert group_numbers(filled(world.sitting(), counts, people={"women": 21, "men": 16})) == {
        "women": 21, "men": 16, "all": 37
    }  # fmt: skip


def test_where_nobody_wrote_the_number_down_it_is_the_most_who_spoke(world):
    version = filled(world.sitting(), {"women": (1, 4, 7, 6, 2, 1)}, people={"women": None})
    assert group_numbers(version) == {"women": 21, "all": 21}


# --- Versions -------------------------------------------------------------------------------------


def test_the_team_reads_the_newest_version_and_others_the_last_locked_one(world):
    locked = make_locked(scorecard=world.sitting())
    request = request_reopening(version=locked, reason="wrong", by=make_person())
    decide_reopening(request=request, grant=True, answer="", by=make_person())
    assert newest(locked.scorecard).number == 2
    assert newest(locked.scorecard, is_full=False).number == 1


def test_what_was_never_locked_is_not_read_outside_the_team(world):
    assert newest(world.sitting(), is_full=False) is None


def test_the_sittings_of_a_provider_are_those_of_its_round(world):
    first, second = world.sitting(1), world.sitting(2)
    make_scorecard(scoring_round=world.next_round(2027), provider=world.provider)
    assert set(sittings_of(first)) == {first, second}


def test_the_self_assessment_is_that_of_the_same_programme_provider_and_year(world):
    sitting, own = world.sitting(), world.self_assessment()
    assert self_assessment_of(sitting, is_full=True).scorecard == own
    assert self_assessment_of(sitting, is_full=False) is None
    assert self_assessment_of(own, is_full=True) is None


@pytest.mark.parametrize("rows", [1, 3])
def test_versions_cost_the_same_for_one_sitting_and_for_three(world, django_assert_num_queries, rows):
    for number in range(rows):
        filled(world.sitting(number + 1), {"all": (1, 4, 7, 6, 2)})
    cards = Scorecard.objects.all()
    with django_assert_num_queries(7):
        for version in newest_versions(cards, is_full=True):
            overall_verdict(version)


# --- Small groups ---------------------------------------------------------------------------------


def test_a_small_group_takes_the_next_smallest_with_it(world):
    hidden = hidden_groups(filled(world.sitting(), {"women": WOMEN, "men": MEN, "youth": (0, 1, 2, 1, 0)}))
    assert hidden.names == {"youth", "men"}


def test_with_three_people_only_their_number_is_left(world):
    assert hidden_groups(filled(world.sitting(), {"all": (1, 1, 1, 0, 0)})).only_number


def test_one_small_sitting_hides_the_next_smallest_too(world):
    sizes = {1: (0, 0, 0, 0, 20), 2: (0, 0, 0, 3, 0), 3: (0, 0, 10, 0, 0)}
    versions = [filled(world.sitting(number), {"all": counts}) for number, counts in sizes.items()]
    hidden = hidden_sittings(versions)
    assert {str(versions[1].scorecard_id), str(versions[2].scorecard_id)} <= hidden.names
    assert str(versions[0].scorecard_id) not in hidden


def test_no_sittings_hide_nothing():
    assert not hidden_sittings([]).names
