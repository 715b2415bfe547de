"""Nobody whose role asks for a second step goes anywhere before having taken it.

A sign-in leaves a mark in the session (`accounts.views`); here it is known which roles the person has. Invented people
of the practice commune are let through, or nobody could try their work.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.roles import ROLES
from accounts.second_step import DUE
from communities.access import roles_of

LET_THROUGH = frozenset(
    {"accounts:second-step", "accounts:set-up-second-step", "accounts:sign-out", "healthz", "readyz"}
)


class SecondStepMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        if not request.session.get(DUE) or request.resolver_match.view_name in LET_THROUGH:
            return None
        if request.user.is_authenticated and is_asked_of(request.user):
            return redirect("accounts:second-step")
        del request.session[DUE]
        return None


def is_asked_of(person) -> bool:
    """Whether one of today's roles asks for the second step."""
    return not person.is_practice and any(ROLES[code].has_second_step for code in roles_of(person))
