"""`create_person`: what it refuses, and that whom it makes can sign in."""

import io

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, User
from communities.access import roles_of
from tests.factories import make_commune, make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db
PASSWORD = "lotus-river-7"


@pytest.fixture
def create(monkeypatch):
    def run(*arguments, password=PASSWORD):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
        out = io.StringIO()
        call_command("create_person", *arguments, "--password-stdin", stdout=out)
        return out.getvalue()

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("Sok", "--role", "administrator"), "give one"),
        (("Sok", "--role", "administrator", "--email", "sok"), "no e-mail"),
        (("Sok", "--role", "administrator", "--phone", "12"), "no phone"),
        (("", "--role", "administrator", "--phone", "012345678"), "name"),
        (("Sok", "--role", "ngo_officer", "--phone", "012345678"), "programme"),
        (("Sok", "--role", "ngo_officer", "--phone", "012345678", "--programme", "99"), "no programme 99"),
        (("Sok", "--role", "ngo_officer", "--phone", "012345678", "--programme", "9" * 40), "no programme"),
        (("Sok", "--role", "councillor", "--phone", "012345678", "--area", "x"), "no area x"),
        (("Sok", "--role", "king", "--phone", "012345678"), "invalid choice"),
    ],
)
def test_what_is_wrong_is_said(create, arguments, said):
    with pytest.raises(CommandError, match=said):
        create(*arguments)
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short", "1234567890", "password123"])
def test_a_weak_password_is_refused(create, password):
    with pytest.raises(CommandError):
        create("Sok", "--role", "administrator", "--phone", "012345678", password=password)
    assert not User.objects.exists()


def test_nobody_is_made_twice(create):
    other = make_person()
    with pytest.raises(CommandError, match="already"):
        create("Sok", "--role", "administrator", "--phone", other.phone)


def test_the_first_administrator_signs_in(create):
    said = create("Sok", "--role", "administrator", "--email", "Sok@Example.org", "--language", "en")
    assert said == "Sok signs in with sok@example.org and is administrator, everywhere.\n"
    person = authenticate(None, identifier="sok@example.org", password=PASSWORD)
    assert (roles_of(person), person.language) == ({"administrator"}, "en")
    event = AuditEvent.objects.get(verb="communities.person.created")
    assert (event.object_id, event.actor, event.detail["given_role"]) == (
        str(person.pk),
        None,
        "administrator",
    )
    assert "sok" not in str(event.detail).lower()


def test_a_role_hangs_on_the_scopes_that_are_named(create):
    programme, organisation, commune = make_programme(), make_organisation(), make_commune()
    create("Lee", "--role", "ngo_officer", "--phone", "012 345 678", "--programme", str(programme.pk))
    create(
        "Sun", "--role", "facilitator", "--phone", "012 345 679", "--organisation", str(organisation.pk),
        "--area", commune.code,
    )  # fmt: skip
    assert User.objects.get(phone="+85512345678").assignments.get().programme == programme
    assert User.objects.get(phone="+85512345679").assignments.get().area == commune


def test_the_password_is_asked_twice(monkeypatch):
    answers = iter([PASSWORD, "another-one-8"])
    monkeypatch.setattr(
        "communities.management.commands.create_person.getpass", lambda _prompt: next(answers)
    )
    with pytest.raises(CommandError, match="differ"):
        call_command("create_person", "Sok", "--role", "administrator", "--phone", "012345678")
