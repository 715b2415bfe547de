"""`load_standard_lists`: services, scales, tags and criteria that every installation starts with."""

from django.core.management.base import BaseCommand

from scorecards.operations.standard_lists import load_standard_lists


class Command(BaseCommand):
    help = "Adds what is missing of the standard services, scales, tags and criteria; changes nothing that is there."

    def handle(self, *args, **options):
        self.stdout.write(load_standard_lists(by=None).summary())
