"""Scores and plans become public by an act of their own: agreement, notice, reply, withdrawal, frozen days."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import AuditEvent
from scorecards.models import Publication, PublicationReply
from scorecards.operations.corrections import correct_clerically
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.publication import (
    NotToPublish,
    NotToReply,
    NotToWithdraw,
    UnfitAgreement,
    announce_publication,
    end_agreement,
    record_agreement,
    reply_to_publication,
    withdraw_publication,
)
from scorecards.overview.notices import notices_for
from scorecards.overview.published import shown_from
from tests.scorecards.plan_world import (
    make_full_plan,
    make_interface_meeting,
    make_person,
    make_world,
    score,
    trail,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel("2026-08-20 03:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def met(world):
    """Scores are locked and the interface meeting was held."""
    score(world, (10, 8, 4, 2, 1))
    make_interface_meeting(world)
    return world


def agree(world, **changes):
    fields = {
        "covers_scores": True,
        "covers_plans": True,
        "agreed_on": date(2026, 8, 1),
        "agreed_by": "សម័យ ៧/២០២៦",
    }
    return record_agreement(commune=world.commune, by=world.clerk, **(fields | changes))


def announce(world, kind="scores", **more):
    return announce_publication(scoring_round=world.scoring_round, kind=kind, by=world.clerk, **more)


def approve(world, *, has_scan=True, **changes):
    """The plan is approved by a session that agreed to publish it."""
    version = submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    fields = {
        "session_number": "8/2026", "held_on": timezone.localdate(), "present_count": 5, "council_size": 7,
        "outcome": "approve", "agrees_to_publish": True,
        "scan": SimpleUploadedFile("a.pdf", b"%PDF-1.7") if has_scan else None,
    } | changes  # fmt: skip
    confirm_council_decision(
        decision=record_council_decision(plan_version=version, by=world.clerk, **fields), by=world.chief
    )
    return version


class TestAgreement:
    def test_one_that_covers_nothing_names_nobody_or_is_of_tomorrow_is_refused(self, world):
        for changes in (
            {"covers_scores": False, "covers_plans": False}, {"agreed_by": " "}, {"agreed_on": date(2026, 8, 21)},
        ):  # fmt: skip
            with pytest.raises(UnfitAgreement):
                agree(world, **changes)

    def test_it_ends_with_a_reason_and_once(self, world):
        agreement = agree(world)
        with pytest.raises(UnfitAgreement):
            end_agreement(agreement=agreement, reason=" ", by=world.clerk)
        end_agreement(agreement=agreement, reason="ប្ដូរចិត្ត", by=world.clerk)
        with pytest.raises(UnfitAgreement):
            end_agreement(agreement=agreement, reason="ប្ដូរចិត្ត", by=world.clerk)

    def test_with_it_ends_all_that_was_published_under_it(self, met):
        agreement = agree(met)
        publication = announce(met)
        end_agreement(agreement=agreement, reason="ប្ដូរចិត្ត", by=met.clerk)
        publication.refresh_from_db()
        assert publication.withdrawal_reason == "ប្ដូរចិត្ត"

    def test_a_narrower_one_takes_its_place_and_withdraws_what_it_leaves_out(self, met):
        first = agree(met)
        publication = announce(met)
        agree(met, covers_scores=False)
        first.refresh_from_db()
        publication.refresh_from_db()
        assert first.ended_at
        assert publication.withdrawn_at
        assert trail()[-4:] == [
            "publication.announced", "publication_agreement.ended", "publication_agreement.recorded",
            "publication.withdrawn",
        ]  # fmt: skip

    def test_a_wider_one_leaves_what_is_published(self, met):
        agree(met, covers_plans=False)
        publication = announce(met)
        agree(met)
        publication.refresh_from_db()
        assert publication.withdrawn_at is None


class TestAnnouncingScores:
    def test_nothing_is_published_without_agreement(self, met):
        with pytest.raises(NotToPublish) as refusal:
            announce(met)
        assert len(refusal.value.missing) == 1
        agree(met, covers_scores=False)
        with pytest.raises(NotToPublish):
            announce(met)
        assert not Publication.objects.exists()

    def test_nothing_is_published_before_the_interface_meeting_or_a_locked_score(self, world):
        agree(world)
        score(world, (10, 8, 4, 2, 1), status="draft")
        make_interface_meeting(world, status="planned")
        with pytest.raises(NotToPublish) as refusal:
            announce(world)
        assert len(refusal.value.missing) == 2

    def test_an_unknown_kind_is_refused(self, met):
        agree(met)
        with pytest.raises(NotToPublish):
            announce(met, kind="everything")

    def test_they_are_announced_once_until_they_are_withdrawn(self, met):
        agree(met)
        publication = announce(met)
        with pytest.raises(NotToPublish):
            announce(met)
        withdraw_publication(publication=publication, reason="ខុស", by=met.clerk)
        announce(met)

    def test_nobody_sees_them_for_seven_days(self, met):
        agree(met)
        publication = announce(met)
        assert publication.visible_from == date(2026, 8, 27)
        assert not Publication.objects.public(date(2026, 8, 26)).exists()
        assert Publication.objects.public(date(2026, 8, 27)).get() == publication
        event = AuditEvent.objects.get(verb="scorecards.publication.announced")
        assert (event.area, event.detail["kind"]) == ("000101", "scores")


class TestAnnouncingThePlan:
    def test_a_plan_that_is_not_approved_is_refused(self, world):
        agree(world)
        with pytest.raises(NotToPublish):
            announce(world, "plan")
        submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
        with pytest.raises(NotToPublish):
            announce(world, "plan")

    def test_a_plan_without_the_scan_of_its_signed_page_is_refused(self, world):
        agree(world)
        approve(world, has_scan=False)
        with pytest.raises(NotToPublish) as refusal:
            announce(world, "plan")
        assert len(refusal.value.missing) == 1

    def test_a_council_that_said_no_in_its_session_is_asked_again_first(self, world):
        agree(world)
        approve(world, agrees_to_publish=False)
        with pytest.raises(NotToPublish):
            announce(world, "plan")
        with time_machine.travel("2026-08-25 03:00", tick=False):
            agree(world, agreed_on=date(2026, 8, 25))
            announce(world, "plan")

    def test_an_older_version_is_refused(self, world):
        agree(world)
        first = approve(world)
        item = first.plan.items.order_by("pk").first()
        newer = correct_clerically(item=item, values={"unit": "ម"}, reason="ខ្វះ", by=world.clerk)
        with pytest.raises(NotToPublish):
            announce(world, "plan", plan_version=first)
        assert announce(world, "plan", plan_version=newer).plan_version == newer


class TestFrozenDays:
    @pytest.fixture
    def frozen(self, met):
        met.programme.frozen_from, met.programme.frozen_until = date(2026, 8, 25), date(2026, 9, 30)
        met.programme.save()
        agree(met)
        return met

    def test_what_would_become_public_in_them_stays_hidden_until_they_are_over(self, frozen):
        publication = announce(frozen)
        for hidden in (date(2026, 8, 27), date(2026, 9, 30)):
            assert not Publication.objects.public(hidden).exists()
        publication = Publication.objects.select_related("scoring_round__programme").get(pk=publication.pk)
        assert shown_from(publication) == date(2026, 10, 1)
        assert Publication.objects.public(date(2026, 10, 1)).exists()

    def test_what_was_public_before_stays_so(self, frozen):
        with time_machine.travel("2026-08-10 03:00", tick=False):
            announce(frozen)
        assert Publication.objects.public(date(2026, 8, 26)).exists()


class TestReplies:
    @pytest.fixture
    def publication(self, met):
        agree(met)
        return announce(met)

    def reply(self, world, publication, provider=None, text="យើងកែ"):
        return reply_to_publication(publication=publication, provider=provider, text=text, by=world.clerk)

    def test_an_empty_one_one_of_a_stranger_and_one_after_withdrawal_are_refused(self, met, publication):
        with pytest.raises(NotToReply):
            self.reply(met, publication, text=" ")
        with pytest.raises(NotToReply):
            self.reply(met, publication, provider=met.school)
        withdraw_publication(publication=publication, reason="ខុស", by=met.clerk)
        with pytest.raises(NotToReply):
            self.reply(met, publication)

    def test_each_side_has_one_and_the_later_text_stands(self, met, publication):
        self.reply(met, publication)
        self.reply(met, publication, provider=met.health_centre)
        self.reply(met, publication, text="យើងនឹងកែ")
        assert {(each.provider, each.text) for each in PublicationReply.objects.all()} == {
            (None, "យើងនឹងកែ"), (met.health_centre, "យើងកែ"),
        }  # fmt: skip
        assert trail()[-3:] == ["publication.replied", "publication.replied", "publication.reply_corrected"]

    def test_whoever_may_reply_is_told_until_they_did_or_it_is_public(self, met, publication):
        provider = make_person("service_provider", provider=met.health_centre)
        school = make_person("service_provider", provider=met.school)
        assert notices_for(school) == notices_for(make_person("councillor", area=met.commune)) == []
        for person in (provider, met.clerk):
            notice = notices_for(person)[0]
            assert (notice.days_left, notice.until) == (7, date(2026, 8, 27))
        self.reply(met, publication, provider=met.health_centre)
        assert notices_for(provider) == []
        with time_machine.travel("2026-08-27 03:00", tick=False):
            assert notices_for(met.clerk) == []

    def test_notices_cost_one_query(self, met, publication, django_assert_num_queries):
        provider = make_person("service_provider", provider=met.health_centre)
        with django_assert_num_queries(2):
            assert notices_for(provider)


class TestWithdrawal:
    def test_it_has_a_reason_and_happens_once(self, met):
        agree(met)
        publication = announce(met)
        with pytest.raises(NotToWithdraw):
            withdraw_publication(publication=publication, reason=" ", by=met.clerk)
        withdraw_publication(publication=publication, reason="ខុស", by=met.clerk)
        with pytest.raises(NotToWithdraw):
            withdraw_publication(publication=publication, reason="ខុស", by=met.clerk)

    def test_it_is_gone_at_once(self, met):
        agree(met)
        publication = announce(met)
        withdraw_publication(publication=publication, reason="ខុស", by=met.clerk)
        assert not Publication.objects.public(date(2026, 8, 20) + timedelta(days=30)).exists()
        assert trail()[-1] == "publication.withdrawn"
