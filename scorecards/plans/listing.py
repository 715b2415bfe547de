"""Plans as rows of a list, with what their reader may know: the draft as it stands, or the version that was submitted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Sum

from accounts.models import User
from accounts.roles import Permission
from communities.access import reach
from isaf_portal.templatetags.isaf import reader_language
from scorecards.models import ActionItem, ActionPlan, PlanVersion
from scorecards.plans.content import Cost, cost_of, items
from scorecards.plans.rows import unknown_costs_sentence


@dataclass(frozen=True)
class PlanRow:
    """One plan; `version_number` is None until it was submitted once."""

    plan: ActionPlan
    version_number: int | None
    items_count: int
    cost: Cost

    @property
    def unknown_costs(self) -> str:
        return unknown_costs_sentence(self.cost, reader_language())


def plan_rows(plans: Sequence[ActionPlan], person: User) -> list[PlanRow]:
    """The rows of one page of the list, in its order; four queries whatever their number."""
    keys = [plan.pk for plan in plans]
    drafting = reach(person, Permission.SEE_DRAFT_PLANS, ActionPlan.scopes)
    own = set(ActionPlan.objects.filter(drafting, pk__in=keys).values_list("pk", flat=True))
    newest = {version.plan_id: version for version in newest_versions_of(keys).defer("content")}
    found = _as_they_stand(own) | _as_submitted(
        [version.pk for plan, version in newest.items() if plan not in own]
    )
    nothing = (0, cost_of([]))
    return [
        PlanRow(plan, newest[plan.pk].number if plan.pk in newest else None, *found.get(plan.pk, nothing))
        for plan in plans
    ]


def newest_versions_of(plans) -> "PlanVersion.objects":
    """The last version of each of these plans (ids or a queryset)."""
    newer = PlanVersion.objects.filter(plan=OuterRef("plan"), number__gt=OuterRef("number"))
    return PlanVersion.objects.filter(~Exists(newer), plan__in=plans)


def _as_they_stand(plans: set[int]) -> dict[int, tuple[int, Cost]]:
    counted = (
        ActionItem.objects.kept()
        .filter(plan__in=plans)
        .values("plan")
        .annotate(every=Count("pk"), known=Count("cost_riel"), riel=Sum("cost_riel"))
    )
    return {
        row["plan"]: (row["every"], Cost(riel=row["riel"], unknown_count=row["every"] - row["known"]))
        for row in counted
    }


def _as_submitted(versions: list[int]) -> dict[int, tuple[int, Cost]]:
    found = PlanVersion.objects.filter(pk__in=versions).values_list("plan", "content")
    return {plan: (len(list(items(content))), cost_of(items(content))) for plan, content in found}
