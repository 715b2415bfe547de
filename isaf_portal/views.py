"""Is the process alive, is the portal ready, and where a person lands."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.access import public, signed_in
from accounts.roles import Permission
from communities.access import holds
from isaf_portal.health import READY, is_well
from isaf_portal.home import (
    missing_self_assessments,
    own_results,
    plans_in_sight,
    roles_held,
    rounds_to_look_after,
)
from scorecards.overview.waiting import Waiting, waiting_for


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
    waiting, rounds = waiting_for(request.user), rounds_to_look_after(request.user)
    may_enter = holds(request.user, Permission.RECORD_MEETING)
    page = {
        "title": _("My work"),
        "today": timezone.localdate(),
        "roles": roles_held(request.user),
        "next": next_of(waiting),
        "waiting": waiting[1:],
        "missing": missing_self_assessments(rounds) if may_enter else [],
        "rounds": rounds,
        "plans": plans_in_sight(request.user),
        "results": own_results(request.user),
        "has_nothing": not (waiting or rounds),
    }
    return TemplateResponse(request, "isaf_portal/home.html", page)


def next_of(waiting: list[Waiting]) -> dict | None:
    """The first thing that waits, as the next step of the page."""
    if not waiting:
        return None
    first = waiting[0]
    return {"title": first.what, "note": first.where, "url": first.url, "label": first.action}
