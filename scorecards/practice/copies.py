"""A practice commune of one's own, under one's own account: opened, and started again."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import Area, Assignment, ServiceType
from communities.models.areas import PRACTICE_PROVINCE
from isaf_portal.lib.errors import Refused
from scorecards.models import PracticeCopy
from scorecards.operations.standard_lists import load_standard_lists
from scorecards.practice.copy_world import build_copy
from scorecards.practice.removal import part_of, remove_part

# Whoever keeps the portal in order practises what the people do whom they help.
PRACTISED_AS = {"administrator": "ngo_officer"}
DISTRICT_ROLE = "district_officer"
# District 01 is the practice commune for all. Others share districts from 02 upwards; whoever sees a whole district
# has one alone, from 99 downwards, so that nobody looks into the commune of somebody else.
SHARED = range(2, 100)
ALONE = range(99, 1, -1)
COMMUNES = range(1, 100)


class NotToPractise(Refused):
    """There is nothing to practise, or no room to do it."""


@transaction.atomic
def open_practice(*, person: User, by: User) -> PracticeCopy:
    """The person's practice commune, made if it is not there or if the person's roles have become others.

    A round stands in it at the stage in which each role has its first task; the other people in it are invented and
    cannot sign in.
    """
    copy = PracticeCopy.objects.filter(person=person).select_related("commune").first()
    if copy and _mirrored(person) == _practised(person):
        return copy
    return start_practice_again(person=person, by=by)


@transaction.atomic
def start_practice_again(*, person: User, by: User) -> PracticeCopy:
    """Take the person's practice commune away and make it anew, as it was on the first day."""
    now = timezone.now()
    User.objects.select_for_update().get(pk=person.pk)
    roles = _practised(person)
    if person.is_practice:
        raise NotToPractise(_("You practise already: everything that you see is invented."))
    if not roles:
        raise NotToPractise(_("You have no role today, so there is nothing to practise."))
    load_standard_lists(by=None)
    # One after the other: two who open at the same moment would be given the same code.
    ServiceType.objects.select_for_update().get(code="HC")
    old = PracticeCopy.objects.filter(person=person).select_related("commune").first()
    if old:
        remove_part(part_of(old.commune))
    Assignment.objects.filter(user=person, is_practice=True).delete()
    commune = build_copy(person=person, roles=roles, code=_free_code(DISTRICT_ROLE in roles))
    copy = PracticeCopy.objects.create(person=person, commune=commune, made_at=now)
    record(
        "scorecards.practice.opened", noun="practice", object_id=commune.code, by=by, at=now, area=commune.code,
        roles=",".join(sorted(roles)), again=old is not None,
    )  # fmt: skip
    return copy


def _practised(person: User) -> frozenset[str]:
    """The roles of today in which the person practises."""
    held = person.assignments.current(timezone.localdate()).filter(is_practice=False)
    return _as_practised(held.values_list("role", flat=True))


def _mirrored(person: User) -> frozenset[str]:
    return frozenset(person.assignments.filter(is_practice=True).values_list("role", flat=True))


def _as_practised(roles: Iterable[str]) -> frozenset[str]:
    return frozenset(PRACTISED_AS.get(role, role) for role in roles)


def _free_code(is_alone: bool) -> str:
    """The code of the next free practice commune."""
    places = Area.objects.filter(code__startswith=PRACTICE_PROVINCE, level=3)
    taken = set(places.values_list("code", flat=True))
    officers = Assignment.objects.filter(is_practice=True, role=DISTRICT_ROLE)
    watched = set(officers.values_list("area__code", flat=True))
    for number in ALONE if is_alone else SHARED:
        district = f"{PRACTICE_PROVINCE}{number:02}"
        if district in watched or (is_alone and any(code.startswith(district) for code in taken)):
            continue
        for commune in COMMUNES:
            if (code := f"{district}{commune:02}") not in taken:
                return code
    raise NotToPractise(_("All practice communes are in use. Ask the administrator to take old ones away."))
