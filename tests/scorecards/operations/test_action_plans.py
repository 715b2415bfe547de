"""Drafting a plan: who is refused, what becomes of it, what the trail keeps."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from communities.models import Catchment
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import TextTooLong
from scorecards.models import ActionPlan, Criterion, Round
from scorecards.operations.action_plans import (
    NotDraftable,
    NotEditable,
    PlanExists,
    delete_action_item,
    draft_action_plan,
    move_action_item,
    put_action_item,
    restore_action_item,
)
from scorecards.operations.item_fitness import UnfitItem
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import (
    external,
    internal,
    make_commune,
    make_full_plan,
    make_interface_meeting,
    make_plan,
    make_provider,
    make_world,
    put,
    trail,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_plan(world)


def other_round(world, **changes) -> Round:
    fields = {
        "programme": world.programme, "organisation": world.organisation, "commune": world.commune, "year": 2027,
        "opened_at": timezone.now(), "opened_by": world.facilitator,
    }  # fmt: skip
    return Round.objects.create(**(fields | changes))


class TestDrafting:
    def test_another_round_is_refused_the_same_year(self, world, plan):
        with override("en"), pytest.raises(PlanExists) as refusal:
            draft_action_plan(scoring_round=other_round(world), plan_year=2027, by=world.facilitator)
        assert refusal.value.plan == plan
        assert "2027" in str(refusal.value)

    def test_a_closed_round_is_refused(self, world):
        closed = other_round(world, status="closed", closed_at=timezone.now(), closed_by=world.clerk)
        with pytest.raises(NotDraftable):
            draft_action_plan(scoring_round=closed, by=world.facilitator)

    @pytest.mark.parametrize("year", [2025, 2030, 10**9])
    def test_a_year_far_from_the_round_is_refused(self, world, year):
        with pytest.raises(NotDraftable):
            draft_action_plan(scoring_round=world.scoring_round, plan_year=year, by=world.facilitator)

    def test_a_meeting_of_another_commune_is_refused(self, world):
        meeting = make_interface_meeting(world)
        meeting.commune = make_commune(code="000102")
        meeting.save()
        with pytest.raises(NotDraftable):
            draft_action_plan(scoring_round=world.scoring_round, meeting=meeting, by=world.facilitator)

    def test_the_plan_is_for_the_year_after_the_round(self, world, plan):
        assert (plan.commune, plan.plan_year, plan.status) == (world.commune, 2027, "draft")
        assert plan.meeting is None
        assert trail() == ["plan.drafted"]

    def test_the_interface_meeting_that_was_held_is_its_meeting(self, world):
        make_interface_meeting(world, held_on=date(2026, 7, 30), status="planned")
        held = make_interface_meeting(world)
        assert make_plan(world).meeting == held

    def test_the_same_round_asked_twice_answers_the_same_plan(self, world, plan):
        assert make_plan(world) == plan
        assert ActionPlan.objects.count() == 1
        assert trail() == ["plan.drafted"]


class TestAnAction:
    def test_a_plan_with_the_council_is_refused(self, world):
        plan = make_full_plan(world)
        submit_action_plan(plan=plan, by=world.facilitator)
        item = plan.items.first()
        for change in (
            lambda: put(plan, external()),
            lambda: put(plan, external(), item=item),
            lambda: move_action_item(item=item, step=1, by=world.facilitator),
            lambda: delete_action_item(item=item, by=world.facilitator),
            lambda: restore_action_item(item=item, by=world.facilitator),
        ):
            with pytest.raises(NotEditable):
                change()

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"activity_km": "  "}, "activity_km"),
            ({"activity_km": None}, "activity_km"),
            ({"starts_on": date(2027, 12, 1)}, "ends_on"),
            ({"beneficiaries_count": 10, "female_count": 11}, "female_count"),
            ({"beneficiaries_count": 2**40}, "beneficiaries_count"),
            ({"cost_riel": -1}, "cost_riel"),
            ({"cost_riel": 2**70}, "cost_riel"),
            ({"quantity": Decimal("1.234")}, "quantity"),
            ({"quantity": Decimal("12345678901234")}, "quantity"),
            ({"section": "elsewhere"}, "section"),
            ({"section": ""}, "section"),
            ({"route": "heaven"}, "route"),
            ({"priority": "utmost"}, "priority"),
            ({"section": "internal", "provider": None}, "provider"),
        ],
    )
    def test_what_cannot_be_is_refused_and_names_its_field(self, plan, changes, field):
        with pytest.raises(UnfitItem) as refusal:
            put(plan, external(**changes))
        assert refusal.value.field == field
        assert not plan.items.exists()
        assert trail() == ["plan.drafted"]

    def test_a_text_too_long_is_refused_in_either_language(self, plan):
        for field, length in (("activity_km", 401), ("activity_en", 401), ("lead_km", 161)):
            with pytest.raises(TextTooLong):
                put(plan, external(**{field: "ក" * length}))

    def test_a_provider_of_elsewhere_is_refused(self, plan):
        stranger = make_provider("HC", "មណ្ឌលឆ្ងាយ", "Far centre", make_commune(code="000102"))
        with pytest.raises(UnfitItem) as refusal:
            put(plan, internal(stranger))
        assert refusal.value.field == "provider"

    def test_a_centre_of_the_neighbours_that_serves_the_commune_is_taken(self, world, plan):
        neighbour = make_provider(
            "HC", "មណ្ឌលជិតខាង", "Near centre", make_commune(code="000102"), world.commune
        )
        item = put(plan, internal(neighbour))
        Catchment.objects.filter(provider=neighbour).update(served_to=date(2020, 1, 1))
        # What was agreed while it served the commune can still be written on.
        assert put(plan, {"lead_km": "ប្រធានមណ្ឌល"}, item=item).lead_km == "ប្រធានមណ្ឌល"

    def test_an_unknown_field_is_a_slip_of_ours(self, plan):
        with pytest.raises(TypeError):
            put(plan, external(deleted_at=timezone.now()))

    def test_it_is_added_with_what_is_known(self, world, plan):
        item = put(plan, {"section": "external", "activity_km": " ស្ថាបនា\x00លូ "})
        item.refresh_from_db()
        assert (item.activity_km, item.cost_riel, item.order) == ("ស្ថាបនាលូ", None, 1)
        plan.refresh_from_db()
        assert plan.revision == 1
        assert trail() == ["plan.drafted", "item.added"]

    def test_zero_costs_nothing_and_blank_is_unknown(self, plan):
        free, unknown = put(plan, external(cost_riel=0)), put(plan, external(cost_riel=None))
        free.refresh_from_db()
        unknown.refresh_from_db()
        assert (free.cost_riel, unknown.cost_riel) == (0, None)

    def test_a_known_cost_takes_the_tick_back(self, plan):
        item = put(plan, external(cost_riel=None, is_cost_to_be_estimated=True))
        assert item.is_cost_to_be_estimated
        assert not put(plan, {"cost_riel": 5}, item=item).is_cost_to_be_estimated

    def test_a_choice_emptied_is_kept_empty(self, plan):
        item = put(plan, external(route=None, priority=None, is_cost_to_be_estimated=None))
        item.refresh_from_db()
        assert (item.route, item.priority, item.is_cost_to_be_estimated) == ("", "", False)

    def test_a_provider_asks_nobody(self, world, plan):
        item = put(plan, external(route="district"))
        moved = put(plan, {"section": "internal", "provider": world.school}, item=item)
        assert moved.route == ""

    def test_what_is_left_out_stays(self, plan):
        item = put(plan, external())
        put(plan, {"activity_en": "Build it"}, item=item)
        item.refresh_from_db()
        assert (item.activity_km, item.activity_en, item.cost_riel) == (
            "ស្ថាបនាប្រព័ន្ធលូ",
            "Build it",
            48_000_000,
        )
        assert trail()[-1] == "item.changed"

    def test_any_day_of_a_month_becomes_its_first(self, plan):
        assert put(plan, external(ends_on=date(2027, 11, 30))).ends_on == date(2027, 11, 1)


class TestScoresBehind:
    def test_a_score_of_another_commune_or_service_is_refused(self, world, plan):
        elsewhere = other_round(world, commune=make_commune(code="000102"))
        for source in (
            (elsewhere, world.health_centre, world.medicine),
            (world.scoring_round, world.school, world.medicine),
        ):
            with pytest.raises(UnfitItem):
                put(plan, external(), sources=[source])
        assert not plan.items.exists()

    def test_they_are_kept_once_and_replaced(self, world, plan):
        source = (world.scoring_round, world.health_centre, world.medicine)
        item = put(plan, external(), sources=[source, source])
        assert item.sources.count() == 1
        put(plan, {"lead_km": "ក"}, item=item)
        assert item.sources.count() == 1
        water = Criterion.objects.create(service_type=world.health_centre.service_type, text_km="ទឹក")
        put(plan, {}, item=item, sources=[(world.scoring_round, world.health_centre, water)])
        assert [each.criterion for each in item.sources.all()] == [water]
        put(plan, {}, item=item, sources=[])
        assert not item.sources.exists()


class TestOrder:
    def test_it_counts_within_section_and_provider(self, world, plan):
        rows = [
            external(),
            external(),
            internal(world.school),
            internal(world.health_centre),
            internal(world.school),
        ]
        assert [put(plan, row).order for row in rows] == [1, 2, 1, 1, 2]

    def test_an_action_moves_among_its_own(self, world, plan):
        first, second, third = (put(plan, external()) for _ in range(3))
        put(plan, internal(world.school))
        move_action_item(item=third, step=-1, by=world.facilitator)
        assert in_order(plan) == [first.pk, third.pk, second.pk]
        move_action_item(item=first, step=1, by=world.facilitator)
        assert in_order(plan) == [third.pk, first.pk, second.pk]
        assert trail()[-1] == "item.moved"

    def test_beyond_the_end_nothing_happens(self, world, plan):
        first, last = put(plan, external()), put(plan, external())
        move_action_item(item=first, step=-1, by=world.facilitator)
        move_action_item(item=last, step=1, by=world.facilitator)
        assert in_order(plan) == [first.pk, last.pk]
        assert "item.moved" not in trail()

    def test_in_another_section_it_stands_last(self, world, plan):
        put(plan, internal(world.school))
        item = put(plan, external())
        assert put(plan, {"section": "internal", "provider": world.school}, item=item).order == 2


def in_order(plan) -> list[int]:
    rows = plan.items.kept().filter(section="external").order_by("order", "pk")
    return list(rows.values_list("pk", flat=True))


class TestDeleting:
    def test_a_deleted_action_is_neither_changed_nor_moved(self, world, plan):
        item = delete_action_item(item=put(plan, external()), by=world.facilitator)
        for change in (
            lambda: put(plan, {"lead_km": "ក"}, item=item),
            lambda: move_action_item(item=item, step=1, by=world.facilitator),
            lambda: delete_action_item(item=item, by=world.facilitator),
        ):
            with pytest.raises(NotEditable):
                change()

    def test_after_thirty_days_it_is_not_restored(self, world, plan):
        item = delete_action_item(item=put(plan, external()), by=world.facilitator)
        with time_machine.travel(timezone.now() + timedelta(days=31)), pytest.raises(NotEditable):
            restore_action_item(item=item, by=world.facilitator)

    def test_within_thirty_days_it_comes_back_to_its_place(self, world, plan):
        first, second, third = (put(plan, external()) for _ in range(3))
        delete_action_item(item=second, by=world.clerk)
        assert in_order(plan) == [first.pk, third.pk]
        with time_machine.travel(timezone.now() + timedelta(days=29)):
            restored = restore_action_item(item=second, by=world.facilitator)
        assert (restored.deleted_at, restored.deleted_by) == (None, None)
        assert in_order(plan) == [first.pk, second.pk, third.pk]
        assert trail()[-2:] == ["item.deleted", "item.restored"]

    def test_restoring_what_stands_changes_nothing(self, world, plan):
        item = put(plan, external())
        restore_action_item(item=item, by=world.facilitator)
        assert trail()[-1] == "item.added"


def test_every_refusal_is_one_that_a_page_can_show():
    assert all(issubclass(kind, Refused) for kind in (PlanExists, NotDraftable, NotEditable, UnfitItem))


def test_an_action_of_another_plan_is_not_found(world, plan):
    item = put(plan, external())
    other = draft_action_plan(scoring_round=other_round(world), by=world.facilitator)
    with pytest.raises(type(item).DoesNotExist):
        put_action_item(plan=other, fields={"lead_km": "ក"}, item=item, by=world.facilitator)
