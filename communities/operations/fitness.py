"""What every noun of the settings asks of its names and places, before it is kept."""

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from communities.enums import AreaLevel
from communities.models import Area
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text


class SettingRefused(Refused):
    """This cannot be kept like this; the message says what is wrong."""


class OutOfReach(Refused):
    """The person's roles do not reach this place, programme or organisation."""


def named(km: str, en: str, *, at_most: int, field: str = "name") -> dict[str, str]:
    """Both columns of a name, made fit to be kept; the Khmer one is needed."""
    names = {f"{field}_km": plain_text(km, at_most=at_most), f"{field}_en": plain_text(en, at_most=at_most)}
    if not names[f"{field}_km"]:
        raise SettingRefused(_("Write the name in Khmer."))
    return names


def keep(thing: Model, values: dict) -> Model:
    for field, value in values.items():
        setattr(thing, field, value)
    thing.save()
    return thing


def refuse_other_than_commune(commune: Area) -> None:
    if commune.level != AreaLevel.COMMUNE or commune.retired_on:
        raise SettingRefused(_("Choose a commune or sangkat."))


def refuse_mixing_practice(one: bool, other: bool) -> None:
    if one != other:
        raise SettingRefused(_("Practice and real work stay apart: choose both from the same."))


def refuse_out_of_reach(thing: Model, permission: Permission, *, by: User | None) -> None:
    """Called after the change, inside its transaction: what a person keeps must lie where their roles hold.
    None is a command of whoever runs the server.
    """
    if by is not None and not can(by, permission, on=thing):
        raise OutOfReach(_("Your roles do not reach this place, programme or organisation."))
