"""The page of a provider about its own service: scores of both sides, points to prepare, agreed actions, replies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from communities.models.areas import PRACTICE_PROVINCE
from isaf_portal.templatetags.isaf import digits, number
from scorecards.names import place_of
from scorecards.overview.notices import notices_for
from scorecards.overview.own_scores import RoundScores, own_scores
from scorecards.overview.own_service import Next, OwnService, action_rows, services_by_provider

POINTS_NAMED = 3


@signed_in
@require_safe
def own_service(request: HttpRequest, pk: int) -> HttpResponse:
    """For those who speak for the provider; for everybody else there is no such page."""
    services = services_by_provider(request.user).get(pk)
    if services is None:
        raise Http404
    service = _of_year(services, request.GET.get("year", ""))
    scores = own_scores(request.user, service)
    today = timezone.localdate()
    page = {
        "title": _("My service · %(provider)s") % {"provider": service.provider.name},
        "lead": lead_of(service, request.user.name),
        "state": service.assessment.status if service.assessment else "not_started" if service.year else "",
        "place": place_of(service.provider.located_in, (service.provider.name, "")),
        "practice": service.provider.located_in.code.startswith(PRACTICE_PROVINCE),
        "next": next_of(service, scores, today),
        "missing": [],
        "service": service,
        "scores": scores,
        "actions": action_rows(service, today),
        "notices": notices_for(request.user),
        "years": [] if len(services) < 2 else services,
    }
    return TemplateResponse(request, "scorecards/own_service/own_service.html", page)


def _of_year(services: list[OwnService], year: str) -> OwnService:
    """The newest where no year, or one without scores, is asked for."""
    return next((each for each in services if str(each.year) == year), services[0])


def lead_of(service: OwnService, name: str) -> str:
    parts = [name]
    if service.year:
        parts.append(digits(service.year))
    if service.community:
        held = service.locked_count
        words = ngettext("%(count)s meeting checked", "%(count)s meetings checked", held)
        parts.append(words % {"count": number(held)})
    return " · ".join(parts)


def next_of(service: OwnService, scores: list[RoundScores], today) -> Next | None:
    """The next step, with the criteria to prepare where they may be read."""
    step = service.next(today)
    points = [point.row.criterion.text for each in scores for point in each.points]
    if step and points and not service.is_to_do:
        words = ngettext(
            "Prepare %(count)s answer: %(names)s", "Prepare %(count)s answers: %(names)s", len(points)
        )
        names = ", ".join(points[:POINTS_NAMED]) + ("…" if len(points) > POINTS_NAMED else "")
        step["note"] = words % {"count": number(len(points)), "names": names}
    return step
