"""The guide of each role on paper: one sheet, both sides, in Khmer and in English."""

import io

import pytest
from django.conf import settings
from pypdf import PdfReader

from accounts.roles import ROLES
from isaf_portal.help import printing
from isaf_portal.help.printing import SIZES, file_name, guide_html, guide_pdf, page_count


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("role", ROLES)
def test_a_guide_fills_two_pages(role, language):
    """In the smallest letters it needs no third page, in the largest more than one: so some size gives two."""
    fits = {"role": role, "language": language, "phones": ("012 345 678",)}
    assert page_count(**fits, size=SIZES[0]) <= 2
    assert page_count(**fits, size=SIZES[-1]) >= 2


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_file_is_two_pages_of_a4_and_says_its_language(language):
    reader = PdfReader(io.BytesIO(guide_pdf(role="council_chief", language=language)))
    assert len(reader.pages) == 2
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]
    assert reader.trailer["/Root"]["/Lang"] == language
    assert file_name(role="council_chief", language=language) == f"GUIDE_council_chief_{language}.pdf"


def test_a_text_that_grew_too_long_is_told(monkeypatch):
    monkeypatch.setattr(printing, "PAGES", 0)
    with pytest.raises(printing.TooLong, match="facilitator in km"):
        printing.fitting_size(role="facilitator", language="km")


def test_the_help_number_is_printed_or_room_left_for_it():
    known = guide_html(role="councillor", language="en", phones=("012 345 678",), size="s5")
    assert "<b>012 345 678</b>" in known
    unknown = guide_html(role="councillor", language="en", phones=(), size="s5")
    assert unknown.count('class="line"') == known.count('class="line"') + 1
    assert settings.SITE_URL.split("://")[1] in known
