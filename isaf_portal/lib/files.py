"""The two abstract files: what we make (one row per thing produced) and what people give us."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.constraints import at_with_by


class GeneratedFile(models.Model):
    """A file that the worker makes. This row, not the broker, is the truth about the job.

    `pending -> running -> ready | failed`. A worker takes a row by lease; a sweep hands out again what a
    dead worker or an emptied broker left behind. A ready file is never rewritten.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("Waiting to be made")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="documents/", blank=True, max_length=200)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            CheckConstraint(
                name="%(class)s_ready_has_file",
                condition=~Q(state="ready") | (~Q(file="") & ~Q(sha256="") & Q(ready_at__isnull=False)),
            ),
            CheckConstraint(
                name="%(class)s_running_has_lease",
                condition=~Q(state="running") | Q(lease_until__isnull=False),
            ),
            CheckConstraint(
                name="%(class)s_state_known", condition=Q(state__in=["pending", "running", "ready", "failed"])
            ),
        ]

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY

    @property
    def is_waiting(self) -> bool:
        return self.state in {self.State.PENDING, self.State.RUNNING}


class StoredFile(models.Model):
    """A scan or photo that somebody uploaded: kept as given, checked, found again by its hash."""

    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    file = models.FileField(upload_to="uploads/%Y/%m/", max_length=200)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints = [at_with_by("%(class)s", "uploaded")]
