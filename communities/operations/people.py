"""People with their role, made by whoever runs the server."""

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.phones import parse_phone
from accounts.roles import ROLES, Scope
from communities.models import Assignment
from communities.operations.fitness import SettingRefused
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_EMAIL = 120, 254  # characters


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
    if not (name := plain_text(name, at_most=LONGEST_NAME)):
        raise SettingRefused(_("Write the person's name."))
    _refuse_scopes(role, scopes)
    email, phone = _email(email), _phone(phone)
    if not email and not phone:
        raise SettingRefused(_("A person signs in by an e-mail address or a phone number: give one."))
    if language not in User.Language.values:
        raise SettingRefused(_("The language is km or en."))
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


def _email(email: str) -> str:
    email = plain_text(email, at_most=LONGEST_EMAIL).lower()
    try:
        if email:
            validate_email(email)
    except ValidationError as fault:
        raise SettingRefused(_("This is no e-mail address.")) from fault
    if email and User.objects.filter(email=email).exists():
        raise SettingRefused(_("Somebody signs in with this e-mail address already."))
    return email


def _phone(phone: str) -> str:
    if not phone:
        return ""
    found = parse_phone(phone)
    if found is None:
        raise SettingRefused(_("This is no phone number."))
    if User.objects.filter(phone=found).exists():
        raise SettingRefused(_("Somebody signs in with this phone number already."))
    return found


def _refuse_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as fault:
        raise SettingRefused(" ".join(fault.messages)) from fault
