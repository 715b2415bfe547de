"""Makes the practice places, providers, organisations and people, and hands them over by their keys."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from accounts.models import User
from communities.gazetteer import Place
from communities.models import (
    Area,
    Assignment,
    Catchment,
    Cbo,
    CboYear,
    Facilitator,
    Grant,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
    ServiceType,
)
from communities.operations.gazetteer import add_places
from scorecards.models import Criterion
from scorecards.operations.standard_lists import criterion_id
from scorecards.practice import places
from scorecards.practice.calendar import Calendar
from scorecards.practice.sign_ins import practice_password
from scorecards.standards.criteria import CRITERIA
from scorecards.standards.lists import Text


@dataclass
class World:
    calendar: Calendar
    programme: Programme
    areas: dict[str, Area]
    providers: dict[str, ServiceProvider]
    organisations: dict[str, Organisation]
    people: dict[str, User]
    facilitators: dict[str, list[Facilitator]]  # by commune
    criteria: dict[tuple[str, str], Criterion]  # by service and code

    def criterion(self, provider: str, code: str) -> Criterion:
        return self.criteria[self.providers[provider].service_type.code, code]


def build_world(calendar: Calendar) -> World:
    began = date(calendar.year - 1, 1, 1)
    areas = _areas(began)
    organisations = {
        key: Organisation.objects.create(kind=kind, short_name=short, is_practice=True, **named(name))
        for key, (kind, name, short) in places.ORGANISATIONS.items()
    }
    programme = _programme(organisations, areas, began)
    providers = {spec.key: _provider(spec, areas) for spec in places.PROVIDERS}
    world = World(
        calendar=calendar, programme=programme, areas=areas, providers=providers, organisations=organisations,
        people={}, facilitators=_facilitators(organisations, areas), criteria=criteria_by_code(),
    )  # fmt: skip
    _people(world, _cbo(areas, calendar), began)
    return world


def named(text: Text) -> dict[str, str]:
    return {"name_km": text.km, "name_en": text.en}


def _areas(began: date) -> dict[str, Area]:
    rows = [
        Place(line, code, len(code) // 2, kind, name.km, name.en)
        for line, (code, (kind, name)) in enumerate(places.PLACES.items(), start=1)
    ]
    add_places(places=rows, valid_from=began, source="practice", by=None)
    return {area.code: area for area in Area.objects.filter(code__in=places.PLACES)}


def _programme(organisations: dict[str, Organisation], areas: dict[str, Area], began: date) -> Programme:
    programme = Programme.objects.create(first_year=began.year, is_practice=True, **named(places.PROGRAMME))
    for key, leads in (("A", True), ("B", False)):
        ProgrammeOrganisation.objects.create(
            programme=programme, organisation=organisations[key], leads=leads
        )
    grant = Grant.objects.create(donor=organisations["donor"], programme=programme, starts_on=began)
    grant.communes.set([areas[code] for code in places.WORKS_IN])
    return programme


def _provider(spec: places.Provider, areas: dict[str, Area]) -> ServiceProvider:
    provider = ServiceProvider.objects.create(
        service_type=ServiceType.objects.get(code=spec.service),
        located_in=areas[spec.located_in],
        **named(spec.name),
    )
    for code in spec.serves:
        Catchment.objects.create(provider=provider, commune=areas[code])
    return provider


def _facilitators(
    organisations: dict[str, Organisation], areas: dict[str, Area]
) -> dict[str, list[Facilitator]]:
    found: dict[str, list[Facilitator]] = {code: [] for code in places.WORKS_IN}
    for name, is_female, commune in places.FACILITATORS:
        organisation = organisations[places.WORKS_IN[commune]]
        found[commune].append(
            Facilitator.objects.create(
                organisation=organisation, name=name, is_female=is_female, base_commune=areas[commune]
            )
        )
    return found


def criteria_by_code() -> dict[tuple[str, str], Criterion]:
    from_list = {row.client_id: row for row in Criterion.objects.select_related("service_type")}
    return {
        (service, row.code): from_list[criterion_id(service, row.code)]
        for service, rows in CRITERIA.items()
        for row in rows
    }


def _cbo(areas: dict[str, Area], calendar: Calendar) -> Cbo:
    name, kind, members, women = places.CBO
    cbo = Cbo.objects.create(commune=areas[places.KUMRU], kind=kind, **named(name))
    for year in (calendar.year - 1, calendar.year):
        CboYear.objects.create(cbo=cbo, year=year, members_count=members, female_count=women)
    return cbo


def _people(world: World, cbo: Cbo, began: date) -> None:
    password = make_password(practice_password())
    for spec in places.PEOPLE:
        person = User.objects.create(
            email=spec.email, name=spec.name, language=spec.language, password=password, is_practice=True
        )
        world.people[spec.login] = person
        for where in spec.where:
            Assignment.objects.create(
                user=person,
                role=spec.role,
                starts_on=began,
                is_practice=True,
                **{scope: _scope(world, cbo, scope, key) for scope, key in where.items()},
            )


def _scope(world: World, cbo: Cbo, scope: str, key: str):
    """What an assignment hangs on."""
    if scope == "area":
        return world.areas[key]
    if scope == "organisation":
        return world.organisations[key]
    if scope == "provider":
        return world.providers[key]
    return world.programme if scope == "programme" else cbo
