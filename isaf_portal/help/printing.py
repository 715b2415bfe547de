"""The guide of a role as a PDF of exactly two pages, one sheet printed on both sides."""

from functools import lru_cache

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from accounts.roles import ROLES
from isaf_portal.help.guides import guide_of
from isaf_portal.lib import icons, pdf
from isaf_portal.templatetags.isaf import SCORE_WORDS

STYLESHEET = "templates/isaf_portal/help/guide.css"
PAGES = 2
# The sizes of `guide.css`, smallest first: a short guide is printed in larger letters.
SIZES = tuple(f"s{step}" for step in range(10))


class TooLong(ValueError):
    """The guide does not fit two pages in the smallest letters: a text has to be shorter."""


@lru_cache(maxsize=64)
def guide_pdf(*, role: str, language: str, phones: tuple[str, ...] = ()) -> bytes:
    """The guide in the largest letters in which it fills two pages. Kept, since the text changes with releases alone.

    `phones` are the help numbers to print; without any, a line is left to write one by hand.
    """
    stylesheet = settings.BASE_DIR / STYLESHEET
    size = fitting_size(role=role, language=language, phones=phones)
    return pdf.render(
        html=guide_html(role=role, language=language, phones=phones, size=size), stylesheet=stylesheet
    )


def fitting_size(*, role: str, language: str, phones: tuple[str, ...] = ()) -> str:
    """The largest of `SIZES` in which the guide needs no third page; found by halving, since a layout takes time."""
    smallest, largest = -1, len(SIZES) - 1
    while smallest < largest:
        middle = (smallest + largest + 1) // 2
        if page_count(role=role, language=language, phones=phones, size=SIZES[middle]) <= PAGES:
            smallest = middle
        else:
            largest = middle - 1
    if smallest < 0:
        raise TooLong(f"The guide of {role} in {language} needs more than {PAGES} pages.")
    return SIZES[smallest]


def page_count(*, role: str, language: str, phones: tuple[str, ...], size: str) -> int:
    html = guide_html(role=role, language=language, phones=phones, size=size)
    return len(pdf.layout(html=html, stylesheet=settings.BASE_DIR / STYLESHEET).pages)


def guide_html(*, role: str, language: str, phones: tuple[str, ...], size: str) -> str:
    with override(language):
        context = {
            "guide": guide_of(ROLES[role]),
            "language": language,
            "phones": phones,
            "size": size,
            "scores": scores(),
            "address": settings.SITE_URL.split("://")[-1],
            "code": square_code(settings.SITE_URL),
        }
        return render_to_string("isaf_portal/help/guide_paper.html", context)


def square_code(address: str) -> SafeString:
    """The address for the camera of a phone."""
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        title=address, border=2, omitsize=True, svgclass="code", lineclass=None
    )
    # Made by segno of an address of ours, and escaped by it.
    return mark_safe(drawing)


def scores() -> list[dict]:
    """The five scores and "no opinion", each as face, figure and word."""
    drawn = [
        {"face": icons.inline(f"f{score}", "face", paint=True), "figure": score, "word": word}
        for score, word in SCORE_WORDS.items()
    ]
    return [*drawn, {"face": icons.inline("f0", "face"), "figure": None, "word": gettext("No opinion")}]


def file_name(*, role: str, language: str) -> str:
    """A short Latin name, fit for sending: GUIDE_council_clerk_km.pdf."""
    return f"GUIDE_{role}_{language}.pdf"
