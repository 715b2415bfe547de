"""What people type into counts, days and months, and how it comes back to them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from isaf_portal.lib.fields import DayField, MonthField, WholeNumberField


@pytest.mark.parametrize("typed", ["48000", "៤៨០០០", "៤8 ០០០", "48\u00a0000 ៛", " 48\u200b000 "])
def test_a_number_is_read_in_either_script_and_with_its_spaces(typed):
    assert WholeNumberField().clean(typed) == 48000


@pytest.mark.parametrize("typed", ["x", "4.5", "4,5", "1e3", "--4", "٤٨", "9" * 40, "½"])
def test_what_is_no_whole_number_is_refused_with_an_example(typed):
    with override("en"):
        with pytest.raises(ValidationError) as refusal:
            WholeNumberField().clean(typed)
        assert refusal.value.messages == ["Enter a whole number, such as 25."]


def test_a_number_outside_its_limits_is_refused_with_the_limit():
    with override("en"):
        with pytest.raises(ValidationError, match="Enter 0 or more"):
            WholeNumberField().clean("-1")
        with pytest.raises(ValidationError, match="Enter 99 or less"):
            WholeNumberField(max_value=99).clean("100")
        with pytest.raises(ValidationError, match="or less"):
            WholeNumberField().clean("9" * 25)


def test_a_blank_number_is_unknown_and_zero_is_zero():
    assert WholeNumberField(required=False).clean(" ") is None
    assert WholeNumberField(required=False).clean("០") == 0


def test_values_come_back_in_the_script_of_the_reader():
    with override("km"):
        assert WholeNumberField().prepare_value(48000) == "៤៨\u00a0០០០"
        assert DayField().prepare_value(date(2026, 6, 11)) == "១១/០៦/២០២៦"
        assert MonthField().prepare_value(date(2026, 11, 1)) == "១១/២០២៦"
    with override("en"):
        assert DayField().prepare_value(date(2026, 6, 11)) == "11/06/2026"
        assert WholeNumberField().prepare_value("4x") == "4x"


@pytest.mark.parametrize("typed", ["១១/០៦/២០២៦", "11/6/2026", " 11 / 06 / ២០២៦ ", "2026-06-11"])
def test_a_day_is_read_as_the_office_writes_it(typed):
    assert DayField().clean(typed) == date(2026, 6, 11)


@pytest.mark.parametrize("typed", ["31/02/2026", "2026", "11/06/26", "01/01/0001", "x"])
def test_what_is_no_day_is_refused_with_an_example(typed):
    with override("en"):
        with pytest.raises(ValidationError) as refusal:
            DayField().clean(typed)
        assert refusal.value.messages == ["Enter a day such as 23/11/2026."]


def test_a_month_is_its_first_day():
    assert MonthField().clean("១១/២០២៦") == date(2026, 11, 1)
    assert MonthField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        MonthField().clean("13/2026")


def test_a_form_that_was_not_touched_has_not_changed():
    with override("km"):
        assert not WholeNumberField().has_changed(48000, "៤៨\u00a0០០០")
        assert not DayField().has_changed(date(2026, 6, 11), "១១/០៦/២០២៦")
