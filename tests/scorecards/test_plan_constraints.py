"""What the database refuses about plans, the council and documents, one case for each named constraint."""

import uuid
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    DecisionConfirmation,
    Document,
    ItemSource,
    PlanReading,
    PlanRemark,
    PlanVersion,
    Scan,
)
from tests.scorecards.plan_world import World, make_plan, make_world

pytestmark = pytest.mark.django_db

HASH = "0f" * 32


def assert_refused(constraint, model, *, or_else="", **row):
    """The row is refused and, where the engine names it, by this constraint.

    `or_else` is another that the row cannot help breaking too; which of the two is named is the engine's choice.
    """
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.create(**row)
    words = str(refusal.value)
    names = [name for name in (constraint, or_else, "violates not-null constraint") if name]
    assert any(name in words for name in names) or words.startswith(
        ("UNIQUE constraint", "NOT NULL constraint")
    )


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def plan_row(world):
    return {
        "commune": world.commune, "plan_year": 2027, "scoring_round": world.scoring_round,
        "drafted_at": timezone.now(), "drafted_by": world.facilitator,
    }  # fmt: skip


@pytest.fixture
def item_row(world):
    return {"plan": make_plan(world), "section": "external", "activity_km": "ស្ថាបនាលូ"}


@pytest.fixture
def version(world):
    return PlanVersion.objects.create(
        plan=make_plan(world),
        number=1,
        content={},
        sha256=HASH,
        frozen_at=timezone.now(),
        frozen_by=world.facilitator,
    )


@pytest.fixture
def decision_row(world, version):
    return {
        "plan_version": version, "session_number": "07", "held_on": date(2026, 8, 1), "present_count": 6,
        "council_size": 7, "outcome": "approve", "recorded_at": timezone.now(), "recorded_by": world.clerk,
    }  # fmt: skip


def test_a_commune_has_one_plan_a_year(plan_row):
    ActionPlan.objects.create(**plan_row)
    assert_refused("actionplan_one_per_commune_and_year", ActionPlan, **plan_row)


def test_the_status_of_a_plan_agrees_with_its_times(world, plan_row):
    now, by = timezone.now(), world.chief
    assert_refused(
        "actionplan_status_known",
        ActionPlan,
        **plan_row,
        status="lost",
        or_else="actionplan_status_has_its_time",
    )
    assert_refused("actionplan_drafted_at_with_by", ActionPlan, **(plan_row | {"drafted_by": None}))
    assert_refused("actionplan_submitted_at_with_by", ActionPlan, **plan_row, submitted_at=now)
    assert_refused("actionplan_returned_at_with_by", ActionPlan, **plan_row, returned_at=now)
    assert_refused("actionplan_approved_at_with_by", ActionPlan, **plan_row, approved_by=by)
    assert_refused("actionplan_closed_at_with_by", ActionPlan, **plan_row, closed_at=now)
    for status in ("submitted", "returned", "approved", "closed"):
        row = plan_row | {"status": status, "return_reason": "ខ្វះ"}
        assert_refused("actionplan_status_has_its_time", ActionPlan, **row)
    assert_refused("actionplan_status_has_its_time", ActionPlan, **plan_row, approved_at=now, approved_by=by)
    assert_refused(
        "actionplan_returned_has_reason",
        ActionPlan,
        **plan_row,
        status="returned",
        returned_at=now,
        returned_by=by,
    )


def test_an_action_says_what_in_khmer_and_who_answers_for_it(item_row):
    assert_refused("actionitem_activity_has_khmer", ActionItem, **(item_row | {"activity_km": ""}))
    assert_refused(
        "actionitem_section_known", ActionItem,
        **(item_row | {"section": "other"}), or_else="actionitem_section_has_its_partner",
    )  # fmt: skip
    assert_refused("actionitem_section_has_its_partner", ActionItem, **(item_row | {"section": "internal"}))
    assert_refused("actionitem_route_known", ActionItem, **item_row, route="heaven")
    assert_refused("actionitem_priority_known", ActionItem, **item_row, priority="utmost")


def test_a_provider_that_acts_itself_asks_nobody(world, item_row):
    row = item_row | {"section": "internal", "provider": world.school, "route": "commune"}
    assert_refused("actionitem_section_has_its_partner", ActionItem, **row)


def test_months_counts_and_money_of_an_action_are_possible(item_row):
    assert_refused(
        "actionitem_starts_on_not_after_ends_on", ActionItem,
        **item_row, starts_on=date(2027, 5, 1), ends_on=date(2027, 4, 1),
    )  # fmt: skip
    assert_refused("actionitem_months_are_first_days", ActionItem, **item_row, ends_on=date(2027, 4, 2))
    assert_refused(
        "actionitem_female_not_above_beneficiaries",
        ActionItem,
        **item_row,
        beneficiaries_count=3,
        female_count=4,
    )
    assert_refused("actionitem_cost_not_negative", ActionItem, **item_row, cost_riel=-1)
    assert_refused("actionitem_quantity_not_negative", ActionItem, **item_row, quantity=-1)


