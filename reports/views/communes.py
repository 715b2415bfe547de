"""The page of a commune for everybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from isaf_portal.templatetags.isaf import digits
from reports.commune_page import CommunePage, commune_of, commune_page
from scorecards.overview.published import name_with_kind


@public
@require_safe
def commune(request: HttpRequest, code: str) -> HttpResponse:
    """What is published of the commune, the newest year first; an earlier code leads to today's."""
    found = commune_of(code)
    if found is None:
        raise Http404
    if found.code != code:
        return redirect("reports:commune", found.code)
    page = commune_page(found, on=timezone.localdate(), year=_year(request.GET.get("year", "")))
    context = {
        "title": name_with_kind(found),
        "lead": _lead(page),
        "page": page,
        "place": [(name_with_kind(area), "") for area in (found.parent.parent, found.parent, found)],
        "practice": found.is_practice,
        "next": None,
        "missing": [],
    }
    return TemplateResponse(request, "reports/commune.html", context)


def _lead(page: CommunePage) -> str:
    if page.is_empty:
        return ""
    return _("What people said of the services, and what was agreed · %(year)s") % {"year": digits(page.year)}


def _year(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) == 4 else None
