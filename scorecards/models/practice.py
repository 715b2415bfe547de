"""Whose practice commune is whose."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models import Area


class PracticeCopy(models.Model):
    """The practice commune that one person has to themselves: to try, delete and start again."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_copy"
    )
    commune = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="practice_copy")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("practice copy")

    def __str__(self):
        return f"{self.person_id} {self.commune_id}"
