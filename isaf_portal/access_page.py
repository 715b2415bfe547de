"""Who may do what, on one page to read and to print: made from the roles as code, so that it cannot be out of date."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from accounts.permission_words import Group, access_table, given_by, scope_of
from accounts.roles import ROLES, Role
from communities.access import roles_of


@dataclass(frozen=True)
class RoleWords:
    """One role by itself, for a phone: what it may, by the part of the work."""

    role: Role
    is_mine: bool
    where: str
    given_by: str
    groups: list[tuple[str | Promise, list[tuple[str | Promise, bool]]]]


@signed_in
@require_safe
def access_matrix(request: HttpRequest) -> HttpResponse:
    table, mine = access_table(), roles_of(request.user)
    roles = [words_of(role, place, table, mine) for place, role in enumerate(ROLES.values())]
    page = {
        "title": _("Who may do what"),
        "lead": _("Every role works only inside its own place: nobody sees or changes what lies elsewhere."),
        "place": [(_("My work"), reverse("home")), (_("Who may do what"), "")],
        "practice": False,
        "next": None,
        "missing": [],
        "table": table,
        "roles": sorted(roles, key=lambda each: not each.is_mine),
        "in_order": roles,
    }
    return TemplateResponse(request, "isaf_portal/access.html", page)


def words_of(role: Role, place: int, table: list[Group], mine: frozenset[str]) -> RoleWords:
    groups = []
    for group in table:
        may = [
            (line.words, line.cells[place].if_named) for line in group.lines if is_granted(line.cells[place])
        ]
        if may:
            groups.append((group.heading, may))
    return RoleWords(role, role.code in mine, scope_of(role), ", ".join(given_by(role)), groups)


def is_granted(cell) -> bool:
    return cell.may or cell.if_named
