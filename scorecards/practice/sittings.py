"""The form in which the practice sheets are written down, and the year they are of. Pure data.

`counts` is a row per criterion: the groups parted by |, each with the people who gave 1, 2, … 5, and a sixth number
for those without an opinion. `_` is a row that was not entered. Dates are months and days of the year of the round.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PARTS = ("women", "men", "youth")
LOCKED, SUBMITTED, RETURNED, DRAFT, PLANNED = "locked", "submitted", "returned", "draft", "planned"


@dataclass(frozen=True)
class Sitting:
    commune: str
    provider: str
    village: str  # empty: the provider assesses itself
    state: str
    held: str = ""
    came: tuple[int, ...] = ()  # total, female, youth, young women, disability, minority, ID-Poor
    counts: Mapping[str, str] | None = None
    submitted: str = ""
    checked: str = ""
    reason: str = ""  # why it was returned
    reopening: str = ""  # what somebody finds wrong after it was locked
    left_early: int = 0
    has_reasons_of: int | None = None  # of the first so many criteria; None: of all

    @property
    def is_self_assessment(self) -> bool:
        return not self.village


@dataclass(frozen=True)
class YearOfCommune:
    """A round with its meetings. `years_ago` counts from the practice year."""

    commune: str
    years_ago: int
    starts: str
    interface: str
    council: str
    workshop: str
    inception: str
    information: str
    # Citizens, women among them, young people, service providers, authorities at the interface meeting.
    interface_came: tuple[int, int, int, int, int]


YEARS = (
    YearOfCommune("000101", 1, "03-11", "07-18", "08-29", "11-28", "03-11", "03-21", (58, 33, 14, 8, 6)),
    YearOfCommune("000101", 0, "03-10", "07-17", "08-28", "11-27", "03-10", "03-20", (64, 37, 17, 9, 7)),
    YearOfCommune("000102", 0, "03-12", "07-03", "08-27", "11-27", "03-12", "03-24", (41, 24, 11, 7, 5)),
    YearOfCommune("000103", 0, "03-13", "07-07", "08-25", "11-27", "03-13", "03-25", (36, 20, 9, 5, 5)),
)
