"""Write all strings of the portal with their places, for a native reader: to print, or to type into."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.template.loader import render_to_string
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from isaf_portal.help.words import Word, by_place, listed

COLUMNS = {"Where": 26, "Meaning": 16, "English": 55, "Khmer": 55, "Better word": 45}  # widths in letters


class Command(BaseCommand):
    help = "Write every string of the portal, English and Khmer, with its place and room for a better word."

    def add_arguments(self, parser):
        parser.add_argument("--output", required=True, type=Path, help="a file ending in .html or .xlsx")

    def handle(self, *, output: Path, **options):
        writers = {".html": write_page, ".xlsx": write_workbook}
        writer = writers.get(output.suffix)
        if writer is None:
            raise CommandError("The name of the file ends in .html (to print) or .xlsx (to type into).")
        with override("en"):
            words = listed()
            try:
                writer(words, output)
            except OSError as error:
                raise CommandError(f"{output} cannot be written: {error.strerror}") from error
        self.stdout.write(f"{len(words)} strings in {output}")


def write_page(words: list[Word], output: Path) -> None:
    html = render_to_string("isaf_portal/help/words_file.html", {"places": by_place(words)})
    output.write_text(html, encoding="utf-8")


def write_workbook(words: list[Word], output: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Words")
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDE", COLUMNS.values(), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.append([_cell(sheet, name, is_bold=True) for name in COLUMNS])
    for word in words:
        row = (word.place, word.context, word.shown_english, word.khmer, "")
        sheet.append([_cell(sheet, text) for text in row])
    book.save(output)


def _cell(sheet, text: str, *, is_bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # a string, even where it begins like a formula
    cell.font = Font(bold=is_bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
