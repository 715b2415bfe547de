"""Things that tests need, made with as few words as possible. Where the product has an operation, it makes them.

Each takes keywords only and fills in the rest; a place, provider or programme that is not named is made once and
found again (the practice commune 000101 with its health centre).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import count
from uuid import uuid4

from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES, Scope
from communities.models import (
    Area,
    Assignment,
    Catchment,
    Meeting,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
    ServiceType,
)
from scorecards.entry.cells import cell_key
from scorecards.entry.sheets import current_version
from scorecards.enums import GroupKind
from scorecards.models import (
    Criterion,
    Round,
    Scale,
    ScalePoint,
    Scorecard,
    ScorecardVersion,
    SheetSave,
)
from scorecards.operations.criteria import choose_criteria
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.reasons import record_reasons
from scorecards.operations.review import (
    decide_reopening,
    lock_scorecard,
    request_reopening,
    submit_scorecard,
)
from scorecards.operations.rounds import open_round
from scorecards.operations.scorecards import plan_scorecard, record_scorecard_meeting
from scorecards.operations.tallies import record_tallies

_numbers = count(1)
YEAR = 2026
KINDS = {2: "province", 4: "srok", 6: "khum", 8: "phum"}
WORDS = {
    5: (
        ("ខ្សោយណាស់", "Very poor"), ("ខ្សោយ", "Poor"), ("ទទួលយកបាន", "Acceptable"), ("ល្អ", "Good"),
        ("ល្អណាស់", "Very good"),
    ),
    3: (("ខ្សោយ", "Poor"), ("ទទួលយកបាន", "Acceptable"), ("ល្អ", "Good")),
}  # fmt: skip
# Example A of docs/scoring.md: 20 women, 15 men, 12 young people; scores 1 to 5.
WOMEN, MEN, YOUTH = (1, 4, 7, 6, 2), (0, 1, 3, 7, 4), (3, 5, 3, 1, 0)
EXAMPLE_A = {"women": WOMEN, "men": MEN, "youth": YOUTH}
ATTENDANCE = {"citizen": {"total": 47, "female": 25, "youth": 18, "young_women": 9}}


# --- Places and people ----------------------------------------------------------------------------


def make_area(*, code: str, name: str = "គំរូ", name_en: str = "Kumru", **fields) -> Area:
    """The place of this code, with those above it."""
    parent = make_area(code=code[:-2]) if len(code) > 2 else None
    defaults = {
        "level": len(code) // 2, "kind": KINDS[len(code)], "parent": parent, "name_km": name, "name_en": name_en,
    }  # fmt: skip
    return Area.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_commune(*, code: str = "000101", **fields) -> Area:
    return make_area(code=code, **fields)


def make_village(*, commune: Area | None = None, number: int = 1, **fields) -> Area:
    return make_area(code=f"{(commune or make_commune()).code}{number:02}", **fields)


def make_organisation(*, kind: str = "local_ngo", name: str = "", **fields) -> Organisation:
    return Organisation.objects.create(
        kind=kind, name_km=name or f"អង្គការ {next(_numbers)}", name_en=name or "Partner", **fields
    )


def make_programme(*, partners: Sequence[Organisation] = (), name: str = "កម្មវិធីគំរូ", **fields) -> Programme:
    """A practice programme from 2025 on, unless said otherwise."""
    defaults = {"first_year": 2025, "is_practice": True, "name_km": name, "name_en": "Practice programme"}
    programme = Programme.objects.create(**(defaults | fields))
    for organisation in partners:
        ProgrammeOrganisation.objects.create(programme=programme, organisation=organisation)
    return programme


def make_service(*, code: str = "HC", is_scored_by_village: bool = True, **fields) -> ServiceType:
    defaults = {
        "name_km": "មណ្ឌលសុខភាព", "name_en": "Health centre", "sector_km": "សុខភាព", "sector_en": "Health",
        "is_scored_by_village": is_scored_by_village,
    }  # fmt: skip
    return ServiceType.objects.get_or_create(code=code, defaults=defaults | fields)[0]


def make_provider(
    *, commune: Area | None = None, service: ServiceType | None = None, serves: Sequence[Area] = (), **fields
) -> ServiceProvider:
    """A health centre that serves the commune it stands in, and those of `serves`."""
    commune = commune or make_commune()
    defaults = {"name_km": "មណ្ឌលសុខភាពគំរូ", "name_en": "Kumru health centre", "located_in": commune}
    provider = ServiceProvider.objects.create(service_type=service or make_service(), **(defaults | fields))
    for place in {commune, *serves}:
        Catchment.objects.create(provider=provider, commune=place)
    return provider


def make_person(*, role: str | None = None, name: str = "Sokha", **scopes) -> User:
    """Somebody with a role since 2025: `make_person(role="facilitator", organisation=..., area=...)`.

    Scopes of the role that are not named are made.
    """
    person = User.objects.create_user(name=name, password=None, phone=f"+855{next(_numbers):08}")
    if role:
        give_role(person=person, role=role, **scopes)
    return person


def give_role(*, person: User, role: str, **scopes) -> Assignment:
    starts_on = scopes.pop("starts_on", date(2025, 1, 1))
    makers = {
        Scope.PROGRAMME: make_programme, Scope.ORGANISATION: make_organisation, Scope.AREA: make_commune,
        Scope.PROVIDER: make_provider,
    }  # fmt: skip
    for scope in ROLES[role].scopes - set(scopes):
        scopes[str(scope)] = makers[scope]()
    return Assignment.objects.create(user=person, role=role, starts_on=starts_on, **scopes)


# --- Rounds and scorecards ------------------------------------------------------------------------


def make_scale(*, points: int = 5) -> Scale:
    """With its words."""
    name = f"{points} ពិន្ទុ"
    scale, is_new = Scale.objects.get_or_create(
        code=f"scale-{points}", defaults={"name_km": name, "points": points}
    )
    if is_new:
        for score, (km, en) in enumerate(WORDS[points], 1):
            ScalePoint.objects.create(scale=scale, score=score, label_km=km, label_en=en)
    return scale


def make_round(
    *, commune: Area | None = None, programme: Programme | None = None, organisation: Organisation | None = None,
    year: int = YEAR, by: User | None = None, **fields,
) -> Round:  # fmt: skip
    """A round of one commune, run by a partner of its programme."""
    organisation = organisation or make_organisation()
    programme = programme or make_programme()
    ProgrammeOrganisation.objects.get_or_create(programme=programme, organisation=organisation)
    return open_round(
        programme=programme, commune=commune or make_commune(), year=year, organisation=organisation,
        by=by or make_person(), **fields,
    )  # fmt: skip


def make_scorecard(
    *, scoring_round: Round | None = None, provider: ServiceProvider | None = None, kind: str = "community",
    village: Area | None = None, by: User | None = None,
) -> Scorecard:  # fmt: skip
    """A planned sitting, in the first village where its service is scored by village; nothing is entered yet."""
    scoring_round = scoring_round or make_round()
    make_scale(points=scoring_round.programme.scale_points)
    provider = provider or make_provider(commune=scoring_round.commune)
    if kind == "community" and village is None and provider.service_type.is_scored_by_village:
        village = make_village(commune=scoring_round.commune)
    return plan_scorecard(
        scoring_round=scoring_round, provider=provider, kind=kind, village=village, by=by or make_person()
    )


def make_criterion(*, service: ServiceType | None = None, text: str = "", **fields) -> Criterion:
    number = next(_numbers)
    return Criterion.objects.create(
        service_type=service or make_service(), text_km=text or f"លក្ខណៈវិនិច្ឆ័យ {number}",
        text_en=text or f"Criterion {number}", **fields,
    )  # fmt: skip


def make_criteria(*, version: ScorecardVersion, number: int = 5, by: User | None = None) -> list[Criterion]:
    """As many criteria of the list, chosen for the version."""
    service = version.scorecard.provider.service_type
    criteria = [make_criterion(service=service) for _ in range(number)]
    choose_criteria(version=version, criteria=criteria, by=by or make_person())
    return criteria


def make_meeting(*, scorecard: Scorecard, by: User | None = None, attendance=None, **fields) -> Meeting:
    """The meeting of a scorecard: held on 11 June 2026, or on the first of June of another year, with 47 people."""
    held_on = date(2026, 6, 11) if scorecard.year == YEAR else date(scorecard.year, 6, 1)
    defaults = {"client_id": uuid4(), "held_on": min(held_on, timezone.localdate()), "place": "សាលាភូមិ"}
    meeting = record_scorecard_meeting(
        scorecard=scorecard, by=by or make_person(),
        attendance=ATTENDANCE if attendance is None else attendance, **(defaults | fields),
    )  # fmt: skip
    scorecard.refresh_from_db()
    return meeting


def make_sheet(
    *, version: ScorecardVersion, counts: Mapping[str, Sequence[int | None]] | None = None,
    people: Mapping[str, int | None] | None = None, number: int = 5, by: User | None = None,
) -> SheetSave:  # fmt: skip
    """Fill a sheet: `counts` is {group: people for scores 1..n, then those without an opinion if one more is given},
    the same for each criterion; without it example A. `people` are the numbers of the groups, otherwise the sums.

    Chooses `number` criteria where none are chosen.
    """
    by = by or make_person()
    counts = EXAMPLE_A if counts is None else counts
    if not version.groups.exists():
        sums = {group: sum(each or 0 for each in row) for group, row in counts.items()}
        set_scoring_groups(version=version, people=sums if people is None else people, by=by)
    if not version.criteria.exists():
        make_criteria(version=version, number=number, by=by)
    version.refresh_from_db()
    cells = {}
    for criterion in version.criteria.values_list("criterion_id", flat=True):
        for group, row in counts.items():
            cells |= cells_of(criterion, group, row, points=version.scorecard.scale.points)
    return record_tallies(
        version=version, cells=cells, base_revision=version.revision, client_id=uuid4(), by=by
    )


def cells_of(criterion: Criterion | int, group: str, row: Sequence[int | None], *, points: int = 5) -> dict:
    """Cells of one row: scores 1..n, then no opinion."""
    number = criterion if isinstance(criterion, int) else criterion.pk
    scores = [*range(1, points + 1), 0]
    return {cell_key(number, group, score): each for score, each in zip(scores, row, strict=False)}


def make_complete(*, version: ScorecardVersion, by: User | None = None, **sheet) -> ScorecardVersion:
    """Everything that submitting asks for: meeting, criteria, groups, counts, reasons."""
    by = by or make_person()
    make_sheet(version=version, by=by, **sheet)
    scorecard = version.scorecard
    if not scorecard.is_self_assessment:
        whole = version.groups.filter(kind__in=[GroupKind.ALL, GroupKind.DISJOINT])
        total = sum(whole.values_list("people_count", flat=True))
        own = ATTENDANCE if total == 47 else {"citizen": {"total": total, "female": total, "youth": total}}
        make_meeting(scorecard=scorecard, by=by, attendance=own)
        for scored in version.criteria.all():
            record_reasons(scored=scored, strengths="ល្អ", weaknesses="ខ្វះ", suggestions=["ជួសជុល"], by=by)
    return current_version(scorecard)


def make_submitted(
    *, scorecard: Scorecard | None = None, by: User | None = None, **sheet
) -> ScorecardVersion:
    by = by or make_person()
    version = make_complete(version=current_version(scorecard or make_scorecard()), by=by, **sheet)
    submit_scorecard(version=version, by=by)
    return current_version(version.scorecard)


def make_locked(*, scorecard: Scorecard | None = None, by: User | None = None, **sheet) -> ScorecardVersion:
    """Entered and submitted by one person, locked by another (`by`)."""
    version = make_submitted(scorecard=scorecard, **sheet)
    lock_scorecard(version=version, by=by or make_person(name="Officer"))
    return current_version(version.scorecard)


def reopened(*, version: ScorecardVersion, by: User | None = None) -> ScorecardVersion:
    """The next version of a locked one."""
    by = by or make_person()
    request = request_reopening(version=version, reason="ជួរដេកខុស", by=by)
    return decide_reopening(request=request, grant=True, answer="", by=by)
