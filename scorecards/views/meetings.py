"""The meeting at which a scorecard is scored: when, who came, in which groups."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.access import requires
from isaf_portal.lib.errors import Refused
from scorecards.entry.attendance import Gathering, gathering_of
from scorecards.entry.permissions import to_record_meeting
from scorecards.entry.sheets import current_version
from scorecards.entry.steps import PARTS, page_head
from scorecards.forms.meetings import (
    AnyMeetingForm,
    ScorecardMeetingForm,
    SelfAssessmentMeetingForm,
    meeting_initial,
)
from scorecards.models import Scorecard, ScorecardVersion
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.scorecards import record_scorecard_meeting
from scorecards.operations.tallies import note_left_early


@requires(to_record_meeting, Scorecard, related=PARTS)
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    version = current_version(scorecard)
    known = gathering_of(version)
    form = meeting_form(request, scorecard, known)
    if form.is_valid() and keep(form, version, known, by=request.user):
        messages.success(request, _("The meeting is saved."))
        return redirect(f"scorecards:{'meeting' if 'stay' in request.POST else 'criteria'}", scorecard.pk)
    page = {
        **page_head(version, "meeting", title=_("Meeting and attendance")),
        "form": form,
        "known": known,
        "sums": " ".join(known.sentences),
        **form.blocks(),
    }
    return TemplateResponse(request, template_for(scorecard), page)


def template_for(scorecard: Scorecard) -> str:
    if scorecard.is_self_assessment:
        return "scorecards/meetings/self_assessment.html"
    return "scorecards/meetings/sitting.html"


def meeting_form(request: HttpRequest, scorecard: Scorecard, known: Gathering) -> AnyMeetingForm:
    kind = SelfAssessmentMeetingForm if scorecard.is_self_assessment else ScorecardMeetingForm
    initial = meeting_initial(
        scorecard.meeting, came=known.came, groups=known.people, left_early=known.left_early
    )
    data = request.POST if request.method == "POST" else None
    return kind(data, initial=initial, groups=known.people, is_fixed=known.is_fixed)


def keep(form: AnyMeetingForm, version: ScorecardVersion, known: Gathering, *, by) -> bool:
    """Meeting, groups and who left are kept one after the other: what is right stays when the next is refused."""
    typed = form.cleaned_data
    try:
        record_scorecard_meeting(
            scorecard=version.scorecard, client_id=typed["client_id"], by=by, **form.meeting()
        )
        if (people := form.groups()) and people != known.people:
            set_scoring_groups(version=version, people=people, by=by)
        if typed.get("left_early") != known.left_early:
            note_left_early(version=version, count=typed["left_early"], by=by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