def test_an_action_keeps_who_deleted_or_left_it_out(item_row):
    assert_refused("actionitem_deleted_at_with_by", ActionItem, **item_row, deleted_at=timezone.now())
    assert_refused("actionitem_left_out_at_with_by", ActionItem, **item_row, left_out_at=timezone.now())


def test_an_action_is_carried_from_another_one(item_row):
    item = ActionItem.objects.create(**item_row)
    with pytest.raises(IntegrityError, match="actionitem_not_carried_from_itself"), transaction.atomic():
        ActionItem.objects.filter(pk=item.pk).update(carried_from=item)
    ActionItem.objects.create(**item_row, carried_from=item)
    assert_refused("carried_from", ActionItem, **item_row, carried_from=item)


def test_a_score_stands_behind_an_action_once(world, item_row):
    row = {
        "item": ActionItem.objects.create(**item_row), "scoring_round": world.scoring_round,
        "provider": world.health_centre, "criterion": world.medicine,
    }  # fmt: skip
    ItemSource.objects.create(**row)
    assert_refused("itemsource_once", ItemSource, **row)


def test_a_version_has_its_number_and_its_hash(world, version):
    row = {
        "plan": version.plan, "content": {}, "sha256": HASH, "frozen_at": timezone.now(),
        "frozen_by": world.facilitator,
    }  # fmt: skip
    assert_refused("planversion_number_once", PlanVersion, **row, number=1)
    assert_refused("planversion_number_from_one", PlanVersion, **row, number=0)
    for broken in ("", HASH[:-1], HASH.upper()):
        assert_refused("planversion_has_hash", PlanVersion, **(row | {"sha256": broken}), number=2)


def test_a_remark_says_something_in_a_language(world, version):
    row = {"plan_version": version, "remarked_at": timezone.now(), "remarked_by": world.chief}
    assert_refused("planremark_has_text", PlanRemark, **row, text="")
    assert_refused("planremark_text_language_known", PlanRemark, **row, text="?", text_language="fr")


def test_a_reading_mark_is_made_once(world, version, item_row):
    row = {
        "plan_version": version, "item": ActionItem.objects.create(**item_row), "read_at": timezone.now(),
        "read_by": world.chief,
    }  # fmt: skip
    PlanReading.objects.create(**row)
    assert_refused("planreading_once", PlanReading, **row)


def test_a_decision_is_what_minutes_can_say(decision_row):
    assert_refused(
        "councildecision_outcome_known",
        CouncilDecision,
        **(decision_row | {"outcome": "perhaps", "reason": "?"}),
    )
    assert_refused(
        "councildecision_has_session_number", CouncilDecision, **(decision_row | {"session_number": ""})
    )
    for present in (0, 8):
        assert_refused(
            "councildecision_present_possible", CouncilDecision, **(decision_row | {"present_count": present})
        )
    assert_refused(
        "councildecision_women_not_above_present", CouncilDecision, **decision_row, present_female_count=7
    )
    for outcome in ("return", "approve_except"):
        assert_refused(
            "councildecision_not_plain_has_reason", CouncilDecision, **(decision_row | {"outcome": outcome})
        )


def test_a_version_is_decided_once_and_confirmed_once_by_each(world, decision_row):
    decision = CouncilDecision.objects.create(**decision_row)
    assert_refused("councildecision_one_per_version", CouncilDecision, **decision_row)
    row = {"decision": decision, "confirmed_at": timezone.now(), "confirmed_by": world.chief}
    DecisionConfirmation.objects.create(**row)
    assert_refused("decisionconfirmation_once", DecisionConfirmation, **row)


def test_a_scan_is_somebodys_and_kept_once(world, decision_row):
    client_id = uuid.uuid4()
    row = {
        "decision": CouncilDecision.objects.create(**decision_row), "name": "a.pdf", "content_type": "application/pdf",
        "size": 1, "sha256": HASH, "uploaded_at": timezone.now(), "uploaded_by": world.clerk,
    }  # fmt: skip
    Scan.objects.create(**row, client_id=client_id)
    assert_refused("client_id", Scan, **row, client_id=client_id)
    assert_refused("scan_uploaded_at_with_by", Scan, **(row | {"uploaded_by": None}))


def test_a_document_is_one_a_kind_version_language_and_issue(world, version):
    row = {
        "plan_version": version, "kind": "jaap", "language": "km", "requested_at": timezone.now(),
        "requested_by": world.clerk,
    }  # fmt: skip
    Document.objects.create(**row)
    assert_refused("document_issue_once", Document, **row)
    assert_refused("document_language_known", Document, **(row | {"language": "fr"}))
    other = row | {"issue": 2}
    assert_refused("document_state_known", Document, **other, state="lost")
    assert_refused("document_running_has_lease", Document, **other, state="running")
    for lacking in ({}, {"file": "x.pdf"}, {"file": "x.pdf", "sha256": HASH}):
        assert_refused("document_ready_has_file", Document, **other, state="ready", **lacking)
