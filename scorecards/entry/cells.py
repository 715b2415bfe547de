"""Cells of a sheet: how one is named, which can be written, and what they hold now."""

import re
from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from scorecards.enums import GroupKind, ScoringGroupCode
from scorecards.models import ScorecardVersion, Tally
from scorecards.models.tallies import MOST_PEOPLE, NO_OPINION

# One spelling per cell, since the receipt is computed over the keys as they are written.
KEY = re.compile(r"([1-9][0-9]{0,18})\.([a-z_]{1,12})\.([0-5])", re.ASCII)


class BadCell(Refused):
    """A count that cannot be, or a cell that is not on the sheet; the message names the row. Nothing was kept."""


def cell_key(criterion_id: int, group: str, score: int) -> str:
    return f"{criterion_id}.{group}.{score}"


def tallies_of(version: ScorecardVersion) -> dict[str, int]:
    """Every typed count by its key; one query."""
    rows = Tally.objects.filter(scorecard_criterion__version=version).values_list(
        "scorecard_criterion__criterion_id", "scoring_group__group", "score", "count"
    )
    return {cell_key(criterion, group, score): count for criterion, group, score, count in rows}


def checked_cells(version: ScorecardVersion, cells: Mapping[str, int | None]) -> dict[str, int | None]:
    """The cells, if each is on the sheet and each count a whole number of people; otherwise BadCell."""
    if not isinstance(cells, Mapping) or not cells:
        raise BadCell(_("Nothing was typed, so there is nothing to save."))
    rows = list(version.criteria.select_related("criterion").order_by("order", "pk"))
    criteria = {str(row.criterion_id): (number, row.criterion.text) for number, row in enumerate(rows, 1)}
    kinds = dict(version.groups.values_list("group", "kind"))
    for key, count in cells.items():
        parts = KEY.fullmatch(key) if isinstance(key, str) else None
        if parts is None or parts[1] not in criteria:
            raise BadCell(_("The sheet has changed: a row of this page is not on it. Load the page again."))
        where = _row_in_words(criteria[parts[1]], parts[2])
        _refuse_cell(where, parts[2], int(parts[3]), kinds, version.scorecard.scale.points)
        _refuse_count(where, count)
    return dict(cells)


def _row_in_words(criterion: tuple[int, str], group: str) -> str:
    number, text = criterion
    label = ScoringGroupCode(group).label if group in ScoringGroupCode.values else group
    return f"{_number(number)}. {text} · {label}"


def _refuse_cell(where: str, group: str, score: int, kinds: Mapping[str, str], points: int) -> None:
    if group == ScoringGroupCode.ALL and GroupKind.DISJOINT in kinds.values():
        raise BadCell(_("%(row)s: this is computed from the groups and cannot be typed.") % {"row": where})
    if group not in kinds:
        raise BadCell(_("%(row)s: this group did not score apart. Load the page again.") % {"row": where})
    if score != NO_OPINION and score > points:
        raise BadCell(_("%(row)s: there is no score %(score)s.") % {"row": where, "score": _number(score)})


def _refuse_count(where: str, count: int | None) -> None:
    if count is None:
        return
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MOST_PEOPLE:
        raise BadCell(
            _("%(row)s: write a whole number of people from 0 to %(most)s.")
            % {"row": where, "most": _number(MOST_PEOPLE)}
        )


def _number(count: int) -> str:
    return formats.number(count, get_language() or "en")
