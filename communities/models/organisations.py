"""Who organises: NGOs, donors, authorities, and community-based organisations in their minimal form."""

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission, Scope
from communities.access import Scopes, reach
from communities.enums import OrganisationKind
from communities.models.areas import PRACTICE_PROVINCE, Area
from isaf_portal.lib.constraints import has_khmer, not_after, one_of


class OrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.MANAGE_PROGRAMME, Organisation.scopes))

    def with_facilitators_of(self, user):
        """Those whose community facilitators this person keeps."""
        own = Scopes(
            organisation="pk", programme="programmes__programme", unbound_by=frozenset({Scope.AREA}),
            practice=Q(is_practice=True),
        )  # fmt: skip
        return self.filter(reach(user, Permission.RECORD_MEETING, own))


class Organisation(models.Model):
    kind = models.CharField(max_length=12, choices=OrganisationKind.choices)
    name = models.CharField(_("name"), max_length=160)
    short_name = models.CharField(_("short name"), max_length=30, blank=True)
    is_practice = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()
    scopes = Scopes(programme="programmes__programme", practice=Q(is_practice=True))

    class Meta:
        verbose_name = _("organisation")
        constraints = [has_khmer("organisation", "name"), one_of("organisation", "kind", OrganisationKind)]

    def __str__(self):
        return self.name


class FacilitatorQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.RECORD_MEETING, Facilitator.scopes))


class Facilitator(models.Model):
    """A community accountability facilitator (CAF): a volunteer of the area, who need not have an account."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="facilitators")
    name = models.CharField(_("full name"), max_length=120)
    is_female = models.BooleanField(_("female"), null=True)
    base_commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    active_from = models.DateField(null=True, blank=True)
    active_to = models.DateField(null=True, blank=True)

    objects = FacilitatorQuerySet.as_manager()
    scopes = Scopes(
        organisation="organisation", area="base_commune__code", programme="organisation__programmes__programme",
        practice=Q(base_commune__code__startswith=PRACTICE_PROVINCE),
    )  # fmt: skip

    class Meta:
        verbose_name = _("community facilitator")
        constraints = [not_after("facilitator", "active_from", "active_to")]

    def __str__(self):
        return self.name


class CboQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_CBOS, *Cbo.scopes))


def _cbo_scopes(programme: str) -> Scopes:
    """The facilitators of a commune know its groups whichever partner they work for."""
    return Scopes(
        area="commune__code", cbo="pk", programme=programme, unbound_by=frozenset({Scope.ORGANISATION}),
        practice=Q(commune__code__startswith=PRACTICE_PROVINCE),
    )  # fmt: skip


class Cbo(models.Model):
    """A community-based organisation: no more than name, commune, kind and counts (being listed can be a risk)."""

    name = models.CharField(_("name"), max_length=160)
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="cbos")
    kind = models.CharField(_("kind"), max_length=60)

    objects = CboQuerySet.as_manager()
    # A programme knows the groups of the communes where it met people, or that a grant names; never of others.
    scopes = (_cbo_scopes("commune__meetings__programme"), _cbo_scopes("commune__grants__programme"))

    class Meta:
        verbose_name = _("community-based organisation")
        constraints = [has_khmer("cbo", "name")]

    def __str__(self):
        return self.name


class CboYear(models.Model):
    """How many members a CBO had in a year."""

    cbo = models.ForeignKey(Cbo, on_delete=models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    members_count = models.PositiveIntegerField()
    female_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("year of a community-based organisation")
        constraints = [
            UniqueConstraint(fields=["cbo", "year"], name="cboyear_once"),
            CheckConstraint(
                name="cboyear_female_not_above_members",
                condition=Q(female_count__isnull=True) | Q(female_count__lte=F("members_count")),
            ),
        ]

    def __str__(self):
        return f"{self.cbo_id} {self.year}"
