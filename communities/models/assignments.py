"""Who holds which role where, from when to when. Roles end; they are not deleted."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from accounts.roles import ROLE_CHOICES, ROLES, Permission, Scope, roles_delegating, roles_with
from communities.models.areas import Area
from communities.models.organisations import Cbo, Organisation
from communities.models.programmes import Programme
from communities.models.providers import ServiceProvider
from isaf_portal.lib.constraints import not_after


def exactly_the_scopes_of_the_role() -> Q:
    """Each role hangs on the scopes that it names and on no others."""
    allowed = Q()
    for role in ROLES.values():
        allowed |= Q(
            role=role.code, **{f"{scope.value}__isnull": scope not in role.scopes for scope in Scope}
        )
    return allowed


class AssignmentQuerySet(models.QuerySet):
    def current(self, on: date):
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))

    def granting(self, permission: Permission):
        return self.filter(
            Q(role__in=roles_with(permission)) | Q(is_delegate=True, role__in=roles_delegating(permission))
        )


class Assignment(models.Model):
    """This person holds this role in this area, organisation, programme, provider or CBO."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    provider = models.ForeignKey(
        ServiceProvider, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    cbo = models.ForeignKey(Cbo, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    # A councillor whom the council named to confirm its decisions beside the chief, or in the chief's place.
    is_delegate = models.BooleanField(default=False)
    is_practice = models.BooleanField(default=False)  # held in a practice commune, to try things out

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            CheckConstraint(
                name="assignment_has_the_scopes_of_its_role", condition=exactly_the_scopes_of_the_role()
            ),
            not_after("assignment", "starts_on", "ends_on"),
            CheckConstraint(
                name="assignment_delegate_has_something_delegated",
                condition=Q(is_delegate=False)
                | Q(role__in=[role.code for role in ROLES.values() if role.delegable]),
            ),
        ]

    def __str__(self):
        return f"{self.user_id} {self.role}"

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this role grants here: of a delegate, what the council handed over too."""
        role = ROLES[self.role]
        return role.permissions | role.delegable if self.is_delegate else role.permissions
