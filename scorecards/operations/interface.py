"""The interface meeting: its points, and what came of each, written down while both sides sit together.

Everything here waits at the round (`_lock_round`), so that a projector, a phone and whoever types from paper follow
each other. What is agreed on a point is an agreed action of the plan whose source the point is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import ServiceProvider
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import PlanSection, PointState, RoundStatus, ScorecardKind
from scorecards.models import ActionItem, ActionPlan, Criterion, InterfacePoint, ItemSource, Round, Scorecard
from scorecards.operations.action_plans import PlanExists, draft_action_plan, put_action_item

NOTE_AT_MOST = InterfacePoint._meta.get_field("note").max_length
# More than any meeting can talk about.
POINTS_AT_MOST = 200
# What is typed of an action at the meeting; the other columns are completed on the page of the plan.
FIELDS = frozenset({"activity_km", "activity_en", "lead_km", "lead_en", "ends_on", "section", "route"})


class UnfitAgenda(Refused):
    """The points cannot be taken up like this; the message says which one is in the way."""


class NotInSession(Refused):
    """Nothing can be written down on this point now."""


class PointMoved(Refused):
    """Somebody else wrote something down on the point since the page was read; nothing of either is lost."""


class UnfitEntry(Refused):
    """What was typed from paper about one point cannot stand: `point`, the `number` of the action from 0, `field`."""

    def __init__(self, message, *, point: InterfacePoint, number: int = 0, field: str = ""):
        super().__init__(message)
        self.point, self.number, self.field = point, number, field


@dataclass(frozen=True)
class PaperEntry:
    """One point of the paper form: the actions that were agreed, as `fields` of `agree_on_point`, or why there is none."""

    point: InterfacePoint
    base_revision: int
    actions: tuple[dict, ...] = ()
    note: str = ""


@transaction.atomic
def set_agenda(
    *, scoring_round: Round, points: Sequence[tuple[ServiceProvider, Criterion]], by: User
) -> list[InterfacePoint]:
    """What the meeting talks about, in this order. A point that stays keeps what came of it; one on which something
    was agreed or noted cannot be left out.
    """
    now = timezone.now()
    scoring_round = _lock_round(scoring_round)
    wanted = list(dict.fromkeys(points))
    _refuse_unfit_points(scoring_round, wanted)
    standing = {(each.provider_id, each.criterion_id): each for each in _points_of(scoring_round)}
    keys = {(provider.pk, criterion.pk) for provider, criterion in wanted}
    _leave_out(scoring_round, [point for key, point in standing.items() if key not in keys])
    kept = []
    for order, (provider, criterion) in enumerate(wanted, start=1):
        point = standing.get((provider.pk, criterion.pk)) or InterfacePoint(
            scoring_round=scoring_round,
            provider=provider,
            criterion=criterion,
            recorded_at=now,
            recorded_by=by,
        )
        point.order = order
        point.save()
        kept.append(point)
    record(
        "scorecards.agenda.set", noun="round", object_id=scoring_round.pk, by=by, at=now,
        area=scoring_round.commune.code, points=len(kept),
    )  # fmt: skip
    return kept


@transaction.atomic
def agree_on_point(*, point: InterfacePoint, fields: dict, base_revision: int, by: User) -> ActionItem:
    """Write an agreed action on this point into the draft of the plan; the first one begins the plan.

    `fields` are some of `FIELDS`: the activity in Khmer, who leads, the month as its first day, the section (by default
    what the provider does itself) and of whom it is asked. A second action may be agreed on the same point.
    """
    now = timezone.now()
    if unknown := fields.keys() - FIELDS:
        raise TypeError(f"Nothing is agreed of {', '.join(sorted(unknown))}.")
    point = _lock_point(point)
    _refuse_moved(point, base_revision)
    section = fields.get("section") or PlanSection.INTERNAL
    provider = point.provider if section == PlanSection.INTERNAL else None
    item = put_action_item(
        plan=_plan_of(point.scoring_round, by),
        fields=fields | {"section": section, "provider": provider},
        sources=[(point.scoring_round, point.provider, point.criterion)],
        by=by,
    )
    _settle(point, PointState.AGREED, "", now, by)
    _record("agreed", point, by, now, item=item.pk)
    return item


@transaction.atomic
def park_point(*, point: InterfacePoint, note: str, base_revision: int, by: User) -> InterfacePoint:
    """Not agreed yet: `note` says what is still in the way. A parked point is taken up again by agreeing on it."""
    now = timezone.now()
    point = _lock_point(point)
    _refuse_moved(point, base_revision)
    note = plain_text(note, at_most=NOTE_AT_MOST)
    if not note:
        raise NotInSession(_("Write what is still in the way, so that it can be taken up again."))
    if (
        _answered(point.scoring_round)
        .filter(provider=point.provider_id, criterion=point.criterion_id)
        .exists()
    ):
        raise NotInSession(
            _("Something was agreed on this point. Delete the action in the plan first, if it does not hold.")
        )
    _settle(point, PointState.PARKED, note, now, by)
    _record("parked", point, by, now)
    return point


@transaction.atomic
def reopen_point(*, point: InterfacePoint, base_revision: int, by: User) -> InterfacePoint:
    """Talk about a parked point again; its note stays until something else is written down."""
    now = timezone.now()
    point = _lock_point(point)
    _refuse_moved(point, base_revision)
    if point.state != PointState.PARKED:
        return point
    _settle(point, PointState.OPEN, point.note, now, by)
    _record("reopened", point, by, now)
    return point


@transaction.atomic
def record_from_paper(*, scoring_round: Round, entries: Sequence[PaperEntry], by: User) -> int:
    """What was written by hand at the meeting, typed in afterwards: all of it or nothing. Answers how many points."""
    _lock_round(scoring_round)
    done = 0
    for entry in entries:
        revision = entry.base_revision
        for number, fields in enumerate(entry.actions):
            with _about(entry.point, number):
                agree_on_point(point=entry.point, fields=fields, base_revision=revision, by=by)
            revision += 1
        if entry.note:
            with _about(entry.point, 0, "note"):
                park_point(point=entry.point, note=entry.note, base_revision=revision, by=by)
        done += bool(entry.actions or entry.note)
    return done


class _about:
    """Says of which point a refusal inside is."""

    def __init__(self, point: InterfacePoint, number: int, field: str = ""):
        self.point, self.number, self.field = point, number, field

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, refusal, traceback) -> None:
        if isinstance(refusal, Refused):
            field = self.field or getattr(refusal, "field", "")
            raise UnfitEntry(str(refusal), point=self.point, number=self.number, field=field) from refusal


# --- Locks and refusals ---------------------------------------------------------------------------


def _lock_round(scoring_round: Round) -> Round:
    """The one place where everybody at the meeting waits for each other."""
    locked = Round.objects.select_for_update(of=("self",), no_key=True).select_related("commune")
    scoring_round = locked.get(pk=scoring_round.pk)
    if scoring_round.status == RoundStatus.CLOSED:
        raise NotInSession(
            _("This annual round is closed. Nothing can be written down on its points any more.")
        )
    return scoring_round


def _lock_point(point: InterfacePoint) -> InterfacePoint:
    scoring_round = _lock_round(point.scoring_round)
    found = (
        InterfacePoint.objects.select_for_update(of=("self",))
        .select_related("provider__service_type", "criterion")
        .filter(pk=point.pk)
        .first()
    )
    if found is None:
        raise NotInSession(_("This point was taken off the agenda meanwhile."))
    found.scoring_round = scoring_round
    return found


def _refuse_moved(point: InterfacePoint, base_revision: int) -> None:
    if point.revision != base_revision:
        raise PointMoved(
            _(
                "Somebody else wrote something down on this point meanwhile. You see it on this page now; what you typed"
                " is still in the form. Save again if it still holds."
            )
        )


def _refuse_unfit_points(scoring_round: Round, wanted: list[tuple[ServiceProvider, Criterion]]) -> None:
    if len(wanted) > POINTS_AT_MOST:
        raise UnfitAgenda(_("That is too much for one meeting. Choose fewer points."))
    scored = set(
        Scorecard.objects.filter(scoring_round=scoring_round, kind=ScorecardKind.COMMUNITY).values_list(
            "provider", flat=True
        )
    )
    for provider, criterion in wanted:
        if provider.pk not in scored:
            raise UnfitAgenda(_("%(provider)s is not scored in this round.") % {"provider": provider.name})
        if criterion.service_type_id != provider.service_type_id:
            raise UnfitAgenda(
                _("“%(criterion)s” does not belong to the service of %(provider)s.")
                % {"criterion": criterion.text, "provider": provider.name}
            )


def _leave_out(scoring_round: Round, points: list[InterfacePoint]) -> None:
    answered = set(_answered(scoring_round).values_list("provider", "criterion"))
    for point in points:
        if point.state == PointState.PARKED or (point.provider_id, point.criterion_id) in answered:
            raise UnfitAgenda(
                _("“%(criterion)s” stays on the agenda: something was agreed or noted on it already.")
                % {"criterion": point.criterion.text}
            )
    InterfacePoint.objects.filter(pk__in=[point.pk for point in points]).delete()


# --- Parts ----------------------------------------------------------------------------------------


def _points_of(scoring_round: Round):
    return InterfacePoint.objects.filter(scoring_round=scoring_round).select_related("criterion")


def _answered(scoring_round: Round):
    """The low scores of the round that an action in a plan answers."""
    return ItemSource.objects.filter(
        scoring_round=scoring_round, item__deleted_at__isnull=True, item__left_out_at__isnull=True
    )


def _plan_of(scoring_round: Round, by: User) -> ActionPlan:
    """The plan that the round feeds: its own, else that of its commune for the next year, else a new one."""
    own = ActionPlan.objects.filter(scoring_round=scoring_round).order_by("plan_year").first()
    if own is not None:
        return own
    try:
        return draft_action_plan(scoring_round=scoring_round, by=by)
    except PlanExists as refusal:
        return refusal.plan


def _settle(point: InterfacePoint, state: PointState, note: str, now: datetime, by: User) -> None:
    point.state, point.note = state, note
    point.revision += 1
    point.recorded_at, point.recorded_by = now, by
    point.save(update_fields=["state", "note", "revision", "recorded_at", "recorded_by"])


def _record(verb: str, point: InterfacePoint, by: User, now: datetime, **detail) -> None:
    record(
        f"scorecards.point.{verb}", noun="point", object_id=point.pk, by=by, at=now,
        area=point.scoring_round.commune.code, round=point.scoring_round_id, provider=point.provider_id,
        criterion=point.criterion_id, revision=point.revision, **detail,
    )  # fmt: skip
