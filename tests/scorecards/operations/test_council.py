"""The council reads, remarks and decides: on the version before it, by its minutes, confirmed by a second person."""

from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.texts import TextTooLong
from scorecards.models import ActionItem, CouncilDecision, PlanReading
from scorecards.operations.council import (
    NotBeforeTheCouncil,
    NotToConfirm,
    UnfitRemark,
    approve_action_plan,
    confirm_council_decision,
    mark_item_read,
    record_council_decision,
    remark_on_plan,
    return_action_plan,
    warnings_for_decision,
)
from scorecards.operations.decision_fitness import UnfitDecision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.scans import LARGEST_SCAN, UnfitScan
from tests.scorecards.plan_world import make_full_plan, make_world, put, trail

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 the signed page"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_full_plan(world)


@pytest.fixture
def version(world, plan):
    return submit_action_plan(plan=plan, by=world.facilitator)


def decide(world, version, **changes) -> CouncilDecision:
    fields = {
        "session_number": "០៧/២៦", "held_on": timezone.localdate(), "present_count": 6, "council_size": 7,
        "outcome": "approve", "by": world.clerk,
    }  # fmt: skip
    return record_council_decision(plan_version=version, **(fields | changes))


def resubmit(world, version):
    """The council returned it, something was changed, and it came back."""
    return_action_plan(plan_version=version, reason="ខ្វះ", by=world.chief)
    version.plan.refresh_from_db()
    put(version.plan, {"cost_riel": 7}, item=version.plan.items.first())
    return submit_action_plan(plan=version.plan, by=world.facilitator)


class TestOnlyTheVersionBeforeTheCouncil:
    def test_an_older_version_is_neither_remarked_on_nor_decided(self, world, version):
        newer = resubmit(world, version)
        for act in acts_of_the_council(world, version):
            with override("en"), pytest.raises(NotBeforeTheCouncil) as refusal:
                act()
            assert str(newer.number) in str(refusal.value)

    def test_a_returned_plan_waits_for_its_next_version(self, world, version):
        return_action_plan(plan_version=version, reason="ខ្វះ", by=world.chief)
        for act in acts_of_the_council(world, version):
            with pytest.raises(NotBeforeTheCouncil):
                act()

    def test_nobody_approves_without_a_confirmed_decision(self, world, version):
        with pytest.raises(NotBeforeTheCouncil):
            approve_action_plan(plan_version=version, by=world.chief)
        decide(world, version)
        with pytest.raises(NotBeforeTheCouncil):
            approve_action_plan(plan_version=version, by=world.chief)

    def test_an_approved_plan_is_decided(self, world, version):
        confirm_council_decision(decision=decide(world, version), by=world.chief)
        for act in acts_of_the_council(world, version):
            with pytest.raises(NotBeforeTheCouncil):
                act()

    def test_a_decision_on_an_older_version_is_not_confirmed(self, world, version):
        decision = decide(world, version)
        resubmit(world, version)
        with pytest.raises(NotBeforeTheCouncil):
            confirm_council_decision(decision=decision, by=world.chief)


def acts_of_the_council(world, version):
    return (
        lambda: remark_on_plan(plan_version=version, text="?", by=world.chief),
        lambda: decide(world, version),
        lambda: approve_action_plan(plan_version=version, by=world.chief),
        lambda: return_action_plan(plan_version=version, reason="ខ្វះ", by=world.chief),
    )


class TestRemarks:
    def test_an_empty_or_endless_one_is_refused(self, world, version):
        with pytest.raises(UnfitRemark):
            remark_on_plan(plan_version=version, text=" \x00\u200b ", by=world.chief)
        with pytest.raises(TextTooLong):
            remark_on_plan(plan_version=version, text="ក" * 2_001, by=world.chief)
        assert not version.remarks.exists()

    def test_one_on_an_action_of_elsewhere_is_refused(self, world, version):
        stranger = ActionItem.objects.create(plan=version.plan, section="external", activity_km="ថ្មី")
        with pytest.raises(UnfitDecision):
            remark_on_plan(plan_version=version, text="?", item=stranger, by=world.chief)

    def test_it_is_kept_with_its_language_and_the_trail_has_no_words(self, world, version):
        item = version.plan.items.first()
        remark = remark_on_plan(
            plan_version=version, text=" Why? ", item=item, text_language="en", by=world.chief
        )
        assert (remark.text, remark.text_language, remark.item) == ("Why?", "en", item)
        event = AuditEvent.objects.get(verb="scorecards.plan.remarked")
        assert (event.version, event.detail) == (
            1, {"plan": version.plan_id, "remark": remark.pk, "item": item.pk},
        )  # fmt: skip


