"""The Buddhist year. Of the lunar calendar only this is computed; the rest is written by hand."""

from datetime import date

# The day of Visak Bochea (the 15th of the waxing moon of ពិសាខ) of each year, worked out once from the
# Khmer lunar calendar. A year that is missing has no answer: a guess on official paper is worse.
VISAK_BOCHEA = {
    day.year: day
    for day in (
        date(2020, 5, 6),
        date(2021, 4, 26),
        date(2022, 5, 15),
        date(2023, 5, 4),
        date(2024, 5, 22),
        date(2025, 5, 11),
        date(2026, 5, 1),
        date(2027, 5, 20),
        date(2028, 5, 8),
        date(2029, 4, 27),
        date(2030, 5, 16),
        date(2031, 5, 6),
        date(2032, 5, 24),
        date(2033, 5, 13),
        date(2034, 5, 2),
        date(2035, 5, 21),
    )
}


def buddhist_year(day: date) -> int | None:
    """The year of the Buddhist Era: 544 ahead from the day after Visak Bochea, 543 ahead before.

    None where the table does not reach.
    """
    visak = VISAK_BOCHEA.get(day.year)
    if visak is None:
        return None
    return day.year + (544 if day > visak else 543)
