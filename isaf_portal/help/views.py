"""The help page, the guides, and the list of all words."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import public
from accounts.roles import ROLES, Permission, Role
from communities.access import holds, requires_role, roles_of
from isaf_portal.help import words
from isaf_portal.help.finding import chapters_for
from isaf_portal.help.forms import HelpSearch
from isaf_portal.help.guides import guide_of
from isaf_portal.help.numbers import help_numbers
from isaf_portal.help.printing import file_name, guide_pdf


@public
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Public, since who cannot get in needs it most; it shows texts of ours and a phone number, nobody's data."""
    asked = request.GET if request.GET else {"role": _own_role(request)}
    form = HelpSearch(asked)
    is_known = form.is_valid()
    role = form.cleaned_data["role"] if is_known else ""
    text = form.cleaned_data["q"] if is_known else ""
    chapters = chapters_for([role] if role else ROLES, text, is_in=request.user.is_authenticated)
    page = {
        "title": _("How do I…?"),
        "lead": _("Short answers: %(role)s") % {"role": ROLES[role].name if role else _("all roles")},
        "form": form,
        "chapters": chapters,
        "found": sum(len(chapter.topics) for chapter in chapters),
        "is_filtered": bool(request.GET),
        "is_open": bool(text),
        "guides": [ROLES[role]] if role else list(ROLES.values()),
        "numbers": help_numbers(request.user),
        "may_list_words": holds(request.user, Permission.MANAGE_PROGRAMME),
        **_shell(place=[(_("Help"), "")]),
    }
    return TemplateResponse(request, "isaf_portal/help/help.html", page)


@public
@require_safe
def guide(request: HttpRequest, role: str) -> HttpResponse:
    known = _role(role)
    page = {
        "title": _("Guide: %(role)s") % {"role": known.name},
        "lead": known.description,
        "guide": guide_of(known),
        "numbers": help_numbers(request.user),
        "scores": range(1, 6),
        "roles": list(ROLES.values()),
        **_shell(place=[(_("Help"), "../../"), (str(known.name), "")]),
    }
    return TemplateResponse(request, "isaf_portal/help/guide.html", page)


@public
@require_safe
def guide_file(request: HttpRequest, role: str) -> HttpResponse:
    known = _role(role).code
    language = "en" if get_language() == "en" else "km"
    phones = tuple(number.phone for number in help_numbers(request.user))
    content = guide_pdf(role=known, language=language, phones=phones)
    name = file_name(role=known, language=language)
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "private"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@requires_role(Permission.MANAGE_PROGRAMME)
@require_safe
def all_words(request: HttpRequest) -> HttpResponse:
    """For a native reader: every string of the portal, where it stands, and room for a better word."""
    listed = words.listed()
    page = {
        "title": _("All words of the portal"),
        "lead": _("To print and correct by hand. What was corrected goes into the next release."),
        "note": _("Signs such as %(name)s are filled in by the portal: leave them as they are."),
        "places": words.by_place(listed),
        "count": len(listed),
        **_shell(place=[(_("Help"), "../"), (_("All words of the portal"), "")]),
    }
    return TemplateResponse(request, "isaf_portal/help/words.html", page)


def _own_role(request: HttpRequest) -> str:
    """The role of the reader where there is just one; else the help of all roles is shown."""
    held = roles_of(request.user)
    return next(iter(held)) if len(held) == 1 else ""


def _role(code: str) -> Role:
    try:
        return ROLES[code]
    except KeyError:
        raise Http404 from None


def _shell(*, place: list) -> dict:
    return {"place": place, "next": None, "missing": [], "practice": None}
