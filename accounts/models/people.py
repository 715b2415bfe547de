"""Who you are."""

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
                name="user_has_email_or_phone",
                # A number that went to somebody else is taken from the person, who then cannot sign in by it.
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(is_active=False),
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
