"""Changing person on a shared device, and setting one's PIN there."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import public, signed_in
from accounts.forms import PinForm, SetPinForm
from accounts.models import User
from accounts.operations.shared_devices import (
    forget_on_device,
    people_on_device,
    recognise_by_pin,
    remember_on_device,
)
from accounts.operations.sign_in import recognise_person
from accounts.second_step import enter
from accounts.views import home_of
from isaf_portal.lib.errors import Refused

COOKIE, SALT = "isaf_device", "accounts.shared_device"
COOKIE_AGE = 60 * 60 * 24 * 365
BY_PIN = "came_in_by_pin"  # in the session
PIN_SESSION_AGE = 60 * 60 * 12  # a working day; then again


def device_token(request: HttpRequest) -> str:
    """The token of this device; empty where the cookie is missing or somebody changed it."""
    return request.get_signed_cookie(COOKIE, default="", salt=SALT)


def password_needed(view: Callable) -> Callable:
    """What gives power over other people's accounts is not done with a PIN of four digits."""

    @wraps(view)
    def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.session.get(BY_PIN):
            messages.error(
                request, _("You came in with a PIN. Sign out and sign in with your password to do this.")
            )
            return redirect("communities:people")
        return view(request, *args, **kwargs)

    return checked


@public
@never_cache
@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
def switch(request: HttpRequest) -> HttpResponse:
    token = device_token(request)
    here = [(row.person_id, row.person.name) for row in people_on_device(token)]
    form = PinForm(request.POST or None, people=here)
    if form.is_valid():
        try:
            person = recognise_by_pin(
                device_token=token, person=form.cleaned_data["person"], pin=form.cleaned_data["pin"],
                address=request.META.get("REMOTE_ADDR", ""),
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("pin", str(refusal))
        else:
            come_in_by_pin(request, person)
            return redirect(home_of(person))
    page = {"title": _("Change person"), "form": form, "people": here}
    return TemplateResponse(request, "accounts/switch.html", page)


def come_in_by_pin(request: HttpRequest, person: User) -> None:
    """Nothing of the person before stays in the session."""
    request.session.flush()
    enter(request, person)
    request.session[BY_PIN] = True
    request.session.set_expiry(PIN_SESSION_AGE)


@signed_in
@never_cache
@sensitive_post_parameters("pin", "password")
@require_http_methods(["GET", "POST"])
def shared_device(request: HttpRequest) -> HttpResponse:
    token = device_token(request)
    if "forget" in request.POST:
        forget_on_device(device_token=token, person=request.user)
        messages.success(request, _("Your PIN is removed from this device."))
        return redirect("accounts:shared-device")
    form = SetPinForm(request.POST or None)
    if form.is_valid() and (token := _set_pin(request, form, token)):
        messages.success(request, _("The PIN is set. On this device you can change person with it now."))
        answer = redirect("accounts:shared-device")
        answer.set_signed_cookie(
            COOKIE, token, salt=SALT, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=settings.HTTPS
        )
        return answer
    rows = list(people_on_device(device_token(request)))
    page = {
        "title": _("Shared device"),
        "form": form,
        "mine": next((row for row in rows if row.person_id == request.user.pk), None),
        "others": [row.person.name for row in rows if row.person_id != request.user.pk],
    }
    return TemplateResponse(request, "accounts/shared_device.html", page)


def _set_pin(request: HttpRequest, form: SetPinForm, token: str) -> str:
    """The device's token; empty where it was refused, which the form then says."""
    person = request.user
    try:
        recognise_person(
            identifier=person.phone or person.email or "", password=form.cleaned_data["password"],
            address=request.META.get("REMOTE_ADDR", ""),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("password", str(refusal))
        return ""
    try:
        return remember_on_device(device_token=token, person=person, pin=form.cleaned_data["pin"])
    except Refused as refusal:
        form.add_error("pin", str(refusal))
        return ""
