"""Scorecards that stand still: messages ready to copy, share, mail or read out, and a list of calls to print."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from communities.access import is_practising, requires_role
from scorecards.overview.reminders import AGAIN_AFTER_DAYS, FIRST_AFTER_DAYS, reminders_by


@requires_role(Permission.SEE_SCORECARDS)
@require_safe
def reminders(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "scorecards/reminders/reminders.html", page_of(request, _("Reminders")))


@requires_role(Permission.SEE_SCORECARDS)
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The same people on one sheet, with room for what they say."""
    return TemplateResponse(request, "scorecards/reminders/calls.html", page_of(request, _("List of calls")))


def page_of(request: HttpRequest, title: str) -> dict:
    today = timezone.localdate()
    messages, alone = reminders_by(request.user, today)
    return {
        "title": title,
        "lead": "",
        "place": [],
        "practice": is_practising(request.user),
        "next": None,
        "missing": [],
        "reminders": messages,
        "alone": alone,
        "today": today,
        "first_after": FIRST_AFTER_DAYS,
        "again_after": AGAIN_AFTER_DAYS,
    }
