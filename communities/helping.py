"""Who helps whom back in, whom to begin with, and what an administrator sets up on the first day."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from accounts.models import AccessCode, User
from accounts.roles import ROLES, Permission
from communities.access import holds, is_practising
from communities.giving import given_by, gives_roles
from communities.models import Area, Assignment, Organisation, Programme, ServiceProvider
from communities.models.areas import PRACTICE_PROVINCE
from isaf_portal.lib import formats


@dataclass(frozen=True)
class HelpRow:
    """Somebody who waits for help to come in: `note` says since when and whether a slip is still good."""

    name: str
    role: str
    where: str
    url: str
    note: str


@dataclass(frozen=True)
class ChecklistStep:
    """One thing to set up; `url` is empty where it is done outside the pages."""

    label: str
    note: str
    url: str
    is_done: bool


def people_i_help(person: User) -> QuerySet[Assignment]:
    """The roles of today that the person could have given: whom they look after. The own roles are not among them."""
    if not gives_roles(person):
        return Assignment.objects.none()
    current = Assignment.objects.current(timezone.localdate())
    return current.filter(given_by(person), user__is_practice=person.is_practice).exclude(user=person)


def people_i_keep(person: User) -> QuerySet[Assignment]:
    """The same, and for whoever keeps all people the roles that ended too: a number may still stand with a person who
    left, when it belongs to somebody else.
    """
    if not (gives_roles(person) and holds(person, Permission.MANAGE_PEOPLE)):
        return people_i_help(person)
    kept = Assignment.objects.filter(given_by(person), user__is_practice=person.is_practice)
    return kept.exclude(user=person)


def may_help(person: User, other: User) -> bool:
    """Whether the person may hand `other` a code: only if they could have given every role that the other holds now
    or will hold. Otherwise a code would be a way into an account that may do more.
    """
    if person.pk == other.pk or not other.is_active or person.is_practice != other.is_practice:
        return False
    if not gives_roles(person):
        return False
    today = timezone.localdate()
    held = other.assignments.exclude(ends_on__lt=today)
    if not other.is_practice:
        held = held.filter(is_practice=False)
    ids = set(held.values_list("pk", flat=True))
    return bool(ids) and Assignment.objects.filter(given_by(person), pk__in=ids).count() == len(ids)


def where_of(assignment: Assignment) -> str:
    """What a role hangs on, in words; its scopes should be joined to it."""
    scopes = (
        assignment.provider,
        assignment.cbo,
        assignment.area,
        assignment.organisation,
        assignment.programme,
    )
    return " · ".join(scope.name for scope in scopes if scope is not None)


def people_to_help(person: User, at_most: int = 5) -> list[HelpRow]:
    """Those whom the person looks after and who have never come in, the longest waiting first. Two queries."""
    never = people_i_help(person).filter(user__last_login__isnull=True, user__is_active=True)
    joined = never.select_related("user", "area", "organisation", "provider", "cbo", "programme")
    found = list(joined.order_by("starts_on", "pk")[:at_most])
    codes = {
        code.person_id: code
        for code in AccessCode.objects.filter(
            person__in=[each.user_id for each in found], used_at__isnull=True, revoked_at__isnull=True
        )
    }
    return [
        HelpRow(
            name=each.user.name, role=str(ROLES[each.role].name), where=where_of(each),
            url=reverse("communities:person", args=[each.pk]), note=_slip_note(codes.get(each.user_id)),
        )
        for each in found
    ]  # fmt: skip


def _slip_note(code: AccessCode | None) -> str:
    if code is None:
        return _("has no slip yet")
    day = formats.day(code.expires_at, "en" if get_language() == "en" else "km")
    if code.expires_at <= timezone.now():
        return _("the slip was good until %(day)s; make a new one") % {"day": day}
    return _("has not come in yet; the slip is good until %(day)s") % {"day": day}


def first_day(person: User) -> list[ChecklistStep]:
    """What an administrator sets up before anybody else can work, in order; empty for other people. Five queries."""
    if not holds(person, Permission.MANAGE_PEOPLE):
        return []
    practice = is_practising(person)
    places = Area.objects.filter(code__startswith=PRACTICE_PROVINCE) if practice else Area.objects.real()
    providers = ServiceProvider.objects.filter(located_in__in=places.values("pk"))
    others = Assignment.objects.filter(is_practice=practice, user__is_practice=practice)
    return [
        ChecklistStep(
            _("A programme"), _("Its years and the rules that its rounds follow."),
            reverse("communities:programmes"), Programme.objects.filter(is_practice=practice).exists(),
        ),
        ChecklistStep(
            _("The organisations that work in it"), _("Each partner, and which one leads."),
            reverse("communities:organisations"),
            Organisation.objects.filter(is_practice=practice, programmes__isnull=False).exists(),
        ),
        ChecklistStep(
            _("The places of the country"),
            _("Whoever runs the server loads them once, with the command load_gazetteer."), "",
            places.exists(),
        ),
        ChecklistStep(
            _("The service providers"), _("Schools, health centres, administrations, and the communes they serve."),
            reverse("communities:providers"), providers.exists(),
        ),
        ChecklistStep(
            pgettext("menu", "People"), _("Invite the officers first; they invite the others."),
            reverse("communities:people"), others.exclude(role="administrator").exists(),
        ),
    ]  # fmt: skip
