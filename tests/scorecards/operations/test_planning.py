"""Planning the year: all communes or none, only what lacks, nothing begun is lost, and who is to enter what."""

from datetime import date

import pytest
import time_machine
from django.utils.translation import override

from accounts.models import AuditEvent
from communities.models import Area, Meeting
from isaf_portal.lib.errors import Refused
from scorecards.models import Round, Scorecard
from scorecards.operations.calendar import cancel_meeting, put_off_meeting
from scorecards.operations.planning import (
    Wanted,
    assign_scorecard,
    begin_year,
    copy_last_year,
    open_rounds,
    plan_scorecards,
    put_year_plan,
    remove_planned_scorecard,
)
from tests.factories import (
    give_role,
    make_commune,
    make_complete,
    make_person,
    make_provider,
    make_scale,
    make_service,
    make_village,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 20)


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False), override("en"):
        yield


@pytest.fixture
def world():
    make_scale()
    return make_world()


@pytest.fixture
def by():
    return make_person()


def begin(world, by, communes, **fields):
    said = {"programme": world.programme, "organisation": world.organisation, "year": 2026, "dates": {}}
    return open_rounds(**(said | fields), communes=communes, by=by)


# --- Many communes --------------------------------------------------------------------------------


def test_all_communes_begin_or_none_and_each_that_cannot_is_named(world, by):
    others = [make_commune(code="000102", name="កណ្តាល"), make_commune(code="000103")]
    with pytest.raises(Refused, match="No round was opened") as refusal:
        begin(world, by, [*others, world.commune, make_commune(code="010101")])
    assert [fault[fault.index("(") + 1 :][:6] for fault in refusal.value.missing] == ["000101", "010101"]
    assert Round.objects.count() == 1
    with pytest.raises(Refused, match="at least one commune"):
        begin(world, by, [])
    with pytest.raises(Refused, match="outside the years"):
        begin(world, by, others, dates={"interface": date(2016, 7, 1)})


def test_the_communes_begin_with_the_same_days_and_the_same_one_twice_is_one(world, by):
    other = make_commune(code="000102")
    dates = {"starts": date(2026, 4, 1), "cip": date(2026, 10, 1)}
    opened = begin(world, by, [other, other, make_commune(code="000103")], dates=dates)
    assert [(each.starts_on, each.cip_on, each.interface_on) for each in opened] == [
        (date(2026, 4, 1), date(2026, 10, 1), None)
    ] * 2
    assert AuditEvent.objects.filter(verb="scorecards.round.opened").count() == 3


def test_a_year_can_begin_with_the_scorecards_of_the_last(world, by):
    world.sitting()
    here = {"programme": world.programme, "organisation": world.organisation, "dates": {}}
    other = make_commune(code="000102")
    opened = begin_year(**here, year=2027, communes=[world.commune, other], copies_scorecards=True, by=by)
    assert [each.scorecards.count() for each in opened] == [1, 0]


# --- The scorecards of one round ------------------------------------------------------------------


def test_only_what_lacks_is_added(world, by):
    standing = world.sitting()
    wanted = [
        Wanted(world.provider, standing.village),
        Wanted(world.provider, make_village(number=2), DAY),
        Wanted(world.provider, kind="self"),
    ]
    added = plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by)
    assert [(card.kind, card.sitting) for card in added] == [("community", 1), ("self", 1)]
    assert plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by) == []
    assert Meeting.objects.get().held_on == DAY


def test_a_day_that_stands_is_not_moved_by_the_plan(world, by):
    card = world.sitting()
    for day in (DAY, date(2026, 6, 25)):
        plan_scorecards(
            scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, day)], by=by
        )
    assert Meeting.objects.get().held_on == DAY


def test_a_sitting_whose_meeting_was_cancelled_gets_another(world, by):
    card = world.sitting()
    plan_scorecards(
        scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, DAY)], by=by
    )
    cancel_meeting(meeting=Meeting.objects.get(), reason="ភ្លៀង", by=by)
    again = date(2026, 6, 25)
    plan_scorecards(
        scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, again)], by=by
    )
    card.refresh_from_db()
    assert (card.meeting.held_on, Meeting.objects.count()) == (again, 2)


