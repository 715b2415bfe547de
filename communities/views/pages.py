"""What all pages of the settings share: a form that is kept by one operation, a list in pages."""

from collections.abc import Callable

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities.search import communes_like
from isaf_portal.lib.errors import Refused

PAGE_ROWS = 50
Place = list[tuple[str, str]]


def kept(form: forms.Form, operation: Callable, **more):
    """What the operation made of the form's fields; None where it refused, which the form then says."""
    try:
        return operation(**form.cleaned_data, **more) or True
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def place(*below: tuple[str, str]) -> Place:
    """The path to a page of the settings."""
    return [(pgettext("menu", "Settings"), reverse("communities:settings")), *below]


def form_page(
    request: HttpRequest,
    form: forms.Form,
    *,
    title: str,
    under: tuple[str, str],
    lead: str = "",
    save: str = "",
    links: list[tuple[str, str]] | None = None,
    practice: bool = False,
) -> HttpResponse:
    """One form on a narrow page. `under` is the list that it belongs to and leads back to; `links` are pages about
    the same thing."""
    page = {
        "title": title,
        "lead": lead,
        "place": place(under, (title, "")),
        "practice": practice,
        "form": form,
        "save": save or _("Save"),
        "back": under[1],
        "links": links or [],
    }
    return TemplateResponse(request, "communities/settings/form.html", page)


def page_of(request: HttpRequest, found: QuerySet) -> Page:
    return Paginator(found, PAGE_ROWS).get_page(request.GET.get("page"))


def filters_of(request: HttpRequest) -> str:
    """The address's filters without its page, to go before another page's number."""
    kept_filters = request.GET.copy()
    kept_filters.pop("page", None)
    return f"{kept_filters.urlencode()}&" if kept_filters else ""


def in_communes_like(found: QuerySet, path: str, text: str) -> QuerySet:
    """Those whose commune, by `path`, is called like the text; an empty text leaves all."""
    if not text:
        return found
    return found.filter(**{f"{path}__in": [commune.pk for commune in communes_like(text)]})
