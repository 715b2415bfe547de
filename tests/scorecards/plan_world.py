"""A commune of practice with three providers, a round with locked scores, and the people around its plan."""

import itertools
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import AuditEvent, User
from communities.models import (
    Area,
    Assignment,
    Catchment,
    Meeting,
    Organisation,
    Programme,
    ServiceProvider,
    ServiceType,
)
from scorecards.models import (
    ActionItem,
    ActionPlan,
    Criterion,
    Round,
    Scale,
    Scorecard,
    ScorecardCriterion,
    ScorecardVersion,
    ScoringGroup,
    Tally,
)
from scorecards.operations.action_plans import draft_action_plan, put_action_item

phones = itertools.count(10_000_000)


@dataclass
class World:
    commune: Area
    programme: Programme
    organisation: Organisation
    scoring_round: Round
    health_centre: ServiceProvider
    school: ServiceProvider
    office: ServiceProvider
    medicine: Criterion
    facilitator: User
    clerk: User
    chief: User
    delegate: User


def make_world(*, commune_code: str = "000101", commune_kind: str = "khum", **programme) -> World:
    commune = make_commune(code=commune_code, kind=commune_kind)
    of_programme = Programme.objects.create(name_km="កម្មវិធីគំរូ", first_year=2025, **programme)
    organisation = Organisation.objects.create(kind="local_ngo", name_km="អង្គការគំរូ")
    facilitator = make_person("facilitator", area=commune, organisation=organisation)
    scoring_round = Round.objects.create(
        programme=of_programme, organisation=organisation, commune=commune, year=2026,
        opened_at=timezone.now(), opened_by=facilitator,
    )  # fmt: skip
    health_centre = make_provider("HC", "មណ្ឌលសុខភាពគំរូ", "Kumru health centre", commune)
    medicine = Criterion.objects.create(
        service_type=health_centre.service_type, text_km="មានថ្នាំគ្រប់គ្រាន់", text_en="Enough medicine"
    )
    return World(
        commune=commune,
        programme=of_programme,
        organisation=organisation,
        scoring_round=scoring_round,
        health_centre=health_centre,
        school=make_provider("PS", "សាលាបឋមសិក្សាគំរូ", "Kumru primary school", commune),
        office=make_provider("CA", "រដ្ឋបាលឃុំគំរូ", "Kumru commune administration", commune),
        medicine=medicine,
        facilitator=facilitator,
        clerk=make_person("council_clerk", area=commune),
        chief=make_person("council_chief", area=commune),
        delegate=make_person("council_chief", area=commune),
    )


def make_commune(
    *, code: str = "000101", kind: str = "khum", name_km: str = "គំរូ", name_en: str = "Kumru"
) -> Area:
    kinds = {"khum": ("province", "srok"), "sangkat": ("capital", "khan")}[kind]
    parent = None
    for level, its_kind in enumerate((*kinds, kind), start=1):
        names = {"name_km": name_km, "name_en": name_en}
        parent, _is_new = Area.objects.get_or_create(
            code=code[: level * 2], defaults={"level": level, "kind": its_kind, "parent": parent, **names}
        )
    return parent


def make_person(role: str, **scopes) -> User:
    person = User.objects.create_user(name=role, password=None, phone=f"+855{next(phones)}")
    Assignment.objects.create(user=person, role=role, starts_on=date(2020, 1, 1), **scopes)
    return person


def make_provider(service: str, name_km: str, name_en: str, *communes: Area) -> ServiceProvider:
    service_type, _is_new = ServiceType.objects.get_or_create(
        code=service, defaults={"name_km": name_km, "sector_km": "សេវា"}
    )
    provider = ServiceProvider.objects.create(
        service_type=service_type, name_km=name_km, name_en=name_en, located_in=communes[0]
    )
    for commune in communes:
        Catchment.objects.create(provider=provider, commune=commune)
    return provider


def make_interface_meeting(
    world: World, *, held_on: date = date(2026, 7, 17), status: str = "held"
) -> Meeting:
    return Meeting.objects.create(
        kind="interface", status=status, programme=world.programme, organisation=world.organisation,
        commune=world.commune, year=2026, held_on=held_on, recorded_at=timezone.now(), recorded_by=world.facilitator,
    )  # fmt: skip


def score(
    world: World, counts: tuple[int, ...], *, sitting: int = 1, status: str = "locked"
) -> ScorecardVersion:
    """People of one sitting at the health centre say of its medicine: so many 1, so many 2 …"""
    scale, _is_new = Scale.objects.get_or_create(code="five", defaults={"name_km": "ប្រាំពិន្ទុ", "points": 5})
    scorecard = Scorecard.objects.create(
        kind="community", programme=world.programme, organisation=world.organisation, year=2026,
        scoring_round=world.scoring_round, provider=world.health_centre, scale=scale, sitting=sitting,
    )  # fmt: skip
    now = timezone.now()
    times = {
        "submitted_at": now,
        "submitted_by": world.facilitator,
        "locked_at": now,
        "locked_by": world.chief,
    }
    version = ScorecardVersion.objects.create(
        scorecard=scorecard, status=status, **(times if status == "locked" else {})
    )
    group = ScoringGroup.objects.create(version=version, group="all", kind="all", people_count=sum(counts))
    scored = ScorecardCriterion.objects.create(version=version, criterion=world.medicine, order=1)
    Tally.objects.bulk_create(
        Tally(scorecard_criterion=scored, scoring_group=group, score=score, count=count)
        for score, count in enumerate(counts, start=1)
    )
    return version


def make_plan(world: World) -> ActionPlan:
    """A draft without an action."""
    return draft_action_plan(scoring_round=world.scoring_round, by=world.facilitator)


def external(**changes) -> dict:
    """The fields of an action that lacks nothing, in section ក."""
    return {
        "section": "external",
        "activity_km": "ស្ថាបនាប្រព័ន្ធលូ",
        "activity_en": "Build the drain",
        "lead_km": "មេឃុំ",
        "lead_en": "Commune chief",
        "starts_on": date(2027, 3, 1),
        "ends_on": date(2027, 11, 1),
        "cost_riel": 48_000_000,
        "route": "commune",
    } | changes


def internal(provider: ServiceProvider, **changes) -> dict:
    """The same in section ខ."""
    fields = external(section="internal", provider=provider, cost_riel=0, route="")
    return fields | {"activity_km": "បិទផ្សាយបញ្ជីថ្នាំ", "activity_en": "Post the list of medicine"} | changes


def put(plan: ActionPlan, fields: dict, **more) -> ActionItem:
    return put_action_item(plan=plan, fields=fields, by=plan.drafted_by, **more)


def make_full_plan(world: World) -> ActionPlan:
    """A draft that could go to the council: two actions in each section."""
    plan = make_plan(world)
    put(plan, external())
    put(plan, external(activity_km="ជួសជុលផ្លូវ", activity_en="Mend the road"))
    put(plan, internal(world.health_centre))
    put(plan, internal(world.school))
    return plan


def trail() -> list[str]:
    """The verbs that were recorded, oldest first, without the name of the app."""
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    return [verb.removeprefix("scorecards.") for verb in verbs]


def long_ago(days: int):
    return timezone.now() - timedelta(days=days)
