"""The trail of what was done, and the signs of life of the processes that do it."""

from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One line of the trail: ids, codes and counts, never names or texts. No foreign keys, so that it outlives all.

    `verb` is `app.noun.past_participle`. Written by `accounts.audit.record` alone, changed by nobody: on PostgreSQL
    a trigger refuses, and on both engines the model does.
    """

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)  # the person's id; empty for the timetable
    actor_label = models.CharField(max_length=40)  # the role, as it was
    verb = models.CharField(max_length=80)
    noun = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    area = models.CharField(max_length=8, blank=True)
    version = models.PositiveIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("audit event")
        indexes = [
            models.Index(fields=["noun", "object_id"], name="audit_by_object"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]
        constraints = [
            CheckConstraint(
                name="audit_verb_has_form", condition=Q(verb__regex=r"^[a-z_]+\.[a-z_]+\.[a-z_]+$")
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb} {self.object_id}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("The audit trail is append-only.")


class Heartbeat(models.Model):
    """The last sign of life of a process, such as the task worker; `readyz` and `doctor` judge by it."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self):
        return self.name
