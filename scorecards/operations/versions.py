"""What every operation on a version begins and ends with: the row locked, and a line in the trail."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditEvent, User
from isaf_portal.lib.errors import Refused
from scorecards.enums import VersionStatus
from scorecards.models import ScorecardVersion


class NotEditable(Refused):
    """The version is with the officer, or locked."""


def locked_version(version: ScorecardVersion) -> ScorecardVersion:
    """The row as it is now, held until the transaction ends, with all that hangs above it."""
    return (
        ScorecardVersion.objects.select_for_update(of=("self",))
        .select_related(
            "scorecard__scoring_round__commune",
            "scorecard__provider__located_in",
            "scorecard__provider__service_type",
            "scorecard__scale",
            "scorecard__programme",
        )
        .get(pk=version.pk)
    )


def editable_version(version: ScorecardVersion) -> ScorecardVersion:
    """The same, refused where nobody may write into it."""
    version = locked_version(version)
    if version.status == VersionStatus.SUBMITTED:
        raise NotEditable(
            _("This scorecard was submitted. Ask the officer to return it, then correct it here.")
        )
    if not version.is_editable:
        raise NotEditable(_("This scorecard is locked. To correct it, ask for it to be reopened."))
    return version


def note(verb: str, version: ScorecardVersion, *, by: User, at: datetime, **detail) -> AuditEvent:
    """One line in the trail about this version; `detail` holds ids, codes and counts only."""
    return record(
        verb, noun="scorecard", object_id=version.scorecard_id, by=by, at=at,
        area=version.scorecard.place.code, version=version.number, **detail,
    )  # fmt: skip
