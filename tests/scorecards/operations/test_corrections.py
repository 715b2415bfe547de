"""A word of an approved plan is put right without a new session; the paper lists it, the decision stands."""

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from isaf_portal.lib.texts import TextTooLong
from scorecards.models import CouncilDecision, Document, PlanReading
from scorecards.operations.corrections import NotClerical, correct_clerically
from scorecards.operations.council import confirm_council_decision, mark_item_read, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.plans.content import items
from tests.scorecards.plan_world import make_full_plan, make_world, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    plan = make_full_plan(world)
    put(plan, {"unit_km": "ម៉ែត", "location_km": "ភូមិ១"}, item=plan.items.order_by("pk").first())
    return plan


@pytest.fixture
def version(world, plan):
    return submit_action_plan(plan=plan, by=world.facilitator)


@pytest.fixture
def item(plan):
    return plan.items.order_by("pk").first()


@pytest.fixture
def approved(world, version):
    decision = record_council_decision(
        plan_version=version, session_number="8/2026", held_on=timezone.localdate(), present_count=5,
        council_size=7, outcome="approve", by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)
    return version


def correct(world, item, values=None, reason="ខុសអក្ខរាវិរុទ្ធ"):
    values = {"unit": "ម៉ែត្រ"} if values is None else values
    return correct_clerically(item=item, values=values, reason=reason, by=world.clerk)


def test_nothing_is_corrected_before_the_council_has_decided(world, plan, item):
    with pytest.raises(NotClerical):
        correct(world, item)
    submit_action_plan(plan=plan, by=world.facilitator)
    with pytest.raises(NotClerical):
        correct(world, item)


def test_money_dates_lead_and_activity_are_for_the_council(world, approved, item):
    for field in ("cost_riel", "starts_on", "lead", "activity"):
        with pytest.raises(TypeError):
            correct(world, item, {field: "1"})


def test_a_correction_without_reason_change_or_word_is_refused(world, approved, item):
    for values, reason in (
        ({"unit": "ម៉ែត្រ"}, " "), ({"unit": "ម៉ែត"}, "ខុស"), ({"unit": ""}, "ខុស"), ({}, "ខុស"),
    ):  # fmt: skip
        with pytest.raises(NotClerical):
            correct(world, item, values, reason)
    with pytest.raises(TextTooLong):
        correct(world, item, {"unit": "ក" * 61})
    assert approved.plan.versions.count() == 1


def test_an_action_that_the_council_left_out_is_not_corrected(world, approved, item):
    item.left_out_at, item.left_out_by = timezone.now(), world.chief
    item.save()
    with pytest.raises(NotClerical):
        correct(world, item)


def test_the_next_version_says_the_word_and_lists_every_correction(world, approved, item):
    correct(world, item)
    third = correct(world, item, {"location": "ភូមិ ១", "unit": "ម៉ែត្រ"})
    assert third.number == 3
    first = next(items(third.content))
    assert (first["unit"]["km"], first["location"]["km"]) == ("ម៉ែត្រ", "ភូមិ ១")
    today = timezone.localdate().isoformat()
    assert [(each["row"], each["note"]["en"], each["on"]) for each in third.content["corrections"]] == [
        ("ក.1", "unit: “ម៉ែត” → “ម៉ែត្រ”", today), ("ក.1", "location: “ភូមិ១” → “ភូមិ ១”", today),
    ]  # fmt: skip
    approved.refresh_from_db()
    assert approved.content["corrections"] == []


def test_the_decision_stands_and_new_papers_are_asked_for(world, approved, item):
    second = correct(world, item)
    approved.plan.refresh_from_db()
    assert approved.plan.status == "approved"
    assert CouncilDecision.objects.get().plan_version == approved
    assert Document.objects.filter(plan_version=second).count() == 5


def test_reading_marks_go_on_but_for_what_was_corrected(world, plan, approved, item):
    other = plan.items.order_by("pk").last()
    for each in (item, other):
        mark_item_read(plan_version=approved, item=each, is_read=True, by=world.chief)
    second = correct(world, item)
    assert [mark.item for mark in PlanReading.objects.filter(plan_version=second)] == [other]


def test_the_trail_names_the_field_and_no_word(world, approved, item):
    correct(world, item)
    event = AuditEvent.objects.get(verb="scorecards.item.corrected")
    assert (event.version, event.detail) == (2, {"plan": approved.plan_id, "fields": "unit"})
