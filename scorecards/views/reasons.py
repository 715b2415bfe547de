"""Why people scored so and what they suggest; and handing the scorecard over to be checked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.access import requires
from isaf_portal.lib.errors import Refused
from scorecards.entry.missing import Missing, missing_for_submission, warnings_for_submission
from scorecards.entry.permissions import to_enter, to_submit
from scorecards.entry.sheets import current_version
from scorecards.entry.steps import PARTS, page_head
from scorecards.forms.reasons import ReasonsForm
from scorecards.models import Scorecard, ScorecardVersion
from scorecards.operations.reasons import record_reasons
from scorecards.operations.review import submit_scorecard


@requires(to_enter, Scorecard, related=PARTS)
@require_http_methods(["GET", "POST"])
def reasons(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    version = current_version(scorecard)
    forms = forms_of(version, request.POST if request.method == "POST" else None)
    if request.method == "POST" and keep(forms, by=request.user):
        messages.success(request, _("The reasons are saved."))
        return redirect("scorecards:reasons", scorecard.pk)
    return shown(request, version, forms)


@requires(to_submit, Scorecard, related=PARTS)
@require_POST
def submit(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    """What is typed on the page of reasons is kept first, so that pressing this loses nothing."""
    version = current_version(scorecard)
    forms = forms_of(version, request.POST)
    if version.is_editable and not keep(forms, by=request.user):
        return shown(request, version, forms)
    try:
        submit_scorecard(version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('scorecards:reasons', args=[scorecard.pk])}#submit")
    messages.success(request, _("The scorecard was submitted. The officer checks it now."))
    return redirect("scorecards:reasons", scorecard.pk)


def forms_of(version: ScorecardVersion, data) -> list[ReasonsForm]:
    rows = (
        version.criteria.select_related("criterion").prefetch_related("suggestions").order_by("order", "pk")
    )
    found = []
    for number, row in enumerate(rows, 1):
        # Of a criterion that was chosen after the page was loaded, the page says nothing.
        is_on_page = data is not None and f"r{row.criterion_id}-shown" in data
        found.append(ReasonsForm(data if is_on_page else None, scored=row, number=number))
    return found


def keep(forms: list[ReasonsForm], *, by) -> bool:
    """Each criterion of which something was changed, for itself: what is right stays when another is refused."""
    is_kept = True
    for form in filter(lambda form: form.is_bound, forms):
        if not form.is_valid():
            is_kept = False
        elif form.is_to_be_kept:
            try:
                record_reasons(scored=form.scored, **form.reasons(), by=by)
            except Refused as refusal:
                form.add_error(None, str(refusal))
                is_kept = False
    return is_kept


def shown(request: HttpRequest, version: ScorecardVersion, forms: list[ReasonsForm]) -> TemplateResponse:
    scorecard = version.scorecard
    lacking = missing_for_submission(version) if version.is_editable else []
    page = {
        **page_head(version, "reasons", title=_("Reasons and suggestions")),
        "forms": forms,
        "lacking": [(missing, address_of(missing, scorecard)) for missing in lacking],
        "warnings": [(each, address_of(each, scorecard)) for each in warnings_for_submission(version)],
    }
    return TemplateResponse(request, "scorecards/reasons/reasons.html", page)


def address_of(missing: Missing, scorecard: Scorecard) -> str:
    """The very place where it is completed."""
    group = f"?group={missing.group}" if missing.step == "sheet" and missing.group else ""
    anchor = f"#{missing.anchor}" if missing.anchor else ""
    return f"{reverse(f'scorecards:{missing.step}', args=[scorecard.pk])}{group}{anchor}"
