"""Checking scorecards through the pages: the queue, the check, returning, locking, and asking to reopen."""

import pytest
import time_machine

from accounts.models import AuditEvent
from communities.models import AttendanceCount
from scorecards.models import ReopeningRequest, ScorecardVersion
from scorecards.operations.review import request_reopening, return_scorecard, submit_scorecard
from scorecards.operations.tallies import note_left_early
from tests.factories import (
    give_role,
    make_commune,
    make_complete,
    make_locked,
    make_organisation,
    make_person,
    make_programme,
    make_round,
    make_scorecard,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

SURE = {"names_nobody": "on"}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def officer(world, client):
    person = world.person("ngo_officer")
    client.force_login(person)
    return person


@pytest.fixture
def submitted(world):
    return make_submitted(scorecard=world.sitting())


@pytest.fixture
def locked(world):
    return make_locked(scorecard=world.sitting())


def text_of(answer) -> str:
    return answer.content.decode()


def status_of(version) -> str:
    return ScorecardVersion.objects.get(pk=version.pk).status


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["facilitator", "council_clerk", "councillor", "service_provider", "administrator"]
)
def test_checking_is_the_officers(world, client, submitted, role):
    client.force_login(world.person(role))
    assert client.get("/en/review/").status_code == 403
    for page in ("check", "lock", "return"):
        answer = client.post if page != "check" else client.get
        assert answer(f"/en/scorecards/{submitted.scorecard_id}/{page}/").status_code in {403, 404}
    assert status_of(submitted) == "submitted"


def test_the_officer_of_another_programme_sees_none_of_it(world, client, submitted):
    client.force_login(world.person("ngo_officer", programme=make_programme(partners=[make_organisation()])))
    assert "Nothing is waiting" in text_of(client.get("/en/review/"))
    assert client.get(f"/en/scorecards/{submitted.scorecard_id}/check/").status_code == 404
    assert client.post(f"/en/scorecards/{submitted.scorecard_id}/lock/", SURE).status_code == 404


@pytest.mark.parametrize("page", ["lock", "return"])
def test_a_conclusion_is_never_a_get(officer, client, submitted, page):
    assert client.get(f"/en/scorecards/{submitted.scorecard_id}/{page}/").status_code == 405


# --- The queue ------------------------------------------------------------------------------------


def test_the_queue_names_what_is_worth_a_look(world, officer, client, submitted):
    [row] = client.get("/en/review/").context["rows"]
    assert row.people == 47
    assert row.worth_a_look == [
        "groups differ on 5 criteria",
        "The same counts under several criteria",
        "The same reason under several criteria",
    ]


def test_sent_again_left_early_and_no_young_people_are_worth_a_look(world, officer, client):
    counts = {"all": (1, 4, 7, 6, 2)}
    version = make_complete(version=world.sitting().versions.get(), counts=counts)
    AttendanceCount.objects.filter(people_group="youth").update(count=0)
    note_left_early(version=version, count=2, by=make_person())
    submit_scorecard(version=version, by=make_person())
    return_scorecard(version=version, reason="again", by=make_person())
    submit_scorecard(version=version, by=make_person())
    [row] = client.get("/en/review/").context["rows"]
    assert row.worth_a_look[-3:] == ["2 left early", "no young people", "sent again"]


