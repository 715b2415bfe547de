"""Publication through its pages: agreement, a look before the announcement, notice, reply, withdrawal, frozen days."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from scorecards.models import Publication, PublicationAgreement, PublicationReply
from scorecards.operations.corrections import correct_clerically
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.publication import announce_publication, record_agreement
from tests.scorecards.plan_world import (
    make_commune,
    make_full_plan,
    make_interface_meeting,
    make_person,
    make_world,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel("2026-08-20 03:00", tick=False):
        yield


@pytest.fixture
def world():
    """Scores are locked and the interface meeting was held; nothing is agreed."""
    world = make_world()
    score(world, (10, 8, 4, 2, 1))
    make_interface_meeting(world)
    return world


@pytest.fixture
def announced(world):
    agree(world)
    return announce_publication(scoring_round=world.scoring_round, kind="scores", by=world.clerk)


def agree(world):
    return record_agreement(
        commune=world.commune, covers_scores=True, covers_plans=True, agreed_on=date(2026, 8, 1),
        agreed_by="session 7/2026", by=world.clerk,
    )  # fmt: skip


def address(name, *args):
    with override("en"):
        return reverse(f"scorecards:{name}", args=args)


def page_of(client, name, *args, query=""):
    answer = client.get(address(name, *args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


# --- Who is refused ------------------------------------------------------------------------------


def test_a_commune_of_others_is_not_there(client, world, announced):
    client.force_login(make_person("council_clerk", area=make_commune(code="000102")))
    for name in ("publication", "record-agreement", "end-agreement", "announce"):
        assert client.get(address(name, world.scoring_round.pk)).status_code == 404
    for name in ("withdraw-publication", "reply-publication"):
        assert client.get(address(name, announced.pk)).status_code == 404


def test_who_reads_the_page_does_not_publish(client, world, announced):
    client.force_login(make_person("councillor", area=world.commune))
    shown = page_of(client, "publication", world.scoring_round.pk)
    assert "Public in 7 days" in shown
    assert address("withdraw-publication", announced.pk) not in shown
    for name in ("record-agreement", "end-agreement", "announce"):
        assert client.post(address(name, world.scoring_round.pk)).status_code == 403
    for name in ("withdraw-publication", "reply-publication"):
        assert client.post(address(name, announced.pk)).status_code == 403


def test_publication_without_agreement_is_refused_with_what_is_missing(client, world):
    client.force_login(world.clerk)
    answer = client.post(address("announce", world.scoring_round.pk), {"kind": "scores"})
    assert "No agreement of the commune to publish scores is recorded." in answer.content.decode()
    assert not Publication.objects.exists()
    assert client.post(address("announce", world.scoring_round.pk), {"kind": "all\x00"}).status_code == 404


# --- What happens --------------------------------------------------------------------------------


def test_the_clerk_records_looks_and_announces(client, world):
    client.force_login(world.clerk)
    assert "Record the agreement of the commune" in page_of(client, "publication", world.scoring_round.pk)
    typed = {"covers_scores": "on", "agreed_on": "០១/០៨/២០២៦", "agreed_by": "session 7/2026"}
    client.post(address("record-agreement", world.scoring_round.pk), typed)
    assert PublicationAgreement.objects.get().covers_scores
    preview = page_of(client, "announce", world.scoring_round.pk, query="?kind=scores")
    assert "25 people" in preview
    assert "18 of 25 people" in preview
    answer = client.post(address("announce", world.scoring_round.pk), {"kind": "scores"}, follow=True)
    assert "It is public from 27\u00a0Aug\u00a02026" in answer.content.decode()
    assert Publication.objects.get().announced_by == world.clerk


def test_a_plan_that_got_a_newer_version_since_it_was_looked_at_is_refused(client, world):
    agree(world)
    looked_at = submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    decision = record_council_decision(
        plan_version=looked_at, session_number="8", held_on=date(2026, 8, 20), present_count=5, council_size=7,
        outcome="approve", agrees_to_publish=True, scan=SimpleUploadedFile("a.pdf", b"%PDF-1.7"), by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)
    item = looked_at.plan.items.first()
    newer = correct_clerically(item=item, values={"unit": "ម"}, reason="ខ្វះ", by=world.clerk)
    client.force_login(world.clerk)
    announce = address("announce", world.scoring_round.pk)
    shown = client.post(announce, {"kind": "plan", "version": looked_at.pk}).content.decode()
    assert "Look at that one, then publish it." in shown
    assert not Publication.objects.exists()
    client.post(announce, {"kind": "plan", "version": newer.pk})
    assert Publication.objects.get().plan_version == newer


def test_an_agreement_that_says_nothing_is_not_taken(client, world):
    client.force_login(world.clerk)
    for typed in (
        {}, {"covers_scores": "on", "agreed_on": "31/02/2026", "agreed_by": "x"},
        {"covers_scores": "on", "agreed_on": "21/08/2026", "agreed_by": "x"},
        {"covers_scores": "on", "agreed_on": "01/08/2026", "agreed_by": "\x00"},
        {"covers_scores": "on", "agreed_on": "01/08/2026", "agreed_by": "ក" * 161},
    ):  # fmt: skip
        assert client.post(address("record-agreement", world.scoring_round.pk), typed).status_code == 200
    assert not PublicationAgreement.objects.exists()


def test_ending_the_agreement_withdraws_at_once(client, world, announced):
    client.force_login(world.clerk)
    end = address("end-agreement", world.scoring_round.pk)
    assert client.post(end, {"reason": " "}).status_code == 200
    shown = client.post(end, {"reason": "The council decided so"}, follow=True).content.decode()
    assert "Withdrawn" in shown
    assert "The council decided so" in shown
    assert not Publication.objects.in_force().exists()
    assert client.get(end).status_code == 302


def test_a_withdrawal_says_why(client, world, announced):
    client.force_login(world.clerk)
    withdraw = address("withdraw-publication", announced.pk)
    assert client.post(withdraw, {}).status_code == 200
    assert (
        "A sheet was wrong"
        in client.post(withdraw, {"reason": "A sheet was wrong"}, follow=True).content.decode()
    )
    assert client.post(withdraw, {"reason": "again"}).status_code == 200
    assert Publication.objects.get().withdrawal_reason == "A sheet was wrong"


def test_frozen_days_are_said_with_the_day_on_which_it_becomes_public(client, world, announced):
    world.programme.frozen_from, world.programme.frozen_until = date(2026, 8, 25), date(2026, 9, 30)
    world.programme.save()
    client.force_login(world.clerk)
    shown = page_of(client, "publication", world.scoring_round.pk)
    assert "From 25\u00a0Aug\u00a02026 to 30\u00a0Sep\u00a02026 the programme publishes nothing new." in shown
    assert "Kept back until 1\u00a0Oct\u00a02026" in shown


def test_the_page_asks_as_often_for_one_publication_as_for_three(
    client, world, announced, django_assert_num_queries
):
    client.force_login(world.clerk)
    with django_assert_num_queries(14):
        page_of(client, "publication", world.scoring_round.pk)
    for _round in range(2):
        announced.withdrawn_at, announced.withdrawn_by = announced.announced_at, world.clerk
        announced.withdrawal_reason = "?"
        announced.save()
        announced = announce_publication(scoring_round=world.scoring_round, kind="scores", by=world.clerk)
    with django_assert_num_queries(14):
        page_of(client, "publication", world.scoring_round.pk)


# --- Replies -------------------------------------------------------------------------------------


def test_a_provider_sees_its_own_figures_and_replies(client, world, announced):
    client.force_login(make_person("service_provider", provider=world.health_centre))
    assert "25 people" in page_of(client, "reply-publication", announced.pk)
    reply = address("reply-publication", announced.pk)
    client.post(reply, {"voice": world.health_centre.pk, "text": "We order more medicine."})
    client.post(reply, {"voice": world.health_centre.pk, "text": "We ordered medicine."})
    said = PublicationReply.objects.get()
    assert (said.provider, said.text, said.text_language) == (
        world.health_centre,
        "We ordered medicine.",
        "en",
    )


def test_a_provider_replies_for_nobody_else(client, world, announced):
    client.force_login(make_person("service_provider", provider=world.health_centre))
    for voice in ("commune", world.school.pk, "\x00", ""):
        assert (
            client.post(address("reply-publication", announced.pk), {"voice": voice, "text": "!"}).status_code
            == 200
        )
    assert not PublicationReply.objects.exists()


def test_a_provider_that_was_not_scored_has_nothing_to_reply_to(client, world, announced):
    client.force_login(make_person("service_provider", provider=world.school))
    shown = page_of(client, "reply-publication", announced.pk)
    assert "There is nothing here that you reply to." in shown
    assert "Kumru health centre" not in shown


def test_the_clerk_replies_for_the_commune(client, world, announced):
    client.force_login(world.clerk)
    client.post(address("reply-publication", announced.pk), {"voice": "commune", "text": "We follow it up."})
    assert PublicationReply.objects.get().provider is None
    assert "We follow it up." in page_of(client, "publication", world.scoring_round.pk)
