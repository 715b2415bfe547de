"""Services: a code for life, and a list that practice leaves alone once real work uses it."""

import pytest

from accounts.models import AuditEvent
from communities.models import ServiceType
from communities.operations.fitness import SettingRefused
from communities.operations.service_types import put_service
from tests.factories import make_person, make_programme

pytestmark = pytest.mark.django_db
WATER = {"code": "WS", "name_km": "ទឹកស្អាត", "sector_km": "ទឹក"}


@pytest.mark.parametrize(
    "wrong",
    [{"code": "W"}, {"code": "ទឹក"}, {"code": "1W"}, {"code": "W" * 11}, {"name_km": ""}, {"sector_km": ""}],
)
def test_code_name_and_sector_are_looked_at(wrong):
    with pytest.raises(SettingRefused):
        put_service(**(WATER | wrong), by=make_person())
    assert not ServiceType.objects.exists()


def test_a_code_stands_once_and_for_life():
    made = put_service(**WATER, by=make_person())
    with pytest.raises(SettingRefused):
        put_service(**(WATER | {"code": "ws"}), by=make_person())
    put_service(**(WATER | {"code": "XX"}), service=made, is_scored_by_village=False, by=make_person())
    made.refresh_from_db()
    assert (made.code, made.is_scored_by_village) == ("WS", False)
    assert AuditEvent.objects.filter(verb="communities.service.changed", detail__code="WS").exists()


def test_practice_people_leave_the_list_to_real_programmes():
    person = make_person()
    person.is_practice = True
    put_service(**WATER, by=person)
    make_programme(is_practice=False)
    with pytest.raises(SettingRefused):
        put_service(**(WATER | {"code": "XX"}), by=person)
