"""Which rounds, scorecards and versions each role sees, state by state."""

import pytest

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from communities.models import Catchment, ProgrammeOrganisation
from scorecards.models import ReopeningRequest, Round, Scorecard, ScorecardVersion
from scorecards.operations.review import request_reopening
from tests import factories

pytestmark = pytest.mark.django_db

ENTERING = (
    Permission.ENTER_COMMUNITY_TALLY, Permission.CHOOSE_CRITERIA, Permission.SUBMIT_SCORECARD,
)  # fmt: skip
CHECKING = (Permission.RETURN_SCORECARD, Permission.LOCK_SCORECARD, Permission.DECIDE_REOPENING)


@pytest.fixture
def scoring_round():
    return factories.make_round()


@pytest.fixture
def provider():
    return factories.make_provider()


@pytest.fixture
def cards(scoring_round, provider):
    """One draft, one submitted, one locked, one reopened sitting, and the provider's own draft."""

    def sitting(kind="community"):
        return factories.make_scorecard(scoring_round=scoring_round, provider=provider, kind=kind)

    return {
        "draft": sitting(),
        "submitted": factories.make_submitted(scorecard=sitting()).scorecard,
        "locked": factories.make_locked(scorecard=sitting()).scorecard,
        "reopened": factories.reopened(version=factories.make_locked(scorecard=sitting())).scorecard,
        "own": sitting(kind="self"),
    }


@pytest.fixture
def people(scoring_round, provider):
    commune = scoring_round.commune
    return {
        "facilitator": factories.make_person(
            role="facilitator", organisation=scoring_round.organisation, area=commune
        ),
        "officer": factories.make_person(role="ngo_officer", programme=scoring_round.programme),
        "councillor": factories.make_person(role="councillor", area=commune),
        "clerk": factories.make_person(role="council_clerk", area=commune),
        "provider": factories.make_person(role="service_provider", provider=provider),
        "district": factories.make_person(role="district_officer", area=commune.parent),
        "donor": factories.make_person(
            role="donor_viewer", organisation=factories.make_organisation(kind="donor")
        ),
    }


EVERYTHING = {"draft", "submitted", "locked", "reopened", "own"}
LOCKED_ONCE = {"locked", "reopened"}


@pytest.mark.parametrize(
    ("who", "seen", "sees_round"),
    [
        ("facilitator", EVERYTHING, True),
        ("officer", EVERYTHING, True),
        ("councillor", LOCKED_ONCE, True),
        ("clerk", LOCKED_ONCE, True),
        ("provider", LOCKED_ONCE | {"own"}, False),
        ("district", LOCKED_ONCE, True),
        ("donor", set(), False),
    ],
)
def test_scorecards_and_rounds(cards, people, who, seen, sees_round, scoring_round):
    person = people[who]
    visible = set(Scorecard.objects.visible_to(person))
    assert {name for name, card in cards.items() if card in visible} == seen
    assert Round.objects.visible_to(person).exists() is sees_round


@pytest.mark.parametrize(
    ("who", "statuses"),
    [
        ("facilitator", ["draft", "draft", "draft", "locked", "locked", "submitted"]),
        ("councillor", ["locked", "locked"]),
        ("provider", ["draft", "locked", "locked"]),
        ("district", ["locked", "locked"]),
        ("donor", []),
    ],
)
def test_of_a_reopened_scorecard_others_than_the_team_see_the_locked_version(cards, people, who, statuses):
    visible = ScorecardVersion.objects.visible_to(people[who])
    assert sorted(visible.values_list("status", flat=True)) == statuses


@pytest.mark.parametrize(
    ("who", "permissions"),
    [
        ("facilitator", {*ENTERING, Permission.ENTER_SELF_ASSESSMENT, Permission.REQUEST_REOPENING}),
        (
            "officer",
            {*ENTERING, *CHECKING, Permission.ENTER_SELF_ASSESSMENT, Permission.REQUEST_REOPENING},
        ),
        ("councillor", set()),
        ("clerk", {Permission.REQUEST_REOPENING}),
        ("provider", {Permission.ENTER_SELF_ASSESSMENT, Permission.REQUEST_REOPENING}),
        ("district", set()),
        ("donor", set()),
    ],
)
def test_what_each_may_do_to_a_locked_scorecard(cards, people, who, permissions):
    asked = {*ENTERING, *CHECKING, Permission.ENTER_SELF_ASSESSMENT, Permission.REQUEST_REOPENING}
    found = {permission for permission in asked if can(people[who], permission, on=cards["locked"])}
    assert found == permissions


def test_a_self_assessment_is_seen_in_every_commune_that_the_provider_serves(
    cards, people, scoring_round, provider
):
    """It is read in the rounds of the neighbours too, and entered only where the provider stands."""
    commune = factories.make_commune(code="000102")
    Catchment.objects.create(provider=provider, commune=commune)
    organisation = factories.make_organisation()
    facilitator = factories.make_person(role="facilitator", organisation=organisation, area=commune)
    clerk = factories.make_person(role="council_clerk", area=commune)
    assert cards["own"] not in Scorecard.objects.visible_to(facilitator)

    ProgrammeOrganisation.objects.create(programme=scoring_round.programme, organisation=organisation)

    assert cards["own"] in Scorecard.objects.visible_to(facilitator)
    assert not can(facilitator, Permission.ENTER_SELF_ASSESSMENT, on=cards["own"])
    assert cards["own"] not in Scorecard.objects.visible_to(clerk)
    factories.make_locked(scorecard=cards["own"], counts={"all": (0, 0, 2, 4, 2)})
    assert cards["own"] in Scorecard.objects.visible_to(clerk)


def test_a_request_waits_for_the_officers_of_the_programme_alone(cards, people):
    version = cards["locked"].versions.get()
    request = request_reopening(version=version, reason="ខុស", by=people["clerk"])
    seen = {who for who, person in people.items() if request in ReopeningRequest.objects.visible_to(person)}
    assert seen == {"officer"}
    assert list(ReopeningRequest.objects.waiting()) == [request]


def test_what_one_sees_costs_two_queries(cards, people, django_assert_num_queries):
    for who in ("facilitator", "councillor", "provider"):
        person = User.objects.get(pk=people[who].pk)
        with django_assert_num_queries(2):
            list(Scorecard.objects.visible_to(person))
