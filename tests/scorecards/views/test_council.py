"""The council and a plan through their pages: reading, remarks, private marks, the decision and its confirmation."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities.models import Organisation
from scorecards.models import CouncilDecision, PlanReading, PlanRemark
from scorecards.operations.action_plans import put_action_item
from scorecards.operations.council import confirm_council_decision, record_council_decision, remark_on_plan
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import (
    external,
    internal,
    make_commune,
    make_full_plan,
    make_person,
    make_plan,
    make_world,
    put,
    score,
    trail,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])
PDF = b"%PDF-1.7 signed"


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


def address(name, *args, language="km"):
    with override(language):
        return reverse(f"scorecards:{name}", args=args)


def page_of(client, name, *args, language="km"):
    answer = client.get(address(name, *args, language=language))
    assert answer.status_code == 200
    return answer.content.decode()


def minutes(**changes):
    """What the clerk types of a session that agreed to everything."""
    return {
        "session_number": "៨/២០២៦", "held_on": f"{timezone.localdate():%d/%m/%Y}", "present_count": "៥",
        "council_size": "7", "present_female_count": "", "outcome": "approve", "reason": "",
    } | changes  # fmt: skip


def recorded(version, by, **changes):
    fields = {
        "session_number": "7/2026", "held_on": timezone.localdate(), "present_count": 5, "council_size": 7,
        "outcome": "approve",
    } | changes  # fmt: skip
    return record_council_decision(plan_version=version, by=by, **fields)


# --- Who is refused ------------------------------------------------------------------------------


def test_a_version_of_another_commune_does_not_exist(client, world, version):
    client.force_login(make_person("councillor", area=make_commune(code="000102")))
    assert client.get(address("read-plan", version.pk)).status_code == 404
    for name in ("remark", "mark-read", "decision"):
        assert client.post(address(name, version.pk)).status_code == 404


@pytest.mark.parametrize(
    ("role", "remark", "decision", "confirm"),
    [
        ("facilitator", 403, 403, 403), ("councillor", 200, 403, 403), ("council_clerk", 200, 200, 403),
        ("council_chief", 200, 403, 302), ("committee_member", 403, 403, 403), ("district_officer", 403, 403, 403),
    ],
)  # fmt: skip
def test_each_role_does_its_part_and_no_other(client, world, version, role, remark, decision, confirm):
    scopes = {"organisation": world.organisation} if role == "facilitator" else {}
    client.force_login(make_person(role, area=world.commune, **scopes))
    found = recorded(version, world.clerk)
    assert client.get(address("read-plan", version.pk)).status_code == 200
    assert client.post(address("remark", version.pk)).status_code == remark
    assert client.get(address("decision", version.pk)).status_code == decision
    assert client.post(address("confirm-decision", found.pk)).status_code == confirm


def test_a_provider_reads_the_plan_that_has_its_actions_without_remarks(client, world, version):
    remark_on_plan(plan_version=version, text="តើមានថវិកាឬទេ?", by=world.chief)
    client.force_login(make_person("service_provider", provider=world.health_centre))
    shown = page_of(client, "read-plan", version.pk)
    assert "តើមានថវិកាឬទេ?" not in shown
    assert address("remark", version.pk) not in shown
    assert address("mark-read", version.pk) not in shown


# --- Reading ---------------------------------------------------------------------------------------


def test_the_council_reads_the_frozen_version_alone(client, world, plan, version, councillor):
    item = plan.items.order_by("pk").first()
    type(item).objects.filter(pk=item.pk).update(activity_km="ផ្សេង", activity_en="Something else")
    client.force_login(councillor)
    shown = page_of(client, "read-plan", version.pk, language="en")
    assert "Build the drain" in shown
    assert "Something else" not in shown


@LANGUAGES
def test_the_page_says_the_plan_in_words(client, world, councillor, language):
    score(world, (10, 8, 4, 2, 1))
    plan = make_plan(world)
    source = (world.scoring_round, world.health_centre, world.medicine)
    put(plan, external())
    put(plan, external(cost_riel=None, is_cost_to_be_estimated=True, route="district"))
    put(plan, internal(world.health_centre, cost_riel=0), sources=[source])
    version = submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(councillor)
    shown = page_of(client, "read-plan", version.pk, language=language)
    expected = {
        "km": ["អានផែនការសកម្មភាព ២០២៧", "៤៨\u00a0០០០\u00a0០០០\u00a0៛", "<b>២,០</b>", "ក.២", "<b>០\u00a0៛</b>",
               "វិច្ឆិកា\u00a0២០២៧", "ខ្ញុំបានអាន (ឃើញតែខ្ញុំ)", "មិនទាន់ដឹង"],
        "en": ["Read the 2027 action plan", "48\u00a0000\u00a0000\u00a0riel", "<b>2.0</b>", "A.2", "<b>0\u00a0riel</b>",
               "Nov\u00a02027", "I have read it (only I see this)", "not known yet"],
    }  # fmt: skip
    for text in expected[language]:
        assert text in shown, text


def test_what_changed_since_the_last_version_is_said(client, world, plan, version, councillor):
    decision = recorded(version, world.clerk, outcome="return", reason="តម្លៃ")
    confirm_council_decision(decision=decision, by=world.chief)
    item = plan.items.order_by("pk").first()
    put_action_item(plan=plan, item=item, fields={"cost_riel": 36_000_000}, by=world.facilitator)
    second = submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(councillor)
    shown = page_of(client, "read-plan", second.pk, language="en")
    assert "1 change since the last version:" in shown
    assert "cost of A.1: 48\u00a0000\u00a0000\u00a0riel → 36\u00a0000\u00a0000\u00a0riel" in shown
    older = page_of(client, "read-plan", version.pk, language="en")
    assert "There is a newer version of this plan." in older
    assert address("remark", version.pk, language="en") not in older


def test_the_page_asks_as_often_for_one_action_as_for_three(
    client, world, councillor, django_assert_num_queries
):
    score(world, (10, 8, 4, 2, 1))
    source = (world.scoring_round, world.health_centre, world.medicine)
    plan = make_plan(world)
    put(plan, external(), sources=[source])
    first = submit_action_plan(plan=plan, by=world.facilitator)
    remark_on_plan(plan_version=first, text="ល្អ", by=councillor)
    client.force_login(councillor)
    with django_assert_num_queries(22):
        page_of(client, "read-plan", first.pk)
    decision = recorded(first, world.clerk, outcome="return", reason="តម្លៃ")
    confirm_council_decision(decision=decision, by=world.chief)
    put(plan, internal(world.health_centre), sources=[source])
    put(plan, external(), sources=[source])
    second = submit_action_plan(plan=plan, by=world.facilitator)
    for item in plan.items.all():
        remark_on_plan(plan_version=second, item=item, text="ល្អ", by=councillor)
    with django_assert_num_queries(22):
        page_of(client, "read-plan", second.pk)


# --- Remarks and private marks ---------------------------------------------------------------------


@LANGUAGES
def test_a_remark_stands_with_name_and_day_under_its_action(
    client, world, plan, version, councillor, language
):
    item = plan.items.order_by("pk").first()
    client.force_login(councillor)
    url = address("remark", version.pk, language=language)
    answer = client.post(url, {"item": item.pk, "text": "តើស្រុកបានទទួលឬនៅ?"})
    assert answer.url.endswith(f"#item-{item.pk}")
    client.post(url, {"text": "ផែនការល្អ"})
    assert [(r.item_id, r.text_language) for r in PlanRemark.objects.order_by("pk")] == [
        (item.pk, language),
        (None, language),
    ]
    shown = page_of(client, "read-plan", version.pk, language=language)
    assert "តើស្រុកបានទទួលឬនៅ?" in shown
    assert councillor.name in shown
    assert trail().count("plan.remarked") == 2


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"text": ""}, 200), ({"text": "ក" * 2001}, 200), ({"text": "ក\x00"}, 200), ({"text": "ក", "item": "x"}, 200),
        ({"text": "ក", "item": "9" * 30}, 404), ({"text": "ក", "item": "0"}, 404),
    ],
)  # fmt: skip
def test_a_remark_that_cannot_stand_is_shown_again(client, version, councillor, data, status):
    client.force_login(councillor)
    answer = client.post(address("remark", version.pk), data)
    assert answer.status_code == status
    if status == 200 and "item" not in data:
        shown = answer.content.decode()
        assert 'aria-invalid="true"' in shown
        assert data["text"].replace("\x00", "") in shown.replace("\x00", "")
    assert not PlanRemark.objects.exists()


def test_nobody_remarks_on_what_is_not_before_the_council(client, world, version, councillor):
    decision = recorded(version, world.clerk)
    confirm_council_decision(decision=decision, by=world.chief)
    client.force_login(councillor)
    answer = client.post(address("remark", version.pk, language="en"), {"text": "ក"})
    assert (
        "The council has decided on this plan already." in answer.content.decode()
        or answer.status_code == 200
    )
    assert not PlanRemark.objects.exists()


def test_a_reading_mark_is_ones_own_and_leaves_no_trail(client, world, plan, version, councillor):
    item = plan.items.order_by("pk").first()
    client.force_login(councillor)
    url = address("mark-read", version.pk)
    before = trail()
    client.post(url, {"item": item.pk, "is_read": "on"})
    assert 'aria-pressed="true"' in page_of(client, "read-plan", version.pk)
    client.force_login(world.clerk)
    assert 'aria-pressed="true"' not in page_of(client, "read-plan", version.pk)
    client.force_login(councillor)
    client.post(url, {"item": item.pk})
    assert not PlanReading.objects.exists()
    assert trail() == before


@pytest.mark.parametrize("item", ["", "x", "0", "9" * 30, "\x00"])
def test_a_mark_on_nothing_is_refused(client, version, councillor, item):
    client.force_login(councillor)
    assert client.post(address("mark-read", version.pk), {"item": item}).status_code == 404


# --- The decision ----------------------------------------------------------------------------------


@LANGUAGES
def test_nothing_of_the_decision_is_chosen_before(client, world, version, language):
    client.force_login(world.clerk)
    shown = page_of(client, "decision", version.pk, language=language)
    assert "checked" not in shown
    assert shown.count('type="radio"') == 3


def test_the_clerk_records_and_the_chief_confirms(client, world, plan, version):
    client.force_login(world.clerk)
    assert address("decision", version.pk) in page_of(client, "read-plan", version.pk)
    scan = SimpleUploadedFile("minutes.pdf", PDF, content_type="application/pdf")
    answer = client.post(
        address("decision", version.pk), minutes(agrees_to_publish="on", scan=scan), follow=True
    )
    decision = CouncilDecision.objects.get()
    assert "៨/២០២៦" in answer.content.decode()
    assert (decision.present_count, decision.council_size, decision.agrees_to_publish) == (5, 7, True)
    plan.refresh_from_db()
    assert plan.status == "submitted"
    client.force_login(world.chief)
    assert address("confirm-decision", decision.pk) in page_of(client, "read-plan", version.pk)
    got = client.get(address("decision-scan", decision.pk))
    assert b"".join(got.streaming_content) == PDF
    assert got["Content-Disposition"] == 'attachment; filename="minutes_000101_2027_v1.pdf"'
    client.post(address("confirm-decision", decision.pk))
    plan.refresh_from_db()
    assert plan.status == "approved"
    assert trail()[-3:] == ["decision.recorded", "decision.confirmed", "plan.approved"]


def test_who_recorded_does_not_confirm(client, world, version):
    decision = recorded(version, world.chief)
    client.force_login(world.chief)
    shown = page_of(client, "confirm-decision", decision.pk, language="en")
    assert "You recorded this decision. Another person confirms it." in shown
    answer = client.post(address("confirm-decision", decision.pk, language="en"), follow=True)
    assert "You recorded this decision. Another person confirms it." in answer.content.decode()
    decision.refresh_from_db()
    assert decision.settled_at is None


@LANGUAGES
def test_items_are_left_out_by_ticking_them(client, world, plan, version, language):
    item = plan.items.order_by("pk").first()
    client.force_login(world.clerk)
    data = minutes(outcome="approve_except", reason="គ្មានថវិកា", left_out=[str(item.pk)])
    assert client.post(address("decision", version.pk, language=language), data).status_code == 302
    decision = CouncilDecision.objects.get()
    assert list(decision.left_out.all()) == [item]
    client.force_login(world.chief)
    shown = page_of(client, "confirm-decision", decision.pk, language=language)
    assert ("ក.១ ស្ថាបនាប្រព័ន្ធលូ" if language == "km" else "A.1 Build the drain") in shown
    client.post(address("confirm-decision", decision.pk, language=language))
    assert plan.versions.count() == 2


WRONG = [
    ({"session_number": ""}, "session_number"), ({"session_number": "ក" * 41}, "session_number"),
    ({"held_on": "32/08/2026"}, "held_on"), ({"held_on": "01/01/2199"}, "held_on"),
    ({"present_count": "8"}, "present_count"), ({"present_count": "០"}, "present_count"),
    ({"present_count": "9" * 30}, "present_count"), ({"council_size": ""}, "council_size"),
    ({"present_female_count": "6"}, "present_female_count"), ({"present_female_count": "-1"}, "present_female_count"),
    ({"outcome": ""}, "outcome"), ({"outcome": "x"}, "outcome"), ({"outcome": "return"}, "reason"),
    ({"outcome": "approve_except", "reason": "ក"}, "left_out"),
    ({"outcome": "approve_except", "reason": "ក", "left_out": ["999999"]}, "left_out"),
    ({"outcome": "return", "reason": "ក" * 501}, "reason"), ({"reason": "ក\x00", "outcome": "return"}, "reason"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_what_the_minutes_cannot_say_is_refused_beside_its_field(client, world, version, changes, field):
    client.force_login(world.clerk)
    for language in ("km", "en"):
        answer = client.post(address("decision", version.pk, language=language), minutes(**changes))
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
    assert not CouncilDecision.objects.exists()


@pytest.mark.parametrize("content", [b"GIF89a", b"", b"\x00" * 20])
def test_a_scan_that_nobody_can_open_is_refused(client, world, version, content):
    client.force_login(world.clerk)
    scan = SimpleUploadedFile("minutes.pdf", content, content_type="application/pdf")
    answer = client.post(address("decision", version.pk), minutes(scan=scan))
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not CouncilDecision.objects.exists()


def test_a_session_before_the_submission_is_asked_about(client, world, version):
    client.force_login(world.clerk)
    day = timezone.localdate() - timedelta(days=2)
    data = minutes(held_on=f"{day:%d/%m/%Y}")
    answer = client.post(address("decision", version.pk, language="en"), data, follow=True)
    assert "Is the date right?" in answer.content.decode()


def test_a_decided_version_is_not_decided_again(client, world, version):
    decision = recorded(version, world.clerk)
    confirm_council_decision(decision=decision, by=world.chief)
    client.force_login(world.clerk)
    shown = page_of(client, "decision", version.pk)
    assert 'type="radio"' not in shown
    answer = client.post(address("decision", version.pk, language="en"), minutes())
    assert "The council has decided on this plan already." in answer.content.decode()


def test_a_decision_without_a_scan_has_none_to_download(client, world, version):
    decision = recorded(version, world.clerk)
    client.force_login(world.chief)
    assert client.get(address("decision-scan", decision.pk)).status_code == 404


def test_an_unconfirmed_decision_is_not_told_to_others(client, world, version, councillor):
    recorded(version, world.clerk, outcome="return", reason="ហេតុផលសម្ងាត់")
    client.force_login(councillor)
    assert "ហេតុផលសម្ងាត់" not in page_of(client, "read-plan", version.pk)


def test_a_facilitator_of_another_organisation_reads_nothing(client, world, version):
    other = Organisation.objects.create(kind="local_ngo", name_km="អង្គការផ្សេង")
    client.force_login(make_person("facilitator", area=world.commune, organisation=other))
    assert client.get(address("read-plan", version.pk)).status_code == 404
