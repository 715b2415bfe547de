"""The interface meeting: its agenda, and point by point on the wall or on a phone."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import requires
from communities.models import ServiceProvider
from isaf_portal.lib.errors import Refused
from scorecards.enums import PointState
from scorecards.forms.interface import AgendaForm, AgreeForm, ParkForm, RevisionForm
from scorecards.interface.agenda import ProviderChoices, choices_of
from scorecards.interface.meeting import Meeting, meeting_of
from scorecards.interface.point_page import PointPage, point_page
from scorecards.interface.steps import missing_at_meeting, next_at_meeting, point_title
from scorecards.models import InterfacePoint, Round
from scorecards.names import place_in_round
from scorecards.operations import interface as operations

ROUND_PARTS = ("programme", "organisation", "commune__parent__parent")
POINT_PARTS = tuple(f"scoring_round__{part}" for part in ROUND_PARTS)


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@never_cache
@require_http_methods(["GET", "POST"])
def interface(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """The agenda with what came of each point; a POST says which points there are."""
    meeting = meeting_of(scoring_round, request.user)
    groups = choices_of(meeting.agenda)
    form = AgendaForm(request.POST if request.method == "POST" else None, groups=groups)
    if form.is_valid():
        wanted = form.cleaned_data["points"]
        try:
            points = operations.set_agenda(scoring_round=scoring_round, points=wanted, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The agenda is saved."))
            if "begin" in request.POST:
                return redirect("scorecards:interface-point", points[0].pk)
            return redirect("scorecards:interface", scoring_round.pk)
    page = _agenda_page(meeting, groups, form)
    return TemplateResponse(request, "scorecards/interface/agenda.html", page)


@requires(Permission.RECORD_MEETING, InterfacePoint, related=POINT_PARTS)
@never_cache
@require_safe
def interface_point(request: HttpRequest, point: InterfacePoint) -> HttpResponse:
    return _answer(request, point, meeting_of(point.scoring_round, request.user))


@requires(Permission.DRAFT_PLAN, InterfacePoint, related=POINT_PARTS)
@never_cache
@require_http_methods(["GET", "POST"])
def agree_point(request: HttpRequest, point: InterfacePoint) -> HttpResponse:
    """What was typed stays on the page until it is saved; whoever comes by the address alone sees the point."""
    if request.method == "GET":
        return redirect("scorecards:interface-point", point.pk)
    meeting = meeting_of(point.scoring_round, request.user)
    form = AgreeForm(request.POST, months=meeting.months)
    if form.is_valid() and not meeting.why_not:
        seen = form.cleaned_data["revision"]
        try:
            operations.agree_on_point(
                point=point, fields=form.fields_typed, base_revision=seen, by=request.user
            )
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("Written down: it stands in the draft of the action plan."))
            return redirect("scorecards:interface-point", point.pk)
    return _answer(request, point, meeting_of(point.scoring_round, request.user), agree=form)


@requires(Permission.RECORD_MEETING, InterfacePoint, related=POINT_PARTS)
@never_cache
@require_http_methods(["GET", "POST"])
def park_point(request: HttpRequest, point: InterfacePoint) -> HttpResponse:
    if request.method == "GET":
        return redirect("scorecards:interface-point", point.pk)
    form = ParkForm(request.POST)
    if form.is_valid():
        typed, seen = form.cleaned_data["note"], form.cleaned_data["revision"]
        try:
            operations.park_point(point=point, note=typed, base_revision=seen, by=request.user)
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("Noted: not agreed yet. It stands on the minutes."))
            return redirect("scorecards:interface-point", point.pk)
    return _answer(request, point, meeting_of(point.scoring_round, request.user), park=form)


@requires(Permission.RECORD_MEETING, InterfacePoint, related=POINT_PARTS)
@require_POST
def reopen_point(request: HttpRequest, point: InterfacePoint) -> HttpResponse:
    form = RevisionForm(request.POST)
    seen = form.cleaned_data["revision"] if form.is_valid() else -1
    try:
        operations.reopen_point(point=point, base_revision=seen, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scorecards:interface-point", point.pk)


def _show(refusal: Refused, form: Form) -> None:
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))


def _agenda_page(meeting: Meeting, groups: list[ProviderChoices], form: AgendaForm) -> dict:
    agenda, scoring_round = meeting.agenda, meeting.scoring_round
    providers = ServiceProvider.objects.filter(pk__in=meeting.facts.providers).order_by("service_type", "pk")
    return {
        "title": _("Interface meeting"),
        "scoring_round": scoring_round,
        "agenda": agenda,
        "facts": meeting.facts,
        "figures": [
            {"label": str(state.label), "value": agenda.count(state), "note": ""} for state in PointState
        ],
        "groups": groups,
        "form": form,
        "why_not": meeting.why_not if agenda.points else "",
        "place": place_in_round(scoring_round, (_("Interface meeting"), "")),
        "practice": scoring_round.commune.is_practice,
        "next": next_at_meeting(agenda, meeting.facts, meeting.why_not),
        "missing": missing_at_meeting(agenda, meeting.facts, list(providers)),
    }


def _answer(
    request: HttpRequest, point: InterfacePoint, meeting: Meeting, *, agree=None, park=None
) -> HttpResponse:
    """The page as it stands now, also after a refusal: what somebody else wrote down meanwhile is on it."""
    page = point_page(meeting.agenda, point.pk)
    if page is None:
        messages.warning(request, _("This point was taken off the agenda meanwhile."))
        return redirect("scorecards:interface", point.scoring_round_id)
    context = _point_page(meeting, page, agree, park)
    return TemplateResponse(request, "scorecards/interface/point.html", context)


def _point_page(meeting: Meeting, page: PointPage, agree: AgreeForm | None, park: ParkForm | None) -> dict:
    scoring_round, name, stands = meeting.scoring_round, page.group.provider.name, page.point.point
    seen = {"revision": stands.revision}
    where = reverse("scorecards:interface", args=[scoring_round.pk])
    return {
        "title": _("Interface meeting · %(provider)s") % {"provider": name},
        "page": page,
        "where_in_meeting": point_title(page.point, len(page.group.points)),
        "agree": _against(agree, seen) or AgreeForm(months=meeting.months, initial=seen),
        "park": _against(park, seen) or ParkForm(initial=seen | {"note": stands.note}),
        "is_parking": park is not None,
        "leads": meeting.leads_of(page.group.provider),
        "why_not": meeting.why_not,
        "place": place_in_round(scoring_round, (_("Interface meeting"), where), (name, "")),
        "practice": scoring_round.commune.is_practice,
        "next": None,
        "missing": [],
    }


def _against(form: Form | None, seen: dict) -> Form | None:
    """What was typed, to be sent again against the state that the reader sees now."""
    if form is not None:
        form.data = form.data.copy()
        form.data["revision"] = str(seen["revision"])
    return form
