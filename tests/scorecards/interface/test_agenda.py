import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from scorecards.interface.agenda import agenda_of, choices_of
from scorecards.interface.meeting import meeting_of
from scorecards.interface.point_page import point_page
from scorecards.models import InterfacePoint, ScorecardCriterion
from scorecards.operations.action_plans import delete_action_item
from scorecards.operations.interface import agree_on_point, park_point, set_agenda
from tests.factories import make_criteria, make_locked, make_scorecard, make_sheet, make_village
from tests.scorecards.plan_world import make_world, score
from tests.scorecards.round_world import make_world as make_round_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_world()
    score(world, (20, 10, 5, 3, 2))
    return world


def a_point(world, **fields) -> InterfacePoint:
    defaults = {
        "scoring_round": world.scoring_round, "provider": world.health_centre, "criterion": world.medicine,
        "order": 1, "recorded_at": timezone.now(), "recorded_by": world.facilitator,
    }  # fmt: skip
    return InterfacePoint.objects.create(**(defaults | fields))


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("interfacepoint_once", {}),
        ("interfacepoint_state_known", {"state": "lost", "order": 2}),
        ("interfacepoint_parked_has_note", {"state": "parked", "note": ""}),
    ],
)
def test_the_table_refuses(world, constraint, fields):
    if constraint == "interfacepoint_once":
        a_point(world)
    with transaction.atomic(), pytest.raises(IntegrityError) as broken:
        a_point(world, **fields)
    assert constraint in str(broken.value) or "UNIQUE" in str(broken.value)


def test_the_worst_are_proposed_first_and_at_most_five():
    world = make_round_world()
    card = make_scorecard(scoring_round=world.scoring_round, provider=world.provider)
    criteria = make_criteria(version=card.versions.get(), number=7)
    make_locked(scorecard=card, counts={"all": (10, 10, 0, 0, 0)}, number=7)

    (group,) = choices_of(agenda_of(world.scoring_round, world.person("facilitator")))
    assert [choice.criterion for choice in group.choices] == criteria
    assert [choice.is_chosen for choice in group.choices] == [True] * 5 + [False] * 2


def test_what_is_not_locked_is_not_on_the_wall():
    world = make_round_world()
    card = make_scorecard(scoring_round=world.scoring_round, provider=world.provider)
    make_sheet(version=card.versions.get())
    assert choices_of(agenda_of(world.scoring_round, world.person("facilitator"))) == []


def test_so_few_people_that_only_their_number_is_known_give_no_points():
    world = make_round_world()
    make_locked(
        scorecard=make_scorecard(scoring_round=world.scoring_round, provider=world.provider),
        counts={"all": (3, 0, 0, 0, 0)},
    )
    assert choices_of(agenda_of(world.scoring_round, world.person("facilitator"))) == []


def test_a_point_shows_both_sides_without_saying_where_it_was_said(world):
    version = score(world, (0, 0, 0, 4, 4), sitting=2)
    ScorecardCriterion.objects.exclude(version=version).update(weaknesses="ថ្នាំអស់\nនៅចុងខែ", strengths="ល្អ")
    ScorecardCriterion.objects.filter(version=version).update(weaknesses="ថ្នាំអស់")
    (point,) = set_agenda(
        scoring_round=world.scoring_round,
        points=[(world.health_centre, world.medicine)],
        by=world.facilitator,
    )

    page = point_page(agenda_of(world.scoring_round, world.facilitator), point.pk)
    assert [said.text for said in page.citizens.weaknesses] == ["ថ្នាំអស់", "នៅចុងខែ"]
    assert [said.text for said in page.citizens.strengths] == ["ល្អ"]
    assert (page.citizens.people, page.provider.verdict, page.before, page.after) == (48, None, None, None)
    assert point_page(page.agenda, point.pk + 1) is None


def test_an_action_deleted_in_the_plan_leaves_its_point_open(world):
    (point,) = set_agenda(
        scoring_round=world.scoring_round,
        points=[(world.health_centre, world.medicine)],
        by=world.facilitator,
    )
    item = agree_on_point(point=point, fields={"activity_km": "ក"}, base_revision=0, by=world.facilitator)
    assert agenda_of(world.scoring_round, world.facilitator).points[0].is_agreed
    delete_action_item(item=item, by=world.facilitator)
    assert agenda_of(world.scoring_round, world.facilitator).points[0].is_open
    park_point(point=point, note="ក", base_revision=1, by=world.facilitator)
    assert agenda_of(world.scoring_round, world.facilitator).points[0].is_parked


def test_months_go_from_the_meeting_to_the_end_of_the_plan(world):
    world.scoring_round.interface_on = timezone.datetime(2026, 11, 17).date()
    months = meeting_of(world.scoring_round, world.facilitator).months
    assert (len(months), months[0].isoformat(), months[-1].isoformat()) == (14, "2026-11-01", "2027-12-01")


def test_the_agenda_costs_the_same_for_any_number_of_points(django_assert_num_queries):
    world = make_round_world()
    reader = world.person("facilitator")
    for number in (1, 2):
        village = make_village(commune=world.commune, number=number)
        card = make_scorecard(scoring_round=world.scoring_round, provider=world.provider, village=village)
        make_locked(scorecard=card, number=number * 2)
        agenda = agenda_of(world.scoring_round, reader)
        points = [
            (choice.provider, choice.criterion) for group in choices_of(agenda) for choice in group.choices
        ]
        set_agenda(scoring_round=world.scoring_round, points=points, by=reader)
        del reader.assignments_today
        with django_assert_num_queries(AGENDA_QUERIES):
            assert len(agenda_of(world.scoring_round, reader).points) == len(points)


# Of the community's versions and of the self-assessment with their parts, the points, the actions, the roles.
AGENDA_QUERIES = 11
