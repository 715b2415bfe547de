"""What stands against submitting, and what is only worth a look."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import override

from communities.operations.meetings import correct_meeting
from scorecards.entry.missing import missing_for_submission, warnings_for_submission
from scorecards.entry.sheets import current_version
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.reasons import record_reasons
from scorecards.operations.scorecards import record_scorecard_meeting
from scorecards.operations.tallies import note_left_early, record_tallies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person():
    return factories.make_person()


@pytest.fixture
def draft():
    return current_version(factories.make_scorecard())


@pytest.fixture
def complete(draft):
    """Example A in five criteria, with everything beside it."""
    return factories.make_complete(version=draft)


@pytest.fixture
def key(complete):
    """Keys of the first criterion: `key("women", 3)`."""
    criterion = complete.criteria.order_by("order").first().criterion_id
    return lambda group, score: f"{criterion}.{group}.{score}"


def type_in(version, cells, *, by=None, base=None):
    version.refresh_from_db()
    return record_tallies(
        version=version, cells=cells, base_revision=version.revision if base is None else base,
        client_id=uuid4(), by=by or factories.make_person(),
    )  # fmt: skip


def said(found):
    return [(each.what, each.where.split(": ", 1)[-1]) for each in found]


# --- Meeting and groups ---------------------------------------------------------------------------


def test_nothing_is_missing_in_a_complete_scorecard(complete):
    assert missing_for_submission(complete) == []


def test_each_missing_thing_names_its_step_and_place(draft):
    places = [(each.step, each.anchor) for each in missing_for_submission(draft)]
    assert places == [("meeting", "meeting"), ("meeting", "groups"), ("criteria", "criteria")]


def test_the_words_are_those_of_the_reader(draft):
    with override("km"):
        assert str(missing_for_submission(draft)[0]) == "កិច្ចប្រជុំ និងវត្តមាន · មិនទាន់បានសរសេរ"


def test_a_meeting_that_was_not_held_and_people_nobody_counted_are_missing(complete, person):
    meeting = complete.scorecard.meeting
    correct_meeting(
        meeting=meeting, by=person, status="postponed", status_reason="ភ្លៀង", attendance={"citizen": {}}
    )
    assert [each.what for each in missing_for_submission(complete)] == ["Meeting", "People who came"]


def test_a_group_without_its_number_is_missing(complete, person):
    set_scoring_groups(version=complete, people={"women": 20, "men": None, "youth": 12}, by=person)
    found = missing_for_submission(complete)
    assert [(each.what, each.where, each.group) for each in found] == [
        ("Number of people in a group", "Men", "men")
    ]


def test_groups_that_do_not_add_up_to_those_who_came_are_named_with_the_sum(complete, person):
    set_scoring_groups(version=complete, people={"women": 20, "men": 16, "youth": 12}, by=person)
    note_left_early(version=complete, count=1, by=person)
    assert said(missing_for_submission(complete)) == [
        ("Groups and people who came differ", "20 + 16 + 12 = 48, but 47 came")
    ]


def test_a_group_cannot_hold_more_of_a_kind_than_came(complete, person):
    attendance = {"citizen": {"total": 47, "female": 33, "youth": 11}}
    correct_meeting(meeting=complete.scorecard.meeting, by=person, attendance=attendance)
    assert said(missing_for_submission(complete)) == [
        ("A group is larger than came", "Men 15, but only 14 of them came"),
        ("A group is larger than came", "Youth 12, but only 11 of them came"),
    ]


def test_nobody_scored_is_missing(draft, person):
    factories.make_complete(version=draft, counts={"all": (0, 0)}, people={"all": 0})
    found = [each.what for each in missing_for_submission(draft)]
    assert found == ["People who came", "People who scored"]


# --- Counts ---------------------------------------------------------------------------------------


def test_more_scores_than_people_in_a_row(complete, key):
    type_in(complete, {key("women", 5): 3})
    found = missing_for_submission(complete)
    assert said(found) == [("Too many scores", "21 of 20, 1 over. Check the tally sheet.")]
    assert (found[0].step, found[0].group) == ("sheet", "women")
    assert found[0].anchor == f"r{complete.criteria.order_by('order').first().criterion_id}"
    assert found[0].where.startswith("Women · 1. Criterion")


def test_blanks_count_as_nobody_once_the_row_reaches_its_group(complete, key):
    """Youth 3, 5, 3, 1 are twelve: the blank 5 and the blank "no opinion" are 0."""
    type_in(complete, {key("youth", 5): None})
    assert missing_for_submission(complete) == []


def test_blanks_of_a_row_that_stops_short_are_missing(complete, key):
    type_in(complete, {key("youth", 4): None})
    assert said(missing_for_submission(complete)) == [("Scores not complete", "11 of 12, 1 short")]


def test_a_row_typed_to_its_end_may_be_short_and_is_worth_a_look(complete, key):
    type_in(complete, {key("youth", 4): 0, key("youth", 0): 0})
    assert missing_for_submission(complete) == []
    assert said(warnings_for_submission(complete)) == [("Fewer scores than people", "11 of 12, 1 short")]


def test_a_wholly_blank_row_of_a_group_is_missing(complete, key):
    type_in(complete, {key("men", score): None for score in range(6)})
    assert [each.what for each in missing_for_submission(complete)] == ["Scores not entered"]


def test_people_who_left_early_explain_so_many_of_a_criterion_and_no_more(complete, key, person):
    type_in(complete, {key("women", 5): None, key("men", 2): None})
    assert len(missing_for_submission(complete)) == 2
    note_left_early(version=complete, count=2, by=person)
    assert said(missing_for_submission(complete)) == [
        ("Scores not complete", "18 of 20, 2 short"),
        ("Scores not complete", "14 of 15, 1 short"),
    ]
    note_left_early(version=complete, count=3, by=person)
    assert missing_for_submission(complete) == []
    assert [each.what for each in warnings_for_submission(complete)] == ["3 people left early"]


def test_a_whole_group_may_have_left(complete, key, person):
    type_in(complete, {key("youth", score): None for score in range(6)})
    note_left_early(version=complete, count=12, by=person)
    assert missing_for_submission(complete) == []


def test_two_values_wait_for_a_choice(complete, key):
    base = type_in(complete, {key("women", 1): 2, key("women", 2): 3}).revision - 1
    type_in(complete, {key("women", 1): 0, key("women", 2): 5}, base=base)
    assert [each.what for each in missing_for_submission(complete)] == ["Two values: choose one"]


# --- Parts of all ---------------------------------------------------------------------------------


@pytest.fixture
def with_part(draft):
    """47 people as one, eighteen young people among them, in one criterion."""
    people = {"all": 47, "young": 18}
    return factories.make_complete(version=draft, counts={"all": (4, 10, 13, 14, 6)}, people=people, number=1)


def young(version, *counts):
    criterion = version.criteria.get().criterion_id
    return type_in(version, factories.cells_of(criterion, "young", counts))


def test_a_part_that_was_not_collected_stops_nobody(with_part):
    assert missing_for_submission(with_part) == []
    assert ("Scores not entered", "Young people") in [
        (each.what, each.where.split(" · ")[0]) for each in warnings_for_submission(with_part)
    ]


def test_a_part_is_compared_with_all_cell_by_cell(with_part):
    young(with_part, 5, 5, 5, 3, 0)
    assert said(missing_for_submission(with_part)) == [
        ("A part is more than all", "1 Very poor: 5, but all together only 4")
    ]


def test_no_opinion_of_a_part_is_compared_too(with_part):
    young(with_part, 4, 5, 5, 3, 0, 1)
    assert said(missing_for_submission(with_part)) == [
        ("A part is more than all", "No opinion: 1, but all together only 0")
    ]


def test_a_part_that_was_begun_is_finished(with_part):
    young(with_part, 4, 5)
    assert said(missing_for_submission(with_part)) == [("Scores not complete", "9 of 18, 9 short")]


def test_a_part_beside_groups_is_compared_with_their_sum(draft):
    counts = factories.EXAMPLE_A | {"disability": (5, 0, 0, 0, 0)}
    factories.make_complete(version=draft, counts=counts, number=1)
    assert said(missing_for_submission(draft)) == [
        ("A part is more than all", "1 Very poor: 5, but all together only 4")
    ]


# --- Reasons --------------------------------------------------------------------------------------


def test_each_criterion_needs_a_strength_or_a_weakness_and_a_suggestion(complete, person):
    scored = complete.criteria.order_by("order").first()
    record_reasons(scored=scored, strengths="", weaknesses="", suggestions=[], by=person)
    found = missing_for_submission(complete)
    assert [(each.what, each.step) for each in found] == [
        ("Strength or weakness", "reasons"), ("Suggested action", "reasons"),
    ]  # fmt: skip
    assert {each.anchor for each in found} == {f"r{scored.criterion_id}"}
    record_reasons(scored=scored, strengths="ល្អ", weaknesses="", suggestions=["ជួសជុល"], by=person)
    assert missing_for_submission(complete) == []


def test_a_self_assessment_needs_neither_meeting_nor_reasons(person):
    own = current_version(factories.make_scorecard(kind="self"))
    assert [each.what for each in missing_for_submission(own)] == ["Scoring groups", "Criteria"]
    factories.make_sheet(version=own, counts={"all": (0, 0, 2, 4, 2)}, number=6)
    assert missing_for_submission(own) == []
    assert warnings_for_submission(own) == []
    record_scorecard_meeting(
        scorecard=own.scorecard, client_id=uuid4(), held_on=date(2026, 6, 1),
        attendance={"provider": {"total": 9}}, by=person,
    )  # fmt: skip
    assert said(missing_for_submission(own)) == [("Groups and people who came differ", "8, but 9 came")]


# --- Worth a look ---------------------------------------------------------------------------------


def test_an_ordinary_scorecard_has_nothing_worth_a_look(complete):
    assert warnings_for_submission(complete) == []


def test_absent_people_small_groups_and_few_criteria_are_worth_a_look(draft, person):
    counts = {"women": (1, 1, 1, 0, 0), "men": (0, 0, 5, 5, 34)}
    factories.make_complete(version=draft, counts=counts, number=1)
    attendance = {"citizen": {"total": 47, "female": 0}}
    correct_meeting(meeting=draft.scorecard.meeting, by=person, attendance=attendance)
    assert [str(each) for each in warnings_for_submission(draft)] == [
        "No women · counted as nobody",
        "No young people · not counted",
        "1 criterion, not 5 or 6 · can be compared less well",
        "Women · fewer than 5: hidden outside the team",
    ]


def test_a_meeting_in_another_year_is_worth_a_look(complete, person):
    correct_meeting(meeting=complete.scorecard.meeting, by=person, held_on=date(2025, 12, 31))
    assert said(warnings_for_submission(complete)) == [("Meeting held in another year", "31\xa0Dec\xa02025")]


# --- Cost -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_however_many_criteria(draft, number, django_assert_num_queries):
    factories.make_complete(version=draft, number=number)
    with django_assert_num_queries(8):
        missing_for_submission(draft)
