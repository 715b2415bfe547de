"""Every address and every role in one table: who comes in, who is refused, for whom the page does not exist.

    +  comes in (whatever the page then says)    x  is refused (403)    .  does not exist for them (404)

People whose role lies elsewhere must find nothing at all; a stranger is led to the door.
"""

from dataclasses import dataclass
from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import ROLES
from communities.models import Cbo, Meeting, ServiceProvider
from scorecards.entry.sheets import current_version
from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    Document,
    InterfacePoint,
    PlanRemark,
    PlanVersion,
    Publication,
    PublicationAgreement,
    Round,
    Scorecard,
    ScorecardVersion,
)
from scorecards.operations.action_plans import draft_action_plan, put_action_item
from scorecards.operations.calendar import plan_meeting
from scorecards.operations.council import record_council_decision, remark_on_plan
from scorecards.operations.documents import request_document
from scorecards.operations.interface import set_agenda
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.review import request_reopening
from scorecards.urls import urlpatterns
from tests.factories import (
    give_role,
    make_commune,
    make_locked,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_scorecard,
    make_village,
)
from tests.scorecards.plan_world import external, internal

pytestmark = pytest.mark.django_db

# In this order the signs of a row stand.
ROLES_IN_ORDER = (
    "facilitator", "ngo_officer", "council_clerk", "councillor", "council_chief", "committee_member",
    "service_provider", "cbo_representative", "district_officer", "donor_viewer", "administrator",
)  # fmt: skip
ELSEWHERE = ("facilitator", "ngo_officer", "council_clerk", "council_chief", "service_provider")

# Address, the thing it is about, then a sign for each role.
MATRIX = """
rounds            -               + + + + + + x x + x x
open-round        -               x + x x x x x x x x x
plan-year         -               x + x x x x x x x x x
review-queue      -               x + x x x x x x x x x
reminders         -               + + x x x x x x x x x
reminder-calls    -               + + x x x x x x x x x
workshop          -               x + x x x x x x + x x
plans             -               + + + + + + + x + x x
round             scoring_round   + + + + + + . . + . .
plan-scorecard    scoring_round   + + x x x x . . x . .
plan-round        scoring_round   + + x x x x . . x . .
calendar          scoring_round   + + + + + + . . + . .
round-dates       scoring_round   + + x x x x . . x . .
plan-meeting      scoring_round   + + x x x x . . x . .
postpone-round    scoring_round   x + x x x x . . x . .
resume-round      scoring_round   x + x x x x . . x . .
hold-meeting      gathering       + + x x x x . . x . .
put-off-meeting   gathering       + + x x x x . . x . .
cancel-meeting    gathering       + + x x x x . . x . .
interface-meeting scoring_round   + + x x x x . . x . .
interface         scoring_round   + + x x x x . . x . .
minutes           scoring_round   + + x x x x . . x . .
interface-paper   scoring_round   + + x x x x . . x . .
interface-point   point           + + x x x x . . x . .
agree-point       point           + + x x x x . . x . .
park-point        point           + + x x x x . . x . .
reopen-point      point           + + x x x x . . x . .
consolidation     scoring_round   + + + + + + . . + . .
draft-plan        scoring_round   + + x x x x . . x . .
meeting           draft           + + . . . . . . . . .
meeting           own             + + . . . . + . . . .
criteria          draft           + + . . . . . . . . .
criteria          own             + + . . . . + . . . .
own-criterion     draft           + + . . . . . . . . .
own-criterion     own             . . . . . . . . . . .
sheet             draft           + + . . . . . . . . .
sheet             own             + + . . . . + . . . .
sheet             locked          + + x x x x x . x . .
save-sheet        draft           + + . . . . . . . . .
save-sheet        own             + + . . . . + . . . .
settle            draft           + + . . . . . . . . .
settle            own             + + . . . . + . . . .
reasons           draft           + + . . . . . . . . .
reasons           own             + + . . . . + . . . .
submit-scorecard  draft           + + . . . . . . . . .
submit-scorecard  own             + + . . . . + . . . .
self-assessment   own             + + . . . . + . . . .
self-assessment   draft           . . . . . . . . . . .
own-service       provider        . . . . . . + . . . .
begin-assessment  provider        . . . . . . + . . . .
results           draft           + + . . . . . . . . .
results           own             + + . . . . + . . . .
results           locked          + + + + + + + . + . .
check             draft           x + . . . . . . . . .
check             locked          x + x x x x x . x . .
return-scorecard  draft           x + . . . . . . . . .
lock-scorecard    draft           x + . . . . . . . . .
ask-reopening     locked          + + + x x x + . x . .
ask-reopening     draft           + + . . . . . . . . .
decide-reopening  reopening       . + . . . . . . . . .
plan              draft_plan      + + . . . . . . . . .
plan              plan            + + + + + + + . + . .
draft-preview     draft_plan      + + . . . . . . . . .
submit-plan       draft_plan      + + . . . . . . . . .
add-item          draft_plan      + + . . . . . . . . .
edit-item         item            + + x x x x x . x . .
move-item         item            + + x x x x x . x . .
delete-item       item            + + x x x x x . x . .
restore-item      item            + + x x x x x . x . .
read-plan         version         + + + + + + + . + . .
remark            version         x x + + + x x . x . .
mark-read         version         . . . . . . . . . . .
answer-remark     remark          + + + x x . . . . . .
correct-item      item            + + + x x x x . x . .
decision          version         x x + x x x x . x . .
confirm-decision  decided         x x x x + x . . x . .
decision-scan     decided         . . . . . . . . . . .
add-scan          decided         x x + x x x . . x . .
publication       scoring_round   + + + + + + . . + . .
record-agreement  scoring_round   x + + x x x . . x . .
end-agreement     scoring_round   x + + x x x . . x . .
announce          scoring_round   x . . x x x . . x . .
withdraw-publication announced    x + + x x x x . x . .
reply-publication announced       x x + x x x + . x . .
documents         version         + + + + + + + . + . .
document          document        + + + + + + + . + . .
document-file     document        . . . . . . . . . . .
"""


