"""The pages of reminders: messages ready to send, and the list of calls."""

import pytest
import time_machine

from tests.factories import make_meeting
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with time_machine.travel("2026-06-11 09:00+07:00", tick=False):
        world = make_world()
        make_meeting(scorecard=world.sitting())
        return world


def test_pages_hold_a_message_for_each_person_and_a_list_of_calls(world, client):
    facilitator = world.person("facilitator")
    client.force_login(world.person("ngo_officer"))
    with time_machine.travel("2026-06-28 09:00+07:00", tick=False):
        page = client.get("/en/reminders/").content.decode()
        calls = client.get("/en/reminders/calls/").content.decode()
    assert f'data-copy="text-{facilitator.pk}"' in page
    assert f'href="tel:{facilitator.phone}"' in page
    assert "17 days idle" in page
    assert facilitator.phone in calls
    assert "Called on, and the answer" in calls


def test_where_nobody_is_known_the_page_says_so_and_leads_to_the_sheet(world, client):
    client.force_login(world.person("ngo_officer"))
    with time_machine.travel("2026-06-28 09:00+07:00", tick=False):
        page = client.get("/en/reminders/").content.decode()
    assert "Nobody is known for these" in page


def test_where_everybody_works_the_page_is_calm(world, client):
    client.force_login(world.person("ngo_officer"))
    with time_machine.travel("2026-06-12 09:00+07:00", tick=False):
        assert "Nobody has to be reminded" in client.get("/en/reminders/").content.decode()
