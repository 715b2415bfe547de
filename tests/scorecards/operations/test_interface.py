import pytest

from accounts.models import AuditEvent
from scorecards.models import ActionItem, ActionPlan, InterfacePoint, ItemSource
from scorecards.operations.action_plans import NotEditable, delete_action_item
from scorecards.operations.interface import (
    NotInSession,
    PaperEntry,
    PointMoved,
    UnfitAgenda,
    UnfitEntry,
    agree_on_point,
    park_point,
    record_from_paper,
    reopen_point,
    set_agenda,
)
from scorecards.operations.item_fitness import UnfitItem
from scorecards.operations.plan_submission import submit_action_plan
from tests.factories import make_criterion
from tests.scorecards.plan_world import World, make_full_plan, make_world, score, trail

pytestmark = pytest.mark.django_db
LIST = {"activity_km": "បិទផ្សាយបញ្ជីថ្នាំ", "lead_km": "ប្រធានមណ្ឌល"}


@pytest.fixture
def world() -> World:
    world = make_world()
    score(world, (20, 10, 5, 3, 2))
    return world


def agenda(world: World, *criteria) -> list[InterfacePoint]:
    points = [(world.health_centre, criterion) for criterion in (world.medicine, *criteria)]
    return set_agenda(scoring_round=world.scoring_round, points=points, by=world.facilitator)


def agree(point: InterfacePoint, world: World, *, seen: int = 0, **fields) -> ActionItem:
    return agree_on_point(point=point, fields=LIST | fields, base_revision=seen, by=world.facilitator)


# --- The agenda -----------------------------------------------------------------------------------


def test_only_what_was_scored_can_be_talked_about(world):
    strange = make_criterion(service=world.school.service_type)
    for provider, criterion in ((world.school, strange), (world.health_centre, strange)):
        with pytest.raises(UnfitAgenda):
            set_agenda(
                scoring_round=world.scoring_round, points=[(provider, criterion)], by=world.facilitator
            )
    too_many = [make_criterion(service=world.health_centre.service_type) for _ in range(200)]
    with pytest.raises(UnfitAgenda):
        agenda(world, *too_many)


def test_an_agenda_is_set_and_set_again(world):
    staff = make_criterion(service=world.health_centre.service_type)
    first, second = agenda(world, staff)
    (kept,) = agenda(world)

    assert (first.order, second.order, kept.pk) == (1, 2, first.pk)
    assert list(InterfacePoint.objects.values_list("pk", flat=True)) == [first.pk]
    assert trail() == ["agenda.set"] * 2
    assert AuditEvent.objects.latest("pk").detail == {"points": 1}


def test_what_was_settled_cannot_be_left_out(world):
    staff, water = (make_criterion(service=world.health_centre.service_type) for _ in range(2))
    agreed, parked, _open = agenda(world, staff, water)
    agree(agreed, world)
    park_point(point=parked, note="រង់ចាំថវិកា", base_revision=0, by=world.facilitator)

    for left in (staff, world.medicine):
        with pytest.raises(UnfitAgenda):
            set_agenda(
                scoring_round=world.scoring_round, points=[(world.health_centre, left)], by=world.facilitator
            )
    assert InterfacePoint.objects.count() == 3


def test_a_closed_round_takes_nothing(world):
    (point,) = agenda(world)
    type(world.scoring_round).objects.update(
        status="closed", closed_at=point.recorded_at, closed_by=world.clerk
    )
    with pytest.raises(NotInSession):
        agenda(world)
    with pytest.raises(NotInSession):
        agree(point, world)
    with pytest.raises(NotInSession):
        park_point(point=point, note="ក", base_revision=0, by=world.facilitator)


# --- Agreeing -------------------------------------------------------------------------------------


def test_an_action_without_khmer_is_refused_and_leaves_nothing(world):
    (point,) = agenda(world)
    with pytest.raises(UnfitItem):
        agree(point, world, activity_km="  ")
    with pytest.raises(TypeError):
        agree(point, world, cost_riel=5)
    assert not ActionPlan.objects.exists()


def test_nothing_is_agreed_while_the_council_has_the_plan(world):
    plan = make_full_plan(world)
    submit_action_plan(plan=plan, by=world.facilitator)
    (point,) = agenda(world)
    with pytest.raises(NotEditable):
        agree(point, world)


def test_what_is_agreed_stands_in_the_draft_of_the_plan(world):
    (point,) = agenda(world)
    item = agree(point, world)
    second = agree(point, world, seen=1, section="external", route="district")

    point.refresh_from_db()
    assert (point.state, point.revision) == ("agreed", 2)
    assert (item.section, item.provider, item.lead_km) == ("internal", world.health_centre, "ប្រធានមណ្ឌល")
    assert (second.section, second.provider, second.route) == ("external", None, "district")
    assert item.plan == second.plan == ActionPlan.objects.get(plan_year=2027)
    assert [
        (source.item, source.provider, source.criterion) for source in ItemSource.objects.order_by("pk")
    ] == [(each, world.health_centre, world.medicine) for each in (item, second)]
    assert trail() == [
        "agenda.set", "plan.drafted", "item.added", "point.agreed", "item.added", "point.agreed",
    ]  # fmt: skip


