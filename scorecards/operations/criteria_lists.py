"""The lists of criteria of the services: added, worded, ordered, retired and brought back."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import ServiceType
from communities.operations.service_types import refuse_practice
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.entry.criteria_choice import moved
from scorecards.enums import CriterionKind, VersionStatus
from scorecards.models import Criterion, CriterionLink, CriterionTag, ScorecardCriterion

LONGEST_CRITERION, LONGEST_HINT = 200, 300  # characters


class ListRefused(Refused):
    """The list cannot be like this; the message says what stands against it."""


@transaction.atomic
def add_criterion(
    *,
    service: ServiceType,
    text_km: str,
    by: User,
    text_en: str = "",
    hint_km: str = "",
    hint_en: str = "",
    tag: CriterionTag | None = None,
) -> Criterion:
    """Put a criterion at the end of its service's list."""
    now = timezone.now()
    service = _locked(service, by)
    texts = _texts(text_km, text_en, hint_km, hint_en)
    _refuse_twin(service, texts["text_km"], but=None)
    order = _end_of(service)
    criterion = Criterion.objects.create(
        service_type=service, text=texts["text_km"], hint=texts["hint_km"], tag=tag, order=order, **texts
    )
    _note("added", criterion, by=by, at=now)
    return criterion


@transaction.atomic
def correct_criterion(
    *,
    criterion: Criterion,
    text_km: str,
    by: User,
    text_en: str = "",
    hint_km: str = "",
    hint_en: str = "",
    tag: CriterionTag | None = None,
) -> Criterion:
    """Change wording, hint or tag, and answer the criterion that has them now.

    What a locked scorecard shows never changes: there the criterion is retired, and a new one with the new wording
    takes its place in the list and continues it. An English text that was missing is no new wording.
    """
    now = timezone.now()
    service = _locked(criterion.service_type, by)
    criterion = Criterion.objects.select_for_update().get(pk=criterion.pk)
    texts = _texts(text_km, text_en, hint_km, hint_en)
    _refuse_twin(service, texts["text_km"], but=criterion)
    if _is_other_wording(criterion, texts) and is_on_locked_sheet(criterion):
        successor = _successor(criterion, texts, tag)
        _note("replaced", criterion, by=by, at=now, successor=successor.pk)
        return successor
    for field, text in texts.items():
        setattr(criterion, field, text)
    criterion.tag = tag
    criterion.save()
    _note("corrected", criterion, by=by, at=now)
    return criterion


@transaction.atomic
def move_criterion(*, criterion: Criterion, step: int, by: User) -> None:
    """One place up (-1) or down (1) among those in use; at the edge it stays."""
    now = timezone.now()
    service = _locked(criterion.service_type, by)
    row = list(Criterion.objects.listed().filter(service_type=service))
    for order, each in enumerate(moved(row, criterion.pk, step), start=1):
        Criterion.objects.filter(pk=each.pk).exclude(order=order).update(order=order)
    _note("moved", criterion, by=by, at=now, step=step)


@transaction.atomic
def retire_criterion(*, criterion: Criterion, by: User) -> None:
    """No sheet is offered it from now on. Where it was chosen it stays."""
    now = timezone.now()
    _locked(criterion.service_type, by)
    Criterion.objects.filter(pk=criterion.pk).update(is_active=False)
    _note("retired", criterion, by=by, at=now)


@transaction.atomic
def restore_criterion(*, criterion: Criterion, by: User) -> None:
    """Offer it again, at the end of the list."""
    now = timezone.now()
    service = _locked(criterion.service_type, by)
    _refuse_twin(service, criterion.text_km, but=criterion)
    Criterion.objects.filter(pk=criterion.pk).update(is_active=True, order=_end_of(service))
    _note("restored", criterion, by=by, at=now)


def is_on_locked_sheet(criterion: Criterion) -> bool:
    """Whether a locked scorecard shows its wording; costs one query."""
    locked = ScorecardCriterion.objects.filter(criterion=criterion, version__status=VersionStatus.LOCKED)
    return locked.exists()


def _locked(service: ServiceType, by: User) -> ServiceType:
    refuse_practice(by)
    return ServiceType.objects.select_for_update().get(pk=service.pk)


def _texts(text_km: str, text_en: str, hint_km: str, hint_en: str) -> dict[str, str]:
    texts = {
        "text_km": plain_text(text_km, at_most=LONGEST_CRITERION),
        "text_en": plain_text(text_en, at_most=LONGEST_CRITERION),
        "hint_km": plain_text(hint_km, at_most=LONGEST_HINT),
        "hint_en": plain_text(hint_en, at_most=LONGEST_HINT),
    }
    if not texts["text_km"]:
        raise ListRefused(_("Write the criterion in Khmer."))
    return texts


def _refuse_twin(service: ServiceType, text_km: str, *, but: Criterion | None) -> None:
    same = Criterion.objects.listed().filter(service_type=service, text_km=text_km)
    if same.exclude(pk=but.pk if but else None).exists():
        raise ListRefused(_("This criterion is in the list already."))


def _end_of(service: ServiceType) -> int:
    last = Criterion.objects.filter(service_type=service).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _is_other_wording(criterion: Criterion, texts: dict[str, str]) -> bool:
    english_before = criterion.text_en or texts["text_en"]
    return (criterion.text_km, english_before) != (texts["text_km"], texts["text_en"])


def _successor(criterion: Criterion, texts: dict[str, str], tag: CriterionTag | None) -> Criterion:
    Criterion.objects.filter(pk=criterion.pk).update(is_active=False)
    successor = Criterion.objects.create(
        service_type=criterion.service_type, kind=CriterionKind.PREDEFINED, text=texts["text_km"],
        hint=texts["hint_km"], tag=tag, order=criterion.order, is_active=criterion.is_active, **texts,
    )  # fmt: skip
    CriterionLink.objects.create(previous=criterion, next=successor)
    return successor


def _note(what: str, criterion: Criterion, *, by: User, at, **detail) -> None:
    record(
        f"scorecards.criterion.{what}", noun="criterion", object_id=criterion.pk, by=by, at=at,
        service=criterion.service_type_id, **detail,
    )  # fmt: skip
