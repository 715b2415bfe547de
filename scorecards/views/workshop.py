"""The list for the district integration workshop, to read and to print."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from communities.access import requires_role
from communities.models import Area
from isaf_portal.templatetags.isaf import day_long, digits
from scorecards.forms.workshop import WorkshopFilter
from scorecards.names import place_of
from scorecards.overview.waiting_row import days_left
from scorecards.overview.workshop import WorkshopList, workshop_list, years_and_districts


@requires_role(Permission.SEE_WORKSHOP_LIST)
@require_safe
def workshop(request: HttpRequest) -> HttpResponse:
    years, districts = years_and_districts(request.user)
    form = WorkshopFilter(request.GET, years=years, districts=districts)
    found = workshop_list(request.user, year=form.chosen_year, district=form.chosen_district)
    page = {
        "title": _("List for the district workshop"),
        "lead": _lead(found),
        "place": place_of(found.district) if found.district else [],
        "practice": is_practice(found.district),
        "next": None,
        "missing": [],
        "form": form if len(years) > 1 or len(districts) > 1 else None,
        "found": found,
        "routes": found.by_route(),
    }
    return TemplateResponse(request, "scorecards/workshop/workshop.html", page)


def _lead(found: WorkshopList) -> str:
    """Which district and plan, and how long until the workshop."""
    if found.district is None:
        return ""
    words = _("%(district)s · action plans %(year)s") % {
        "district": found.district.name,
        "year": digits(found.year),
    }
    if found.workshop_on is None:
        return words
    today = timezone.localdate()
    left = f" ({days_left(found.workshop_on, today)})" if found.workshop_on >= today else ""
    return f"{words} · " + _("workshop on %(day)s") % {"day": day_long(found.workshop_on)} + left


def is_practice(district: Area | None) -> bool:
    return district is not None and district.is_practice
