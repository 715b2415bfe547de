"""What a year asks of those who stand outside the rounds: the groups that count their members, the district."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of, holds, reach
from communities.models import Cbo, CboYear
from isaf_portal.templatetags.isaf import digits, number
from scorecards.enums import PlanSection, PlanStatus
from scorecards.models import ActionItem
from scorecards.overview.waiting_row import SHOWN_AT_MOST, Waiting

# The list for the workshop waits from so long before its day on, and until the day.
WORKSHOP_AHEAD = timedelta(days=60)
BEFORE_THE_WORKSHOP = {PlanStatus.SUBMITTED, PlanStatus.APPROVED}


def groups_to_count(person: User, on: date) -> Iterator[Waiting]:
    """Of those who speak for a group: its members of this year, as long as nobody counted them."""
    own = {each.cbo_id for each in assignments_of(person) if each.cbo_id}
    if not own:
        return
    counted = CboYear.objects.filter(cbo=OuterRef("pk"), year=on.year)
    groups = Cbo.objects.filter(
        ~Exists(counted), reach(person, Permission.COUNT_CBO, *Cbo.scopes), pk__in=own
    )
    for group in Cbo.objects.filter(pk__in=groups.values("pk")).order_by("pk")[:SHOWN_AT_MOST]:
        yield Waiting(
            what=_("Count the members of %(group)s") % {"group": group.name},
            where=_("For the year %(year)s: members, and the women among them.") % {"year": digits(on.year)},
            url=reverse("communities:cbo-year", args=[group.pk]),
            action=pgettext("button", "Count"),
            icon="people",
            by=date(on.year, 12, 31),
        )


def workshop_to_prepare(person: User, on: date) -> Iterator[Waiting]:
    """Of the district: what its communes ask of others, in the weeks before the workshop."""
    if not holds(person, Permission.SEE_WORKSHOP_LIST):
        return
    day_field = "plan__scoring_round__district_workshop_on"
    items = ActionItem.objects.kept().filter(
        reach(person, Permission.SEE_WORKSHOP_LIST, ActionItem.scopes),
        Q(**{f"{day_field}__range": (on, on + WORKSHOP_AHEAD)}),
        section=PlanSection.EXTERNAL,
        plan__status__in=BEFORE_THE_WORKSHOP,
    )
    found = items.aggregate(actions=Count("pk"), communes=Count("plan", distinct=True), day=Min(day_field))
    if not found["actions"]:
        return
    title = ngettext(
        "Prepare the district workshop: %(count)s action",
        "Prepare the district workshop: %(count)s actions",
        found["actions"],
    )
    where = ngettext(
        "%(count)s commune asks for support", "%(count)s communes ask for support", found["communes"]
    )
    yield Waiting(
        what=title % {"count": number(found["actions"])},
        where=where % {"count": number(found["communes"])},
        url=reverse("scorecards:workshop"),
        action=_("Open the list"),
        icon="flag",
        by=found["day"],
    )
