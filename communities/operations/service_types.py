"""Services that are scored: commune administration, primary school, health centre, and what is added."""

import re

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.access import is_practising
from communities.models import Programme, ServiceType
from communities.operations.fitness import SettingRefused, keep, named
from isaf_portal.lib.texts import plain_text

LONGEST_NAME = 120  # characters
CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")


@transaction.atomic
def put_service(
    *,
    code: str,
    name_km: str,
    sector_km: str,
    by: User,
    service: ServiceType | None = None,
    name_en: str = "",
    sector_en: str = "",
    is_scored_by_village: bool = True,
) -> ServiceType:
    """Add a service or correct it. Its code stays for life: lists and papers know it by that."""
    now = timezone.now()
    is_new = service is None
    refuse_practice(by)
    service = ServiceType() if is_new else ServiceType.objects.select_for_update().get(pk=service.pk)
    code = plain_text(code, at_most=20).upper() if is_new else service.code
    if is_new:
        _refuse_code(code)
    sector = {"sector_km": plain_text(sector_km, at_most=LONGEST_NAME)}
    if not sector["sector_km"]:
        raise SettingRefused(_("Write the sector in Khmer."))
    sector["sector_en"] = plain_text(sector_en, at_most=LONGEST_NAME)
    names = named(name_km, name_en, at_most=LONGEST_NAME) | sector
    keep(service, names | {"code": code, "is_scored_by_village": is_scored_by_village})
    record(
        f"communities.service.{'added' if is_new else 'changed'}", noun="service", object_id=service.pk, by=by,
        at=now, code=code, is_scored_by_village=is_scored_by_village,
    )  # fmt: skip
    return service


def refuse_practice(by: User) -> None:
    """The lists of services and criteria are one for practice and real work: practice may change them only while
    there is no real work."""
    if is_practising(by) and Programme.objects.filter(is_practice=False).exists():
        raise SettingRefused(_("Real programmes use this list, so practice people cannot change it."))


def _refuse_code(code: str) -> None:
    if not CODE.fullmatch(code):
        raise SettingRefused(
            _("A code has 2 to 10 Latin letters or digits and begins with a letter, such as WS.")
        )
    if ServiceType.objects.filter(code=code).exists():
        raise SettingRefused(_("Another service has the code %(code)s.") % {"code": code})
