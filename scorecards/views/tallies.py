"""The sheet of a scorecard: typed group by group, saved row by row by the page's script or whole by its form."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.access import requires
from communities.enums import MeetingStatus
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import clock, day
from scorecards.entry.attendance import gathering_of
from scorecards.entry.permissions import to_enter
from scorecards.entry.sheet_page import first_group, sheet_page, words_for_script
from scorecards.entry.sheets import Sheet, SheetGroup, current_version, sheet_of
from scorecards.entry.steps import PARTS, page_head
from scorecards.enums import SaveOutcome
from scorecards.forms.tallies import (
    TypedSave,
    row_to_settle,
    save_from_form,
    save_from_json,
    unreadable_sentence,
)
from scorecards.models import Criterion, Scorecard, ScorecardVersion, SheetSave
from scorecards.operations.tallies import record_tallies, settle_conflict

# What a save may have changed on the sheet; the rest of `Sheet.as_json` stays as the page has it.
CHANGED_BY_SAVES = ("version", "revision", "status", "is_editable", "cells", "conflicts")

# Icons that the page's script shows at its time.
PART_ICONS = ("ring", "check", "warn", "split", "cloud", "sync", "off")


@requires(to_enter, Scorecard, related=PARTS)
@never_cache
@require_safe
def sheet(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    return shown(request, scorecard, group_code=request.GET.get("group", ""))


@requires(to_enter, Scorecard, related=PARTS)
@require_POST
def save_sheet(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    if request.content_type == "application/json":
        return save_from_script(request, scorecard)
    code = request.POST.get("group", "")
    try:
        typed = save_from_form(request.POST)
        save = keep(typed, scorecard, by=request.user) if typed.cells else None
    except Refused as refusal:
        texts = request.POST.dict()
        return shown(request, scorecard, group_code=code, faults=[str(refusal)], typed=texts)
    if wrong := typed.unreadable:
        faults = [unreadable_sentence(wrong)]
        return shown(request, scorecard, group_code=code, faults=faults, typed=wrong, wrong=wrong)
    if save and save.outcome == SaveOutcome.REFUSED:
        messages.error(request, kept_aside(save))
    return redirect(address_of(scorecard, code))


def save_from_script(request: HttpRequest, scorecard: Scorecard) -> JsonResponse:
    """Answers what became of the save and the sheet as it is now; 422 with a sentence where nothing was kept."""
    try:
        save = keep(save_from_json(request.body), scorecard, by=request.user)
    except Refused as refusal:
        return JsonResponse({"message": str(refusal)}, status=422)
    now = sheet_of(current_version(scorecard)).as_json()
    return JsonResponse(
        {
            "outcome": save.outcome,
            "receipt": save.receipt,
            "revision": save.revision,
            "saved_at": clock(save.saved_at),
            "message": kept_aside(save) if save.outcome == SaveOutcome.REFUSED else "",
            "sheet": {name: now[name] for name in CHANGED_BY_SAVES},
        }
    )


@requires(to_enter, Scorecard, related=PARTS)
@require_POST
def settle(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    """What else was typed on the page is saved first, so that deciding a row loses nothing."""
    code, anchor = request.POST.get("group", ""), ""
    try:
        side, criterion_pk, group = row_to_settle(request.POST.get("keep", ""))
        typed, anchor = save_from_form(request.POST), f"#r{criterion_pk}"
        if typed.cells:
            keep(typed, scorecard, by=request.user)
        version = get_object_or_404(scorecard.versions, pk=typed.version)
        criterion = get_object_or_404(Criterion, pk=criterion_pk)
        settle_conflict(version=version, criterion=criterion, group=group, keep=side, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The row is decided."))
    return redirect(f"{address_of(scorecard, code)}{anchor}")


def keep(typed: TypedSave, scorecard: Scorecard, *, by) -> SheetSave:
    """Into the version whose page it was typed on; an older one than the newest keeps it aside."""
    version: ScorecardVersion = get_object_or_404(scorecard.versions, pk=typed.version)
    return record_tallies(
        version=version,
        cells=typed.cells,
        base_revision=typed.base_revision,
        client_id=typed.client_id,
        by=by,
    )


def address_of(scorecard: Scorecard, group_code: str) -> str:
    return f"{reverse('scorecards:sheet', args=[scorecard.pk])}?{urlencode({'group': group_code})}"


def kept_aside(save: SheetSave) -> str:
    return _(
        "This scorecard is submitted or locked, so the sheet stays as it is. What you typed was kept, receipt"
        " %(receipt)s. Ask the officer to return or reopen the scorecard, then type it again."
    ) % {"receipt": save.receipt}


def shown(
    request: HttpRequest, scorecard: Scorecard, *, group_code: str, faults=(), typed=None, wrong=()
) -> TemplateResponse:
    """The page of one group; without groups or criteria it says which step comes first.

    `typed` are texts to show again in place of the counts, by cell; of these `wrong` cannot be read.
    """
    version = current_version(scorecard)
    sheet = sheet_of(version)
    group = first_group(sheet, group_code)
    came = gathering_of(version)
    again = {"typed": typed or {}, "wrong": wrong}
    page = {
        **page_head(version, "sheet", title=_("Enter scores"), lead=held_when_and_how(scorecard)),
        "sync": {"state": "saved", "waiting": 0},
        "sheet": sheet,
        "came": came,
        "faults": list(faults),
        "page": sheet_page(sheet, group, came=came, **again) if group and sheet.criteria else None,
        "client_id": uuid.uuid4(),
        "here": address_of(scorecard, group.code if group else ""),
        "part_icons": PART_ICONS,
        "for_script": for_script(request, sheet, group),
    }
    return TemplateResponse(request, "scorecards/tallies/sheet.html", page)


def held_when_and_how(scorecard: Scorecard) -> list[str]:
    meeting = scorecard.meeting
    if meeting is None or meeting.status != MeetingStatus.HELD:
        return []
    return [day(meeting.held_on), meeting.get_method_display()]


def for_script(request: HttpRequest, sheet: Sheet, group: SheetGroup | None) -> dict:
    """The sheet, and what the script needs besides: whose page this is, where to save, which words to use."""
    return {
        **sheet.as_json(),
        "group": group.code if group else "",
        "person": request.user.pk,
        "saved_at": clock(sheet.last_save.saved_at) if sheet.last_save else None,
        "save": reverse("scorecards:save-sheet", args=[sheet.version.scorecard_id]),
        "words": words_for_script(group),
    }
