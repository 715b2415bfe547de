"""What a printed plan is made of: the frozen copy `PlanVersion.content`, a plain JSON object.

`submit_action_plan` writes it once from the models; `scorecards.printing` reads nothing else, so a
print of 2027 looks in 2031 as the council signed it. Every word a reader sees that is not fixed
furniture of the form stands here, in both languages.

Kinds of value
    text    {"km": "ស្ថាបនាលូ", "en": "Build the drain"}; "en" may be "" (the English page then shows
            the Khmer, marked as Khmer); both "" means unknown and prints a dash
    date    "2027-03-01", ISO, or None
    whole   an int, not negative, or None for unknown (0 is known: zero)
    number  a decimal as text, "1200" or "2.5", or None

Top level (all keys required)
    schema          1
    practice        bool: the practice commune; marked on every page
    draft           bool: not yet submitted; marked on every page, no QR, no check code
    document_code   "JAAP-000101-2027": kind, commune code, plan year; Latin, printed as it is
    plan_year       2027
    version         number of the PlanVersion, from 1
    submitted_on    date: the date on the paper, so that bytes repeat (None only in a draft)
    meeting_on      date of the interface meeting, or None (printed on the handout)
    commune, district, province
                    {"code": "000101", "kind": text, "name": text}; kind as it stands on that day:
                    ឃុំ/commune, សង្កាត់/sangkat, ស្រុក/district, ក្រុង/municipality, ខណ្ឌ/khan, ខេត្ត/province,
                    រាជធានី/capital
    words           the programme's key words that stand on the paper, each a text:
                    plan_title, plan_short (ផ.ស.រ.គ / JAAP), external_heading, internal_heading
    external        items of section ក, in the order of the plan
    internal        section ខ: a list of {"provider": text, "items": [item, ...]}, in the order of the
                    plan; numbers go on through the whole section, as on the paper form
    copies_to       a list of texts
    signatures      a list of {"role": ..., "title": text, "name": text}, in order of printing, at most
                    eight; role is facilitator, provider, witness (seen and agreed) or chief; "name"
                    may be empty and is printed under the line
    corrections     clerical corrections since the plan was fixed: a list of
                    {"row": "ខ.2", "note": text, "on": date}; Latin digits, the print turns them

Item (all keys required)
    id              primary key of the ActionItem: the same through every version
    number          from 1, counted within its section
    activity, proposer, target, location, unit, lead, partners, status
                    texts; target is the criterion or need that the activity answers; status is the
                    word on the day of freezing (មិនទាន់ចាប់ផ្ដើម), shown on the handout only
    target_score    number: the score behind the target, or None
    quantity        number or None
    start, end      dates of the months (any day in them), or None
    beneficiaries, female
                    whole or None
    cost_riel       whole riel or None; 0 prints ០, None prints a dash
    route           text: of whom it is asked (commune fund/CIP, district, ...); both "" in section ខ

The check code is the beginning of the hash of this object, so it cannot be part of it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

SCHEMA = 1
LANGUAGES = ("km", "en")
SIGNATURE_ROLES = ("facilitator", "provider", "witness", "chief")
MOST_SIGNATURES = 8
# Eight hexadecimal digits: a receipt of a save has six signs and other letters, so that nobody can
# take the one for the other.
CHECK_LENGTH = 8

TEXT, DATE, WHOLE, NUMBER, BOOL, CODE = "text", "date", "whole", "number", "bool", "code"
TOP_LEVEL = {
    "schema": WHOLE,
    "practice": BOOL,
    "draft": BOOL,
    "document_code": CODE,
    "plan_year": WHOLE,
    "version": WHOLE,
    "submitted_on": DATE,
    "meeting_on": DATE,
}
AREA = {"code": CODE, "kind": TEXT, "name": TEXT}
AREA_LEVELS = ("commune", "district", "province")
WORDS = {"plan_title": TEXT, "plan_short": TEXT, "external_heading": TEXT, "internal_heading": TEXT}
ITEM = {
    "id": WHOLE,
    "number": WHOLE,
    "activity": TEXT,
    "proposer": TEXT,
    "target": TEXT,
    "target_score": NUMBER,
    "location": TEXT,
    "quantity": NUMBER,
    "unit": TEXT,
    "start": DATE,
    "end": DATE,
    "beneficiaries": WHOLE,
    "female": WHOLE,
    "cost_riel": WHOLE,
    "lead": TEXT,
    "partners": TEXT,
    "route": TEXT,
    "status": TEXT,
}
SIGNATURE = {"role": CODE, "title": TEXT, "name": TEXT}
CORRECTION = {"row": CODE, "note": TEXT, "on": DATE}
PLAN_CONTENT_SCHEMA = {
    **TOP_LEVEL,
    **dict.fromkeys(AREA_LEVELS, AREA),
    "words": WORDS,
    "external": [ITEM],
    "internal": [{"provider": TEXT, "items": [ITEM]}],
    "copies_to": [TEXT],
    "signatures": [SIGNATURE],
    "corrections": [CORRECTION],
}


def problems_in(content: dict) -> list[str]:
    """What keeps this object from being a plan's content, one line each; empty if nothing.

    A guard against slips of the code that builds it, not against people: its lines are English and
    name the place ("external[2].cost_riel").
    """
    problems = list(_misfits(content, PLAN_CONTENT_SCHEMA, "content"))
    if problems:
        return problems
    if content["schema"] != SCHEMA:
        problems.append(f"content.schema: {content['schema']} is not {SCHEMA}")
    if content["submitted_on"] is None and not content["draft"]:
        problems.append("content.submitted_on: only a draft may leave it out")
    if len(content["signatures"]) > MOST_SIGNATURES:
        problems.append(f"content.signatures: more than {MOST_SIGNATURES} do not fit on the paper")
    problems += [
        f"content.signatures: unknown role {signature['role']!r}"
        for signature in content["signatures"]
        if signature["role"] not in SIGNATURE_ROLES
    ]
    return problems


def items(content: dict) -> Iterator[dict]:
    """Every item, section ក first, in the order of the paper."""
    yield from content["external"]
    yield from internal_items(content)


def internal_items(content: dict) -> Iterator[dict]:
    for group in content["internal"]:
        yield from group["items"]


@dataclass(frozen=True)
class Cost:
    """The sum of what is known, and how many items are not in it because nobody knows their cost."""

    riel: int | None
    unknown_count: int


def cost_of(rows: Iterator[dict] | list[dict]) -> Cost:
    """Unknown plus known is what is known; only unknown stays unknown, and no items cost 0."""
    costs = [row["cost_riel"] for row in rows]
    known = [cost for cost in costs if cost is not None]
    return Cost(riel=sum(known) if known or not costs else None, unknown_count=len(costs) - len(known))


def content_hash(content: dict) -> str:
    """The sha256 that `PlanVersion` keeps: of the object as JSON with sorted keys, UTF-8, no spaces."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def check_code(sha256: str) -> str:
    """The code beside the QR and in its address (`/d/<id>-<check>`): the beginning of the hash."""
    return sha256[:CHECK_LENGTH]


