"""The calendar of a round through the pages: who reads it, who moves a day, and what a reason is asked for."""

from datetime import date

import pytest
import time_machine

from communities.models import Meeting
from scorecards.models import Round, RoundDateChange
from scorecards.operations.calendar import plan_meeting
from scorecards.operations.planning import Wanted, plan_scorecards
from tests.factories import make_person, make_village
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world(interface_on=date(2026, 7, 17))


@pytest.fixture
def meeting(world):
    return plan_meeting(
        scoring_round=world.scoring_round, kind="i4c", held_on=date(2026, 6, 12), village=make_village(name_en="Kumru 1"),
        by=make_person(),
    )  # fmt: skip


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def text_of(answer) -> str:
    return answer.content.decode()


def in_round(world, name: str) -> str:
    return f"/en/rounds/{world.scoring_round.pk}/{name}/"


# --- Reading --------------------------------------------------------------------------------------


def test_the_council_reads_the_year_and_is_offered_nothing_it_may_not_do(world, meeting, client):
    client.force_login(world.person("council_clerk"))
    page = text_of(client.get(in_round(world, "calendar")))
    assert "32 days left" in page
    assert "was it held, or put off?" in page
    for name in ("put-off", "meetings/add", "dates", "postpone"):
        assert f"/{name}/" not in page


def test_the_team_finds_every_page_that_changes_a_day(world, meeting, facilitator, client):
    page = text_of(client.get(in_round(world, "calendar")))
    for address in (
        f"meetings/{meeting.pk}/put-off/",
        "meetings/add/",
        "dates/",
    ):
        assert address in page
    assert "/postpone/" not in page


def test_a_list_of_rounds_with_a_resting_one_can_be_read(world, client):
    Round.objects.update(status="postponed", status_reason="ទឹកជំនន់")
    client.force_login(world.person("ngo_officer"))
    assert "Postponed" in text_of(client.get("/en/rounds/"))
    assert "ទឹកជំនន់" in text_of(client.get(in_round(world, "calendar")))


# --- Meetings -------------------------------------------------------------------------------------


def test_a_meeting_ahead_is_planned_and_one_behind_is_recorded_at_once(world, facilitator, client):
    sent = {"kind": "dissemination", "held_on": "២០/០៦/២០២៦", "village": ""}
    assert "The meeting is planned." in text_of(
        client.post(in_round(world, "meetings/add"), sent, follow=True)
    )
    answer = client.post(in_round(world, "meetings/add"), sent | {"held_on": "10/06/2026"}, follow=True)
    assert "Now record who came." in text_of(answer)
    assert Meeting.objects.filter(status="planned").count() == 2


def test_the_form_opens_with_the_kind_that_was_pressed(world, facilitator, client):
    Round.objects.update(district_workshop_on=date(2026, 11, 27))
    page = text_of(client.get(f"{in_round(world, 'meetings/add')}?kind=district_workshop"))
    assert 'value="27/11/2026"' in page
    assert client.get(f"{in_round(world, 'meetings/add')}?kind=%00").status_code == 200


def test_who_came_is_counted_and_can_be_corrected(world, meeting, facilitator, client):
    address = f"/en/meetings/{meeting.pk}/"
    sent = {
        "held_on": "12/06/2026",
        "citizens": "៣០",
        "women": "18",
        "young": "9",
        "authorities": "3",
        "place": "វត្ត",
    }
    assert "The meeting is recorded." in text_of(client.post(address, sent, follow=True))
    meeting.refresh_from_db()
    assert (meeting.status, meeting.place, meeting.attendances.count()) == ("held", "វត្ត", 2)
    page = text_of(client.get(address))
    assert 'value="30"' in page
    assert "It did not take place?" not in page
    assert client.post(address, sent | {"women": "31"}).status_code == 200
    meeting.refresh_from_db()
    assert meeting.attendances.get(role="citizen").counts.get(people_group="female").count == 18


def test_meetings_that_have_a_page_of_their_own_are_recorded_there(world, facilitator, client):
    card = world.sitting()
    plan_scorecards(
        scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, date(2026, 6, 12))],
        by=facilitator,
    )  # fmt: skip
    scored = Meeting.objects.get()
    assert client.get(f"/en/meetings/{scored.pk}/").url == f"/en/scorecards/{card.pk}/meeting/"
    interface = plan_meeting(
        scoring_round=world.scoring_round, kind="interface", held_on=date(2026, 7, 17), by=facilitator
    )
    assert client.get(f"/en/meetings/{interface.pk}/").url == in_round(world, "interface")


def test_the_page_of_a_planned_sitting_shows_its_day_and_makes_it_held(world, facilitator, client):
    card = world.sitting()
    plan_scorecards(
        scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, date(2026, 6, 12))],
        by=facilitator,
    )  # fmt: skip
    address = f"/en/scorecards/{card.pk}/meeting/"
    page = client.get(address)
    assert 'value="12/06/2026"' in text_of(page)
    sent = {"client_id": "7f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", "held_on": "12/06/2026", "came_total": "30"}
    assert client.post(address, sent).status_code == 302
    assert Meeting.objects.get().status == "held"


def test_putting_off_and_cancelling_ask_for_the_reason(world, meeting, facilitator, client):
    address = f"/en/meetings/{meeting.pk}/"
    assert client.post(f"{address}put-off/", {"to_on": "20/06/2026"}).status_code == 200
    page = client.post(f"{address}put-off/", {"to_on": "20/06/2026", "reason": "ភ្លៀង"}, follow=True)
    assert "“ភ្លៀង”" in text_of(page)
    assert "stands already" in text_of(
        client.post(f"{address}put-off/", {"to_on": "20/06/2026", "reason": "x"})
    )
    assert client.post(f"{address}cancel/", {"reason": ""}).status_code == 200
    page = client.post(f"{address}cancel/", {"reason": "រួមគ្នា"}, follow=True)
    assert "2026: cancelled · “រួមគ្នា”" in text_of(page)
    assert "Plan a new one" in text_of(client.post(f"{address}cancel/", {"reason": "រួមគ្នា"}))


# --- The round ------------------------------------------------------------------------------------


def test_the_days_of_the_round_are_set_and_moved_with_a_reason(world, facilitator, client):
    sent = {"interface": "17/07/2026", "council": "28/08/2026", "cip": "01/10/2026"}
    assert client.post(in_round(world, "dates"), sent).status_code == 302
    moved = sent | {"interface": "20/07/2026"}
    assert "Say why the day is moved" in text_of(client.post(in_round(world, "dates"), moved))
    page = client.post(in_round(world, "dates"), moved | {"reason": "ភ្លៀង"}, follow=True)
    assert "“ភ្លៀង”" in text_of(page)
    assert RoundDateChange.objects.get().from_on == date(2026, 7, 17)


def test_a_round_is_postponed_and_resumed_by_the_officer(world, facilitator, client):
    assert client.post(in_round(world, "postpone"), {"reason": "ទឹកជំនន់"}).status_code == 403
    client.force_login(world.person("ngo_officer"))
    assert client.post(in_round(world, "postpone"), {"reason": " "}).status_code == 200
    page = text_of(client.post(in_round(world, "postpone"), {"reason": "ទឹកជំនន់"}, follow=True))
    assert "/resume/" in page
    assert "meetings/add" not in page
    assert "Resume it first" in text_of(client.post(in_round(world, "dates"), {"cip": "01/10/2026"}))
    client.post(in_round(world, "resume"), {"reason": ""})
    world.scoring_round.refresh_from_db()
    assert world.scoring_round.status == "open"
