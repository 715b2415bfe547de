"""Meetings: recorded once, corrected while people still look for the right number."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.attendance import Counts, checked_attendance
from communities.enums import AreaLevel, MeetingKind, MeetingStatus, ScoringMethod
from communities.models import (
    Area,
    Attendance,
    AttendanceCount,
    Facilitator,
    Meeting,
    Organisation,
    Programme,
    ServiceProvider,
)
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text

# What a correction may change. Kind, programme, commune and year say which meeting it is.
CORRECTABLE = frozenset(
    {
        "held_on", "starts_at", "ends_at", "place", "method", "spoken_language", "notes", "status", "status_reason",
        "village", "provider", "facilitators", "attendance",
    }
)  # fmt: skip
LENGTHS = {"place": 160, "spoken_language": 60, "notes": 5_000, "status_reason": 300}


class MeetingRefused(Refused):
    """The meeting cannot have been like this; the message says what is wrong."""


@transaction.atomic
def record_meeting(
    *,
    client_id: UUID | str,
    kind: str,
    programme: Programme,
    organisation: Organisation,
    commune: Area,
    year: int,
    held_on: date,
    village: Area | None = None,
    provider: ServiceProvider | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    method: str = "",
    spoken_language: str = "",
    facilitators: Sequence[Facilitator] = (),
    notes: str = "",
    status: str = MeetingStatus.HELD,
    status_reason: str = "",
    attendance: Mapping[str, Mapping[str, int | None]] | None = None,
    by: User,
) -> Meeting:
    """Keep one meeting with who came.

    `attendance` is {AttendanceRole: {PeopleGroup: people}}; None is a number nobody counted. A device may send
    the same meeting again: the same `client_id` answers the meeting that was kept.
    """
    meeting = Meeting(
        client_id=_uuid(client_id), kind=kind, programme=programme, organisation=organisation, commune=commune,
        year=year, held_on=held_on, village=village, provider=provider, starts_at=starts_at, ends_at=ends_at,
        place=place, method=method, spoken_language=spoken_language, notes=notes, status=status,
        status_reason=status_reason, recorded_at=timezone.now(), recorded_by=by,
    )  # fmt: skip
    before = Meeting.objects.filter(client_id=meeting.client_id).first()
    return _same_meeting(before, meeting) if before else _record(meeting, attendance or {}, facilitators)


@transaction.atomic
def correct_meeting(*, meeting: Meeting, by: User, **changes) -> Meeting:
    """Change what was written down of a meeting: the fields of `CORRECTABLE`, those not named stay.

    `attendance` replaces the counts of the roles it names.
    """
    if unknown := set(changes) - CORRECTABLE:
        raise TypeError(f"a correction cannot change {', '.join(sorted(unknown))}")
    now = timezone.now()
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    counts = checked_attendance(changes.pop("attendance", None) or {})
    facilitators = changes.pop("facilitators", None)
    for field, value in changes.items():
        setattr(meeting, field, value)
    _clean(meeting)
    _refuse(meeting)
    meeting.save()
    if facilitators is not None:
        meeting.facilitators.set(facilitators)
    _store(meeting, counts)
    _note("communities.meeting.corrected", meeting, counts, by=by, at=now)
    return meeting


def _uuid(client_id: UUID | str) -> UUID:
    try:
        return client_id if isinstance(client_id, UUID) else UUID(str(client_id))
    except ValueError as fault:
        raise MeetingRefused(_("This page is damaged. Load it again, then save.")) from fault


def _same_meeting(kept: Meeting, sent: Meeting) -> Meeting:
    """The meeting of this `client_id`, unless the id stands for another one."""
    if any(getattr(kept, name) != getattr(sent, name) for name in ("programme", "commune", "kind")):
        raise MeetingRefused(_("This page was used for another meeting. Load it again, then save."))
    return kept


def _record(
    meeting: Meeting, attendance: Mapping[str, Mapping[str, int | None]], facilitators: Sequence[Facilitator]
) -> Meeting:
    counts = checked_attendance(attendance)
    _clean(meeting)
    _refuse_identity(meeting)
    _refuse(meeting)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError:  # a device sent it twice at the same moment
        return _same_meeting(Meeting.objects.get(client_id=meeting.client_id), meeting)
    meeting.facilitators.set(facilitators)
    _store(meeting, counts)
    _note("communities.meeting.recorded", meeting, counts, by=meeting.recorded_by, at=meeting.recorded_at)
    return meeting


def _clean(meeting: Meeting) -> None:
    for field, at_most in LENGTHS.items():
        setattr(meeting, field, plain_text(getattr(meeting, field), at_most=at_most))


def _refuse_identity(meeting: Meeting) -> None:
    programme = meeting.programme
    if meeting.kind not in MeetingKind.values:
        raise MeetingRefused(_("Choose what kind of meeting it was."))
    if meeting.commune.level != AreaLevel.COMMUNE:
        raise MeetingRefused(_("Choose a commune or sangkat."))
    if not programme.runs_in(meeting.year):
        raise MeetingRefused(_("The programme does not run in this year."))
    if not programme.partners.filter(organisation=meeting.organisation).exists():
        raise MeetingRefused(_("This organisation does not work in the programme."))


def _refuse(meeting: Meeting) -> None:
    if meeting.status not in MeetingStatus.values:
        raise MeetingRefused(_("Say whether the meeting was held."))
    if meeting.method and meeting.method not in ScoringMethod.values:
        raise MeetingRefused(_("Choose how people scored."))
    if meeting.held_on is None:
        raise MeetingRefused(_("Say on which day the meeting was."))
    if meeting.status == MeetingStatus.HELD and meeting.held_on > timezone.localdate():
        raise MeetingRefused(_("A meeting that was held cannot be in the future. Check the date."))
    if meeting.starts_at and meeting.ends_at and meeting.starts_at >= meeting.ends_at:
        raise MeetingRefused(_("The meeting ends before it begins. Check the times."))
    if meeting.status in {MeetingStatus.POSTPONED, MeetingStatus.CANCELLED} and not meeting.status_reason:
        raise MeetingRefused(_("Say why the meeting was not held."))
    _refuse_place(meeting)


def _refuse_place(meeting: Meeting) -> None:
    village, commune = meeting.village, meeting.commune
    if village and (village.level != AreaLevel.VILLAGE or village.parent_id != commune.code):
        raise MeetingRefused(_("This village does not lie in the commune."))
    if meeting.provider and not _has_to_do_with(meeting.provider, commune, meeting.year):
        raise MeetingRefused(_("This provider does not serve the commune."))


def _has_to_do_with(provider: ServiceProvider, commune: Area, year: int) -> bool:
    """It stands in the commune, or serves it."""
    return provider.located_in.code.startswith(commune.code) or provider.serves(commune, year)


def _store(meeting: Meeting, counts: Counts) -> None:
    for role, groups in counts.items():
        attendance, _made = Attendance.objects.get_or_create(meeting=meeting, role=role)
        attendance.counts.all().delete()
        AttendanceCount.objects.bulk_create(
            AttendanceCount(attendance=attendance, people_group=group, count=count)
            for group, count in groups.items()
        )


def _note(verb: str, meeting: Meeting, counts: Counts, *, by: User, at) -> None:
    people = {f"{role}_count": groups.get("total") for role, groups in counts.items()}
    record(
        verb, noun="meeting", object_id=meeting.pk, by=by, at=at, area=meeting.commune.code, kind=meeting.kind,
        status=meeting.status, **people,
    )  # fmt: skip