def test_another_round_of_the_commune_feeds_the_same_plan(world):
    other = type(world.scoring_round).objects.create(
        programme=type(world.programme).objects.create(name_km="ផ្សេង", first_year=2025),
        organisation=world.organisation, commune=world.commune, year=2026, opened_at=world.scoring_round.opened_at,
        opened_by=world.facilitator,
    )  # fmt: skip
    plan = ActionPlan.objects.create(
        commune=world.commune, plan_year=2027, scoring_round=other, drafted_at=other.opened_at,
        drafted_by=world.facilitator,
    )  # fmt: skip
    (point,) = agenda(world)
    assert agree(point, world).plan == plan


def test_of_two_people_the_second_is_told_what_the_first_wrote(world):
    (point,) = agenda(world)
    agree(point, world)
    with pytest.raises(PointMoved):
        agree(point, world, activity_km="ផ្សេង")
    with pytest.raises(PointMoved):
        park_point(point=point, note="រង់ចាំ", base_revision=0, by=world.facilitator)
    with pytest.raises(PointMoved):
        reopen_point(point=point, base_revision=0, by=world.facilitator)
    assert ActionItem.objects.count() == 1


def test_a_point_that_left_the_agenda_takes_nothing(world):
    staff = make_criterion(service=world.health_centre.service_type)
    _first, second = agenda(world, staff)
    agenda(world)
    with pytest.raises(NotInSession):
        agree(second, world)


# --- Parking --------------------------------------------------------------------------------------


def test_a_point_is_parked_with_a_note_and_taken_up_again(world):
    (point,) = agenda(world)
    with pytest.raises(NotInSession):
        park_point(point=point, note=" \x00 ", base_revision=0, by=world.facilitator)
    park_point(point=point, note="រង់ចាំថវិកា", base_revision=0, by=world.facilitator)
    reopened = reopen_point(point=point, base_revision=1, by=world.facilitator)
    assert (reopened.state, reopened.note, reopened.revision) == ("open", "រង់ចាំថវិកា", 2)
    assert reopen_point(point=point, base_revision=2, by=world.facilitator).revision == 2

    agree(point, world, seen=2)
    point.refresh_from_db()
    assert (point.state, point.note) == ("agreed", "")
    assert trail()[:3] == ["agenda.set", "point.parked", "point.reopened"]


def test_what_was_agreed_is_not_parked_until_it_left_the_plan(world):
    (point,) = agenda(world)
    item = agree(point, world)
    with pytest.raises(NotInSession):
        park_point(point=point, note="រង់ចាំ", base_revision=1, by=world.facilitator)
    delete_action_item(item=item, by=world.facilitator)
    assert park_point(point=point, note="រង់ចាំ", base_revision=1, by=world.facilitator).state == "parked"


# --- From paper -----------------------------------------------------------------------------------


def test_what_is_on_paper_is_kept_whole_or_not_at_all(world):
    staff = make_criterion(service=world.health_centre.service_type)
    first, second = agenda(world, staff)
    entries = [
        PaperEntry(first, 0, ({"activity_km": "មួយ"}, {"activity_km": "ពីរ"})),
        PaperEntry(second, 7, note="រង់ចាំ"),
    ]
    with pytest.raises(UnfitEntry) as refused:
        record_from_paper(scoring_round=world.scoring_round, entries=entries, by=world.facilitator)
    assert (refused.value.point, refused.value.field) == (second, "note")
    assert not ActionItem.objects.exists()

    entries[1] = PaperEntry(second, 0, note="រង់ចាំ")
    count = record_from_paper(scoring_round=world.scoring_round, entries=entries, by=world.facilitator)
    assert count == 2
    assert list(ActionItem.objects.order_by("pk").values_list("activity_km", flat=True)) == ["មួយ", "ពីរ"]
    assert list(InterfacePoint.objects.order_by("order").values_list("state", "revision")) == [
        ("agreed", 2), ("parked", 1),
    ]  # fmt: skip


def test_a_refused_line_of_paper_names_its_place(world):
    (point,) = agenda(world)
    entry = PaperEntry(point, 0, ({"activity_km": "មួយ"}, {"activity_km": "x" * 401}))
    with pytest.raises(UnfitEntry) as refused:
        record_from_paper(scoring_round=world.scoring_round, entries=[entry], by=world.facilitator)
    assert (refused.value.point, refused.value.number) == (point, 1)
