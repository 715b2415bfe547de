"""The Celery application: worker and timetable run `celery -A isaf_portal`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "isaf_portal.settings")

app = Celery("isaf_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
