"""A word of an approved plan corrected through its page, and told to whoever reads the plan."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from scorecards.models import ClericalCorrection
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import make_full_plan, make_person, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return submit_action_plan(plan=make_full_plan(world), by=world.facilitator)


@pytest.fixture
def item(version):
    return version.plan.items.order_by("pk").first()


def approve(world, version):
    decision = record_council_decision(
        plan_version=version, session_number="8", held_on=timezone.localdate(), present_count=5, council_size=7,
        outcome="approve", by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)


def address(name, pk):
    with override("en"):
        return reverse(f"scorecards:{name}", args=[pk])


def typed(**changes):
    return {
        "proposer": "",
        "target": "",
        "location": "",
        "unit": "ម៉ែត្រ",
        "partners": "",
        "reason": "ខ្វះ",
    } | changes


def test_councillors_and_providers_do_not_correct(client, world, version, item):
    approve(world, version)
    for person in (
        make_person("councillor", area=world.commune), make_person("service_provider", provider=world.health_centre),
    ):  # fmt: skip
        client.force_login(person)
        assert client.post(address("correct-item", item.pk), typed()).status_code in {403, 404}
        assert (
            address("correct-item", item.pk)
            not in client.get(address("read-plan", version.pk)).content.decode()
        )


def test_before_the_decision_the_page_says_when(client, world, version, item):
    client.force_login(world.clerk)
    shown = client.get(address("correct-item", item.pk)).content.decode()
    assert "only once the council has approved the plan" in shown
    assert client.post(address("correct-item", item.pk), typed()).status_code == 200
    assert not ClericalCorrection.objects.exists()


@pytest.mark.parametrize(
    "changes", [{"reason": ""}, {"unit": ""}, {"unit": "ក" * 61}, {"reason": "\x00"}, {"unit": "\x00"}]
)
def test_what_is_no_correction_is_said_beside_its_field(client, world, version, item, changes):
    approve(world, version)
    client.force_login(world.clerk)
    answer = client.post(address("correct-item", item.pk), typed(**changes))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not ClericalCorrection.objects.exists()


def test_the_readers_of_the_next_version_are_told_what_was_corrected(client, world, version, item):
    approve(world, version)
    client.force_login(world.clerk)
    assert address("correct-item", item.pk) in client.get(address("read-plan", version.pk)).content.decode()
    answer = client.post(address("correct-item", item.pk), typed(), follow=True)
    shown = answer.content.decode()
    assert "Words corrected without a new session:" in shown
    assert "A.1 unit: added “ម៉ែត្រ”" in shown
    assert version.plan.versions.count() == 2
