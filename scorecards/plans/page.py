"""What the page of a plan in work shows around its table: where it stands, what comes next, what is still missing."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from isaf_portal.templatetags.isaf import day, digits, number, riel
from scorecards.enums import PlanStatus
from scorecards.models import ActionItem, ActionPlan, PlanRemark, PlanVersion
from scorecards.names import place_in_round
from scorecards.plans.missing import Missing, missing_for_council, warnings_for_council
from scorecards.plans.outline import Outline, outline_of
from scorecards.plans.scores import PlanScores, ScoredCriterion, answered_by, scores_of_plan
from scorecards.plans.table import PlanTable, plan_table

# What a view of a plan joins to it, so that names, path and ribbon ask nothing.
RELATED = ("commune__parent__parent", "scoring_round__commune__parent__parent", "scoring_round__programme")


@dataclass(frozen=True)
class PlanPage:
    """A plan with everything that its page says of it; read once, by `read_plan_page`."""

    plan: ActionPlan
    newest: PlanVersion | None
    outline: Outline
    scores: PlanScores
    table: PlanTable
    remarks: tuple[PlanRemark, ...]
    put_aside: tuple[ActionItem, ...]  # deleted, or left out by the council
    may_edit: bool
    may_submit: bool

    @property
    def missing(self) -> list[dict]:
        return linked(self.plan, missing_for_council(self.plan, self.outline))

    @property
    def warnings(self) -> list[dict]:
        return linked(self.plan, warnings_for_council(self.plan, self.outline))

    @property
    def to_discuss(self) -> list[ScoredCriterion]:
        """Low scores that no action answers yet."""
        return self.scores.to_discuss(answered_by(item for _number, item in self.outline))

    @property
    def deleted(self) -> list[ActionItem]:
        return [item for item in self.put_aside if item.deleted_at]

    @property
    def left_out(self) -> list[ActionItem]:
        return [item for item in self.put_aside if item.left_out_at and not item.deleted_at]

    @property
    def whole_plan_remarks(self) -> list[PlanRemark]:
        return [remark for remark in self.remarks if remark.item_id is None]

    @property
    def lead(self) -> str:
        """Number of activities, sum, and when the council meets."""
        count = self.table.items_count
        parts = [
            ngettext("%(count)s activity", "%(count)s activities", count) % {"count": number(count)},
            _("total %(riel)s") % {"riel": riel(self.table.cost.riel)},
        ]
        if self.plan.scoring_round.council_on:
            parts.append(_("council meets %(day)s") % {"day": day(self.plan.scoring_round.council_on)})
        return " · ".join(parts)

    @property
    def state_label(self) -> str:
        return state_label(self.plan, self.newest)


def read_plan_page(plan: ActionPlan, person: User) -> PlanPage:
    """The plan as it stands, for those who draft; the number of queries does not depend on its actions."""
    newest = plan.versions.defer("content").order_by("number").last()
    outline = outline_of(plan)
    scores = scores_of_plan(plan, [item for _number, item in outline], person)
    remarks = tuple(
        PlanRemark.objects.filter(plan_version=newest)
        .select_related("remarked_by", "answered_by")
        .order_by("remarked_at", "pk")
    )
    aside = plan.items.exclude(pk__in=[item.pk for _number, item in outline]).order_by(
        "section", "order", "pk"
    )
    return PlanPage(
        plan=plan,
        newest=newest,
        outline=outline,
        scores=scores,
        table=plan_table(plan, outline, scores, remarks),
        remarks=remarks,
        put_aside=tuple(aside),
        may_edit=plan.is_editable and can(person, Permission.DRAFT_PLAN, on=plan),
        may_submit=plan.is_editable and can(person, Permission.SUBMIT_PLAN, on=plan),
    )


def title_of(plan: ActionPlan) -> str:
    return _("Joint accountability action plan %(year)s") % {"year": digits(plan.plan_year)}


def state_label(plan: ActionPlan, newest: PlanVersion | None) -> str:
    """The state with the number of the version: of the newest one, or of the one that is being written."""
    written = (newest.number if newest else 0) + (1 if plan.is_editable else 0)
    return _("%(state)s, version %(number)s") % {
        "state": plan.get_status_display(),
        "number": number(written),
    }


def place_of_plan(plan: ActionPlan, *below: tuple[str, str]) -> list[tuple[str, str]]:
    """The path above its pages, through the round; the plan itself is a link where something stands below it."""
    here = (_("Action plan %(year)s") % {"year": digits(plan.plan_year)}, "")
    if below:
        here = (here[0], reverse("scorecards:plan", args=[plan.pk]))
    return place_in_round(plan.scoring_round, here, *below)


def linked(plan: ActionPlan, found: list[Missing]) -> list[dict]:
    """Each thing that is missing with the address of the card in which it is filled in."""
    page = reverse("scorecards:plan", args=[plan.pk])
    return [
        {
            "what": each.what,
            "where": digits(each.where),
            "url": f"{page}?item={each.anchor.removeprefix('item-')}#edit" if each.anchor else "",
            "action": _("Open"),
        }
        for each in found
    ]


def next_step(page: PlanPage) -> dict | None:
    """The gold box: who has the plan now, and what they do with it."""
    plan = page.plan
    if plan.is_editable:
        return _submit_step(page) if page.may_submit else None
    if plan.status == PlanStatus.SUBMITTED:
        return {
            "title": _("Waiting for the commune council"),
            "note": _(
                "Submitted on %(day)s. Councillors read it and send remarks; the clerk records the decision."
            )
            % {"day": day(timezone.localtime(plan.submitted_at))},
            "url": reverse("scorecards:read-plan", args=[page.newest.pk]),
            "label": _("See it as the council does"),
        }
    return {
        "title": _("The council has approved the plan"),
        "note": _("Approved on %(day)s.") % {"day": day(timezone.localtime(plan.approved_at))},
        "url": reverse("scorecards:documents", args=[page.newest.pk]),
        "label": _("Documents"),
    }


def _submit_step(page: PlanPage) -> dict:
    count = len(page.missing)
    note = (
        ngettext(
            "Before that: fill in %(count)s thing that is missing.",
            "Before that: fill in %(count)s things that are missing.",
            count,
        )
        % {"count": number(count)}
        if count
        else _("Everything that the council needs is there.")
    )
    return {
        "title": _("Submit to the commune council"),
        "note": note,
        "url": reverse("scorecards:submit-plan", args=[page.plan.pk]),
        "label": _("Check and submit"),
    }