def test_the_longest_waiting_stands_first_and_what_is_locked_stands_not(world, officer, client, locked):
    with time_machine.travel("2026-06-13 09:00+07:00"):
        older = make_submitted(scorecard=world.sitting(2))
    newer = make_submitted(scorecard=world.sitting(3))
    rows = client.get("/en/review/").context["rows"]
    assert [row.version.pk for row in rows] == [older.pk, newer.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_for_one_scorecard_and_for_three(
    world, officer, client, django_assert_num_queries, rows
):
    for number in range(rows):
        make_submitted(scorecard=world.sitting(number + 1))
        version = make_locked(scorecard=world.sitting(number + 10))
        request_reopening(version=version, reason="wrong row", by=make_person())
    with django_assert_num_queries(22):
        client.get("/en/review/")


# --- The check ------------------------------------------------------------------------------------


def test_the_check_shows_groups_beside_each_other_in_the_order_of_the_sheet(officer, client, submitted):
    page = client.get(f"/en/scorecards/{submitted.scorecard_id}/check/")
    assert [row.number for row in page.context["rows"]] == [1, 2, 3, 4, 5]
    assert [each.group.code for each in page.context["rows"][0].groups] == ["women", "men", "youth"]
    shown = text_of(page)
    assert "Women 20" in shown
    assert "14 of 47 people" in shown
    assert "ខ្វះ" in shown  # the weaknesses, to be read before the lock
    assert "Every row adds up to its group." in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_check_costs_the_same_for_one_criterion_and_for_three(
    world, officer, client, django_assert_num_queries, rows
):
    version = make_submitted(scorecard=world.sitting(), number=rows)
    with django_assert_num_queries(38):
        client.get(f"/en/scorecards/{version.scorecard_id}/check/")


def test_without_having_read_the_reasons_nothing_is_locked(officer, client, submitted):
    answer = client.post(f"/en/scorecards/{submitted.scorecard_id}/lock/", {})
    assert "Read the reasons first" in text_of(answer)
    assert status_of(submitted) == "submitted"


def test_the_officer_locks(officer, client, submitted):
    answer = client.post(f"/en/scorecards/{submitted.scorecard_id}/lock/", SURE)
    assert answer.url == "/en/review/"
    assert status_of(submitted) == "locked"
    assert AuditEvent.objects.filter(verb="scorecards.scorecard.locked", actor=officer.pk).count() == 1


def test_who_entered_is_refused_with_the_sentence(world, client):
    person = world.person("ngo_officer")
    version = make_submitted(scorecard=world.sitting(), by=person)
    client.force_login(person)
    answer = client.post(f"/en/scorecards/{version.scorecard_id}/lock/", SURE)
    assert "Another person has to lock it" in text_of(answer)
    assert status_of(version) == "submitted"


@pytest.mark.parametrize("reason", ["", "   ", "\x00", "x" * 501])
def test_a_return_needs_a_reason_that_can_be_kept(officer, client, submitted, reason):
    answer = client.post(f"/en/scorecards/{submitted.scorecard_id}/return/", {"reason": reason})
    assert "reason" in answer.context["return_form"].errors
    assert status_of(submitted) == "submitted"


def test_the_officer_returns_with_a_reason(officer, client, submitted):
    typed = {"reason": "Youth count does not match the list"}
    assert client.post(f"/en/scorecards/{submitted.scorecard_id}/return/", typed).url == "/en/review/"
    assert status_of(submitted) == "returned"
    assert AuditEvent.objects.filter(verb="scorecards.scorecard.returned").count() == 1


def test_what_was_locked_meanwhile_is_said_and_not_changed(officer, client, locked):
    answer = client.post(f"/en/scorecards/{locked.scorecard_id}/return/", {"reason": "late"})
    assert "does not wait to be checked" in text_of(answer)
    assert status_of(locked) == "locked"


# --- Reopening ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["councillor", "committee_member", "district_officer", "council_chief"])
def test_asking_to_reopen_is_not_for_every_reader(world, client, locked, role):
    client.force_login(world.person(role))
    assert client.get(f"/en/scorecards/{locked.scorecard_id}/reopening/").status_code == 403
    assert "This is wrong" not in text_of(client.get(f"/en/scorecards/{locked.scorecard_id}/results/"))


@pytest.mark.parametrize("role", ["facilitator", "council_clerk", "service_provider", "ngo_officer"])
def test_who_knows_better_can_say_that_it_is_wrong(world, client, locked, role):
    person = world.person(role)
    make_submitted(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)})
    client.force_login(person)
    results = f"/en/scorecards/{locked.scorecard_id}/results/"
    assert f"/en/scorecards/{locked.scorecard_id}/reopening/" in text_of(client.get(results))
    answer = client.post(f"/en/scorecards/{locked.scorecard_id}/reopening/", {"reason": "wrong row"})
    assert answer.url == results
    assert ReopeningRequest.objects.get().requested_by == person


@pytest.mark.parametrize("reason", ["", "\x00", "x" * 501])
def test_asking_needs_a_reason(world, client, locked, reason):
    client.force_login(world.person("council_clerk"))
    answer = client.post(f"/en/scorecards/{locked.scorecard_id}/reopening/", {"reason": reason})
    assert "reason" in answer.context["form"].errors
    assert not ReopeningRequest.objects.exists()


