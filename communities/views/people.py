"""Community facilitators and community-based organisations."""

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import can, holds, requires, requires_role
from communities.forms.people import MAN, WOMAN, CboForm, CboYearForm, FacilitatorForm
from communities.forms.providers import PlaceFilter
from communities.models import Cbo, CboYear, Facilitator
from communities.operations.cbos import put_cbo, put_cbo_year
from communities.operations.facilitators import put_facilitator
from communities.views.pages import filters_of, form_page, in_communes_like, kept, page_of, place

SEX = {True: WOMAN, False: MAN, None: ""}


def under_facilitators() -> tuple[str, str]:
    return _("Community facilitators"), reverse("communities:facilitators")


def under_cbos() -> tuple[str, str]:
    return _("Community-based organisations"), reverse("communities:cbos")


@requires_role(Permission.RECORD_MEETING)
@require_safe
def facilitators(request: HttpRequest) -> HttpResponse:
    form = PlaceFilter(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    visible = Facilitator.objects.visible_to(request.user).values("pk")
    found = Facilitator.objects.filter(pk__in=visible).select_related("organisation", "base_commune__parent")
    found = in_communes_like(found, "base_commune", text)
    rows = page_of(request, found.order_by("base_commune__code", "name", "pk"))
    page = {
        "title": _("Community facilitators"),
        "place": place((_("Community facilitators"), "")),
        "form": form,
        "page": rows,
        "found": rows.paginator.count,
        "filters": filters_of(request),
        "is_filtered": bool(text),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "communities/facilitators/facilitators.html", page)


@requires_role(Permission.RECORD_MEETING)
@require_http_methods(["GET", "POST"])
def add_facilitator(request: HttpRequest) -> HttpResponse:
    form = FacilitatorForm(request.POST or None, person=request.user)
    if form.is_valid() and kept(form, put_facilitator, by=request.user):
        messages.success(request, _("The community facilitator is added."))
        return redirect("communities:facilitators")
    return form_page(request, form, title=_("Add a community facilitator"), under=under_facilitators())


@requires(Permission.RECORD_MEETING, Facilitator, related=("organisation", "base_commune"))
@require_http_methods(["GET", "POST"])
def facilitator(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    fields = ("name", "organisation", "base_commune", "active_from", "active_to")
    values = {field: getattr(facilitator, field) for field in fields} | {
        "is_female": SEX[facilitator.is_female]
    }
    form = FacilitatorForm(request.POST or None, person=request.user, initial=values)
    if form.is_valid() and kept(form, put_facilitator, facilitator=facilitator, by=request.user):
        messages.success(request, _("The community facilitator is saved."))
        return redirect("communities:facilitators")
    return form_page(
        request, form, title=facilitator.name, under=under_facilitators(),
        practice=facilitator.base_commune.is_practice,
    )  # fmt: skip


@requires_role(Permission.SEE_CBOS)
@require_safe
def cbos(request: HttpRequest) -> HttpResponse:
    form = PlaceFilter(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    found = in_communes_like(with_newest_count(Cbo.objects.visible_to(request.user)), "commune", text)
    rows = page_of(request, found.order_by("commune__code", "pk"))
    page = {
        "title": _("Community-based organisations"),
        "lead": _("Kept to a minimum, since being listed can be a risk. Authorities do not see this list."),
        "place": place((_("Community-based organisations"), "")),
        "form": form,
        "page": rows,
        "found": rows.paginator.count,
        "filters": filters_of(request),
        "is_filtered": bool(text),
        "may_manage": holds(request.user, Permission.MANAGE_CBOS),
    }
    return TemplateResponse(request, "communities/cbos/cbos.html", page)


def with_newest_count(cbos: QuerySet) -> QuerySet:
    """Each group once, with the year counted last and its numbers."""
    newest = CboYear.objects.filter(cbo=OuterRef("pk")).order_by("-year")[:1]
    found = Cbo.objects.filter(pk__in=cbos.values("pk")).select_related("commune__parent")
    return found.annotate(
        counted_in=Subquery(newest.values("year")),
        members=Subquery(newest.values("members_count")),
        women=Subquery(newest.values("female_count")),
    )


@requires_role(Permission.MANAGE_CBOS)
@require_http_methods(["GET", "POST"])
def add_cbo(request: HttpRequest) -> HttpResponse:
    form = CboForm(request.POST or None)
    if form.is_valid() and (added := kept(form, put_cbo, by=request.user)):
        messages.success(request, _("The group is added. Say how many members it has."))
        return redirect("communities:cbo-year", added.pk)
    return form_page(request, form, title=_("Add a group"), under=under_cbos())


@requires(Permission.MANAGE_CBOS, Cbo, related=("commune",))
@require_http_methods(["GET", "POST"])
def cbo(request: HttpRequest, cbo: Cbo) -> HttpResponse:
    values = {"name_km": cbo.name_km, "name_en": cbo.name_en, "commune": cbo.commune, "kind": cbo.kind}
    form = CboForm(request.POST or None, initial=values)
    if form.is_valid() and kept(form, put_cbo, cbo=cbo, by=request.user):
        messages.success(request, _("The group is saved."))
        return redirect("communities:cbos")
    links = [(_("Members of a year"), reverse("communities:cbo-year", args=[cbo.pk]))]
    return form_page(
        request, form, title=cbo.name, under=under_cbos(), links=links, practice=cbo.commune.is_practice
    )


@requires(Permission.COUNT_CBO, Cbo, related=("commune__parent__parent",))
@require_http_methods(["GET", "POST"])
def cbo_year(request: HttpRequest, cbo: Cbo) -> HttpResponse:
    """For those who keep the list, and for whoever speaks for the group: its members, year by year."""
    form = CboYearForm(request.POST or None)
    if form.is_valid() and kept(form, put_cbo_year, cbo=cbo, by=request.user):
        messages.success(request, _("The members are saved."))
        return redirect("communities:cbo-year", cbo.pk)
    years, this_year = list(cbo.years.order_by("-year")), timezone.localdate().year
    may_manage = can(request.user, Permission.MANAGE_CBOS, on=cbo)
    page = {
        "title": _("Members of %(group)s") % {"group": cbo.name},
        "lead": _("%(kind)s in %(commune)s") % {"kind": cbo.kind, "commune": cbo.commune.name},
        "state": "complete" if any(each.year == this_year for each in years) else "missing",
        "place": place_of_cbo(cbo, is_keeper=may_manage),
        "practice": cbo.commune.is_practice,
        "form": form,
        "cbo": cbo,
        "years": years,
        "this_year": this_year,
        "is_counted": any(each.year == this_year for each in years),
        "back": reverse("communities:cbos") if may_manage else reverse("home"),
    }
    return TemplateResponse(request, "communities/cbos/years.html", page)


def place_of_cbo(cbo: Cbo, *, is_keeper: bool) -> list[tuple[str, str]]:
    """The path to the group: through the settings for those who keep it, through its commune for the group itself."""
    if is_keeper:
        return place(under_cbos(), (cbo.name, reverse("communities:cbo", args=[cbo.pk])))
    commune = cbo.commune
    return [(area.name, "") for area in (commune.parent.parent, commune.parent, commune)] + [(cbo.name, "")]
