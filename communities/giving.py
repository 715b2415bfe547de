"""Who may give which role, and where: one rule for the forms, for invitations, for the list of people and for codes.

`offered` says for one scope of a role which things a person may name; a role may be given where each of its scopes
is offered by one and the same role of the giver.
"""

from collections.abc import Iterator, Mapping

from django.db.models import Model, Q, QuerySet

from accounts.models import User
from accounts.roles import ROLES, Permission, Scope
from communities.access import assignments_of, is_practising
from communities.enums import AreaLevel
from communities.models import Area, Assignment, Cbo, Organisation, Programme, ServiceProvider
from communities.models.areas import PRACTICE_PROVINCE

MODELS: dict[Scope, type[Model]] = {
    Scope.PROGRAMME: Programme,
    Scope.ORGANISATION: Organisation,
    Scope.AREA: Area,
    Scope.PROVIDER: ServiceProvider,
    Scope.CBO: Cbo,
}
# Where each kind of thing says that it is invented.
PRACTICE = {
    Scope.PROGRAMME: Q(is_practice=True),
    Scope.ORGANISATION: Q(is_practice=True),
    Scope.AREA: Q(code__startswith=PRACTICE_PROVINCE),
    Scope.PROVIDER: Q(located_in__code__startswith=PRACTICE_PROVINCE),
    Scope.CBO: Q(commune__code__startswith=PRACTICE_PROVINCE),
}
# A role holds in a whole commune, except where it is said here.
LEVELS = {"district_officer": AreaLevel.DISTRICT}


def gives_roles(person: User) -> list[str]:
    """The codes of the roles that the person may give somewhere, in the order of `ROLES`. While a real person
    practises, nobody is let in."""
    if is_practising(person) and not person.is_practice:
        return []
    given = {role for assignment in _givers(person) for role in ROLES[assignment.role].gives}
    return [role for role in ROLES if role in given]


def may_give(person: User, role: str, scopes: Mapping[Scope, Model]) -> bool:
    """Whether one role of the person reaches all that the given role would hang on. At most a query for each scope."""
    if role not in gives_roles(person) or set(scopes) != ROLES[role].scopes:
        return False
    return any(
        all(
            _fitting(offered(giver, role, scope, person), role, scope).filter(pk=thing.pk).exists()
            for scope, thing in scopes.items()
        )
        for giver in _givers(person)
        if role in ROLES[giver.role].gives
    )


def choices_for(person: User, role: str, scope: Scope) -> QuerySet:
    """What the person may name for this scope of the role, over all own roles."""
    found = Q(pk__in=[])
    for giver in _givers(person) if gives_roles(person) else ():
        if role in ROLES[giver.role].gives:
            found |= Q(pk__in=offered(giver, role, scope, person).values("pk"))
    return _fitting(MODELS[scope].objects.filter(found), role, scope)


def given_by(person: User) -> Q:
    """The assignments that the person could have given, as a filter over them."""
    found = Q(pk__in=[])
    for giver in _givers(person):
        for role in ROLES[giver.role].gives if gives_roles(person) else ():
            inside = Q(role=role)
            for scope in ROLES[role].scopes:
                # Whoever keeps all people also sees roles on places that are no more.
                if ROLES[giver.role].scopes or person.is_practice:
                    inside &= Q(**{f"{scope}__in": offered(giver, role, scope, person).values("pk")})
            found |= inside
    # What people hold in the practice communes of their own is nobody else's business.
    return found if person.is_practice else found & Q(is_practice=False)


def offered(giver: Assignment, role: str, scope: Scope, person: User) -> QuerySet:
    """What one role of the giver lets them name for a scope of the given role."""
    things = MODELS[scope].objects.all()
    if person.is_practice:
        things = things.filter(PRACTICE[scope])
    return things.filter(_reached(giver, role, scope))


def _fitting(things: QuerySet, role: str, scope: Scope) -> QuerySet:
    """A role is given in a place of its level that is still there; older ones may hold elsewhere."""
    if scope is not Scope.AREA:
        return things
    return things.filter(level=LEVELS.get(role, AreaLevel.COMMUNE), retired_on__isnull=True)


def _givers(person: User) -> Iterator[Assignment]:
    return (each for each in assignments_of(person) if Permission.INVITE_PEOPLE in each.permissions)


def _reached(giver: Assignment, role: str, scope: Scope) -> Q:
    if not ROLES[giver.role].scopes:
        return Q()
    if giver.programme_id:
        return _of_programme(giver.programme_id, role, scope)
    code = giver.area.code
    return {
        Scope.AREA: Q(code__startswith=code),
        Scope.PROVIDER: Q(located_in__code__startswith=code),
    }.get(scope, Q(pk__in=[]))


def _of_programme(programme: int, role: str, scope: Scope) -> Q:
    """Communes are those where the programme has rounds; the partner's facilitators may work in any."""
    communes = Area.objects.filter(rounds__programme=programme).values("pk")
    return {
        Scope.ORGANISATION: Q(
            pk__in=Organisation.objects.filter(programmes__programme=programme).values("pk")
        ),
        Scope.AREA: Q() if role == "facilitator" else Q(pk__in=communes),
        Scope.PROVIDER: Q(
            pk__in=ServiceProvider.objects.filter(catchments__commune__in=communes).values("pk")
        ),
        Scope.CBO: Q(commune__in=communes),
    }.get(scope, Q(pk__in=[]))
