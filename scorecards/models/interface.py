"""The points of an interface meeting: criterion by criterion, what both sides said of it and what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.models import ServiceProvider
from isaf_portal.lib.constraints import one_of
from scorecards.enums import PointState
from scorecards.models.criteria import Criterion
from scorecards.models.rounds import Round


class InterfacePointQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_ROUNDS, InterfacePoint.scopes))


class InterfacePoint(models.Model):
    """One criterion of one provider on the agenda of the meeting. What was agreed on it are the agreed actions whose
    source it is (`ItemSource`); a parked point says in `note` what is still in the way.
    """

    scoring_round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="interface_points")
    provider = models.ForeignKey(ServiceProvider, on_delete=models.PROTECT, related_name="+")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PointState.choices, default=PointState.OPEN)
    note = models.CharField(_("note"), max_length=500, blank=True)
    revision = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = InterfacePointQuerySet.as_manager()
    scopes = Scopes(
        area="scoring_round__commune__code",
        organisation="scoring_round__organisation",
        programme="scoring_round__programme",
    )

    class Meta:
        verbose_name = _("point of the interface meeting")
        constraints = [
            one_of("interfacepoint", "state", PointState),
            UniqueConstraint(fields=["scoring_round", "provider", "criterion"], name="interfacepoint_once"),
            CheckConstraint(
                name="interfacepoint_parked_has_note", condition=~Q(state="parked") | ~Q(note="")
            ),
        ]

    def __str__(self):
        return f"{self.scoring_round_id} {self.criterion_id}"
