import io

import pytest
from django.core.management import CommandError, call_command

from isaf_portal.lib.print_check import findings


@pytest.fixture
def textfile(tmp_path):
    return tmp_path / "names.txt"


def check(textfile) -> str:
    out = io.StringIO()
    call_command("check_print", str(textfile), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00broken"])
def test_a_file_that_is_no_text_is_refused(textfile, content):
    if content is not None:
        textfile.write_bytes(content)

    with pytest.raises(CommandError, match="cannot be read"):
        check(textfile)


def test_a_missing_glyph_is_reported_with_its_line_and_status_1(textfile):
    textfile.write_text("ល្អ\n\nល្អ 漢\n")

    with pytest.raises(CommandError) as caught:
        check(textfile)

    assert caught.value.returncode == 1
    assert [(found.number, found.problem) for found in findings(textfile.read_text().splitlines())] == [
        (3, "no glyph for 漢 (U+6F22)")
    ]


def test_good_texts_pass(textfile):
    textfile.write_text(
        "\ufeffសរីរាង្គបច្ចុប្បន្នភាព\nថវិកា ៥០% (USD 1,250) ឆ្នាំ២០២៧។\nភូមិ «ក» ៗ\nhttps://example.org/averylongaddresswithoutspaces\n"
    )

    assert check(textfile) == "4 lines set, 0 findings\n"


def test_many_lines_are_set_in_several_documents(textfile):
    texts = ["ស្ត្រី"] * 501 + ["漢"]

    assert [found.number for found in findings(texts)] == [502]
