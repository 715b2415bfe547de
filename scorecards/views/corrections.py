"""One page: a word of an approved action put right, without a new session of the council."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import number
from scorecards.enums import PlanStatus
from scorecards.forms.corrections import CorrectionForm
from scorecards.models import ActionItem
from scorecards.operations.corrections import correct_clerically
from scorecards.operations.plan_submission import newest_version
from scorecards.plans.council_page import VERSION_RELATED, place_below


@requires(Permission.CORRECT_CLERICALLY, ActionItem, related=VERSION_RELATED)
@require_http_methods(["GET", "POST"])
def correct_item(request: HttpRequest, item: ActionItem) -> HttpResponse:
    form = CorrectionForm(request.POST or None, item=item)
    if form.is_valid():
        try:
            made = correct_clerically(
                item=item, values=form.values(), reason=form.cleaned_data["reason"], by=request.user
            )
        except Refused as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            said = _("Corrected. Version %(number)s lists it; its papers are being made.")
            messages.success(request, said % {"number": number(made.number)})
            return redirect("scorecards:read-plan", made.pk)
    return _page(request, item, form)


def _page(request: HttpRequest, item: ActionItem, form: CorrectionForm) -> HttpResponse:
    version = newest_version(item.plan)
    context = {
        "title": _("Correct a word"),
        "lead": item.activity,
        "item": item,
        "version": version,
        "form": form,
        "may_correct": item.plan.status == PlanStatus.APPROVED,
        "place": place_below(version, (_("Correct a word"), "")) if version else [],
        "practice": item.plan.commune.is_practice,
        "next": None,
        "missing": [],
    }
    return TemplateResponse(request, "scorecards/council/correct_item.html", context)
