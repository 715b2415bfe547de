"""Service providers: a list by commune and service, adding and correcting one, whom it serves, closing it."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import requires, requires_role
from communities.forms.providers import (
    CatchmentForm,
    CloseProviderForm,
    NewProviderForm,
    ProviderFilter,
    ProviderForm,
)
from communities.models import Area, ServiceProvider
from communities.operations.providers import close_provider, put_provider, set_catchment
from communities.views.pages import filters_of, form_page, in_communes_like, kept, page_of, place

FIELDS = tuple(ProviderForm.base_fields)
PARTS = ("service_type", "located_in__parent")


def under() -> tuple[str, str]:
    return _("Service providers"), reverse("communities:providers")


@requires_role(Permission.MANAGE_PROVIDERS)
@require_safe
def providers(request: HttpRequest) -> HttpResponse:
    form = ProviderFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = ServiceProvider.objects.visible_to(request.user).select_related(*PARTS)
    found = in_communes_like(found, "located_in", wanted.get("text", ""))
    if wanted.get("service"):
        found = found.filter(service_type=wanted["service"])
    open_catchments = Count("catchments", filter=Q(catchments__served_to__isnull=True))
    found = found.annotate(commune_count=open_catchments)
    page = page_of(request, found.order_by("located_in__code", "service_type", "pk"))
    context = {
        "title": _("Service providers"),
        "place": place((_("Service providers"), "")),
        "form": form,
        "page": page,
        "found": page.paginator.count,
        "filters": filters_of(request),
        "is_filtered": any(wanted.values()),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "communities/providers/providers.html", context)


@requires_role(Permission.MANAGE_PROVIDERS)
@require_http_methods(["GET", "POST"])
def add_provider(request: HttpRequest) -> HttpResponse:
    form = NewProviderForm(request.POST or None, initial={"located_in": request.GET.get("commune", "")[:80]})
    if form.is_valid() and (added := kept(form, put_provider, by=request.user)):
        messages.success(request, _("The provider is added. It serves the commune where it stands."))
        return redirect("communities:catchment", added.pk)
    return form_page(request, form, title=_("Add a service provider"), under=under())


@requires(Permission.MANAGE_PROVIDERS, ServiceProvider, related=PARTS)
@require_http_methods(["GET", "POST"])
def provider(request: HttpRequest, provider: ServiceProvider) -> HttpResponse:
    values = {field: getattr(provider, field) for field in FIELDS}
    form = ProviderForm(request.POST or None, initial=values)
    same = {"provider": provider, "service_type": provider.service_type}
    if form.is_valid() and kept(form, put_provider, **same, by=request.user):
        messages.success(request, _("The provider is saved."))
        return redirect("communities:providers")
    links = [
        (_("Communes served"), reverse("communities:catchment", args=[provider.pk])),
        (_("Close it or bring it back"), reverse("communities:close-provider", args=[provider.pk])),
    ]
    return form_page(
        request, form, title=provider.name, lead=provider.service_type.name, under=under(), links=links,
        practice=provider.located_in.is_practice,
    )  # fmt: skip


@requires(Permission.MANAGE_PROVIDERS, ServiceProvider, related=PARTS)
@require_http_methods(["GET", "POST"])
def catchment(request: HttpRequest, provider: ServiceProvider) -> HttpResponse:
    served = Area.objects.filter(catchments__provider=provider, catchments__served_to__isnull=True)
    initial = {"communes": list(served.order_by("code"))}
    form = CatchmentForm(request.POST or None, initial=initial)
    if form.is_valid() and kept(form, set_catchment, provider=provider, by=request.user):
        messages.success(request, _("The communes are saved."))
        return redirect("communities:providers")
    about = _("An administration serves its own commune and no other.") if provider.is_administration else ""
    return form_page(
        request, form, title=_("Communes served"), lead=" · ".join(filter(None, (provider.name, about))),
        under=under(), practice=provider.located_in.is_practice,
    )  # fmt: skip


@requires(Permission.MANAGE_PROVIDERS, ServiceProvider, related=PARTS)
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, provider: ServiceProvider) -> HttpResponse:
    form = CloseProviderForm(request.POST or None, provider=provider)
    if form.is_valid() and kept(form, close_provider, provider=provider, by=request.user):
        messages.success(request, _("The last day is saved."))
        return redirect("communities:providers")
    page = {
        "title": _("Close %(name)s") % {"name": provider.name},
        "place": place(under(), (provider.name, reverse("communities:provider", args=[provider.pk]))),
        "practice": provider.located_in.is_practice,
        "form": form,
        "provider": provider,
    }
    return TemplateResponse(request, "communities/providers/close.html", page)


@requires(Permission.MANAGE_PROVIDERS, ServiceProvider)
@require_POST
def bring_back(request: HttpRequest, provider: ServiceProvider) -> HttpResponse:
    close_provider(provider=provider, active_to=None, by=request.user)
    messages.success(request, _("The provider is open again."))
    return redirect("communities:providers")
