"""The items of a plan as its paper shows them: rows, providers and sections, every cell a finished text.

Part of the sheet (`scorecards.plans.sheet`), made of the frozen copy (`scorecards.plans.content`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.html import format_html
from django.utils.translation import ngettext

from isaf_portal.lib import formats
from scorecards.plans.content import Cost, cost_of, internal_items

SECTION_LETTERS = {"km": ("ក", "ខ"), "en": ("A", "B")}


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


def words(text: dict, language: str) -> str:
    """The text in the language; else in the other one, marked as such; else a dash."""
    if text[language]:
        return text[language]
    other = "en" if language == "km" else "km"
    return format_html('<span lang="{}">{}</span>', other, text[other]) if text[other] else formats.UNKNOWN


def external_section(content: dict, language: str, corrected: set[str]) -> Section:
    rows = [_row(item, 0, language, corrected) for item in content["external"]]
    return _section(content["words"]["external_heading"], 0, language, [Group("", rows)], content["external"])


def internal_section(content: dict, language: str, corrected: set[str]) -> Section:
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
        unknown_costs=unknown_costs_sentence(cost, language),
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
        start=formats.month(date_of(item["start"]), language),
        end=formats.month(date_of(item["end"]), language),
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


def date_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def unknown_costs_sentence(cost: Cost, language: str) -> str:
    if not cost.unknown_count:
        return ""
    sentence = ngettext(
        "%(count)s activity has no estimated cost yet",
        "%(count)s activities have no estimated cost yet",
        cost.unknown_count,
    )
    return sentence % {"count": formats.number(cost.unknown_count, language)}
