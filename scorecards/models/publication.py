"""Scores and plans become public by a separate act, under an agreement with the commune, after a notice."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.models import Area, ServiceProvider
from isaf_portal.lib.constraints import at_with_by, one_of
from scorecards.enums import PublicationKind
from scorecards.models.action_plans import PlanVersion
from scorecards.models.rounds import Round


class PublicationAgreement(models.Model):
    """A commune agreed that its scores, its plans or both are published: who agreed, when, to what; until it ends."""

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="publication_agreements")
    covers_scores = models.BooleanField(_("scores"), default=False)
    covers_plans = models.BooleanField(_("action plans"), default=False)
    agreed_on = models.DateField(_("agreed on"))
    agreed_by = models.CharField(
        _("who agreed"), max_length=160
    )  # an office or a session, not a person's name
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("publication agreement")
        constraints = [
            CheckConstraint(
                name="publicationagreement_covers_something",
                condition=Q(covers_scores=True) | Q(covers_plans=True),
            ),
            CheckConstraint(name="publicationagreement_says_who", condition=~Q(agreed_by="")),
            at_with_by("publicationagreement", "ended"),
            CheckConstraint(
                name="publicationagreement_ended_has_reason",
                condition=Q(ended_at__isnull=True) | ~Q(end_reason=""),
            ),
            UniqueConstraint(
                fields=["commune"],
                condition=Q(ended_at__isnull=True),
                name="publicationagreement_one_in_force",
            ),
        ]

    def __str__(self):
        return f"{self.commune_id} {self.agreed_on:%Y-%m-%d}"


class PublicationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For those who may read a round or its plan: what is announced, so that they can reply in time."""
        return self.filter(
            reach(user, Permission.SEE_LOCKED_SCORECARDS, *Publication.scopes)
            | reach(user, Permission.SEE_SUBMITTED_PLANS, *Publication.scopes)
        )

    def in_force(self):
        """Announced and not withdrawn, whether the day of the notice has come or not."""
        return self.filter(withdrawn_at__isnull=True)

    def public(self, on: date):
        """What anybody may read on this day: the notice is over, nothing was withdrawn, and it did not fall into days
        in which the programme publishes nothing new.
        """
        programme = "scoring_round__programme__"
        is_frozen = Q(
            **{
                f"{programme}frozen_from__lte": F("visible_from"),
                f"{programme}frozen_until__gte": on,
            }
        )
        return self.in_force().filter(visible_from__lte=on).exclude(is_frozen)


class Publication(models.Model):
    """The scores of a round, or one version of its plan, are announced and public from a day on."""

    kind = models.CharField(max_length=10, choices=PublicationKind.choices)
    scoring_round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="publications"
    )
    agreement = models.ForeignKey(PublicationAgreement, on_delete=models.PROTECT, related_name="publications")
    announced_at = models.DateTimeField()
    announced_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    visible_from = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PublicationQuerySet.as_manager()
    # By the commune, and for providers by being scored in the round or having an action in the plan.
    scopes = (
        Scopes(
            area="scoring_round__commune__code",
            organisation="scoring_round__organisation",
            programme="scoring_round__programme",
            provider="scoring_round__commune__catchments__provider",
        ),
    )

    class Meta:
        verbose_name = _("publication")
        constraints = [
            one_of("publication", "kind", PublicationKind),
            CheckConstraint(
                name="publication_names_what_it_shows",
                condition=Q(kind="scores", plan_version__isnull=True)
                | Q(kind="plan", plan_version__isnull=False),
            ),
            at_with_by("publication", "withdrawn"),
            CheckConstraint(
                name="publication_withdrawn_has_reason",
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
            ),
            UniqueConstraint(
                fields=["scoring_round"],
                condition=Q(kind="scores", withdrawn_at__isnull=True),
                name="publication_scores_once",
            ),
            UniqueConstraint(
                fields=["plan_version"],
                condition=Q(kind="plan", withdrawn_at__isnull=True),
                name="publication_plan_version_once",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.scoring_round_id}"


class PublicationReply(models.Model):
    """What a provider, or the commune (no provider), says beside the figures; shown with them."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="replies")
    provider = models.ForeignKey(
        ServiceProvider, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("reply"))
    text_language = models.CharField(max_length=2, default="km")
    replied_at = models.DateTimeField()
    replied_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reply to a publication")
        constraints = [
            CheckConstraint(name="publicationreply_has_text", condition=~Q(text="")),
            CheckConstraint(
                name="publicationreply_text_language_known", condition=Q(text_language__in=["km", "en"])
            ),
            UniqueConstraint(
                fields=["publication", "provider"],
                condition=Q(provider__isnull=False),
                name="publicationreply_one_per_provider",
            ),
            UniqueConstraint(
                fields=["publication"],
                condition=Q(provider__isnull=True),
                name="publicationreply_one_of_the_commune",
            ),
        ]

    def __str__(self):
        return self.text[:60]
