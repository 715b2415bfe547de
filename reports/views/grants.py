"""The page of one grant, for the donor and for whoever runs the programme."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from communities.access import requires
from communities.models import Grant
from isaf_portal.lib.digits import latin_digits
from isaf_portal.templatetags.isaf import day, digits
from reports.grants import grant_figures


@requires(Permission.SEE_GRANTS, Grant, related=("donor", "programme"))
@require_safe
def grant(request: HttpRequest, grant: Grant) -> HttpResponse:
    figures = grant_figures(grant, year_of(request.GET.get("year", "")))
    page = {
        "title": grant_name(grant),
        "lead": f"{grant.donor.name} · {grant_days(grant)}",
        "place": [(_("My work"), reverse("home")), (grant.programme.name, "")],
        "practice": grant.programme.is_practice,
        "next": None,
        "missing": [],
        "figures": figures,
    }
    return TemplateResponse(request, "reports/grant.html", page)


def year_of(text: str) -> int | None:
    """Four digits, Khmer or Latin; anything else names no year."""
    typed = latin_digits(text)
    return int(typed) if len(typed) == 4 and typed.isascii() and typed.isdigit() else None


def grant_name(grant: Grant) -> str:
    return _("Grant for %(programme)s") % {
        "programme": f"{grant.programme.name} {digits(grant.programme.phase)}".strip()
    }


def grant_days(grant: Grant) -> str:
    """From when to when, in words."""
    if grant.ends_on is None:
        return _("since %(day)s") % {"day": day(grant.starts_on)}
    return _("%(first)s to %(last)s") % {"first": day(grant.starts_on), "last": day(grant.ends_on)}
