"""`manage.py doctor [NAME...]`: is everything there and reachable?"""

import sys

from django.core.management.base import BaseCommand

from isaf_portal.health import ALL, Unwell


class Command(BaseCommand):
    help = "Says of each part of the system, in one line, whether it is there; exit status 1 if something is wrong."
    # The system check would stop on the first fault instead of listing all of them.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these of: {', '.join(ALL)}")

    def handle(self, *args, names, **options):
        if unknown := sorted(set(names) - set(ALL)):
            sys.exit(f"doctor knows {', '.join(ALL)}; not {', '.join(unknown)}")
        results = [self.examine(name) for name in names or ALL]
        if not all(results):
            sys.exit(1)

    def examine(self, name: str) -> bool:
        try:
            finding, is_well = ALL[name](), True
        except Unwell as error:
            finding, is_well = str(error), False
        self.stdout.write(f"{'ok   ' if is_well else 'WRONG'} {name:<10} {finding}")
        return is_well
