"""The Joint Accountability Action Plan (JAAP): its items, and the frozen copies that the council reads."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, F, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.models import Area, Meeting, ServiceProvider
from isaf_portal.lib.constraints import at_with_by, has_khmer, not_after, one_of
from scorecards.enums import ItemPriority, ItemRoute, PlanSection, PlanStatus
from scorecards.models.criteria import Criterion
from scorecards.models.rounds import Round


class ActionPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Drafts for those who draft; for everybody else what was submitted to the council at least once."""
        has_version = Exists(PlanVersion.objects.filter(plan=OuterRef("pk")))
        return self.filter(
            reach(user, Permission.SEE_DRAFT_PLANS, ActionPlan.scopes)
            | (reach(user, Permission.SEE_SUBMITTED_PLANS, ActionPlan.scopes) & Q(has_version))
        )


class ActionPlan(models.Model):
    """One commune's plan for one year. Rounds of any programme feed it through its items; the round it was drafted
    from says which programme's words and which organisation look after it.
    """

    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="action_plans")
    plan_year = models.PositiveSmallIntegerField(_("year of the plan"))
    scoring_round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="action_plans")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="action_plans"
    )
    status = models.CharField(max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.CharField(_("reason"), max_length=500, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActionPlanQuerySet.as_manager()
    scopes = Scopes(
        area="commune__code",
        organisation="scoring_round__organisation",
        programme="scoring_round__programme",
        provider="items__provider",
    )

    class Meta:
        verbose_name = _("action plan")
        constraints = [
            one_of("actionplan", "status", PlanStatus),
            UniqueConstraint(fields=["commune", "plan_year"], name="actionplan_one_per_commune_and_year"),
            at_with_by("actionplan", "drafted"),
            at_with_by("actionplan", "submitted"),
            at_with_by("actionplan", "returned"),
            at_with_by("actionplan", "approved"),
            at_with_by("actionplan", "closed"),
            CheckConstraint(
                name="actionplan_status_has_its_time",
                condition=Q(status="draft", approved_at__isnull=True, closed_at__isnull=True)
                | Q(status="submitted", submitted_at__isnull=False, approved_at__isnull=True, closed_at__isnull=True)
                | Q(status="returned", returned_at__isnull=False, approved_at__isnull=True, closed_at__isnull=True)
                | Q(status="approved", approved_at__isnull=False, closed_at__isnull=True)
                | Q(status="closed", approved_at__isnull=False, closed_at__isnull=False),
            ),
            CheckConstraint(
                name="actionplan_returned_has_reason", condition=~Q(status="returned") | ~Q(return_reason="")
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.commune_id} {self.plan_year}"

    @property
    def is_editable(self) -> bool:
        return self.status in {PlanStatus.DRAFT, PlanStatus.RETURNED}


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(plan__in=ActionPlan.objects.visible_to(user))

    def kept(self):
        """Neither deleted nor left out by the council: what stands in the plan."""
        return self.filter(deleted_at__isnull=True, left_out_at__isnull=True)


class ActionItem(models.Model):
    """One agreed action; it keeps its identity for life. A cost of 0 costs nothing, an empty one is unknown."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="items")
    section = models.CharField(_("section"), max_length=10, choices=PlanSection.choices)
    provider = models.ForeignKey(
        ServiceProvider, on_delete=models.PROTECT, null=True, blank=True, related_name="action_items"
    )
    order = models.PositiveSmallIntegerField(default=0)
    activity = models.CharField(_("activity"), max_length=400)
    proposer = models.CharField(_("proposer"), max_length=160, blank=True)
    target = models.CharField(_("target response"), max_length=240, blank=True)
    location = models.CharField(_("location"), max_length=160, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)  # the first day of the month
    ends_on = models.DateField(_("end"), null=True, blank=True)  # the first day of the month
    beneficiaries_count = models.PositiveIntegerField(_("beneficiaries"), null=True, blank=True)
    female_count = models.PositiveIntegerField(_("of whom women"), null=True, blank=True)
    cost_riel = models.BigIntegerField(_("estimated cost (riel)"), null=True, blank=True)
    is_cost_to_be_estimated = models.BooleanField(_("the cost is still to be estimated"), default=False)
    lead = models.CharField(_("who leads"), max_length=160, blank=True)
    partners = models.CharField(_("with whom"), max_length=240, blank=True)
    route = models.CharField(_("asked of"), max_length=12, choices=ItemRoute.choices, blank=True)
    priority = models.CharField(_("priority"), max_length=6, choices=ItemPriority.choices, blank=True)
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    left_out_at = models.DateTimeField(null=True, blank=True)
    left_out_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ActionItemQuerySet.as_manager()
    scopes = Scopes(
        area="plan__commune__code",
        organisation="plan__scoring_round__organisation",
        programme="plan__scoring_round__programme",
        provider="provider",
    )

    class Meta:
        verbose_name = _("agreed action")
        constraints = [
            has_khmer("actionitem", "activity"),
            one_of("actionitem", "section", PlanSection),
            CheckConstraint(
                name="actionitem_route_known", condition=Q(route="") | Q(route__in=ItemRoute.values)
            ),
            CheckConstraint(
                name="actionitem_priority_known", condition=Q(priority="") | Q(priority__in=ItemPriority.values)
            ),
            CheckConstraint(
                name="actionitem_section_has_its_partner",
                condition=Q(section="internal", provider__isnull=False, route="") | Q(section="external"),
            ),
            not_after("actionitem", "starts_on", "ends_on"),
            CheckConstraint(
                name="actionitem_months_are_first_days",
                condition=(Q(starts_on__isnull=True) | Q(starts_on__day=1))
                & (Q(ends_on__isnull=True) | Q(ends_on__day=1)),
            ),
            CheckConstraint(
                name="actionitem_female_not_above_beneficiaries",
                condition=Q(female_count__isnull=True) | Q(female_count__lte=F("beneficiaries_count")),
            ),
            CheckConstraint(
                name="actionitem_cost_not_negative", condition=Q(cost_riel__isnull=True) | Q(cost_riel__gte=0)
            ),
            CheckConstraint(
                name="actionitem_quantity_not_negative", condition=Q(quantity__isnull=True) | Q(quantity__gte=0)
            ),
            CheckConstraint(
                name="actionitem_not_carried_from_itself",
                condition=Q(carried_from__isnull=True) | ~Q(carried_from=F("id")),
            ),
            at_with_by("actionitem", "deleted"),
            at_with_by("actionitem", "left_out"),
        ]  # fmt: skip

    def __str__(self):
        return self.activity[:60]


class ItemSource(models.Model):
    """The low score that an agreed action answers: one criterion of one provider in one round, pooled."""

    item = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="sources")
    scoring_round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    provider = models.ForeignKey(ServiceProvider, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="answered_by")

    class Meta:
        verbose_name = _("score behind an agreed action")
        constraints = [
            UniqueConstraint(
                fields=["item", "scoring_round", "provider", "criterion"], name="itemsource_once"
            )
        ]

    def __str__(self):
        return f"{self.item_id} {self.criterion_id}"


class PlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            reach(user, Permission.SEE_DRAFT_PLANS, PlanVersion.scopes)
            | reach(user, Permission.SEE_SUBMITTED_PLANS, PlanVersion.scopes)
        )


class PlanVersion(models.Model):
    """The frozen copy of what is printed (`scorecards.plans.content`), never changed and never queried into."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = PlanVersionQuerySet.as_manager()
    scopes = Scopes(
        area="plan__commune__code",
        organisation="plan__scoring_round__organisation",
        programme="plan__scoring_round__programme",
        provider="plan__items__provider",
    )

    class Meta:
        verbose_name = _("version of an action plan")
        constraints = [
            UniqueConstraint(fields=["plan", "number"], name="planversion_number_once"),
            CheckConstraint(name="planversion_number_from_one", condition=Q(number__gte=1)),
            CheckConstraint(name="planversion_has_hash", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self):
        return f"{self.plan_id} v{self.number}"
