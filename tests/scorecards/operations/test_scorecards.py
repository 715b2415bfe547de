"""Planning sittings and self-assessments, and writing down their meeting."""

from datetime import date
from uuid import uuid4

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from communities.models import Catchment, Meeting
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.models import Scale, Scorecard
from scorecards.operations.scorecards import plan_scorecard, record_scorecard_meeting
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person():
    return factories.make_person()


@pytest.fixture
def scoring_round():
    factories.make_scale()
    return factories.make_round()


@pytest.fixture
def health_centre(scoring_round):
    return factories.make_provider()


@pytest.fixture
def village():
    return factories.make_village(number=2)


def plan(scoring_round, provider, *, by, kind="community", village=None):
    return plan_scorecard(scoring_round=scoring_round, provider=provider, kind=kind, village=village, by=by)


# --- Refused --------------------------------------------------------------------------------------


def test_an_unknown_kind_is_refused(scoring_round, health_centre, village, person):
    with pytest.raises(Refused, match="Choose whether"):
        plan(scoring_round, health_centre, village=village, by=person, kind="both")


def test_a_provider_that_does_not_serve_the_commune_is_refused(scoring_round, village, person):
    elsewhere = factories.make_provider(commune=factories.make_commune(code="000102"))
    with pytest.raises(Refused, match="does not serve"):
        plan(scoring_round, elsewhere, village=village, by=person)


def test_a_catchment_that_ended_before_the_year_does_not_count(scoring_round, health_centre, village, person):
    Catchment.objects.update(served_to=date(2025, 12, 31))
    with pytest.raises(Refused, match="does not serve"):
        plan(scoring_round, health_centre, village=village, by=person)


def test_a_provider_that_closed_is_refused(scoring_round, village, person):
    closed = factories.make_provider(active_to=date(2025, 6, 1))
    with pytest.raises(Refused, match="closed"):
        plan(scoring_round, closed, village=village, by=person)


def test_a_service_scored_by_village_needs_a_village_of_the_commune(scoring_round, health_centre, person):
    with pytest.raises(Refused, match="choose the village"):
        plan(scoring_round, health_centre, by=person)
    stranger = factories.make_village(commune=factories.make_commune(code="000102"))
    for place in (stranger, scoring_round.commune):
        with pytest.raises(Refused, match="does not lie in the commune"):
            plan(scoring_round, health_centre, village=place, by=person)


def test_a_service_scored_once_takes_no_village(scoring_round, village, person):
    service = factories.make_service(code="CA", is_scored_by_village=False)
    office = factories.make_provider(service=service)
    with pytest.raises(Refused, match="leave the village empty"):
        plan(scoring_round, office, village=village, by=person)
    with pytest.raises(Refused, match="leave the village empty"):
        plan(scoring_round, office, village=village, kind="self", by=person)


def test_a_round_that_is_not_open_takes_no_scorecard(scoring_round, health_centre, village, person):
    scoring_round.status, scoring_round.status_reason = "postponed", "flood"
    scoring_round.save()
    with pytest.raises(Refused, match="not open"):
        plan(scoring_round, health_centre, village=village, by=person)


def test_without_the_words_of_the_scale_nothing_is_planned(scoring_round, health_centre, village, person):
    Scale.objects.all().delete()
    with pytest.raises(Refused, match="not set up"):
        plan(scoring_round, health_centre, village=village, by=person)


# --- Planned --------------------------------------------------------------------------------------


def test_a_sitting_begins_with_an_empty_draft(scoring_round, health_centre, village, person):
    card = plan(scoring_round, health_centre, village=village, by=person)
    version = current_version(card)
    assert (version.number, version.status, version.revision) == (1, "draft", 0)
    assert (card.sitting, card.scale.points, card.year) == (1, 5, 2026)
    assert (card.organisation, card.programme) == (scoring_round.organisation, scoring_round.programme)
    line = AuditEvent.objects.get(verb="scorecards.scorecard.planned")
    assert (line.area, line.object_id, line.detail["village"]) == ("000101", str(card.pk), village.code)


def test_a_further_sitting_of_the_same_village_takes_the_next_number(scoring_round, health_centre, person):
    one, two = factories.make_village(number=1), factories.make_village(number=2)
    cards = [plan(scoring_round, health_centre, village=place, by=person) for place in (one, one, two)]
    assert [card.sitting for card in cards] == [1, 2, 1]


def test_a_self_assessment_is_one_a_year_for_all_communes_of_the_provider(person):
    here, there = factories.make_commune(), factories.make_commune(code="000102")
    factories.make_scale()
    programme, ngo = factories.make_programme(), factories.make_organisation()
    rounds = [factories.make_round(commune=c, programme=programme, organisation=ngo) for c in (here, there)]
    provider = factories.make_provider(serves=[there])
    cards = [plan(each, provider, kind="self", by=person) for each in (*rounds, rounds[0])]
    assert len(set(cards)) == 1
    assert (cards[0].scoring_round, cards[0].village, cards[0].organisation) == (None, None, ngo)
    assert Scorecard.objects.count() == 1


# --- The meeting ----------------------------------------------------------------------------------


def test_the_meeting_takes_what_the_scorecard_fixes(scoring_round, health_centre, village, person):
    card = plan(scoring_round, health_centre, village=village, by=person)
    meeting = factories.make_meeting(scorecard=card, method="secret")
    card.refresh_from_db()
    assert card.meeting == meeting
    assert (meeting.kind, meeting.commune, meeting.village, meeting.provider) == (
        "scorecard", scoring_round.commune, village, health_centre,
    )  # fmt: skip


def test_a_second_call_corrects_the_same_meeting(scoring_round, health_centre, village, person):
    card = plan(scoring_round, health_centre, village=village, by=person)
    first = factories.make_meeting(scorecard=card)
    card.refresh_from_db()
    again = factories.make_meeting(scorecard=card, place="វត្ត", client_id=uuid4())
    assert (again, again.place) == (first, "វត្ត")
    assert Meeting.objects.count() == 1


def test_one_meeting_is_not_taken_for_two_scorecards(scoring_round, health_centre, village, person):
    cards = [plan(scoring_round, health_centre, village=village, by=person) for _ in range(2)]
    client_id = uuid4()
    factories.make_meeting(scorecard=cards[0], client_id=client_id)
    with pytest.raises(Refused, match="another meeting"):
        factories.make_meeting(scorecard=cards[1], client_id=client_id)
    cards[1].refresh_from_db()
    assert cards[1].meeting is None


def test_a_self_assessment_meets_in_the_commune_of_the_provider(scoring_round, health_centre, person):
    card = plan(scoring_round, health_centre, kind="self", by=person)
    meeting = factories.make_meeting(scorecard=card, attendance={"provider": {"total": 8}})
    assert (meeting.kind, meeting.commune) == ("self_assessment", scoring_round.commune)


def test_a_provider_that_stands_in_no_commune_meets_in_the_first_it_serves(scoring_round, person):
    district = factories.make_area(code="0001")
    hospital = factories.make_provider(located_in=district)
    card = plan(scoring_round, hospital, kind="self", by=person)
    assert factories.make_meeting(scorecard=card, attendance={}).commune == scoring_round.commune


def test_the_meeting_of_a_submitted_scorecard_is_fixed(person):
    version = factories.make_submitted()
    with pytest.raises(Refused, match="was submitted"):
        record_scorecard_meeting(
            scorecard=version.scorecard, client_id=uuid4(), held_on=date(2026, 6, 1), by=person
        )
