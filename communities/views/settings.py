"""The first page of the settings: the parts that one may use."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from accounts.roles import Permission
from communities.access import holds

# Address, icon, name, what it is for, who finds it useful.
PARTS = (
    (
        "communities:programmes", "flag", _("Programmes"),
        _("Years, rules for rounds, key words, partners."), Permission.MANAGE_PROGRAMME,
    ),
    (
        "communities:organisations", "people", _("Organisations"),
        _("Partners, donors and authorities."), Permission.MANAGE_PROGRAMME,
    ),
    (
        "communities:providers", "hall", _("Service providers"),
        _("Schools, health centres, administrations, and the communes they serve."), Permission.MANAGE_PROVIDERS,
    ),
    (
        "scorecards:criteria-lists", "check", _("Services and criteria"),
        _("What each service is scored by."), Permission.MANAGE_CRITERIA,
    ),
    (
        "communities:facilitators", "user", _("Community facilitators"),
        _("Volunteers who help at meetings; they need no account."), Permission.RECORD_MEETING,
    ),
    (
        "communities:cbos", "chat", _("Community-based organisations"),
        _("Name, commune, kind and counts; nothing else is kept."), Permission.SEE_CBOS,
    ),
)  # fmt: skip


@signed_in
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    parts = [
        {"url_name": url_name, "icon_name": icon_name, "name": name, "note": note}
        for url_name, icon_name, name, note, permission in PARTS
        if holds(request.user, permission)
    ]
    page = {"title": pgettext("menu", "Settings"), "parts": parts}
    return TemplateResponse(request, "communities/settings/settings.html", page)
