"""Community-based organisations: name, commune, kind and counts, and nothing else, since being listed can be a risk."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from communities.models import Area, Cbo, CboYear
from communities.operations.fitness import (
    SettingRefused,
    keep,
    named,
    refuse_other_than_commune,
    refuse_out_of_reach,
)
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_KIND = 160, 60  # characters
MOST_MEMBERS = 99_999


@transaction.atomic
def put_cbo(
    *, name_km: str, commune: Area, kind: str, by: User | None, cbo: Cbo | None = None, name_en: str = ""
) -> Cbo:
    """Make a group or correct it. No contacts and no state of registration are kept."""
    now = timezone.now()
    is_new = cbo is None
    cbo = Cbo() if is_new else Cbo.objects.select_for_update().get(pk=cbo.pk)
    refuse_other_than_commune(commune)
    names = named(name_km, name_en, at_most=LONGEST_NAME)
    if not (kind := plain_text(kind, at_most=LONGEST_KIND)):
        raise SettingRefused(_("Write what kind of group this is."))
    if Cbo.objects.filter(commune=commune, name_km=names["name_km"]).exclude(pk=cbo.pk).exists():
        raise SettingRefused(_("A group of this name is there already."))
    keep(cbo, names | {"commune": commune, "kind": kind})
    refuse_out_of_reach(cbo, Permission.MANAGE_CBOS, by=by)
    record(
        f"communities.cbo.{'added' if is_new else 'changed'}", noun="cbo", object_id=cbo.pk, by=by, at=now,
        area=commune.code,
    )  # fmt: skip
    return cbo


@transaction.atomic
def put_cbo_year(
    *, cbo: Cbo, year: int, members_count: int, by: User | None, female_count: int | None = None
) -> CboYear:
    """How many members the group had in a year; said again, it replaces what was said. None: nobody counted."""
    now = timezone.now()
    cbo = Cbo.objects.select_for_update().get(pk=cbo.pk)
    if not 0 <= members_count <= MOST_MEMBERS:
        raise SettingRefused(_("A group has at most 99,999 members."))
    if female_count is not None and not 0 <= female_count <= members_count:
        raise SettingRefused(_("There cannot be more women than members."))
    counted, _is_new = CboYear.objects.update_or_create(
        cbo=cbo, year=year, defaults={"members_count": members_count, "female_count": female_count}
    )
    record(
        "communities.cbo.counted", noun="cbo", object_id=cbo.pk, by=by, at=now, area=cbo.commune.code,
        year=year, members=members_count, female=female_count,
    )  # fmt: skip
    return counted
