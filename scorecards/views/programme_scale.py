"""The scale of a programme."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.roles import Permission
from communities.access import requires
from communities.models import Programme
from communities.views.pages import form_page, kept
from communities.views.programmes import programme_place
from scorecards.forms.criteria_lists import ScaleForm
from scorecards.operations.programme_scale import choose_scale, has_scorecards


@requires(Permission.MANAGE_PROGRAMME, Programme)
@require_http_methods(["GET", "POST"])
def programme_scale(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = ScaleForm(request.POST or None, initial={"points": programme.scale_points})
    if form.is_valid() and kept(form, choose_scale, programme=programme, by=request.user):
        messages.success(request, _("The scale is saved."))
        return redirect("communities:programmes")
    lead = _("The scale can be chosen until the first scorecard is planned.")
    if has_scorecards(programme):
        lead = _("Scorecards of this programme use its scale, so it cannot change.")
    return form_page(
        request,
        form,
        title=_("Scale"),
        lead=lead,
        under=programme_place(programme),
        practice=programme.is_practice,
    )
