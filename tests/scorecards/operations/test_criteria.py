"""What a provider is scored by."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.models import Criterion, ScorecardCriterion
from scorecards.operations.criteria import add_own_criterion, choose_criteria
from scorecards.operations.reasons import record_reasons
from scorecards.operations.tallies import record_tallies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person():
    return factories.make_person()


@pytest.fixture
def card():
    return factories.make_scorecard()


@pytest.fixture
def version(card):
    return current_version(card)


@pytest.fixture
def add(card, person):
    def add_one(**fields):
        given = {
            "scoring_round": card.scoring_round,
            "provider": card.provider,
            "text_km": "កន្លែងអង្គុយ",
            "by": person,
        }
        return add_own_criterion(**(given | fields))

    return add_one


# --- The meeting's own ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b"])
def test_an_own_criterion_has_khmer_words(add, text):
    with pytest.raises(Refused, match="in Khmer"):
        add(text_km=text)


def test_an_endless_criterion_is_refused_rather_than_cut(add):
    with pytest.raises(Refused, match="too long"):
        add(text_km="ក" * 201)
    with pytest.raises(Refused, match="too long"):
        add(text_en="a" * 201)


def test_what_is_in_the_list_already_is_not_added(add, card):
    factories.make_criterion(service=card.provider.service_type, text="ទឹកស្អាត")
    for _ in range(2):
        with pytest.raises(Refused, match="already"):
            add(text_km=" ទឹកស្អាត ")


def test_the_same_proposal_of_two_meetings_is_one_criterion(add):
    add()
    with pytest.raises(Refused, match="already"):
        add()


def test_a_provider_that_does_not_serve_the_commune_gets_no_criterion(add):
    elsewhere = factories.make_provider(commune=factories.make_commune(code="000102"))
    with pytest.raises(Refused, match="does not serve"):
        add(provider=elsewhere)


def test_a_round_that_is_not_open_gets_no_criterion(add, card):
    card.scoring_round.status, card.scoring_round.status_reason = "postponed", "flood"
    card.scoring_round.save()
    with pytest.raises(Refused, match="not open"):
        add()


def test_a_device_may_send_it_twice(add):
    client_id = uuid4()
    assert add(client_id=client_id) == add(client_id=str(client_id))
    assert Criterion.objects.count() == 1


def test_the_id_of_another_criterion_or_none_at_all_is_refused(add, card):
    own = add()
    other = factories.make_provider()
    with pytest.raises(Refused, match="another criterion"):
        add(client_id=own.client_id, provider=other)
    with pytest.raises(Refused, match="damaged"):
        add(client_id="seven")


def test_an_own_criterion_is_offered_to_other_sittings_and_the_self_assessment_alone(add, card):
    own = add()
    sitting = factories.make_scorecard(scoring_round=card.scoring_round, provider=card.provider)
    staff = factories.make_scorecard(scoring_round=card.scoring_round, provider=card.provider, kind="self")
    other = factories.make_scorecard(scoring_round=card.scoring_round)
    last_year = factories.make_round(
        programme=card.programme, organisation=card.organisation, year=card.year - 1
    )
    past = factories.make_scorecard(scoring_round=last_year, provider=card.provider)
    offered = [own in Criterion.objects.offered_to(each) for each in (card, sitting, staff, other, past)]
    assert offered == [True, True, True, False, False]
    line = AuditEvent.objects.get(verb="scorecards.criterion.added")
    assert line.detail == {"round": card.scoring_round_id, "provider": card.provider_id}


# --- Choosing -------------------------------------------------------------------------------------


def test_no_criteria_and_eleven_are_refused(version, person):
    with pytest.raises(Refused, match="at least 1"):
        choose_criteria(version=version, criteria=[], by=person)
    eleven = [factories.make_criterion() for _ in range(11)]
    with pytest.raises(Refused, match="at most 10"):
        choose_criteria(version=version, criteria=eleven, by=person)
    choose_criteria(version=version, criteria=eleven[:10], by=person)
    assert version.criteria.count() == 10


def test_a_criterion_stands_once(version, person):
    criterion = factories.make_criterion()
    with pytest.raises(Refused, match="twice"):
        choose_criteria(version=version, criteria=[criterion, criterion], by=person)


def test_criteria_of_another_service_or_provider_are_refused(version, person, add):
    school = factories.make_criterion(service=factories.make_service(code="PS"), text="Books")
    with pytest.raises(Refused, match="“Books” does not belong"):
        choose_criteria(version=version, criteria=[school], by=person)
    theirs = add(provider=factories.make_provider(), text_en="Chairs")
    with pytest.raises(Refused, match="does not belong"):
        choose_criteria(version=version, criteria=[theirs], by=person)
    retired = factories.make_criterion(is_active=False)
    with pytest.raises(Refused, match="does not belong"):
        choose_criteria(version=version, criteria=[retired], by=person)
    assert not ScorecardCriterion.objects.exists()


def test_a_criterion_that_left_the_list_stays_where_it_was_chosen(version, person):
    criterion = factories.make_criterion()
    choose_criteria(version=version, criteria=[criterion], by=person)
    Criterion.objects.update(is_active=False)
    choose_criteria(version=version, criteria=[criterion], by=person)
    assert version.criteria.count() == 1


def test_the_order_is_that_of_the_choice_and_rows_keep_their_identity(version, person):
    first, second, third = (factories.make_criterion() for _ in range(3))
    choose_criteria(version=version, criteria=[first, second], by=person)
    row = version.criteria.get(criterion=second)
    choose_criteria(version=version, criteria=[third, second], by=person)
    ordered = list(version.criteria.order_by("order"))
    assert [each.criterion for each in ordered] == [third, second]
    assert ordered[1] == row
    line = AuditEvent.objects.filter(verb="scorecards.criteria.chosen").latest("pk")
    assert line.detail == {"count": 2, "dropped": 1}


def test_a_criterion_with_counts_is_dropped_only_after_they_are_emptied(version, person):
    factories.make_sheet(version=version, counts={"all": (1,)}, number=2)
    first, second = (row.criterion for row in version.criteria.order_by("order"))
    with pytest.raises(Refused, match="Empty these first"):
        choose_criteria(version=version, criteria=[second], by=person)
    record_tallies(
        version=version, cells={f"{first.pk}.all.1": None}, base_revision=1, client_id=uuid4(), by=person
    )
    choose_criteria(version=version, criteria=[second], by=person)
    assert version.criteria.get().criterion == second


@pytest.mark.parametrize(
    "said", [("ល្អ", "", []), ("", "ខ្វះ", []), ("", "", ["ជួសជុល"])], ids=["strength", "weakness", "suggestion"]
)
def test_a_criterion_with_reasons_is_not_dropped(version, person, said):
    first, second = factories.make_criteria(version=version, number=2)
    scored = version.criteria.get(criterion=first)
    record_reasons(scored=scored, strengths=said[0], weaknesses=said[1], suggestions=said[2], by=person)
    with pytest.raises(Refused, match="has counts or reasons"):
        choose_criteria(version=version, criteria=[second], by=person)


def test_criteria_of_a_locked_version_are_fixed(person):
    version = factories.make_locked()
    with pytest.raises(Refused, match="is locked"):
        choose_criteria(version=version, criteria=[factories.make_criterion()], by=person)
