"""Submitted, returned, locked, and in rare cases reopened: always by somebody, and never locked by who entered it."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.entry.missing import missing_for_submission
from scorecards.enums import ReopeningDecision, SaveOutcome, VersionStatus
from scorecards.models import ReopeningRequest, ScorecardVersion, SheetSave
from scorecards.operations.copying import next_version
from scorecards.operations.versions import editable_version, locked_version, note

LONGEST_REASON = 500  # characters


class ReviewRefused(Refused):
    """The scorecard is not at this step, or not for this person; the message says which."""


class SomethingMissing(Refused):
    """The scorecard is not complete; `missing` holds what is lacking."""


@transaction.atomic
def submit_scorecard(*, version: ScorecardVersion, by: User) -> None:
    """Hand the scorecard over to be checked; refused with the list of what is missing."""
    now = timezone.now()
    version = editable_version(version)
    if missing := missing_for_submission(version):
        raise SomethingMissing(_("This cannot be submitted yet: something is missing."), missing=missing)
    version.status = VersionStatus.SUBMITTED
    version.submitted_at, version.submitted_by = now, by
    version.save(update_fields=["status", "submitted_at", "submitted_by"])
    note("scorecards.scorecard.submitted", version, by=by, at=now, revision=version.revision)


@transaction.atomic
def return_scorecard(*, version: ScorecardVersion, reason: str, by: User) -> None:
    """Give a submitted scorecard back with a reason; it can be corrected again."""
    now = timezone.now()
    version = _submitted(version)
    reason = _reason(reason, _("Say what has to be corrected."))
    version.status = VersionStatus.RETURNED
    version.returned_at, version.returned_by, version.return_reason = now, by, reason
    version.save(update_fields=["status", "returned_at", "returned_by", "return_reason"])
    note("scorecards.scorecard.returned", version, by=by, at=now)


@transaction.atomic
def lock_scorecard(*, version: ScorecardVersion, by: User) -> None:
    """Say that a submitted scorecard is right; from here on it never changes. Another person than who entered it."""
    now = timezone.now()
    version = _submitted(version)
    if has_entered(version, by):
        raise ReviewRefused(_("You entered or submitted this scorecard. Another person has to lock it."))
    version.status = VersionStatus.LOCKED
    version.locked_at, version.locked_by = now, by
    version.save(update_fields=["status", "locked_at", "locked_by"])
    note("scorecards.scorecard.locked", version, by=by, at=now, revision=version.revision)


@transaction.atomic
def request_reopening(*, version: ScorecardVersion, reason: str, by: User) -> ReopeningRequest:
    """Say that a locked scorecard is wrong; an officer decides."""
    now = timezone.now()
    version = locked_version(version)
    reason = _reason(reason, _("Say what is wrong in the scorecard."))
    if not version.is_locked:
        raise ReviewRefused(_("This scorecard is not locked, so it need not be reopened."))
    _refuse_older(version)
    if version.reopening_requests.waiting().exists():
        raise ReviewRefused(_("Somebody has asked to reopen it already. It waits for the officer."))
    request = ReopeningRequest.objects.create(
        version=version, reason=reason, requested_at=now, requested_by=by
    )
    note("scorecards.reopening.requested", version, by=by, at=now, request=request.pk)
    return request


@transaction.atomic
def decide_reopening(
    *, request: ReopeningRequest, grant: bool, answer: str, by: User
) -> ScorecardVersion | None:
    """Reopen a locked scorecard as its next version, a draft with the same figures; or keep it locked, with an answer.

    The locked version stays as it is.
    """
    now = timezone.now()
    version = locked_version(request.version)
    request = ReopeningRequest.objects.select_for_update().get(pk=request.pk)
    if request.decided_at:
        raise ReviewRefused(_("This request was decided already."))
    answer = plain_text(answer, at_most=LONGEST_REASON)
    if not grant and not answer:
        raise ReviewRefused(_("Say why it stays locked."))
    if grant:
        _refuse_older(version)
    request.decision = ReopeningDecision.GRANTED if grant else ReopeningDecision.REFUSED
    request.answer, request.decided_at, request.decided_by = answer, now, by
    request.save(update_fields=["decision", "answer", "decided_at", "decided_by"])
    new = next_version(version, reason=request.reason) if grant else None
    record(
        "scorecards.reopening.decided", noun="reopening_request", object_id=request.pk, by=by, at=now,
        area=version.scorecard.place.code, version=version.number, decision=str(request.decision),
    )  # fmt: skip
    return new


def has_entered(version: ScorecardVersion, person: User) -> bool:
    """Whether this person typed any of its counts, in this version or in one before it, or handed one over."""
    saves = SheetSave.objects.filter(version__scorecard=version.scorecard_id, saved_by=person)
    submitted = ScorecardVersion.objects.filter(Q(scorecard=version.scorecard_id) & Q(submitted_by=person))
    return saves.exclude(outcome=SaveOutcome.REFUSED).exists() or submitted.exists()


def _submitted(version: ScorecardVersion) -> ScorecardVersion:
    version = locked_version(version)
    if version.status != VersionStatus.SUBMITTED:
        raise ReviewRefused(
            _("This scorecard does not wait to be checked. Load the page again to see its state.")
        )
    return version


def _refuse_older(version: ScorecardVersion) -> None:
    if version.scorecard.versions.filter(number__gt=version.number).exists():
        raise ReviewRefused(_("There is a newer version of this scorecard."))


def _reason(reason: str, missing: str) -> str:
    text = plain_text(reason, at_most=LONGEST_REASON)
    if not text:
        raise ReviewRefused(missing)
    return text
