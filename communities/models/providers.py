"""Who serves: kinds of service, the providers, and the communes each provider serves."""

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission, Scope
from communities.access import Scopes, reach
from communities.models.areas import PRACTICE_PROVINCE, Area
from isaf_portal.lib.constraints import has_khmer, not_after

# The service whose provider serves exactly the commune it stands in.
ADMINISTRATION = "CA"


class ServiceTypeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.MANAGE_CRITERIA, ServiceType.scopes))


class ServiceType(models.Model):
    """A kind of service that is scored: commune administration, primary school, health centre, and what is added."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    sector = models.CharField(_("sector"), max_length=120)
    is_scored_by_village = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = ServiceTypeQuerySet.as_manager()
    scopes = Scopes(unbound_by=frozenset({Scope.PROGRAMME}))  # one list for all programmes

    class Meta:
        verbose_name = _("service")
        constraints = [has_khmer("servicetype", "name")]

    def __str__(self):
        return self.name


class ServiceProviderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.MANAGE_PROVIDERS, ServiceProvider.scopes))


class ServiceProvider(models.Model):
    """One school, health centre or administration."""

    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="providers")
    official_code = models.CharField(_("official code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=160)
    located_in = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="providers")
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True)

    objects = ServiceProviderQuerySet.as_manager()
    # A programme opens rounds in any commune, and a school belongs to none of the programmes that score it.
    scopes = Scopes(
        unbound_by=frozenset({Scope.PROGRAMME}), practice=Q(located_in__code__startswith=PRACTICE_PROVINCE)
    )

    class Meta:
        verbose_name = _("service provider")
        constraints = [
            has_khmer("serviceprovider", "name"),
            not_after("serviceprovider", "active_from", "active_to"),
            UniqueConstraint(
                fields=["service_type", "official_code"], condition=~Q(official_code=""),
                name="serviceprovider_official_code_once",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def is_administration(self) -> bool:
        return self.service_type.code == ADMINISTRATION

    def serves(self, commune: Area, year: int) -> bool:
        """Whether people of the commune are its users in that year; costs one query."""
        return self.catchments.in_year(year).filter(commune=commune).exists()


class CatchmentQuerySet(models.QuerySet):
    def in_year(self, year: int):
        """Those that held on some day of the year."""
        began = Q(served_from__isnull=True) | Q(served_from__year__lte=year)
        return self.filter(began, Q(served_to__isnull=True) | Q(served_to__year__gte=year))


class Catchment(models.Model):
    """A commune that a provider serves; a health centre serves several, an administration exactly its own."""

    provider = models.ForeignKey(ServiceProvider, on_delete=models.CASCADE, related_name="catchments")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="catchments")
    served_from = models.DateField(null=True, blank=True)
    served_to = models.DateField(null=True, blank=True)

    objects = CatchmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("catchment")
        constraints = [
            not_after("catchment", "served_from", "served_to"),
            UniqueConstraint(
                fields=["provider", "commune"],
                condition=Q(served_to__isnull=True),
                name="catchment_open_once",
            ),
        ]

    def __str__(self):
        return f"{self.provider_id} {self.commune_id}"
