"""The clerical corrections of a plan as its next frozen copy lists them: where, what it said, what it says now."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from scorecards.enums import PlanSection
from scorecards.models import ClericalCorrection
from scorecards.plans.content import LANGUAGES
from scorecards.plans.outline import Outline
from scorecards.plans.rows import SECTION_LETTERS

# What a reader calls the fields that are corrected without the council.
FIELD_NAMES = {
    "proposer": gettext_lazy("proposer"),
    "target": gettext_lazy("target response"),
    "location": gettext_lazy("location"),
    "unit": gettext_lazy("unit"),
    "partners": gettext_lazy("with whom"),
}


def corrections_in(outline: Outline, corrections: Iterable[ClericalCorrection]) -> list[dict]:
    """These corrections, in their order, as `plans.content` wants them; without those of actions no longer there."""
    labels = {
        item.pk: f"{SECTION_LETTERS['km'][item.section == PlanSection.INTERNAL]}.{number}"
        for number, item in outline
    }
    return [
        {
            "row": labels[correction.item_id],
            "note": note_of(correction),
            "on": timezone.localdate(correction.corrected_at).isoformat(),
        }
        for correction in corrections
        if correction.item_id in labels
    ]


def note_of(correction: ClericalCorrection) -> dict[str, str]:
    """“unit: “metre” → “metres””, in each language of the paper; the words themselves are those of the Khmer paper."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = (
                _("%(field)s: “%(before)s” → “%(after)s”")
                if correction.before
                else _("%(field)s: added “%(after)s”")
            ) % {
                "field": FIELD_NAMES[correction.field],
                "before": correction.before,
                "after": correction.after,
            }
    return said
