"""Meetings and who came: contradictions are refused whole, corrections change one meeting."""

from datetime import date, time
from uuid import uuid4

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import AuditEvent
from communities.models import Attendance, AttendanceCount, Facilitator, Meeting
from communities.operations.meetings import correct_meeting, record_meeting
from isaf_portal.lib.errors import Refused
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english_on_a_day_in_june():
    with override("en"), time_machine.travel("2026-06-12T03:00:00+00:00"):
        yield


@pytest.fixture
def good():
    ngo = factories.make_organisation()
    return {
        "client_id": uuid4(),
        "kind": "interface",
        "programme": factories.make_programme(partners=[ngo]),
        "organisation": ngo,
        "commune": factories.make_commune(),
        "year": 2026,
        "held_on": date(2026, 6, 11),
        "by": factories.make_person(),
    }


def counts_of(meeting):
    rows = AttendanceCount.objects.filter(attendance__meeting=meeting)
    return {(row.attendance.role, row.people_group): row.count for row in rows.select_related("attendance")}


# --- Refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"kind": "party"}, "what kind", id="kind"),
        pytest.param({"status": "maybe"}, "whether the meeting was held", id="status"),
        pytest.param({"method": "telepathy"}, "how people scored", id="method"),
        pytest.param({"year": 2024}, "does not run in this year", id="before the programme"),
        pytest.param({"year": 10**30}, "does not run in this year", id="huge year"),
        pytest.param({"held_on": None}, "on which day", id="no day"),
        pytest.param({"held_on": date(2026, 6, 13)}, "cannot be in the future", id="tomorrow"),
        pytest.param({"starts_at": time(14), "ends_at": time(9)}, "ends before it begins", id="end first"),
        pytest.param({"starts_at": time(9), "ends_at": time(9)}, "ends before it begins", id="no length"),
        pytest.param({"status": "postponed"}, "why the meeting was not held", id="no reason"),
        pytest.param({"status": "cancelled", "status_reason": "\x00"}, "why the meeting", id="empty reason"),
        pytest.param({"place": "ក" * 161}, "too long", id="long place"),
        pytest.param({"notes": "ក" * 5001}, "too long", id="long notes"),
        pytest.param({"client_id": "seven"}, "damaged", id="client_id"),
    ],
)
def test_a_meeting_that_cannot_have_been_is_refused(good, changes, words):
    with pytest.raises(Refused, match=words):
        record_meeting(**(good | changes))
    assert not Meeting.objects.exists()


def test_the_day_is_that_of_the_portal_not_of_london(good):
    with time_machine.travel("2026-06-12T18:30:00+00:00"):
        record_meeting(**(good | {"held_on": date(2026, 6, 13)}))


def test_places_and_partners_fit(good):
    village = factories.make_village()
    with pytest.raises(Refused, match="Choose a commune"):
        record_meeting(**(good | {"commune": village}))
    elsewhere = factories.make_commune(code="000102")
    with pytest.raises(Refused, match="does not lie in the commune"):
        record_meeting(**good, village=factories.make_village(commune=elsewhere))
    with pytest.raises(Refused, match="does not lie in the commune"):
        record_meeting(**good, village=good["commune"])
    with pytest.raises(Refused, match="does not serve"):
        record_meeting(**good, provider=factories.make_provider(commune=elsewhere))
    with pytest.raises(Refused, match="does not work in the programme"):
        record_meeting(**(good | {"organisation": factories.make_organisation()}))


@pytest.mark.parametrize(
    ("citizens", "words"),
    [
        pytest.param({"total": 20, "female": 21}, "Female 21 is more than Total 20", id="female"),
        pytest.param({"total": 20, "youth": 21}, "Young people 21 is more than Total 20", id="youth"),
        pytest.param({"total": 47, "youth": 8, "young_women": 9}, "Young women 9 is more", id="young women"),
        pytest.param(
            {"total": 47, "female": 8, "young_women": 9}, "Young women 9 is more than Female 8",
            id="women of a flag",
        ),
        pytest.param(
            {"total": 47, "female": 45, "youth": 18, "young_women": 9}, "but only 2 men came", id="young men"
        ),
        pytest.param({"female": 5}, "Write the total", id="no total"),
        pytest.param({"total": -1}, "Total: write a whole number", id="negative"),
        pytest.param({"total": 100_000}, "Total: write a whole number", id="huge"),
        pytest.param({"total": "47"}, "Total: write a whole number", id="a text"),
        pytest.param({"total": True}, "Total: write a whole number", id="yes"),
        pytest.param({"total": 47, "elders": 3}, "not known here", id="unknown group"),
    ],
)  # fmt: skip
def test_counts_that_contradict_are_refused_and_none_is_kept(good, citizens, words):
    with pytest.raises(Refused, match=words):
        record_meeting(**good, attendance={"provider": {"total": 3}, "citizen": citizens})
    assert not Meeting.objects.exists()
    assert not AttendanceCount.objects.exists()


