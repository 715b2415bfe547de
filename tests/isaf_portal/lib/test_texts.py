"""What a person typed, made fit to be kept."""

import pytest
from django.utils.translation import override

from isaf_portal.lib.texts import TextTooLong, plain_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("  ទឹកស្អាត ", "ទឹកស្អាត", id="spaces around"),
        pytest.param("ទឹក\u200bស្អាត\ufeff", "ទឹកស្អាត", id="zero width"),
        pytest.param("a\x00b\x1bc", "abc", id="control characters"),
        pytest.param("one\r\ntwo\tthree", "one\ntwo\tthree", id="lines and tabs stay"),
        pytest.param(None, "", id="nothing"),
        pytest.param("\x00", "", id="nothing that can be seen"),
    ],
)
def test_what_cannot_be_seen_is_left_out(typed, kept):
    assert plain_text(typed, at_most=20) == kept


def test_a_longer_text_is_refused_in_the_language_of_the_reader():
    assert plain_text("ក" * 20, at_most=20) == "ក" * 20
    with override("km"), pytest.raises(TextTooLong, match="២០"):
        plain_text("ក" * 21, at_most=20)
