"""The interface meeting on paper: its minutes and the blank form, and typing in what was written by hand."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import number
from scorecards.forms.interface import PaperPoint
from scorecards.interface.agenda import ProviderPoints
from scorecards.interface.meeting import Meeting, meeting_of
from scorecards.interface.minutes import file_name, minutes_of, render_minutes
from scorecards.models import Round
from scorecards.names import place_in_round
from scorecards.operations.interface import PaperEntry, UnfitEntry, record_from_paper
from scorecards.plans.content import LANGUAGES

ROUND_PARTS = ("programme", "organisation", "commune__parent__parent")
BLANK = "blank"


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@never_cache
@require_safe
def minutes(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """`?language=km|en`; `?form=blank` is the paper to fill in by hand, with the points and their scores printed."""
    asked = request.GET.get("language")
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    is_blank = request.GET.get("form") == BLANK
    with override(language):
        # The words of scores are taken when the scores are read.
        meeting = meeting_of(scoring_round, request.user)
    pdf = render_minutes(minutes_of(meeting, language=language, is_blank=is_blank))
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = file_name(scoring_round, language=language, is_blank=is_blank)
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@requires(Permission.DRAFT_PLAN, Round, related=ROUND_PARTS)
@never_cache
@require_http_methods(["GET", "POST"])
def interface_paper(request: HttpRequest, scoring_round: Round, provider_pk: int) -> HttpResponse:
    """All points of one provider in one form, in the order of the paper."""
    meeting = meeting_of(scoring_round, request.user)
    group = _group(meeting, provider_pk)
    data, faults = (request.POST if request.method == "POST" else None), []
    points = [PaperPoint(point, data, meeting.months) for point in group.points]
    unfit = [point for point in points if data is not None and not point.is_valid()]
    if data is not None and not unfit and not meeting.why_not:
        entries = [PaperEntry(**point.entry()) for point in points]
        try:
            count = record_from_paper(scoring_round=scoring_round, entries=entries, by=request.user)
        except Refused as refusal:
            faults = [str(refusal)]
            meeting = meeting_of(scoring_round, request.user)
            group = _group(meeting, provider_pk)
            points = _read_again(group, data, meeting, refusal)
        else:
            _say(request, count)
            return redirect("scorecards:interface", scoring_round.pk)
    page = _page(meeting, group, points, faults)
    return TemplateResponse(request, "scorecards/interface/paper.html", page)


def _group(meeting: Meeting, provider_pk: int) -> ProviderPoints:
    group = meeting.agenda.group_of(provider_pk)
    if group is None:
        raise Http404
    return group


def _read_again(group: ProviderPoints, data, meeting: Meeting, refusal: Refused) -> list[PaperPoint]:
    """The form with all that was typed, beside what stands now; the refusal under the line that it is about."""
    points = [PaperPoint(point, data, meeting.months) for point in group.points]
    for point in points:
        point.is_valid()
        point.read_again()
        if isinstance(refusal, UnfitEntry) and refusal.point.pk == point.point.pk:
            point.show(str(refusal), number=refusal.number, field=refusal.field)
    return points


def _say(request: HttpRequest, count: int) -> None:
    if count:
        said = ngettext("%(count)s point is typed in.", "%(count)s points are typed in.", count)
        messages.success(request, said % {"count": number(count)})
    else:
        messages.info(request, _("Nothing was typed in, so nothing was changed."))


def _page(meeting: Meeting, group: ProviderPoints, points: list[PaperPoint], faults: list[str]) -> dict:
    scoring_round, name = meeting.scoring_round, group.provider.name
    where = reverse("scorecards:interface", args=[scoring_round.pk])
    return {
        "title": _("From paper · %(provider)s") % {"provider": name},
        "scoring_round": scoring_round,
        "group": group,
        "points": points,
        "faults": faults,
        "leads": meeting.leads_of(group.provider),
        "why_not": meeting.why_not,
        "others": [each for each in meeting.agenda.groups if each.provider.pk != group.provider.pk],
        "place": place_in_round(scoring_round, (_("Interface meeting"), where), (name, "")),
        "practice": scoring_round.commune.is_practice,
        "next": None,
        "missing": [],
    }
