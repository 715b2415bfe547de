"""From HTML to PDF: Khmer that breaks between words, the same bytes every time, nothing from the network.

    render(html=..., stylesheet=Path(...), variant=ARCHIVE, attachments=[...])

The HTML is a whole document with `lang` and `<title>`; the style sheet is a file of ours. Fonts and
parsed style sheets are kept for the life of the process: reading them anew would take most of the
time of a short document (`make bench NAME=pdf`). Rendering is serialized by a lock, since fonts and
text layout are shared.

The cache key of a print is the hash of HTML, style sheet, fonts and versions of the libraries: with
them unchanged the bytes are the same in every process. No time of the clock is written.
"""

import logging
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import RLock
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import pydyf
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.css.counters import CounterStyle
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher

from isaf_portal.lib import fonts, pdf_lines, pdf_text
from isaf_portal.lib.khmer import NO_BREAK_SPACE, ZERO_WIDTH_SPACE, break_further, for_print

log = logging.getLogger(__name__)

# Two levels of structure that a file claims; WeasyPrint writes one of them per file. Plans are kept
# for years with their figures attached, everything else is first of all to be read aloud.
ARCHIVE = "pdf/a-3a"
ACCESSIBLE = "pdf/ua-1"

NOT_DRAWABLE = "\ufffd"
SEPARATORS = re.compile(f"[ \n\t{ZERO_WIDTH_SPACE}]+")
# A no-break space gives way, then the word: where one dictionary cuts it, at syllables, at clusters.
ROUNDS_OF_LOOSENING = 4

_rendering = RLock()


class Unprintable(ValueError):
    """The HTML cannot become a document of ours: a slip of the template, not of a person."""


class OutsideResource(FatalURLFetchingError):
    """The HTML or style sheet names something that is not a file of ours."""


@dataclass(frozen=True)
class AttachedFile:
    """A file carried inside the PDF; `made_at` is a moment of its content, never that of printing."""

    name: str
    description: str
    content: bytes
    made_at: datetime


def render(
    *,
    html: str | Sequence[str],
    stylesheet: Path,
    variant: str = ACCESSIBLE,
    attachments: Iterable[AttachedFile] = (),
    protected: Iterable[str] = (),
) -> bytes:
    """The PDF of one HTML document, or of several put one after another, each with its own page numbers.

    Title and language of the file are those of the first. `protected` names (of places, of people) are
    not broken over two lines while they fit one.
    """
    parts = [html] if isinstance(html, str) else list(html)
    with _rendering:
        documents = [layout(html=part, stylesheet=stylesheet, protected=protected) for part in parts]
        whole = documents[0].copy([page for document in documents for page in document.pages])
        languages = [document.metadata.lang for document in documents for _ in document.pages]
        return whole.write_pdf(
            finisher=lambda _, pdf: _mark_languages(pdf, languages),
            pdf_variant=variant,
            attachments=[_attachment(file) for file in attachments],
        )


def layout(*, html: str, stylesheet: Path, protected: Iterable[str] = ()) -> Document:
    """The pages of one document, not yet written: for `render`, and for looking at its lines.

    A word that fits no line of its cell is broken between clusters, in that cell only.
    """
    with _rendering:
        source = HTML(string=html, url_fetcher=_fetcher())
        _refuse_unnamed(source)
        _prepare(source.etree_element, tuple(protected))
        document = _laid_out(source, stylesheet)
        for _ in range(ROUNDS_OF_LOOSENING):
            loosened = [_loosen(line) for line in pdf_lines.overruns(document)]
            if not any(loosened):
                break
            document = _laid_out(source, stylesheet)
        return document


def _laid_out(source: HTML, stylesheet: Path) -> Document:
    return source.render(
        font_config=_fonts(),
        counter_style=_counter_style(),
        stylesheets=[_faces(), _parsed(stylesheet)],
    )


def _refuse_unnamed(source: HTML) -> None:
    title = source.etree_element.findtext("head/title", "").strip()
    if not title or not source.etree_element.get("lang"):
        raise Unprintable("A document for print needs a title and a lang on its html element.")


def _prepare(root: Element, protected: tuple[str, ...]) -> None:
    """Put word breaks into every text, and a visible sign in the place of what no font can draw."""
    body = root.find("body")
    undrawable = set()
    for element in body.iter():
        if element.text:
            element.text = _printable(element.text, protected, undrawable)
        if element.tail:
            element.tail = _printable(element.tail, protected, undrawable)
    if undrawable:
        codes = ", ".join(sorted(f"U+{ord(character):04X}" for character in undrawable))
        log.warning("No font for %s: printed as %s", codes, NOT_DRAWABLE)


def _printable(text: str, protected: tuple[str, ...], undrawable: set[str]) -> str:
    if not fonts.covered().issuperset(text):
        missing = fonts.missing_characters(text)
        undrawable.update(missing)
        text = text.translate({ord(character): NOT_DRAWABLE for character in missing})
    return for_print(text, protected)


def _loosen(line: pdf_lines.Line) -> bool:
    """Let the words of one overrunning line be broken further; False if nothing more can give way."""
    words = {word: _looser(word) for word in SEPARATORS.split(line.text) if word}
    changed = False
    for node, attribute in [(line.element, "text"), *((child, "tail") for child in line.element)]:
        text = loosened = getattr(node, attribute) or ""
        for word, looser in words.items():
            loosened = loosened.replace(word, looser)
        if loosened != text:
            setattr(node, attribute, loosened)
            changed = True
    return changed


def _looser(word: str) -> str:
    if NO_BREAK_SPACE in word:
        return word.replace(NO_BREAK_SPACE, " ")
    return break_further(word)


def _mark_languages(pdf: pydyf.PDF, languages: list[str]) -> None:
    """Say of each page's content in which language it is, where the file speaks more than one."""
    if len(set(languages)) == 1:
        return
    of_page = dict(zip(pdf.page_references, languages, strict=True))
    for part in pdf.objects:
        if isinstance(part, dict) and part.get("S") == "/Part" and part.get("Pg") in of_page:
            part["Lang"] = pydyf.String(of_page[part["Pg"]])


def _attachment(file: AttachedFile) -> Attachment:
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
    )


class _OwnFiles(URLFetcher):
    """Only files below the project's folder, and data written into the HTML itself."""

    def __init__(self, root: Path):
        super().__init__(allowed_protocols=("file", "data"))
        self.root = root.resolve()

    def fetch(self, url, headers=None):
        if not url.startswith("data:"):
            path = Path(unquote(urlsplit(url).path)).resolve()
            if not url.startswith("file:///") or not path.is_relative_to(self.root):
                raise OutsideResource(f"{url} is not a file of ours")
        return super().fetch(url, headers)


@cache
def _fetcher() -> _OwnFiles:
    return _OwnFiles(fonts.folder().parent.parent)


@cache
def _fonts() -> FontConfiguration:
    pdf_text.install()
    with fonts.only_ours():
        return FontConfiguration()


@cache
def _faces() -> CSS:
    return CSS(string=fonts.font_face_css(), font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _counter_style() -> CounterStyle:
    return CounterStyle()


@cache
def _parsed(stylesheet: Path) -> CSS:
    return CSS(
        filename=stylesheet, font_config=_fonts(), counter_style=_counter_style(), url_fetcher=_fetcher()
    )
