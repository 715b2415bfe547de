"""The ways in: what slows down guessing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
