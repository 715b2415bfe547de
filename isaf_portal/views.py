"""Is the process alive, is the portal ready, and where a person lands."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import public, signed_in
from isaf_portal.health import READY, is_well
from isaf_portal.home.page import home_page


@public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process is alive. Asks nothing of anybody, so that a stopped database restarts no web server."""
    return HttpResponse("ok\n", content_type="text/plain")


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Can people be served? True or false for each part, 503 if one fails; what is wrong is for `doctor` to tell."""
    parts = {name: is_well(check) for name, check in READY.items()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person, over all roles of today; then what they look after."""
    page = home_page(request.user, timezone.localdate())
    return TemplateResponse(request, "isaf_portal/home.html", page)
