"""Phone numbers as they are typed in Cambodia."""

import phonenumbers

from isaf_portal.lib.digits import latin_digits


def parse_phone(text: str) -> str | None:
    """`012 345 678`, `០១២ ៣៤៥ ៦៧៨`, `+855 12 345678` or `0085512345678` as `+85512345678`; None if it is no number."""
    try:
        number = phonenumbers.parse(latin_digits(text), "KH")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """`+85512345678` as people write it and type it at the door, `012 345 678`; other countries' keep their code."""
    try:
        number = phonenumbers.parse(phone, "KH")
    except phonenumbers.NumberParseException:
        return phone
    is_here = number.country_code == phonenumbers.country_code_for_region("KH")
    kind = (
        phonenumbers.PhoneNumberFormat.NATIONAL if is_here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(number, kind)
