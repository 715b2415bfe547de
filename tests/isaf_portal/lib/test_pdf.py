"""HTML to PDF: what is refused, what stands on the page, what a reader gets out of it again."""

import hashlib
import io
import logging
import os
import subprocess
import sys
from datetime import datetime

import pypdf
import pytest
from django.conf import settings
from weasyprint.draw import text as weasyprint_text

from isaf_portal.lib import fonts, pdf, pdf_lines
from tests.isaf_portal.lib.paper import fonts_of, structure_errors, text_of

STRINGS = [
    "ស្ត្រី",
    "ក្រែងចិត្ត",
    "បង្កើតក្រុម",
    "សៀមរាបនៅភ្នំពេញ",
    "ប៉ុណ្ណោះស៊ីវិល",
    "យ៉ាងហ៊ាន",
    "ពណ៌ព័ត៌មានធម៌",
    "បញ្ញត្តិកញ្ញា",
    "ប្រយោជន៍សាស្ត្រាចារ្យ",
    "ឱ្យឲ្យឯកភាព",
    "សរីរាង្គបច្ចុប្បន្នភាព",
    "ថវិកា ៥០% (USD 1,250) ឆ្នាំ២០២៧។",
]
CSS = """
html { font: 9pt/1.6 "Noto Sans", "Noto Sans Khmer", "Noto Sans Math", "Noto Sans Symbols" }
table { table-layout: fixed; width: 21mm; border-collapse: collapse }
td { padding: 0 }
b { font-weight: 700 }
h1 { font: 14pt/1.8 Moul, "Noto Sans Khmer" }
"""


@pytest.fixture
def stylesheet(tmp_path):
    path = tmp_path / "paper.css"
    path.write_text(CSS)
    return path


def page(*cells: str, lang: str = "km", title: str = "សាកល្បង", body: str = "") -> str:
    rows = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    head = f'<head><meta charset="utf-8"><title>{title}</title></head>'
    return f'<!doctype html><html lang="{lang}">{head}<body><main>{body}<table>{rows}</table></main></body></html>'


# --- Refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize("html", [page("ក", title=""), page("ក", lang="")])
def test_a_document_without_title_or_language_is_refused(html, stylesheet):
    with pytest.raises(pdf.Unprintable):
        pdf.render(html=html, stylesheet=stylesheet)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/logo.png", "http://127.0.0.1/logo.png", "file:///etc/hostname", "ftp://x/y.png"],
)
def test_nothing_is_fetched_but_files_of_ours(address, stylesheet):
    with pytest.raises(pdf.OutsideResource):
        pdf.render(html=page(body=f'<img src="{address}" alt="x">'), stylesheet=stylesheet)


# --- On the page -----------------------------------------------------------------------------------


def test_no_line_leaves_a_cell_of_21_mm(stylesheet):
    document = pdf.layout(html=page(*STRINGS), stylesheet=stylesheet)

    assert pdf_lines.overruns(document) == []
    shown = [line.text.strip("\u200b ") for line in pdf_lines.lines(document)]
    assert not [text for text in shown if text[0] in "។៕ៗ" or text.endswith("\u17d2")]


@pytest.mark.parametrize(
    "word",
    [
        "ប្រធានគណៈកម្មាធិការទទួលបន្ទុកកិច្ចការនារីនិងកុមារ",
        "Donaudampfschifffahrtsgesellschaft",
        "https://example.org/averylongaddresswithoutspaces",
        "123\u00a0456\u00a0789\u00a0012\u00a0345",
        "ស្ត្រីភ្នំ" * 12,
    ],
)
def test_what_fits_no_line_gives_way_in_its_own_cell(word, stylesheet):
    document = pdf.layout(html=page(word, "សុខភាព"), stylesheet=stylesheet)

    assert pdf_lines.overruns(document) == []
    joined = "".join(line.text for line in pdf_lines.lines(document))
    assert joined.replace("\u200b", "").replace(" ", "").endswith("សុខភាព")


def test_long_words_give_way_among_others_in_a_narrow_cell(stylesheet):
    stylesheet.write_text(CSS + "table { width: 11mm }")
    words = "សុខភាពគណៈកម្មការប្រជាពលរដ្ឋនិងរបាយការណ៍ចំណាយជាសាធារណៈដើម្បីឱ្យអ្នកទាំងអស់គ្នាបានដឹង"

    document = pdf.layout(html=page(words), stylesheet=stylesheet)

    shown = [line.text.replace("\u200b", "") for line in pdf_lines.lines(document)]
    assert pdf_lines.overruns(document) == []
    assert "".join(shown) == words
    assert {"សុខភាព", "ចំណាយ"} <= set(shown)


def test_the_check_sees_a_line_that_leaves_its_cell(stylesheet):
    stylesheet.write_text(CSS + "td { white-space: nowrap }")

    found = pdf_lines.overruns(pdf.layout(html=page("សៀមរាបនៅភ្នំពេញ " * 3), stylesheet=stylesheet))

    assert [line.page for line in found] == [1]
    assert found[0].overrun > 50


def test_a_protected_name_stays_on_one_line(stylesheet):
    html = page("នៅ ភូមិគំរូថ្មីយើង")

    document = pdf.layout(html=html, stylesheet=stylesheet, protected=["ភូមិគំរូ"])

    assert any("ភូមិគំរូ" in line.text for line in pdf_lines.lines(document))


