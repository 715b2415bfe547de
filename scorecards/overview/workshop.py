"""What the communes of a district ask of others, for the district integration workshop: by commune, in plan order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.models import User
from accounts.roles import Permission
from communities.access import reach
from communities.models import Area
from scorecards.enums import ItemRoute, PlanSection, PlanStatus
from scorecards.models import ActionItem, ActionPlan

# Only what lies before a council or was approved by it: a draft is nobody else's paper.
SHOWN = (PlanStatus.SUBMITTED, PlanStatus.APPROVED, PlanStatus.CLOSED)


@dataclass
class CommuneList:
    """One commune's plan with its outside actions; none where the plan asks nothing of others."""

    plan: ActionPlan
    items: list[ActionItem] = field(default_factory=list)

    @property
    def commune(self) -> Area:
        return self.plan.commune

    @property
    def workshop_on(self) -> date | None:
        return self.plan.scoring_round.district_workshop_on


@dataclass(frozen=True)
class WorkshopList:
    """The list of one district and plan year. Sums leave out what has no cost yet, which is counted beside them."""

    district: Area | None
    year: int | None
    communes: list[CommuneList]

    @property
    def items(self) -> list[ActionItem]:
        return [item for each in self.communes for item in each.items]

    @property
    def riel(self) -> int:
        return sum(item.cost_riel or 0 for item in self.items)

    @property
    def unknown_count(self) -> int:
        return sum(1 for item in self.items if item.cost_riel is None)

    @property
    def workshop_on(self) -> date | None:
        days = [each.workshop_on for each in self.communes if each.workshop_on]
        return min(days, default=None)

    def by_route(self) -> list[tuple[str, int]]:
        """How many actions are asked of whom, in the order of the form."""
        counted = [(route.label, sum(1 for each in self.items if each.route == route)) for route in ItemRoute]
        return [(str(label), count) for label, count in counted if count]


def plans_in_reach(person: User):
    """The plans of this person's district or programme that others may read."""
    return ActionPlan.objects.filter(
        reach(person, Permission.SEE_WORKSHOP_LIST, ActionPlan.scopes), status__in=SHOWN
    )


def years_and_districts(person: User) -> tuple[list[int], list[Area]]:
    """What there is to choose from: plan years, the newest first, and districts by code. Two queries."""
    pairs = set(plans_in_reach(person).values_list("plan_year", "commune__parent").distinct())
    years = sorted({year for year, _district in pairs}, reverse=True)
    districts = Area.objects.filter(code__in={district for _year, district in pairs})
    return years, list(districts.select_related("parent").order_by("code"))


def workshop_list(person: User, *, year: int | None, district: Area | None) -> WorkshopList:
    """Two queries, whatever the number of communes."""
    if year is None or district is None:
        return WorkshopList(district, year, [])
    plans = plans_in_reach(person).filter(plan_year=year, commune__parent=district.code)
    lists = {
        plan.pk: CommuneList(plan)
        for plan in plans.select_related("commune", "scoring_round").order_by("commune__code")
    }
    for item in _external_items(list(lists)):
        lists[item.plan_id].items.append(item)
    return WorkshopList(district, year, list(lists.values()))


def _external_items(plans: Sequence[int]):
    kept = ActionItem.objects.kept().filter(plan__in=plans, section=PlanSection.EXTERNAL)
    return kept.order_by("plan__commune__code", "order", "pk")
