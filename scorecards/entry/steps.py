"""The four pages on which a scorecard is entered, as links from one to the other, and what each page needs of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from scorecards.models import ScorecardVersion
from scorecards.names import name_of, place_of_card

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


def page_head(version: ScorecardVersion, step: str, *, title: str, lead: Iterable[str] = ()) -> dict:
    """What the four pages have in common in their context; `lead` follows the scorecard's name under the title."""
    scorecard = version.scorecard
    return {
        "title": title,
        "lead": " · ".join([name_of(scorecard), *filter(None, lead)]),
        "state": version.status,
        "place": place_of_card(scorecard, leads_to_round=True),
        "practice": scorecard.place.is_practice,
        "next": None,
        "missing": [],
        "steps": step_links(scorecard.pk, step),
        "scorecard": scorecard,
        "version": version,
    }


def step_links(scorecard_pk: int, step: str) -> list[StepLink]:
    """The way through a scorecard, `step` the page that shows it."""
    return [
        StepLink(str(label), reverse(f"scorecards:{name}", args=[scorecard_pk]), name == step)
        for name, label in STEPS
    ]
