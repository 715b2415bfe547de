"""One save of a sheet as it comes in: from the page's script as JSON, or from the page's form without a script."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from isaf_portal.lib.digits import latin_digits
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.fields import SPACES
from isaf_portal.templatetags.isaf import number
from scorecards.entry.cells import KEY
from scorecards.models.tallies import MOST_PEOPLE

WHOLE_NUMBER = re.compile(r"[0-9]{1,5}", re.ASCII)
ROW_TO_SETTLE = re.compile(r"(theirs|ours)\.([1-9][0-9]{0,17})\.([a-z_]{1,12})", re.ASCII)
LARGEST_ID = 2**63 - 1


class DamagedSave(Refused):
    """What came in is not a save of a sheet."""


@dataclass(frozen=True)
class TypedSave:
    """`cells` are the counts that can be read, `typed` every text as it was typed, `unreadable` those that are no
    whole number of people; the last two are empty where a script sent the save."""

    version: int
    base_revision: int
    client_id: str
    cells: dict[str, int | None]
    typed: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)


def save_from_json(body: bytes) -> TypedSave:
    """{"version": 12, "base_revision": 5, "client_id": "…", "cells": {"31.women.1": 4, "31.women.2": null}}."""
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise DamagedSave(_damaged()) from fault
    if not isinstance(sent, dict) or not isinstance(sent.get("cells"), dict):
        raise DamagedSave(_damaged())
    return TypedSave(
        version=_whole(sent.get("version")),
        base_revision=_whole(sent.get("base_revision")),
        client_id=str(sent.get("client_id")),
        cells=sent["cells"],
    )


def save_from_form(data: Mapping[str, str]) -> TypedSave:
    """Every field that is named like a cell; an empty one is an empty cell."""
    typed = {key: data[key] for key in data if KEY.fullmatch(key)}
    cells, unreadable = {}, {}
    for key, text in typed.items():
        digits = SPACES.sub("", latin_digits(text))
        if digits and not WHOLE_NUMBER.fullmatch(digits):
            unreadable[key] = text
        else:
            cells[key] = int(digits) if digits else None
    return TypedSave(
        version=_whole(data.get("version")),
        base_revision=_whole(data.get("base_revision")),
        client_id=str(data.get("client_id")),
        cells=cells,
        typed=typed,
        unreadable=unreadable,
    )


def row_to_settle(text: str) -> tuple[str, int, str]:
    """Which of two values is kept, of which criterion and group: "ours.31.women"."""
    found = ROW_TO_SETTLE.fullmatch(text)
    if found is None:
        raise DamagedSave(_damaged())
    return found[1], int(found[2]), found[3]


def unreadable_sentence(texts: Mapping[str, str]) -> str:
    """What could not be read, as it was typed."""
    shown = ", ".join(f"“{text[:20]}”" for text in list(texts.values())[:5])
    return _("Not a whole number of people from 0 to %(most)s: %(texts)s. The other counts are saved.") % {
        "most": number(MOST_PEOPLE),
        "texts": shown,
    }


def _whole(value: object) -> int:
    """An id or a revision, which the page gave out itself."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value, re.ASCII):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_ID:
        raise DamagedSave(_damaged())
    return value


def _damaged() -> str:
    return _("This page is damaged. Load it again, then save.")
