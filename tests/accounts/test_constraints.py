"""What the database refuses about people and the trail, and what the trail itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AccessCode, AuditEvent, DevicePerson, SharedDevice, User

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


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        pytest.param("accesscode_kind_known", {"kind": "letter"}, id="unknown kind"),
        pytest.param("accesscode_made_before_it_expires", {"lives_for": 0}, id="expires when it is made"),
        pytest.param(
            "accesscode_used_or_revoked", {"is_used": True, "is_revoked": True}, id="used and taken back"
        ),
        pytest.param("accesscode_one_open_per_person", {}, id="a second open one"),
    ],
)
def test_a_code_is_refused(constraint, row):
    person, now = User.objects.create(name="Sokha", phone="+85500000001"), timezone.now()
    common = {"person": person, "made_by": person, "made_at": now, "code_hash": "x"}
    AccessCode.objects.create(kind="return", link_hash="1", expires_at=now + timedelta(hours=1), **common)
    # SQLite names the columns of a broken unique key, not the key.
    match = f"{constraint}|accounts_accesscode.person_id" if "one_open" in constraint else constraint
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        AccessCode.objects.create(
            kind=row.get("kind", "return"), link_hash="2", expires_at=now + timedelta(hours=row.get("lives_for", 1)),
            used_at=now if row.get("is_used") else None, revoked_at=now if row.get("is_revoked") else None, **common,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        pytest.param("deviceperson_tries_bounded", {"failed_count": 6}, id="a sixth try"),
        pytest.param("deviceperson_has_pin", {"pin_hash": ""}, id="no PIN"),
        pytest.param("deviceperson_once", {}, id="twice on one device"),
    ],
)
def test_a_person_on_a_shared_device_is_refused(constraint, row):
    now = timezone.now()
    person, other = (User.objects.create(name="Sokha", phone=f"+8550000000{n}") for n in (1, 2))
    device = SharedDevice.objects.create(token_hash="x", added_at=now)
    fields = {"device": device, "pin_hash": "y", "added_at": now, "expires_at": now}
    DevicePerson.objects.create(person=person, **fields)
    match = f"{constraint}|accounts_deviceperson.device_id" if constraint.endswith("once") else constraint
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        DevicePerson.objects.create(person=other if row else person, **(fields | row))
