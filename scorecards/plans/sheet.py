"""A plan as its paper shows it: every cell a finished text in one language, nothing left to decide.

Made of the frozen copy (`scorecards.plans.content`); the templates under `scorecards/pdf/` only place
what stands here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from isaf_portal.lib import formats
from isaf_portal.lib.qr import qr_drawing
from scorecards.plans.content import AREA_LEVELS, check_code, content_hash, cost_of, items
from scorecards.plans.rows import (
    SECTION_LETTERS,
    Row,
    Section,
    date_of,
    external_section,
    internal_section,
    unknown_costs_sentence,
    words,
)

# One row of the block of signatures; more would leave a seal no room of three centimetres.
SIGNATURES_IN_A_ROW = 5


@dataclass(frozen=True)
class Signature:
    title: str
    name: str
    is_chief: bool


@dataclass(frozen=True)
class Sheet:
    language: str
    title: str
    short_title: str
    year: str
    commune: str
    district: str
    province: str
    place_line: str
    marks: list[str]
    sections: list[Section]
    total: str
    unknown_costs: str
    copies_to: list[str]
    signatures: list[list[Signature]]
    corrections: list[str]
    document_line: list[str]
    submitted_on: str
    meeting_on: str
    qr: SafeString

    @property
    def rows(self) -> Iterable[Row]:
        for section in self.sections:
            for group in section.groups:
                yield from group.rows


def sheet_of(content: dict, language: str, document_id: int | None, prefix: str) -> Sheet:
    """The whole paper. Without a document's id, and in a draft, there is no QR and no check code.

    `prefix` stands in the printed code in the place of the plan's own (HND-000101-2027 on a handout).
    """
    with override(language):
        corrected = {correction["row"] for correction in content["corrections"]}
        areas = [area_name(content[level], language) for level in AREA_LEVELS]
        total = cost_of(items(content))
        return Sheet(
            language=language,
            title=words(content["words"]["plan_title"], language),
            short_title=words(content["words"]["plan_short"], language),
            year=formats.digits(content["plan_year"], language),
            commune=areas[0],
            district=areas[1],
            province=areas[2],
            place_line=format_html_join(", ", "{}", ([area] for area in areas)),
            marks=marks_of(content),
            sections=[
                external_section(content, language, corrected),
                internal_section(content, language, corrected),
            ],
            total=formats.number(total.riel, language),
            unknown_costs=unknown_costs_sentence(total, language),
            copies_to=[words(copy, language) for copy in content["copies_to"]],
            signatures=_signature_rows(content["signatures"], language),
            corrections=correction_lines(content, language),
            document_line=_document_line(content, language, document_id, prefix),
            submitted_on=_shown(formats.day, content["submitted_on"], language),
            meeting_on=_shown(formats.day_long, content["meeting_on"], language),
            qr=_qr(content, document_id),
        )


def area_name(area: dict, language: str) -> str:
    """ឃុំគំរូ, Kumru commune: the kind stands before the name in Khmer and after it in English."""
    kind, name = words(area["kind"], language), words(area["name"], language)
    return format_html("{}{}" if language == "km" else "{1} {0}", kind, name)


def marks_of(content: dict) -> list[str]:
    """What every page says before anything else: a draft, a commune of practice."""
    marks = [
        (content["draft"], pgettext("plan paper", "Draft")),
        (content["practice"], pgettext("plan paper", "Practice commune")),
    ]
    return [mark for applies, mark in marks if applies]


def check_shown(content: dict) -> str:
    """The check code as it is printed and read aloud: two groups of four, capitals."""
    code = check_code(content_hash(content)).upper()
    return f"{code[:4]}-{code[4:]}"


def _signature_rows(signatures: list[dict], language: str) -> list[list[Signature]]:
    """One row while they fit; then two of about the same length, the chief last, on the right."""
    shown = [
        Signature(
            title=words(signature["title"], language),
            name=words(signature["name"], language) if any(signature["name"].values()) else "",
            is_chief=signature["role"] == "chief",
        )
        for signature in signatures
    ]
    if len(shown) <= SIGNATURES_IN_A_ROW:
        return [shown] if shown else []
    middle = len(shown) // 2
    return [shown[:middle], shown[middle:]]


def correction_lines(content: dict, language: str) -> list[str]:
    """The clerical corrections as the paper lists them, oldest first."""
    return [_correction(correction, language) for correction in content["corrections"]]


def _correction(correction: dict, language: str) -> str:
    letters = str.maketrans(dict(zip(SECTION_LETTERS["km"], SECTION_LETTERS[language], strict=True)))
    row = formats.digits(correction["row"], language).translate(letters)
    return format_html(
        "{} {} ({})",
        row,
        words(correction["note"], language),
        formats.day(date_of(correction["on"]), language),
    )


def _shown(written: Callable[[date, str], str], day: str | None, language: str) -> str:
    """A date as it is written on this line; the line is left out where there is none."""
    return written(date_of(day), language) if day else ""


def _document_line(content: dict, language: str, document_id: int | None, prefix: str) -> list[str]:
    code = "-".join([prefix, *content["document_code"].split("-")[1:], *(["EN"] if language == "en" else [])])
    parts = [
        _("Document %(code)s") % {"code": code},
        _("version %(number)s") % {"number": formats.digits(content["version"], language)},
    ]
    if _is_checkable(content, document_id):
        parts.append(_("check code %(code)s") % {"code": check_shown(content)})
    return parts


def _is_checkable(content: dict, document_id: int | None) -> bool:
    return document_id is not None and not content["draft"]


def _qr(content: dict, document_id: int | None) -> SafeString:
    if not _is_checkable(content, document_id):
        return mark_safe("")
    address = f"{settings.SITE_URL}/d/{document_id}-{check_code(content_hash(content))}"
    return qr_drawing(address)