class TestReadingMarks:
    def test_an_action_of_elsewhere_is_refused(self, world, version):
        stranger = ActionItem.objects.create(plan=version.plan, section="external", activity_km="ថ្មី")
        with pytest.raises(UnfitDecision):
            mark_item_read(plan_version=version, item=stranger, is_read=True, by=world.chief)

    def test_it_is_made_once_taken_back_and_leaves_no_trail(self, world, version):
        item, before = version.plan.items.first(), trail()
        for _ in range(2):
            mark_item_read(plan_version=version, item=item, is_read=True, by=world.chief)
        assert PlanReading.objects.get().read_by == world.chief
        for _ in range(2):
            mark_item_read(plan_version=version, item=item, is_read=False, by=world.chief)
        assert not PlanReading.objects.exists()
        assert trail() == before


class TestRecording:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"session_number": " "}, "session_number"),
            ({"held_on": date.max}, "held_on"),
            ({"council_size": 0}, "council_size"),
            ({"council_size": 100}, "council_size"),
            ({"present_count": 0}, "present_count"),
            ({"present_count": 8}, "present_count"),
            ({"present_female_count": 7}, "present_female_count"),
            ({"present_female_count": -1}, "present_female_count"),
            ({"outcome": "perhaps"}, "outcome"),
            ({"outcome": "return"}, "reason"),
            ({"outcome": "approve_except", "reason": "ថ្លៃ"}, "left_out"),
        ],
    )
    def test_what_minutes_cannot_say_is_refused_and_names_its_field(self, world, version, changes, field):
        with pytest.raises(UnfitDecision) as refusal:
            decide(world, version, **changes)
        assert refusal.value.field == field
        assert not CouncilDecision.objects.exists()

    def test_exceptions_need_a_reason_and_leave_something(self, world, version):
        items = list(version.plan.items.all())
        stranger = ActionItem.objects.create(plan=version.plan, section="external", activity_km="ថ្មី")
        for changes, field in (
            ({"left_out": items[:1]}, "reason"),
            ({"left_out": items, "reason": "ថ្លៃ"}, "left_out"),
            ({"left_out": [stranger], "reason": "ថ្លៃ"}, "left_out"),
            ({"left_out": items[:1], "reason": "ថ្លៃ", "outcome": "approve"}, "left_out"),
        ):
            with pytest.raises(UnfitDecision) as refusal:
                decide(world, version, **({"outcome": "approve_except"} | changes))
            assert refusal.value.field == field

    def test_it_waits_for_another_person(self, world, version):
        decision = decide(world, version, agrees_to_publish=True)
        version.plan.refresh_from_db()
        assert (version.plan.status, decision.settled_at) == ("submitted", None)
        assert decision.agrees_to_publish
        event = AuditEvent.objects.get(verb="scorecards.decision.recorded")
        assert (event.object_id, event.actor, event.version) == (str(decision.pk), world.clerk.pk, 1)
        assert event.detail["outcome"] == "approve"

    def test_a_return_never_agrees_to_publish(self, world, version):
        assert not decide(
            world, version, outcome="return", reason="ខ្វះ", agrees_to_publish=True
        ).agrees_to_publish

    def test_recorded_again_it_is_replaced_and_confirmed_anew(self, world):
        world.programme.confirmations_needed = 2
        world.programme.save()
        version = submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
        first = decide(world, version, present_count=5)
        confirm_council_decision(decision=first, by=world.chief)
        second = decide(world, version, present_count=6)
        assert (second.pk, second.present_count, second.confirmations.count()) == (first.pk, 6, 0)
        event = AuditEvent.objects.get(verb="scorecards.decision.corrected")
        assert event.detail["withdrawn_confirmations"] == 1
        assert AuditEvent.objects.get(verb="scorecards.decision.recorded").detail["present"] == 5

    def test_a_session_before_the_submission_is_doubted(self, version):
        yesterday = timezone.localdate() - timedelta(days=1)
        assert len(warnings_for_decision(plan_version=version, held_on=yesterday)) == 1
        assert warnings_for_decision(plan_version=version, held_on=timezone.localdate()) == []


