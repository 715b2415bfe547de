"""What a person typed as a text, made fit to be kept: the same on both database engines."""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused

# PostgreSQL refuses NUL; the others come out of spreadsheets and mean nothing. Zero-width spaces are put in at
# print time and never kept.
MEANS_NOTHING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200d\u2060\ufeff]")


class TextTooLong(Refused):
    pass


def plain_text(text: str | None, *, at_most: int) -> str:
    """The text without what cannot be seen, cut at nowhere: a longer one is refused, since half a reason is none."""
    kept = MEANS_NOTHING.sub("", (text or "").replace("\r\n", "\n")).strip()
    if len(kept) > at_most:
        language = get_language() or "en"
        raise TextTooLong(
            _("This text is too long: “%(beginning)s…”. Shorten it to %(count)s characters.")
            % {"beginning": kept[:30], "count": formats.number(at_most, language)}
        )
    return kept
