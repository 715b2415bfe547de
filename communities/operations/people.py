"""People with their role, made by whoever runs the server."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import ROLES, Scope
from communities.models import Assignment
from communities.operations.fitness import SettingRefused
from communities.operations.identity import LONGEST_NAME, kept_email, kept_phone, refuse_incomplete
from isaf_portal.lib.texts import plain_text


@transaction.atomic
def create_person(
    *,
    name: str,
    password: str,
    role: str,
    by: User | None,
    email: str = "",
    phone: str = "",
    language: str = "km",
    scopes: dict[Scope, Model] | None = None,
) -> Assignment:
    """Make somebody who can sign in and holds one role from today on, in exactly the scopes that the role needs."""
    now = timezone.now()
    scopes = scopes or {}
    name = plain_text(name, at_most=LONGEST_NAME)
    email, phone = kept_email(email), kept_phone(phone)
    refuse_incomplete(name, phone, email, language)
    _refuse_scopes(role, scopes)
    _refuse_taken(phone, email)
    _refuse_password(password)
    person = User.objects.create_user(
        name=name, password=password, email=email, phone=phone, language=language
    )
    assignment = Assignment.objects.create(
        user=person,
        role=role,
        starts_on=timezone.localdate(now),
        **{str(s): thing for s, thing in scopes.items()},
    )
    record(
        "communities.person.created", noun="user", object_id=person.pk, by=by, at=now, given_role=role,
        assignment=assignment.pk,
    )  # fmt: skip
    return assignment


def _refuse_scopes(role: str, scopes: dict[Scope, Model]) -> None:
    if role not in ROLES:
        raise SettingRefused(
            _("There is no role of this name. Roles: %(roles)s") % {"roles": ", ".join(ROLES)}
        )
    if set(scopes) != ROLES[role].scopes:
        needed = ", ".join(sorted(ROLES[role].scopes)) or "–"
        raise SettingRefused(_("This role needs exactly: %(scopes)s") % {"scopes": needed})


def _refuse_taken(phone: str, email: str) -> None:
    if email and User.objects.filter(email=email).exists():
        raise SettingRefused(_("Somebody signs in with this e-mail address already."))
    if phone and User.objects.filter(phone=phone).exists():
        raise SettingRefused(_("Somebody signs in with this phone number already."))


def _refuse_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as fault:
        raise SettingRefused(" ".join(fault.messages)) from fault
