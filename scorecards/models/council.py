"""What the council says of one version of a plan: remarks, private reading marks, the decision of its session."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from isaf_portal.lib.constraints import at_with_by, one_of
from isaf_portal.lib.files import StoredFile
from scorecards.enums import CouncilOutcome
from scorecards.models.action_plans import ActionItem, PlanVersion


class PlanRemarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        """For the council and those who write or answer for the plan; what councillors ask is nobody else's business."""
        return self.filter(
            reach(user, Permission.REMARK_ON_PLAN, PlanRemark.scopes)
            | reach(user, Permission.ANSWER_REMARK, PlanRemark.scopes)
        )


class PlanRemark(models.Model):
    """A remark or question before the session, on one item or on the whole plan."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="remarks")
    item = models.ForeignKey(
        ActionItem, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks"
    )
    text = models.TextField(_("remark or question"))
    text_language = models.CharField(max_length=2, default="km")
    remarked_at = models.DateTimeField()
    remarked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanRemarkQuerySet.as_manager()
    scopes = Scopes(
        area="plan_version__plan__commune__code",
        organisation="plan_version__plan__scoring_round__organisation",
        programme="plan_version__plan__scoring_round__programme",
    )

    class Meta:
        verbose_name = _("remark on a plan")
        constraints = [
            CheckConstraint(name="planremark_has_text", condition=~Q(text="")),
            CheckConstraint(
                name="planremark_text_language_known", condition=Q(text_language__in=["km", "en"])
            ),
            at_with_by("planremark", "answered"),
            CheckConstraint(
                name="planremark_answered_has_text",
                condition=Q(answer="", answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return self.text[:60]


class PlanReading(models.Model):
    """A person's private mark that they read an item; nobody else sees it."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="readings")
    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("reading mark")
        constraints = [UniqueConstraint(fields=["plan_version", "item", "read_by"], name="planreading_once")]

    def __str__(self):
        return f"{self.plan_version_id} {self.item_id}"


class CouncilDecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_SUBMITTED_PLANS, CouncilDecision.scopes))


class CouncilDecision(models.Model):
    """What the council decided in its session, as the minutes say: recorded by the clerk, then confirmed."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="decisions")
    session_number = models.CharField(_("session number"), max_length=40)
    held_on = models.DateField(_("date"))
    present_count = models.PositiveSmallIntegerField(_("councillors present"))
    present_female_count = models.PositiveSmallIntegerField(_("of whom women"), null=True, blank=True)
    council_size = models.PositiveSmallIntegerField(_("members of the council"))
    outcome = models.CharField(_("the council decided"), max_length=14, choices=CouncilOutcome.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    left_out = models.ManyToManyField(ActionItem, blank=True, related_name="left_out_by_decisions")
    agrees_to_publish = models.BooleanField(_("the council agrees to publish the plan"), default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)  # the last confirmation that was needed

    objects = CouncilDecisionQuerySet.as_manager()
    scopes = Scopes(
        area="plan_version__plan__commune__code",
        organisation="plan_version__plan__scoring_round__organisation",
        programme="plan_version__plan__scoring_round__programme",
    )

    class Meta:
        verbose_name = _("decision of the council")
        constraints = [
            one_of("councildecision", "outcome", CouncilOutcome),
            UniqueConstraint(fields=["plan_version"], name="councildecision_one_per_version"),
            CheckConstraint(name="councildecision_has_session_number", condition=~Q(session_number="")),
            CheckConstraint(
                name="councildecision_present_possible",
                condition=Q(present_count__gte=1) & Q(present_count__lte=F("council_size")),
            ),
            CheckConstraint(
                name="councildecision_women_not_above_present",
                condition=Q(present_female_count__isnull=True)
                | Q(present_female_count__lte=F("present_count")),
            ),
            CheckConstraint(
                name="councildecision_not_plain_has_reason", condition=Q(outcome="approve") | ~Q(reason="")
            ),
        ]

    def __str__(self):
        return f"{self.plan_version_id} {self.outcome}"


class DecisionConfirmation(models.Model):
    """The chief, or a person named for it, confirms that the minutes say this."""

    decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, related_name="confirmations")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("confirmation of a decision")
        constraints = [
            UniqueConstraint(fields=["decision", "confirmed_by"], name="decisionconfirmation_once")
        ]

    def __str__(self):
        return f"{self.decision_id} {self.confirmed_by_id}"


class Scan(StoredFile):
    """The photo or scan of the signed page of a decision: the paper is the original."""

    decision = models.ForeignKey(CouncilDecision, on_delete=models.PROTECT, related_name="scans")

    class Meta(StoredFile.Meta):
        verbose_name = _("scan")
        constraints = [*StoredFile.Meta.constraints]

    def __str__(self):
        return self.name
