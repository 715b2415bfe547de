"""A plan as its paper shows it: every cell a finished text in one language, nothing left to decide.

Made of the frozen copy (`scorecards.plan_content`); the templates under `scorecards/pdf/` only place
what stands here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import segno
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override, pgettext

from isaf_portal.lib import formats
from scorecards.plan_content import (
    AREA_LEVELS,
    Cost,
    check_code,
    content_hash,
    cost_of,
    internal_items,
    items,
)

SECTION_LETTERS = {"km": ("ក", "ខ"), "en": ("A", "B")}
# One row of the block of signatures; more would leave a seal no room of three centimetres.
SIGNATURES_IN_A_ROW = 5
QR_QUIET_ZONE = 2


@dataclass(frozen=True)
class Row:
    """One item; `label` is the number with its section (ខ.2), `corrected` a mark beside it."""

    number: str
    label: str
    corrected: bool
    activity: str
    route: str
    proposer: str
    target: str
    target_score: str
    location: str
    quantity: str
    unit: str
    start: str
    end: str
    beneficiaries: str
    female: str
    cost: str
    lead: str
    partners: str
    status: str


@dataclass(frozen=True)
class Group:
    """Items under one sub-heading; section ក has one group without a heading."""

    heading: str
    rows: list[Row]


@dataclass(frozen=True)
class Section:
    letter: str
    heading: str
    groups: list[Group]
    subtotal: str
    unknown_costs: str


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
            place_line=", ".join(areas),
            marks=marks_of(content),
            sections=[_external(content, language, corrected), _internal(content, language, corrected)],
            total=formats.number(total.riel, language),
            unknown_costs=_unknown_costs(total, language),
            copies_to=[words(copy, language) for copy in content["copies_to"]],
            signatures=_signature_rows(content["signatures"], language),
            corrections=[_correction(correction, language) for correction in content["corrections"]],
            document_line=_document_line(content, language, document_id, prefix),
            submitted_on=formats.day(_date(content["submitted_on"]), language)
            if content["submitted_on"]
            else "",
            meeting_on=formats.day_long(_date(content["meeting_on"]), language)
            if content["meeting_on"]
            else "",
            qr=_qr(content, document_id),
        )


def words(text: dict, language: str) -> str:
    """The text in the language; else in the other one, marked as such; else a dash."""
    if text[language]:
        return text[language]
    other = "en" if language == "km" else "km"
    return format_html('<span lang="{}">{}</span>', other, text[other]) if text[other] else formats.UNKNOWN


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


def _external(content: dict, language: str, corrected: set[str]) -> Section:
    rows = [_row(item, 0, language, corrected) for item in content["external"]]
    return _section(content["words"]["external_heading"], 0, language, [Group("", rows)], content["external"])


def _internal(content: dict, language: str, corrected: set[str]) -> Section:
    letter = SECTION_LETTERS[language][1]
    groups = [
        Group(
            heading=format_html(
                "{}-{} {}", letter, formats.digits(number, language), words(group["provider"], language)
            ),
            rows=[_row(item, 1, language, corrected) for item in group["items"]],
        )
        for number, group in enumerate(content["internal"], start=1)
    ]
    return _section(content["words"]["internal_heading"], 1, language, groups, internal_items(content))


def _section(heading: dict, index: int, language: str, groups: list[Group], rows: Iterable[dict]) -> Section:
    cost = cost_of(rows)
    return Section(
        letter=SECTION_LETTERS[language][index],
        heading=words(heading, language),
        groups=groups,
        subtotal=formats.number(cost.riel, language),
        unknown_costs=_unknown_costs(cost, language),
    )


def _row(item: dict, section: int, language: str, corrected: set[str]) -> Row:
    number = formats.digits(item["number"], language)
    return Row(
        number=number,
        label=f"{SECTION_LETTERS[language][section]}.{number}",
        corrected=f"{SECTION_LETTERS['km'][section]}.{item['number']}" in corrected,
        activity=words(item["activity"], language),
        route=words(item["route"], language) if any(item["route"].values()) else "",
        proposer=words(item["proposer"], language),
        target=words(item["target"], language),
        target_score=""
        if item["target_score"] is None
        else formats.decimal(Decimal(item["target_score"]), language),
        location=words(item["location"], language),
        quantity=_quantity(item["quantity"], language),
        unit=words(item["unit"], language),
        start=formats.month(_date(item["start"]), language),
        end=formats.month(_date(item["end"]), language),
        beneficiaries=formats.number(item["beneficiaries"], language),
        female=formats.number(item["female"], language),
        cost=formats.number(item["cost_riel"], language),
        lead=words(item["lead"], language),
        partners=words(item["partners"], language) if any(item["partners"].values()) else "",
        status=words(item["status"], language),
    )


def _quantity(quantity: str | None, language: str) -> str:
    """Whole quantities whole, others with the decimals they were given."""
    if quantity is None:
        return formats.UNKNOWN
    exact = Decimal(quantity).normalize()
    return formats.decimal(exact, language, places=max(0, -exact.as_tuple().exponent))


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unknown_costs(cost: Cost, language: str) -> str:
    if not cost.unknown_count:
        return ""
    sentence = ngettext(
        "%(count)s activity has no estimated cost yet",
        "%(count)s activities have no estimated cost yet",
        cost.unknown_count,
    )
    return sentence % {"count": formats.number(cost.unknown_count, language)}


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


def _correction(correction: dict, language: str) -> str:
    row = formats.digits(correction["row"], language)
    if language == "en":
        row = row.replace("ក", "A").replace("ខ", "B")
    return format_html(
        "{} {} ({})", row, words(correction["note"], language), formats.day(_date(correction["on"]), language)
    )


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
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        title=address, border=QR_QUIET_ZONE, omitsize=True, svgclass="qr", lineclass=None
    )
    # Made by segno of an address of ours, and escaped by it.
    return mark_safe(drawing)
