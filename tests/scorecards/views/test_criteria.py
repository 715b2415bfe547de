"""Choosing criteria through the page: ticks, order, one's own, and what cannot be chosen."""

import uuid

import pytest

from accounts.models import AuditEvent
from scorecards.entry.sheets import current_version
from scorecards.enums import CriterionKind
from scorecards.models import Criterion, CriterionTag
from scorecards.operations.criteria import add_own_criterion, choose_criteria
from tests.factories import make_criterion, make_person, make_service, make_sheet, make_submitted
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

# Session, person, roles of today, the scorecard twice (found, allowed), version, chosen, offered, last year's tags.
QUERIES = 9


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def card(world):
    return world.sitting()


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


@pytest.fixture
def listed(world):
    """Three criteria of the service's list."""
    return [make_criterion(order=number) for number in range(3)]


def address(card, language="km", own=False) -> str:
    return f"/{language}/scorecards/{card.pk}/criteria/{'own/' if own else ''}"


def chosen(card) -> list[int]:
    return list(current_version(card).criteria.order_by("order").values_list("criterion", flat=True))


def post(client, card, criteria, **fields):
    return client.post(address(card), {"criteria": [each.pk for each in criteria]} | fields)


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "status"), [("council_clerk", 404), ("service_provider", 404)])
def test_only_the_team_chooses_for_a_sitting(world, card, listed, client, role, status):
    client.force_login(world.person(role))
    assert client.get(address(card)).status_code == status
    assert post(client, card, listed).status_code == status
    assert chosen(card) == []


def test_a_provider_chooses_for_its_own_assessment(world, listed, client):
    client.force_login(world.person("service_provider"))
    own = world.self_assessment()
    assert post(client, own, listed[:2]).status_code == 302
    assert chosen(own) == [listed[0].pk, listed[1].pk]


# --- What happens ---------------------------------------------------------------------------------


def test_what_is_ticked_is_kept_in_the_order_of_the_list(facilitator, card, listed, client):
    answer = post(client, card, [listed[2], listed[0]])
    assert answer.url == f"/km/scorecards/{card.pk}/sheet/"
    assert chosen(card) == [listed[0].pk, listed[2].pk]
    assert AuditEvent.objects.filter(verb="scorecards.criteria.chosen", actor=facilitator.pk).exists()


def test_arrows_move_one_place_and_keep_new_ticks(facilitator, card, listed, client):
    post(client, card, listed[:2])
    answer = post(client, card, listed, up=listed[2].pk)
    assert answer.url == address(card)
    assert chosen(card) == [listed[0].pk, listed[2].pk, listed[1].pk]
    post(client, card, listed, down=listed[0].pk)
    assert chosen(card) == [listed[2].pk, listed[0].pk, listed[1].pk]
    post(client, card, listed, up=listed[2].pk)
    assert chosen(card)[0] == listed[2].pk


def test_a_criterion_of_ones_own_is_added_and_chosen_once(facilitator, card, listed, client):
    page = {"client_id": str(uuid.uuid4()), "text_km": "កន្លែងអង្គុយរង់ចាំ", "criteria": [listed[1].pk]}
    for _twice in range(2):
        answer = client.post(address(card, own=True), page)
        assert answer.status_code == 302
    own = Criterion.objects.get(kind=CriterionKind.CUSTOM)
    assert (own.text_km, own.scoring_round, own.provider) == (
        "កន្លែងអង្គុយរង់ចាំ", card.scoring_round, card.provider
    )  # fmt: skip
    assert chosen(card) == [listed[1].pk, own.pk]


def test_the_meetings_own_is_offered_to_the_next_sitting(world, facilitator, card, client):
    fields = {"scoring_round": card.scoring_round, "provider": card.provider, "by": facilitator}
    add_own_criterion(text_km="កន្លែងអង្គុយរង់ចាំ", **fields)
    page = client.get(address(world.sitting(2))).content.decode()
    assert "កន្លែងអង្គុយរង់ចាំ" in page
    assert "របស់អង្គប្រជុំ" in page


