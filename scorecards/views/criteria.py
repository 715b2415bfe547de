"""Which criteria a scorecard is scored by, and in which order they stand on the paper."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.access import requires
from isaf_portal.lib.errors import Refused
from scorecards.entry.criteria_choice import Choice, choice_of, moved
from scorecards.entry.permissions import to_choose_criteria
from scorecards.entry.sheets import current_version
from scorecards.entry.steps import PARTS, page_head
from scorecards.forms.criteria import ChosenForm, OwnCriterionForm
from scorecards.models import Scorecard, ScorecardVersion
from scorecards.operations.criteria import add_own_criterion, choose_criteria


@requires(to_choose_criteria, Scorecard, related=PARTS)
@require_http_methods(["GET", "POST"])
def criteria(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    version = current_version(scorecard)
    choice = choice_of(version)
    form = ChosenForm(request.POST if request.method == "POST" else None, choice=choice)
    if form.is_valid() and keep(form, version, by=request.user):
        stays = {"up", "down", "stay"} & request.POST.keys()
        return redirect(f"scorecards:{'criteria' if stays else 'sheet'}", scorecard.pk)
    return shown(request, version, choice, form, OwnCriterionForm())


@requires(to_choose_criteria, Scorecard, related=PARTS)
@require_POST
def own_criterion(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    """Adds what the meeting proposed and keeps it beside what is ticked on the page."""
    if scorecard.scoring_round is None:
        raise Http404
    version = current_version(scorecard)
    choice = choice_of(version)
    form, own = ChosenForm(request.POST, choice=choice), OwnCriterionForm(request.POST)
    if own.is_valid() and form.is_valid():
        place = {"scoring_round": scorecard.scoring_round, "provider": scorecard.provider}
        try:
            added = add_own_criterion(**place, **own.cleaned_data, by=request.user)
            wanted = [each for each in form.criteria_in_order() if each != added]
            choose_criteria(version=version, criteria=[*wanted, added], by=request.user)
        except Refused as refusal:
            own.add_error("text_km", str(refusal))
        else:
            messages.success(request, _("The criterion is added and chosen."))
            return redirect("scorecards:criteria", scorecard.pk)
    return shown(request, version, choice_of(version), form, own)


def keep(form: ChosenForm, version: ScorecardVersion, *, by) -> bool:
    wanted = form.criteria_in_order()
    for name, step in (("up", -1), ("down", 1)):
        if form.cleaned_data[name]:
            wanted = moved(wanted, form.cleaned_data[name], step)
    try:
        choose_criteria(version=version, criteria=wanted, by=by)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def shown(
    request: HttpRequest, version: ScorecardVersion, choice: Choice, form: ChosenForm, own: OwnCriterionForm
) -> TemplateResponse:
    scorecard = version.scorecard
    ticked = set(request.POST.getlist("criteria")) if form.is_bound else set(map(str, choice.chosen_ids))
    page = {
        **page_head(version, "criteria", title=_("Choose criteria")),
        "choice": choice,
        "offered": [(criterion, str(criterion.pk) in ticked) for criterion in choice.offered],
        "form": form,
        "own": own if scorecard.scoring_round and version.is_editable else None,
    }
    return TemplateResponse(request, "scorecards/criteria/criteria.html", page)
