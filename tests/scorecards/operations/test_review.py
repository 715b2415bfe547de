"""Submitted, returned, locked, reopened: who may not, and what is left."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.models import ReopeningRequest, ScorecardVersion
from scorecards.operations.review import (
    decide_reopening,
    has_entered,
    lock_scorecard,
    request_reopening,
    return_scorecard,
    submit_scorecard,
)
from scorecards.operations.tallies import record_tallies
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def facilitator():
    return factories.make_person(name="Facilitator")


@pytest.fixture
def officer():
    return factories.make_person(name="Officer")


@pytest.fixture
def submitted(facilitator):
    return factories.make_submitted(by=facilitator)


@pytest.fixture
def locked(submitted, officer):
    lock_scorecard(version=submitted, by=officer)
    return current_version(submitted.scorecard)


# --- Submit ---------------------------------------------------------------------------------------


def test_an_incomplete_scorecard_is_refused_with_what_is_missing(facilitator):
    version = current_version(factories.make_scorecard())
    with pytest.raises(Refused, match="something is missing") as refusal:
        submit_scorecard(version=version, by=facilitator)
    assert [str(each) for each in refusal.value.missing] == [
        "Meeting and attendance · not written down yet",
        "Scoring groups · choose who scored together",
        "Criteria · choose 5 or 6",
    ]
    assert current_version(version.scorecard).status == "draft"


def test_a_complete_scorecard_is_submitted_once(facilitator):
    version = factories.make_complete(version=current_version(factories.make_scorecard()))
    submit_scorecard(version=version, by=facilitator)
    version.refresh_from_db()
    assert (version.status, version.submitted_by) == ("submitted", facilitator)
    with pytest.raises(Refused, match="was submitted"):
        submit_scorecard(version=version, by=facilitator)
    assert AuditEvent.objects.filter(verb="scorecards.scorecard.submitted").count() == 1


# --- Return ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["", "  ", "\x00"])
def test_a_return_has_a_reason(submitted, officer, reason):
    with pytest.raises(Refused, match="what has to be corrected"):
        return_scorecard(version=submitted, reason=reason, by=officer)


def test_an_endless_reason_is_refused(submitted, officer):
    with pytest.raises(Refused, match="too long"):
        return_scorecard(version=submitted, reason="ក" * 501, by=officer)


def test_only_a_submitted_scorecard_is_returned_or_locked(locked, officer):
    draft = current_version(factories.make_scorecard())
    for version in (draft, locked):
        with pytest.raises(Refused, match="does not wait to be checked"):
            return_scorecard(version=version, reason="ខុស", by=officer)
        with pytest.raises(Refused, match="does not wait to be checked"):
            lock_scorecard(version=version, by=factories.make_person())


def test_a_returned_scorecard_is_written_and_submitted_again(submitted, officer, facilitator):
    return_scorecard(version=submitted, reason="ជួរទី៣ ខុស", by=officer)
    version = current_version(submitted.scorecard)
    assert (version.status, version.return_reason, version.is_editable) == ("returned", "ជួរទី៣ ខុស", True)
    key = next(iter(tallies_of(version)))
    kept = record_tallies(
        version=version, cells={key: 3}, base_revision=version.revision, client_id=uuid4(), by=facilitator
    )
    assert kept.outcome == "applied"
    with pytest.raises(Refused) as refusal:
        submit_scorecard(version=version, by=facilitator)
    assert [each.what for each in refusal.value.missing] == ["Too many scores"]
    record_tallies(
        version=version, cells={key: 1}, base_revision=kept.revision, client_id=uuid4(), by=facilitator
    )
    submit_scorecard(version=version, by=facilitator)
    assert AuditEvent.objects.get(verb="scorecards.scorecard.returned").detail == {}


# --- Lock -----------------------------------------------------------------------------------------


def test_who_submitted_cannot_lock(submitted, facilitator):
    with pytest.raises(Refused, match="Another person has to lock"):
        lock_scorecard(version=submitted, by=facilitator)
    submitted.refresh_from_db()
    assert submitted.status == "submitted"


def test_who_typed_a_single_count_cannot_lock(facilitator, officer):
    version = factories.make_complete(version=current_version(factories.make_scorecard()), by=facilitator)
    key, count = next(iter(tallies_of(version).items()))
    record_tallies(version=version, cells={key: count}, base_revision=1, client_id=uuid4(), by=officer)
    submit_scorecard(version=version, by=facilitator)
    with pytest.raises(Refused, match="Another person has to lock"):
        lock_scorecard(version=version, by=officer)


def test_a_save_that_came_too_late_does_not_make_one_an_author(submitted, officer):
    key = next(iter(tallies_of(submitted)))
    record_tallies(
        version=submitted, cells={key: 1}, base_revision=submitted.revision, client_id=uuid4(), by=officer
    )
    assert not has_entered(submitted, officer)


def test_another_person_locks_and_the_trail_says_so(submitted, officer):
    lock_scorecard(version=submitted, by=officer)
    version = current_version(submitted.scorecard)
    assert (version.is_locked, version.locked_by) == (True, officer)
    line = AuditEvent.objects.get(verb="scorecards.scorecard.locked")
    assert (line.actor, line.version, line.detail) == (officer.pk, 1, {"revision": 1})


def test_who_entered_the_first_version_cannot_lock_the_second(locked, facilitator, officer):
    version = factories.reopened(version=locked)
    submit_scorecard(version=version, by=officer)
    with pytest.raises(Refused, match="Another person has to lock"):
        lock_scorecard(version=version, by=facilitator)


# --- Reopen ---------------------------------------------------------------------------------------


def test_only_the_newest_locked_version_can_be_asked_for(locked, submitted, facilitator):
    draft = current_version(factories.make_scorecard())
    with pytest.raises(Refused, match="is not locked"):
        request_reopening(version=draft, reason="ខុស", by=facilitator)
    with pytest.raises(Refused, match="what is wrong"):
        request_reopening(version=locked, reason=" ", by=facilitator)
    factories.reopened(version=locked)
    with pytest.raises(Refused, match="newer version"):
        request_reopening(version=locked, reason="ខុស", by=facilitator)


def test_one_request_waits_at_a_time(locked, facilitator):
    request_reopening(version=locked, reason="ខុស", by=facilitator)
    with pytest.raises(Refused, match="already"):
        request_reopening(version=locked, reason="ខុស", by=factories.make_person())
    assert AuditEvent.objects.filter(verb="scorecards.reopening.requested").count() == 1


def test_a_refusal_has_an_answer_and_leaves_the_scorecard_locked(locked, facilitator, officer):
    request = request_reopening(version=locked, reason="ខុស", by=facilitator)
    with pytest.raises(Refused, match="why it stays locked"):
        decide_reopening(request=request, grant=False, answer="", by=officer)
    answer = decide_reopening(request=request, grant=False, answer="សន្លឹកត្រឹមត្រូវ", by=officer)
    request.refresh_from_db()
    assert answer is None
    assert (request.decision, request.decided_by) == ("refused", officer)
    assert locked.scorecard.versions.count() == 1
    with pytest.raises(Refused, match="decided already"):
        decide_reopening(request=request, grant=True, answer="", by=officer)


def test_reopening_copies_everything_into_a_draft_and_the_locked_one_stays(locked, facilitator, officer):
    request = request_reopening(version=locked, reason="ជួរដេកខុស", by=facilitator)
    new = decide_reopening(request=request, grant=True, answer="", by=officer)
    assert (new.number, new.status, new.revision, new.opened_reason) == (2, "draft", 0, "ជួរដេកខុស")
    assert tallies_of(new) == tallies_of(locked)
    fields = ("criterion", "order", "strengths", "weaknesses", "text_language", "suggestions__text")
    assert list(new.criteria.order_by("order").values_list(*fields)) == list(
        locked.criteria.order_by("order").values_list(*fields)
    )
    groups = ("group", "kind", "people_count")
    assert set(new.groups.values_list(*groups)) == set(locked.groups.values_list(*groups))
    before = tallies_of(locked)
    key = next(iter(before))
    record_tallies(version=new, cells={key: 17}, base_revision=0, client_id=uuid4(), by=facilitator)
    assert tallies_of(new)[key] == 17
    assert tallies_of(locked) == before
    line = AuditEvent.objects.get(verb="scorecards.reopening.decided")
    assert (line.object_id, line.detail) == (str(request.pk), {"decision": "granted"})


def test_two_people_in_a_reopened_version_are_compared_with_the_locked_one(locked, facilitator, officer):
    new = factories.reopened(version=locked)
    first, second = list(tallies_of(new))[:2]
    sent = {first: 11}
    record_tallies(version=new, cells=sent, base_revision=0, client_id=uuid4(), by=facilitator)
    late = {first: tallies_of(locked)[first], second: 12}
    assert (
        record_tallies(version=new, cells=late, base_revision=0, client_id=uuid4(), by=officer).outcome
        == "applied"
    )
    assert (tallies_of(new)[first], tallies_of(new)[second]) == (11, 12)


# --- The table ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "row"),
    [
        ("reopeningrequest_has_reason", {"reason": ""}),
        ("reopeningrequest_decided_at_with_by", {"decided_by": "person", "decision": ""}),
        ("reopeningrequest_decided_has_decision", {"decision": "granted"}),
        (
            "reopeningrequest_refused_has_answer",
            {"decision": "refused", "decided_at": "now", "decided_by": "person"},
        ),
    ],
)
def test_the_table_refuses_half_a_decision(locked, officer, constraint, row):
    words = {"person": officer, "now": locked.locked_at}
    fields = {"reason": "ខុស", "requested_at": locked.locked_at, "requested_by": officer}
    row = {name: words.get(value, value) for name, value in row.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ReopeningRequest.objects.create(version=locked, **(fields | row))


def test_the_table_lets_one_request_wait(locked, officer):
    fields = {"version": locked, "reason": "ខុស", "requested_at": locked.locked_at, "requested_by": officer}
    ReopeningRequest.objects.create(**fields)
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        ReopeningRequest.objects.create(**fields)
    words = str(refusal.value)
    assert "reopeningrequest_one_waiting" in words or words.startswith("UNIQUE constraint")
    assert ScorecardVersion.objects.count() == 1
