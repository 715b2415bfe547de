"""Spelling, a unit, a name of a place on an approved plan put right without a new session of the council."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import PlanStatus
from scorecards.models import (
    CLERICAL_FIELDS,
    ActionItem,
    ActionPlan,
    ClericalCorrection,
    PlanReading,
    PlanVersion,
)
from scorecards.operations.documents import request_documents
from scorecards.operations.plan_submission import freeze_version, lock_plan, newest_version

LONGEST_REASON = 300


class NotClerical(Refused):
    """It is for the council, or nothing is to be corrected; `field` is the one it is about, where it is about one."""

    def __init__(self, message, *, field: str = ""):
        super().__init__(message)
        self.field = field


@transaction.atomic
def correct_clerically(*, item: ActionItem, values: Mapping[str, str], reason: str, by: User) -> PlanVersion:
    """The next version of the approved plan with these words put right, which its papers list.

    `values` are the Khmer texts by field (`CLERICAL_FIELDS`); what is the same as before is no correction. The
    council's decision stands: it decided on the money, the dates, who leads and what is done.
    """
    now = timezone.now()
    if unknown := set(values) - set(CLERICAL_FIELDS):
        raise TypeError(f"not clerical: {', '.join(sorted(unknown))}")
    plan = lock_plan(item.plan)
    item = _lock_fixed(item, plan)
    reason = plain_text(reason, at_most=LONGEST_REASON)
    if not reason:
        raise NotClerical(_("Write why this is corrected."), field="reason")
    changed = _changed(item, values)
    for field, after in changed.items():
        setattr(item, f"{field}_km", after[1])
    item.save(update_fields=[f"{field}_km" for field in changed])
    before = newest_version(plan)
    version = _freeze(item, plan, changed, reason, by, now)
    _carry_reading_marks(before, version, item)
    record(
        "scorecards.item.corrected", noun="item", object_id=item.pk, by=by, at=now, area=plan.commune.code,
        version=version.number, plan=plan.pk, fields=",".join(sorted(changed)),
    )  # fmt: skip
    request_documents(plan_version=version, by=by)
    return version


def _lock_fixed(item: ActionItem, plan: ActionPlan) -> ActionItem:
    if plan.is_editable:
        raise NotClerical(_("The plan is still being written. Change the activity itself."))
    if plan.status == PlanStatus.SUBMITTED:
        raise NotClerical(
            _(
                "The council has this plan before it. Correct it after the decision, so that all read the same."
            )
        )
    if plan.status == PlanStatus.CLOSED:
        raise NotClerical(_("This plan is closed. It is no longer corrected."))
    item = ActionItem.objects.select_for_update().get(pk=item.pk, plan=plan)
    if item.deleted_at or item.left_out_at:
        raise NotClerical(_("This activity does not stand in the plan."))
    return item


def _changed(item: ActionItem, values: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """By field what it said and what it shall say."""
    found = {}
    for field, typed in values.items():
        before = getattr(item, f"{field}_km") or ""
        after = plain_text(typed, at_most=ActionItem._meta.get_field(field).max_length)
        if before and not after:
            raise NotClerical(
                _("A correction does not take a word out. To take it out is for the council."), field=field
            )
        if after != before:
            found[field] = (before, after)
    if not found:
        raise NotClerical(_("Nothing was changed. Correct a word first."))
    return found


def _freeze(
    item: ActionItem,
    plan: ActionPlan,
    changed: dict[str, tuple[str, str]],
    reason: str,
    by: User,
    now: datetime,
) -> PlanVersion:
    """The version with all corrections that were ever made of this plan, and the rows of the new ones."""
    new = [
        ClericalCorrection(
            item=item,
            field=field,
            before=before,
            after=after,
            reason=reason,
            corrected_at=now,
            corrected_by=by,
        )
        for field, (before, after) in sorted(changed.items())
    ]
    earlier = ClericalCorrection.objects.filter(plan_version__plan=plan).order_by("pk")
    version = freeze_version(plan=plan, by=by, now=now, corrections=[*earlier, *new])
    for correction in new:
        correction.plan_version = version
    ClericalCorrection.objects.bulk_create(new)
    return version


def _carry_reading_marks(before: PlanVersion, version: PlanVersion, corrected: ActionItem) -> None:
    """Who read the rest of the plan need not read it again for one word."""
    kept = PlanReading.objects.filter(plan_version=before).exclude(item=corrected)
    PlanReading.objects.bulk_create(
        PlanReading(
            plan_version=version, item_id=mark.item_id, read_at=mark.read_at, read_by_id=mark.read_by_id
        )
        for mark in kept
    )