@dataclass
class World:
    """One commune with a round at every stage, and a person of every role in it."""

    scoring_round: Round
    draft: Scorecard
    locked: Scorecard
    own: Scorecard
    draft_plan: ActionPlan
    plan: ActionPlan
    item: ActionItem
    version: PlanVersion
    decided: CouncilDecision
    document: Document
    reopening: object
    gathering: Meeting
    remark: PlanRemark
    announced: Publication
    provider: ServiceProvider
    point: InterfacePoint
    people: dict[str, User]
    strangers: dict[str, User]


@pytest.fixture
def world() -> World:
    commune = make_commune()
    health_centre = make_provider(commune=commune)
    scoring_round = make_round(commune=commune)
    earlier = make_round(
        commune=commune, programme=scoring_round.programme, organisation=scoring_round.organisation, year=2025
    )
    facilitator = make_person()
    locked = make_locked(
        scorecard=make_scorecard(
            scoring_round=scoring_round,
            provider=health_centre,
            village=make_village(commune=commune, number=2),
        )
    )
    plan = draft_action_plan(scoring_round=earlier, by=facilitator)
    item = put_action_item(plan=plan, fields=internal(health_centre), by=facilitator)
    put_action_item(plan=plan, fields=external(), by=facilitator)
    version = submit_action_plan(plan=plan, by=facilitator)
    scopes = {
        "programme": scoring_round.programme, "organisation": scoring_round.organisation, "area": commune,
        "provider": health_centre, "cbo": Cbo.objects.create(name_km="ក្រុមយុវជន", commune=commune, kind="youth"),
    }  # fmt: skip
    return World(
        scoring_round=scoring_round,
        draft=make_scorecard(scoring_round=scoring_round, provider=health_centre),
        locked=locked.scorecard,
        own=make_scorecard(scoring_round=scoring_round, provider=health_centre, kind="self"),
        draft_plan=draft_action_plan(scoring_round=scoring_round, by=facilitator),
        plan=plan,
        item=item,
        version=version,
        decided=record_council_decision(
            plan_version=version, session_number="8", held_on=version.frozen_at.date(), present_count=5,
            council_size=7, outcome="approve", by=facilitator,
        ),
        document=request_document(plan_version=version, kind="jaap", language="km", by=facilitator),
        reopening=request_reopening(version=current_version(locked.scorecard), reason="ខុសជួរ", by=facilitator),
        remark=remark_on_plan(plan_version=version, text="?", by=facilitator),
        announced=announced_in(scoring_round, by=facilitator),
        gathering=plan_meeting(
            scoring_round=scoring_round, kind="i4c", held_on=date(2026, 6, 20), by=facilitator
        ),
        provider=health_centre,
        point=point_of(locked, by=facilitator),
        people={role: somebody(role, scopes) for role in ROLES_IN_ORDER},
        strangers={role: somebody(role, scopes_elsewhere()) for role in ELSEWHERE},
    )  # fmt: skip


