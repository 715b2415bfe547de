"""The one operation that writes places from an official list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from communities.gazetteer import Fault, Place
from communities.models import Area, AreaCode
from communities.models.areas import PRACTICE_PROVINCE
from isaf_portal.lib.khmer import fold


@dataclass
class GazetteerLoad:
    """What a load did, or would do: counts in the order in which the command prints them."""

    added: int = 0
    renamed: int = 0
    unchanged: int = 0
    undecided: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)

    def summary(self) -> str:
        # A place is recoded or retired by decision only, never by a list alone.
        return (
            f"added {self.added}, renamed {self.renamed}, recoded 0, retired 0, undecided {len(self.undecided)}, "
            f"unchanged {self.unchanged}, refused {len(self.refused)}"
        )


@transaction.atomic
def load_gazetteer(
    *,
    places: Sequence[Place],
    refused: Sequence[Fault],
    valid_from: date | None,
    source: str,
    by: User | None,
) -> GazetteerLoad:
    """Add what is new, correct spellings, and list whatever a person must decide.

    A place is the same when code and folded name agree. Another name under a known code, or a known code that the
    list lacks, may be a place that moved: it is listed as undecided and nothing is guessed.
    """
    now = timezone.now()
    known = {area.code: area for area in Area.objects.select_for_update().current()}
    load = GazetteerLoad(refused=list(refused))
    new, respelt = [], []
    for place in places:
        area = known.get(place.code)
        if area is None:
            new.append(place)
        elif fold(area.name_km) != fold(place.name_km) or area.kind != place.kind:
            reason = f"is {area.kind} {area.name_km} here, {place.kind} {place.name_km} in the list"
            load.undecided.append(Fault(place.line, place.code, reason))
        elif (area.name_km, area.name_en or "") != (place.name_km, place.name_en):
            respelt.append((area, place))
        else:
            load.unchanged += 1
    load.undecided += _missing_from(places, known.values())
    _add(new, valid_from=valid_from, source=source)
    _respell(respelt)
    load.added, load.renamed = len(new), len(respelt)
    if new or respelt:
        record(
            "communities.gazetteer.loaded", noun="gazetteer", object_id=source[:40], by=by, at=now,
            added=load.added, renamed=load.renamed,
        )  # fmt: skip
    return load


def _missing_from(places: Sequence[Place], known) -> list[Fault]:
    listed = {place.code for place in places}
    return [
        Fault(0, area.code, f"{area.kind} {area.name_km} is not in the list")
        for area in known
        if area.code not in listed and not area.code.startswith(PRACTICE_PROVINCE)
    ]


def _add(places: Sequence[Place], *, valid_from: date | None, source: str) -> None:
    Area.objects.bulk_create(
        [
            Area(
                code=place.code, level=place.level, kind=place.kind, parent_id=place.parent_code or None,
                name=place.name_km, name_km=place.name_km, name_en=place.name_en,
            )
            for place in places
        ],
        batch_size=1000,
    )  # fmt: skip
    ids = dict(Area.objects.filter(codes__isnull=True).values_list("code", "pk"))
    AreaCode.objects.bulk_create(
        [
            AreaCode(
                area_id=ids[place.code], code=place.code, kind=place.kind, name_km=place.name_km,
                name_en=place.name_en, valid_from=valid_from, source=source,
            )
            for place in places
        ],
        batch_size=1000,
    )  # fmt: skip


def _respell(changes: Sequence[tuple[Area, Place]]) -> None:
    """The same name, written otherwise: a correction, so the open row of the history is corrected too."""
    for area, place in changes:
        Area.objects.filter(pk=area.pk).update(
            name=place.name_km, name_km=place.name_km, name_en=place.name_en
        )
        AreaCode.objects.filter(area=area, valid_to__isnull=True).update(
            name_km=place.name_km, name_en=place.name_en
        )
