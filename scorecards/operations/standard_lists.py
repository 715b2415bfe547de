"""Loads the lists that every installation starts with, and leaves alone what is there."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from communities.models import ServiceType
from scorecards.models import Criterion, CriterionTag, Scale, ScalePoint
from scorecards.standards.criteria import CRITERIA, StandardCriterion
from scorecards.standards.lists import SCALES, SERVICES, TAGS, Service, StandardScale, Text

# A criterion's text may be changed, so it is known again by the id that follows from its code.
NAMESPACE = UUID("6f0a1d52-5b0e-4a3c-9a55-0b3f6d1c7e24")


@dataclass
class ListsLoaded:
    """How many of each were added."""

    services: int = 0
    scales: int = 0
    tags: int = 0
    criteria: int = 0

    def __bool__(self):
        return bool(self.services or self.scales or self.tags or self.criteria)

    def summary(self) -> str:
        return f"added {self.services} services, {self.scales} scales, {self.tags} tags, {self.criteria} criteria"


@transaction.atomic
def load_standard_lists(*, by: User | None) -> ListsLoaded:
    """Add what is missing of the standard lists. What is there stays, whatever somebody made of it."""
    now = timezone.now()
    loaded = ListsLoaded()
    for service in SERVICES:
        loaded.services += _add_service(service)
    for scale in SCALES:
        loaded.scales += _add_scale(scale)
    for code, name in TAGS.items():
        _tag, is_new = CriterionTag.objects.get_or_create(code=code, defaults=_columns("name", name))
        loaded.tags += is_new
    known = set(Criterion.objects.values_list("client_id", flat=True))
    tags = {tag.code: tag for tag in CriterionTag.objects.all()}
    for service in ServiceType.objects.filter(code__in=CRITERIA):
        for order, criterion in enumerate(CRITERIA[service.code], start=1):
            if criterion_id(service.code, criterion.code) not in known:
                _add_criterion(service, criterion, tags[criterion.tag], order)
                loaded.criteria += 1
    if loaded:
        record(
            "scorecards.standard_lists.loaded", noun="standard_lists", object_id="standard", by=by, at=now,
            services=loaded.services, scales=loaded.scales, tags=loaded.tags, criteria=loaded.criteria,
        )  # fmt: skip
    return loaded


def criterion_id(service: str, code: str) -> UUID:
    """The `client_id` of a standard criterion, the same in every installation."""
    return uuid5(NAMESPACE, f"{service}/{code}")


def _columns(field: str, text: Text) -> dict[str, str]:
    return {f"{field}_km": text.km, f"{field}_en": text.en}


def _add_service(service: Service) -> bool:
    texts = _columns("name", service.name) | _columns("sector", service.sector)
    defaults = texts | {"is_scored_by_village": service.is_scored_by_village}
    return ServiceType.objects.get_or_create(code=service.code, defaults=defaults)[1]


def _add_scale(scale: StandardScale) -> bool:
    defaults = _columns("name", scale.name) | {"points": len(scale.words)}
    row, is_new = Scale.objects.get_or_create(code=scale.code, defaults=defaults)
    if is_new:
        for score, word in enumerate(scale.words, start=1):
            ScalePoint.objects.create(scale=row, score=score, **_columns("label", word))
    return is_new


def _add_criterion(service: ServiceType, criterion: StandardCriterion, tag: CriterionTag, order: int) -> None:
    Criterion.objects.create(
        client_id=criterion_id(service.code, criterion.code), service_type=service, tag=tag, order=order,
        **_columns("text", criterion.text), **_columns("hint", criterion.hint),
    )  # fmt: skip
