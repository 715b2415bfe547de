"""Who you are, and the trail of what was done."""

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CheckConstraint, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(
        self, *, name: str, password: str | None, email: str = "", phone: str = "", language: str = "km"
    ):
        user = self.model(name=name, email=email.lower() or None, phone=phone or None, language=language)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username):
        return self.get(pk=username)


class User(AbstractBaseUser):
    """A person who signs in, by e-mail or by phone. Roles are `communities.Assignment` rows, never flags here."""

    class Language(models.TextChoices):
        KHMER = "km", _("Khmer")
        ENGLISH = "en", _("English")

    email = models.EmailField(_("e-mail"), null=True, blank=True, unique=True)
    phone = models.CharField(_("phone number"), max_length=16, null=True, blank=True, unique=True)  # +855...
    name = models.CharField(_("full name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.KHMER)
    is_active = models.BooleanField(default=True)
    is_practice = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            CheckConstraint(
                name="user_has_email_or_phone", condition=Q(email__isnull=False) | Q(phone__isnull=False)
            ),
            CheckConstraint(name="user_email_not_blank", condition=Q(email__isnull=True) | ~Q(email="")),
            CheckConstraint(
                name="user_phone_is_international",
                condition=Q(phone__isnull=True) | Q(phone__regex=r"^\+[0-9]{6,15}$"),
            ),
            CheckConstraint(name="user_language_known", condition=Q(language__in=["km", "en"])),
        ]

    def __str__(self):
        return self.name


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


class Heartbeat(models.Model):
    """The last sign of life of a process, such as the task worker; `readyz` and `doctor` judge by it."""

    name = models.CharField(max_length=40, unique=True)
    beat_at = models.DateTimeField()

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self):
        return self.name
