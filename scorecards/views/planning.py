"""Planning the year: many communes at once, then the scorecards, days and people of each."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from communities.access import requires, requires_role
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import digits, number
from scorecards.enums import RoundStep
from scorecards.forms.planning import OpenRoundsForm, PlanYearFilter, RoundPlanForm
from scorecards.models import Round
from scorecards.names import place_in_round
from scorecards.operations import planning
from scorecards.overview.planning import Matrix, facilitators_of, matrix_of, next_in_plan, people_to_enter
from scorecards.overview.year import begun_rounds, communes_to_begin, with_round_before
from scorecards.views.rounds import ROUND_PARTS


@requires_role(Permission.OPEN_ROUND)
@require_http_methods(["GET", "POST"])
def plan_year(request: HttpRequest) -> HttpResponse:
    chosen = PlanYearFilter(filter_values(request), person=request.user)
    wanted = chosen.cleaned_data if chosen.is_valid() else {}
    is_chosen = bool(wanted) and all(wanted.values())
    places = communes_to_begin(**wanted) if is_chosen else []
    form = OpenRoundsForm(request.POST or None, offered=places)
    if is_chosen and form.is_valid() and open_chosen(request, form, wanted):
        return redirect(f"{reverse('scorecards:plan-year')}?{request.GET.urlencode()}")
    begun = begun_rounds(**wanted) if is_chosen else []
    title = _("Plan the year %(year)s") % {"year": digits(wanted.get("year") or "")}
    page = {
        "title": title.strip(),
        "place": [(_("Annual rounds"), reverse("scorecards:rounds")), (title.strip(), "")],
        "chosen": chosen,
        "form": form if is_chosen else None,
        "days": [form[step] for step in RoundStep],
        "districts": by_district(form, places, wanted) if is_chosen else [],
        "begun": begun,
        "unplanned": sum(not each.planned_count for each in begun),
        "practice": is_chosen and wanted["programme"].is_practice,
    }
    return TemplateResponse(request, "scorecards/planning/plan_year.html", page)


@requires(Permission.RECORD_MEETING, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def plan_round(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    matrix, facilitators = matrix_of(scoring_round), facilitators_of(scoring_round)
    people = people_to_enter(scoring_round, timezone.localdate())
    is_copying = "copy" in request.POST
    sent = request.POST if request.method == "POST" and not is_copying else None
    form = RoundPlanForm(sent, matrix=matrix, people=people, facilitators=facilitators)
    if is_copying and copy_before(request, scoring_round):
        return redirect("scorecards:plan-round", scoring_round.pk)
    if form.is_valid() and keep_plan(request, scoring_round, form):
        return redirect("scorecards:plan-round", scoring_round.pk)
    page = plan_page(scoring_round, matrix, form) | {
        "facilitators": form["facilitators"] if facilitators else None
    }
    return TemplateResponse(request, "scorecards/planning/plan_round.html", page)


# --- A year of many communes ----------------------------------------------------------------------


def filter_values(request: HttpRequest) -> dict:
    """What the address asks for; where there is one programme or partner, and for the year, what is most likely."""
    asked = {name: request.GET.get(name, "") for name in ("programme", "organisation", "year")}
    unbound = PlanYearFilter(person=request.user)
    for name in ("programme", "organisation"):
        if not asked[name] and len(few := unbound.fields[name].queryset[:2]) == 1:
            asked[name] = str(few[0].pk)
    return asked | {"year": asked["year"] or digits(timezone.localdate().year)}


def open_chosen(request: HttpRequest, form: OpenRoundsForm, wanted: dict) -> bool:
    try:
        opened = planning.begin_year(
            **wanted,
            communes=form.chosen(),
            dates=form.dates(),
            copies_scorecards=form.cleaned_data["copies_scorecards"],
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, list(refusal.missing) or str(refusal))
        return False
    said = ngettext("%(count)s round is open.", "%(count)s rounds are open.", len(opened))
    messages.success(request, said % {"count": number(len(opened))})
    return True


def by_district(form: OpenRoundsForm, places: list, wanted: dict) -> list[dict]:
    """The communes to tick, under their districts; those with a round before are ticked at first."""
    before = with_round_before(wanted["programme"], wanted["year"], places)
    ticked = set(form.data.getlist("communes")) if form.is_bound else before
    found: dict[str, dict] = {}
    for area in places:
        district = found.setdefault(area.parent_id, {"name": area.parent.name, "communes": []})
        row = {"area": area, "is_ticked": area.code in ticked, "is_known": area.code in before}
        district["communes"].append(row)
    return list(found.values())


# --- The table of one round -----------------------------------------------------------------------


def plan_page(scoring_round: Round, matrix: Matrix, form: RoundPlanForm) -> dict:
    return {
        "title": _("Plan the year %(year)s") % {"year": digits(scoring_round.year)},
        "state": scoring_round.status,
        "scoring_round": scoring_round,
        "place": place_in_round(scoring_round, (_("Plan the year"), "")),
        "practice": scoring_round.commune.is_practice,
        "form": form,
        "matrix": matrix,
        "rows": rows_to_show(form, matrix),
        "enters": [form[name] for name in form.fields if name.startswith("enters_")],
        "before": None if matrix.planned_count else planning.last_round(scoring_round),
        "next": next_in_plan(scoring_round, matrix),
    }


def copy_before(request: HttpRequest, scoring_round: Round) -> bool:
    try:
        added = planning.copy_last_year(scoring_round=scoring_round, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    said = ngettext("%(count)s scorecard is planned.", "%(count)s scorecards are planned.", len(added))
    messages.success(request, said % {"count": number(len(added))})
    return True


def keep_plan(request: HttpRequest, scoring_round: Round, form: RoundPlanForm) -> bool:
    try:
        planning.put_year_plan(
            scoring_round=scoring_round,
            wanted=form.wanted(),
            no_longer=form.no_longer_wanted(),
            enters=form.enters(),
            facilitators=form.chosen_facilitators(),
            by=request.user,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The plan is saved."))
    return True


def rows_to_show(form: RoundPlanForm, matrix: Matrix) -> list[dict]:
    """Each row with its cells and the bound fields that stand in them."""
    return [
        {
            "row": row,
            "cells": [
                {
                    "head": head,
                    "cell": cell,
                    "tick": field_of(form, "tick", cell),
                    "had": field_of(form, "had", cell),
                    "day": field_of(form, "day", cell),
                }
                for head, cell in zip(matrix.heads, row.cells, strict=True)
            ],
        }
        for row in matrix.rows
    ]


def field_of(form: RoundPlanForm, name: str, cell):
    key = f"{name}_{cell.key}" if cell else ""
    return form[key] if key in form.fields else None
