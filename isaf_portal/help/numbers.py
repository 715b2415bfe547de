"""Whom to phone: the help numbers of the programmes that a person works in, else that of the server."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from accounts.models import User
from communities.access import assignments_of, is_practising
from communities.models import Programme


@dataclass(frozen=True)
class HelpNumber:
    phone: str
    of: str  # the name of the programme, or nothing

    @property
    def dialled(self) -> str:
        """For a link that phones: digits and a leading plus alone."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def help_numbers(person: User) -> list[HelpNumber]:
    """At most one query; each number once."""
    found = {each.help_phone: HelpNumber(each.help_phone, each.name) for each in _programmes(person)}
    if not found and settings.HELP_PHONE:
        return [HelpNumber(settings.HELP_PHONE, "")]
    return list(found.values())


def _programmes(person: User) -> list[Programme]:
    held = assignments_of(person)
    if not held:
        return []
    mine = Q(pk__in=[])
    for assignment in held:
        mine |= _of(assignment)
    with_number = Programme.objects.filter(mine, is_practice=is_practising(person)).exclude(help_phone="")
    return list(with_number.order_by("pk").distinct())


def _of(assignment) -> Q:
    """The programmes of one role: its own, those its organisation works in, those with rounds in its place."""
    if assignment.programme_id:
        return Q(pk=assignment.programme_id)
    if assignment.organisation_id:
        return Q(partners__organisation=assignment.organisation_id) | Q(
            grants__donor=assignment.organisation_id
        )
    if assignment.area_id:
        return Q(rounds__commune__code__startswith=assignment.area.code)
    if assignment.provider_id:
        return Q(rounds__commune__catchments__provider=assignment.provider_id)
    if assignment.cbo_id:
        return Q(rounds__commune__cbos=assignment.cbo_id)
    return Q(pk__in=[])
