"""The one operation that writes places from an official list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from communities.gazetteer import Fault, Place
from communities.gazetteer_draft import Known
from communities.gazetteer_plan import LoadPlan, Move, plan_load
from communities.lineage import RETIRED, Decision
from communities.models import Area, AreaCode, AreaLineage

BATCH = 1000


@dataclass
class GazetteerLoad:
    """What a load did, or would do: counts in the order in which the command prints them."""

    added: int = 0
    renamed: int = 0
    recoded: int = 0
    retired: int = 0
    unchanged: int = 0
    undecided: list[Fault] = field(default_factory=list)
    refused: list[Fault] = field(default_factory=list)

    def summary(self) -> str:
        return (
            f"added {self.added}, renamed {self.renamed}, recoded {self.recoded}, retired {self.retired}, "
            f"undecided {len(self.undecided)}, unchanged {self.unchanged}, refused {len(self.refused)}"
        )


@transaction.atomic
def load_gazetteer(
    *,
    places: Sequence[Place],
    refused: Sequence[Fault],
    valid_from: date | None,
    source: str,
    by: User | None,
    decisions: Sequence[Decision] = (),
) -> GazetteerLoad:
    """Add what is new, correct spellings, take the decisions, and list whatever a person must still decide.

    Another name under a known code, or a known code that the list lacks, may be a place that moved: nothing is
    guessed. A place that moves stays the same place, and what is inside it goes along; its old code and name stand in
    `AreaCode` until the day of the decision. A decision taken before is passed over.
    """
    now = timezone.now()
    areas = {area.pk: area for area in Area.objects.select_for_update().order_by("pk")}
    open_decisions = [item for item in decisions if not _is_taken(item)]
    plan = plan_load(known=_known(areas.values()), places=places, decisions=open_decisions)
    _move(plan, areas, source)
    _add(plan.new, valid_from=valid_from, source=source)
    _respell(plan, areas)
    _draw_lineage(plan)
    load = GazetteerLoad(
        added=len(plan.new),
        renamed=len(plan.respelt) + sum(move.code == move.area.code for move in plan.moves),
        recoded=sum(move.code != move.area.code for move in plan.moves),
        retired=len(plan.ended),
        unchanged=plan.unchanged,
        undecided=plan.undecided,
        refused=[*refused, *plan.refused],
    )
    if load.added or load.renamed or load.recoded or load.retired or plan.successors:
        record(
            "communities.gazetteer.loaded", noun="gazetteer", object_id=source[:40], by=by, at=now,
            added=load.added, renamed=load.renamed, recoded=load.recoded, retired=load.retired,
        )  # fmt: skip
    return load


def add_places(*, places: Sequence[Place], valid_from: date | None, source: str, by: User | None) -> int:
    """Add places that no official list holds, such as those of the practice province; known codes are passed over."""
    now = timezone.now()
    with transaction.atomic():
        codes = [place.code for place in places]
        known = set(Area.objects.filter(code__in=codes).values_list("code", flat=True))
        new = [place for place in places if place.code not in known]
        if new:
            _add(new, valid_from=valid_from, source=source)
            record(
                "communities.gazetteer.loaded", noun="gazetteer", object_id=source[:40], by=by, at=now, added=len(new)
            )  # fmt: skip
    return len(new)


def _known(areas) -> list[Known]:
    since = dict(AreaCode.objects.filter(valid_to__isnull=True).values_list("area_id", "valid_from"))
    return [
        Known(
            area.pk, area.code, area.level, area.kind, area.name_km, area.name_en or "", area.retired_on,
            since.get(area.pk),
        )
        for area in areas
    ]  # fmt: skip


def _is_taken(item: Decision) -> bool:
    """Whether the history says already what this decision says."""
    if item.kind == RETIRED:
        return AreaCode.objects.filter(
            code=item.from_code, valid_to=item.on, area__retired_on=item.on
        ).exists()
    return AreaLineage.objects.filter(
        kind=item.kind, on=item.on, from_area__codes__code=item.from_code, to_area__codes__code=item.to_code
    ).exists()


def _move(plan: LoadPlan, areas: dict[int, Area], source: str) -> None:
    """Codes are unique at every moment, and places may change codes with one another: first all step out of the way."""
    places = {move.area.pk: (move.area, move.code) for move in plan.moves}
    places |= {known.pk: (known, code) for known, code in plan.aside}
    for number, (pk, (known, _)) in enumerate(places.items(), start=1):
        _give_code(areas[pk], str(10 ** (2 * known.level) - number))
    moved = [areas[pk] for pk in places]
    Area.objects.bulk_update(moved, ["code", "parent"], batch_size=BATCH)
    for pk, (_, code) in places.items():
        _give_code(areas[pk], code)
    for move in plan.moves:
        _describe(areas[move.area.pk], move.place)
    Area.objects.bulk_update(moved, ["code", "parent", "kind", "name_km", "name_en"], batch_size=BATCH)
    for known, on in plan.ended:
        _end_code(known, on)
        areas[known.pk].retired_on = on
    Area.objects.bulk_update([areas[known.pk] for known, _ in plan.ended], ["retired_on"], batch_size=BATCH)
    for move in plan.moves:
        _end_code(move.area, move.on)
    AreaCode.objects.bulk_create([_open_code(move, areas, source) for move in plan.moves], batch_size=BATCH)


def _give_code(area: Area, code: str) -> None:
    area.code, area.parent_id = code, code[:-2] or None


def _describe(area: Area, place: Place | None) -> None:
    if place:
        area.kind, area.name_km, area.name_en = place.kind, place.name_km, place.name_en


def _end_code(known: Known, on: date) -> None:
    AreaCode.objects.filter(area_id=known.pk, valid_to__isnull=True).update(valid_to=on)


def _open_code(move: Move, areas: dict[int, Area], source: str) -> AreaCode:
    area = areas[move.area.pk]
    return AreaCode(
        area=area, code=area.code, kind=area.kind, name_km=area.name_km, name_en=area.name_en or "",
        valid_from=move.on, source=source,
    )  # fmt: skip


def _draw_lineage(plan: LoadPlan) -> None:
    """A place that moved became itself; a place that ended or gave a part away became its successors."""
    ids = dict(
        Area.objects.filter(code__in=[item.to_code for _, item in plan.successors]).values_list("code", "pk")
    )
    rows = [(move.area.pk, move.area.pk, move.kind, move.on, move.note) for move in plan.moves]
    rows += [(known.pk, ids[item.to_code], item.kind, item.on, item.note) for known, item in plan.successors]
    AreaLineage.objects.bulk_create(
        [
            AreaLineage(from_area_id=source, to_area_id=target, kind=kind, on=on, note=note)
            for source, target, kind, on, note in rows
        ],
        batch_size=BATCH,
    )


def _add(places: Sequence[Place], *, valid_from: date | None, source: str) -> None:
    Area.objects.bulk_create(
        [
            Area(
                code=place.code, level=place.level, kind=place.kind, parent_id=place.parent_code or None,
                name=place.name_km, name_km=place.name_km, name_en=place.name_en,
            )
            for place in places
        ],
        batch_size=BATCH,
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
        batch_size=BATCH,
    )  # fmt: skip


def _respell(plan: LoadPlan, areas: dict[int, Area]) -> None:
    """The same name, written otherwise: a correction, so the open row of the history is corrected too."""
    for known, place in plan.respelt:
        _describe(areas[known.pk], place)
    respelt = [areas[known.pk] for known, _ in plan.respelt]
    Area.objects.bulk_update(respelt, ["name_km", "name_en"], batch_size=BATCH)
    rows = list(AreaCode.objects.filter(area__in=[area.pk for area in respelt], valid_to__isnull=True))
    for row in rows:
        row.name_km, row.name_en = areas[row.area_id].name_km, areas[row.area_id].name_en
    AreaCode.objects.bulk_update(rows, ["name_km", "name_en"], batch_size=BATCH)
