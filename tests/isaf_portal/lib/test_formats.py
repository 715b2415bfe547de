"""How figures, dates and money read in both languages."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from isaf_portal.lib import formats

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "khmer", "english"),
    [
        (None, "—", "—"),
        (0, "០", "0"),
        (999, "៩៩៩", "999"),
        (8390, f"៨{NB}៣៩០", f"8{NB}390"),
        (48_000_000, f"៤៨{NB}០០០{NB}០០០", f"48{NB}000{NB}000"),
        (-1200, f"\u2212១{NB}២០០", f"\u22121{NB}200"),
    ],
)
def test_number_groups_by_no_break_space(value, khmer, english):
    assert formats.number(value, "km") == khmer
    assert formats.number(value, "en") == english


@pytest.mark.parametrize(
    ("value", "places", "khmer", "english"),
    [
        (None, 1, "—", "—"),
        (Decimal("3.25"), 1, "៣,៣", "3.3"),
        (Decimal("3.5"), 1, "៣,៥", "3.5"),
        (Decimal("0"), 1, "០,០", "0.0"),
        (2.675, 2, "២,៦៨", "2.68"),
        (Decimal("-0.85"), 1, "\u2212០,៩", "\u22120.9"),
        (Decimal("1234.5"), 0, f"១{NB}២៣៥", f"1{NB}235"),
    ],
)
def test_decimal_rounds_half_up_with_the_mark_of_the_language(value, places, khmer, english):
    assert formats.decimal(value, "km", places) == khmer
    assert formats.decimal(value, "en", places) == english


def test_a_negative_that_rounds_to_nothing_has_no_sign():
    assert formats.decimal(Decimal("-0.04"), "en") == "0.0"
    assert formats.signed(Decimal("0.04"), "en") == "0.0"
    assert formats.signed(Decimal("0.8"), "km") == "+០,៨"


def test_riel_stands_after_the_amount_and_unknown_is_not_zero():
    assert formats.riel(48_000_000, "km") == f"៤៨{NB}០០០{NB}០០០{NB}៛"
    assert formats.riel(48_000_000, "en") == f"48{NB}000{NB}000{NB}riel"
    assert formats.riel(0, "km") == f"០{NB}៛"
    assert formats.riel(None, "km") == "—"


def test_percent_has_one_decimal_unless_told():
    assert formats.percent(Decimal("62.45"), "km") == "៦២,៥%"
    assert formats.percent(62, "en", 0) == "62%"
    assert formats.percent(None, "en") == "—"


def test_dates_read_as_in_the_office():
    on = date(2026, 11, 23)
    assert formats.day(on, "km") == "២៣/១១/២០២៦"
    assert formats.day(on, "en") == f"23{NB}Nov{NB}2026"
    assert formats.day_long(on, "km") == "ថ្ងៃទី២៣ ខែវិច្ឆិកា ឆ្នាំ២០២៦"
    assert formats.day_long(on, "en") == "23 November 2026"
    assert formats.month(on, "km") == f"វិច្ឆិកា{NB}២០២៦"
    assert formats.month(on, "en") == f"Nov{NB}2026"
    assert formats.weekday(on, "km") == "ចន្ទ"
    assert formats.day(None, "km") == formats.month(None, "en") == "—"


def test_moments_are_told_in_the_time_of_the_portal():
    late = datetime(2026, 6, 11, 18, 5, tzinfo=UTC)
    assert formats.clock(late, "km") == "០១:០៥"
    assert formats.clock(late, "en") == "01:05"
    assert formats.day(late, "km") == "១២/០៦/២០២៦"
