"""The four pages on which a scorecard is entered, as links from one to the other, and what each page needs of it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.models import Scorecard

STEPS = (
    ("meeting", pgettext_lazy("step of a scorecard", "Meeting")),
    ("criteria", _("Criteria")),
    ("sheet", pgettext_lazy("step of a scorecard", "Scores")),
    ("reasons", _("Reasons and submitting")),
)
# What titles, place and practice ribbon of these pages ask of a scorecard.
PARTS = (
    "scoring_round__commune__parent__parent",
    "provider__located_in",
    "provider__service_type",
    "village",
    "meeting",
    "programme",
)


@dataclass(frozen=True)
class StepLink:
    label: str
    url: str
    is_current: bool


def step_links(scorecard: Scorecard, step: str) -> list[StepLink]:
    """The way through a scorecard, `step` the page that shows it."""
    return [
        StepLink(str(label), reverse(f"scorecards:{name}", args=[scorecard.pk]), name == step)
        for name, label in STEPS
    ]
