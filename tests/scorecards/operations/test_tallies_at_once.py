"""Saves that really come at the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from communities.models import Meeting
from isaf_portal.lib.errors import Refused
from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.models import Scorecard, ScorecardVersion, SheetSave
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.scorecards import plan_scorecard
from scorecards.operations.tallies import record_tallies
from tests import factories

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def at_once(*calls):
    """The answers of these calls, or the refusals, in their order."""

    def one(call):
        try:
            return call()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as people:
        return list(people.map(one, calls))


@pytest.fixture
def sheet():
    version = current_version(factories.make_scorecard())
    set_scoring_groups(version=version, people={"all": 9}, by=factories.make_person())
    return version, factories.make_criteria(version=version, number=1)[0].pk


def saving(version, key, count, *, client_id=None, base=0):
    person, client_id = factories.make_person(), client_id or uuid4()
    return lambda: record_tallies(
        version=version, cells={key: count}, base_revision=base, client_id=client_id, by=person
    )


def test_four_people_at_one_cell_leave_one_value_and_three_conflicts(sheet):
    version, criterion = sheet
    key = f"{criterion}.all.1"
    answers = at_once(*(saving(version, key, count) for count in (1, 2, 3, 4)))
    assert sorted(save.outcome for save in answers) == ["applied", "conflict", "conflict", "conflict"]
    assert sorted(save.revision for save in answers) == [1, 2, 3, 4]
    kept = {tallies_of(version)[key]} | {each.ours_count for save in answers for each in save.conflicts.all()}
    assert kept == {1, 2, 3, 4}


def test_the_same_save_from_an_impatient_device_is_kept_once(sheet):
    version, criterion = sheet
    client_id = uuid4()
    answers = at_once(*(saving(version, f"{criterion}.all.1", 5, client_id=client_id) for _ in range(4)))
    assert len({save.pk for save in answers}) == 1
    assert SheetSave.objects.count() == 1


def test_one_id_for_two_sheets_is_refused_for_one_of_them(sheet):
    version, criterion = sheet
    other = current_version(factories.make_scorecard(scoring_round=version.scorecard.scoring_round))
    set_scoring_groups(version=other, people={"all": 9}, by=factories.make_person())
    second = factories.make_criteria(version=other, number=1)[0].pk
    client_id = uuid4()
    answers = at_once(
        saving(version, f"{criterion}.all.1", 5, client_id=client_id),
        saving(other, f"{second}.all.1", 5, client_id=client_id),
    )
    assert sum(isinstance(answer, Refused) for answer in answers) == 1
    assert SheetSave.objects.count() == 1
    assert sorted(each.revision for each in ScorecardVersion.objects.all()) == [0, 1]


def test_sittings_planned_at_once_take_different_numbers():
    scoring_round, provider = factories.make_round(), factories.make_provider()
    factories.make_scale()
    village, person = factories.make_village(), factories.make_person()

    def plan(kind, place):
        return lambda: plan_scorecard(
            scoring_round=scoring_round, provider=provider, kind=kind, village=place, by=person
        )

    cards = at_once(*[plan("community", village)] * 3, *[plan("self", None)] * 2)
    assert sorted(card.sitting for card in cards[:3]) == [1, 2, 3]
    assert cards[3] == cards[4]
    assert Scorecard.objects.count() == 4


def test_a_meeting_sent_twice_at_once_is_kept_once():
    card = factories.make_scorecard()
    client_id, person = uuid4(), factories.make_person()
    answers = at_once(
        *[lambda: factories.make_meeting(scorecard=Scorecard.objects.get(), client_id=client_id, by=person)]
        * 3
    )
    assert len(set(answers)) == 1
    assert Meeting.objects.get().scorecards.get() == card
