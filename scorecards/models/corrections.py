"""What was corrected on a fixed plan without a new session: spelling and unit, never money, date, lead or activity."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from scorecards.models.action_plans import ActionItem, PlanVersion

# Of an agreed action, what is clerical; all else is for the council.
CLERICAL_FIELDS = ("proposer", "target", "location", "unit", "partners")


class ClericalCorrection(models.Model):
    """One word put right. `plan_version` is the version that was made for it, whose print says so."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="corrections")
    item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="corrections")
    field = models.CharField(max_length=20)
    before = models.CharField(max_length=400, blank=True)
    after = models.CharField(max_length=400, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("clerical correction")
        constraints = [
            CheckConstraint(
                name="clericalcorrection_field_is_clerical", condition=Q(field__in=CLERICAL_FIELDS)
            ),
            CheckConstraint(name="clericalcorrection_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.item_id} {self.field}"
