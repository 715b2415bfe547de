"""The meeting of a scorecard through its page: when, who came, in which groups they scored."""

import uuid
from datetime import date, time

import pytest
import time_machine

from accounts.models import AuditEvent
from communities.models import AttendanceCount, Meeting
from scorecards.entry.sheets import current_version
from tests.factories import make_commune, make_locked, make_person, make_sheet, make_submitted
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

PEOPLE = {"came_total": "៤៧", "came_female": "25", "came_youth": "១8", "came_young_women": "9"}
# Session, person, roles of today, the scorecard twice (found, allowed), version, attendance, groups, whether scored.
QUERIES = 9
GROUPS = {"scheme": "separate", "group_women": "២០", "group_men": "15", "group_youth": "12"}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def card(world):
    return world.sitting()


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def address(card, language="km") -> str:
    return f"/{language}/scorecards/{card.pk}/meeting/"


def typed(**fields) -> dict:
    return {"client_id": str(uuid.uuid4()), "held_on": "១១/០៦/២០២៦"} | PEOPLE | GROUPS | fields


def groups_of(card) -> dict:
    return dict(current_version(card).groups.values_list("group", "people_count"))


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"),
    [("ngo_officer", 200), ("council_clerk", 404), ("service_provider", 404), ("administrator", 404)],
)
def test_only_the_team_comes_to_the_meeting_of_a_sitting(world, card, client, role, status):
    client.force_login(world.person(role))
    assert client.get(address(card)).status_code == status


def test_a_clerk_sees_a_locked_sitting_and_may_not_enter_it(world, card, client):
    make_locked(scorecard=card)
    client.force_login(world.person("council_clerk"))
    assert client.get(address(card)).status_code == 403


def test_a_facilitator_of_another_commune_finds_nothing(world, card, client):
    client.force_login(world.person("facilitator", area=make_commune(code="000102")))
    assert client.get(address(card)).status_code == 404
    assert client.post(address(card), typed()).status_code == 404
    assert not Meeting.objects.exists()


def test_a_provider_records_its_own_self_assessment_and_nobody_elses(world, client):
    client.force_login(world.person("service_provider"))
    own = world.self_assessment()
    answer = client.post(
        address(own), {"client_id": str(uuid.uuid4()), "held_on": "10/06/2026", "group_all": "៨"}
    )
    assert answer.status_code == 302
    assert groups_of(own) == {"all": 8}
    client.force_login(make_person(role="service_provider"))
    assert client.get(address(own)).status_code == 404


# --- What happens ---------------------------------------------------------------------------------


def test_meeting_people_and_groups_are_kept_in_one_go(facilitator, card, client):
    answer = client.post(
        address(card),
        typed(starts_at="០៨:០០", ends_at="11.20", place="សាលាភូមិ", method="secret", left_early="២"),
    )
    assert answer.url == f"/km/scorecards/{card.pk}/criteria/"
    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.starts_at, meeting.ends_at) == (date(2026, 6, 11), time(8), time(11, 20))
    counts = dict(AttendanceCount.objects.values_list("people_group", "count"))
    assert counts == {"total": 47, "female": 25, "youth": 18, "young_women": 9}
    assert groups_of(card) == {"women": 20, "men": 15, "youth": 12}
    assert current_version(card).left_early_count == 2
    verbs = set(AuditEvent.objects.filter(actor=facilitator.pk).values_list("verb", flat=True))
    assert {"communities.meeting.recorded", "scorecards.groups.set", "scorecards.left_early.noted"} <= verbs


@pytest.mark.parametrize(
    ("language", "sum_line"),
    [
        ("en", "25 women + 22 men = 47. Scoring groups 20 + 15 + 12 = 47."),
        ("km", "ស្រី ២៥ + ប្រុស ២២ = ៤៧។ ក្រុមដាក់ពិន្ទុ ២០ + ១៥ + ១២ = ៤៧។"),
    ],
)
def test_the_sums_stand_below_the_numbers(facilitator, card, client, language, sum_line):
    answer = client.post(address(card, language), typed(stay="1"), follow=True)
    assert sum_line in answer.content.decode()


