"""The annual rounds: a list, one round with its steps, opening one, planning scorecards, the interface meeting."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import holds, requires, requires_role
from communities.enums import MeetingKind, MeetingStatus
from communities.models import Meeting, ServiceProvider
from communities.operations.meetings import correct_meeting, record_meeting
from communities.search import communes_like
from isaf_portal.lib.errors import Refused
from scorecards.enums import ScorecardKind
from scorecards.forms.rounds import InterfaceMeetingForm, OpenRoundForm, PlanScorecardForm, RoundFilter
from scorecards.models import Round, Scorecard
from scorecards.names import place_in_round, place_of, round_name
from scorecards.operations import rounds as round_operations
from scorecards.operations import scorecards as scorecard_operations
from scorecards.overview.card_rows import card_rows
from scorecards.overview.progress import council_warning, facts_of, self_assessments_in
from scorecards.overview.round_tasks import missing_in_round, next_in_round, reader_of

PAGE_ROWS = 50
ROUND_PARTS = ("programme", "organisation", "commune__parent__parent")


@requires_role(Permission.SEE_ROUNDS)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    form = RoundFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    visible = Round.objects.visible_to(request.user)
    found = Round.objects.filter(pk__in=visible.values("pk")).select_related(*ROUND_PARTS)
    if wanted.get("year"):
        found = found.filter(year=wanted["year"])
    if wanted.get("text"):
        found = found.filter(commune__in=[commune.pk for commune in communes_like(wanted["text"])])
    page = Paginator(found.order_by("-year", "commune__code", "pk"), PAGE_ROWS).get_page(
        request.GET.get("page")
    )
    context = {
        "title": _("Annual rounds"),
        "form": form,
        "page": page,
        "found": page.paginator.count,
        "rows": list(facts_of(list(page)).values()),
        "is_filtered": any(wanted.values()),
        "filters": filters_of(request),
        "may_open": holds(request.user, Permission.OPEN_ROUND),
    }
    return TemplateResponse(request, "scorecards/rounds/rounds.html", context)


@requires_role(Permission.OPEN_ROUND)
@require_http_methods(["GET", "POST"])
def open_round(request: HttpRequest) -> HttpResponse:
    form = OpenRoundForm(
        request.POST or None, person=request.user, initial={"year": timezone.localdate().year}
    )
    if form.is_valid():
        try:
            opened = round_operations.open_round(**form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The round is open. Plan its scorecards now."))
            return redirect("scorecards:round", opened.pk)
    page = {
        "title": _("Open a round"),
        "form": form,
        "place": [(_("Annual rounds"), reverse("scorecards:rounds")), (_("Open a round"), "")],
    }
    return TemplateResponse(request, "scorecards/rounds/open_round.html", page)


@requires(Permission.SEE_ROUNDS, Round, related=ROUND_PARTS)
@require_safe
def scoring_round(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    reader, today = reader_of(request.user, scoring_round), timezone.localdate()
    facts = facts_of([scoring_round])[scoring_round.pk]
    flags = {"is_full": reader.is_team, "may_enter": reader.may_enter, "may_check": reader.may_check}
    meetings = card_rows(Scorecard.objects.filter(scoring_round=scoring_round), **flags)
    assessments = card_rows(self_assessments_in(scoring_round), **flags)
    providers = list(ServiceProvider.objects.filter(pk__in=facts.providers).order_by("service_type", "pk"))
    rows = [*meetings, *assessments]
    context = {
        "title": round_name(scoring_round),
        "state": scoring_round.status,
        "scoring_round": scoring_round,
        "place": place_of(scoring_round.commune),
        "practice": scoring_round.commune.is_practice,
        "facts": facts,
        "warning": council_warning(facts, on=today),
        "next": next_in_round(facts, rows, reader),
        "missing": missing_in_round(facts, rows, providers, on=today) if reader.is_team else [],
        "meetings": meetings,
        "assessments": assessments,
        "providers": providers,
        "reader": reader,
        "form": PlanScorecardForm(scoring_round=scoring_round) if reader.may_enter else None,
    }
    return TemplateResponse(request, "scorecards/rounds/round.html", context)


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def plan_scorecard(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    wanted = {"kind": request.GET.get("kind", ScorecardKind.COMMUNITY)}
    form = PlanScorecardForm(request.POST or None, scoring_round=scoring_round, initial=wanted)
    if form.is_valid():
        try:
            scorecard_operations.plan_scorecard(
                scoring_round=scoring_round, **form.cleaned_data, by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scorecard is planned."))
            return redirect("scorecards:round", scoring_round.pk)
    page = {
        "title": _("Plan a scorecard"),
        "form": form,
        "scoring_round": scoring_round,
        "place": place_in_round(scoring_round, (_("Plan a scorecard"), "")),
        "practice": scoring_round.commune.is_practice,
    }
    return TemplateResponse(request, "scorecards/rounds/plan_scorecard.html", page)


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def interface_meeting(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    before = interface_meeting_of(scoring_round)
    form = InterfaceMeetingForm(request.POST or None, initial=interface_values(scoring_round, before))
    if form.is_valid():
        try:
            keep_interface_meeting(scoring_round, before, form, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The interface meeting is recorded."))
            return redirect("scorecards:round", scoring_round.pk)
    page = {
        "title": _("Interface meeting"),
        "form": form,
        "scoring_round": scoring_round,
        "place": place_in_round(scoring_round, (_("Interface meeting"), "")),
        "practice": scoring_round.commune.is_practice,
    }
    return TemplateResponse(request, "scorecards/rounds/interface_meeting.html", page)


def filters_of(request: HttpRequest) -> str:
    """The address's filters without its page, to go before another page's number."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def interface_meeting_of(scoring_round: Round) -> Meeting | None:
    """The meeting recorded or planned last, to be completed or corrected rather than recorded twice."""
    return (
        Meeting.objects.filter(
            kind=MeetingKind.INTERFACE,
            programme=scoring_round.programme_id,
            commune=scoring_round.commune_id,
            year=scoring_round.year,
        )
        .exclude(status=MeetingStatus.CANCELLED)
        .order_by("-held_on", "-pk")
        .first()
    )


def interface_values(scoring_round: Round, meeting: Meeting | None) -> dict:
    """What the form shows: the meeting as it was recorded, else the day that is planned."""
    if meeting is None:
        return {"held_on": scoring_round.interface_on}
    counts = {
        (each.role, count.people_group): count.count
        for each in meeting.attendances.prefetch_related("counts")
        for count in each.counts.all()
    }
    typed = {name: counts.get(key) for name, key in InterfaceMeetingForm.COUNTED.items()}
    return {"held_on": meeting.held_on, "place": meeting.place, "client_id": meeting.client_id, **typed}


def keep_interface_meeting(scoring_round: Round, before: Meeting | None, form, *, by) -> Meeting:
    said = {
        "held_on": form.cleaned_data["held_on"],
        "place": form.cleaned_data["place"],
        "status": MeetingStatus.HELD,
        "status_reason": "",
        "attendance": form.attendance(),
    }
    if before is not None:
        return correct_meeting(meeting=before, **said, by=by)
    return record_meeting(
        client_id=form.cleaned_data["client_id"],
        kind=MeetingKind.INTERFACE,
        programme=scoring_round.programme,
        organisation=scoring_round.organisation,
        commune=scoring_round.commune,
        year=scoring_round.year,
        **said,
        by=by,
    )
