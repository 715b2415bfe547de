"""The calendar of a round: its days on one page, and what moves them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import can, requires
from communities.enums import MeetingKind, MeetingStatus
from communities.models import AttendanceCount, Meeting
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import day, digits
from scorecards.enums import RoundStatus
from scorecards.forms.calendar import (
    PLANNED_HERE,
    HoldMeetingForm,
    PlanMeetingForm,
    PutOffForm,
    ReasonForm,
    RoundDatesForm,
)
from scorecards.models import Round, Scorecard
from scorecards.names import place_in_round
from scorecards.operations import calendar as operations
from scorecards.overview.calendar import Calendar, calendar_of, meeting_rows
from scorecards.overview.calendar_steps import day_span, step_address
from scorecards.overview.calendar_warnings import Warned, named
from scorecards.overview.planning import facilitators_of
from scorecards.views.rounds import ROUND_PARTS

MEETING_PARTS = ("programme", "organisation", "commune__parent__parent", "village", "provider")


@requires(Permission.SEE_ROUNDS, Round, related=ROUND_PARTS)
@require_safe
def calendar(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    today = timezone.localdate()
    found = calendar_of(scoring_round, today)
    is_open = scoring_round.status == RoundStatus.OPEN
    may_plan = can(request.user, Permission.RECORD_MEETING, on=scoring_round) and is_open
    may_open = can(request.user, Permission.OPEN_ROUND, on=scoring_round)
    page = {
        "title": _("Calendar %(year)s") % {"year": digits(scoring_round.year)},
        "state": scoring_round.status,
        "scoring_round": scoring_round,
        "place": place_in_round(scoring_round, (_("Calendar"), "")),
        "practice": scoring_round.commune.is_practice,
        "steps": steps_to_show(found, may_plan=may_plan),
        "warnings": [shown(each, may_plan=may_plan) for each in found.warnings],
        "next": next_day(found),
        "waiting": meeting_rows(found.waiting, on=today),
        "held": meeting_rows(reversed(found.held), on=today),
        "changes": found.changes,
        "may_plan": may_plan,
        "may_postpone": may_open and is_open,
        "may_resume": may_open and scoring_round.status == RoundStatus.POSTPONED,
    }
    return TemplateResponse(request, "scorecards/calendar/calendar.html", page)


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def round_dates(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    form = RoundDatesForm(request.POST or None, scoring_round=scoring_round)
    if form.is_valid():
        said = {"dates": form.dates(), "reason": form.cleaned_data["reason"]}
        if done(form, operations.set_round_dates, scoring_round=scoring_round, **said, by=request.user):
            messages.success(request, _("The days are saved."))
            return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Days of the round"), form)
    page["lead"] = _("A day that stood and is moved needs a reason; the calendar keeps both.")
    return TemplateResponse(request, "scorecards/calendar/form.html", page | {"button": _("Save")})


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def plan_meeting(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    form = PlanMeetingForm(
        request.POST or None,
        scoring_round=scoring_round,
        facilitators=facilitators_of(scoring_round),
        initial=meeting_asked_for(request, scoring_round),
    )
    if form.is_valid() and (
        planned := done(
            form, operations.plan_meeting, scoring_round=scoring_round, **form.chosen(), by=request.user
        )
    ):
        if planned.held_on <= timezone.localdate():
            messages.success(request, _("The meeting is written down. Now record who came."))
            return redirect("scorecards:hold-meeting", planned.pk)
        messages.success(request, _("The meeting is planned."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Plan a meeting"), form) | {"button": pgettext("button", "Plan")}
    page["lead"] = _(
        "A meeting that took place already is written down here too: give its day, then who came."
    )
    return TemplateResponse(request, "scorecards/calendar/form.html", page)


@requires(Permission.RECORD_MEETING, Meeting, related=MEETING_PARTS)
@require_http_methods(["GET", "POST"])
def hold_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    scoring_round = round_of(meeting)
    if elsewhere := own_page_of(meeting, scoring_round):
        return redirect(elsewhere)
    form = HoldMeetingForm(request.POST or None, meeting=meeting, counts=counts_of(meeting))
    if form.is_valid() and done(
        form, operations.hold_meeting, meeting=meeting, **form.said(), by=request.user
    ):
        messages.success(request, _("The meeting is recorded."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, named(meeting), form) | {
        "state": meeting.status,
        "meeting": meeting,
        "people": form.people(),
        "is_open": meeting.status in {MeetingStatus.PLANNED, MeetingStatus.POSTPONED},
    }
    return TemplateResponse(request, "scorecards/calendar/hold_meeting.html", page)


@requires(Permission.RECORD_MEETING, Meeting, related=MEETING_PARTS)
@require_http_methods(["GET", "POST"])
def put_off_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    scoring_round = round_of(meeting)
    form = PutOffForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else None
    if said and done(form, operations.put_off_meeting, meeting=meeting, **said, by=request.user):
        messages.success(request, _("The meeting is put off."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Put off: %(meeting)s") % {"meeting": named(meeting)}, form)
    page["lead"] = _("Planned for %(day)s.") % {"day": day(meeting.held_on)}
    page |= {"button": _("Put off"), "state": meeting.status}
    return TemplateResponse(request, "scorecards/calendar/form.html", page)


@requires(Permission.RECORD_MEETING, Meeting, related=MEETING_PARTS)
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    scoring_round = round_of(meeting)
    form = ReasonForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else None
    if said and done(form, operations.cancel_meeting, meeting=meeting, **said, by=request.user):
        messages.success(request, _("The meeting is cancelled."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Cancel: %(meeting)s") % {"meeting": named(meeting)}, form)
    page["lead"] = _(
        "It stays in the calendar, with the reason. A scorecard that belongs to it stays planned, without a day."
    )
    page |= {"button": _("Cancel the meeting"), "is_danger": True, "state": meeting.status}
    return TemplateResponse(request, "scorecards/calendar/form.html", page)


@requires(Permission.OPEN_ROUND, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def postpone_round(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    said = form.cleaned_data if form.is_valid() else None
    if said and done(form, operations.postpone_round, scoring_round=scoring_round, **said, by=request.user):
        messages.success(request, _("The round is postponed."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Postpone the round"), form) | {"button": _("Postpone the round")}
    page["lead"] = _(
        "Nothing is lost. Until the round is resumed, nothing is added to it and nobody is reminded."
    )
    return TemplateResponse(request, "scorecards/calendar/form.html", page | {"is_danger": True})


@requires(Permission.OPEN_ROUND, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def resume_round(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    form.fields["reason"].required = False
    said = form.cleaned_data if form.is_valid() else None
    if said and done(form, operations.resume_round, scoring_round=scoring_round, **said, by=request.user):
        messages.success(request, _("The round goes on. Look at its days: some may have passed."))
        return redirect("scorecards:calendar", scoring_round.pk)
    page = page_in_round(scoring_round, _("Resume the round"), form) | {"button": _("Resume the round")}
    page["lead"] = scoring_round.status_reason
    return TemplateResponse(request, "scorecards/calendar/form.html", page)


# --- What the pages share -------------------------------------------------------------------------


def done(form, operation, **arguments):
    """What the operation answers; where it refuses, the form says why."""
    try:
        return operation(**arguments)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def page_in_round(scoring_round: Round, title: str, form) -> dict:
    return {
        "title": title,
        "state": "",
        "lead": "",
        "form": form,
        "scoring_round": scoring_round,
        "place": place_in_round(
            scoring_round,
            (_("Calendar"), reverse("scorecards:calendar", args=[scoring_round.pk])),
            (title, ""),
        ),
        "practice": scoring_round.commune.is_practice,
        "is_danger": False,
    }


def round_of(meeting: Meeting) -> Round:
    """The round in which a meeting is held: one for programme, commune and year."""
    same = {"programme": meeting.programme_id, "commune": meeting.commune_id, "year": meeting.year}
    return get_object_or_404(Round.objects.select_related(*ROUND_PARTS), **same)


def steps_to_show(found: Calendar, *, may_plan: bool) -> list[dict]:
    here = found.scoring_round
    return [
        {"step": step, "days": day_span(step), "url": step_address(step, here) if may_plan else ""}
        for step in found.steps
    ]


def shown(warned: Warned, *, may_plan: bool) -> dict:
    """A row of what is missing; pages that the reader may not open are not offered."""
    found = {"what": warned.what, "where": warned.where}
    return found | ({"url": warned.url, "action": warned.action} if warned.url and may_plan else {})


def next_day(found: Calendar) -> dict | None:
    """The nearest day of the round."""
    step = found.next_step
    if step is None or found.scoring_round.status != RoundStatus.OPEN:
        return None
    return {
        "title": step.label,
        "note": " · ".join(filter(None, (day_span(step), step.state_label, step.note))),
    }


def meeting_asked_for(request: HttpRequest, scoring_round: Round) -> dict:
    """What the form shows first: the kind that the address names and, of the workshop, the day that stands."""
    kind = request.GET.get("kind", "")
    if kind not in PLANNED_HERE:
        return {}
    stands = scoring_round.district_workshop_on if kind == MeetingKind.DISTRICT_WORKSHOP else None
    return {"kind": kind, "held_on": stands}


def own_page_of(meeting: Meeting, scoring_round: Round) -> str:
    """Where a meeting that belongs to something else is recorded: with its scorecard, or as the interface meeting."""
    if meeting.kind == MeetingKind.INTERFACE:
        return reverse("scorecards:interface-meeting", args=[scoring_round.pk])
    if scored := Scorecard.objects.filter(meeting=meeting).order_by("pk").first():
        return reverse("scorecards:meeting", args=[scored.pk])
    return ""


def counts_of(meeting: Meeting) -> dict[tuple[str, str], int]:
    """By role and people group, what was counted before."""
    counts = AttendanceCount.objects.filter(attendance__meeting=meeting)
    return {
        (role, group): count
        for role, group, count in counts.values_list("attendance__role", "people_group", "count")
    }
