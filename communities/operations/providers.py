"""Service providers: schools, health centres and administrations, and the communes that each serves."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from communities.models import Area, Catchment, ServiceProvider, ServiceType
from communities.models.providers import ADMINISTRATION
from communities.operations.fitness import (
    SettingRefused,
    keep,
    named,
    refuse_mixing_practice,
    refuse_other_than_commune,
    refuse_out_of_reach,
)
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_CODE = 160, 20  # characters
MOST_COMMUNES = 50


@transaction.atomic
def put_provider(
    *,
    service_type: ServiceType,
    name_km: str,
    located_in: Area,
    by: User | None,
    provider: ServiceProvider | None = None,
    name_en: str = "",
    official_code: str = "",
) -> ServiceProvider:
    """Make a provider or correct it. A new one serves the commune it stands in, until more are said; an
    administration serves exactly that."""
    now = timezone.now()
    is_new = provider is None
    service_type = ServiceType.objects.select_for_update().get(pk=service_type.pk)
    if is_new:
        provider = ServiceProvider(service_type=service_type)
    else:
        provider = ServiceProvider.objects.select_for_update().get(pk=provider.pk)
    refuse_other_than_commune(located_in)
    if not is_new and provider.service_type_id != service_type.pk:
        raise SettingRefused(_("A provider keeps its service. Close this one and add another."))
    if not is_new:
        refuse_mixing_practice(provider.located_in.is_practice, located_in.is_practice)
    values = named(name_km, name_en, at_most=LONGEST_NAME) | {
        "official_code": plain_text(official_code, at_most=LONGEST_CODE), "located_in": located_in,
    }  # fmt: skip
    _refuse_twin(provider, values)
    keep(provider, values)
    refuse_out_of_reach(provider, Permission.MANAGE_PROVIDERS, by=by)
    if is_new or service_type.code == ADMINISTRATION:
        _serve(provider, [located_in], from_year=None)
    record(
        f"communities.provider.{'added' if is_new else 'changed'}", noun="provider", object_id=provider.pk,
        by=by, at=now, area=located_in.code, service=service_type.code,
    )  # fmt: skip
    return provider


@transaction.atomic
def set_catchment(
    *, provider: ServiceProvider, communes: Sequence[Area], by: User | None, from_year: int | None = None
) -> None:
    """These communes are served from the first day of that year on; None is since before our records. Those that
    are not named were served until the year before."""
    now = timezone.now()
    provider = ServiceProvider.objects.select_for_update().get(pk=provider.pk)
    _refuse_communes(provider, communes)
    _serve(provider, communes, from_year=from_year)
    record(
        "communities.catchment.chosen", noun="provider", object_id=provider.pk, by=by, at=now,
        area=provider.located_in.code, communes=len(communes), from_year=from_year,
    )  # fmt: skip


@transaction.atomic
def close_provider(*, provider: ServiceProvider, active_to: date | None, by: User | None) -> None:
    """It serves nobody after this day; None brings it back. What was scored stays, and rounds of that year may still
    name it."""
    now = timezone.now()
    provider = ServiceProvider.objects.select_for_update().get(pk=provider.pk)
    if active_to and provider.active_from and active_to < provider.active_from:
        raise SettingRefused(_("It cannot close before it opened."))
    provider.active_to = active_to
    provider.save(update_fields=["active_to"])
    record(
        f"communities.provider.{'closed' if active_to else 'reopened'}", noun="provider", object_id=provider.pk,
        by=by, at=now, area=provider.located_in.code, year=active_to.year if active_to else None,
    )  # fmt: skip


def _serve(provider: ServiceProvider, communes: Sequence[Area], *, from_year: int | None) -> None:
    starts_on = date(from_year, 1, 1) if from_year else None
    ends_on = date(from_year - 1, 12, 31) if from_year else None
    served = provider.catchments.filter(served_to__isnull=True)
    gone = served.exclude(commune__in=communes)
    if from_year:
        # What would end before it began was a slip of this year: nothing of it is kept.
        gone.filter(served_from__gte=starts_on).delete()
        gone.update(served_to=ends_on)
    else:
        gone.delete()
    stays = set(served.values_list("commune_id", flat=True))
    for commune in (each for each in communes if each.pk not in stays):
        ended = provider.catchments.filter(commune=commune, served_to__isnull=False, served_to=ends_on)
        if back := ended.order_by("pk").first():
            back.served_to = None
            back.save(update_fields=["served_to"])
        else:
            Catchment.objects.create(provider=provider, commune=commune, served_from=starts_on)


def _refuse_communes(provider: ServiceProvider, communes: Sequence[Area]) -> None:
    if not 1 <= len(communes) <= MOST_COMMUNES:
        raise SettingRefused(_("A provider serves at least 1 and at most 50 communes."))
    if len({commune.pk for commune in communes}) < len(communes):
        raise SettingRefused(_("A commune is named twice."))
    for commune in communes:
        refuse_other_than_commune(commune)
        refuse_mixing_practice(commune.is_practice, provider.located_in.is_practice)
    if provider.is_administration and [each.pk for each in communes] != [provider.located_in_id]:
        raise SettingRefused(_("A commune administration serves its own commune and no other."))


def _refuse_twin(provider: ServiceProvider, values: dict) -> None:
    others = ServiceProvider.objects.filter(service_type=provider.service_type).exclude(pk=provider.pk)
    code = values["official_code"]
    if code and others.filter(official_code=code).exists():
        raise SettingRefused(
            _("Another provider of this service has the official code %(code)s.") % {"code": code}
        )
    here = Q(located_in=values["located_in"])
    if others.filter(here, name_km=values["name_km"]).exists():
        raise SettingRefused(_("A provider of this service and name stands in the commune already."))
    if provider.service_type.code == ADMINISTRATION and others.filter(here, active_to__isnull=True).exists():
        raise SettingRefused(_("This commune has its administration already."))
