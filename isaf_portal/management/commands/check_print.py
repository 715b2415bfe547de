from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from isaf_portal.lib.print_check import findings


class Command(BaseCommand):
    help = "Sets each line of a text file in a narrow table cell and reports what would not print well."

    def add_arguments(self, parser):
        parser.add_argument("textfile", type=Path, help="UTF-8, one text a line")

    def handle(self, *, textfile: Path, **options):
        texts = read_lines(textfile)
        found = findings(texts)
        for finding in found:
            self.stdout.write(f"line {finding.number}: {finding.problem} | {finding.text}")
        summary = f"{sum(1 for text in texts if text.strip())} lines set, {len(found)} findings"
        if found:
            raise CommandError(summary, returncode=1)
        self.stdout.write(summary)


def read_lines(textfile: Path) -> list[str]:
    try:
        return textfile.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{textfile} cannot be read as UTF-8 text: {error}") from error
