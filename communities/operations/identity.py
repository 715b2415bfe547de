"""By what a person is known: name, phone number, e-mail, as they are typed and as they are kept."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.phones import parse_phone
from communities.operations.fitness import SettingRefused
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_EMAIL, LONGEST_PHONE = 120, 254, 40  # characters


def kept_phone(typed: str) -> str:
    """As +855…, empty where nothing was typed; refused where it is no phone number."""
    text = plain_text(typed, at_most=LONGEST_PHONE)
    found = parse_phone(text) if text else ""
    if found is None:
        raise SettingRefused(_("This is no phone number."))
    return found


def kept_email(typed: str) -> str:
    """In small letters, empty where nothing was typed; refused where it is no e-mail address."""
    text = plain_text(typed, at_most=LONGEST_EMAIL).lower()
    try:
        if text:
            validate_email(text)
    except ValidationError as fault:
        raise SettingRefused(_("This is no e-mail address.")) from fault
    return text


def refuse_incomplete(name: str, phone: str, email: str, language: str) -> None:
    if not name:
        raise SettingRefused(_("Write the person's name."))
    if not phone and not email:
        raise SettingRefused(_("A person signs in by an e-mail address or a phone number: give one."))
    if language not in User.Language.values:
        raise SettingRefused(_("The language is km or en."))
