"""Programmes: which rules a round follows, who takes part, and who pays."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.enums import WordKey
from communities.models.areas import Area
from communities.models.organisations import Organisation
from isaf_portal.lib.constraints import has_khmer, not_after, one_of

LAST_YEAR = 2100  # of a programme that nobody has ended yet


class ProgrammeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.MANAGE_PROGRAMME, Programme.scopes))


class Programme(models.Model):
    """A programme with its phase and years, and the settings that its rounds follow."""

    name = models.CharField(_("name"), max_length=160)
    phase = models.CharField(_("phase"), max_length=40, blank=True)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    scale_points = models.PositiveSmallIntegerField(default=5)
    small_group_minimum = models.PositiveSmallIntegerField(
        default=5
    )  # people; below, no separate public figure
    gap_flag = models.DecimalField(max_digits=3, decimal_places=2, default=1)  # points of the scale
    youth_from_age = models.PositiveSmallIntegerField(default=15)
    youth_to_age = models.PositiveSmallIntegerField(default=30)
    # How many named people confirm what the clerk recorded of a council session.
    confirmations_needed = models.PositiveSmallIntegerField(default=1)
    has_witness_signature = models.BooleanField(default=False)  # "seen and agreed" on the plan's paper
    help_phone = models.CharField(_("help number"), max_length=40, blank=True)
    # No new public figure from the first to the last of these days, such as before an election.
    frozen_from = models.DateField(_("nothing new is published from"), null=True, blank=True)
    frozen_until = models.DateField(_("until"), null=True, blank=True)
    is_practice = models.BooleanField(default=False)

    objects = ProgrammeQuerySet.as_manager()
    scopes = Scopes(programme="pk", practice=Q(is_practice=True))

    class Meta:
        verbose_name = _("programme")
        constraints = [
            has_khmer("programme", "name"),
            not_after("programme", "first_year", "last_year"),
            not_after("programme", "youth_from_age", "youth_to_age"),
            not_after("programme", "frozen_from", "frozen_until"),
            CheckConstraint(
                name="programme_freeze_has_both_ends",
                condition=Q(frozen_from__isnull=True, frozen_until__isnull=True)
                | Q(frozen_from__isnull=False, frozen_until__isnull=False),
            ),
            CheckConstraint(name="programme_scale_points_known", condition=Q(scale_points__in=[3, 5])),
            CheckConstraint(name="programme_needs_a_confirmation", condition=Q(confirmations_needed__gte=1)),
        ]

    def __str__(self):
        return f"{self.name} {self.phase}".strip()

    def runs_in(self, year: int) -> bool:
        return self.first_year <= year <= (self.last_year or LAST_YEAR)


class KeyWord(models.Model):
    """A programme's own word for something, in place of the usual one (`communities.words`)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="key_words")
    key = models.CharField(max_length=40)
    text = models.CharField(_("word"), max_length=200)

    class Meta:
        verbose_name = _("key word")
        constraints = [
            has_khmer("keyword", "text"),
            one_of("keyword", "key", WordKey),
            UniqueConstraint(fields=["programme", "key"], name="keyword_once"),
        ]

    def __str__(self):
        return self.key


class ProgrammeOrganisationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.MANAGE_PROGRAMME, ProgrammeOrganisation.scopes))


class ProgrammeOrganisation(models.Model):
    """An organisation that works in a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    leads = models.BooleanField(default=False)

    objects = ProgrammeOrganisationQuerySet.as_manager()
    scopes = Scopes(programme="programme", practice=Q(programme__is_practice=True))

    class Meta:
        verbose_name = _("partner of a programme")
        constraints = [
            UniqueConstraint(fields=["programme", "organisation"], name="programmeorganisation_once")
        ]

    def __str__(self):
        return f"{self.programme_id} {self.organisation_id}"


class GrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_GRANTS, Grant.scopes))


class Grant(models.Model):
    """What a donor gives to a programme, for which communes and until when."""

    donor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="grants")
    communes = models.ManyToManyField(Area, related_name="grants", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = GrantQuerySet.as_manager()
    scopes = Scopes(organisation="donor", programme="programme", practice=Q(programme__is_practice=True))

    class Meta:
        verbose_name = _("grant")
        constraints = [not_after("grant", "starts_on", "ends_on")]

    def __str__(self):
        return f"{self.donor_id} {self.starts_on:%Y}"
