"""Builds the practice commune of one person: one round at the stage in which each of the roles has its first task."""

from dataclasses import replace
from datetime import date

from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES
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
from scorecards.enums import CouncilOutcome
from scorecards.models import Round
from scorecards.operations.council import record_council_decision
from scorecards.practice import places
from scorecards.practice.actions import APPROVED, APPROVED_OF_KUMRU, Plan
from scorecards.practice.calendar import Calendar, practice_year
from scorecards.practice.places import KUMRU
from scorecards.practice.planning import build_plan
from scorecards.practice.sheets import build_round, build_sitting
from scorecards.practice.sittings import DRAFT, LOCKED, PLANNED, SUBMITTED, YEARS, Sitting
from scorecards.practice.sittings_this_year import IN_KUMRU
from scorecards.practice.world import World, criteria_by_code, named

VILLAGES = ("00010101", "00010102")  # of Kumru, whose keys the villages of the copy take
ACTIONS = tuple(APPROVED_OF_KUMRU[place] for place in (0, 1, 5, 7, 10, 13))
INVENTED = ("facilitator", "officer", "clerk", "councillor", "chief", "healthcentre", "school", "office")
READ_A_PLAN = {"council_clerk", "councillor", "council_chief", "district_officer", "service_provider"}
FOLLOW_A_PLAN = {"committee_member", "donor_viewer", "service_provider"}


def build_copy(*, person: User, roles: frozenset[str], code: str) -> Area:
    """The commune of this code, with the person's roles in it. Inside a transaction."""
    calendar = Calendar(practice_year(timezone.localdate()))
    world, began = _world(calendar, code), date(calendar.year - 1, 1, 1)
    cbo = _cbo(world)
    _people(world, began)
    for role in sorted(roles):
        _give(person, role, world, cbo, began)
    this_year, last_year = _rounds(world, roles)
    for sitting in sittings_for(roles):
        build_sitting(world, this_year, sitting)
    if last_year:
        build_plan(world, last_year, _plan(years_ago=1, outcome=APPROVED))
    if roles & READ_A_PLAN:
        plan = build_plan(world, this_year, _plan(years_ago=0, outcome=""))
        if "council_chief" in roles:
            _decide(world, plan.versions.get())
    return world.areas[KUMRU]


def sittings_for(roles: frozenset[str]) -> list[Sitting]:
    """One sheet to go on with, one to check, one that is locked, and what the health centre says of itself."""
    wanted = {("PS", DRAFT): VILLAGES[1], ("CA", SUBMITTED): VILLAGES[0]}
    chosen = [
        replace(sitting, village=village)
        for (provider, state), village in wanted.items()
        for sitting in IN_KUMRU
        if (sitting.provider, sitting.state) == (provider, state) and sitting.village
    ][:2]
    chosen += [
        each for each in IN_KUMRU if (each.provider, each.village, each.state) == ("HC", VILLAGES[1], LOCKED)
    ]
    if "service_provider" in roles:
        return [*chosen, Sitting(KUMRU, "HC", "", PLANNED)]
    return chosen + [each for each in IN_KUMRU if (each.provider, each.village) == ("HC", "")]


def _world(calendar: Calendar, code: str) -> World:
    areas = _areas(code, date(calendar.year - 1, 1, 1))
    organisations = {
        key: Organisation.objects.create(kind=kind, short_name=short, is_practice=True, **named(name))
        for key, (kind, name, short) in places.ORGANISATIONS.items()
    }
    programme = Programme.objects.create(
        first_year=calendar.year - 1, is_practice=True, **named(places.PROGRAMME)
    )
    for key, leads in (("A", True), ("B", False)):
        ProgrammeOrganisation.objects.create(
            programme=programme, organisation=organisations[key], leads=leads
        )
    grant = Grant.objects.create(
        donor=organisations["donor"], programme=programme, starts_on=date(calendar.year - 1, 1, 1)
    )
    grant.communes.set([areas[KUMRU]])
    facilitators = [
        Facilitator.objects.create(
            organisation=organisations["B"], name=name, is_female=is_female, base_commune=areas[KUMRU]
        )
        for name, is_female, commune in places.FACILITATORS
        if commune == KUMRU
    ]
    return World(
        calendar=calendar, programme=programme, areas=areas, providers=_providers(areas[KUMRU]),
        organisations=organisations, people={}, facilitators={KUMRU: facilitators}, criteria=criteria_by_code(),
    )  # fmt: skip


