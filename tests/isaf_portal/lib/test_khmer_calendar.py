from datetime import date
from itertools import pairwise

import pytest

from isaf_portal.lib.khmer_calendar import VISAK_BOCHEA, buddhist_year


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 1, 15), 2569),
        (date(2026, 5, 1), 2569),
        (date(2026, 5, 2), 2570),
        (date(2026, 11, 23), 2570),
        (date(2021, 10, 21), 2565),
        (date(2018, 3, 19), None),
    ],
)
def test_the_buddhist_year_changes_on_the_day_after_visak(day, year):
    assert buddhist_year(day) == year


def test_the_table_has_no_holes():
    assert list(VISAK_BOCHEA) == list(range(2020, 2036))


def test_visak_is_a_full_moon_of_april_or_may():
    days = list(VISAK_BOCHEA.values())

    assert all(date(day.year, 4, 24) <= day <= date(day.year, 5, 26) for day in days)
    # Twelve or thirteen moons lie between two of them.
    assert {(later - earlier).days for earlier, later in pairwise(days)} <= {
        354,
        355,
        383,
        384,
        385,
    }
