"""The list of all strings with their places, and its command."""

import polib
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override
from openpyxl import load_workbook

from isaf_portal.help.words import by_place, listed
from tests.guards.test_words import CATALOGUE
from tools.messages import BORROWED


@pytest.fixture(scope="module")
def words():
    with override("en"):
        return listed()


def test_every_string_of_our_own_is_listed_once(words):
    found = {(word.context, word.english) for word in words}
    borrowed = {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(BORROWED))}
    catalogue = {(entry.msgctxt or "", entry.msgid) for entry in polib.pofile(str(CATALOGUE))}
    assert len(found) == len(words)
    assert not catalogue - borrowed - found


def test_a_string_says_where_it_stands_and_its_khmer(words):
    (word,) = [word for word in words if word.english == "Show the password"]
    assert (word.place, word.khmer) == ("Sign in and account", "បង្ហាញពាក្យសម្ងាត់")


def test_two_meanings_of_the_same_english_are_two_lines(words):
    assert len({word.context for word in words if word.english == "Check"}) >= 1
    assert len([word for word in words if word.english == "Closed"]) >= 2


def test_a_place_is_named_once_and_none_is_without_words(words):
    places = [place for place, _those in by_place(words)]
    assert len(places) == len(set(places))
    assert "" not in places


@pytest.mark.parametrize("ending", ["html", "xlsx"])
def test_the_command_writes_a_file_for_a_reader(tmp_path, ending, capsys):
    output = tmp_path / f"words.{ending}"
    call_command("list_words", output=output)
    assert "strings in" in capsys.readouterr().out
    if ending == "html":
        assert "Better word" in output.read_text(encoding="utf-8")
    else:
        sheet = load_workbook(output).active
        assert [cell.value for cell in sheet[1]] == ["Where", "Meaning", "English", "Khmer", "Better word"]
        assert sheet.max_row > 1000


def test_the_command_refuses_another_kind_of_file_and_a_place_it_cannot_write(tmp_path):
    with pytest.raises(CommandError, match="html"):
        call_command("list_words", output=tmp_path / "words.pdf")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("list_words", output=tmp_path / "missing" / "words.html")
