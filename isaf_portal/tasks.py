"""The task of the house itself: a sign of life, by which `readyz` judges the worker."""

from celery import shared_task
from django.utils import timezone

from accounts.models import Heartbeat


@shared_task(name="isaf_portal.heartbeat")
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(name="worker", defaults={"beat_at": timezone.now()})
