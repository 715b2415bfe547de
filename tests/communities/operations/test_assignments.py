"""Roles are given within one's own reach and end without being deleted; somebody always stays who can let people in."""

from datetime import date

import pytest
import time_machine

from accounts.models import AccessCode, AuditEvent
from accounts.operations.codes import make_access_code
from accounts.roles import Scope
from communities.models import Assignment
from communities.operations.assignments import (
    LastAdministrator,
    end_council_term,
    end_role,
    give_role,
    name_delegate,
    release_phone,
)
from communities.operations.fitness import OutOfReach, SettingRefused
from tests import factories
from tests.factories import make_commune, make_person, make_round

pytestmark = pytest.mark.django_db

TODAY, YESTERDAY = date(2026, 6, 15), date(2026, 6, 14)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


def administrator(**fields):
    person = make_person(role="administrator", **fields)
    person.set_password("lotus-river-7")
    person.save()
    return person


def role_of(person, **fields):
    return person.assignments.get(**fields)


def test_each_gives_only_own_roles_and_only_where_they_hold():
    commune, other = make_commune(), make_commune(code="000102")
    scoring_round = make_round(commune=commune)
    programme, organisation = scoring_round.programme, scoring_round.organisation
    clerk = make_person(role="council_clerk", area=commune)
    officer = make_person(role="ngo_officer", programme=programme)
    district = make_person(role="district_officer", area=commune.parent)
    provider = factories.make_provider(commune=commune)
    far = factories.make_provider(commune=make_commune(code="000201"))
    somebody = make_person()
    for by, role, scopes, may in [
        (clerk, "councillor", {Scope.AREA: commune}, True),
        (clerk, "councillor", {Scope.AREA: other}, False),
        (clerk, "council_chief", {Scope.AREA: commune}, False),
        (clerk, "administrator", {}, False),
        (officer, "council_clerk", {Scope.AREA: commune}, True),
        (officer, "council_clerk", {Scope.AREA: other}, False),
        (officer, "ngo_officer", {Scope.PROGRAMME: programme}, False),
        (officer, "facilitator", {Scope.ORGANISATION: organisation, Scope.AREA: other}, True),
        (
            officer,
            "facilitator",
            {Scope.ORGANISATION: factories.make_organisation(), Scope.AREA: commune},
            False,
        ),
        (officer, "service_provider", {Scope.PROVIDER: provider}, True),
        (officer, "service_provider", {Scope.PROVIDER: far}, False),
        (district, "council_chief", {Scope.AREA: other}, True),
        (district, "service_provider", {Scope.PROVIDER: far}, False),
        (district, "council_chief", {Scope.AREA: commune.parent}, False),
        (somebody, "councillor", {Scope.AREA: commune}, False),
    ]:
        if may:
            assert give_role(person=make_person(), role=role, scopes=scopes, by=by).starts_on == TODAY
        else:
            with pytest.raises(OutOfReach):
                give_role(person=make_person(), role=role, scopes=scopes, by=by)


def test_a_role_that_is_held_is_given_once():
    clerk = make_person(role="council_clerk")
    somebody = make_person()
    first, second = (
        give_role(person=somebody, role="councillor", scopes={Scope.AREA: make_commune()}, by=clerk)
        for _ in range(2)
    )
    assert first == second
    assert AuditEvent.objects.filter(verb="communities.role.given").count() == 1


def test_nobody_ends_a_role_that_they_could_not_give_nor_their_own():
    clerk = make_person(role="council_clerk")
    chief = make_person(role="council_chief")
    elsewhere = make_person(role="councillor", area=make_commune(code="000102"))
    for person in (chief, elsewhere, clerk):
        with pytest.raises(OutOfReach):
            end_role(assignment=role_of(person), ends_on=TODAY, by=clerk)
    boss = administrator()
    administrator()
    with pytest.raises(OutOfReach):
        end_role(assignment=role_of(boss), ends_on=TODAY, by=boss)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(1900, 1, 1), date(2100, 1, 1)])
