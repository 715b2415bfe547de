"""Pages of those who come with a code: on a slip, by its link, or read out on the phone."""

import time

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.access import public
from accounts.forms import CodeForm, FirstPasswordForm
from accounts.models import AccessCode
from accounts.operations.codes import CodeRefused, find_code, find_invitation, use_code
from accounts.second_step import enter
from accounts.views import home_of
from isaf_portal.lib.errors import Refused

HELD = "way_in"  # in the session: the code that was typed, and until when it may be used from here
HELD_SECONDS = 15 * 60


@public
@never_cache
@sensitive_post_parameters("typed")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            found = find_code(**form.cleaned_data, address=request.META.get("REMOTE_ADDR", ""))
        except Refused as refusal:
            form.add_error("typed", str(refusal))
        else:
            # A session that somebody else may know of does not become the way in.
            request.session.cycle_key()
            request.session[HELD] = {"code": found.pk, "until": time.time() + HELD_SECONDS}
            return redirect("accounts:new-password")
    page = {"title": _("I have a code"), "form": form, "help_phone": settings.HELP_PHONE}
    return TemplateResponse(request, "accounts/code.html", page)


@public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def new_password(request: HttpRequest) -> HttpResponse:
    """After the code was typed; without one, back to typing it."""
    held = request.session.get(HELD) or {"code": 0, "until": 0}
    found = AccessCode.objects.select_related("person").filter(pk=held["code"]).first()
    if found is None or held["until"] < time.time():
        request.session.pop(HELD, None)
        messages.error(request, _("Type your number and the code first."))
        return redirect("accounts:code")
    return choose_password(request, found)


@public
@never_cache
@sensitive_post_parameters()
@sensitive_variables("token")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a slip. Looking at it changes nothing, since phones and chat programs look ahead."""
    try:
        found = find_invitation(token=token)
    except CodeRefused:
        page = {"title": _("This slip is no longer good"), "help_phone": settings.HELP_PHONE}
        return TemplateResponse(request, "accounts/slip_over.html", page)
    return choose_password(request, found)


def choose_password(request: HttpRequest, found: AccessCode) -> HttpResponse:
    form = FirstPasswordForm(request.POST or None, initial={"language": found.person.language})
    if form.is_valid():
        try:
            person = use_code(
                code=found, password=form.cleaned_data["password"], language=form.cleaned_data["language"],
                address=request.META.get("REMOTE_ADDR", ""),
            )  # fmt: skip
        except CodeRefused as refusal:
            request.session.pop(HELD, None)
            messages.error(request, str(refusal))
            return redirect("accounts:code")
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            request.session.flush()
            enter(request, person)
            with override(person.language):
                messages.success(
                    request, _("Welcome. From now on you sign in with your number and this password.")
                )
            return redirect(home_of(person))
    page = {
        "title": _("Choose your password"),
        "form": form,
        "name": found.person.name,
        "signs_in_with": found.person.phone or found.person.email or "",
        "somebody_else": _somebody_else(request, found),
    }
    return TemplateResponse(request, "accounts/new_password.html", page)


def _somebody_else(request: HttpRequest, found: AccessCode) -> str:
    """Who is signed in here and will be signed out, if it is not the one whom the code is for."""
    here = request.user
    return here.name if here.is_authenticated and here.pk != found.person_id else ""
