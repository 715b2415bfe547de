"""The council reads a version of the plan, decides on it in its session, and the decision takes effect."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import CouncilOutcome, PlanStatus
from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    DecisionConfirmation,
    PlanReading,
    PlanRemark,
    PlanVersion,
)
from scorecards.operations.decision_fitness import UnfitDecision, refuse_strangers, refuse_unfit_decision
from scorecards.operations.documents import request_documents
from scorecards.operations.plan_submission import freeze_version, lock_plan, newest_version
from scorecards.operations.scans import keep_scan, read_scan

LONGEST_REMARK = 2_000


class NotBeforeTheCouncil(Refused):
    """The version is not, or no longer, what the council decides on."""


class UnfitRemark(Refused):
    pass


class NotToConfirm(Refused):
    pass


@transaction.atomic
def remark_on_plan(
    *,
    plan_version: PlanVersion,
    text: str,
    by: User,
    item: ActionItem | None = None,
    text_language: str = "km",
) -> PlanRemark:
    """A remark or question before the session, on one action or on the whole plan."""
    now = timezone.now()
    plan = _lock_open(plan_version)
    text = plain_text(text, at_most=LONGEST_REMARK)
    if not text:
        raise UnfitRemark(_("Write the remark or question first."))
    if item is not None:
        refuse_strangers([item], plan_version)
    remark = PlanRemark.objects.create(
        plan_version=plan_version,
        item=item,
        text=text,
        text_language=text_language,
        remarked_at=now,
        remarked_by=by,
    )
    _record("plan.remarked", plan, plan_version, by, now, remark=remark.pk, item=item.pk if item else None)
    return remark


@transaction.atomic
def mark_item_read(*, plan_version: PlanVersion, item: ActionItem, is_read: bool, by: User) -> None:
    """A person's private mark. It leaves no line in the trail: who read what is nobody else's business."""
    now = timezone.now()
    refuse_strangers([item], plan_version)
    if is_read:
        PlanReading.objects.get_or_create(
            plan_version=plan_version, item=item, read_by=by, defaults={"read_at": now}
        )
    else:
        PlanReading.objects.filter(plan_version=plan_version, item=item, read_by=by).delete()


@transaction.atomic
def record_council_decision(
    *,
    plan_version: PlanVersion,
    session_number: str,
    held_on: date,
    present_count: int,
    council_size: int,
    outcome: str,
    by: User,
    present_female_count: int | None = None,
    reason: str = "",
    left_out: Sequence[ActionItem] = (),
    agrees_to_publish: bool = False,
    scan: UploadedFile | None = None,
) -> CouncilDecision:
    """What the minutes of the session say. Takes effect once it is confirmed (`confirm_council_decision`).

    Until then it may be recorded again: that replaces what was said, and who confirmed before confirms anew. The
    trail keeps both, and every scan is kept.
    """
    now = timezone.now()
    plan = _lock_open(plan_version)
    decision = _decision_on(plan_version)
    is_new = decision.pk is None
    decision.session_number = plain_text(session_number, at_most=40)
    decision.held_on, decision.outcome, decision.council_size = held_on, outcome, council_size
    decision.present_count, decision.present_female_count = present_count, present_female_count
    decision.reason = plain_text(reason, at_most=500)
    decision.agrees_to_publish = agrees_to_publish and outcome != CouncilOutcome.RETURN
    decision.recorded_at, decision.recorded_by = now, by
    refuse_unfit_decision(decision, left_out, now)
    page = read_scan(scan) if scan is not None else None
    decision.save()
    decision.left_out.set(left_out)
    withdrawn, _per_table = decision.confirmations.all().delete()
    if page:
        keep_scan(decision=decision, page=page, name=scan.name, by=by, now=now)
    said = _in_numbers(decision, left_out) | {"has_scan": bool(page), "withdrawn_confirmations": withdrawn}
    _record("decision.recorded" if is_new else "decision.corrected", plan, plan_version, by, now, **said)
    return decision


def warnings_for_decision(*, plan_version: PlanVersion, held_on: date) -> list[str]:
    """What the clerk should look at again, though it may be so."""
    if held_on < timezone.localdate(plan_version.frozen_at):
        return [
            gettext("The session was held before this version of the plan was submitted. Is the date right?")
        ]
    return []


@transaction.atomic
def confirm_council_decision(*, decision: CouncilDecision, by: User) -> CouncilDecision:
    """The chief, or a person named for it, says that the minutes say this; never the person who recorded it.

    The last confirmation that the programme needs puts the decision into effect: the plan is approved, approved
    without what the council left out, or returned.
    """
    now = timezone.now()
    plan_version = decision.plan_version
    plan = _lock_open(plan_version)
    decision = CouncilDecision.objects.select_for_update().get(pk=decision.pk)
    if decision.recorded_by_id == by.pk:
        raise NotToConfirm(_("You recorded this decision. Another person confirms it."))
    _confirmation, is_new = DecisionConfirmation.objects.get_or_create(
        decision=decision, confirmed_by=by, defaults={"confirmed_at": now}
    )
    if not is_new:
        raise NotToConfirm(_("You confirmed this decision already."))
    count = decision.confirmations.count()
    _record("decision.confirmed", plan, plan_version, by, now, decision=decision.pk, confirmations=count)
    if count >= plan.scoring_round.programme.confirmations_needed:
        decision.settled_at = now
        decision.save(update_fields=["settled_at"])
        _put_into_effect(decision, by=by)
    return decision


@transaction.atomic
def approve_action_plan(*, plan_version: PlanVersion, by: User) -> ActionPlan:
    """The plan is approved as this version says, which must be the newest: what was read is what is approved.

    Only after a decision of the council to that effect was confirmed; nobody approves by a call alone.
    """
    now = timezone.now()
    plan = _lock_open(plan_version)
    agreed = CouncilDecision.objects.filter(plan_version__plan=plan, settled_at__isnull=False)
    if not agreed.exclude(outcome=CouncilOutcome.RETURN).exists():
        raise NotBeforeTheCouncil(_("The council's decision on this plan is not confirmed yet."))
    plan.status, plan.approved_at, plan.approved_by = PlanStatus.APPROVED, now, by
    plan.save(update_fields=["status", "approved_at", "approved_by"])
    _record("plan.approved", plan, plan_version, by, now)
    return plan


@transaction.atomic
def return_action_plan(*, plan_version: PlanVersion, reason: str, by: User) -> ActionPlan:
    """The plan goes back to be corrected; the next submission makes another version."""
    now = timezone.now()
    plan = _lock_open(plan_version)
    reason = plain_text(reason, at_most=500)
    if not reason:
        raise UnfitDecision(_("Write why, so that the others can correct it."), field="reason")
    plan.status, plan.returned_at, plan.returned_by = PlanStatus.RETURNED, now, by
    plan.return_reason = reason
    plan.save(update_fields=["status", "returned_at", "returned_by", "return_reason"])
    _record("plan.returned", plan, plan_version, by, now)
    return plan


def _decision_on(plan_version: PlanVersion) -> CouncilDecision:
    """The one there is, held until the transaction ends; else a new one, not yet kept."""
    found = CouncilDecision.objects.select_for_update().filter(plan_version=plan_version).first()
    return found or CouncilDecision(plan_version=plan_version)


def _in_numbers(decision: CouncilDecision, left_out: Sequence[ActionItem]) -> dict:
    """What the trail keeps of the minutes: no words, and nobody's name."""
    return {
        "decision": decision.pk,
        "outcome": str(decision.outcome),
        "present": decision.present_count,
        "left_out": len(left_out),
    }


