"""One thing that waits for a person, as a line of the first page."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isaf_portal.templatetags.isaf import day, number

SHOWN_AT_MOST = 20
# From so many days before the day on, the line says so with a mark.
NEAR = 7


@dataclass(frozen=True)
class Waiting:
    """What, where, the page for it, and the word on its button. `state` is a badge or empty; `by` the last good day.

    With `post` the button begins something, so that it is no link.
    """

    what: str
    where: str
    url: str
    action: str
    icon: str = "clock"
    state: str = ""
    by: date | None = None
    post: bool = False


def is_near(by: date, on: date) -> bool:
    """Whether the day deserves a mark: a week ahead, and of course when it is over."""
    return (by - on).days <= NEAR


def days_left(by: date, on: date) -> str:
    """In words: "today", "5 days left"; of a day that is over the day itself, since nobody is helped by counting."""
    left = (by - on).days
    if left == 0:
        return _("today")
    if left < 0:
        return _("was planned for %(day)s") % {"day": day(by)}
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": number(left)}
