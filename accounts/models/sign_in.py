"""The ways in: codes that are handed over, shared devices with a PIN, and what slows down guessing."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.constraints import one_of

PIN_TRIES = 5


class SignInAttempt(models.Model):
    """A failed sign-in, by a hash of the identifier and of the address: enough to slow guessing, nothing to leak."""

    identifier_hash = models.CharField(max_length=64)
    address_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("sign-in attempt")
        indexes = [models.Index(fields=["identifier_hash", "at"], name="attempt_by_identifier")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M}"


class AccessCodeKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")  # the first sign-in
    RETURN = "return", _("One-hour code")  # after a forgotten password


class AccessCodeQuerySet(models.QuerySet):
    def open(self, at: datetime):
        return self.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=at)


class AccessCode(models.Model):
    """A way in that somebody hands over, on screen or as a printed slip: good once, until it expires.

    Only hashes are kept: of the code that is typed beside the phone number, and of the link's token.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="access_codes"
    )
    kind = models.CharField(max_length=10, choices=AccessCodeKind.choices)
    code_hash = models.CharField(max_length=64)
    link_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(
        null=True, blank=True
    )  # a newer one took its place, or it was taken back

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("access code")
        constraints = [
            one_of("accesscode", "kind", AccessCodeKind),
            CheckConstraint(
                name="accesscode_made_before_it_expires", condition=Q(made_at__lt=F("expires_at"))
            ),
            CheckConstraint(
                name="accesscode_used_or_revoked",
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
            UniqueConstraint(
                fields=["person"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="accesscode_one_open_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.person_id}"


class SharedDevice(models.Model):
    """A browser that several people use, known by a token in its cookie, of which only a hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("shared device")

    def __str__(self):
        return str(self.pk)


class DevicePerson(models.Model):
    """Somebody who comes in on a shared device with a short PIN, until too many wrong ones or the last day."""

    device = models.ForeignKey(SharedDevice, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="devices")
    pin_hash = models.CharField(max_length=128)
    added_at = models.DateTimeField()
    expires_at = models.DateTimeField()  # then the password is asked for again
    last_used_at = models.DateTimeField(null=True, blank=True)
    failed_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("person on a shared device")
        constraints = [
            UniqueConstraint(fields=["device", "person"], name="deviceperson_once"),
            CheckConstraint(name="deviceperson_tries_bounded", condition=Q(failed_count__lte=PIN_TRIES)),
            CheckConstraint(name="deviceperson_has_pin", condition=~Q(pin_hash="")),
        ]

    def __str__(self):
        return f"{self.device_id} {self.person_id}"
