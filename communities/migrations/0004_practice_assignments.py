"""Roles of invented people are roles in practice; the column came after them."""

from django.db import migrations


def mark(apps, schema_editor):
    apps.get_model("communities", "Assignment").objects.filter(user__is_practice=True).update(is_practice=True)


class Migration(migrations.Migration):
    dependencies = [
        ("communities", "0003_delegates_freezes_and_put_off_meetings"),
        ("accounts", "0003_codes_and_shared_devices"),
    ]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
