"""The council's part through its pages: answers, who confirms, marks of the committee, money, an older version, the scan."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities.models import Assignment
from scorecards.models import CouncilDecision, PlanReading, Scan
from scorecards.operations.council import confirm_council_decision, record_council_decision, remark_on_plan
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import external, make_full_plan, make_person, make_world, put, trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_full_plan(world)


@pytest.fixture
def version(world, plan):
    return submit_action_plan(plan=plan, by=world.facilitator)


@pytest.fixture
def councillor(world):
    return make_person("councillor", area=world.commune)


def address(name, pk):
    with override("en"):
        return reverse(f"scorecards:{name}", args=[pk])


def page_of(client, name, pk):
    answer = client.get(address(name, pk))
    assert answer.status_code == 200
    return answer.content.decode()


def recorded(version, by, **changes):
    fields = {
        "session_number": "7/2026", "held_on": timezone.localdate(), "present_count": 5, "council_size": 7,
        "outcome": "approve",
    } | changes  # fmt: skip
    return record_council_decision(plan_version=version, by=by, **fields)


# --- Answers -------------------------------------------------------------------------------------


def test_councillors_ask_and_do_not_answer(client, world, version, councillor):
    remark = remark_on_plan(plan_version=version, text="Has the district got it?", by=councillor)
    client.force_login(councillor)
    assert client.post(address("answer-remark", remark.pk), {"answer": "!"}).status_code == 403
    client.force_login(make_person("service_provider", provider=world.health_centre))
    assert client.post(address("answer-remark", remark.pk), {"answer": "!"}).status_code == 404


@pytest.mark.parametrize("answer", ["", "\x00", "ក" * 2_001])
def test_no_answer_is_asked_for_again(client, world, version, councillor, answer):
    remark = remark_on_plan(plan_version=version, text="?", by=councillor)
    client.force_login(world.clerk)
    said = client.post(address("answer-remark", remark.pk), {"answer": answer})
    assert said.context["form"].errors["answer"]


def test_the_whole_council_and_the_team_read_the_answer(client, world, plan, version, councillor):
    item = plan.items.order_by("pk").first()
    remark = remark_on_plan(plan_version=version, item=item, text="Has the district got it?", by=councillor)
    client.force_login(world.facilitator)
    answer = client.post(address("answer-remark", remark.pk), {"answer": "Yes, on 20 August."})
    assert answer.url.endswith(f"#item-{item.pk}")
    for person, name, pk in (
        (councillor, "read-plan", version.pk), (world.chief, "read-plan", version.pk),
        (world.facilitator, "plan", plan.pk),
    ):  # fmt: skip
        client.force_login(person)
        assert "Yes, on 20 August." in page_of(client, name, pk)


# --- Who confirms --------------------------------------------------------------------------------


def test_a_named_councillor_confirms_and_the_page_says_who_has(client, world, plan, version, councillor):
    world.programme.confirmations_needed = 2
    world.programme.save()
    decision = recorded(version, world.clerk)
    client.force_login(councillor)
    assert client.post(address("confirm-decision", decision.pk)).status_code == 403
    Assignment.objects.filter(user=councillor).update(is_delegate=True)
    client.force_login(councillor)
    shown = page_of(client, "confirm-decision", decision.pk)
    assert "0 of 2 confirmed" in shown
    assert shown.count("has not confirmed yet") == 3  # the delegate, and two chiefs
    client.post(address("confirm-decision", decision.pk))
    shown = page_of(client, "confirm-decision", decision.pk)
    assert "1 of 2 confirmed" in shown
    plan.refresh_from_db()
    assert plan.status == "submitted"
    confirm_council_decision(decision=decision, by=world.chief)
    plan.refresh_from_db()
    assert plan.status == "approved"


def test_a_decision_that_too_few_can_confirm_says_so(client, world, version):
    world.programme.confirmations_needed = 3
    world.programme.save()
    recorded(version, world.clerk)
    client.force_login(world.clerk)
    assert "3 people have to confirm, and fewer are named." in page_of(client, "decision", version.pk)


# --- Reading -------------------------------------------------------------------------------------


def test_the_committee_marks_an_approved_plan_and_nobody_sees_it(client, world, plan, version):
    confirm_council_decision(decision=recorded(version, world.clerk), by=world.chief)
    member = make_person("committee_member", area=world.commune)
    client.force_login(member)
    assert "You have read 0 of 4." in page_of(client, "read-plan", version.pk)
    before = trail()
    client.post(address("mark-read", version.pk), {"item": plan.items.first().pk, "is_read": "on"})
    shown = page_of(client, "read-plan", version.pk)
    assert "You have read 1 of 4." in shown
    assert PlanReading.objects.get().read_by == member
    assert trail() == before
    client.force_login(make_person("committee_member", area=world.commune))
    assert "You have read 0 of 4." in page_of(client, "read-plan", version.pk)


# --- The session ---------------------------------------------------------------------------------


def test_the_money_stands_beside_the_plan_as_far_as_it_is_known(client, world):
    plan = make_full_plan(world)
    put(plan, external(cost_riel=None, is_cost_to_be_estimated=True))
    put(plan, external(route="district", cost_riel=5))
    version = submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(world.clerk)
    for name in ("decision", "read-plan"):
        shown = " ".join(page_of(client, name, version.pk).split())
        assert 'Commune development fund 2027</dt><dd class="mute">not entered yet' in shown
        for text in (
            "96 000 000 riel",
            "A.1, A.2, A.3",
            "Section B",
            "96 000 005 riel",
        ):
            assert text in shown, text
        assert "1 activity has no estimated cost yet" in shown


def test_a_decision_about_an_older_version_is_refused_with_the_way_to_the_newer(client, world, plan, version):
    confirm_council_decision(
        decision=recorded(version, world.clerk, outcome="return", reason="ខ្វះ"), by=world.chief
    )
    put(plan, {"cost_riel": 7}, item=plan.items.order_by("pk").first())
    newer = submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(world.clerk)
    minutes = {
        "session_number": "8/2026", "held_on": f"{timezone.localdate():%d/%m/%Y}", "present_count": "5",
        "council_size": "7", "outcome": "approve",
    }  # fmt: skip
    shown = client.post(address("decision", version.pk), minutes).content.decode()
    assert "There is a newer version of this plan" in shown
    assert f'href="{address("decision", newer.pk)}"' in shown
    assert "Record it for version 2" in shown
    assert list(CouncilDecision.objects.values_list("plan_version", "outcome")) == [(version.pk, "return")]


def test_a_missing_scan_is_added_after_the_approval(client, world, version):
    decision = recorded(version, world.clerk)
    confirm_council_decision(decision=decision, by=world.chief)
    client.force_login(world.chief)
    page = {"scan": SimpleUploadedFile("a.pdf", b"%PDF-1.7")}
    assert client.post(address("add-scan", decision.pk), page).status_code == 403
    client.force_login(world.clerk)
    assert "The signed page is still missing" in page_of(client, "decision", version.pk)
    for wrong in (
        {},
        {"scan": SimpleUploadedFile("a.pdf", b"GIF89a")},
        {"scan": SimpleUploadedFile("a.pdf", b"")},
    ):
        client.post(address("add-scan", decision.pk), wrong)
    assert not Scan.objects.exists()
    client.post(address("add-scan", decision.pk), {"scan": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert Scan.objects.get().uploaded_by == world.clerk
    assert trail()[-1] == "decision.scanned"
