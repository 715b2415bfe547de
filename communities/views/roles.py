"""What is changed about a person's role or number, and the end of a council's term."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import signed_in
from accounts.operations.second_step import reset_second_step
from accounts.roles import Permission, Scope
from accounts.switching import password_needed
from communities.access import is_practising
from communities.forms.invitations import LastDayForm, LastDayOfTermForm
from communities.giving import choices_for
from communities.models import Assignment
from communities.operations.assignments import end_council_term, end_role, name_delegate, release_phone
from communities.views.invitations import looks_after, people_place
from communities.views.pages import kept
from isaf_portal.lib.errors import Refused


def _done(request: HttpRequest, sentence: str, operation: Callable, **values) -> bool:
    try:
        operation(**values, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, sentence)
    return True


@looks_after()
@password_needed
@require_POST
def end(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    form = LastDayForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["ends_on"]))
        return redirect("communities:person", assignment.pk)
    sentence = _("The role of %(name)s ends. What was done stays.") % {"name": assignment.user.name}
    if _done(request, sentence, end_role, assignment=assignment, ends_on=form.cleaned_data["ends_on"]):
        return redirect("communities:people")
    return redirect("communities:person", assignment.pk)


@looks_after()
@password_needed
@require_POST
def delegate(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    is_named = request.POST.get("is_delegate") == "1"
    sentence = (
        _("%(name)s confirms decisions now.") if is_named else _("%(name)s confirms no decisions any more.")
    )
    sentence %= {"name": assignment.user.name}
    _done(request, sentence, name_delegate, assignment=assignment, is_delegate=is_named)
    return redirect("communities:person", assignment.pk)


@looks_after(Permission.MANAGE_PEOPLE)
@password_needed
@require_POST
def release(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    person = assignment.user
    sentence = _("The number is free. Its new owner can be invited; %(name)s no longer signs in with it.")
    _done(request, sentence % {"name": person.name}, release_phone, person=person)
    return redirect("communities:person", assignment.pk)


@looks_after(Permission.MANAGE_PEOPLE)
@password_needed
@require_POST
def reset_app(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    person = assignment.user
    sentence = _("%(name)s sets up another app at the next sign-in.") % {"name": person.name}
    _done(request, sentence, reset_second_step, person=person)
    return redirect("communities:person", assignment.pk)


@signed_in
@password_needed
@require_http_methods(["GET", "POST"])
def end_term(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a council: only who may give the role of the chief there may end the whole of it."""
    commune = get_object_or_404(choices_for(request.user, "council_chief", Scope.AREA), pk=pk)
    form = LastDayOfTermForm(request.POST or None)
    if form.is_valid() and kept(form, end_council_term, commune=commune, by=request.user):
        messages.success(request, _("The term has its last day. Invite the new council when it is known."))
        return redirect("communities:people")
    page = {
        "title": _("End of the council’s term"),
        "lead": f"{commune.name} ({commune.code})",
        "place": people_place((_("End of the council’s term"), "")),
        "practice": commune.is_practice or is_practising(request.user),
        "form": form,
    }
    return TemplateResponse(request, "communities/people/end_term.html", page)