def _put_into_effect(decision: CouncilDecision, *, by: User) -> None:
    if decision.outcome == CouncilOutcome.RETURN:
        return_action_plan(plan_version=decision.plan_version, reason=decision.reason, by=by)
        return
    version = decision.plan_version
    if decision.outcome == CouncilOutcome.APPROVE_EXCEPT:
        version = _leave_items_out(decision, by=by)
    approve_action_plan(plan_version=version, by=by)


@transaction.atomic
def _leave_items_out(decision: CouncilDecision, *, by: User) -> PlanVersion:
    """What the council approves is a paper of its own: a version without those actions, with its own documents."""
    now = timezone.now()
    plan = _lock_open(decision.plan_version)
    left_out = list(decision.left_out.select_for_update())
    for item in left_out:
        item.left_out_at, item.left_out_by = now, by
        item.save(update_fields=["left_out_at", "left_out_by"])
    version = freeze_version(plan=plan, by=by, now=now)
    _record("plan.items_left_out", plan, version, by, now, decision=decision.pk, items=len(left_out))
    request_documents(plan_version=version, by=by)
    return version


def _lock_open(plan_version: PlanVersion) -> ActionPlan:
    """The locked plan, if this version of it is what the council has before it now."""
    plan = lock_plan(plan_version.plan)
    newest = newest_version(plan)
    if newest.pk != plan_version.pk:
        raise NotBeforeTheCouncil(
            _("There is a newer version of this plan (version %(number)s). Read that one.")
            % {"number": formats.digits(newest.number, get_language() or "en")}
        )
    if plan.status == PlanStatus.RETURNED:
        raise NotBeforeTheCouncil(
            _("The council has returned this plan. The next version comes to it again.")
        )
    if plan.status != PlanStatus.SUBMITTED:
        raise NotBeforeTheCouncil(_("The council has decided on this plan already."))
    return plan


def _record(
    verb: str,
    plan: ActionPlan,
    version: PlanVersion,
    by: User,
    now: datetime,
    **detail: int | str | bool | None,
) -> None:
    noun, _dot, _verb = verb.partition(".")
    record(
        f"scorecards.{verb}", noun=noun, object_id=detail["decision"] if noun == "decision" else plan.pk, by=by, at=now,
        area=plan.commune.code, version=version.number, plan=plan.pk, **detail,
    )  # fmt: skip
