"""People: those one looks after, inviting another, one person, and the slip that is handed over."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import AccessCode, User
from accounts.operations.second_step import has_second_step
from accounts.phones import parse_phone, shown_phone
from accounts.roles import ROLES, Permission, Scope
from accounts.switching import password_needed
from communities.access import holds, is_practising, requires_role
from communities.forms.invitations import InviteForm, LastDayForm, PeopleFilter
from communities.giving import choices_for, gives_roles
from communities.helping import may_help, people_i_help, people_i_keep, where_of
from communities.models import Assignment
from communities.operations.assignments import COUNCIL_ROLES
from communities.operations.invitations import hand_over_code, has_come_in, invite_person
from communities.slips import Slip, keep_slip, take_slip
from communities.views.pages import filters_of, page_of
from isaf_portal.lib.errors import Refused

JOINED = ("user", "area", "organisation", "provider", "cbo", "programme")


def people_place(*below: tuple[str, str]) -> list[tuple[str, str]]:
    return [(pgettext("menu", "People"), reverse("communities:people")), *below]


def looks_after(permission: Permission = Permission.INVITE_PEOPLE) -> Callable:
    """For pages about one role of somebody: hands over the assignment in place of `pk` to whoever could have given it,
    and holds the permission. For everybody else it does not exist.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
            kept = people_i_keep(request.user).select_related(*JOINED)
            assignment = get_object_or_404(kept, pk=pk)
            if not holds(request.user, permission):
                raise PermissionDenied
            return view(request, assignment, **kwargs)

        checked.access = f"Assignment: {permission}"
        return checked

    return decorate


