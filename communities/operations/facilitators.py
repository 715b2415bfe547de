"""Community facilitators: volunteers of a partner organisation, who need no account."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from communities.models import Area, Facilitator, Organisation
from communities.operations.fitness import (
    SettingRefused,
    keep,
    refuse_mixing_practice,
    refuse_other_than_commune,
    refuse_out_of_reach,
)
from isaf_portal.lib.texts import plain_text

LONGEST_NAME = 120  # characters


@transaction.atomic
def put_facilitator(
    *,
    organisation: Organisation,
    name: str,
    base_commune: Area,
    by: User | None,
    facilitator: Facilitator | None = None,
    is_female: bool | None = None,
    active_from: date | None = None,
    active_to: date | None = None,
) -> Facilitator:
    """Make a community facilitator or correct what is known. Whoever stopped stays on the meetings held before."""
    now = timezone.now()
    is_new = facilitator is None
    if not is_new:
        facilitator = Facilitator.objects.select_for_update().get(pk=facilitator.pk)
    facilitator = facilitator or Facilitator()
    refuse_other_than_commune(base_commune)
    refuse_mixing_practice(organisation.is_practice, base_commune.is_practice)
    if not (name := plain_text(name, at_most=LONGEST_NAME)):
        raise SettingRefused(_("Write the person's name."))
    if active_from and active_to and active_to < active_from:
        raise SettingRefused(_("The last day is before the first."))
    keep(
        facilitator,
        {
            "organisation": organisation, "name": name, "is_female": is_female, "base_commune": base_commune,
            "active_from": active_from, "active_to": active_to,
        },
    )  # fmt: skip
    refuse_out_of_reach(facilitator, Permission.RECORD_MEETING, by=by)
    record(
        f"communities.facilitator.{'added' if is_new else 'changed'}", noun="facilitator",
        object_id=facilitator.pk, by=by, at=now, area=base_commune.code, organisation=organisation.pk,
    )  # fmt: skip
    return facilitator
