"""What each service is scored by: the services, the list of one, and each criterion of it."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import requires, requires_role
from communities.models import ServiceType
from communities.operations.service_types import put_service
from communities.views.pages import form_page, kept, place
from isaf_portal.lib.errors import Refused
from scorecards.enums import CriterionKind
from scorecards.forms.criteria_lists import ListedCriterionForm, NewServiceForm, ServiceForm
from scorecards.models import Criterion
from scorecards.operations import criteria_lists as operations

IN_USE = Q(criteria__kind=CriterionKind.PREDEFINED, criteria__is_active=True)


def under() -> tuple[str, str]:
    return _("Services and criteria"), reverse("scorecards:criteria-lists")


def under_list(service: ServiceType) -> tuple[str, str]:
    return service.name, reverse("scorecards:criteria-list", args=[service.pk])


@requires_role(Permission.MANAGE_CRITERIA)
@require_safe
def criteria_lists(request: HttpRequest) -> HttpResponse:
    services = ServiceType.objects.visible_to(request.user).annotate(in_use=Count("criteria", filter=IN_USE))
    page = {
        "title": _("Services and criteria"),
        "lead": _("One list for all programmes. A meeting adds its own criteria on its sheet, not here."),
        "place": place((_("Services and criteria"), "")),
        "services": list(services.order_by("pk")),
    }
    return TemplateResponse(request, "scorecards/criteria_lists/lists.html", page)


@requires_role(Permission.MANAGE_CRITERIA)
@require_http_methods(["GET", "POST"])
def add_service(request: HttpRequest) -> HttpResponse:
    form = NewServiceForm(request.POST or None, initial={"is_scored_by_village": True})
    if form.is_valid() and (added := kept(form, put_service, by=request.user)):
        messages.success(request, _("The service is added. Give it its criteria now."))
        return redirect("scorecards:criteria-list", added.pk)
    return form_page(request, form, title=_("Add a service"), under=under())


@requires(Permission.MANAGE_CRITERIA, ServiceType)
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, service: ServiceType) -> HttpResponse:
    values = {field: getattr(service, field) for field in ServiceForm.base_fields}
    form = ServiceForm(request.POST or None, initial=values)
    if form.is_valid() and kept(form, put_service, service=service, code=service.code, by=request.user):
        messages.success(request, _("The service is saved."))
        return redirect("scorecards:criteria-lists")
    title = _("Service %(code)s") % {"code": service.code}
    return form_page(request, form, title=title, lead=service.name, under=under())


@requires(Permission.MANAGE_CRITERIA, ServiceType)
@require_safe
def criteria_list(request: HttpRequest, service: ServiceType) -> HttpResponse:
    every = (
        service.criteria.filter(kind=CriterionKind.PREDEFINED).select_related("tag").order_by("order", "pk")
    )
    page = {
        "title": service.name,
        "lead": _("In this order the criteria are offered. Most meetings keep 5 or 6 of them."),
        "place": place(under(), (service.name, "")),
        "service": service,
        "in_use": [each for each in every if each.is_active],
        "retired": [each for each in every if not each.is_active],
    }
    return TemplateResponse(request, "scorecards/criteria_lists/list.html", page)


@requires(Permission.MANAGE_CRITERIA, ServiceType)
@require_http_methods(["GET", "POST"])
def add_criterion(request: HttpRequest, service: ServiceType) -> HttpResponse:
    form = ListedCriterionForm(request.POST or None)
    if form.is_valid() and kept(form, operations.add_criterion, service=service, by=request.user):
        messages.success(request, _("The criterion is added."))
        return redirect("scorecards:criteria-list", service.pk)
    return form_page(request, form, title=_("Add a criterion"), under=under_list(service))


@requires(Permission.MANAGE_CRITERIA, Criterion, related=("service_type", "tag"))
@require_http_methods(["GET", "POST"])
def criterion(request: HttpRequest, criterion: Criterion) -> HttpResponse:
    values = {field: getattr(criterion, field) for field in ListedCriterionForm.base_fields}
    form = ListedCriterionForm(request.POST or None, initial=values)
    if form.is_valid() and (
        now := kept(form, operations.correct_criterion, criterion=criterion, by=request.user)
    ):
        said = _("The criterion is saved.")
        if now != criterion:
            said = _("The new wording takes the place of the old one, which locked scorecards keep.")
        messages.success(request, said)
        return redirect("scorecards:criteria-list", criterion.service_type_id)
    lead = ""
    if operations.is_on_locked_sheet(criterion):
        lead = _(
            "Locked scorecards show this wording. A new wording becomes a new criterion that continues this one."
        )
    return form_page(request, form, title=_("Criterion"), lead=lead, under=under_list(criterion.service_type))


@requires(Permission.MANAGE_CRITERIA, Criterion, related=("service_type",))
@require_POST
def move(request: HttpRequest, criterion: Criterion) -> HttpResponse:
    step = -1 if request.POST.get("step") == "up" else 1
    return answered(request, criterion, operations.move_criterion, step=step)


@requires(Permission.MANAGE_CRITERIA, Criterion, related=("service_type",))
@require_POST
def retire(request: HttpRequest, criterion: Criterion) -> HttpResponse:
    return answered(request, criterion, operations.retire_criterion)


@requires(Permission.MANAGE_CRITERIA, Criterion, related=("service_type",))
@require_POST
def restore(request: HttpRequest, criterion: Criterion) -> HttpResponse:
    return answered(request, criterion, operations.restore_criterion)


def answered(request: HttpRequest, criterion: Criterion, operation: Callable, **more) -> HttpResponse:
    """The list again, with the operation's refusal above it if there was one."""
    try:
        operation(criterion=criterion, by=request.user, **more)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scorecards:criteria-list", criterion.service_type_id)
