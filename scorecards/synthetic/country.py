"""The frame of the synthetic country: real places of the gazetteer, and invented providers, partners and people."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random

from accounts.models import User
from communities.enums import AreaLevel, OrganisationKind
from communities.models import (
    Area,
    Assignment,
    Catchment,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
    ServiceType,
)
from scorecards.models import Criterion, Scale
from scorecards.synthetic.people import BATCH, add_people, make_people

COMMUNES_PER_PARTNER = 20
COMMUNES_PER_HEALTH_CENTRE = 3


@dataclass
class Commune:
    area: Area
    villages: list[Area]
    partner: Organisation
    facilitator: User
    clerk: User
    chief: User
    providers: list[ServiceProvider] = field(default_factory=list)


@dataclass
class Country:
    programme: Programme
    scale: Scale
    officer: User
    communes: list[Commune]
    criteria: dict[int, list[Criterion]]  # by service


def build_country(*, rng: Random, communes: int, first_year: int) -> Country:
    """So many communes of the gazetteer, drawn by `rng`, each with its three services, a partner, a clerk and a chief."""
    began = date(first_year, 1, 1)
    programme = Programme.objects.create(
        name_km="កម្មវិធីសំយោគ", name_en="Synthetic programme", first_year=first_year
    )
    officer = make_people(["officer"])[0]
    partners = _partners(programme, number=-(-communes // COMMUNES_PER_PARTNER))
    facilitators = make_people([f"facilitator{number}" for number in range(1, len(partners) + 1)])
    places = _drawn(rng, communes)
    clerks, chiefs = ([f"{word}{area.code}" for area, _ in places] for word in ("clerk", "chief"))
    found = [
        Commune(area, villages, partners[at], facilitators[at], clerk, chief)
        for at, (area, villages), clerk, chief in zip(
            (number // COMMUNES_PER_PARTNER for number in range(len(places))), places, make_people(clerks), make_people(chiefs),
            strict=True,
        )
    ]  # fmt: skip
    _assign(programme, officer, found, began)
    _give_providers(found)
    add_people(programme, found, began)
    return Country(programme, Scale.objects.get(code="quality-5"), officer, found, _criteria())


def _drawn(rng: Random, number: int) -> list[tuple[Area, list[Area]]]:
    villages = defaultdict(list)
    for area in Area.objects.real().current().filter(level=AreaLevel.VILLAGE).order_by("code"):
        villages[area.parent_id].append(area)
    fit = [
        area
        for area in Area.objects.real().current().communes().order_by("code")
        if len(villages[area.code]) > 1
    ]
    if number > len(fit):
        raise ValueError(f"The gazetteer has {len(fit)} communes with two villages, not {number}.")
    chosen = sorted(rng.sample(fit, number), key=lambda area: area.code)
    return [(area, villages[area.code]) for area in chosen]


def _partners(programme: Programme, *, number: int) -> list[Organisation]:
    partners = Organisation.objects.bulk_create(
        [
            Organisation(
                kind=OrganisationKind.LOCAL_NGO if at > 1 else OrganisationKind.LEAD_NGO,
                name_km=f"អង្គការសំយោគ {at}", name_en=f"Synthetic NGO {at}",
            )
            for at in range(1, number + 1)
        ]
    )  # fmt: skip
    ProgrammeOrganisation.objects.bulk_create(
        [
            ProgrammeOrganisation(programme=programme, organisation=partner, leads=partner is partners[0])
            for partner in partners
        ]
    )
    return partners


def _assign(programme: Programme, officer: User, communes: Sequence[Commune], began: date) -> None:
    rows = [Assignment(user=officer, role="ngo_officer", programme=programme, starts_on=began)]
    for commune in communes:
        rows += [
            Assignment(
                user=commune.facilitator, role="facilitator", organisation=commune.partner, area=commune.area,
                starts_on=began,
            ),
            Assignment(user=commune.clerk, role="council_clerk", area=commune.area, starts_on=began),
            Assignment(user=commune.chief, role="council_chief", area=commune.area, starts_on=began),
        ]  # fmt: skip
    Assignment.objects.bulk_create(rows, batch_size=BATCH)


def _give_providers(communes: Sequence[Commune]) -> None:
    """An administration and a school each; a health centre for up to three communes of a district."""
    services = {service.code: service for service in ServiceType.objects.filter(code__in=("CA", "PS", "HC"))}
    served = [("CA", [commune]) for commune in communes] + [("PS", [commune]) for commune in communes]
    of_district = defaultdict(list)
    for commune in communes:
        of_district[commune.area.parent_id].append(commune)
    for neighbours in of_district.values():
        for start in range(0, len(neighbours), COMMUNES_PER_HEALTH_CENTRE):
            served.append(("HC", neighbours[start : start + COMMUNES_PER_HEALTH_CENTRE]))
    providers = ServiceProvider.objects.bulk_create(
        [
            ServiceProvider(
                service_type=services[code], located_in=places[0].area,
                name_km=f"{services[code].name_km} {places[0].area.name_km}",
                name_en=f"{services[code].name_en}, {places[0].area.name_en}",
            )
            for code, places in served
        ],
        batch_size=BATCH,
    )  # fmt: skip
    for provider, (_, places) in zip(providers, served, strict=True):
        for commune in places:
            commune.providers.append(provider)
    Catchment.objects.bulk_create(
        [
            Catchment(provider=provider, commune=commune.area)
            for commune in communes
            for provider in commune.providers
        ],
        batch_size=BATCH,
    )


def _criteria() -> dict[int, list[Criterion]]:
    found = defaultdict(list)
    for criterion in Criterion.objects.filter(kind="predefined", is_active=True).order_by("order", "pk"):
        found[criterion.service_type_id].append(criterion)
    return found
