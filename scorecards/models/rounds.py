"""The yearly round of one commune in a programme."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.models import Area, Organisation, Programme
from isaf_portal.lib.constraints import at_with_by, one_of
from scorecards.enums import RoundStatus, RoundStep


class RoundQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_ROUNDS, Round.scopes))

    def open(self):
        return self.filter(status=RoundStatus.OPEN)


class Round(models.Model):
    """One commune's yearly cycle in a programme; the dates are those planned."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="rounds")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="rounds")
    year = models.PositiveSmallIntegerField(_("year"))
    status = models.CharField(max_length=10, choices=RoundStatus.choices, default=RoundStatus.OPEN)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    interface_on = models.DateField(null=True, blank=True)
    council_on = models.DateField(null=True, blank=True)
    cip_on = models.DateField(null=True, blank=True)  # the commune begins to prepare its investment programme
    district_workshop_on = models.DateField(null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RoundQuerySet.as_manager()
    scopes = Scopes(area="commune__code", organisation="organisation", programme="programme")

    class Meta:
        verbose_name = _("annual round")
        constraints = [
            UniqueConstraint(
                fields=["programme", "commune", "year"], name="round_one_per_programme_commune_year"
            ),
            one_of("round", "status", RoundStatus),
            at_with_by("round", "opened"),
            at_with_by("round", "closed"),
            CheckConstraint(
                name="round_closed_has_its_time",
                condition=Q(status="closed", closed_at__isnull=False)
                | (~Q(status="closed") & Q(closed_at__isnull=True)),
            ),
            CheckConstraint(
                name="round_postponed_has_reason", condition=~Q(status="postponed") | ~Q(status_reason="")
            ),
        ]

    def __str__(self):
        return f"{self.commune_id} {self.year}"


class RoundDateChange(models.Model):
    """The planned day of a step of the round was moved, or the step does not take place (`to_on` empty), and why."""

    scoring_round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="date_changes")
    step = models.CharField(max_length=20, choices=RoundStep.choices)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of a planned day")
        constraints = [
            one_of("rounddatechange", "step", RoundStep),
            CheckConstraint(name="rounddatechange_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self):
        return f"{self.scoring_round_id} {self.step}"
