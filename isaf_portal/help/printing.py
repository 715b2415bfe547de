"""The guide of a role as a PDF of exactly two pages, one sheet printed on both sides."""

from functools import lru_cache

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from accounts.roles import ROLES
from isaf_portal.help.guides import guide_of
from isaf_portal.lib import icons, pdf
from isaf_portal.templatetags.isaf import SCORE_WORDS

STYLESHEET = "templates/isaf_portal/help/guide.css"
PAGES = 2
# The sizes of `guide.css`, largest first: a short guide is printed in larger letters.
SIZES = ("s6", "s5", "s4", "s3", "s2", "s1", "s0")


class TooLong(ValueError):
    """The guide does not fit two pages in the smallest letters: a text has to be shorter."""


@lru_cache(maxsize=64)
def guide_pdf(*, role: str, language: str, phones: tuple[str, ...] = ()) -> bytes:
    """The guide in the largest letters in which it fills two pages. Kept, since the text changes with releases alone.

    `phones` are the help numbers to print; without any, a line is left to write one by hand.
    """
    for size in SIZES:
        html = guide_html(role=role, language=language, phones=phones, size=size)
        document = pdf.layout(html=html, stylesheet=settings.BASE_DIR / STYLESHEET)
        if len(document.pages) == PAGES:
            return pdf.render(html=html, stylesheet=settings.BASE_DIR / STYLESHEET)
    raise TooLong(f"The guide of {role} in {language} needs more than {PAGES} pages.")


def guide_html(*, role: str, language: str, phones: tuple[str, ...], size: str) -> str:
    with override(language):
        context = {
            "guide": guide_of(ROLES[role]),
            "language": language,
            "phones": phones,
            "size": size,
            "scores": scores(),
            "address": f"{settings.SITE_URL}{reverse('help')}",
        }
        return render_to_string("isaf_portal/help/guide_paper.html", context)


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
