"""Pages of the second step of signing in, and the mark in the session that says it is due."""

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import signed_in
from accounts.models import User
from accounts.operations.second_step import (
    begin_second_step,
    confirm_second_step,
    has_second_step,
    take_second_step,
)
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.qr import qr_drawing

DUE = "second_step_due"  # in the session, from the sign-in until the step was taken or nobody asks for it


def enter(request: HttpRequest, person: User) -> None:
    """Sign the person in; whether a second step is due is found out at the first page, where roles are known."""
    login(request, person)
    request.session[DUE] = True


class SecondStepForm(forms.Form):
    typed = forms.CharField(
        label=gettext_lazy("Six digits, or a recovery code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "none", "autofocus": True}
        ),
    )


@signed_in
@never_cache
@sensitive_post_parameters("typed")
@require_http_methods(["GET", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Who has an app types its digits; who has none is led to set one up."""
    if not has_second_step(request.user):
        return redirect("accounts:set-up-second-step")
    form = SecondStepForm(request.POST or None)
    if form.is_valid():
        try:
            take_second_step(person=request.user, typed=form.cleaned_data["typed"])
        except Refused as refusal:
            form.add_error("typed", str(refusal))
        else:
            request.session.pop(DUE, None)
            return redirect("home")
    return TemplateResponse(request, "accounts/second_step.html", {"form": form})


@signed_in
@never_cache
@sensitive_post_parameters("typed")
@require_http_methods(["GET", "POST"])
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """The drawing for the app, then the recovery codes, which no other page shows again."""
    if has_second_step(request.user):
        return redirect("accounts:second-step")
    device = begin_second_step(person=request.user)
    form = SecondStepForm(request.POST or None)
    form.fields["typed"].label = _("The six digits that the app shows")
    if form.is_valid():
        try:
            codes = confirm_second_step(
                person=request.user, typed=form.cleaned_data["typed"], by=request.user
            )
        except Refused as refusal:
            form.add_error("typed", str(refusal))
        else:
            request.session.pop(DUE, None)
            messages.success(request, _("The app is set up. From now on it is asked for when you sign in."))
            return TemplateResponse(request, "accounts/recovery_codes.html", {"codes": codes})
    page = {"form": form, "drawing": qr_drawing(device.config_url), "secret": secret_of(device)}
    return TemplateResponse(request, "accounts/set_up_second_step.html", page)


def secret_of(device) -> str:
    """What is typed into an app that cannot read the drawing: the secret of its address, in groups of four."""
    secret = device.config_url.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
