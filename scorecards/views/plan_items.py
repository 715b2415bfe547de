"""The actions of a plan: adding and changing, moving, deleting and restoring."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from scorecards.forms.action_plans import ItemForm, state_of
from scorecards.models import ActionItem, ActionPlan
from scorecards.operations.action_plans import (
    delete_action_item,
    move_action_item,
    put_action_item,
    restore_action_item,
)
from scorecards.plans.missing import anchor_of
from scorecards.plans.page import RELATED, PlanPage, place_of_plan, read_plan_page, title_of
from scorecards.views.item_cards import (
    ItemCard,
    asked_section,
    chosen_sources,
    differences,
    edit_card,
    edit_form,
    new_card,
    new_form,
)

OF_PLAN = tuple(f"plan__{path}" for path in RELATED)
STEPS = {"-1": -1, "1": 1}


@requires(Permission.DRAFT_PLAN, ActionPlan, related=RELATED)
@require_http_methods(["GET", "POST"])
def add_item(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """`?section=` and, where it starts from one, the low score: `&round=&provider=&criterion=`."""
    page = read_plan_page(plan, request.user)
    if not page.may_edit:
        return _not_now(request, plan)
    form = new_form(page, request.GET, request.POST if request.method == "POST" else None)
    if form.is_valid():
        fields = form.fields_typed | {"section": asked_section(request.GET)}
        try:
            item = put_action_item(
                plan=plan, fields=fields, sources=chosen_sources(page, form), by=request.user
            )
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("The activity is saved."))
            return _to_row(item)
    return _answer(request, page, new_card(page, request.GET, form))


@requires(Permission.DRAFT_PLAN, ActionItem, related=OF_PLAN)
@require_http_methods(["GET", "POST"])
def edit_item(request: HttpRequest, item: ActionItem) -> HttpResponse:
    """What somebody else saved since the form was read is shown beside what was typed, never written over unseen."""
    page = read_plan_page(item.plan, request.user)
    stands = next((each for _number, each in page.outline if each.pk == item.pk), None)
    if stands is None or not page.may_edit:
        return _not_now(request, item.plan)
    form = edit_form(page, stands, request.POST if request.method == "POST" else None)
    if form.is_valid() and _is_as_read(request, stands):
        sources = chosen_sources(page, form, stands.sources.all())
        try:
            put_action_item(
                plan=page.plan, item=stands, fields=form.fields_typed, sources=sources, by=request.user
            )
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("The activity is saved."))
            return _to_row(stands)
    changed = differences(form, stands) if form.is_bound and not _is_as_read(request, stands) else ()
    return _answer(request, page, edit_card(page, stands, form, changed))


@requires(Permission.DRAFT_PLAN, ActionItem, related=("plan",))
@require_POST
def move_item(request: HttpRequest, item: ActionItem) -> HttpResponse:
    try:
        move_action_item(item=item, step=STEPS.get(request.POST.get("step", ""), 0), by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _to_row(item)


@requires(Permission.DELETE_AND_RESTORE, ActionItem, related=("plan",))
@require_POST
def delete_item(request: HttpRequest, item: ActionItem) -> HttpResponse:
    try:
        delete_action_item(item=item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("“%(activity)s” was deleted. You can restore it for 30 days, at the end of this page.")
        messages.success(request, said % {"activity": item.activity})
    return redirect("scorecards:plan", item.plan_id)


@requires(Permission.DELETE_AND_RESTORE, ActionItem, related=("plan",))
@require_POST
def restore_item(request: HttpRequest, item: ActionItem) -> HttpResponse:
    try:
        restore_action_item(item=item, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(activity)s” is in the plan again.") % {"activity": item.activity})
    return _to_row(item)


def _is_as_read(request: HttpRequest, item: ActionItem) -> bool:
    return request.POST.get("state") == state_of(item)


def _show(refusal: Refused, form: ItemForm) -> None:
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))


def _not_now(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    messages.warning(
        request, _("This activity cannot be changed now. What you see here is how the plan stands.")
    )
    return redirect("scorecards:plan", plan.pk)


def _to_row(item: ActionItem) -> HttpResponse:
    answer = redirect("scorecards:plan", item.plan_id)
    answer["Location"] += f"#{anchor_of(item)}"
    return answer


def _answer(request: HttpRequest, page: PlanPage, card: ItemCard) -> HttpResponse:
    context = {
        "title": card.heading,
        "lead": title_of(page.plan),
        "card": card,
        "place": place_of_plan(page.plan, (card.heading, "")),
        "practice": page.plan.commune.is_practice,
        "next": None,
        "missing": [],
    }
    return TemplateResponse(request, "scorecards/action_plans/item.html", context)
