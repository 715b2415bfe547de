"""A provider reads what the community said after it has said what it thinks itself, and everybody else as before."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override

from communities.models import Meeting
from scorecards.entry.sheets import current_version
from scorecards.enums import RoundStatus
from scorecards.models import Scorecard
from scorecards.operations.review import return_scorecard
from scorecards.overview.veil import is_veiled, veiled_cards
from tests.factories import give_role, make_locked, make_person, make_provider, make_submitted
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

STAFF = {"all": (0, 0, 0, 8, 0)}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def locked(world):
    return make_locked(scorecard=world.sitting()).scorecard


def hold_interface_meeting(world, status="held") -> Meeting:
    return Meeting.objects.create(
        kind="interface", status=status, programme=world.programme, organisation=world.organisation,
        commune=world.commune, year=2026, held_on=date(2026, 6, 14), recorded_at=timezone.now(),
        recorded_by=make_person(),
    )  # fmt: skip


def test_before_its_own_assessment_the_scores_are_behind_a_veil(world, locked):
    world.self_assessment()
    assert is_veiled(world.person("service_provider"), locked)


@pytest.mark.parametrize("role", ["facilitator", "ngo_officer", "council_clerk", "district_officer"])
def test_nobody_else_waits_for_the_provider(world, locked, role):
    assert not is_veiled(world.person(role), locked)


def test_a_clerk_who_speaks_for_the_administration_waits_like_every_provider(world, locked):
    clerk = world.person("council_clerk")
    give_role(person=clerk, role="service_provider", provider=world.provider)
    assert is_veiled(clerk, locked)


def test_who_enters_the_sheets_sees_them_anyway(world, locked):
    facilitator = world.person("facilitator")
    give_role(person=facilitator, role="service_provider", provider=world.provider)
    assert not is_veiled(facilitator, locked)


def test_the_scores_of_others_and_its_own_assessment_are_never_veiled(world, locked):
    own = world.self_assessment()
    stranger = world.person("service_provider", provider=make_provider(name_km="សាលា"))
    assert not is_veiled(stranger, locked)
    assert not is_veiled(world.person("service_provider"), own)


def test_once_handed_over_the_veil_does_not_fall_again(world, locked):
    person = world.person("service_provider")
    version = make_submitted(scorecard=world.self_assessment(), counts=STAFF)
    assert not is_veiled(person, locked)
    return_scorecard(version=version, reason="ពិនិត្យម្ដងទៀត", by=make_person())
    assert current_version(version.scorecard).status == "returned"
    assert not is_veiled(person, locked)


def test_after_the_interface_meeting_there_is_nothing_to_hide(world, locked):
    person = world.person("service_provider")
    meeting = hold_interface_meeting(world, status="planned")
    assert is_veiled(person, locked)
    Meeting.objects.filter(pk=meeting.pk).update(status="held")
    assert not is_veiled(person, locked)


def test_a_closed_round_hides_nothing(world, locked):
    world.scoring_round.status = RoundStatus.CLOSED
    world.scoring_round.closed_at, world.scoring_round.closed_by = timezone.now(), make_person()
    world.scoring_round.save()
    assert not is_veiled(world.person("service_provider"), locked)


def test_who_speaks_for_nobody_costs_nothing(world, locked, django_assert_num_queries):
    person = world.person("councillor")
    assert not is_veiled(person, locked)  # the roles are read once
    with django_assert_num_queries(0):
        assert not is_veiled(person, locked)
        assert not veiled_cards(person, Scorecard.objects.all()).exists()