@pytest.mark.parametrize(
    ("language", "same"),
    [("en", "1 of 2 are the same as last year."), ("km", "១ ក្នុង ២ ដូចឆ្នាំមុន។")],
)
def test_the_page_says_how_many_can_be_compared_with_last_year(world, facilitator, client, language, same):
    tag = CriterionTag.objects.create(code="staff", name_km="បុគ្គលិក", name_en="Staff")
    before, after, other = make_criterion(tag=tag), make_criterion(tag=tag), make_criterion()
    world.scoring_round = world.next_round(2025)
    choose_criteria(version=current_version(world.sitting()), criteria=[before], by=facilitator)
    world.scoring_round = world.next_round(2027)
    card = world.sitting()
    choose_criteria(version=current_version(card), criteria=[after, other], by=facilitator)
    assert same not in client.get(address(card, language)).content.decode()
    world.scoring_round = world.next_round(2028)
    card = world.sitting()
    choose_criteria(version=current_version(card), criteria=[before, make_criterion()], by=facilitator)
    assert same in client.get(address(card, language)).content.decode()


# --- What cannot be -------------------------------------------------------------------------------


def test_nothing_ticked_is_refused_in_khmer(facilitator, card, listed, client):
    post(client, card, listed)
    answer = post(client, card, [])
    assert answer.status_code == 200
    assert "៥ ឬ ៦" in str(answer.context["form"].errors)
    assert len(chosen(card)) == 3


def test_what_has_counts_is_not_taken_off(facilitator, card, client):
    make_sheet(version=current_version(card), number=3)
    first = Criterion.objects.get(pk=chosen(card)[0])
    answer = post(client, card, [first])
    assert answer.status_code == 200
    assert len(chosen(card)) == 3


@pytest.mark.parametrize("wrong", ["0", "-1", "999999", "1" + "0" * 30, "x", "\x00", ""])
def test_ids_that_are_not_on_the_list_choose_nothing(facilitator, card, listed, client, wrong):
    answer = client.post(address(card), {"criteria": [listed[0].pk, wrong], "up": wrong, "down": wrong})
    assert answer.status_code == 200
    assert chosen(card) == []


def test_another_rounds_or_services_criterion_is_not_on_the_list(world, facilitator, card, listed, client):
    fields = {"provider": card.provider, "text_km": "កន្លែងអង្គុយ", "by": facilitator}
    elsewhere = add_own_criterion(scoring_round=world.next_round(2027), **fields)
    school = make_criterion(service=make_service(code="PS"))
    for stranger in (elsewhere, school):
        assert post(client, card, [listed[0], stranger]).status_code == 200
    assert chosen(card) == []


@pytest.mark.parametrize(("text", "khmer"), [("", "ជាភាសាខ្មែរ"), ("\x00", "អក្សរ"), ("ក" * 201, "២០០|200")])
def test_an_own_criterion_that_cannot_be_is_said_and_shown_again(
    facilitator, card, listed, client, text, khmer
):
    page = {"client_id": str(uuid.uuid4()), "text_km": text, "criteria": [listed[0].pk]}
    answer = client.post(address(card, own=True), page)
    assert answer.status_code == 200
    errors = str(answer.context["own"].errors)
    assert any(word in errors for word in khmer.split("|")), errors
    assert f'value="{listed[0].pk}" id="cr{listed[0].pk}" checked' in answer.content.decode()
    assert not Criterion.objects.filter(kind=CriterionKind.CUSTOM).exists()


def test_a_self_assessment_adds_none_of_its_own(world, facilitator, client):
    own = world.self_assessment()
    page = {"client_id": str(uuid.uuid4()), "text_km": "កន្លែងអង្គុយ"}
    assert client.post(address(own, own=True), page).status_code == 404
    assert "text_km" not in client.get(address(own)).content.decode()


def test_nothing_changes_once_it_is_submitted(facilitator, card, client):
    make_submitted(scorecard=card, by=make_person())
    page = client.get(address(card)).content.decode()
    assert 'name="up"' not in page
    before = chosen(card)
    answer = client.post(address(card), {"criteria": before[:2]})
    assert answer.status_code == 200
    assert chosen(card) == before


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_with_one_criterion_and_with_three(
    facilitator, card, client, django_assert_num_queries, number
):
    criteria = [make_criterion() for _ in range(number)]
    choose_criteria(version=current_version(card), criteria=criteria, by=facilitator)
    client.get(address(card))
    with django_assert_num_queries(QUERIES):
        client.get(address(card))