class TestTheScan:
    @pytest.mark.parametrize("content", [b"", b"MZ an executable", b"<svg/>", b" %PDF-1.7"])
    def test_what_is_no_page_is_refused_whatever_its_name(self, world, version, content):
        with pytest.raises(UnfitScan):
            decide(world, version, scan=SimpleUploadedFile("minutes.pdf", content, "application/pdf"))
        assert not CouncilDecision.objects.exists()
        assert not default_storage.exists("uploads")

    def test_one_too_large_is_refused(self, world, version):
        large = SimpleUploadedFile("minutes.pdf", PDF.ljust(LARGEST_SCAN + 1))
        with pytest.raises(UnfitScan):
            decide(world, version, scan=large)

    @pytest.mark.parametrize(
        ("content", "content_type", "ending"),
        [
            (PDF, "application/pdf", ".pdf"),
            (b"\xff\xd8\xff\xe0 photo", "image/jpeg", ".jpg"),
            (b"\x89PNG\r\n\x1a\n photo", "image/png", ".png"),
        ],
    )
    def test_it_is_kept_as_given_under_a_name_of_ours(self, world, version, content, content_type, ending):
        upload = SimpleUploadedFile("កំណត់ហេតុ\x00" + "ក" * 300 + ".exe", content)
        (scan,) = decide(world, version, scan=upload).scans.all()
        assert (scan.file.read(), scan.size, scan.content_type) == (content, len(content), content_type)
        assert scan.file.name.isascii()
        assert scan.file.name.endswith(ending)
        assert scan.name.startswith("កំណត់ហេតុក")
        assert scan.name.endswith(ending)

    def test_a_correction_keeps_the_scan_and_adds_the_new_one(self, world, version):
        decide(world, version, scan=SimpleUploadedFile("a.pdf", PDF))
        decide(world, version)
        decision = decide(world, version, scan=SimpleUploadedFile("b.pdf", PDF + b"2"))
        assert [scan.name for scan in decision.scans.order_by("pk")] == ["a.pdf", "b.pdf"]


class TestConfirming:
    def test_who_recorded_it_is_refused(self, world, version):
        decision = decide(world, version, by=world.chief)
        with pytest.raises(NotToConfirm):
            confirm_council_decision(decision=decision, by=world.chief)
        assert not decision.confirmations.exists()

    def test_the_same_person_twice_is_refused(self, world, version):
        world.programme.confirmations_needed = 2
        world.programme.save()
        decision = decide(world, version)
        confirm_council_decision(decision=decision, by=world.chief)
        with pytest.raises(NotToConfirm):
            confirm_council_decision(decision=decision, by=world.chief)
        version.plan.refresh_from_db()
        assert version.plan.status == "submitted"

    def test_the_last_one_needed_approves(self, world, version):
        world.programme.confirmations_needed = 2
        world.programme.save()
        decision = decide(world, version)
        confirm_council_decision(decision=decision, by=world.chief)
        settled = confirm_council_decision(decision=decision, by=world.delegate)
        plan = settled.plan_version.plan
        plan.refresh_from_db()
        assert (plan.status, plan.approved_by) == ("approved", world.delegate)
        assert settled.settled_at is not None
        assert trail()[-3:] == ["decision.confirmed", "decision.confirmed", "plan.approved"]

    def test_confirmed_twice_it_takes_effect_once(self, world, version):
        decision = decide(world, version)
        confirm_council_decision(decision=decision, by=world.chief)
        with pytest.raises(NotBeforeTheCouncil):
            confirm_council_decision(decision=decision, by=world.delegate)
        assert trail().count("plan.approved") == 1

    def test_a_return_gives_the_plan_back_with_its_reason(self, world, version):
        confirm_council_decision(
            decision=decide(world, version, outcome="return", reason="ខ្វះតម្លៃ"), by=world.chief
        )
        plan = version.plan
        plan.refresh_from_db()
        assert (plan.status, plan.return_reason, plan.returned_by) == ("returned", "ខ្វះតម្លៃ", world.chief)
        assert plan.is_editable
        assert trail()[-1] == "plan.returned"

    def test_the_next_version_has_a_decision_of_its_own(self, world, version):
        confirm_council_decision(
            decision=decide(world, version, outcome="return", reason="ខ្វះតម្លៃ"), by=world.chief
        )
        put_again = version.plan.items.first()
        version.plan.refresh_from_db()
        put(version.plan, {"cost_riel": 7}, item=put_again)
        second = submit_action_plan(plan=version.plan, by=world.facilitator)
        confirm_council_decision(decision=decide(world, second), by=world.chief)
        version.plan.refresh_from_db()
        assert version.plan.status == "approved"


class TestApprovedExceptSome:
    def test_the_rest_becomes_a_version_of_its_own_with_its_papers(self, world, version):
        left_out = version.plan.items.filter(section="external").first()
        decision = decide(world, version, outcome="approve_except", reason="ថ្លៃពេក", left_out=[left_out])
        confirm_council_decision(decision=decision, by=world.chief)
        plan = version.plan
        plan.refresh_from_db()
        left_out.refresh_from_db()
        newest = plan.versions.get(number=2)
        assert (plan.status, left_out.left_out_by) == ("approved", world.chief)
        assert left_out.pk not in [item["id"] for item in newest.content["external"]]
        assert [item["number"] for item in newest.content["external"]] == [1]
        assert left_out.pk in [item["id"] for item in version.content["external"]]
        assert newest.documents.count() == 5
        assert AuditEvent.objects.get(verb="scorecards.plan.approved").version == 2
        assert trail()[-7:] == ["plan.items_left_out", *["document.requested"] * 5, "plan.approved"]


def test_a_plan_is_not_returned_without_a_reason(world, version):
    with pytest.raises(UnfitDecision):
        return_action_plan(plan_version=version, reason="  ", by=world.chief)
