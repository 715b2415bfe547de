"""What the staff of a provider say of their own service: one score on which they agree for each criterion.

It is kept as counts like every sheet: all of the staff at that score. Page and sheet are two views of the same
tallies, so what was typed on the sheet is not overwritten here without being told.
"""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from isaf_portal.lib.errors import Refused
from scorecards.entry.cells import cell_key, tallies_of
from scorecards.entry.self_assessment import Said, agreed_score
from scorecards.enums import SaveOutcome, ScoringGroupCode
from scorecards.models import Criterion, ScorecardVersion, SheetSave
from scorecards.models.tallies import NO_OPINION
from scorecards.operations.criteria import choose_criteria
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.reasons import record_reasons
from scorecards.operations.tallies import record_tallies
from scorecards.operations.versions import editable_version

ALL = ScoringGroupCode.ALL.value


class SelfAssessmentRefused(Refused):
    """This cannot be kept; the message says what to change. Nothing of the save was kept."""


class ChangedMeanwhile(SelfAssessmentRefused):
    """Somebody else chose another score since the page was read; the message says which stands now."""


@transaction.atomic
def record_self_assessment(
    *,
    version: ScorecardVersion,
    people: int | None,
    scores: Mapping[int, int | None],
    reasons: Mapping[int, Said],
    client_id: UUID | str,
    base_revision: int,
    by: User,
    criteria: Sequence[Criterion] = (),
    replaced: Collection[int] = (),
) -> SheetSave | None:
    """Keep what the page holds, complete or not; the answer is the save of the scores, None where none changed.

    `people` is the number of staff who scored. `scores` and `reasons` are by the criterion's id; a score is 1 to n,
    0 for no opinion, None to leave what stands. `criteria` are put on a sheet that has none yet. A row in which the
    staff stand at several scores is replaced only where `replaced` names it.
    """
    version = editable_version(version)
    if not version.scorecard.is_self_assessment:
        raise SelfAssessmentRefused(_("This is a scorecard of the community. Enter it on its sheet."))
    if criteria and not version.criteria.exists():
        choose_criteria(version=version, criteria=criteria, by=by)
    people_before = _set_people(version, people, scores, by)
    cells = _changed_cells(version, people, people_before, scores, replaced)
    _refuse_unseen(version, base_revision, cells, scores)
    save = None
    if cells:
        save = record_tallies(
            version=version, cells=cells, base_revision=version.revision, client_id=client_id, by=by
        )
    for scored in version.criteria.filter(criterion__in=list(reasons)).order_by("order", "pk"):
        said = reasons[scored.criterion_id]
        record_reasons(scored=scored, **vars(said), by=by)
    return save


def _set_people(
    version: ScorecardVersion, people: int | None, scores: Mapping[int, int | None], by: User
) -> int | None:
    """Answers the number that stood before."""
    known = dict(version.groups.values_list("group", "people_count"))
    if not people and any(score is not None for score in scores.values()):
        raise SelfAssessmentRefused(_("Write first how many of the staff score together."))
    if known.keys() != {ALL} or known[ALL] != people:
        set_scoring_groups(version=version, people={ALL: people}, by=by)
    return known.get(ALL)


def _changed_cells(
    version: ScorecardVersion,
    people: int | None,
    people_before: int | None,
    scores: Mapping[int, int | None],
    replaced: Collection[int],
) -> dict[str, int | None]:
    """Only what differs from the sheet; rows on which the staff agreed follow a corrected number of people."""
    stands = tallies_of(version)
    rows = version.criteria.select_related("criterion").order_by("order", "pk")
    criteria = {row.criterion_id: row.criterion for row in rows}
    unknown = [key for key, score in scores.items() if score is not None and key not in criteria]
    if unknown:
        raise SelfAssessmentRefused(_("The criteria have changed meanwhile. Load the page again, then save."))
    points = version.scorecard.scale.points
    cells: dict[str, int | None] = {}
    for key, criterion in criteria.items():
        counts = {score: stands.get(cell_key(key, ALL, score), 0) for score in range(points + 1)}
        stood, wanted = agreed_score(counts, people_before), scores.get(key)
        if wanted is None:
            wanted = stood
        if wanted is None or not people:
            continue
        _refuse_score(criterion, wanted, points)
        if any(counts.values()) and stood is None and key not in replaced:
            raise SelfAssessmentRefused(
                _("“%(criterion)s”: the sheet holds several scores. Say that one score replaces them.")
                % {"criterion": criterion.text}
            )
        for score in (*range(1, points + 1), NO_OPINION):
            name, count = cell_key(key, ALL, score), people if score == wanted else None
            if stands.get(name) != count and (count or stands.get(name)):
                cells[name] = count
    return cells


def _refuse_unseen(
    version: ScorecardVersion,
    base_revision: int,
    cells: Mapping[str, int | None],
    scores: Mapping[int, int | None],
) -> None:
    """A row holds one score, so it is compared as a whole: cell by cell, two choices would stand beside each other."""
    if not 0 <= base_revision <= version.revision:
        raise SelfAssessmentRefused(
            _("This page does not belong to the sheet as it is. Load the page again, then save.")
        )
    if base_revision == version.revision:
        return
    later = version.saves.exclude(outcome=SaveOutcome.REFUSED).filter(revision__gt=base_revision)
    saved = {_criterion_of(key) for each in later.values_list("cells", flat=True) for key in each}
    chosen = {_criterion_of(key) for key in cells}
    unseen = [key for key in chosen & saved if scores.get(key) is not None]
    if not unseen:
        return
    rows = version.criteria.filter(criterion__in=unseen).select_related("criterion").order_by("order", "pk")
    names = ", ".join(f"“{row.criterion.text}”" for row in rows)
    raise ChangedMeanwhile(
        _("Somebody chose another score meanwhile: %(criteria)s. To keep yours instead, save again.")
        % {"criteria": names}
    )


def _criterion_of(key: str) -> int:
    return int(key.split(".")[0])


def _refuse_score(criterion: Criterion, score: int, points: int) -> None:
    is_whole = isinstance(score, int) and not isinstance(score, bool)
    if not is_whole or not 0 <= score <= points:
        raise SelfAssessmentRefused(
            _("“%(criterion)s”: choose one of the scores shown.") % {"criterion": criterion.text}
        )
