"""Organisations: a list, adding one, correcting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import requires, requires_role
from communities.forms.organisations import NewOrganisationForm, OrganisationForm
from communities.models import Organisation
from communities.operations.organisations import put_organisation
from communities.views.pages import filters_of, form_page, kept, page_of, place

FIELDS = tuple(OrganisationForm.base_fields)


def under() -> tuple[str, str]:
    return _("Organisations"), reverse("communities:organisations")


@requires_role(Permission.MANAGE_PROGRAMME)
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    visible = Organisation.objects.visible_to(request.user).values("pk")
    found = Organisation.objects.filter(pk__in=visible).prefetch_related("programmes__programme")
    page = {
        "title": _("Organisations"),
        "place": place((_("Organisations"), "")),
        "page": page_of(request, found.order_by("is_practice", "name_km", "pk")),
        "filters": filters_of(request),
    }
    page["rows"] = [(each, works_in(each)) for each in page["page"]]
    return TemplateResponse(request, "communities/organisations/organisations.html", page)


def works_in(organisation: Organisation) -> list[str]:
    return [str(partner.programme) for partner in organisation.programmes.all()]


@requires_role(Permission.MANAGE_PROGRAMME)
@require_http_methods(["GET", "POST"])
def add_organisation(request: HttpRequest) -> HttpResponse:
    form = NewOrganisationForm(request.POST or None, person=request.user)
    if form.is_valid() and kept(form, put_organisation, by=request.user):
        messages.success(request, _("The organisation is added."))
        return redirect("communities:organisations")
    return form_page(request, form, title=_("Add an organisation"), under=under())


@requires(Permission.MANAGE_PROGRAMME, Organisation)
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    values = {field: getattr(organisation, field) for field in FIELDS}
    form = OrganisationForm(request.POST or None, initial=values)
    if form.is_valid() and kept(form, put_organisation, organisation=organisation, by=request.user):
        messages.success(request, _("The organisation is saved."))
        return redirect("communities:organisations")
    return form_page(request, form, title=organisation.name, under=under(), practice=organisation.is_practice)
