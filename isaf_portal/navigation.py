"""The entries of the menu and who finds them useful. What a person may do is decided by the views, not here."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import ROLES, Permission


@dataclass(frozen=True)
class Entry:
    url_name: str
    label: str | Promise
    # Any of these is enough; an entry without any is for all who are signed in.
    permissions: frozenset[Permission] = frozenset()
    # First parts of other addresses whose pages belong here: "scorecards" of /km/scorecards/12/results/.
    parts: frozenset[str] = frozenset()


ENTRIES = (
    Entry("home", _("My work")),
    Entry("scorecards:review-queue", _("Scorecards to check"), frozenset({Permission.LOCK_SCORECARD})),
    Entry(
        "scorecards:rounds",
        _("Annual rounds"),
        frozenset({Permission.SEE_ROUNDS}),
        parts=frozenset({"scorecards", "publications", "interface-points"}),
    ),
    Entry(
        "scorecards:plans",
        _("Action plans"),
        frozenset({Permission.SEE_DRAFT_PLANS, Permission.SEE_SUBMITTED_PLANS}),
        parts=frozenset({"items", "plan-versions", "decisions", "remarks"}),
    ),
    Entry("communities:people", pgettext_lazy("menu", "People"), frozenset({Permission.INVITE_PEOPLE})),
    Entry(
        "communities:settings",
        pgettext_lazy("menu", "Settings"),
        frozenset(
            {
                Permission.MANAGE_PROGRAMME,
                Permission.MANAGE_PROVIDERS,
                Permission.MANAGE_CRITERIA,
                Permission.RECORD_MEETING,
                Permission.SEE_CBOS,
            }
        ),
    ),
)


def entries_for(role_codes: frozenset[str]) -> list[Entry]:
    """The entries for a person who has these roles."""
    granted = {permission for code in role_codes for permission in ROLES[code].permissions}
    return [entry for entry in ENTRIES if not entry.permissions or entry.permissions & granted]
