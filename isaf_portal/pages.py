"""The bare address, and the catalogue of components."""

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public, signed_in
from isaf_portal.forms import ExampleFilter, ExampleForm
from isaf_portal.templatetags.isaf import BADGES


@public
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the first page in the reader's language."""
    person = request.user
    language = person.language if person.is_authenticated else get_language_from_request(request)
    with override(language):
        return redirect(reverse("home"))


@signed_in
@require_safe
def design_states(request: HttpRequest) -> HttpResponse:
    """Every component in each of its states, to look at and to test; nothing here is anybody's data."""
    wrong = {"wrong-name": "", "wrong-count": "x", "wrong-kind": "none", "wrong-held_on": "x"}
    page = {
        "title": _("States of pages"),
        "state": "in_progress",
        "form": ExampleForm(prefix="right"),
        "wrong": ExampleForm(wrong, prefix="wrong"),
        "filter": ExampleFilter(prefix="filter"),
        "states": list(BADGES),
        "saved_at": timezone.make_aware(datetime(2026, 6, 11, 14, 5)),
        "steps": example_steps(),
        "figures": example_figures(),
        "next": {"title": _("Enter the scores"), "note": _("Village"), "url": "#main", "label": _("Enter")},
        "missing": [{"what": _("Note"), "where": _("Village"), "url": "#main"}, _("Date")],
        "place": [(_("Commune"), "/"), (_("Village"), "")],
        "practice": {"shown_on": date(2026, 6, 11)},
        "sync": {"state": "saved"},
    }
    return TemplateResponse(request, "isaf_portal/states.html", page)


def example_steps() -> list[dict]:
    return [
        {"label": _("Preparation"), "state": "done"},
        {"label": _("Scoring meetings"), "state": "now", "note": "4 / 6"},
        {"label": _("Action plan"), "state": "ahead"},
    ]


def example_figures() -> list[dict]:
    return [
        {"label": _("People who scored"), "value": 47, "note": _("in one village")},
        {"label": _("Agreed actions"), "value": 16},
        {"label": _("Done"), "value": 9, "note": _("of 16")},
    ]
