"""Fields for places, years and points, as people of an office type them."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from communities.models import Area
from communities.search import commune_called
from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.fields import SPACES, WholeNumberField
from isaf_portal.templatetags.isaf import digits

FIRST_YEAR, LAST_YEAR = 2000, 2100
SHOWN_AT_MOST = 8
MOST_COMMUNES = 50


class YearField(WholeNumberField):
    """A year; shown without a space between its digits."""

    def __init__(self, **kwargs):
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)

    def prepare_value(self, value):
        return digits(value) if isinstance(value, int) else value


class PointsField(forms.DecimalField):
    """A difference of points, such as 1.5, in Khmer or Latin digits."""

    widget = forms.TextInput

    def __init__(self, **kwargs):
        super().__init__(max_digits=3, decimal_places=2, min_value=0, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value):
        if isinstance(value, str):
            value = SPACES.sub("", latin_digits(value)).replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value):
        return value if isinstance(value, str) or value is None else digits(f"{Decimal(value).normalize():f}")


class CommuneField(forms.CharField):
    """One commune, typed: there are more than 1,600. Its value is the place; its initial value may be one."""

    def __init__(self, **kwargs):
        help_text = _("Its name in Khmer or Latin letters, or its code of six digits.")
        super().__init__(**{"label": _("Commune"), "max_length": 80, "help_text": help_text} | kwargs)

    def prepare_value(self, value):
        return value.code if isinstance(value, Area) else value

    def clean(self, value):
        text = super().clean(value)
        return one_commune(text) if text else None


class CommunesField(forms.CharField):
    """Several communes, each by its code or name, one a line or parted by commas; in the order typed."""

    widget = forms.Textarea

    def __init__(self, **kwargs):
        super().__init__(max_length=4_000, **kwargs)

    def prepare_value(self, value):
        if isinstance(value, list | tuple):
            return "\n".join(f"{place.code} {place.name}" for place in value)
        return value

    def clean(self, value):
        parts = [part.strip() for part in re.split(r"[\n,;]", super().clean(value)) if part.strip()]
        if len(parts) > MOST_COMMUNES:
            raise forms.ValidationError(_("A provider serves at least 1 and at most 50 communes."))
        return [one_commune(part) for part in parts]


def one_commune(text: str) -> Area:
    """The commune that this can only mean; a code with a name behind it is the code."""
    code = re.match(r"([0-9]{6})\b", latin_digits(text.strip()))
    # Today's communes are read whole only where a name is typed.
    found = list(Area.objects.communes().current().filter(code=code[1])) if code else commune_called(text)
    if not found:
        raise forms.ValidationError(_("No commune has this name or code: %(text)s"), params={"text": text})
    if len(found) > 1:
        raise forms.ValidationError(
            _("%(count)s communes are called like this. Type the code: %(communes)s"),
            params={
                "count": digits(len(found)),
                "communes": "; ".join(map(called, found[:SHOWN_AT_MOST])),
            },
        )
    return found[0]


def called(commune: Area) -> str:
    return f"{commune.code} {commune.name} ({commune.parent.name})"
