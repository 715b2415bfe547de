"""Cells of a plan's table."""

from django import template
from django.utils.safestring import SafeString

from isaf_portal.lib.formats import UNKNOWN
from isaf_portal.templatetags.isaf import text_of

register = template.Library()


@register.simple_tag
def text_or_dash(thing: object, field: str) -> SafeString | str:
    """A translated column as `text_of` shows it, and a dash where nothing is known in either language."""
    return text_of(thing, field) or UNKNOWN