def test_people_of_an_unknown_role_are_refused(good):
    with pytest.raises(Refused, match="Say who came"):
        record_meeting(**good, attendance={"ghost": {"total": 3}})


# --- Recorded -------------------------------------------------------------------------------------


def test_a_meeting_is_kept_with_its_counts(good):
    caf = Facilitator.objects.create(
        organisation=good["organisation"], name="Sokha", base_commune=good["commune"]
    )
    attendance = {"citizen": {"total": 47, "female": 25, "youth": None}, "provider": {"total": 0}}
    meeting = record_meeting(
        **good, village=factories.make_village(), provider=factories.make_provider(), starts_at=time(8),
        ends_at=time(11), place=" សាលា\u200bភូមិ ", facilitators=[caf], attendance=attendance,
    )  # fmt: skip
    assert meeting.place == "សាលាភូមិ"
    assert list(meeting.facilitators.all()) == [caf]
    assert counts_of(meeting) == {
        ("citizen", "total"): 47, ("citizen", "female"): 25, ("provider", "total"): 0,
    }  # fmt: skip
    line = AuditEvent.objects.get(verb="communities.meeting.recorded")
    assert (line.area, line.object_id) == ("000101", str(meeting.pk))
    assert line.detail == {"kind": "interface", "status": "held", "citizen_count": 47, "provider_count": 0}


def test_a_planned_meeting_may_be_in_the_future(good):
    meeting = record_meeting(**(good | {"held_on": date(2026, 7, 17), "status": "planned"}))
    assert meeting.status == "planned"


def test_the_same_meeting_twice_is_kept_once(good):
    assert record_meeting(**good) == record_meeting(**(good | {"client_id": str(good["client_id"])}))
    assert Meeting.objects.count() == 1
    with pytest.raises(Refused, match="another meeting"):
        record_meeting(**(good | {"kind": "committee"}))


# --- Corrected ------------------------------------------------------------------------------------


def test_a_correction_cannot_make_another_meeting_of_it(good):
    meeting = record_meeting(**good)
    with pytest.raises(TypeError, match="commune"):
        correct_meeting(meeting=meeting, by=good["by"], commune=factories.make_commune(code="000102"))


def test_a_correction_is_refused_like_a_new_meeting(good):
    meeting = record_meeting(**good, attendance={"citizen": {"total": 47}})
    with pytest.raises(Refused, match="cannot be in the future"):
        correct_meeting(meeting=meeting, by=good["by"], held_on=date(2027, 1, 1))
    with pytest.raises(Refused, match="more than Total"):
        correct_meeting(meeting=meeting, by=good["by"], attendance={"citizen": {"total": 4, "female": 5}})
    assert counts_of(meeting) == {("citizen", "total"): 47}


def test_a_correction_changes_what_it_names_and_replaces_the_counts_of_a_role(good):
    attendance = {"citizen": {"total": 47, "female": 25}, "provider": {"total": 3}}
    meeting = record_meeting(**good, place="សាលា", attendance=attendance)
    corrected = correct_meeting(
        meeting=meeting, by=good["by"], attendance={"citizen": {"total": 48}}, notes="គ"
    )
    assert (corrected, corrected.place, corrected.notes) == (meeting, "សាលា", "គ")
    assert counts_of(meeting) == {("citizen", "total"): 48, ("provider", "total"): 3}
    assert Attendance.objects.count() == 2
    correct_meeting(meeting=meeting, by=good["by"], facilitators=[])
    assert AuditEvent.objects.filter(verb="communities.meeting.corrected").count() == 2
