"""What a person changes about their own account."""

import pytest
from django.contrib.auth import get_user_model

from accounts.models import AuditEvent
from accounts.operations.person import change_password, choose_language

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return get_user_model().objects.create_user(name="Sun Sopheak", password="old", phone="+85512345678")


def test_a_new_password_replaces_the_old_one_and_the_trail_does_not_tell_it(person):
    change_password(person=person, password="lotus-river-7", by=person)
    person.refresh_from_db()
    assert person.check_password("lotus-river-7")
    assert not person.check_password("old")
    event = AuditEvent.objects.get()
    assert (event.verb, event.object_id, event.actor) == (
        "accounts.user.password_changed",
        str(person.pk),
        person.pk,
    )
    assert "lotus" not in str(vars(event))


def test_the_language_is_kept_for_the_next_time(person):
    choose_language(person=person, language="en", by=person)
    person.refresh_from_db()
    assert person.language == "en"
    assert AuditEvent.objects.get().detail == {"language": "en"}
