"""Drafting the action plan: the plan itself, its agreed actions, and the low scores behind them."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import Area, Meeting
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import PlanSection, RoundStatus
from scorecards.models import ActionItem, ActionPlan, ItemSource, Round
from scorecards.operations.item_fitness import (
    CHOICES,
    FIELDS,
    TRANSLATED,
    Source,
    fit_sources,
    refuse_unfit_item,
)
from scorecards.operations.plan_submission import lock_plan
from scorecards.plans.freezing import interface_meeting_of

RESTORABLE_FOR = timedelta(days=30)
# A plan is made for the year after the scoring; a late one may still be for the same year.
YEARS_AHEAD = range(4)


class PlanExists(Refused):
    """Another round drafted the plan of that year; `plan` is that one."""

    def __init__(self, message, *, plan: ActionPlan):
        super().__init__(message)
        self.plan = plan


class NotDraftable(Refused):
    pass


class NotEditable(Refused):
    pass


@transaction.atomic
def draft_action_plan(
    *, scoring_round: Round, by: User, plan_year: int | None = None, meeting: Meeting | None = None
) -> ActionPlan:
    """The commune's plan for the year after the round's, or for `plan_year`; the same round asked twice answers the same plan.

    A commune has one plan a year, whichever programme scored. `meeting` is the round's interface meeting where
    nothing else is said.
    """
    now = timezone.now()
    scoring_round = Round.objects.select_related("commune").get(pk=scoring_round.pk)
    # The commune is what two rounds share, so it is what they wait for each other at.
    commune = Area.objects.select_for_update(no_key=True).get(pk=scoring_round.commune_id)
    plan_year = scoring_round.year + 1 if plan_year is None else plan_year
    existing = ActionPlan.objects.filter(commune=commune, plan_year=plan_year).first()
    if existing is not None and existing.scoring_round_id == scoring_round.pk:
        return existing
    _refuse_undraftable(scoring_round, plan_year, meeting, existing)
    plan = ActionPlan.objects.create(
        commune=commune,
        plan_year=plan_year,
        scoring_round=scoring_round,
        meeting=meeting or interface_meeting_of(scoring_round),
        drafted_at=now,
        drafted_by=by,
    )
    record(
        "scorecards.plan.drafted", noun="plan", object_id=plan.pk, by=by, at=now,
        area=commune.code, year=plan_year, round=scoring_round.pk,
    )  # fmt: skip
    return plan


def _refuse_undraftable(
    scoring_round: Round, plan_year: int, meeting: Meeting | None, existing: ActionPlan | None
) -> None:
    if existing is not None:
        raise PlanExists(
            _("%(commune)s has a plan for %(year)s already. Add the actions to that one.")
            % {"commune": scoring_round.commune.name, "year": _shown(plan_year)},
            plan=existing,
        )
    if scoring_round.status == RoundStatus.CLOSED:
        raise NotDraftable(_("This annual round is closed. Its plan can no longer be drafted."))
    if plan_year - scoring_round.year not in YEARS_AHEAD:
        raise NotDraftable(
            _("A plan of this round can be for the years %(first)s to %(last)s.")
            % {
                "first": _shown(scoring_round.year + YEARS_AHEAD[0]),
                "last": _shown(scoring_round.year + YEARS_AHEAD[-1]),
            }
        )
    if meeting is not None and meeting.commune_id != scoring_round.commune_id:
        raise NotDraftable(_("That meeting was held for another commune."))


@transaction.atomic
def put_action_item(
    *,
    plan: ActionPlan,
    fields: dict,
    by: User,
    item: ActionItem | None = None,
    sources: Sequence[Source] | None = None,
) -> ActionItem:
    """Add an agreed action, or change this one. What is not yet known may stay empty: `missing_for_council` lists it.

    `fields` holds columns of `ActionItem` (`FIELDS`): texts as `activity_km` and `activity_en`; months as their first
    day; whole riel, where None is unknown and 0 costs nothing. What is left out stays as it is. A known cost takes
    back the tick that it is still to be estimated. `sources`, where given, replaces the low scores behind the action.
    """
    now = timezone.now()
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"An action has no {', '.join(sorted(unknown))}.")
    plan = lock_plan(plan)
    _refuse_uneditable(plan)
    is_new = item is None
    item = ActionItem(plan=plan) if is_new else _lock_item(item, plan)
    stood = (item.section, item.provider_id)
    _fill(item, fields)
    refuse_unfit_item(item, plan, is_provider_new=is_new or stood[1] != item.provider_id)
    sources = None if sources is None else fit_sources(sources, plan)
    if is_new or stood != (item.section, item.provider_id):
        item.order = _last_place(item) + 1
    item.save()
    if sources is not None:
        _replace_sources(item, sources)
    _bump(plan)
    _record("added" if is_new else "changed", item, plan, by, now)
    return item


@transaction.atomic
def move_action_item(*, item: ActionItem, step: int, by: User) -> ActionItem:
    """One place up (-1) or down (1) among the actions of its section, in section ខ among those of its provider."""
    now = timezone.now()
    plan = lock_plan(item.plan)
    _refuse_uneditable(plan)
    item = _lock_item(item, plan)
    row = list(_neighbours(item).order_by("order", "pk"))
    here = row.index(item)
    there = here + step
    if step not in {-1, 1} or not 0 <= there < len(row):
        return item
    row[here], row[there] = row[there], row[here]
    for order, each in enumerate(row, start=1):
        each.order = order
    ActionItem.objects.bulk_update(row, ["order"])
    _bump(plan)
    _record("moved", item, plan, by, now, step=step)
    return row[there]


@transaction.atomic
def delete_action_item(*, item: ActionItem, by: User) -> ActionItem:
    """Take an action out of the draft. It can be restored for thirty days."""
    now = timezone.now()
    plan = lock_plan(item.plan)
    _refuse_uneditable(plan)
    item = _lock_item(item, plan)
    item.deleted_at, item.deleted_by = now, by
    item.save(update_fields=["deleted_at", "deleted_by"])
    _bump(plan)
    _record("deleted", item, plan, by, now)
    return item


@transaction.atomic
def restore_action_item(*, item: ActionItem, by: User) -> ActionItem:
    """Put a deleted action back at its place."""
    now = timezone.now()
    plan = lock_plan(item.plan)
    _refuse_uneditable(plan)
    item = ActionItem.objects.select_for_update().get(pk=item.pk)
    if item.deleted_at is None:
        return item
    if now - item.deleted_at > RESTORABLE_FOR:
        raise NotEditable(_("This action was deleted more than 30 days ago. Please write it again."))
    item.deleted_at = item.deleted_by = None
    item.save(update_fields=["deleted_at", "deleted_by"])
    _bump(plan)
    _record("restored", item, plan, by, now)
    return item


def _refuse_uneditable(plan: ActionPlan) -> None:
    if not plan.is_editable:
        raise NotEditable(_("The plan is with the council and cannot be changed now."))


def _lock_item(item: ActionItem, plan: ActionPlan) -> ActionItem:
    found = ActionItem.objects.select_for_update().get(pk=item.pk, plan=plan)
    if found.deleted_at is not None:
        raise NotEditable(_("This action was deleted. Restore it first."))
    if found.left_out_at is not None:
        raise NotEditable(_("The council left this action out."))
    return found


def _fill(item: ActionItem, fields: dict) -> None:
    for name, value in fields.items():
        if name in TRANSLATED:
            value = plain_text(value, at_most=ActionItem._meta.get_field(name).max_length)
        setattr(item, name, value)
    for name in CHOICES:
        setattr(item, name, getattr(item, name) or "")
    item.is_cost_to_be_estimated = bool(item.is_cost_to_be_estimated)
    if item.cost_riel is not None:
        item.is_cost_to_be_estimated = False
    if item.section == PlanSection.INTERNAL:
        # A provider asks nobody: what it does itself has no route.
        item.route = ""


def _replace_sources(item: ActionItem, sources: list[Source]) -> None:
    item.sources.all().delete()
    ItemSource.objects.bulk_create(
        ItemSource(item=item, scoring_round=scoring_round, provider=provider, criterion=criterion)
        for scoring_round, provider, criterion in sources
    )


def _neighbours(item: ActionItem):
    """The kept actions among which this one has its place, itself included."""
    row = ActionItem.objects.kept().filter(plan=item.plan_id, section=item.section)
    return row.filter(provider=item.provider_id) if item.section == PlanSection.INTERNAL else row


def _last_place(item: ActionItem) -> int:
    return _neighbours(item).exclude(pk=item.pk).aggregate(last=Max("order"))["last"] or 0


def _bump(plan: ActionPlan) -> None:
    plan.revision += 1
    plan.save(update_fields=["revision"])


def _record(verb: str, item: ActionItem, plan: ActionPlan, by: User, now, **detail) -> None:
    record(
        f"scorecards.item.{verb}", noun="item", object_id=item.pk, by=by, at=now,
        area=plan.commune.code, plan=plan.pk, revision=plan.revision, **detail,
    )  # fmt: skip


def _shown(year: int) -> str:
    return formats.digits(year, get_language() or "en")
