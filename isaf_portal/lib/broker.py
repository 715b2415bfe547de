"""Handing work to the task worker, in two seconds at most and never at the cost of the page.

The row of the job is the truth about it and a sweep hands out again what was lost, so a broker that does not
answer is noted and nothing more.
"""

import logging
import os
from collections.abc import Iterable
from datetime import timedelta

import redis
from celery import current_app
from django.conf import settings
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

SECONDS_TO_ANSWER = 2
#: The name under which the worker leaves its signs of life, and how old the last one may be: three missed
#: beats, since one long export may hold up a beat or two.
WORKER = "worker"
BEAT_AT_LEAST_EVERY = timedelta(seconds=100)


def publish(task: str, calls: Iterable[dict]) -> bool:
    """Ask for the task once for each dict of arguments; whether the broker took all of them.

    The first that it does not take ends it: whoever waits for a page waits for one failure, not for many.
    """
    try:
        for arguments in calls:
            current_app.send_task(task, kwargs=arguments, retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        log.warning("%s could not be handed to the broker; the sweep will: %s", task, error)
        return False
    return True


def fault() -> str:
    """Why the broker would not take a task now, in one line; empty if it would."""
    if not settings.REDIS_URL:
        is_writable = os.access(settings.BROKER_DIR / "messages", os.W_OK)
        return "" if is_writable else f"cannot write to {settings.BROKER_DIR}"
    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=SECONDS_TO_ANSWER, socket_timeout=SECONDS_TO_ANSWER
    )
    try:
        client.ping()
    except redis.RedisError as error:
        return f"Redis does not answer: {str(error).strip().splitlines()[0]}"
    finally:
        client.close()
    return ""
