"""The task of the house itself: a sign of life, by which `readyz` judges the worker."""

from celery import shared_task
from celery.signals import worker_ready

from isaf_portal.health import record_beat


@shared_task(name="isaf_portal.heartbeat")
def heartbeat() -> None:
    record_beat()


@worker_ready.connect
def beat_at_once(**_of_the_worker) -> None:
    """A worker that has just started need not wait for the timetable's next beat; through the queue, as every beat."""
    heartbeat.apply_async(expires=30)