def test_people_who_came_and_did_not_score_are_pointed_out(facilitator, card, client):
    answer = client.post(address(card, "en"), typed(group_men="14", stay="1"), follow=True)
    assert "47 people came and 46 scored. Check whether that is right." in answer.content.decode()


def test_everybody_together_with_a_part_counted_beside(facilitator, card, client):
    fields = {"scheme": "together", "group_all": "47", "group_disability": "3"}
    client.post(address(card), typed() | dict.fromkeys(GROUPS, "") | fields)
    assert groups_of(card) == {"all": 47, "disability": 3}


def test_the_same_page_sent_twice_makes_one_meeting(facilitator, card, client):
    page = typed()
    client.post(address(card), page)
    client.post(address(card), page)
    assert Meeting.objects.count() == 1


def test_a_correction_changes_the_same_meeting(facilitator, card, client):
    client.post(address(card), typed())
    client.post(address(card), typed(held_on="12/06/2026", came_total="48"))
    assert Meeting.objects.get().held_on == date(2026, 6, 12)
    assert AttendanceCount.objects.get(people_group="total").count == 48


def test_after_the_first_save_only_the_numbers_of_the_groups_are_asked(facilitator, card, client):
    make_sheet(version=current_version(card))
    page = client.get(address(card, "en"))
    assert "The groups are fixed since the first save" in page.content.decode()
    assert "scheme" not in page.context["form"].fields
    client.post(address(card), typed(group_women="21", came_total="48", came_female="26", scheme="together"))
    assert groups_of(card) == {"women": 21, "men": 15, "youth": 12}


@pytest.mark.parametrize(
    ("fields", "khmer"),
    [
        ({"came_total": "10^30"}, "សូមបញ្ចូលលេខគត់"),
        ({"came_total": "1" + "0" * 30}, "សូមបញ្ចូល"),
        ({"came_total": "-4"}, "សូមបញ្ចូល"),
        ({"came_total": "12x"}, "សូមបញ្ចូលលេខគត់"),
        ({"came_female": "48"}, "ច្រើនជាង"),
        ({"held_on": "31/02/2026"}, "សូមបញ្ចូលថ្ងៃ"),
        ({"held_on": ""}, "ត្រូវបំពេញ"),
        ({"held_on": "16/06/2026"}, "ខាងមុខ"),
        ({"starts_at": "25:00"}, "សូមបញ្ចូលម៉ោង ដូចជា ០៨:៣០"),
        ({"starts_at": "11:00", "ends_at": "10:00"}, "ចប់មុន"),
        ({"place": "\x00"}, "NULL|អក្សរ"),
        ({"method": "ballot"}, "ជ្រើស"),
        ({"client_id": "x"}, "លេខសម្គាល់"),
        ({"scheme": "separate", "group_women": "", "group_men": "", "group_youth": ""}, "ចំនួនអ្នកដាក់ពិន្ទុក្នុងក្រុម"),
        ({"scheme": "", "group_all": "47"}, "ក្រុម"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_khmer_and_shown_again(facilitator, card, client, fields, khmer):
    answer = client.post(address(card), typed(**fields))
    assert answer.status_code == 200
    shown = answer.content.decode()
    errors = str(answer.context["form"].errors)
    assert any(word in errors for word in khmer.split("|")), errors
    assert 'name="came_female"' in shown
    assert "២៥" in shown or fields.get("came_female", "25") in shown


def test_nothing_is_entered_once_it_is_submitted(world, facilitator, card, client):
    make_submitted(scorecard=card)
    page = client.get(address(card, "en")).content.decode()
    assert "waits to be checked" in page
    answer = client.post(address(card), typed(came_total="99"))
    assert answer.status_code == 200
    assert "ដាក់ស្នើ" in str(answer.context["form"].errors)
    assert AttendanceCount.objects.get(people_group="total").count == 47


@pytest.mark.parametrize("is_full", [False, True])
def test_the_page_costs_the_same_whatever_was_counted(
    facilitator, card, client, django_assert_num_queries, is_full
):
    if is_full:
        make_sheet(version=current_version(card))
        client.post(address(card), typed())
    client.get(address(card))
    with django_assert_num_queries(QUERIES):
        client.get(address(card))
