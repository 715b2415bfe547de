"""Cells of a plan's table."""

from django import template
from django.utils.safestring import SafeString

from isaf_portal.lib.formats import NO_BREAK, UNKNOWN
from isaf_portal.templatetags.isaf import month, text_of

register = template.Library()


@register.simple_tag
def text_or_dash(thing: object, field: str) -> SafeString | str:
    """A translated column as `text_of` shows it, and a dash where nothing is known in either language."""
    return text_of(thing, field) or UNKNOWN


@register.filter
def month_on_two_lines(value) -> str:
    """A month that may break before its year: the columns of the official form are narrower than both."""
    return month(value).replace(NO_BREAK, " ")