def _misfits(value: object, shape: object, where: str) -> Iterator[str]:
    if isinstance(shape, dict):
        yield from _misfits_of_object(value, shape, where)
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{where}: must be a list"
            return
        for index, member in enumerate(value):
            yield from _misfits(member, shape[0], f"{where}[{index}]")
    elif not FITS[shape](value):
        yield f"{where}: {value!r} is not a {shape}"


def _misfits_of_object(value: object, shape: dict, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where}: must be an object"
        return
    for key in sorted(shape.keys() ^ value.keys()):
        yield f"{where}.{key}: {'missing' if key in shape else 'unknown'}"
    for key in sorted(shape.keys() & value.keys()):
        yield from _misfits(value[key], shape[key], f"{where}.{key}")


def _is_text(value: object) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == set(LANGUAGES)
        and all(isinstance(words, str) for words in value.values())
    )


def _is_date(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_whole(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def _is_number(value: object) -> bool:
    if value is None:
        return True
    try:
        return isinstance(value, str) and Decimal(value).is_finite()
    except InvalidOperation:
        return False


FITS = {
    TEXT: _is_text,
    DATE: _is_date,
    WHOLE: _is_whole,
    NUMBER: _is_number,
    BOOL: lambda value: isinstance(value, bool),
    CODE: lambda value: isinstance(value, str) and value != "",
}
