"""What the minutes of a council session can say of a plan, and what they cannot."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from scorecards.enums import CouncilOutcome
from scorecards.models import ActionItem, CouncilDecision, PlanVersion
from scorecards.plans.content import items

LARGEST_COUNCIL = 99


class UnfitDecision(Refused):
    """What the minutes are said to say cannot be so; `field` is the one it is about, where it is about one."""

    def __init__(self, message, *, field: str = ""):
        super().__init__(message)
        self.field = field


def refuse_unfit_decision(decision: CouncilDecision, left_out: Sequence[ActionItem], now: datetime) -> None:
    """Refuses in words what the table would refuse without, and what contradicts itself."""
    if not decision.session_number:
        raise UnfitDecision(_("Write the number of the session."), field="session_number")
    if decision.held_on > timezone.localdate(now):
        raise UnfitDecision(_("The session cannot be on a day to come."), field="held_on")
    _refuse_impossible_numbers(decision)
    if decision.outcome not in CouncilOutcome.values:
        raise UnfitDecision(_("Say what the council decided."), field="outcome")
    if decision.outcome != CouncilOutcome.APPROVE and not decision.reason:
        raise UnfitDecision(_("Write why, so that the others can correct it."), field="reason")
    if decision.outcome == CouncilOutcome.APPROVE_EXCEPT:
        _refuse_unfit_exceptions(left_out, decision.plan_version)
    elif left_out:
        raise UnfitDecision(
            _("Actions are left out only where the council agrees except some of them."), field="left_out"
        )


def _refuse_impossible_numbers(decision: CouncilDecision) -> None:
    present, size = decision.present_count, decision.council_size
    if not 1 <= size <= LARGEST_COUNCIL:
        raise UnfitDecision(_("Write how many members the council has."), field="council_size")
    if present < 1:
        raise UnfitDecision(_("Write how many councillors were present."), field="present_count")
    if present > size:
        raise UnfitDecision(
            _("%(present)s councillors present are more than the council has (%(size)s).")
            % {"present": _shown(present), "size": _shown(size)},
            field="present_count",
        )
    women = decision.present_female_count
    if women is not None and not 0 <= women <= present:
        raise UnfitDecision(
            _("There were more women (%(women)s) than councillors present (%(present)s).")
            % {"women": _shown(women), "present": _shown(present)},
            field="present_female_count",
        )


def _refuse_unfit_exceptions(left_out: Sequence[ActionItem], plan_version: PlanVersion) -> None:
    if not left_out:
        raise UnfitDecision(_("Tick the actions that the council left out."), field="left_out")
    refuse_strangers(left_out, plan_version)
    if len({item.pk for item in left_out}) == sum(1 for _item in items(plan_version.content)):
        raise UnfitDecision(
            _("All actions are ticked. If the council agrees to none, it returns the plan."), field="left_out"
        )


def refuse_strangers(found: Sequence[ActionItem], plan_version: PlanVersion) -> None:
    """Only what stands in this version can be spoken of."""
    ours = {item["id"] for item in items(plan_version.content)}
    if not {item.pk for item in found} <= ours:
        raise UnfitDecision(_("That action is not in this version of the plan."), field="left_out")


def _shown(count: int) -> str:
    return formats.number(count, get_language() or "en")
