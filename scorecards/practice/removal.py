"""Takes the practice commune away again, with its files and people. The audit trail stays."""

from collections import Counter
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from accounts.audit import record
from accounts.models import User
from communities.models import (
    Area,
    AreaCode,
    AreaLineage,
    Assignment,
    Catchment,
    Cbo,
    Facilitator,
    Grant,
    Meeting,
    Organisation,
    Programme,
    ServiceProvider,
)
from communities.models.areas import PRACTICE_PROVINCE
from scorecards.models import (
    ActionItem,
    ActionPlan,
    ClericalCorrection,
    CouncilDecision,
    Criterion,
    CriterionLink,
    DecisionConfirmation,
    Document,
    ItemSource,
    PlanReading,
    PlanRemark,
    PlanVersion,
    Publication,
    PublicationAgreement,
    ReopeningRequest,
    Round,
    Scan,
    Scorecard,
    ScorecardVersion,
    SheetSave,
    TallyConflict,
)


@transaction.atomic
def remove_practice() -> dict[str, int]:
    """Delete everything in the practice province, of practice programmes, organisations and people.

    How many rows of each kind went. A practice person who did something outside practice cannot be deleted without
    tearing that apart: their account is closed instead.
    """
    now = timezone.now()
    files = _files()
    ActionItem.objects.filter(plan__commune__code__startswith=PRACTICE_PROVINCE).update(carried_from=None)
    removed: Counter[str] = Counter()
    for rows in _rows():
        removed.update(rows.delete()[1])
    people, closed = _remove_people()
    removed[User._meta.label] += people
    if removed.total() or closed:
        record(
            "scorecards.practice.removed", noun="practice", object_id="00", by=None, at=now,
            rows=removed.total(), closed_accounts=closed,
        )  # fmt: skip
    transaction.on_commit(partial(_delete_files, files))
    return {label: count for label, count in removed.items() if count}


def _rows() -> list[QuerySet]:
    """Practice rows in an order in which none holds another; what hangs on a row by cascade goes along with it."""
    plans = {"plan__commune__code__startswith": PRACTICE_PROVINCE}
    versions = {"plan_version__plan__commune__code__startswith": PRACTICE_PROVINCE}
    sheets = {"scorecard__programme__is_practice": True}
    of_decisions = {"decision__plan_version__plan__commune__code__startswith": PRACTICE_PROVINCE}
    own_criteria = Criterion.objects.filter(scoring_round__programme__is_practice=True)
    return [
        Publication.objects.filter(scoring_round__commune__code__startswith=PRACTICE_PROVINCE),
        PublicationAgreement.objects.filter(commune__code__startswith=PRACTICE_PROVINCE),
        ClericalCorrection.objects.filter(**versions),
        Document.objects.filter(**versions),
        Scan.objects.filter(**of_decisions),
        DecisionConfirmation.objects.filter(**of_decisions),
        CouncilDecision.objects.filter(**versions),
        PlanRemark.objects.filter(**versions),
        PlanReading.objects.filter(**versions),
        PlanVersion.objects.filter(**plans),
        ItemSource.objects.filter(item__plan__commune__code__startswith=PRACTICE_PROVINCE),
        ActionItem.objects.filter(**plans),
        ActionPlan.objects.filter(commune__code__startswith=PRACTICE_PROVINCE),
        ReopeningRequest.objects.filter(version__scorecard__programme__is_practice=True),
        TallyConflict.objects.filter(save_of__version__scorecard__programme__is_practice=True),
        SheetSave.objects.filter(version__scorecard__programme__is_practice=True),
        ScorecardVersion.objects.filter(**sheets),
        Scorecard.objects.filter(programme__is_practice=True),
        CriterionLink.objects.filter(previous__in=own_criteria) | CriterionLink.objects.filter(next__in=own_criteria),
        own_criteria,
        Meeting.objects.filter(programme__is_practice=True),
        Round.objects.filter(programme__is_practice=True),
        *_rows_of_places_and_people(),
    ]  # fmt: skip


def _rows_of_places_and_people() -> list[QuerySet]:
    here = {"code__startswith": PRACTICE_PROVINCE}
    return [
        Assignment.objects.filter(user__is_practice=True),
        Assignment.objects.filter(area__code__startswith=PRACTICE_PROVINCE),
        Assignment.objects.filter(programme__is_practice=True),
        Assignment.objects.filter(organisation__is_practice=True),
        Assignment.objects.filter(provider__located_in__code__startswith=PRACTICE_PROVINCE),
        Assignment.objects.filter(cbo__commune__code__startswith=PRACTICE_PROVINCE),
        Grant.objects.filter(programme__is_practice=True),
        Programme.objects.filter(is_practice=True),
        Facilitator.objects.filter(organisation__is_practice=True),
        Facilitator.objects.filter(base_commune__code__startswith=PRACTICE_PROVINCE),
        Cbo.objects.filter(commune__code__startswith=PRACTICE_PROVINCE),
        Catchment.objects.filter(commune__code__startswith=PRACTICE_PROVINCE),
        ServiceProvider.objects.filter(located_in__code__startswith=PRACTICE_PROVINCE),
        Organisation.objects.filter(is_practice=True),
        AreaLineage.objects.filter(from_area__code__startswith=PRACTICE_PROVINCE),
        AreaLineage.objects.filter(to_area__code__startswith=PRACTICE_PROVINCE),
        AreaCode.objects.filter(area__code__startswith=PRACTICE_PROVINCE),
        # Villages first: a place holds what lies in it.
        *(Area.objects.filter(level=level, **here) for level in (4, 3, 2, 1)),
    ]


def _remove_people() -> tuple[int, int]:
    """How many practice people were deleted, and how many accounts were closed instead."""
    removed = closed = 0
    for person in User.objects.filter(is_practice=True):
        try:
            with transaction.atomic():
                person.delete()
            removed += 1
        except ProtectedError:
            closed += bool(person.is_active)
            person.is_active = False
            person.set_unusable_password()
            person.save(update_fields=["is_active", "password"])
    return removed, closed


def _files() -> list[tuple[Storage, str]]:
    here = {"plan_version__plan__commune__code__startswith": PRACTICE_PROVINCE}
    rows = [
        *Document.objects.filter(**here).exclude(file=""),
        *Scan.objects.filter(**{f"decision__{path}": value for path, value in here.items()}),
    ]
    return [(row.file.storage, row.file.name) for row in rows]


def _delete_files(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
