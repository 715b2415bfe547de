"""What a person changes about their own account."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import AccessCode, DevicePerson, User


@transaction.atomic
def change_password(*, person: User, password: str, by: User) -> None:
    """Set a new password; the trail says that it changed and who did it, never what it is.

    A code that somebody may still hold for this person, and PINs on shared devices, are good no longer.
    """
    now = timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    set_new_password(person, password)
    AccessCode.objects.filter(person=person, used_at__isnull=True, revoked_at__isnull=True).update(
        revoked_at=now
    )
    record("accounts.user.password_changed", noun="user", object_id=person.pk, by=by, at=now)


@transaction.atomic
def choose_language(*, person: User, language: str, by: User) -> None:
    """The language in which the portal opens for this person and writes to them."""
    now = timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    person.language = language
    person.save(update_fields=["language"])
    record(
        "accounts.user.language_chosen", noun="user", object_id=person.pk, by=by, at=now, language=language
    )


def set_new_password(person: User, password: str) -> None:
    """Keep it, with the language, and end the PINs; sessions end by themselves. Inside the caller's transaction."""
    person.set_password(password)
    person.save(update_fields=["password", "language"])
    DevicePerson.objects.filter(person=person).delete()
