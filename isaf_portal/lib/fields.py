"""Form fields for what people type in an office: counts, riel, days and months, in either script.

They show a value as the reader writes it (Khmer digits on Khmer pages) and take what is pasted from a
spreadsheet or a phone: spaces between groups, a riel sign, Khmer and Latin digits mixed.
"""

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib import formats
from isaf_portal.lib.digits import latin_digits

# What may stand between digits without meaning anything: spaces, no-break and zero-width ones too.
SPACES = re.compile(r"[\s\u00a0\u200b\u200c\u200d\u202f]+")
# The largest whole number that both engines keep.
LARGEST = 2**63 - 1


class WholeNumberField(forms.IntegerField):
    """A count: not negative, shown and accepted in Khmer and Latin digits."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Enter a whole number, such as 25."),
        "min_value": _("Enter %(limit_value)s or more."),
        "max_value": _("Enter %(limit_value)s or less."),
    }

    def __init__(self, *, min_value=0, max_value=LARGEST, **kwargs):
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)
        for validator in self.validators:
            # The field's own words replace those of the validators, which count in Latin digits only.
            validator.message = self.error_messages.get(validator.code, validator.message)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            value = SPACES.sub("", latin_digits(value)).removesuffix(formats.RIEL_SIGN)
            if value and not re.fullmatch(r"-?[0-9]{1,30}", value):
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return formats.number(value, _language()) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day, typed as in the office: ១១/០៦/២០២៦ or 11/06/2026; the international 2026-06-11 is taken as well."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a day such as 23/11/2026.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%d/%m/%Y", "%Y-%m-%d"], **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(SPACES.sub("", latin_digits(value)) if isinstance(value, str) else value)
        if day is not None and not 1900 <= day.year <= 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def prepare_value(self, value: Any) -> Any:
        return formats.digits(f"{value:%d/%m/%Y}", _language()) if isinstance(value, date) else value


class MonthField(DayField):
    """A month of a plan, typed as ១១/២០២៦ or 11/2026; kept as the first day of that month."""

    default_error_messages = {"invalid": _("Enter a month such as 11/2026.")}

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, str) and SPACES.sub("", value):
            value = f"1/{SPACES.sub('', value)}"
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return formats.digits(f"{value:%m/%Y}", _language()) if isinstance(value, date) else value


class ClockField(forms.TimeField):
    """A time of the day on the 24-hour clock: ០៨:០០, 8:00, 8.30."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a time such as 08:30.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%H:%M"], **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"autocomplete": "off"}

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = SPACES.sub("", latin_digits(value)).replace(".", ":")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return formats.digits(f"{value:%H:%M}", _language()) if isinstance(value, time) else value


def _language() -> str:
    return "en" if get_language() == "en" else "km"
