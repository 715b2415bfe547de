"""Plans whose actions a person has not marked as read yet: of the council before its session, of the committee after it.

The marks are private (`PlanReading`); these lists are of one's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMITTEE_MEMBER, COUNCIL_CHIEF, COUNCILLOR
from communities.access import NOTHING, assignments_of
from isaf_portal.templatetags.isaf import digits, number
from scorecards.enums import PlanStatus
from scorecards.models import ActionItem, PlanReading, PlanVersion

SHOWN_AT_MOST = 10
# Who reads a plan in which state as part of the own task; everybody else who may read it is not asked to.
READERS = {
    COUNCILLOR.code: PlanStatus.SUBMITTED,
    COUNCIL_CHIEF.code: PlanStatus.SUBMITTED,
    COMMITTEE_MEMBER.code: PlanStatus.APPROVED,
}


@dataclass(frozen=True)
class UnreadPlan:
    """The newest version of one plan, with how many of its actions have no mark of this person yet."""

    version: PlanVersion
    items_count: int
    unread_count: int

    @property
    def what(self) -> str:
        plan = self.version.plan
        return _("Read the actions of the %(year)s plan of %(commune)s") % {
            "year": digits(plan.plan_year),
            "commune": plan.commune.name,
        }

    @property
    def note(self) -> str:
        return _("%(unread)s of %(count)s actions are not marked as read") % {
            "unread": number(self.unread_count),
            "count": number(self.items_count),
        }

    @property
    def url(self) -> str:
        return reverse("scorecards:read-plan", args=[self.version.pk])


def unread_plans(person: User) -> list[UnreadPlan]:
    """The oldest first, of this year and later; one query beside the person's roles, none for who is no reader."""
    wanted = _plans_to_read(person)
    if wanted == NOTHING:
        return []
    newer = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    found = (
        PlanVersion.objects.filter(~Exists(newer), wanted, plan__plan_year__gte=timezone.localdate().year)
        .annotate(items=_counted(ActionItem.objects.kept().filter(plan=OuterRef("plan")), "plan"))
        .annotate(
            read=_counted(
                PlanReading.objects.filter(
                    plan_version=OuterRef("pk"),
                    read_by=person,
                    item__deleted_at__isnull=True,
                    item__left_out_at__isnull=True,
                ),
                "plan_version",
            )
        )
        .filter(read__lt=F("items"))
        .select_related("plan__commune")
        .defer("content")
        .order_by("plan__plan_year", "pk")
    )
    return [_unread(version) for version in found[:SHOWN_AT_MOST]]


def _plans_to_read(person: User) -> Q:
    """Of each role of today that reads, the plans of its area in the state in which it reads them."""
    found = NOTHING
    for assignment in assignments_of(person):
        status = READERS.get(assignment.role)
        if status is not None:
            found |= Q(plan__commune__code__startswith=assignment.area.code, plan__status=status)
    return found


def _counted(rows: QuerySet, by: str) -> Coalesce:
    per_group: Iterable = rows.order_by().values(by).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(per_group, output_field=IntegerField()), 0)


def _unread(version: PlanVersion) -> UnreadPlan:
    return UnreadPlan(version, version.items, version.items - version.read)