def test_a_day_that_cannot_be_is_refused(day):
    clerk, councillor = make_person(role="council_clerk"), make_person(role="councillor")
    with pytest.raises(SettingRefused):
        end_role(assignment=role_of(councillor), ends_on=day, by=clerk)


def test_a_role_ends_and_stays_on_record():
    clerk, councillor = make_person(role="council_clerk"), make_person(role="councillor")
    end_role(assignment=role_of(councillor), ends_on=YESTERDAY, by=clerk)
    assert role_of(councillor).ends_on == YESTERDAY
    assert not Assignment.objects.current(TODAY).filter(user=councillor).exists()
    trail = AuditEvent.objects.get(verb="communities.role.ended")
    assert trail.detail["ends_on"] == "2026-06-14"


def test_the_last_administrator_who_has_signed_in_stays():
    boss, second = administrator(), administrator()
    make_person(role="administrator", name="Invited, never came")
    end_role(assignment=role_of(second), ends_on=YESTERDAY, by=boss)
    third = administrator()
    end_role(assignment=role_of(third), ends_on=date(2026, 6, 30), by=boss)
    with pytest.raises(LastAdministrator):
        end_role(assignment=role_of(boss), ends_on=date(2026, 7, 31), by=third)
    with pytest.raises(LastAdministrator):
        end_role(assignment=role_of(boss), ends_on=date(2026, 6, 30), by=third)
    assert role_of(boss).ends_on is None


def test_a_councils_term_ends_for_chief_and_councillors_at_once():
    commune = make_commune()
    district = make_person(role="district_officer", area=commune.parent)
    clerk = make_person(role="council_clerk")
    council = [make_person(role=role) for role in ("council_chief", "councillor", "councillor")]
    next_one = make_person()
    factories.give_role(person=next_one, role="councillor", area=commune, starts_on=date(2026, 7, 1))
    with pytest.raises(OutOfReach):
        end_council_term(commune=commune, ends_on=TODAY, by=clerk)
    assert end_council_term(commune=commune, ends_on=TODAY, by=district) == 3
    assert {role_of(person).ends_on for person in council} == {TODAY}
    assert role_of(next_one).ends_on is None
    assert role_of(clerk).ends_on is None
    with pytest.raises(SettingRefused):
        end_council_term(commune=commune, ends_on=TODAY, by=district)


def test_a_council_names_who_confirms_among_its_councillors():
    clerk, councillor = make_person(role="council_clerk"), make_person(role="councillor")
    chief = make_person(role="council_chief")
    district = make_person(role="district_officer", area=make_commune().parent)
    assert name_delegate(assignment=role_of(councillor), is_delegate=True, by=clerk).is_delegate
    with pytest.raises(SettingRefused):
        name_delegate(assignment=role_of(chief), is_delegate=True, by=district)
    end_role(assignment=role_of(councillor), ends_on=YESTERDAY, by=clerk)
    with pytest.raises(SettingRefused):
        name_delegate(assignment=role_of(councillor), is_delegate=False, by=clerk)
    assert AuditEvent.objects.filter(verb="communities.delegate.named").count() == 1


def test_a_recycled_number_is_taken_back_by_an_administrator_alone():
    boss, clerk, councillor = (
        administrator(),
        make_person(role="council_clerk"),
        make_person(role="councillor"),
    )
    made = make_access_code(person=councillor, kind="return", by=clerk)
    for by in (clerk, councillor):
        with pytest.raises(OutOfReach):
            release_phone(person=councillor, by=by)
    released = release_phone(person=councillor, by=boss)
    assert released.phone is None
    assert not released.is_active
    assert AccessCode.objects.get(pk=made.code.pk).revoked_at
    with pytest.raises(SettingRefused):
        release_phone(person=councillor, by=boss)


def test_the_number_of_the_last_administrator_stays():
    boss = administrator()
    other = make_person(role="administrator")
    with pytest.raises(LastAdministrator):
        release_phone(person=boss, by=other)
    with pytest.raises(SettingRefused):
        release_phone(person=other, by=other)