def test_what_cannot_be_planned_leaves_the_plan_as_it_was(world, by):
    wanted = [Wanted(world.provider, make_village()), Wanted(world.provider)]
    with pytest.raises(Refused, match="village by village"):
        plan_scorecards(scoring_round=world.scoring_round, wanted=wanted, by=by)
    assert not Scorecard.objects.exists()


def test_a_scorecard_in_which_something_stands_is_not_taken_out(world, by):
    version = make_complete(version=world.sitting().versions.get())
    with pytest.raises(Refused, match="so it stays"):
        remove_planned_scorecard(scorecard=version.scorecard, by=by)


@pytest.mark.parametrize(("put_off", "left"), [(False, 0), (True, 1)])
def test_an_untouched_one_goes_with_its_meeting_unless_that_has_a_reason_to_tell(world, by, put_off, left):
    card = world.sitting()
    plan_scorecards(
        scoring_round=world.scoring_round, wanted=[Wanted(world.provider, card.village, DAY)], by=by
    )
    if put_off:
        put_off_meeting(meeting=Meeting.objects.get(), to_on=None, reason="ភ្លៀង", by=by)
    remove_planned_scorecard(scorecard=card, by=by)
    assert (Scorecard.objects.count(), Meeting.objects.count()) == (0, left)
    assert AuditEvent.objects.get(verb="scorecards.scorecard.unplanned").object_id == str(card.pk)


def test_last_year_is_copied_as_far_as_it_still_is(world, by):
    world.sitting()
    world.self_assessment()
    gone = world.sitting(number=2)
    Area.objects.filter(pk=gone.village_id).update(retired_on=date(2026, 12, 1))
    closed = make_provider(service=make_service(code="PS"), active_to=date(2026, 12, 31))
    plan_scorecards(scoring_round=world.scoring_round, wanted=[Wanted(closed, make_village())], by=by)
    assert copy_last_year(scoring_round=world.scoring_round, by=by) == []
    added = copy_last_year(scoring_round=world.next_round(2027), by=by)
    assert [(card.kind, card.provider, card.village and card.village.code) for card in added] == [
        ("community", world.provider, "00010101"), ("self", world.provider, None),
    ]  # fmt: skip


# --- Who enters -----------------------------------------------------------------------------------


def test_only_who_may_enter_there_is_asked_to(world, by):
    card = world.sitting()
    for stranger in (
        world.person("council_clerk"),
        world.person("facilitator", area=make_commune(code="000201")),
    ):
        with pytest.raises(Refused, match="cannot enter this scorecard"):
            assign_scorecard(scorecard=card, person=stranger, by=by)
    assert assign_scorecard(scorecard=card, person=None, by=by).assigned_to is None
    assert not AuditEvent.objects.filter(verb="scorecards.scorecard.assigned").exists()


def test_asking_somebody_leaves_a_line_and_narrows_nothing(world, by):
    card, person = world.sitting(), world.person("facilitator")
    assign_scorecard(scorecard=card, person=person, by=by)
    card.refresh_from_db()
    assert card.assigned_to == person
    assert AuditEvent.objects.get(verb="scorecards.scorecard.assigned").detail["person"] == person.pk
    assign_scorecard(scorecard=card, person=None, by=by)
    card.refresh_from_db()
    assert card.assigned_to is None


def test_the_table_is_kept_whole_or_not_at_all(world, by):
    card, person = world.sitting(), world.person("facilitator")
    begun = world.sitting(number=2)
    make_complete(version=begun.versions.get())
    said = {
        "scoring_round": world.scoring_round, "wanted": [Wanted(world.provider, make_village(number=3))],
        "enters": {world.provider.pk: person}, "facilitators": [], "by": by,
    }  # fmt: skip
    with pytest.raises(Refused, match="so it stays"):
        put_year_plan(**said, no_longer=[card, begun])
    assert Scorecard.objects.count() == 2
    put_year_plan(**said, no_longer=[card])
    cards = Scorecard.objects.order_by("village__code")
    assert [(each.village.code[-2:], each.assigned_to) for each in cards] == [("02", person), ("03", person)]


def test_who_practises_can_ask_themselves(world):
    person = make_person()
    give_role(
        person=person,
        role="facilitator",
        organisation=world.organisation,
        area=world.commune,
        is_practice=True,
    )
    person.chose_to_practise = True
    assert assign_scorecard(
        scorecard=world.sitting(), person=type(person).objects.get(pk=person.pk), by=person
    )
