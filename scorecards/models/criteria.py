"""Scales with their words, and the criteria that a service is scored by."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission, Scope
from communities.access import Scopes, reach
from communities.models import ServiceProvider, ServiceType
from isaf_portal.lib.constraints import has_khmer, one_of
from scorecards.enums import CriterionKind
from scorecards.models.rounds import Round


class Scale(models.Model):
    """Three or five points, 1 the worst. Frozen once a scorecard uses it."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=80)
    points = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("scale")
        constraints = [
            has_khmer("scale", "name"),
            CheckConstraint(name="scale_points_known", condition=Q(points__in=[3, 5])),
        ]

    def __str__(self):
        return self.name


class ScalePoint(models.Model):
    """The word of one score."""

    scale = models.ForeignKey(Scale, on_delete=models.CASCADE, related_name="labels")
    score = models.PositiveSmallIntegerField()
    label = models.CharField(_("word"), max_length=60)

    class Meta:
        verbose_name = _("point of a scale")
        constraints = [
            has_khmer("scalepoint", "label"),
            UniqueConstraint(fields=["scale", "score"], name="scalepoint_once"),
            CheckConstraint(name="scalepoint_score_known", condition=Q(score__range=(1, 5))),
        ]

    def __str__(self):
        return self.label


class CriterionTag(models.Model):
    """What a criterion is about. Years and places are compared through the tag alone, never through wording."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("tag of criteria")
        constraints = [has_khmer("criteriontag", "name")]

    def __str__(self):
        return self.name


class CriterionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For who keeps the lists; on a sheet a criterion is seen by whoever sees the sheet."""
        return self.filter(reach(user, Permission.MANAGE_CRITERIA, Criterion.scopes))

    def listed(self):
        """Those of the lists in use, in their order."""
        return self.filter(kind=CriterionKind.PREDEFINED, is_active=True).order_by("order", "pk")

    def offered_to(self, scorecard):
        """What this scorecard may be scored by: the list of its service, and what meetings of the provider proposed
        in the same round; a self-assessment takes those of the year."""
        if scorecard.scoring_round_id:
            same = Q(scoring_round=scorecard.scoring_round_id)
        else:
            same = Q(scoring_round__programme=scorecard.programme_id, scoring_round__year=scorecard.year)
        return self.filter(
            Q(kind=CriterionKind.PREDEFINED) | same & Q(provider=scorecard.provider_id),
            service_type=scorecard.provider.service_type_id,
            is_active=True,
        )


class Criterion(models.Model):
    """One thing that is scored, from the list of its service or proposed by a meeting of one round and provider."""

    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    service_type = models.ForeignKey(ServiceType, on_delete=models.PROTECT, related_name="criteria")
    kind = models.CharField(max_length=12, choices=CriterionKind.choices, default=CriterionKind.PREDEFINED)
    text = models.CharField(_("criterion"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    tag = models.ForeignKey(
        CriterionTag, on_delete=models.PROTECT, null=True, blank=True, related_name="criteria"
    )
    order = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    scoring_round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="criteria"
    )
    provider = models.ForeignKey(
        ServiceProvider, on_delete=models.PROTECT, null=True, blank=True, related_name="criteria"
    )

    objects = CriterionQuerySet.as_manager()
    # The lists are one for all programmes; what a meeting proposed is no part of them.
    scopes = Scopes(unbound_by=frozenset({Scope.PROGRAMME}), where=Q(kind=CriterionKind.PREDEFINED))

    class Meta:
        verbose_name = _("criterion")
        constraints = [
            has_khmer("criterion", "text"),
            one_of("criterion", "kind", CriterionKind),
            CheckConstraint(
                name="criterion_own_belongs_to_round_and_provider",
                condition=Q(kind="predefined", scoring_round__isnull=True, provider__isnull=True)
                | Q(kind="custom", scoring_round__isnull=False, provider__isnull=False),
            ),
        ]

    def __str__(self):
        return self.text


class CriterionLink(models.Model):
    """This year's criterion continues last year's."""

    previous = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="continued_by")
    next = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="continues")

    class Meta:
        verbose_name = _("link of criteria")
        constraints = [
            UniqueConstraint(fields=["previous", "next"], name="criterionlink_once"),
            CheckConstraint(name="criterionlink_not_itself", condition=~Q(previous=F("next"))),
        ]

    def __str__(self):
        return f"{self.previous_id} {self.next_id}"
