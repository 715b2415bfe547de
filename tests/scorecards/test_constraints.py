"""What the database refuses about rounds, scorecards and tallies, one case for each named constraint."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from communities.models import Area, Organisation, Programme, ServiceProvider, ServiceType
from scorecards.models import (
    Criterion,
    CriterionLink,
    CriterionTag,
    Round,
    Scale,
    ScalePoint,
    Scorecard,
    ScorecardCriterion,
    ScorecardVersion,
    ScoringGroup,
    SheetSave,
    SuggestedAction,
    Tally,
    TallyConflict,
)

pytestmark = pytest.mark.django_db


def assert_refused(constraint, model, **row):
    """The row is refused and, where the engine names it, by this constraint or, given several, one of them: a value
    out of a list breaks each rule that counts on the list."""
    names = [constraint] if isinstance(constraint, str) else constraint
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.create(**row)
    words = str(refusal.value)
    assert any(name in words for name in names) or words.startswith(
        ("UNIQUE constraint", "NOT NULL constraint", "null value")
    )


@pytest.fixture
def person():
    return User.objects.create_user(name="Sokha", password=None, phone="+85500000001")


@pytest.fixture
def village():
    parent = None
    for code, level, kind in (
        ("00", 1, "province"),
        ("0001", 2, "srok"),
        ("000101", 3, "khum"),
        ("00010101", 4, "phum"),
    ):
        parent = Area.objects.create(code=code, level=level, kind=kind, parent=parent, name_km="គំរូ")
    return parent


@pytest.fixture
def round_row(village, person):
    return {
        "programme": Programme.objects.create(name_km="កម្មវិធីគំរូ", first_year=2025),
        "organisation": Organisation.objects.create(kind="local_ngo", name_km="អង្គការគំរូ"),
        "commune": village.parent,
        "year": 2026,
        "opened_at": timezone.now(),
        "opened_by": person,
    }


@pytest.fixture
def card_row(round_row, village):
    scoring_round = Round.objects.create(**round_row)
    service = ServiceType.objects.create(code="HC", name_km="មណ្ឌលសុខភាព", sector_km="សុខភាព")
    return {
        "kind": "community",
        "programme": scoring_round.programme,
        "organisation": scoring_round.organisation,
        "year": 2026,
        "scoring_round": scoring_round,
        "provider": ServiceProvider.objects.create(
            service_type=service, name_km="គ", located_in=village.parent
        ),
        "village": village,
        "scale": Scale.objects.create(code="five", name_km="ប្រាំពិន្ទុ", points=5),
    }


@pytest.fixture
def version(card_row):
    return ScorecardVersion.objects.create(scorecard=Scorecard.objects.create(**card_row))


@pytest.fixture
def scored(version):
    service = version.scorecard.provider.service_type
    criterion = Criterion.objects.create(service_type=service, text_km="ទឹកស្អាត")
    return ScorecardCriterion.objects.create(version=version, criterion=criterion, order=1)


def test_round_is_one_a_year_and_its_status_agrees(round_row):
    Round.objects.create(**round_row)
    assert_refused("round_one_per_programme_commune_year", Round, **round_row)
    other = round_row | {"year": 2025}
    assert_refused("round_status_known", Round, **other, status="asleep")
    assert_refused("round_opened_at_with_by", Round, **(other | {"opened_by": None}))
    assert_refused("round_closed_at_with_by", Round, **other, status="closed", closed_at=timezone.now())
    assert_refused("round_closed_has_its_time", Round, **other, status="closed")
    assert_refused("round_postponed_has_reason", Round, **other, status="postponed")


def test_scale_has_three_or_five_points_with_words():
    assert_refused("scale_points_known", Scale, code="four", name_km="បួន", points=4)
    assert_refused("scale_name_has_khmer", Scale, code="five", name_km="", points=5)
    scale = Scale.objects.create(code="three", name_km="បី", points=3)
    ScalePoint.objects.create(scale=scale, score=1, label_km="ខ្សោយ")
    assert_refused("scalepoint_once", ScalePoint, scale=scale, score=1, label_km="ខ្សោយ")
    assert_refused("scalepoint_score_known", ScalePoint, scale=scale, score=6, label_km="ល្អ")
    assert_refused("scalepoint_label_has_khmer", ScalePoint, scale=scale, score=2, label_km="")


def test_criterion_of_a_meeting_belongs_to_its_round_and_provider(card_row):
    service, provider = card_row["provider"].service_type, card_row["provider"]
    name = "criterion_own_belongs_to_round_and_provider"
    assert_refused(name, Criterion, service_type=service, text_km="ក", kind="custom", provider=provider)
    assert_refused(name, Criterion, service_type=service, text_km="ក", provider=provider)
    assert_refused("criterion_kind_known", Criterion, service_type=service, text_km="ក", kind="other")
    assert_refused("criterion_text_has_khmer", Criterion, service_type=service, text_km="")
    assert_refused("criteriontag_name_has_khmer", CriterionTag, code="water", name_km="")
    first = Criterion.objects.create(service_type=service, text_km="ក")
    second = Criterion.objects.create(service_type=service, text_km="ខ")
    CriterionLink.objects.create(previous=first, next=second)
    assert_refused("criterionlink_once", CriterionLink, previous=first, next=second)
    assert_refused("criterionlink_not_itself", CriterionLink, previous=first, next=first)


def test_scorecard_is_unique_by_round_provider_village_and_sitting(card_row):
    Scorecard.objects.create(**card_row)
    assert_refused("scorecard_village_sitting_once", Scorecard, **card_row)
    assert_refused(
        ("scorecard_kind_known", "scorecard_community_has_round"), Scorecard, **(card_row | {"kind": "other"})
    )
    assert_refused("scorecard_sitting_from_one", Scorecard, **card_row, sitting=0)
    assert_refused("scorecard_community_has_round", Scorecard, **(card_row | {"scoring_round": None}))
    without_village = card_row | {"village": None}
    Scorecard.objects.create(**without_village)
    assert_refused("scorecard_sitting_once", Scorecard, **without_village)


def test_self_assessment_is_once_a_year(card_row):
    row = card_row | {"kind": "self", "scoring_round": None, "village": None}
    Scorecard.objects.create(**row)
    assert_refused("scorecard_self_once_a_year", Scorecard, **row, sitting=2)


def test_version_status_agrees_with_its_times(version, person):
    now, card = timezone.now(), version.scorecard
    assert_refused("scorecardversion_number_once", ScorecardVersion, scorecard=card, number=1, status="locked",
                   submitted_at=now, submitted_by=person, locked_at=now, locked_by=person)  # fmt: skip
    version.delete()
    status = ("scorecardversion_status_known", "scorecardversion_status_has_its_time")
    assert_refused(status, ScorecardVersion, scorecard=card, status="asleep")
    refusals = {
        "scorecardversion_status_has_its_time": {"status": "submitted"},
        "scorecardversion_submitted_at_with_by": {"submitted_at": now},
        "scorecardversion_returned_at_with_by": {"returned_at": now},
        "scorecardversion_locked_at_with_by": {"locked_by": person},
        "scorecardversion_returned_has_reason": {
            "status": "returned",
            "returned_at": now,
            "returned_by": person,
        },
        "scorecardversion_reopened_has_reason": {"number": 2},
    }
    for constraint, changes in refusals.items():
        assert_refused(constraint, ScorecardVersion, scorecard=card, **changes)


def test_one_version_is_in_work(version):
    row = {"scorecard": version.scorecard, "number": 2, "opened_reason": "counted wrongly"}
    assert_refused("scorecardversion_one_in_work", ScorecardVersion, **row)


def test_criterion_stands_once_on_a_sheet(scored):
    row = {"version": scored.version, "criterion": scored.criterion, "order": 2}
    assert_refused("scorecardcriterion_once", ScorecardCriterion, **row)
    other = Criterion.objects.create(service_type=scored.criterion.service_type, text_km="ខ")
    assert_refused(
        "scorecardcriterion_text_language_known",
        ScorecardCriterion,
        **(row | {"criterion": other}),
        text_language="fr",
    )
    assert_refused("suggestedaction_has_text", SuggestedAction, scorecard_criterion=scored, text="")


def test_groups_and_tallies_hold_possible_counts(scored):
    version = scored.version
    women = ScoringGroup.objects.create(version=version, group="women", kind="disjoint", people_count=20)
    assert_refused("scoringgroup_once", ScoringGroup, version=version, group="women", kind="disjoint")
    assert_refused("scoringgroup_group_known", ScoringGroup, version=version, group="elders", kind="disjoint")
    assert_refused("scoringgroup_kind_fits_group", ScoringGroup, version=version, group="men", kind="flag")
    assert_refused(
        "scoringgroup_people_count_possible", ScoringGroup,
        version=version, group="men", kind="disjoint", people_count=100_000,
    )  # fmt: skip
    cell = {"scorecard_criterion": scored, "scoring_group": women, "score": 3}
    Tally.objects.create(**cell, count=7)
    assert_refused("tally_cell_once", Tally, **cell, count=8)
    assert_refused("tally_score_known", Tally, **(cell | {"score": 6}), count=1)
    assert_refused("tally_count_possible", Tally, **(cell | {"score": 4}), count=100_000)


def test_saves_are_known_and_whole(version, person):
    row = {
        "version": version, "base_revision": 0, "revision": 1, "cells": {}, "outcome": "applied", "receipt": "R4T-RQJ",
        "saved_at": timezone.now(), "saved_by": person,
    }  # fmt: skip
    client_id = uuid.uuid4()
    SheetSave.objects.create(**row, client_id=client_id)
    assert_refused("client_id", SheetSave, **row, client_id=client_id)
    assert_refused("sheetsave_entry_known", SheetSave, **row, entry="third")
    assert_refused("sheetsave_outcome_known", SheetSave, **(row | {"outcome": "lost"}))
    assert_refused("sheetsave_saved_at_with_by", SheetSave, **(row | {"saved_by": None}))
    assert_refused("sheetsave_base_not_after_revision", SheetSave, **(row | {"base_revision": 2}))


def test_two_values_of_a_cell_are_possible_and_kept_once(scored, person):
    now = timezone.now()
    women = ScoringGroup.objects.create(version=scored.version, group="women", kind="disjoint")
    theirs, ours = (
        SheetSave.objects.create(
            version=scored.version, base_revision=0, revision=revision, cells={}, outcome="applied",
            receipt="R4T-RQJ", saved_at=now, saved_by=person,
        )
        for revision in (1, 2)
    )  # fmt: skip
    row = {
        "save_of": ours, "theirs": theirs, "scorecard_criterion": scored, "scoring_group": women, "score": 3,
        "theirs_count": 6, "ours_count": None,
    }  # fmt: skip
    assert_refused("tallyconflict_settled_at_with_by", TallyConflict, **row, settled_at=now)
    assert_refused("tallyconflict_settled_at_with_by", TallyConflict, **row, settled_by=person)
    assert_refused("tallyconflict_score_known", TallyConflict, **(row | {"score": 6}))
    assert_refused("tallyconflict_counts_possible", TallyConflict, **(row | {"theirs_count": 100_000}))
    assert_refused("tallyconflict_counts_possible", TallyConflict, **(row | {"ours_count": 100_000}))
    TallyConflict.objects.create(**row)
    assert_refused("tallyconflict_cell_once", TallyConflict, **row)