def test_what_is_not_locked_need_not_be_reopened(world, client, submitted):
    client.force_login(world.person("facilitator"))
    address = f"/en/scorecards/{submitted.scorecard_id}/reopening/"
    assert "is not locked" in text_of(client.post(address, {"reason": "wrong row"}))


@pytest.fixture
def reopening(locked):
    return request_reopening(version=locked, reason="wrong row", by=make_person())


def test_only_an_officer_of_the_programme_decides(world, client, reopening):
    for person in (
        world.person("facilitator"),
        world.person("ngo_officer", programme=make_programme(partners=[make_organisation()])),
    ):
        client.force_login(person)
        typed = {f"r{reopening.pk}-decision": "granted"}
        assert client.post(f"/en/reopenings/{reopening.pk}/", typed).status_code in {403, 404}
    reopening.refresh_from_db()
    assert not reopening.decision


def test_keeping_it_locked_needs_an_answer(officer, client, reopening):
    answer = client.post(f"/en/reopenings/{reopening.pk}/", {f"r{reopening.pk}-decision": "refused"})
    assert "Say in a sentence why it stays locked." in text_of(answer)
    typed = {f"r{reopening.pk}-decision": "refused", f"r{reopening.pk}-answer": "The sheet says so"}
    assert client.post(f"/en/reopenings/{reopening.pk}/", typed).url == "/en/review/"
    assert status_of(reopening.version) == "locked"


@pytest.mark.parametrize("decision", ["", "maybe", "\x00"])
def test_an_unknown_decision_decides_nothing(officer, client, reopening, decision):
    answer = client.post(f"/en/reopenings/{reopening.pk}/", {f"r{reopening.pk}-decision": decision})
    assert answer.status_code == 200
    reopening.refresh_from_db()
    assert not reopening.decision


def test_reopening_makes_the_next_version_and_keeps_the_locked_one(officer, client, reopening):
    client.post(f"/en/reopenings/{reopening.pk}/", {f"r{reopening.pk}-decision": "granted"})
    scorecard = reopening.version.scorecard
    assert [(each.number, each.status) for each in scorecard.versions.order_by("number")] == [
        (1, "locked"),
        (2, "draft"),
    ]
    assert AuditEvent.objects.filter(verb="scorecards.reopening.decided", actor=officer.pk).count() == 1
    assert client.get("/en/review/").context["requests"] == []


def test_of_two_officers_the_second_is_told_that_it_was_decided(world, officer, client, reopening):
    client.post(f"/en/reopenings/{reopening.pk}/", {f"r{reopening.pk}-decision": "granted"})
    client.force_login(world.person("ngo_officer"))
    typed = {f"r{reopening.pk}-decision": "refused", f"r{reopening.pk}-answer": "The sheet is right"}
    answer = client.post(f"/en/reopenings/{reopening.pk}/", typed, follow=True)
    assert "This request was decided already." in text_of(answer)
    reopening.refresh_from_db()
    assert (reopening.decision, reopening.decided_by) == ("granted", officer)
    assert reopening.version.scorecard.versions.count() == 2


def test_an_officer_locks_for_every_partner_of_the_programme(world, officer, client):
    small = make_round(
        programme=world.programme, organisation=make_organisation(), commune=make_commune(code="000102")
    )
    version = make_submitted(scorecard=make_scorecard(scoring_round=small))
    assert client.post(f"/en/scorecards/{version.scorecard_id}/lock/", SURE).url == "/en/review/"
    assert status_of(version) == "locked"


def test_the_queue_says_how_long_a_scorecard_waits(world, officer, client):
    with time_machine.travel("2026-06-08 09:00+07:00", tick=False):
        make_submitted(scorecard=world.sitting())
    make_submitted(scorecard=world.sitting(2))
    answer = client.get("/en/review/")
    assert [(row.days, row.is_long) for row in answer.context["rows"]] == [(7, True), (0, False)]
    assert text_of(answer).count("waits 7 days") == 1


def test_scorecards_of_two_programmes_wait_in_one_queue(world, officer, client, submitted):
    other = make_programme(partners=[world.organisation])
    give_role(person=officer, role="ngo_officer", programme=other)
    elsewhere = make_round(programme=other, organisation=world.organisation, commune=world.commune)
    make_submitted(scorecard=make_scorecard(scoring_round=elsewhere, provider=world.provider))
    assert len(client.get("/en/review/").context["rows"]) == 2
