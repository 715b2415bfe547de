"""Synthetic data: the same from the same seed, as sound as typed data, and never among real ones."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import AuditEvent
from communities.models import Area
from scorecards.entry.cells import tallies_of
from scorecards.entry.missing import missing_for_submission
from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    PlanVersion,
    Round,
    Scorecard,
    ScorecardVersion,
    SheetSave,
    Tally,
)
from scorecards.plans.content import content_hash
from scorecards.plans.freezing import content_of
from scorecards.results import sitting_result
from tests import factories

SIZE = {"communes": 3, "years": 2, "seed": 7}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gazetteer():
    """Five communes in two districts, one of them too small to be drawn, instead of the whole country."""
    for commune, villages in (("010201", 3), ("010202", 2), ("010203", 2), ("010301", 2), ("010302", 1)):
        for number in range(1, villages + 1):
            factories.make_village(commune=factories.make_commune(code=commune), number=number)


def seed(**size) -> str:
    out = StringIO()
    call_command("seed_national", **(SIZE | size), stdout=out)
    return out.getvalue()


def fingerprint() -> list:
    """What was made, without the keys that a database gives."""
    return [
        list(Tally.objects.order_by("pk").values_list("score", "count")),
        list(SheetSave.objects.order_by("pk").values_list("client_id", flat=True)),
        list(ActionItem.objects.order_by("pk").values_list("activity_km", "cost_riel", "ends_on")),
        list(ScorecardVersion.objects.order_by("pk").values_list("status", flat=True)),
    ]


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        pytest.param({"communes": 0}, "at least 1 commune", id="no commune"),
        pytest.param({"years": 0}, "1 to 20 years", id="no year"),
        pytest.param({"years": 21}, "1 to 20 years", id="too many years"),
        pytest.param({"seed": -1}, "not negative", id="negative seed"),
        pytest.param({"communes": 5}, "has 4 communes with two villages", id="more communes than there are"),
    ],
)
def test_an_impossible_size_is_refused(size, reason):
    with pytest.raises(CommandError, match=reason):
        seed(**size)
    assert not Round.objects.exists()


def test_a_database_with_real_rounds_is_refused():
    programme = factories.make_programme(is_practice=False)
    factories.make_round(commune=Area.objects.get(code="010201"), programme=programme)

    with pytest.raises(CommandError, match="real rounds"):
        seed()
    assert Round.objects.count() == 1


def test_practice_rounds_do_not_hinder():
    factories.make_round()

    assert seed().startswith("6 rounds, ")


def test_the_second_run_is_refused_by_the_first():
    seed()

    with pytest.raises(CommandError, match="real rounds"):
        seed()


def test_the_same_seed_makes_the_same_data():
    found = []
    for number in (7, 7, 8):
        with transaction.atomic():
            seed(seed=number)
            found.append(fingerprint())
            transaction.set_rollback(True)

    assert found[0] == found[1]
    assert found[0] != found[2]


def test_each_commune_has_two_sittings_of_three_services_a_year():
    said = seed()

    assert Round.objects.count() == 6
    assert Scorecard.objects.filter(kind="community").count() == 6 * 3 * 2
    assert ActionPlan.objects.count() == 6
    assert f"{Scorecard.objects.count()} scorecards" in said
    assert AuditEvent.objects.get(verb="scorecards.synthetic.seeded").detail["rounds"] == 6


def test_a_synthetic_sheet_is_as_sound_as_a_typed_one():
    seed()

    for version in ScorecardVersion.objects.filter(status="locked").order_by("pk")[:6]:
        assert missing_for_submission(version) == []
        assert tallies_of(version) == version.saves.get().cells
        assert sitting_result(version, is_full=True).overall


def test_the_years_before_are_locked_and_their_plans_approved():
    seed()

    before = ScorecardVersion.objects.filter(scorecard__year=2025)
    assert set(before.values_list("status", flat=True)) == {"locked"}
    assert set(ActionPlan.objects.filter(plan_year=2026).values_list("status", flat=True)) == {"approved"}
    assert CouncilDecision.objects.filter(settled_at__isnull=False).count() >= 3
    assert PlanVersion.objects.count() == ActionPlan.objects.exclude(status="draft").count()


def test_a_frozen_plan_quotes_the_scores_that_the_portal_would_quote():
    seed()

    for version in PlanVersion.objects.select_related("plan").order_by("pk"):
        again = content_of(
            version.plan, number=1, submitted_on=version.plan.submitted_at.date(), is_draft=False
        )
        assert version.content == again
        assert version.sha256 == content_hash(again)


def test_without_places_the_gazetteer_of_the_package_is_loaded_first():
    Area.objects.filter(level=4).delete()
    for level in (3, 2, 1):
        Area.objects.filter(level=level).delete()

    seed(communes=1, years=1)
    assert Area.objects.count() > 16_000