def test_what_no_font_holds_is_shown_as_lost_and_reported(stylesheet, caplog):
    with caplog.at_level(logging.WARNING):
        document = pdf.layout(html=page("ល្អ 😊"), stylesheet=stylesheet)

    assert [line.text for line in pdf_lines.lines(document)] == ["ល្អ \ufffd"]
    assert "U+1F60A" in caplog.text


def test_no_glyph_is_missing_in_what_people_paste(stylesheet, caplog):
    with caplog.at_level(logging.WARNING):
        pdf.render(html=page("☑ ✓ → ≥ ½ é ọ • — … “ក” ៛ ៕ ◦"), stylesheet=stylesheet)

    assert not caplog.records


def test_all_parts_of_the_family_know_the_same_khmer():
    assert fonts.missing_characters("ក" + "".join(map(chr, range(0x17E0, 0x17EA))) + "៛។៕៖ៗ") == []
    assert fonts.missing_characters("漢 ក 漢😊") == ["漢", "😊"]


# --- In the file -------------------------------------------------------------------------------------


def test_khmer_can_be_copied_and_searched(stylesheet):
    """Fails when WeasyPrint no longer draws lines through the function that the text layer wraps."""
    found = text_of(pdf.render(html=page(*STRINGS), stylesheet=stylesheet))

    assert [text for text in STRINGS if text.replace(" ", "") not in found] == []
    assert hasattr(weasyprint_text.draw_first_line, "__wrapped__")


def test_only_our_fonts_are_in_the_file(stylesheet, tmp_path):
    html = page("ស្ត្រី A → ☑", body="<h1>ព្រះរាជាណាចក្រ</h1><b>ស្រី B</b>")

    assert fonts_of(pdf.render(html=html, stylesheet=stylesheet), tmp_path) == {
        "Moul",
        "Noto-Sans",
        "Noto-Sans-Bold",
        "Noto-Sans-Khmer",
        "Noto-Sans-Khmer-Bold",
        "Noto-Sans-Math",
        "Noto-Sans-Symbols",
    }


def test_making_a_pdf_hides_no_font_from_other_programs(stylesheet):
    before = os.environ.get("FONTCONFIG_FILE")

    pdf.render(html=page("ក"), stylesheet=stylesheet)

    assert os.environ.get("FONTCONFIG_FILE") == before


@pytest.mark.parametrize(
    ("variant", "claim"),
    [(pdf.ACCESSIBLE, b'pdfuaid:part="1"'), (pdf.ARCHIVE, b'pdfaid:part="3" pdfaid:conformance="A"')],
)
def test_the_structure_that_each_variant_claims_is_there(variant, claim, stylesheet, tmp_path):
    made = pdf.render(html=page("ស្ត្រី"), stylesheet=stylesheet, variant=variant)

    catalogue = pypdf.PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "km"
    assert catalogue["/StructTreeRoot"]["/K"][0].get_object()["/S"] == "/Document"
    assert claim in catalogue["/Metadata"].get_data()
    assert structure_errors(made, tmp_path) == ""


def test_parts_keep_their_own_page_numbers_and_language(stylesheet):
    stylesheet.write_text(CSS + '@page { @bottom-right { content: counter(page) "/" counter(pages) } }')

    made = pdf.render(html=[page("ស្ត្រី"), page("Women", lang="en", title="x")], stylesheet=stylesheet)

    reader = pypdf.PdfReader(io.BytesIO(made))
    assert [page.extract_text().count("1/1") for page in reader.pages] == [1, 1]
    parts = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()["/K"]
    assert [part.get_object()["/Lang"] for part in parts] == ["km", "en"]


def test_attached_files_come_out_as_they_went_in(stylesheet, tmp_path):
    file = pdf.AttachedFile("plan.csv", "The plan", "ក,1".encode(), datetime(2026, 7, 24))

    made = pdf.render(html=page("ក"), stylesheet=stylesheet, variant=pdf.ARCHIVE, attachments=[file])

    assert pypdf.PdfReader(io.BytesIO(made)).attachments["plan.csv"] == ["ក,1".encode()]
    assert b"D:20260724000000Z" in made
    assert structure_errors(made, tmp_path) == ""


def test_the_same_input_gives_the_same_bytes_in_every_process(tmp_path, stylesheet):
    program = (
        "import sys, hashlib, django; django.setup()\n"
        "from pathlib import Path\n"
        "from isaf_portal.lib import pdf\n"
        "for _ in range(2): made = pdf.render(html=sys.argv[1], stylesheet=Path(sys.argv[2]), variant=pdf.ARCHIVE)\n"
        "print(hashlib.sha256(made).hexdigest())"
    )
    html = page(*STRINGS)
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "isaf_portal.settings"}

    elsewhere = [
        subprocess.run(
            [sys.executable, "-c", program, html, str(stylesheet)],
            cwd=settings.BASE_DIR,
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]

    here = hashlib.sha256(pdf.render(html=html, stylesheet=stylesheet, variant=pdf.ARCHIVE)).hexdigest()
    assert elsewhere == [here, here]
