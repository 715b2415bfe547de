"""Community facilitators: of one's own organisation, in one's own communes."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from communities.models import Facilitator
from communities.operations.facilitators import put_facilitator
from communities.operations.fitness import OutOfReach, SettingRefused
from tests.factories import make_commune, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return make_organisation(is_practice=True)


@pytest.fixture
def person(organisation):
    return make_person(role="facilitator", organisation=organisation, area=make_commune())


def test_other_organisations_and_communes_are_out_of_reach(organisation, person):
    other = make_organisation(is_practice=True)
    for partner, commune in ((other, make_commune()), (organisation, make_commune(code="000102"))):
        with pytest.raises(OutOfReach):
            put_facilitator(organisation=partner, name="Dara", base_commune=commune, by=person)
    assert not Facilitator.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"name": " "}, {"active_from": date(2026, 2, 1), "active_to": date(2026, 1, 1)}]
)
def test_name_and_days_are_looked_at(organisation, person, wrong):
    with pytest.raises(SettingRefused):
        put_facilitator(
            **({"name": "Dara"} | wrong), organisation=organisation, base_commune=make_commune(), by=person
        )


def test_practice_stays_apart(person):
    with pytest.raises(SettingRefused):
        put_facilitator(organisation=make_organisation(), name="Dara", base_commune=make_commune(), by=person)


def test_a_facilitator_is_added_and_stops(organisation, person):
    same = {"organisation": organisation, "name": "Dara", "base_commune": make_commune(), "by": person}
    made = put_facilitator(**same, is_female=True)
    put_facilitator(**same, facilitator=made, is_female=True, active_to=date(2026, 1, 1))
    made.refresh_from_db()
    assert (made.is_female, made.active_to) == (True, date(2026, 1, 1))
    event = AuditEvent.objects.get(verb="communities.facilitator.changed")
    assert (event.area, event.detail) == ("000101", {"organisation": organisation.pk})
