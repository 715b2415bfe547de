"""Practising under one's own account: a mark in the session, the three addresses, and what each request is told.

While the mark is there, `communities.access` sees the person's practice roles alone, so that nothing of real work can
be reached; without it, the real ones alone. Signing out takes the mark away.
"""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import signed_in
from accounts.second_step import DUE
from isaf_portal.lib.errors import Refused
from scorecards.practice.copies import open_practice, start_practice_again

MARK = "practises"


class PractisingMiddleware:
    """Tells `request.user` that the person practises; costs no query of its own.

    Not before a second step that is still to be taken: which roles ask for it is a question about the real ones.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.get(MARK) and not request.session.get(DUE) and request.user.is_authenticated:
            request.user.chose_to_practise = True
        return self.get_response(request)


@require_POST
@signed_in
def practise(request: HttpRequest) -> HttpResponse:
    """Open the person's own practice commune and go in."""
    return _enter(
        request, open_practice, _("You practise now, in a commune that only you see. Try everything.")
    )


@require_POST
@signed_in
def practise_again(request: HttpRequest) -> HttpResponse:
    """Throw away what was tried and begin anew."""
    return _enter(request, start_practice_again, _("Your practice commune is as it was on the first day."))


@require_POST
@signed_in
def leave_practice(request: HttpRequest) -> HttpResponse:
    """Back to real work; what was tried stays for the next time."""
    if request.session.pop(MARK, None):
        messages.success(request, _("You are back at your own work."))
    return redirect("home")


def _enter(request: HttpRequest, make: Callable, said: str) -> HttpResponse:
    try:
        make(person=request.user, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("home")
    request.session[MARK] = True
    messages.success(request, said)
    return redirect("home")
