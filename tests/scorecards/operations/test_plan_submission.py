"""A plan goes to the council: refused while it lacks something, then fixed for ever."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import AuditEvent
from scorecards.models import Document, PlanVersion
from scorecards.operations.council import return_action_plan
from scorecards.operations.documents import STORE_DOCUMENT
from scorecards.operations.plan_submission import NotToSubmit, submit_action_plan
from scorecards.plans.content import content_hash
from tests.scorecards.plan_world import (
    external,
    make_full_plan,
    make_interface_meeting,
    make_plan,
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
    return make_full_plan(world)


def submit(plan) -> PlanVersion:
    return submit_action_plan(plan=plan, by=plan.drafted_by)


def test_a_plan_that_lacks_something_is_refused_with_the_list(world):
    plan = make_plan(world)
    put(plan, external(lead_km=""))
    with override("en"), pytest.raises(NotToSubmit) as refusal:
        submit(plan)
    assert refusal.value.missing == ["A.1: It is not said who leads."]
    assert not PlanVersion.objects.exists()
    assert "plan.submitted" not in trail()


def test_a_plan_with_the_council_is_refused(plan):
    submit(plan)
    with pytest.raises(NotToSubmit):
        submit(plan)
    assert plan.versions.count() == 1


def test_a_returned_plan_that_says_the_same_is_refused(world, plan):
    return_action_plan(plan_version=submit(plan), reason="ខ្វះតម្លៃ", by=world.chief)
    with pytest.raises(NotToSubmit):
        submit(plan)
    assert plan.versions.count() == 1
    assert Document.objects.count() == 5


@time_machine.travel("2026-07-24 18:30+00:00", tick=False)
def test_the_content_is_fixed_with_its_hash_and_the_day_in_cambodia(plan):
    version = submit(plan)
    assert (version.number, version.sha256) == (1, content_hash(version.content))
    assert (version.content["version"], version.content["submitted_on"]) == (1, "2026-07-25")
    assert version.content["draft"] is False
    plan.refresh_from_db()
    assert (plan.status, plan.submitted_by, plan.revision) == ("submitted", plan.drafted_by, 4)


def test_the_next_version_leaves_the_first_as_it_was(world, plan):
    first = submit(plan)
    content = first.content
    return_action_plan(plan_version=first, reason="ខ្វះតម្លៃ", by=world.chief)
    plan.refresh_from_db()
    put(plan, {"cost_riel": 1}, item=plan.items.first())
    second = submit(plan)
    first.refresh_from_db()
    assert (second.number, first.content, first.sha256) == (2, content, content_hash(content))
    assert second.content["external"][0]["id"] == content["external"][0]["id"]


def test_a_meeting_recorded_after_the_draft_is_the_plans(world, plan):
    meeting = make_interface_meeting(world, held_on=date(2026, 7, 1))
    submit(plan)
    plan.refresh_from_db()
    assert plan.meeting == meeting


def test_its_papers_are_asked_for_and_the_worker_is_told_once_all_is_kept(
    plan, django_capture_on_commit_callbacks, sent_tasks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = submit(plan)
        assert sent_tasks() == []
    papers = version.documents.order_by("pk")
    assert [(each.kind, each.language, each.state) for each in papers] == [
        ("jaap", "km", "pending"),
        ("jaap", "en", "pending"),
        ("jaap", "km-en", "pending"),
        ("jaap_handout", "km", "pending"),
        ("jaap_handout", "en", "pending"),
    ]
    assert sent_tasks() == [(STORE_DOCUMENT, {"document_id": each.pk}) for each in papers]


def test_the_trail_says_who_submitted_which_version(plan):
    version = submit(plan)
    event = AuditEvent.objects.get(verb="scorecards.plan.submitted")
    assert (event.object_id, event.version, event.actor) == (str(plan.pk), version.number, plan.drafted_by_id)
    assert (event.area, event.detail) == ("000101", {})
    assert trail()[-5:] == ["document.requested"] * 5
