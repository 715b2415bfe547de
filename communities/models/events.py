"""Meetings and who came: counts by role and group; names only where a programme needs them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.enums import AttendanceRole, MeetingKind, MeetingStatus, PeopleGroup, ScoringMethod
from communities.models.areas import Area
from communities.models.organisations import Facilitator, Organisation
from communities.models.programmes import Programme
from communities.models.providers import ServiceProvider
from isaf_portal.lib.constraints import at_with_by, one_of


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(reach(user, Permission.SEE_ROUNDS, Meeting.scopes))


class Meeting(models.Model):
    """Any meeting of the yearly round. A device may make it, hence `client_id`."""

    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    kind = models.CharField(_("kind"), max_length=20, choices=MeetingKind.choices)
    status = models.CharField(max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="meetings")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    commune = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="meetings")
    year = models.PositiveSmallIntegerField()
    village = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    provider = models.ForeignKey(
        ServiceProvider, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings"
    )
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)
    method = models.CharField(_("method"), max_length=20, choices=ScoringMethod.choices, blank=True)
    spoken_language = models.CharField(_("language spoken"), max_length=60, blank=True)
    facilitators = models.ManyToManyField(Facilitator, blank=True, related_name="meetings")
    notes = models.TextField(_("notes"), blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = MeetingQuerySet.as_manager()
    scopes = Scopes(
        area="commune__code", organisation="organisation", programme="programme", provider="provider"
    )

    class Meta:
        verbose_name = _("meeting")
        indexes = [models.Index(fields=["programme", "commune", "year"], name="meeting_of_round")]
        constraints = [
            one_of("meeting", "kind", MeetingKind),
            one_of("meeting", "status", MeetingStatus),
            at_with_by("meeting", "recorded"),
            CheckConstraint(
                name="meeting_starts_before_it_ends",
                condition=Q(starts_at__isnull=True)
                | Q(ends_at__isnull=True)
                | Q(starts_at__lt=models.F("ends_at")),
            ),
            CheckConstraint(
                name="meeting_not_held_has_reason",
                condition=~Q(status__in=["postponed", "cancelled"]) | ~Q(status_reason=""),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.held_on:%Y-%m-%d}"


class MeetingChange(models.Model):
    """A planned meeting was put off to another day, or does not take place (`to_on` empty), and why."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="changes")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("change of a meeting's day")
        constraints = [CheckConstraint(name="meetingchange_has_reason", condition=~Q(reason=""))]

    def __str__(self):
        return f"{self.meeting_id} {self.from_on:%Y-%m-%d}"


class Attendance(models.Model):
    """People of one role at one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    role = models.CharField(max_length=12, choices=AttendanceRole.choices)

    class Meta:
        verbose_name = _("attendance")
        constraints = [
            one_of("attendance", "role", AttendanceRole),
            UniqueConstraint(fields=["meeting", "role"], name="attendance_one_per_role"),
        ]

    def __str__(self):
        return self.role


class AttendanceCount(models.Model):
    """How many people of one group there were. Nobody's name, so flags can be counted without pointing."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="counts")
    people_group = models.CharField(max_length=24, choices=PeopleGroup.choices)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("attendance count")
        constraints = [
            one_of("attendancecount", "people_group", PeopleGroup),
            UniqueConstraint(fields=["attendance", "people_group"], name="attendancecount_once"),
        ]

    def __str__(self):
        return f"{self.people_group} {self.count}"
