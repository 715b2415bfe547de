"""The staff of a provider score their own service, on a phone: one page, saved whenever they like, handed over once."""

import uuid

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import signed_in
from accounts.models import User
from communities.access import requires
from isaf_portal.lib.errors import Refused
from scorecards.entry.missing import Missing, missing_for_submission
from scorecards.entry.permissions import to_enter
from scorecards.entry.self_assessment import AssessedRow, assessed_rows
from scorecards.entry.sheets import Sheet, current_version, sheet_of
from scorecards.entry.steps import PARTS
from scorecards.enums import ScorecardKind
from scorecards.forms.self_assessment import CriterionForm, StaffForm
from scorecards.models import Scorecard, ScorecardVersion
from scorecards.names import place_of
from scorecards.operations.review import submit_scorecard
from scorecards.operations.scorecards import plan_scorecard
from scorecards.operations.self_assessment import ChangedMeanwhile, record_self_assessment
from scorecards.overview.own_service import OwnService, services_by_provider
from scorecards.overview.veil import speaks_for, veiled_cards


@requires(to_enter, Scorecard, related=PARTS)
@never_cache
@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    if not scorecard.is_self_assessment:
        raise Http404
    sheet = sheet_of(current_version(scorecard))
    rows = assessed_rows(sheet)
    data = request.POST if request.method == "POST" else None
    staff, forms = forms_of(sheet, rows, data)
    if data is None or not keep(sheet.version, rows, staff, forms, by=request.user):
        return shown(request, sheet, staff, forms)
    if "submit" not in data:
        messages.success(request, _("Saved. You can go on at any time."))
        return redirect("scorecards:self-assessment", scorecard.pk)
    return hand_over(request, scorecard)


@signed_in
@require_POST
def begin_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the villages score a provider and nobody has planned its own assessment, it begins it itself."""
    own = services_by_provider(request.user).get(pk)
    if own is None:
        raise Http404
    service: OwnService | None = next((each for each in own if each.is_to_do), None)
    if service is None:
        messages.error(request, _("No open round asks for a self-assessment now."))
        return redirect("scorecards:own-service", pk)
    try:
        card = plan_scorecard(
            scoring_round=service.open_round, provider=service.provider,
            kind=ScorecardKind.SELF_ASSESSMENT, by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("scorecards:own-service", pk)
    return redirect("scorecards:self-assessment", card.pk)


def forms_of(sheet: Sheet, rows: list[AssessedRow], data) -> tuple[StaffForm, list[CriterionForm]]:
    """Of a criterion that was put on the sheet after the page was loaded, the page says nothing."""
    people = sheet.whole.people if sheet.whole else None
    staff = StaffForm(data, initial={"people": people, "base_revision": sheet.version.revision})
    forms = []
    for row in rows:
        is_on_page = data is not None and f"r{row.criterion.pk}-shown" in data
        forms.append(CriterionForm(data if is_on_page else None, row=row, points=sheet.points))
    return staff, forms


def keep(
    version: ScorecardVersion,
    rows: list[AssessedRow],
    staff: StaffForm,
    forms: list[CriterionForm],
    *,
    by: User,
) -> bool:
    """All that the page holds in one save; where something of it cannot be, nothing is kept and the page says what."""
    bound = [form for form in forms if form.is_bound]
    if not all([staff.is_valid(), *(form.is_valid() for form in bound)]):
        return False
    try:
        record_self_assessment(
            version=version,
            criteria=[row.criterion for row in rows],
            **staff.cleaned_data,
            **typed_in(bound),
            by=by,
        )
    except Refused as refusal:
        say_refused(staff, version, refusal)
        return False
    return True


def say_refused(staff: StaffForm, version: ScorecardVersion, refusal: Refused) -> None:
    """Who has been told which score stands may save again: then it is a choice."""
    if isinstance(refusal, ChangedMeanwhile):
        staff.data = staff.data.copy()
        staff.data["base_revision"] = str(version.revision)
    staff.add_error(None, str(refusal))


def typed_in(forms: list[CriterionForm]) -> dict:
    """By criterion, for `record_self_assessment`."""
    return {
        "scores": {form.row.criterion.pk: form.cleaned_data["score"] for form in forms},
        "replaced": {form.row.criterion.pk for form in forms if form.cleaned_data["is_replaced"]},
        "reasons": {form.row.criterion.pk: form.said() for form in forms if form.is_said_anew},
    }


def hand_over(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    """What was typed is saved already; where something is missing, the page opens at its first place."""
    version = current_version(scorecard)
    try:
        submit_scorecard(version=version, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        lacking = missing_for_submission(version)
        return redirect(address_of(lacking[0], scorecard) if lacking else here(scorecard))
    messages.success(request, _("Your self-assessment was submitted. Thank you."))
    if scorecard.provider_id in speaks_for(request.user):
        return redirect("scorecards:own-service", scorecard.provider_id)
    return redirect("scorecards:results", scorecard.pk)


def here(scorecard: Scorecard) -> str:
    return reverse("scorecards:self-assessment", args=[scorecard.pk])


def address_of(missing: Missing, scorecard: Scorecard) -> str:
    """The place on this page; the criteria have a page of their own."""
    if missing.step == "criteria":
        return reverse("scorecards:criteria", args=[scorecard.pk])
    return f"{here(scorecard)}#{missing.anchor if missing.step == 'sheet' else 'people'}"


def lacking_in(version: ScorecardVersion) -> list[dict]:
    """What stands against submitting, each with its place; nothing once it is handed over."""
    missing = missing_for_submission(version) if version.is_editable else []
    return [
        {"what": each.what, "where": each.where, "url": address_of(each, version.scorecard)}
        for each in missing
    ]


def of_same_year(scorecard: Scorecard) -> QuerySet[Scorecard]:
    """The scorecards of the provider by the communities in the programme and year."""
    return Scorecard.objects.filter(
        kind=ScorecardKind.COMMUNITY,
        programme=scorecard.programme_id,
        provider=scorecard.provider_id,
        year=scorecard.year,
    )


def shown(
    request: HttpRequest, sheet: Sheet, staff: StaffForm, forms: list[CriterionForm]
) -> TemplateResponse:
    version = sheet.version
    scorecard = version.scorecard
    page = {
        "title": _("Self-assessment"),
        "state": version.status,
        "place": place_of(scorecard.provider.located_in, (scorecard.provider.name, "")),
        "practice": scorecard.place.is_practice,
        "next": None,
        "missing": [],
        "scorecard": scorecard,
        "version": version,
        "sheet": sheet,
        "staff": staff,
        "forms": forms,
        "is_proposed": not sheet.criteria,
        "client_id": uuid.uuid4(),
        "lacking": lacking_in(version),
        "is_veiled": veiled_cards(request.user, of_same_year(scorecard)).exists(),
        "speaks_for_it": scorecard.provider_id in speaks_for(request.user),
    }
    return TemplateResponse(request, "scorecards/self_assessment/self_assessment.html", page)
