"""What the database refuses about answers, corrections and publication, one case for each named constraint."""

import pytest
from django.utils import timezone

from scorecards.models import (
    ActionItem,
    ClericalCorrection,
    PlanRemark,
    PlanVersion,
    Publication,
    PublicationAgreement,
    PublicationReply,
)
from tests.scorecards.plan_world import World, make_plan, make_world
from tests.scorecards.test_plan_constraints import HASH, assert_refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def version(world):
    return PlanVersion.objects.create(
        plan=make_plan(world), number=1, content={}, sha256=HASH, frozen_at=timezone.now(),
        frozen_by=world.facilitator,
    )  # fmt: skip


@pytest.fixture
def agreement_row(world):
    return {
        "commune": world.commune, "covers_scores": True, "covers_plans": True, "agreed_on": timezone.localdate(),
        "agreed_by": "សម័យប្រជុំ ៨/២០២៦", "recorded_at": timezone.now(), "recorded_by": world.clerk,
    }  # fmt: skip


@pytest.fixture
def publication_row(world, agreement_row):
    return {
        "kind": "scores", "scoring_round": world.scoring_round, "announced_at": timezone.now(),
        "agreement": PublicationAgreement.objects.create(**agreement_row), "announced_by": world.clerk,
        "visible_from": timezone.localdate(),
    }  # fmt: skip


def test_an_answer_has_words_a_time_and_a_person(world, version):
    row = {"plan_version": version, "text": "?", "remarked_at": timezone.now(), "remarked_by": world.chief}
    answered = {"answered_at": timezone.now(), "answered_by": world.clerk}
    assert_refused(
        "planremark_answered_at_with_by", PlanRemark, **row, answer="!", answered_at=timezone.now()
    )
    assert_refused("planremark_answered_has_text", PlanRemark, **row, **answered)
    assert_refused("planremark_answered_has_text", PlanRemark, **row, answer="!")


def test_only_words_are_corrected_clerically_and_somebody_says_why(world, version):
    row = {
        "plan_version": version, "field": "unit", "before": "ម", "after": "ម៉ែត្រ", "reason": "ខុសអក្ខរា",
        "item": ActionItem.objects.create(plan=version.plan, section="external", activity_km="លូ"),
        "corrected_at": timezone.now(), "corrected_by": world.clerk,
    }  # fmt: skip
    assert_refused(
        "clericalcorrection_field_is_clerical", ClericalCorrection, **(row | {"field": "cost_riel"})
    )
    assert_refused("clericalcorrection_has_reason", ClericalCorrection, **(row | {"reason": ""}))


def test_an_agreement_says_who_and_what_and_there_is_one_in_force(world, agreement_row):
    assert_refused(
        "publicationagreement_says_who", PublicationAgreement, **(agreement_row | {"agreed_by": ""})
    )
    assert_refused(
        "publicationagreement_covers_something", PublicationAgreement,
        **(agreement_row | {"covers_scores": False, "covers_plans": False}),
    )  # fmt: skip
    ended = {"ended_at": timezone.now(), "ended_by": world.clerk}
    assert_refused("publicationagreement_ended_has_reason", PublicationAgreement, **agreement_row, **ended)
    assert_refused(
        "publicationagreement_ended_at_with_by", PublicationAgreement,
        **agreement_row, ended_at=timezone.now(), end_reason="ប្ដូរ",
    )  # fmt: skip
    PublicationAgreement.objects.create(**agreement_row)
    assert_refused("publicationagreement_one_in_force", PublicationAgreement, **agreement_row)


def test_a_publication_names_what_it_shows_and_is_announced_once(version, publication_row):
    plan_row = publication_row | {"kind": "plan", "plan_version": version}
    assert_refused(
        "publication_kind_known", Publication,
        **(publication_row | {"kind": "all"}), or_else="publication_names_what_it_shows",
    )  # fmt: skip
    assert_refused("publication_names_what_it_shows", Publication, **publication_row, plan_version=version)
    assert_refused("publication_names_what_it_shows", Publication, **(publication_row | {"kind": "plan"}))
    Publication.objects.create(**publication_row)
    assert_refused("publication_scores_once", Publication, **publication_row)
    Publication.objects.create(**plan_row)
    assert_refused("publication_plan_version_once", Publication, **plan_row)


def test_a_withdrawal_has_a_person_and_a_reason(world, publication_row):
    now = timezone.now()
    assert_refused(
        "publication_withdrawn_at_with_by",
        Publication,
        **publication_row,
        withdrawn_at=now,
        withdrawal_reason="?",
    )
    assert_refused(
        "publication_withdrawn_has_reason",
        Publication,
        **publication_row,
        withdrawn_at=now,
        withdrawn_by=world.clerk,
    )


def test_each_side_replies_once_and_says_something(world, publication_row):
    row = {
        "publication": Publication.objects.create(**publication_row), "text": "យល់ព្រម", "replied_at": timezone.now(),
        "replied_by": world.clerk,
    }  # fmt: skip
    assert_refused("publicationreply_has_text", PublicationReply, **(row | {"text": ""}))
    assert_refused("publicationreply_text_language_known", PublicationReply, **row, text_language="fr")
    PublicationReply.objects.create(**row)
    assert_refused("publicationreply_one_of_the_commune", PublicationReply, **row)
    PublicationReply.objects.create(**row, provider=world.school)
    assert_refused("publicationreply_one_per_provider", PublicationReply, **row, provider=world.school)