def point_of(version: ScorecardVersion, *, by: User) -> InterfacePoint:
    """The first criterion of the sheet, on the agenda of the interface meeting."""
    wanted = [(version.scorecard.provider, version.criteria.earliest("order").criterion)]
    return set_agenda(scoring_round=version.scorecard.scoring_round, points=wanted, by=by)[0]


def announced_in(scoring_round: Round, *, by: User) -> Publication:
    now = timezone.now()
    agreement = PublicationAgreement.objects.create(
        commune=scoring_round.commune, covers_scores=True, agreed_on=now.date(), agreed_by="session", recorded_at=now,
        recorded_by=by,
    )  # fmt: skip
    return Publication.objects.create(
        kind="scores", scoring_round=scoring_round, agreement=agreement, announced_at=now, announced_by=by,
        visible_from=now.date(),
    )  # fmt: skip


def somebody(role: str, scopes: dict) -> User:
    person = make_person(name=role)
    give_role(person=person, role=role, **{s: scopes[s] for s in ROLES[role].scopes if s in scopes})
    return person


def scopes_elsewhere() -> dict:
    commune = make_commune(code="000201")
    other = make_round(commune=commune, programme=make_programme(name="កម្មវិធីផ្សេង"))
    return {
        "programme": other.programme, "organisation": other.organisation, "area": commune,
        "provider": make_provider(commune=commune),
    }  # fmt: skip


def rows() -> list[tuple[str, str, str]]:
    found = [line.split() for line in MATRIX.strip().splitlines()]
    return [(name, thing, "".join(signs)) for name, thing, *signs in found]


def address(world: World, name: str, thing: str) -> str:
    if thing == "-":
        return reverse(f"scorecards:{name}")
    keys = {"pk": getattr(world, thing).pk}
    if name in {"consolidation", "interface-paper"}:
        keys["provider_pk"] = world.locked.provider_id
    return reverse(f"scorecards:{name}", kwargs=keys)


def browser_of(person: User) -> Client:
    """The person's own, signed in once for all pages."""
    if not hasattr(person, "browser"):
        person.browser = Client()
        person.browser.force_login(User.objects.get(pk=person.pk))
    return person.browser


def sign_of(client, person: User | None, url: str) -> str:
    """What becomes of this person here, by GET and, where a page takes no GET, by POST; nothing is kept."""
    browser = browser_of(person) if person else client
    with transaction.atomic():
        answer = browser.get(url)
        if answer.status_code == 405:
            answer = browser.post(url)
        transaction.set_rollback(True)
    return {403: "x", 404: "."}.get(answer.status_code, "+" if answer.status_code <= 400 else "!")


def test_who_comes_in(client, world):
    found = {
        (name, thing): "".join(
            sign_of(client, world.people[role], address(world, name, thing)) for role in ROLES_IN_ORDER
        )
        for name, thing, _signs in rows()
    }
    assert found == {(name, thing): signs for name, thing, signs in rows()}


def test_outside_ones_scope_a_page_does_not_exist(client, world):
    found = {
        (name, thing, role)
        for name, thing, _signs in rows()
        for role, person in world.strangers.items()
        if thing != "-" and sign_of(client, person, address(world, name, thing)) != "."
    }
    assert not found


def test_a_stranger_is_led_to_the_door(client, world):
    for name, thing, _signs in rows():
        answer = client.get(address(world, name, thing))
        assert answer.status_code == 302, name
        assert "/sign-in/" in answer.url, name


def test_the_table_holds_every_address():
    """Those of the settings stand in tests/communities/test_access_matrix.py."""
    public = {"verify"}
    here = {pattern.name for pattern in urlpatterns if not str(pattern.pattern).startswith("settings/")}
    assert here - public == {name for name, _thing, _signs in rows()}
