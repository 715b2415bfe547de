"""What the database refuses about people and the trail, and what the trail itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        pytest.param("user_has_email_or_phone", {}, id="neither e-mail nor phone"),
        pytest.param("user_email_not_blank", {"email": ""}, id="blank e-mail"),
        pytest.param("user_phone_is_international", {"phone": "012345678"}, id="phone without country"),
        pytest.param(
            "user_language_known", {"phone": "+85500000001", "language": "fr"}, id="unknown language"
        ),
    ],
)
def test_a_person_is_refused(constraint, row):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.create(name="Sokha", **row)


def test_a_verb_has_its_form():
    with pytest.raises(IntegrityError, match="audit_verb_has_form"), transaction.atomic():
        record("locked", noun="scorecard", object_id=1, by=None, at=timezone.now())


def test_the_trail_is_not_changed_nor_removed():
    event = record("scorecards.scorecard.locked", noun="scorecard", object_id=1, by=None, at=timezone.now())
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    assert AuditEvent.objects.get().actor_label == "timetable"


@pytest.mark.postgresql
def test_postgresql_refuses_to_change_the_trail():
    record("scorecards.scorecard.locked", noun="scorecard", object_id=1, by=None, at=timezone.now())
    for statement in ("UPDATE accounts_auditevent SET noun = 'x'", "DELETE FROM accounts_auditevent"):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    assert AuditEvent.objects.count() == 1
