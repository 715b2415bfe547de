"""Inviting: who is refused without learning anything, who gets a slip, and that no slip opens a stronger account."""

import pytest

from accounts.models import AccessCode, User
from accounts.operations.codes import find_code, use_code
from accounts.roles import Scope
from communities.helping import first_day, may_help, people_i_help, people_to_help
from communities.models import Assignment
from communities.operations.assignments import release_phone
from communities.operations.fitness import OutOfReach, SettingRefused
from communities.operations.invitations import SomebodyElse, hand_over_code, invite_person
from isaf_portal.lib.errors import Refused
from tests.factories import give_role, make_commune, make_person, make_programme

pytestmark = pytest.mark.django_db

NAME, PHONE = "ឈឹម វណ្ណា", "012 345 678"


@pytest.fixture
def clerk():
    return make_person(role="council_clerk")


def invite(by, **fields):
    asked = {
        "name": NAME, "phone": PHONE, "email": "", "role": "councillor", "scopes": {Scope.AREA: make_commune()},
        "language": "km",
    }  # fmt: skip
    return invite_person(**(asked | fields), by=by)


def come_in(handed_over):
    return use_code(code=handed_over.code, password="river-lotus-77", language="km")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "", "phone": PHONE}, {"phone": ""}, {"phone": "12"}, {"phone": "9" * 40}, {"phone": "\x00"},
        {"email": "no mail"}, {"language": "fr"}, {"name": "x" * 500}, {"email": "x" * 300 + "@example.org"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(clerk, typed):
    with pytest.raises(Refused):
        invite(clerk, **typed)
    assert not Assignment.objects.filter(role="councillor").exists()


def test_who_may_not_give_the_role_learns_nothing_about_the_number(clerk):
    make_person(role="ngo_officer")
    User.objects.create_user(name="Somebody", password=None, phone="+85512345678")
    words = set()
    for phone in (PHONE, "012 999 999"):
        with pytest.raises(OutOfReach) as refusal:
            invite(clerk, phone=phone, role="council_chief")
        words.add(str(refusal.value))
    assert len(words) == 1


def test_the_same_person_invited_three_times_is_one_person_with_one_role_and_one_open_code(clerk):
    made = [
        invite(clerk, name=name, phone=phone)
        for name, phone in [(NAME, PHONE), (f" {NAME} ", "០១២ ៣៤៥ ៦៧៨"), (NAME, "+855 12 345 678")]
    ]
    assert len({each.assignment.pk for each in made}) == 1
    assert AccessCode.objects.filter(used_at=None, revoked_at=None).get() == made[-1].handed_over.code
    person = come_in(made[-1].handed_over)
    assert invite(clerk).handed_over is None
    assert person.assignments.count() == 1
    assert User.objects.get(pk=person.pk).check_password("river-lotus-77")


@pytest.mark.parametrize("name", ["Somebody else", "កែវ សុខា"])
def test_another_name_on_the_same_number_is_refused_and_names_nobody(clerk, name):
    invite(clerk)
    with pytest.raises(SomebodyElse) as refusal:
        invite(clerk, name=name)
    assert NAME not in str(refusal.value)
    assert AccessCode.objects.filter(revoked_at=None).count() == 1


def test_two_people_behind_number_and_mail_are_refused(clerk):
    User.objects.create_user(name=NAME, password=None, phone="+85512345678")
    User.objects.create_user(name=NAME, password=None, email="vanna@example.org")
    with pytest.raises(SomebodyElse):
        invite(clerk, email="Vanna@example.org")


def test_practice_people_and_real_ones_do_not_invite_each_other(clerk):
    practising = make_person(role="council_clerk")
    practising.is_practice = True
    practising.save()
    invite(clerk)
    with pytest.raises(SomebodyElse):
        invite(practising)
    made = invite(practising, phone="012 777 777")
    assert made.assignment.user.is_practice
    assert made.assignment.is_practice
    clerk.chose_to_practise = True
    with pytest.raises(OutOfReach):
        invite(clerk, phone="012 888 888")


def test_an_invitation_is_no_way_into_a_stronger_account_that_was_not_used_yet(clerk):
    officer = User.objects.create_user(name=NAME, password=None, phone="+85512345678")
    give_role(person=officer, role="ngo_officer")
    invited = invite(clerk)
    assert invited.assignment.user == officer
    assert invited.handed_over is None
    assert not AccessCode.objects.exists()


def test_a_code_is_refused_for_a_person_with_a_role_that_one_does_not_give(clerk):
    person = make_person(role="councillor")
    assert hand_over_code(person=person, by=clerk)
    give_role(person=person, role="facilitator")
    with pytest.raises(OutOfReach):
        hand_over_code(person=person, by=clerk)
    for other in (clerk, make_person(), make_person(role="councillor", area=make_commune(code="000102"))):
        assert not may_help(clerk, other)


def test_two_roles_in_two_communes_are_helped_by_whoever_reaches_both(clerk):
    person = make_person(role="councillor")
    give_role(person=person, role="councillor", area=make_commune(code="000102"))
    assert not may_help(clerk, person)
    assert people_i_help(clerk).filter(user=person).count() == 1
    district = make_person(role="district_officer", area=make_commune().parent)
    assert may_help(district, person)
    assert people_i_help(district).filter(user=person).count() == 2


def test_a_role_that_begins_tomorrow_counts_and_one_that_ended_does_not(clerk):
    person = make_person(role="councillor")
    give_role(person=person, role="ngo_officer", ends_on="2025-12-31")
    assert may_help(clerk, person)
    give_role(person=person, role="ngo_officer", starts_on="2099-01-01")
    assert not may_help(clerk, person)


def test_the_kind_of_code_follows_whether_the_person_came_in(clerk):
    first = invite(clerk)
    assert first.handed_over.code.kind == "invitation"
    person = come_in(first.handed_over)
    again = hand_over_code(person=person, by=clerk)
    assert again.code.kind == "return"
    assert find_code(identifier=PHONE, typed=again.typed, address="203.0.113.7") == again.code


def test_a_recycled_number_goes_to_its_new_owner(clerk):
    boss = make_person(role="administrator")
    old = invite(clerk).assignment.user
    with pytest.raises(SettingRefused):
        invite(clerk, name="កែវ សុខា")
    release_phone(person=old, by=boss)
    new = invite(clerk, name="កែវ សុខា").assignment.user
    assert new != old
    assert old.assignments.count() == 1


def test_people_who_never_came_in_are_named_the_longest_waiting_first(clerk, django_assert_num_queries):
    for number in range(3):
        invite(clerk, name=f"Person {number}", phone=f"012 345 67{number}")
    make_person(role="councillor", area=make_commune(code="000102"))
    with django_assert_num_queries(2):
        rows = people_to_help(clerk, at_most=2)
    assert [row.name for row in rows] == ["Person 0", "Person 1"]
    assert rows[0].url.endswith("/")
    assert people_to_help(make_person(role="councillor")) == []


def test_the_first_day_says_what_is_set_up():
    boss = make_person(role="administrator")
    assert [step.is_done for step in first_day(boss)] == [False] * 5
    make_programme(is_practice=False)
    assert [step.is_done for step in first_day(boss)] == [True, False, False, False, False]
    assert first_day(make_person(role="council_clerk")) == []
