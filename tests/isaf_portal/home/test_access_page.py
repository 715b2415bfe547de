"""Who may do what, in words: complete, and the same as the roles say."""

import pytest
from django.utils.translation import override

from accounts.permission_words import PERMISSION_WORDS, access_table, given_by, scope_of
from accounts.roles import CBO_REPRESENTATIVE, COUNCILLOR, ROLES, Permission
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def test_a_stranger_is_led_to_the_door(client):
    assert "/sign-in/" in client.get("/en/access/").url


def test_every_permission_has_words_once():
    named = [permission for _heading, permissions in PERMISSION_WORDS for permission in permissions]
    assert sorted(named) == sorted(Permission)


def test_the_table_says_what_the_roles_say():
    said = {
        (str(line.words), cell.role.code)
        for group in access_table()
        for line in group.lines
        for cell in line.cells
        if cell.may
    }
    granted = {
        (str(words), role.code)
        for _heading, permissions in PERMISSION_WORDS
        for permission, words in permissions.items()
        for role in ROLES.values()
        if permission in role.permissions
    }
    assert said == granted


def test_what_the_council_hands_over_is_marked():
    marked = [
        (line.words, cell.role.code)
        for group in access_table()
        for line in group.lines
        for cell in line.cells
        if cell.if_named
    ]
    assert marked == [("Confirm the recorded decision of the council", COUNCILLOR.code)]


def test_the_page_shows_the_own_role_first_and_who_gives_it(client):
    person = make_person(role="councillor")
    client.force_login(person)
    answer = client.get("/en/access/")
    assert answer.context["roles"][0].role == COUNCILLOR
    assert [each.role.code for each in answer.context["in_order"]] == list(ROLES)
    assert "Commune clerk" in given_by(COUNCILLOR)
    assert scope_of(CBO_REPRESENTATIVE) == "own group"
    assert answer.content.decode().count("<h1") == 1


def test_the_page_costs_the_roles_alone(client, django_assert_num_queries):
    client.force_login(make_person(role="councillor"))
    with django_assert_num_queries(3):
        client.get("/km/access/")
