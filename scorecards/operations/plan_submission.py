"""A plan goes to the council: its content is fixed in a version, and the papers are asked for."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib.errors import Refused
from scorecards.enums import PlanStatus
from scorecards.models import ActionPlan, ClericalCorrection, PlanVersion
from scorecards.operations.documents import request_documents
from scorecards.plans.content import content_hash
from scorecards.plans.freezing import content_of, interface_meeting_of
from scorecards.plans.missing import missing_for_council

# What differs between two versions that say the same.
OF_THE_VERSION = ("version", "submitted_on")


class NotToSubmit(Refused):
    pass


@transaction.atomic
def submit_action_plan(*, plan: ActionPlan, by: User) -> PlanVersion:
    """Fix what the council reads, ask for its papers, and hand the plan over.

    Refused with the list of what is missing. A plan that the council returned must have changed: the same plan
    under a new number would only make the council read it twice.
    """
    now = timezone.now()
    plan = lock_plan(plan)
    _refuse_unready(plan)
    if plan.meeting is None:
        plan.meeting = interface_meeting_of(plan.scoring_round)
    before = newest_version(plan)
    version = freeze_version(plan=plan, by=by, now=now)
    if before is not None and _says_the_same(before, version):
        raise NotToSubmit(
            _(
                "Nothing was changed since the council returned the plan. Correct what it asked for, then submit it again."
            )
        )
    plan.status, plan.submitted_at, plan.submitted_by = PlanStatus.SUBMITTED, now, by
    plan.save(update_fields=["status", "submitted_at", "submitted_by", "meeting"])
    record(
        "scorecards.plan.submitted", noun="plan", object_id=plan.pk, by=by, at=now,
        area=plan.commune.code, version=version.number,
    )  # fmt: skip
    request_documents(plan_version=version, by=by)
    return version


def freeze_version(
    *, plan: ActionPlan, by: User, now: datetime, corrections: Iterable[ClericalCorrection] = ()
) -> PlanVersion:
    """The next version of a locked plan, as it stands now. For operations: it decides nothing about the state."""
    before = newest_version(plan)
    number = before.number + 1 if before else 1
    content = content_of(
        plan,
        number=number,
        submitted_on=timezone.localdate(now),
        is_draft=False,
        corrections=corrections,
    )
    return PlanVersion.objects.create(
        plan=plan, number=number, content=content, sha256=content_hash(content), frozen_at=now, frozen_by=by
    )


def newest_version(plan: ActionPlan) -> PlanVersion | None:
    return plan.versions.order_by("number").last()


def lock_plan(plan: ActionPlan) -> ActionPlan:
    """The plan as it stands in the table, held until the transaction ends, with what operations need of it."""
    return (
        ActionPlan.objects.select_for_update(of=("self",))
        .select_related("commune", "scoring_round__programme", "meeting")
        .get(pk=plan.pk)
    )


def _refuse_unready(plan: ActionPlan) -> None:
    if plan.status == PlanStatus.SUBMITTED:
        raise NotToSubmit(_("The plan is with the council already."))
    if not plan.is_editable:
        raise NotToSubmit(_("The council has approved this plan. It is not submitted again."))
    missing = missing_for_council(plan)
    if missing:
        raise NotToSubmit(
            _("The plan cannot go to the council yet: something is missing."),
            missing=[str(each) for each in missing],
        )


def _says_the_same(before: PlanVersion, after: PlanVersion) -> bool:
    return all(
        before.content.get(key) == value for key, value in after.content.items() if key not in OF_THE_VERSION
    )
