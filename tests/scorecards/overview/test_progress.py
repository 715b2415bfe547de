"""Where a round stands, by counting: seven steps, for one round and for many."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from communities.models import Catchment, Meeting
from communities.operations.meetings import record_meeting
from scorecards.models import ActionPlan
from scorecards.operations.action_plans import draft_action_plan
from scorecards.overview.progress import council_warning, facts_of, self_assessments_in
from tests.factories import (
    make_commune,
    make_locked,
    make_person,
    make_provider,
    make_round,
    make_scorecard,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

STAFF = {"counts": {"all": (0, 0, 2, 4, 2)}, "people": {"all": 8}}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    return make_world(starts_on=date(2026, 3, 10), council_on=date(2026, 8, 28))


def facts(world):
    return facts_of([world.scoring_round])[world.scoring_round.pk]


def meet(world, **changes) -> Meeting:
    row = {
        "client_id": "7f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", "kind": "interface", "programme": world.programme,
        "organisation": world.organisation, "commune": world.commune, "year": 2026, "held_on": date(2026, 6, 12),
        "by": make_person(),
    }  # fmt: skip
    return record_meeting(**(row | changes))


def states(world) -> str:
    """The seven steps by the first letter of their state."""
    return "".join(step.state[0] for step in facts(world).steps)


def test_the_steps_follow_each_other_from_preparing_to_the_plan(world):
    assert states(world) == "naaaaaa"
    sitting, own = world.sitting(), world.self_assessment()
    assert states(world) == "dnaaaaa"
    make_submitted(scorecard=sitting)
    assert states(world) == "ddnaaaa"
    make_locked(scorecard=own, **STAFF)
    assert states(world) == "dddnaaa"
    make_locked(scorecard=world.sitting(2))
    assert states(world) == "dddnaaa"
    meet(world)
    assert states(world) == "dddndaa"
    draft_action_plan(scoring_round=world.scoring_round, by=make_person())
    ActionPlan.objects.update(status="approved", approved_at="2026-06-15T02:00Z", approved_by=make_person())
    assert states(world) == "dddndda"


def test_notes_are_counts_and_days(world):
    make_submitted(scorecard=world.sitting(1))
    world.sitting(2)
    notes = [step.note.replace("\xa0", " ") for step in facts(world).steps]
    assert notes == ["10 Mar 2026", "1 of 2", "0 of 1", "locked 0 of 2", "", "council 28 Aug 2026", ""]


def test_a_meeting_that_was_only_planned_or_is_of_another_year_does_not_count(world):
    meet(world, status="planned")
    meet(world, client_id="8f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", year=2027)
    assert facts(world).interface is None


def test_a_provider_of_several_communes_assesses_itself_once_for_all_their_rounds(world):
    neighbour = make_commune(code="000102")
    Catchment.objects.create(provider=world.provider, commune=neighbour)
    other = make_round(commune=neighbour, programme=world.programme, organisation=world.organisation)
    own = world.self_assessment()
    found = facts_of([world.scoring_round, other])
    assert set(found[world.scoring_round.pk].assessed) == set(found[other.pk].assessed) == {world.provider.pk}
    assert list(self_assessments_in(other)) == [own]


def test_a_provider_that_no_longer_serves_the_commune_is_not_counted(world):
    world.self_assessment()
    Catchment.objects.update(served_to=date(2025, 12, 31))
    assert facts(world).assessed == {}
    assert not self_assessments_in(world.scoring_round).exists()


def test_a_plan_of_the_next_year_belongs_to_every_programmes_round_of_the_commune(world):
    plan = draft_action_plan(scoring_round=world.scoring_round, by=make_person())
    other = make_round(commune=world.commune)
    assert facts_of([other])[other.pk].plan == plan


def test_a_closed_round_or_an_approved_plan_warns_no_more(world):
    with time_machine.travel("2026-09-20 09:00+07:00"):
        here, today = facts(world), date(2026, 9, 20)
        assert "10 days are left" in council_warning(here, on=today)
        here.scoring_round.status = "closed"
        assert council_warning(here, on=today) == ""


@pytest.mark.parametrize("rows", [1, 3])
def test_facts_cost_four_queries_for_one_round_and_for_three(world, django_assert_num_queries, rows):
    rounds = [world.scoring_round, *(world.next_round(2026 + more) for more in range(1, rows))]
    for each in rounds:
        make_scorecard(scoring_round=each, provider=world.provider)
        make_scorecard(scoring_round=each, provider=make_provider(commune=world.commune), kind="self")
    with django_assert_num_queries(4):
        facts_of(rounds)
