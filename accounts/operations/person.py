"""What a person changes about their own account."""

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User


@transaction.atomic
def change_password(*, person: User, password: str, by: User) -> None:
    """Set a new password; the trail says that it changed and who did it, never what it is."""
    now = timezone.now()
    person = User.objects.select_for_update().get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
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
