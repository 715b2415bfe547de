"""How many points a programme scores with: chosen before its first scorecard, then fixed."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import Programme
from isaf_portal.lib.errors import Refused
from scorecards.models import Scale, Scorecard


class ScaleRefused(Refused):
    """The programme cannot score with this scale."""


@transaction.atomic
def choose_scale(*, programme: Programme, points: int, by: User) -> None:
    """Three or five points. Figures of two scales cannot be put together, so it is refused once a scorecard exists."""
    now = timezone.now()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    if points == programme.scale_points:
        return
    if has_scorecards(programme):
        raise ScaleRefused(_("Scorecards of this programme use its scale, so it cannot change."))
    if not Scale.objects.filter(points=points).exists():
        raise ScaleRefused(_("There are no words for this scale yet. Load the standard lists."))
    programme.scale_points = points
    programme.save(update_fields=["scale_points"])
    record("scorecards.scale.chosen", noun="programme", object_id=programme.pk, by=by, at=now, points=points)


def has_scorecards(programme: Programme) -> bool:
    return Scorecard.objects.filter(programme=programme).exists()
