"""Coming in, going out, and one's own account."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import public, signed_in
from accounts.forms import LanguageForm, NewPasswordForm, SignInForm
from accounts.models import User
from accounts.operations.person import change_password, choose_language
from accounts.operations.sign_in import recognise_person
from accounts.second_step import enter
from isaf_portal.lib.errors import Refused


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(home_of(request.user))
    form = SignInForm(request.POST or None)
    if form.is_valid():
        try:
            person = recognise_person(**form.cleaned_data, address=request.META.get("REMOTE_ADDR", ""))
        except Refused as refusal:
            form.add_error("password", str(refusal))
        else:
            enter(request, person)
            return redirect(wanted_page(request) or home_of(person))
    page = {"form": form, "wanted": wanted_page(request), "help_phone": settings.HELP_PHONE}
    return TemplateResponse(request, "accounts/sign_in.html", page)


@signed_in
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@signed_in
@require_http_methods(["GET"])
def account(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(initial={"language": request.user.language})
    return TemplateResponse(request, "accounts/account.html", {"title": _("My account"), "form": form})


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return TemplateResponse(request, "accounts/account.html", {"title": _("My account"), "form": form})
    choose_language(person=request.user, language=form.cleaned_data["language"], by=request.user)
    with override(form.cleaned_data["language"]):
        messages.success(request, _("The portal opens in this language for you from now on."))
        return redirect("accounts:account")


@signed_in
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        change_password(person=request.user, password=form.cleaned_data["new_password1"], by=request.user)
        request.user.refresh_from_db()
        # Other devices are signed out by the change; this one stays.
        update_session_auth_hash(request, request.user)
        messages.success(request, _("Your password was changed. Other devices must sign in again."))
        return redirect("accounts:account")
    page = {"title": _("Change password"), "form": form}
    return TemplateResponse(request, "accounts/password.html", page)


def wanted_page(request: HttpRequest) -> str:
    """The page a person was on the way to, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else ""


def home_of(person: User) -> str:
    with override(person.language):
        return reverse(settings.LOGIN_REDIRECT_URL)
