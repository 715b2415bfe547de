"""What a stranger who scans a paper is told: that it exists, of which version, and how the plan stands now.

Nothing of the content: a plan becomes public by a separate act.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise

from communities.models import Area
from scorecards.enums import PlanStatus
from scorecards.models import Document
from scorecards.plans.rows import date_of
from scorecards.printing import KINDS

APPROVED = {PlanStatus.APPROVED, PlanStatus.CLOSED}


@dataclass(frozen=True)
class VerifiedPaper:
    """`newest_number` is that of the plan's last version; `approved_at` is None while the council has not approved it."""

    kind: Promise
    commune: Area
    plan_year: int
    version_number: int
    newest_number: int
    submitted_on: date | None
    approved_at: datetime | None

    @property
    def is_newest(self) -> bool:
        return self.version_number == self.newest_number


def verified(document: Document) -> VerifiedPaper:
    """One query. Only the newest version can be what the council approved."""
    version = document.plan_version
    plan = version.plan
    newest = plan.versions.defer("content").order_by("number").last()
    is_approved = plan.status in APPROVED and newest.pk == version.pk
    return VerifiedPaper(
        kind=KINDS[document.kind].title,
        commune=plan.commune,
        plan_year=plan.plan_year,
        version_number=version.number,
        newest_number=newest.number,
        submitted_on=date_of(version.content["submitted_on"]),
        approved_at=plan.approved_at if is_approved else None,
    )
