"""The practice commune: every role, every state of a sheet and of a plan, made by the portal's own operations."""

from datetime import date

import pytest
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.models import AuditEvent, User
from accounts.operations.sign_in import recognise_person
from accounts.roles import ROLES
from communities.access import roles_of
from communities.models import Area, Meeting, Organisation, Programme, ServiceProvider
from scorecards.consolidation import provider_consolidation
from scorecards.entry.missing import missing_for_submission
from scorecards.entry.sheets import current_version
from scorecards.enums import PlanStatus, ScorecardKind, VersionStatus
from scorecards.models import ActionPlan, Criterion, Document, ReopeningRequest, Round, Scorecard
from scorecards.plans.content import content_hash, problems_in
from scorecards.plans.missing import missing_for_council, warnings_for_council
from scorecards.practice.calendar import practice_year
from scorecards.practice.loading import load_practice
from scorecards.practice.places import KUMRU, OU
from scorecards.practice.sign_ins import practice_password, renew_passwords, sign_ins
from scorecards.results import sitting_result


@pytest.fixture(scope="module", autouse=True)
def practice(django_db_setup, django_db_blocker):
    """Loaded once for the tests of this file, in a transaction that is taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert load_practice()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def person(login: str) -> User:
    return User.objects.get(email=f"{login}@practice.example")


def kumru(*, year: int | None = None) -> Round:
    return Round.objects.get(commune__code=KUMRU, year=year or practice_year(timezone.localdate()))


def sheets(scoring_round: Round, provider: str) -> list[Scorecard]:
    found = Scorecard.objects.filter(scoring_round=scoring_round, provider__service_type__code=provider)
    return list(found.order_by("village__code"))


# --- Loading --------------------------------------------------------------------------------------


def test_loading_again_changes_nothing():
    before = AuditEvent.objects.count()

    assert not load_practice()
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize(
    ("today", "year"),
    [
        pytest.param(date(2026, 8, 31), 2025, id="before the council of the year"),
        pytest.param(date(2026, 9, 1), 2026, id="after it"),
        pytest.param(date(2027, 2, 1), 2026, id="in the next spring"),
    ],
)
def test_the_practice_year_is_the_last_one_whose_story_is_over(today, year):
    assert practice_year(today) == year


def test_all_of_it_is_marked_and_lies_in_province_00():
    assert not Programme.objects.filter(is_practice=False).exists()
    assert not Organisation.objects.filter(is_practice=False).exists()
    assert not User.objects.filter(is_practice=False).exists()
    assert not Area.objects.exclude(code__startswith="00").exists()
    assert not ServiceProvider.objects.exclude(located_in__code__startswith="00").exists()


def test_nothing_that_was_held_lies_in_the_future():
    assert not Meeting.objects.filter(held_on__gt=timezone.localdate()).exists()


def test_the_trail_tells_each_step_and_when_it_was_loaded():
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))

    assert verbs >= {
        "scorecards.round.opened", "communities.meeting.recorded", "scorecards.criteria.chosen",
        "scorecards.tallies.recorded", "scorecards.scorecard.submitted", "scorecards.scorecard.returned",
        "scorecards.scorecard.locked", "scorecards.plan.drafted", "scorecards.plan.submitted",
        "scorecards.plan.approved", "scorecards.plan.returned", "scorecards.practice.loaded",
    }  # fmt: skip
    assert {timezone.localdate(at) for at in AuditEvent.objects.values_list("at", flat=True)} == {
        timezone.localdate()
    }


# --- People ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ROLES)
def test_each_role_has_a_person(role):
    assert any(role in roles_of(each) for each in User.objects.all())


def test_everybody_signs_in_with_the_password_that_is_shown():
    validate_password(practice_password())
    shown = list(sign_ins())

    assert {row.identifier for row in shown} == set(User.objects.values_list("email", flat=True))
    assert all(row.identifier.endswith(".example") for row in shown)
    assert not User.objects.filter(phone__isnull=False).exists()
    first = shown[0]
    assert recognise_person(identifier=first.identifier, password=first.password, address="127.0.0.1")


def test_another_secret_key_gives_another_password_to_all(settings, taken_back):
    old = practice_password()
    settings.SECRET_KEY = "another one"

    assert practice_password() != old
    assert renew_passwords()
    assert person("clerk").check_password(practice_password())
    assert not renew_passwords()


def test_people_of_kumru_see_nothing_of_the_next_commune():
    facilitator = person("facilitator")

    assert set(Round.objects.visible_to(facilitator)) == set(Round.objects.filter(commune__code=KUMRU))
    assert not Scorecard.objects.visible_to(facilitator).filter(scoring_round__commune__code=OU).exists()
    assert not ActionPlan.objects.visible_to(person("clerk")).filter(commune__code=OU).exists()
    assert Round.objects.visible_to(person("facilitator2")).filter(commune__code=OU).exists()


# --- Sheets ---------------------------------------------------------------------------------------


def test_kumru_has_a_sheet_in_each_state():
    cards = Scorecard.objects.filter(scoring_round=kumru())
    states = [current_version(scorecard).status for scorecard in cards]

    assert set(states) == set(VersionStatus)
    assert len(states) == 8


def test_the_year_before_is_checked_to_the_last_sheet():
    year = practice_year(timezone.localdate()) - 1
    cards = Scorecard.objects.filter(year=year)

    assert cards.filter(kind=ScorecardKind.SELF_ASSESSMENT).count() == 3
    assert cards.filter(kind=ScorecardKind.COMMUNITY).count() == 4
    assert all(current_version(scorecard).is_locked for scorecard in cards)


def test_the_health_centre_scores_what_its_counts_say():
    second = sheets(kumru(), "HC")[1]
    with override("en"):
        result = sitting_result(current_version(second), is_full=True)

    means = {row.criterion.text_en: float(row.figure.mean) for row in result.criteria}
    assert means == {
        "Number of staff": pytest.approx(149 / 47),
        "Enough supplies, equipment and medicine": pytest.approx(111 / 47),
        "Clean water": pytest.approx(165 / 46),
        "Friendly medical staff": pytest.approx(151 / 47),
        "Attentive treatment": pytest.approx(149 / 45),
        "Staff on duty 24 hours": pytest.approx(119 / 45),
    }


def test_both_villages_are_pooled():
    scoring_round = kumru()
    centre = Scorecard.objects.filter(scoring_round=scoring_round, provider__service_type__code="HC")
    with override("en"):
        rows = provider_consolidation(centre, is_full=True).rows

    (medicine,) = [row for row in rows if row.criterion.text_en.startswith("Enough supplies")]
    assert medicine.figure.counts == (20, 30, 20, 13, 2)


def test_the_draft_lacks_one_row_and_three_reasons():
    (draft,) = [
        card for card in sheets(kumru(), "PS") if card.meeting_id and not current_version(card).submitted_at
    ]
    with override("en"):
        missing = missing_for_submission(current_version(draft))

    assert [each.step for each in missing].count("sheet") == 1
    assert [each.step for each in missing].count("reasons") == 6
    assert len(missing) == 7


def test_somebody_asks_to_reopen_a_sheet_and_a_meeting_proposed_its_own_criterion():
    assert ReopeningRequest.objects.get().version.status == VersionStatus.LOCKED
    assert Criterion.objects.get(kind="custom").text_km == "កន្លែងអង្គុយរង់ចាំ"


# --- Plans ----------------------------------------------------------------------------------------


def test_there_is_a_plan_at_every_stage():
    stages = set(ActionPlan.objects.values_list("status", flat=True))

    assert stages == set(PlanStatus) - {PlanStatus.CLOSED}


def test_the_approved_plan_has_sixteen_actions_and_a_settled_decision():
    plan = ActionPlan.objects.get(status=PlanStatus.APPROVED)

    assert (plan.commune.code, plan.items.kept().count()) == (KUMRU, 16)
    decision = plan.versions.get().decisions.get()
    assert decision.settled_at
    assert decision.recorded_by != decision.confirmations.get().confirmed_by


def test_the_draft_plan_can_go_to_the_council_and_lacks_only_english():
    plan = ActionPlan.objects.get(status=PlanStatus.DRAFT)

    assert sum(plan.items.values_list("cost_riel", flat=True)) == 58_150_000
    assert missing_for_council(plan) == []
    with override("en"):
        assert sum("English is not complete" in str(each) for each in warnings_for_council(plan)) == 2


@pytest.mark.parametrize("status", [PlanStatus.APPROVED, PlanStatus.SUBMITTED, PlanStatus.RETURNED])
def test_what_the_council_read_carries_the_day_of_the_practice_year(status):
    version = ActionPlan.objects.get(status=status).versions.get()

    assert problems_in(version.content) == []
    assert version.sha256 == content_hash(version.content)
    assert version.content["practice"]
    assert version.content["submitted_on"] == str(timezone.localdate(version.frozen_at))
    assert version.frozen_at.year == version.plan.plan_year - 1
    assert {item["target_score"] for item in version.content["external"]} - {None}
    assert Document.objects.filter(plan_version=version).count() == 5
