"""The one question of access: what may this person do, to what, where.

A noun says once where the scopes of its roles stand (`Scopes`); `reach` turns a permission into a filter over it.
`visible_to(user)` of each queryset is built on `reach`, `can` asks it for one object, and `requires` puts both in
front of a view: outside one's scope an object does not exist (404), inside it something may be forbidden (403).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce, wraps
from operator import and_

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES, Permission, Scope
from isaf_portal.lib import lookups  # noqa: F401, registers `begins_with_any`

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING


@dataclass(frozen=True)
class Scopes:
    """Where a noun keeps what an assignment hangs on: lookups from its table. None: it has no such thing,
    so that a role with that scope reaches none of it. `area` is the lookup of a code, matched by its beginning.
    """

    area: str | None = None
    organisation: str | None = None
    programme: str | None = None
    provider: str | None = None
    cbo: str | None = None
    where: Q = EVERYTHING  # the rows to which these lookups apply
    unbound_by: frozenset[Scope] = frozenset()  # scopes that a role may have and that do not narrow this noun
    practice: Q | None = (
        None  # the rows of practice, the only ones for practice people and practice programmes
    )


def assignments_of(user: User) -> list:
    """The roles that a person holds today; asked once per person object, that is once per request."""
    if not user.is_authenticated:
        return []
    if not hasattr(user, "assignments_today"):
        today = timezone.localdate()
        held = user.assignments.current(today).select_related("area", "programme")
        if not user.is_practice:
            # In practice a person sees the own practice commune alone, and else nothing of it.
            held = held.filter(is_practice=is_practising(user))
        user.assignments_today = list(held.order_by("pk"))
    return user.assignments_today


def is_practising(user: User) -> bool:
    """Whether the person tries things out now: always of invented people, of others while they chose to
    (`isaf_portal.practising`).
    """
    return user.is_practice or getattr(user, "chose_to_practise", False)


def roles_of(user: User) -> frozenset[str]:
    """The codes of the roles that a person holds today."""
    return frozenset(assignment.role for assignment in assignments_of(user))


def holds(user: User, permission: Permission) -> bool:
    """Whether any role of today grants this anywhere; for menus and pages that list one's own."""
    return any(permission in assignment.permissions for assignment in assignments_of(user))


def holds_everywhere(user: User, permission: Permission) -> bool:
    """Whether a role of today without any scope grants this: who may make what others are then bound to."""
    return any(
        permission in assignment.permissions and not ROLES[assignment.role].scopes
        for assignment in assignments_of(user)
    )


def reach(user: User, permission: Permission, *alternatives: Scopes) -> Q:
    """The rows to which the person's roles grant the permission, as a filter.

    Several `alternatives` where a noun hangs on its scopes in more than one way: any of them is enough.
    """
    granting = [each for each in assignments_of(user) if permission in each.permissions]
    found = NOTHING
    for held in _together(user, granting):
        for scopes in alternatives:
            found |= _inside(held, scopes)
    return found


@dataclass(frozen=True)
class _Held:
    """Roles that need the same scopes and differ in nothing but the area: they make one condition.

    `fixed` are the ids of the other scopes; `areas` the codes of the areas, none for a role without one.
    """

    needed: frozenset[Scope]
    fixed: tuple[tuple[Scope, int], ...]
    areas: tuple[str, ...]
    practises: bool


def _together(user: User, assignments: Iterable) -> list[_Held]:
    areas: dict[tuple, set[str]] = {}
    for each in assignments:
        needed = ROLES[each.role].scopes
        fixed = tuple((scope, getattr(each, f"{scope}_id")) for scope in sorted(needed - {Scope.AREA}))
        practises = is_practising(user) or bool(each.programme and each.programme.is_practice)
        codes = areas.setdefault((needed, fixed, practises), set())
        if Scope.AREA in needed:
            codes.add(each.area.code)
    return [
        _Held(needed, fixed, tuple(sorted(codes)), practises)
        for (needed, fixed, practises), codes in areas.items()
    ]


def _inside(held: _Held, scopes: Scopes) -> Q:
    conditions = [] if scopes.where is EVERYTHING else [scopes.where]
    for scope in sorted(held.needed - scopes.unbound_by):
        path = getattr(scopes, scope)
        if path is None:
            return NOTHING
        if scope is Scope.AREA:
            conditions.append(Q(**{f"{path}__begins_with_any": held.areas}))
        else:
            conditions.append(Q(**{path: dict(held.fixed)[scope]}))
    if held.practises and scopes.practice is not None:
        # Practice people and programmes reach practice alone, where a noun says which of its rows are practice.
        conditions.append(scopes.practice)
    return reduce(and_, conditions) if conditions else EVERYTHING


def can(user: User, permission: Permission, *, on: Model) -> bool:
    """Whether the person may do this to the object. Costs one query."""
    scopes = type(on).scopes
    alternatives = scopes if isinstance(scopes, tuple) else (scopes,)
    return type(on)._default_manager.filter(reach(user, permission, *alternatives), pk=on.pk).exists()


def requires(
    permission: Permission | Callable[[Model], Permission],
    model: type[Model],
    *,
    related: tuple[str, ...] = (),
) -> Callable:
    """Fetch the object that the address names, if the person may see it, and hand it to the view in place of `pk`.

    `permission` may be a function of the object, where a community scorecard and a self-assessment differ.
    `related` are joined to the object. Outside one's scope 404; inside it, without the permission, 403.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, pk: int, **kwargs) -> HttpResponse:
            visible = model._default_manager.visible_to(request.user)
            # A lookup over many rows may find the object twice; as a subquery it stays one.
            found = model._default_manager.filter(pk__in=visible.values("pk")).select_related(*related)
            thing = get_object_or_404(found, pk=pk)
            needed = permission if isinstance(permission, Permission) else permission(thing)
            if not can(request.user, needed, on=thing):
                raise PermissionDenied
            return view(request, thing, **kwargs)

        checked.access = (
            f"{model.__name__}: {permission if isinstance(permission, Permission) else permission.__name__}"
        )
        return checked

    return decorate


def requires_role(permission: Permission, *, everywhere: bool = False) -> Callable:
    """For pages that list one's own things, or make the first of them: some role of today grants the permission,
    with `everywhere` one without any scope. The view itself limits what it shows by `visible_to` and what it makes
    by `reach`.
    """
    held = holds_everywhere if everywhere else holds

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def checked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if not held(request.user, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        checked.access = f"any: {permission}"
        return checked

    return decorate
