"""What the database refuses about places, providers, people and meetings, one case for each named constraint."""

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from communities.models import (
    Area,
    AreaCode,
    AreaLineage,
    Assignment,
    Attendance,
    AttendanceCount,
    Catchment,
    Cbo,
    CboYear,
    Facilitator,
    Grant,
    KeyWord,
    Meeting,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
    ServiceType,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def commune():
    province = Area.objects.create(code="00", level=1, kind="province", name_km="គំរូ", name_en="Kumru")
    district = Area.objects.create(code="0001", level=2, kind="srok", parent=province, name_km="គំរូ")
    return Area.objects.create(code="000101", level=3, kind="khum", parent=district, name_km="គំរូ")


@pytest.fixture
def ngo():
    return Organisation.objects.create(kind="local_ngo", name_km="អង្គការគំរូ")


@pytest.fixture
def programme():
    return Programme.objects.create(name_km="កម្មវិធីគំរូ", first_year=2025)


@pytest.fixture
def service():
    return ServiceType.objects.create(code="HC", name_km="មណ្ឌលសុខភាព", sector_km="សុខភាព")


@pytest.fixture
def provider(service, commune):
    return ServiceProvider.objects.create(service_type=service, name_km="មណ្ឌល", located_in=commune)


@pytest.fixture
def person():
    return User.objects.create_user(name="Sokha", password=None, phone="+85500000001")


@pytest.fixture
def meeting_row(programme, ngo, commune, person):
    return {
        "kind": "scorecard",
        "programme": programme,
        "organisation": ngo,
        "commune": commune,
        "year": 2026,
        "held_on": date(2026, 6, 11),
        "recorded_at": timezone.now(),
        "recorded_by": person,
    }


def assert_refused(constraint, model, **row):
    """The row is refused and, where the engine names it, by this constraint."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        model.objects.create(**row)
    words = str(refusal.value)
    assert constraint in words or words.startswith(("UNIQUE constraint", "NOT NULL constraint", "null value"))


def village(commune, **changes):
    row = {"code": "00010101", "level": 4, "kind": "phum", "parent": commune, "name_km": "គំរូ ១"}
    return row | changes


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        pytest.param("area_code_is_pairs_of_digits", {"code": "000101ab"}, id="letters"),
        pytest.param("area_code_is_as_long_as_its_level", {"code": "000102"}, id="too short"),
        pytest.param("area_code_starts_with_its_parents", {"code": "00010201"}, id="another commune's"),
        pytest.param("area_kind_fits_its_level", {"kind": "khum"}, id="a commune among villages"),
        pytest.param("area_name_has_khmer", {"name_km": ""}, id="no Khmer name"),
        pytest.param("area_name_has_khmer", {"name_km": None, "name_en": "Kumru 1"}, id="only English"),
    ],
)
def test_area_refuses(commune, constraint, changes):
    assert_refused(constraint, Area, **village(commune, **changes))


def test_area_takes_a_good_village(commune):
    assert Area.objects.create(**village(commune)).is_practice


def test_two_open_codes_are_refused(commune):
    other = Area.objects.create(**village(commune))
    AreaCode.objects.create(area=commune, code="000101", kind="khum", name_km="គំរូ")
    same = {"code": "000101", "kind": "khum", "name_km": "គំរូ"}
    assert_refused("areacode_open_code_once", AreaCode, area=other, **same)
    assert_refused("areacode_one_open_per_area", AreaCode, area=commune, **(same | {"code": "000109"}))


def test_a_code_does_not_end_before_it_begins(commune):
    day = date(2024, 1, 1)
    row = {
        "area": commune,
        "code": "000101",
        "kind": "khum",
        "name_km": "គំរូ",
        "valid_from": day,
        "valid_to": day,
    }
    assert_refused("areacode_valid_from_before_to", AreaCode, **row)


def test_lineage_is_known_and_said_once(commune):
    row = {"from_area": commune, "to_area": commune, "kind": "renamed", "on": date(2024, 1, 1)}
    AreaLineage.objects.create(**row)
    assert_refused("arealineage_said_once", AreaLineage, **row)
    assert_refused("arealineage_kind_known", AreaLineage, **(row | {"kind": "moved"}))


def test_names_have_khmer(commune, service):
    assert_refused("organisation_name_has_khmer", Organisation, kind="donor", name_km="")
    assert_refused("servicetype_name_has_khmer", ServiceType, code="XX", name_km="", sector_km="x")
    assert_refused(
        "serviceprovider_name_has_khmer",
        ServiceProvider,
        service_type=service,
        name_km="",
        located_in=commune,
    )
    assert_refused("cbo_name_has_khmer", Cbo, name_km="", commune=commune, kind="club")
    assert_refused("programme_name_has_khmer", Programme, name_km="", first_year=2025)


def test_organisation_kind_is_known():
    assert_refused("organisation_kind_known", Organisation, kind="club", name_km="គំរូ")


def test_periods_do_not_end_before_they_begin(provider, commune, ngo, programme, person):
    late, early = date(2026, 2, 1), date(2026, 1, 1)
    assert_refused(
        "serviceprovider_active_from_not_after_active_to", ServiceProvider,
        service_type=provider.service_type, name_km="គ", located_in=commune, active_from=late, active_to=early,
    )  # fmt: skip
    assert_refused(
        "catchment_served_from_not_after_served_to", Catchment,
        provider=provider, commune=commune, served_from=late, served_to=early,
    )  # fmt: skip
    assert_refused(
        "facilitator_active_from_not_after_active_to", Facilitator,
        organisation=ngo, name="Dara", base_commune=commune, active_from=late, active_to=early,
    )  # fmt: skip
    assert_refused(
        "grant_starts_on_not_after_ends_on",
        Grant,
        donor=ngo,
        programme=programme,
        starts_on=late,
        ends_on=early,
    )
    assert_refused(
        "assignment_starts_on_not_after_ends_on", Assignment,
        user=person, role="administrator", starts_on=late, ends_on=early,
    )  # fmt: skip


def test_provider_code_and_catchment_stand_once(provider, commune):
    row = {
        "service_type": provider.service_type,
        "name_km": "គ",
        "located_in": commune,
        "official_code": "HC-1",
    }
    ServiceProvider.objects.create(**row)
    assert_refused("serviceprovider_official_code_once", ServiceProvider, **row)
    Catchment.objects.create(provider=provider, commune=commune)
    assert_refused("catchment_open_once", Catchment, provider=provider, commune=commune)


def test_cbo_year_counts_agree(commune):
    cbo = Cbo.objects.create(name_km="ក្រុម", commune=commune, kind="club")
    CboYear.objects.create(cbo=cbo, year=2026, members_count=10, female_count=10)
    assert_refused("cboyear_once", CboYear, cbo=cbo, year=2026, members_count=1)
    assert_refused(
        "cboyear_female_not_above_members", CboYear, cbo=cbo, year=2025, members_count=1, female_count=2
    )


def test_programme_settings_make_sense(programme, ngo):
    good = {"name_km": "គ", "first_year": 2025}
    assert_refused("programme_first_year_not_after_last_year", Programme, **good, last_year=2024)
    assert_refused("programme_youth_from_age_not_after_youth_to_age", Programme, **good, youth_from_age=31)
    assert_refused("programme_scale_points_known", Programme, **good, scale_points=4)
    assert_refused("programme_needs_a_confirmation", Programme, **good, confirmations_needed=0)
    ProgrammeOrganisation.objects.create(programme=programme, organisation=ngo)
    assert_refused("programmeorganisation_once", ProgrammeOrganisation, programme=programme, organisation=ngo)


def test_a_programme_says_each_key_word_once_and_in_khmer(programme):
    word = {"programme": programme, "key": "plan_short", "text_km": "ផែនការ"}
    assert_refused("keyword_text_has_khmer", KeyWord, **(word | {"text_km": ""}))
    assert_refused("keyword_key_known", KeyWord, **(word | {"key": "slogan"}))
    KeyWord.objects.create(**word)
    assert_refused("keyword_once", KeyWord, **word)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        pytest.param("meeting_kind_known", {"kind": "party"}, id="kind"),
        pytest.param("meeting_status_known", {"status": "maybe"}, id="status"),
        pytest.param("meeting_recorded_at_with_by", {"recorded_by": None}, id="nobody recorded it"),
        pytest.param(
            "meeting_starts_before_it_ends", {"starts_at": time(14), "ends_at": time(9)}, id="end first"
        ),
        pytest.param("meeting_not_held_has_reason", {"status": "postponed"}, id="postponed without a reason"),
    ],
)
def test_meeting_refuses(meeting_row, constraint, changes):
    assert_refused(constraint, Meeting, **(meeting_row | changes))


def test_attendance_counts_each_group_once(meeting_row):
    meeting = Meeting.objects.create(**meeting_row)
    citizens = Attendance.objects.create(meeting=meeting, role="citizen")
    assert_refused("attendance_one_per_role", Attendance, meeting=meeting, role="citizen")
    assert_refused("attendance_role_known", Attendance, meeting=meeting, role="guest")
    AttendanceCount.objects.create(attendance=citizens, people_group="total", count=47)
    assert_refused(
        "attendancecount_once", AttendanceCount, attendance=citizens, people_group="total", count=1
    )
    assert_refused(
        "attendancecount_people_group_known", AttendanceCount, attendance=citizens, people_group="x", count=1
    )


def test_a_role_hangs_on_exactly_its_scopes(person, commune, ngo):
    today = date(2026, 1, 1)
    name = "assignment_has_the_scopes_of_its_role"
    assert_refused(name, Assignment, user=person, role="councillor", starts_on=today)
    assert_refused(name, Assignment, user=person, role="administrator", area=commune, starts_on=today)
    assert_refused(name, Assignment, user=person, role="facilitator", area=commune, starts_on=today)
    Assignment.objects.create(
        user=person, role="facilitator", area=commune, organisation=ngo, starts_on=today
    )
    assert Assignment.objects.current(today).count() == 1
    assert Assignment.objects.current(date(2025, 12, 31)).count() == 0


def test_only_a_councillor_is_a_delegate(person, commune):
    chief = {"user": person, "role": "council_chief", "area": commune, "starts_on": date(2026, 1, 1)}
    assert_refused("assignment_delegate_has_something_delegated", Assignment, **chief, is_delegate=True)
    assert Assignment.objects.create(**(chief | {"role": "councillor"}), is_delegate=True).pk


def test_a_freeze_has_two_ends_in_order():
    first, last = date(2026, 5, 1), date(2026, 6, 30)
    row = {"name_km": "កម្មវិធី", "first_year": 2025}
    assert_refused("programme_freeze_has_both_ends", Programme, **row, frozen_from=first)
    assert_refused("programme_freeze_has_both_ends", Programme, **row, frozen_until=last)
    assert_refused(
        "programme_frozen_from_not_after_frozen_until", Programme, **row, frozen_from=last, frozen_until=first
    )
    assert Programme.objects.create(**row, frozen_from=first, frozen_until=last).pk
