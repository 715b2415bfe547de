"""Plans: the list, a new one, its page, and the way to the council."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import can, requires, requires_role
from communities.search import communes_like
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import number
from scorecards.forms.action_plans import PlanFilter
from scorecards.models import ActionPlan, Round
from scorecards.operations.action_plans import PlanExists, draft_action_plan
from scorecards.operations.documents import is_printing_service_answering
from scorecards.operations.plan_submission import newest_version, submit_action_plan
from scorecards.plans.listing import plan_rows
from scorecards.plans.page import RELATED, PlanPage, next_step, place_of_plan, read_plan_page, title_of
from scorecards.views.item_cards import card_under_row

PLANS_ON_A_PAGE = 50


@requires_role(Permission.SEE_SUBMITTED_PLANS)
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that the reader may see, the newest year first."""
    form = PlanFilter(request.GET)
    found = Paginator(_filtered(form, request.user), PLANS_ON_A_PAGE)
    shown = found.get_page(request.GET.get("page"))
    page = {
        "title": _("Action plans"),
        "rows": plan_rows(list(shown.object_list), request.user),
        "form": form,
        "found": found.count,
        "is_filtered": any(form.data.get(name) for name in form.fields),
        "shown": shown,
        "place": [],
        "next": None,
        "missing": [],
    }
    return TemplateResponse(request, "scorecards/action_plans/plans.html", page)


def _filtered(form: PlanFilter, person):
    visible = ActionPlan.objects.visible_to(person).values("pk")
    found = ActionPlan.objects.filter(pk__in=visible).select_related("commune__parent__parent")
    form.is_valid()
    typed = form.cleaned_data
    if typed.get("text"):
        found = found.filter(commune__in=communes_like(typed["text"]))
    if typed.get("year"):
        found = found.filter(plan_year=typed["year"])
    if typed.get("status"):
        found = found.filter(status=typed["status"])
    return found.order_by("-plan_year", "commune__code")


@requires(Permission.DRAFT_PLAN, Round)
@require_POST
def draft_plan(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """The round's plan: the one there is, else a new one."""
    try:
        plan = draft_action_plan(scoring_round=scoring_round, by=request.user)
    except PlanExists as refusal:
        messages.info(request, str(refusal))
        if not ActionPlan.objects.visible_to(request.user).filter(pk=refusal.plan.pk).exists():
            return redirect("scorecards:round", scoring_round.pk)
        return redirect("scorecards:plan", refusal.plan.pk)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("scorecards:round", scoring_round.pk)
    return redirect("scorecards:plan", plan.pk)


@requires(Permission.SEE_SUBMITTED_PLANS, ActionPlan, related=RELATED)
@require_safe
def plan(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """The plan in work for those who draft; everybody else reads the version that was submitted."""
    if not can(request.user, Permission.SEE_DRAFT_PLANS, on=plan):
        return redirect("scorecards:read-plan", newest_version(plan).pk)
    page = read_plan_page(plan, request.user)
    context = _context(page) | {
        "title": title_of(plan),
        "next": next_step(page),
        "missing": page.missing if page.may_edit else [],
        "warnings": page.warnings if page.may_edit else [],
        "card": card_under_row(page, request.GET.get("item", "")),
        "place": place_of_plan(plan),
    }
    return TemplateResponse(request, "scorecards/action_plans/plan.html", context)


@requires(Permission.SUBMIT_PLAN, ActionPlan, related=RELATED)
@require_http_methods(["GET", "POST"])
def submit_plan(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """What the council will receive, and what keeps it from being submitted."""
    refusal = None
    if request.method == "POST":
        try:
            version = submit_action_plan(plan=plan, by=request.user)
        except Refused as refused:
            refusal = refused
        else:
            _say_submitted(request, version.number)
            return redirect("scorecards:plan", plan.pk)
    page = read_plan_page(plan, request.user)
    context = _context(page) | {
        "title": _("Submit to the commune council"),
        "next": None,
        "missing": page.missing,
        "warnings": page.warnings,
        "refusal": refusal,
        "place": place_of_plan(plan, (_("Submit"), "")),
    }
    return TemplateResponse(request, "scorecards/action_plans/submit_plan.html", context)


def _say_submitted(request: HttpRequest, version_number: int) -> None:
    messages.success(
        request,
        _("Version %(number)s was submitted to the commune council.") % {"number": number(version_number)},
    )
    if not is_printing_service_answering():
        messages.warning(
            request,
            _("The printing service does not answer just now. The documents will be made when it returns."),
        )


def _context(page: PlanPage) -> dict:
    return {
        "page": page,
        "plan": page.plan,
        "table": page.table,
        "state": page.plan.status,
        "state_label": page.state_label,
        "lead": page.lead,
        "practice": page.plan.commune.is_practice,
    }