@requires_role(Permission.INVITE_PEOPLE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    form = PeopleFilter(request.GET, person=request.user)
    with_ended = form.is_valid() and form.cleaned_data.get("is_ended")
    found = _filtered((people_i_keep if with_ended else people_i_help)(request.user), form)
    page = page_of(request, found.select_related(*JOINED).order_by("user__name", "pk"))
    context = {
        "title": pgettext("menu", "People"),
        "lead": _("Invite people, and help them back in."),
        "place": people_place(),
        "practice": is_practising(request.user),
        "form": form,
        "page": page,
        "rows": [_row(each) for each in page],
        "found": page.paginator.count,
        "filters": filters_of(request),
        "is_filtered": bool(request.GET.keys() & {"name", "role", "is_new", "is_ended"}),
        "may_invite": bool(gives_roles(request.user)),
    }
    return TemplateResponse(request, "communities/people/people.html", context)


def _row(assignment: Assignment) -> dict:
    return {
        "assignment": assignment,
        "role": ROLES[assignment.role].name,
        "where": where_of(assignment),
        "is_in": has_come_in(assignment.user),
    }


def _filtered(found: QuerySet, form: PeopleFilter) -> QuerySet:
    """What cannot be read filters nothing."""
    form.is_valid()
    wanted = form.cleaned_data
    if text := wanted.get("name"):
        found = found.filter(Q(user__name__icontains=text) | Q(user__phone=parse_phone(text) or "-"))
    if wanted.get("role"):
        found = found.filter(role=wanted["role"])
    return found.filter(user__last_login__isnull=True) if wanted.get("is_new") else found


@requires_role(Permission.INVITE_PEOPLE)
@password_needed
@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """First the role, which decides what is asked, then the person."""
    offered = gives_roles(request.user)
    role = request.GET.get("role", "")
    if role not in offered:
        roles = [
            {"code": code, "name": ROLES[code].name, "note": ROLES[code].description} for code in offered
        ]
        page = {
            "title": _("Invite a person"), "lead": _("Which role will the person have?"), "roles": roles,
            "place": people_place((_("Invite a person"), "")), "practice": is_practising(request.user),
        }  # fmt: skip
        return TemplateResponse(request, "communities/people/choose_role.html", page)
    form = InviteForm(request.POST or None, person=request.user, role=role)
    if form.is_valid() and (onward := _invited(request, form, role)):
        return redirect(*onward)
    page = {
        "title": _("Invite: %(role)s") % {"role": ROLES[role].name}, "lead": ROLES[role].description,
        "place": people_place((_("Invite a person"), reverse("communities:invite"))), "form": form,
        "practice": is_practising(request.user),
    }  # fmt: skip
    return TemplateResponse(request, "communities/people/invite.html", page)


def _invited(request: HttpRequest, form: InviteForm, role: str) -> tuple | None:
    """Where to go on; None where the form says what is wrong."""
    try:
        invited = invite_person(**form.invitation(), role=role, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    person = invited.assignment.user
    if invited.handed_over:
        keep_slip(request, invited.assignment.pk, invited.handed_over)
        return "communities:hand-over", invited.assignment.pk
    if has_come_in(person):
        sentence = _("%(name)s has this role now and signs in as before. No code is needed.")
    else:
        sentence = _("%(name)s has this role now. The first code comes from whoever gave the other role.")
    messages.success(request, sentence % {"name": person.name})
    return "communities:person", invited.assignment.pk


@looks_after()
@require_safe
def person(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    somebody = assignment.user
    roles = people_i_keep(request.user).filter(user=somebody).select_related(*JOINED).order_by("pk")
    code = AccessCode.objects.open(timezone.now()).filter(person=somebody).first()
    page = {
        "title": somebody.name,
        "lead": f"{ROLES[assignment.role].name} · {where_of(assignment)}".strip(" ·"),
        "place": people_place((somebody.name, "")),
        "practice": is_practising(request.user),
        "assignment": assignment,
        "somebody": somebody,
        "phone": shown_phone(somebody.phone) if somebody.phone else "",
        "has_ended": bool(assignment.ends_on and assignment.ends_on < timezone.localdate()),
        "roles": [{"pk": each.pk, "name": ROLES[each.role].name, "where": where_of(each)} for each in roles],
        "code": code,
        "is_in": has_come_in(somebody),
        "may_help": may_help(request.user, somebody),
        "may_release": holds(request.user, Permission.MANAGE_PEOPLE) and bool(somebody.phone),
        "may_reset_app": holds(request.user, Permission.MANAGE_PEOPLE) and has_second_step(somebody),
        "is_delegable": bool(ROLES[assignment.role].delegable),
        "end_form": LastDayForm(),
    }
    page["may_end_term"] = _may_end_term(request.user, assignment)
    return TemplateResponse(request, "communities/people/person.html", page)


def _may_end_term(person: User, assignment: Assignment) -> bool:
    if assignment.role not in COUNCIL_ROLES:
        return False
    return choices_for(person, "council_chief", Scope.AREA).filter(pk=assignment.area_id).exists()


@looks_after()
@password_needed
@never_cache
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """POST makes a code; the page after it shows the slip once, and never again."""
    pk = assignment.pk
    if request.method == "POST":
        try:
            keep_slip(request, pk, hand_over_code(person=assignment.user, by=request.user))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect("communities:person", pk)
        return redirect("communities:hand-over", pk)
    slip = take_slip(request, assignment)
    if slip is None:
        messages.info(
            request, _("A slip is shown once. If it is lost, make a new one; the old one is good no longer.")
        )
        return redirect("communities:person", pk)
    return TemplateResponse(request, "communities/people/slip.html", _slip_page(request, assignment, slip))


def _slip_page(request: HttpRequest, assignment: Assignment, slip: Slip) -> dict:
    return {
        "title": _("Slip for %(name)s") % {"name": assignment.user.name},
        "lead": _("It is shown only now. Print it, or read the code out to the person alone."),
        "place": people_place((assignment.user.name, reverse("communities:person", args=[assignment.pk]))),
        "practice": is_practising(request.user),
        "slip": slip,
        "assignment": assignment,
    }