def _areas(code: str, began: date) -> dict[str, Area]:
    """The commune and its villages by the keys of Kumru."""
    own = {KUMRU[:2]: code[:2], KUMRU[:4]: code[:4], KUMRU: code}
    own |= {key: f"{code}{key[-2:]}" for key in VILLAGES}
    rows = []
    for line, (key, place_code) in enumerate(own.items(), start=1):
        kind, name = places.PLACES[key]
        rows.append(Place(line, place_code, len(place_code) // 2, kind, name.km, name.en))
    add_places(places=rows, valid_from=began, source="practice", by=None)
    found = {area.code: area for area in Area.objects.filter(code__in=own.values())}
    return {key: found[place_code] for key, place_code in own.items()}


def _providers(commune: Area) -> dict[str, ServiceProvider]:
    services = {service.code: service for service in ServiceType.objects.all()}
    made = {}
    for spec in places.PROVIDERS:
        if spec.located_in == KUMRU:
            made[spec.key] = ServiceProvider.objects.create(
                service_type=services[spec.service], located_in=commune, **named(spec.name)
            )
            Catchment.objects.create(provider=made[spec.key], commune=commune)
    return made


def _cbo(world: World) -> Cbo:
    """Counted last year, not yet this year."""
    name, kind, members, women = places.CBO
    cbo = Cbo.objects.create(commune=world.areas[KUMRU], kind=kind, **named(name))
    CboYear.objects.create(cbo=cbo, year=world.calendar.year - 1, members_count=members, female_count=women)
    return cbo


def _people(world: World, began: date) -> None:
    """Those around the person: invented, with neither address nor password, so that nobody signs in as them."""
    for spec in places.PEOPLE:
        if spec.login in INVENTED:
            invented = User(name=spec.name, is_practice=True, is_active=False)
            invented.set_unusable_password()
            invented.save()
            world.people[spec.login] = invented
            for where in spec.where:
                scopes = {scope: _invented_scope(world, scope, key) for scope, key in where.items()}
                Assignment.objects.create(
                    user=invented, role=spec.role, starts_on=began, is_practice=True, **scopes
                )


def _invented_scope(world: World, scope: str, key: str):
    kinds = {"area": world.areas, "organisation": world.organisations, "provider": world.providers}
    return world.programme if scope == "programme" else kinds[scope][key]


def _give(person: User, role: str, world: World, cbo: Cbo, began: date) -> None:
    commune = world.areas[KUMRU]
    scopes = {
        "programme": world.programme, "area": commune.parent if role == "district_officer" else commune,
        "organisation": world.organisations["donor" if role == "donor_viewer" else "B"],
        "provider": world.providers["HC"], "cbo": cbo,
    }  # fmt: skip
    Assignment.objects.create(
        user=person, role=role, starts_on=began, is_practice=True,
        **{scope.value: scopes[scope.value] for scope in ROLES[role].scopes},
    )  # fmt: skip


def _rounds(world: World, roles: frozenset[str]) -> tuple[Round, Round | None]:
    """The round of the practice year, and the one before for those who follow up what was agreed in it."""
    of_kumru = {year.years_ago: year for year in YEARS if year.commune == KUMRU}
    last_year = build_round(world, of_kumru[1]) if roles & FOLLOW_A_PLAN else None
    return build_round(world, of_kumru[0]), last_year


def _plan(*, years_ago: int, outcome: str) -> Plan:
    return Plan(
        KUMRU, years_ago, ACTIONS, drafted="07-21", submitted="08-12", outcome=outcome, session="08",
        held="08-29", present=(6, 2, 7), remarks={"councillor": "តើអណ្ដូងនៅភូមិគំរូ ៤ អាចជីកមុនរដូវប្រាំងទេ?"},
    )  # fmt: skip


def _decide(world: World, plan_version) -> None:
    """The clerk has written down that the council agrees; the chief has not confirmed it yet."""
    record_council_decision(
        plan_version=plan_version, session_number=f"08/{world.calendar.year}",
        held_on=world.calendar.day("08-29"), present_count=6, present_female_count=2, council_size=7,
        outcome=CouncilOutcome.APPROVE, agrees_to_publish=True, by=world.people["clerk"],
    )  # fmt: skip
