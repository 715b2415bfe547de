"""Somebody says that a locked scorecard is wrong; an officer decides whether it is reopened."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import reach
from isaf_portal.lib.constraints import at_with_by
from scorecards.enums import ReopeningDecision
from scorecards.models.scorecards import ScorecardVersion
from scorecards.scopes import scorecard_scopes

SCOPES = scorecard_scopes("version__scorecard__")


class ReopeningRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at__isnull=True)

    def visible_to(self, user):
        return self.filter(reach(user, Permission.DECIDE_REOPENING, *SCOPES))


class ReopeningRequest(models.Model):
    """A wish to reopen one locked version, with its reason; one may wait at a time."""

    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="reopening_requests")
    reason = models.CharField(_("what is wrong"), max_length=500)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=10, choices=ReopeningDecision.choices, blank=True)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ReopeningRequestQuerySet.as_manager()
    scopes = SCOPES

    class Meta:
        verbose_name = _("request to reopen")
        constraints = [
            at_with_by("reopeningrequest", "decided"),
            CheckConstraint(name="reopeningrequest_has_reason", condition=~Q(reason="")),
            CheckConstraint(
                name="reopeningrequest_decided_has_decision",
                condition=Q(decision="", decided_at__isnull=True)
                | Q(decision__in=ReopeningDecision.values, decided_at__isnull=False),
            ),
            CheckConstraint(
                name="reopeningrequest_refused_has_answer", condition=~Q(decision="refused") | ~Q(answer="")
            ),
            UniqueConstraint(
                fields=["version"],
                condition=Q(decided_at__isnull=True),
                name="reopeningrequest_one_waiting",
            ),
        ]

    def __str__(self):
        return f"{self.version_id} {self.decision}"
