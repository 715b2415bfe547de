"""One thing that waits for a person, as a line of the first page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isaf_portal.templatetags.isaf import number

SHOWN_AT_MOST = 20
# From so many days before the day on, the line says so with a mark.
NEAR = 7


@dataclass(frozen=True)
class Waiting:
    """What, where, the page for it, and the word on its button. `state` is a badge or empty; `by` the last good day."""

    what: str
    where: str
    url: str
    action: str
    icon: str = "clock"
    state: str = ""
    by: date | None = None


def is_near(by: date, on: date) -> bool:
    """Whether the day deserves a mark: a week ahead, and of course when it is over."""
    return (by - on).days <= NEAR


def days_left(by: date, on: date) -> str:
    """In words: "today", "5 days left", "3 days over"."""
    left = (by - on).days
    if left == 0:
        return _("today")
    if left < 0:
        return ngettext("%(days)s day over", "%(days)s days over", -left) % {"days": number(-left)}
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": number(left)}
