"""Organisations: partners, donors and authorities."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from communities.access import holds_everywhere
from communities.enums import OrganisationKind
from communities.models import Organisation, Programme
from communities.operations.fitness import OutOfReach, SettingRefused, keep, named
from communities.operations.programmes import join_programme
from isaf_portal.lib.texts import plain_text

LONGEST_NAME, LONGEST_SHORT_NAME = 160, 30  # characters


@transaction.atomic
def put_organisation(
    *,
    kind: str,
    name_km: str,
    by: User,
    organisation: Organisation | None = None,
    name_en: str = "",
    short_name: str = "",
    programme: Programme | None = None,
) -> Organisation:
    """Make an organisation or correct it. A new one becomes a partner of `programme`, which only who keeps every
    programme may leave out: nobody else would find it again."""
    now = timezone.now()
    is_new = organisation is None
    if is_new:
        _refuse_homeless(programme, by)
        organisation = Organisation(is_practice=programme.is_practice if programme else by.is_practice)
    else:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if kind not in OrganisationKind.values:
        raise SettingRefused(_("Choose what kind of organisation this is."))
    names = named(name_km, name_en, at_most=LONGEST_NAME)
    _refuse_twin(organisation, names["name_km"])
    keep(
        organisation,
        names | {"kind": kind, "short_name": plain_text(short_name, at_most=LONGEST_SHORT_NAME)},
    )
    if programme is not None:
        join_programme(programme=programme, organisation=organisation, by=by)
    record(
        f"communities.organisation.{'added' if is_new else 'changed'}", noun="organisation",
        object_id=organisation.pk, by=by, at=now, kind=kind,
    )  # fmt: skip
    return organisation


def _refuse_homeless(programme: Programme | None, by: User) -> None:
    if programme is None and not holds_everywhere(by, Permission.MANAGE_PROGRAMME):
        raise OutOfReach(_("Choose the programme that the organisation works in."))


def _refuse_twin(organisation: Organisation, name_km: str) -> None:
    same = Organisation.objects.filter(name_km=name_km, is_practice=organisation.is_practice)
    if same.exclude(pk=organisation.pk).exists():
        raise SettingRefused(_("An organisation of this name is there already."))
