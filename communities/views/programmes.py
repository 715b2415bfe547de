"""Programmes: a list, the settings of one, its own words, its partners."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import holds_everywhere, requires, requires_role
from communities.forms.programmes import KeyWordsForm, PartnerForm, ProgrammeForm
from communities.models import Programme, ProgrammeOrganisation
from communities.operations.programmes import join_programme, leave_programme, put_key_words, put_programme
from communities.views.pages import filters_of, form_page, kept, page_of, place
from isaf_portal.lib.errors import Refused

FIELDS = tuple(ProgrammeForm.base_fields)


def under() -> tuple[str, str]:
    return _("Programmes"), reverse("communities:programmes")


@requires_role(Permission.MANAGE_PROGRAMME)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    visible = Programme.objects.visible_to(request.user).values("pk")
    found = Programme.objects.filter(pk__in=visible).annotate(partner_count=Count("partners"))
    page = {
        "title": _("Programmes"),
        "place": place((_("Programmes"), "")),
        "page": page_of(request, found.order_by("is_practice", "-first_year", "pk")),
        "filters": filters_of(request),
        "may_add": holds_everywhere(request.user, Permission.MANAGE_PROGRAMME),
    }
    return TemplateResponse(request, "communities/programmes/programmes.html", page)


@requires_role(Permission.MANAGE_PROGRAMME, everywhere=True)
@require_http_methods(["GET", "POST"])
def add_programme(request: HttpRequest) -> HttpResponse:
    form = ProgrammeForm(request.POST or None)
    if form.is_valid() and (added := kept(form, put_programme, by=request.user)):
        messages.success(request, _("The programme is added. Name its partners now."))
        return redirect("communities:partners", added.pk)
    return form_page(request, form, title=_("Add a programme"), under=under())


@requires(Permission.MANAGE_PROGRAMME, Programme)
@require_http_methods(["GET", "POST"])
def programme(request: HttpRequest, programme: Programme) -> HttpResponse:
    values = {field: getattr(programme, field) for field in FIELDS}
    form = ProgrammeForm(request.POST or None, initial=values)
    if form.is_valid() and kept(form, put_programme, programme=programme, by=request.user):
        messages.success(request, _("The programme is saved."))
        return redirect("communities:programmes")
    links = [
        (_("Key words"), reverse("communities:key-words", args=[programme.pk])),
        (_("Partners"), reverse("communities:partners", args=[programme.pk])),
        (_("Scale"), reverse("scorecards:programme-scale", args=[programme.pk])),
    ]
    return form_page(
        request, form, title=str(programme), under=under(), links=links, practice=programme.is_practice
    )


@requires(Permission.MANAGE_PROGRAMME, Programme)
@require_http_methods(["GET", "POST"])
def key_words(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = KeyWordsForm(request.POST or None, programme=programme)
    if form.is_valid():
        try:
            put_key_words(programme=programme, words=form.words(), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The words are saved."))
            return redirect("communities:key-words", programme.pk)
    page = {
        "title": _("Key words"),
        "lead": _(
            "What this programme calls things on its pages and papers. An empty field takes the usual word."
        ),
        "place": place(under(), programme_place(programme), (_("Key words"), "")),
        "practice": programme.is_practice,
        "form": form,
        "programme": programme,
    }
    return TemplateResponse(request, "communities/programmes/key_words.html", page)


@requires(Permission.MANAGE_PROGRAMME, Programme)
@require_http_methods(["GET", "POST"])
def partners(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = PartnerForm(request.POST or None, programme=programme)
    if form.is_valid() and kept(form, join_programme, programme=programme, by=request.user):
        messages.success(request, _("The partner is saved."))
        return redirect("communities:partners", programme.pk)
    rows = programme.partners.select_related("organisation").order_by("-leads", "organisation__name_km", "pk")
    page = {
        "title": _("Partners"),
        "lead": str(programme),
        "place": place(under(), programme_place(programme), (_("Partners"), "")),
        "practice": programme.is_practice,
        "form": form,
        "programme": programme,
        "partners": list(rows),
    }
    return TemplateResponse(request, "communities/programmes/partners.html", page)


@requires(Permission.MANAGE_PROGRAMME, ProgrammeOrganisation, related=("organisation",))
@require_POST
def leave(request: HttpRequest, partner: ProgrammeOrganisation) -> HttpResponse:
    try:
        leave_programme(partner=partner, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s is no longer a partner.") % {"name": partner.organisation.name})
    return redirect("communities:partners", partner.programme_id)


def programme_place(programme: Programme) -> tuple[str, str]:
    return str(programme), reverse("communities:programme", args=[programme.pk])
