"""What a plan still lacks before it can go to the council, and what may lack without harm.

Pages show the lists, `submit_action_plan` refuses with the first. A missing translation never blocks:
Khmer is what the council approves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from isaf_portal.lib import formats
from isaf_portal.lib.khmer import looks_legacy
from scorecards.enums import PlanSection
from scorecards.models import ActionItem, ActionPlan
from scorecards.plans.freezing import signing_providers
from scorecards.plans.outline import Outline, outline_of
from scorecards.plans.sheet import SECTION_LETTERS

# The commune's investment plan looks three years ahead of its own.
YEARS_AHEAD = 3
TRANSLATED = ("activity", "proposer", "target", "location", "unit", "lead", "partners")


@dataclass(frozen=True)
class Missing:
    """One sentence of the list; `anchor` is the id of the card on the plan's page, empty for the whole plan."""

    what: str
    where: str = ""
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


def missing_for_council(plan: ActionPlan, outline: Outline | None = None) -> list[Missing]:
    """Everything that keeps the plan from the council, in the order of the paper; empty if nothing does."""
    outline = outline or outline_of(plan)
    numbered = list(outline)
    if not numbered:
        return [Missing(what=_("The plan has no action yet."))]
    return [
        Missing(what=what, where=place_of(number, item), anchor=anchor_of(item))
        for number, item in numbered
        for what in _missing_in(item)
    ]


def warnings_for_council(plan: ActionPlan, outline: Outline | None = None) -> list[Missing]:
    """What somebody should look at, though the plan can go as it is."""
    outline = outline or outline_of(plan)
    found = [
        Missing(what=what, where=place_of(number, item), anchor=anchor_of(item))
        for number, item in outline
        for what in _doubts_about(item, plan)
    ]
    without = signing_providers(plan, outline).without_room
    if without:
        found.append(
            Missing(
                what=ngettext(
                    "The paper has no room for the signature of %(number)s provider. It receives a copy.",
                    "The paper has no room for the signatures of %(number)s providers. They receive a copy.",
                    len(without),
                )
                % {"number": formats.number(len(without), _language())}
            )
        )
    return found


def anchor_of(item: ActionItem) -> str:
    return f"item-{item.pk}"


def place_of(number: int, item: ActionItem) -> str:
    """ក.១ or A.1: the number as the paper of the reader's language has it."""
    letter = SECTION_LETTERS[_language()][item.section == PlanSection.INTERNAL]
    return f"{letter}.{formats.digits(number, _language())}"


def _language() -> str:
    return "en" if get_language() == "en" else "km"


def _missing_in(item: ActionItem) -> Iterator[str]:
    is_external = item.section == PlanSection.EXTERNAL
    if item.section not in PlanSection.values:
        yield _("The section is missing.")
    if not item.activity_km:
        yield _("The activity is missing in Khmer.")
    if not item.lead_km:
        yield _("It is not said who leads.")
    if item.ends_on is None:
        yield _("The month in which it ends is missing.")
    if is_external and item.cost_riel is None and not item.is_cost_to_be_estimated:
        yield _("The cost is missing. Write it, or tick that it is still to be estimated.")
    if is_external and not item.route:
        yield _("It is not said who is asked for the resources.")


def _doubts_about(item: ActionItem, plan: ActionPlan) -> Iterator[str]:
    first, last = date(plan.plan_year, 1, 1), date(plan.plan_year + YEARS_AHEAD, 12, 31)
    if any(month and not first <= month <= last for month in (item.starts_on, item.ends_on)):
        yield _("Its months are outside the years %(first)s to %(last)s.") % {
            "first": formats.digits(first.year, _language()),
            "last": formats.digits(last.year, _language()),
        }
    if any(getattr(item, f"{field}_km") and not getattr(item, f"{field}_en") for field in TRANSLATED):
        yield _("The English is not complete. The English page shows the Khmer instead.")
    if any(looks_legacy(getattr(item, f"{field}_km") or "") for field in TRANSLATED):
        yield _("Some Khmer looks as if it was typed with an old font. Please type it again.")
