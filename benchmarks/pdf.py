"""One plan of twenty activities as PDF, by a warm worker: ours beside other ways to the same paper.

Each turn prints another plan (words shuffled with a fixed seed), since a worker never prints the same one
twice: no printer may live from its cache of yesterday's words.
"""

import io
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pypdf

from benchmarks.browser import chromium
from benchmarks.figures import Figure, seconds_side_by_side
from isaf_portal.lib import fonts, pdf
from scorecards.plans.content import items
from scorecards.printing import KINDS, plan_html, render_plan
from tests.scorecards.plan_examples import example_content

ACTIVITIES = 20
SEED = 2027
KIND, LANGUAGE = "jaap", "km"
DOCUMENT_ID = 1
NAME = f"plan of {ACTIVITIES} activities"
# Every phrase is a few words long; an activity is three of them, written together as people do.
PHRASES = (
    "ស្ថាបនាផ្លូវលំ", "ជួសជុលស្ពានឈើ", "បង្កើតក្រុមទឹកស្អាត", "បិទផ្សាយតម្លៃសេវា", "ប្រជុំមាតាបិតាសិស្ស", "ទិញសៀវភៅអាន",
    "រៀបចំតារាងប្រចាំការ", "សាងសង់បន្ទប់បុគ្គលិក", "បញ្ជូនថ្នាំកុមារ", "ផ្សព្វផ្សាយព័ត៌មាន", "ដោយមានស្ត្រីចូលរួម", "នៅភូមិនីមួយៗ", "រៀងរាល់ត្រីមាស",
)  # fmt: skip


def run() -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        printers: dict[str, Callable[[int], bytes]] = {
            "ours": _ours,
            "WeasyPrint, fonts and style sheet parsed anew": _without_reuse,
            "Chromium, warm, same HTML": _by_chromium(browser.new_page(), Path(folder)),
        }
        if shutil.which("wkhtmltopdf"):
            printers["wkhtmltopdf, same HTML"] = _by_wkhtmltopdf(Path(folder))
        taken = seconds_side_by_side(printers)
        files = {name: printer(0) for name, printer in printers.items()}
    return [*_figures("seconds", taken), *_figures("pages", _pages(files)), *_figures("bytes", _sizes(files))]


def _figures(unit: str, measured: dict[str, float]) -> list[Figure]:
    ours, *others = measured
    return [Figure(NAME, measured[ours], unit, other, measured[other]) for other in others]


def _pages(files: dict[str, bytes]) -> dict[str, float]:
    return {name: len(pypdf.PdfReader(io.BytesIO(content)).pages) for name, content in files.items()}


def _sizes(files: dict[str, bytes]) -> dict[str, float]:
    return {name: len(content) for name, content in files.items()}


@cache
def _content(turn: int) -> dict:
    choice = random.Random(SEED + turn)
    content = example_content(ACTIVITIES)
    for item in items(content):
        item["activity"]["km"] = "".join(choice.sample(PHRASES, 3))
    return content


def _ours(turn: int) -> bytes:
    return render_plan(content=_content(turn), kind=KIND, language=LANGUAGE, document_id=DOCUMENT_ID)


def _without_reuse(turn: int) -> bytes:
    for kept in (pdf._fonts, pdf._faces, pdf._parsed, pdf._counter_style):
        kept.cache_clear()
    return _ours(turn)


def _by_chromium(page, folder: Path) -> Callable[[int], bytes]:
    def printed(turn: int) -> bytes:
        page.goto(_file(turn, folder).as_uri())
        page.evaluate("document.fonts.ready")
        return page.pdf(prefer_css_page_size=True, print_background=True, tagged=True)

    return printed


def _by_wkhtmltopdf(folder: Path) -> Callable[[int], bytes]:
    def printed(turn: int) -> bytes:
        command = ["wkhtmltopdf", "--quiet", "--enable-local-file-access", "--orientation", "Landscape"]
        done = subprocess.run([*command, _file(turn, folder), "-"], capture_output=True, check=True)
        return done.stdout

    return printed


def _file(turn: int, folder: Path) -> Path:
    """The plan as one HTML file with its styles inside, as a browser takes it; word breaks are its own affair."""
    path = folder / f"plan-{turn}.html"
    html = plan_html(content=_content(turn), kind=KIND, language=LANGUAGE, document_id=DOCUMENT_ID)[0]
    path.write_text(html.replace("</head>", f"<style>{_styles()}</style></head>"))
    return path


@cache
def _styles() -> str:
    own = KINDS[KIND].stylesheet_path
    shared = own.parent.parent.parent / "pdf" / "paper.css"
    return fonts.font_face_css() + shared.read_text() + own.read_text()
