"""Takes practice away again, with its files and people: all of it, or the copy of one person. The trail stays."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import ProtectedError, Q, QuerySet
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
    InterfacePoint,
    ItemSource,
    PlanReading,
    PlanRemark,
    PlanVersion,
    PracticeCopy,
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


@dataclass(frozen=True)
class Part:
    """What goes: the places whose code begins so, and the ids of programmes, organisations and invented people."""

    code: str
    programmes: frozenset[int]
    organisations: frozenset[int]
    people: frozenset[int]

    def under(self, path: str) -> Q:
        return Q(**{f"{path}__startswith": self.code})


@transaction.atomic
def remove_practice() -> dict[str, int]:
    """Delete everything in the practice province, of practice programmes, organisations and people.

    How many rows of each kind went. A practice person who did something outside practice cannot be deleted without
    tearing that apart: their account is closed instead.
    """
    now = timezone.now()
    everything = Part(
        code=PRACTICE_PROVINCE,
        programmes=_ids(Programme.objects.filter(is_practice=True)),
        organisations=_ids(Organisation.objects.filter(is_practice=True)),
        people=_ids(User.objects.filter(is_practice=True)),
    )
    removed, closed = remove_part(everything)
    if sum(removed.values()) or closed:
        record(
            "scorecards.practice.removed", noun="practice", object_id="00", by=None, at=now,
            rows=sum(removed.values()), closed_accounts=closed,
        )  # fmt: skip
    return removed


def part_of(commune: Area) -> Part:
    """The copy that stands in this commune."""
    programmes = _ids(Programme.objects.filter(is_practice=True, rounds__commune=commune))
    of_programme = Q(programmes__programme__in=programmes) | Q(grants__programme__in=programmes)
    held = Q(assignments__area=commune) | Q(assignments__programme__in=programmes)
    held |= Q(assignments__provider__located_in=commune)
    return Part(
        code=commune.code,
        programmes=programmes,
        organisations=_ids(Organisation.objects.filter(of_programme, is_practice=True)),
        people=_ids(User.objects.filter(held, is_practice=True)),
    )


def remove_part(part: Part) -> tuple[dict[str, int], int]:
    """How many rows of each kind went, and how many accounts were closed instead. Inside a transaction."""
    files = _files(part)
    ActionItem.objects.filter(part.under("plan__commune__code")).update(carried_from=None)
    removed: Counter[str] = Counter()
    for rows in (*_rows(part), *_rows_of_places_and_people(part)):
        removed.update(rows.delete()[1])
    people, closed = _remove_people(part)
    removed[User._meta.label] += people
    transaction.on_commit(partial(_delete_files, files))
    return {label: count for label, count in removed.items() if count}, closed


def _ids(rows: QuerySet) -> frozenset[int]:
    return frozenset(rows.values_list("pk", flat=True))


def _rows(part: Part) -> list[QuerySet]:
    """Practice rows in an order in which none holds another; what hangs on a row by cascade goes along with it."""
    plans = part.under("plan__commune__code")
    versions = part.under("plan_version__plan__commune__code")
    of_decisions = part.under("decision__plan_version__plan__commune__code")
    programmes = {"programme__in": part.programmes}
    own_criteria = Criterion.objects.filter(scoring_round__programme__in=part.programmes)
    return [
        PracticeCopy.objects.filter(part.under("commune__code")),
        Publication.objects.filter(part.under("scoring_round__commune__code")),
        PublicationAgreement.objects.filter(part.under("commune__code")),
        ClericalCorrection.objects.filter(versions),
        Document.objects.filter(versions),
        Scan.objects.filter(of_decisions),
        DecisionConfirmation.objects.filter(of_decisions),
        CouncilDecision.objects.filter(versions),
        PlanRemark.objects.filter(versions),
        PlanReading.objects.filter(versions),
        PlanVersion.objects.filter(plans),
        ItemSource.objects.filter(part.under("item__plan__commune__code")),
        ActionItem.objects.filter(plans),
        ActionPlan.objects.filter(part.under("commune__code")),
        InterfacePoint.objects.filter(scoring_round__programme__in=part.programmes),
        ReopeningRequest.objects.filter(version__scorecard__programme__in=part.programmes),
        TallyConflict.objects.filter(save_of__version__scorecard__programme__in=part.programmes),
        SheetSave.objects.filter(version__scorecard__programme__in=part.programmes),
        ScorecardVersion.objects.filter(scorecard__programme__in=part.programmes),
        Scorecard.objects.filter(**programmes),
        CriterionLink.objects.filter(previous__in=own_criteria) | CriterionLink.objects.filter(next__in=own_criteria),
        own_criteria,
        Meeting.objects.filter(**programmes),
        Round.objects.filter(**programmes),
    ]  # fmt: skip


def _rows_of_places_and_people(part: Part) -> list[QuerySet]:
    return [
        Assignment.objects.filter(user__in=part.people),
        Assignment.objects.filter(part.under("area__code")),
        Assignment.objects.filter(programme__in=part.programmes),
        Assignment.objects.filter(organisation__in=part.organisations),
        Assignment.objects.filter(part.under("provider__located_in__code")),
        Assignment.objects.filter(part.under("cbo__commune__code")),
        Grant.objects.filter(programme__in=part.programmes),
        Programme.objects.filter(pk__in=part.programmes),
        Facilitator.objects.filter(organisation__in=part.organisations),
        Facilitator.objects.filter(part.under("base_commune__code")),
        Cbo.objects.filter(part.under("commune__code")),
        Catchment.objects.filter(part.under("commune__code")),
        ServiceProvider.objects.filter(part.under("located_in__code")),
        Organisation.objects.filter(pk__in=part.organisations),
        AreaLineage.objects.filter(part.under("from_area__code")),
        AreaLineage.objects.filter(part.under("to_area__code")),
        AreaCode.objects.filter(part.under("area__code")),
        # Villages first: a place holds what lies in it.
        *(Area.objects.filter(part.under("code"), level=level) for level in (4, 3, 2, 1)),
    ]


def _remove_people(part: Part) -> tuple[int, int]:
    """How many practice people were deleted, and how many accounts were closed instead."""
    removed = closed = 0
    for person in User.objects.filter(pk__in=part.people):
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


def _files(part: Part) -> list[tuple[Storage, str]]:
    rows = [
        *Document.objects.filter(part.under("plan_version__plan__commune__code")).exclude(file=""),
        *Scan.objects.filter(part.under("decision__plan_version__plan__commune__code")),
    ]
    return [(row.file.storage, row.file.name) for row in rows]


def _delete_files(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)
