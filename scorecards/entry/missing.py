"""What a scorecard still lacks before it can be submitted, and what is only worth a second look.

Missing, and refused with by `submit_scorecard`: wrong numbers and numbers that are not there.

- No meeting, one that was not held, or nobody known to have come (a self-assessment needs no meeting).
- No criteria; no groups; a group without its number; groups that do not add up to the people who came, or hold
  more of a kind than came.
- A row with more scores than people; a part of all that is above all in one cell; two values waiting for a choice.
- A row of all, or of a group that scored apart, that is blank or stops short of its group. Blanks count as 0 once
  the row reaches the group's number; people who left early are said once for the sheet and explain as many of each
  criterion. A blank row of a part of all (people with a disability ...) was not collected, and may stay so.
- Of a community scorecard: a strength or a weakness, and a suggestion, for each criterion.

A warning is shown and stops nobody: a meeting in another year, not five or six criteria, no women or young people, a
row that is typed to its end with fewer scores than people, a part of all that is not collected, a group so small
that it stays hidden, people who left early.

It costs eight queries, whatever its number of criteria and groups.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from communities.enums import AttendanceRole, MeetingStatus, PeopleGroup
from communities.models import AttendanceCount
from isaf_portal.lib import formats
from scorecards.entry.sheets import Sheet, SheetCriterion, SheetGroup, SheetRow, sheet_of
from scorecards.enums import GroupKind, ScoringGroupCode
from scorecards.models import ScorecardVersion
from scorecards.models.tallies import NO_OPINION

MEETING, CRITERIA, SHEET, REASONS = "meeting", "criteria", "sheet", "reasons"
# Which number of the attendance a scoring group cannot exceed.
CAME_AS = {
    ScoringGroupCode.ALL: PeopleGroup.TOTAL,
    ScoringGroupCode.WOMEN: PeopleGroup.FEMALE,
    ScoringGroupCode.FEMALE: PeopleGroup.FEMALE,
    ScoringGroupCode.YOUTH: PeopleGroup.YOUTH,
    ScoringGroupCode.YOUNG: PeopleGroup.YOUTH,
    ScoringGroupCode.DISABILITY: PeopleGroup.DISABILITY,
    ScoringGroupCode.MINORITY: PeopleGroup.MINORITY,
    ScoringGroupCode.ID_POOR: PeopleGroup.ID_POOR,
}


@dataclass(frozen=True)
class Missing:
    """One thing to do. `step` is the page, `anchor` the place on it (`r<criterion id>`), `group` the tab of the sheet."""

    what: str
    where: str
    step: str
    anchor: str = ""
    group: str = ""

    def __str__(self):
        return f"{self.what} · {self.where}"


def missing_for_submission(version: ScorecardVersion) -> list[Missing]:
    """Everything that stands against submitting, in the order of the steps and in the reader's language."""
    sheet = sheet_of(version)
    came = _who_came(sheet)
    return [
        *_missing_in_meeting(sheet, came),
        *_missing_in_groups(sheet, came),
        *_missing_criteria(sheet),
        *_missing_counts(sheet),
        *_missing_reasons(sheet),
    ]


def warnings_for_submission(version: ScorecardVersion) -> list[Missing]:
    """What is worth a second look, by who enters and by who checks."""
    sheet = sheet_of(version)
    return [
        *_unusual_day(sheet),
        *_absent_people(sheet, _who_came(sheet)),
        *_unusual_criteria(sheet),
        *_unusual_rows(sheet),
    ]


# --- Meeting and groups ---------------------------------------------------------------------------


def _who_came(sheet: Sheet) -> dict[str, int]:
    """The attendance of citizens, or of staff where a provider assessed itself."""
    scorecard = sheet.version.scorecard
    role = AttendanceRole.PROVIDER if scorecard.is_self_assessment else AttendanceRole.CITIZEN
    counts = AttendanceCount.objects.filter(attendance__meeting=scorecard.meeting_id, attendance__role=role)
    return dict(counts.values_list("people_group", "count"))


def _missing_in_meeting(sheet: Sheet, came: dict[str, int]) -> Iterable[Missing]:
    scorecard = sheet.version.scorecard
    if scorecard.is_self_assessment:
        return
    if scorecard.meeting is None:
        yield Missing(_("Meeting and attendance"), _("not written down yet"), MEETING, "meeting")
        return
    if scorecard.meeting.status != MeetingStatus.HELD:
        yield Missing(_("Meeting"), _("say that it was held, and when"), MEETING, "meeting")
    if not came.get(PeopleGroup.TOTAL):
        yield Missing(_("People who came"), _("write how many"), MEETING, "attendance")


def _missing_in_groups(sheet: Sheet, came: dict[str, int]) -> Iterable[Missing]:
    if sheet.whole is None:
        yield Missing(_("Scoring groups"), _("choose who scored together"), MEETING, "groups")
        return
    for group in sheet.entry_groups:
        if group.people is None:
            yield Missing(_("Number of people in a group"), group.label, MEETING, "groups", group.code)
    total = came.get(PeopleGroup.TOTAL)
    if sheet.whole.people == 0:
        yield Missing(_("People who scored"), _("nobody: write how many"), MEETING, "groups")
    elif sheet.whole.people is not None and total and sheet.whole.people != total:
        yield Missing(
            _("Groups and people who came differ"),
            _("%(groups)s, but %(total)s came") % {"groups": _sum_in_words(sheet), "total": _number(total)},
            MEETING,
            "groups",
        )
    for group in sheet.entry_groups:
        yield from _more_than_came(group, came)


def _sum_in_words(sheet: Sheet) -> str:
    """20 + 15 + 12 = 47."""
    parts = [_number(group.people) for group in sheet.entry_groups if group.kind == GroupKind.DISJOINT]
    whole = _number(sheet.whole.people)
    return f"{' + '.join(parts)} = {whole}" if len(parts) > 1 else whole


def _more_than_came(group: SheetGroup, came: dict[str, int]) -> Iterable[Missing]:
    if group.code == ScoringGroupCode.MEN:
        known = {PeopleGroup.TOTAL, PeopleGroup.FEMALE} <= came.keys()
        most = came[PeopleGroup.TOTAL] - came[PeopleGroup.FEMALE] if known else None
    else:
        most = came.get(CAME_AS[group.code])
    # Of all together it was said above.
    if group.kind == GroupKind.ALL or group.people is None or most is None or group.people <= most:
        return
    words = _("%(group)s %(people)s, but only %(most)s of them came")
    yield Missing(
        _("A group is larger than came"),
        words % {"group": group.label, "people": _number(group.people), "most": _number(most)},
        MEETING,
        "groups",
        group.code,
    )


# --- Criteria and reasons -------------------------------------------------------------------------


def _missing_criteria(sheet: Sheet) -> Iterable[Missing]:
    if not sheet.criteria:
        yield Missing(_("Criteria"), _("choose 5 or 6"), CRITERIA, "criteria")


def _missing_reasons(sheet: Sheet) -> Iterable[Missing]:
    if sheet.version.scorecard.is_self_assessment:
        return
    for row in sheet.criteria:
        if not (row.scored.strengths or row.scored.weaknesses):
            yield Missing(_("Strength or weakness"), _name(row), REASONS, f"r{row.id}")
        if not row.scored.has_suggestion:
            yield Missing(_("Suggested action"), _name(row), REASONS, f"r{row.id}")


# --- Counts ---------------------------------------------------------------------------------------


def _missing_counts(sheet: Sheet) -> Iterable[Missing]:
    for criterion in sheet.criteria:
        rows = [sheet.row(criterion, group) for group in sheet.entry_groups]
        parts = [row for row in rows if row.group.kind == GroupKind.FLAG]
        everybody = [row for row in rows if row.group.kind != GroupKind.FLAG]
        left = sheet.version.left_early_count or 0
        is_explained = sum(max(row.short, 0) for row in everybody) <= left
        for row in everybody:
            yield from _missing_in_row(row, is_explained=is_explained)
        for row in parts:
            # Nobody has to count the scores of a part of all; what was begun is finished.
            if row.total is not None or row.conflict:
                yield from _missing_in_row(row, is_explained=row.short <= left)
            yield from _above_all(sheet, row)


def _missing_in_row(row: SheetRow, *, is_explained: bool) -> Iterable[Missing]:
    if row.conflict:
        yield _of_row(row, _("Two values: choose one"))
    if row.state == "over":
        yield _of_row(row, _("Too many scores"), _over_in_words(row))
    elif row.state == "blank" and not (is_explained and row.group.people is not None):
        yield _of_row(row, _("Scores not entered"))
    elif row.state == "open" and not is_explained:
        yield _of_row(row, _("Scores not complete"), _short_in_words(row))


def _above_all(sheet: Sheet, part: SheetRow) -> Iterable[Missing]:
    """A part is compared with all cell by cell, blanks as 0, where all was collected."""
    if sheet.whole is None:
        return
    whole = sheet.row(part.criterion, sheet.whole)
    if whole.total is None:
        return
    for few, many in zip(part.cells, whole.cells, strict=True):
        if (few.count or 0) > (many.count or 0):
            words = _("%(score)s: %(few)s, but all together only %(many)s") % {
                "score": few.score.word if few.score.score == NO_OPINION else _score_in_words(few.score),
                "few": _number(few.count),
                "many": _number(many.count or 0),
            }
            yield _of_row(part, _("A part is more than all"), words)


def _of_row(row: SheetRow, what: str, detail: str = "") -> Missing:
    where = f"{row.group.label} · {_name(row.criterion)}"
    if detail:
        where = f"{where}: {detail}"
    return Missing(what, where, SHEET, f"r{row.criterion.id}", row.group.code)


# --- Worth a look ---------------------------------------------------------------------------------


def _unusual_day(sheet: Sheet) -> Iterable[Missing]:
    scorecard = sheet.version.scorecard
    if scorecard.meeting and scorecard.meeting.held_on.year != scorecard.year:
        day = formats.day(scorecard.meeting.held_on, get_language() or "en")
        yield Missing(_("Meeting held in another year"), day, MEETING, "meeting")


def _absent_people(sheet: Sheet, came: dict[str, int]) -> Iterable[Missing]:
    if sheet.version.scorecard.is_self_assessment or not came.get(PeopleGroup.TOTAL):
        return
    absent = ((PeopleGroup.FEMALE, _("No women")), (PeopleGroup.YOUTH, _("No young people")))
    for group, words in absent:
        if not came.get(group):
            reason = _("counted as nobody") if group in came else _("not counted")
            yield Missing(words, reason, MEETING, "attendance")


def _unusual_criteria(sheet: Sheet) -> Iterable[Missing]:
    count = len(sheet.criteria)
    if count and count not in {5, 6}:
        words = ngettext("%(count)s criterion, not 5 or 6", "%(count)s criteria, not 5 or 6", count)
        yield Missing(words % {"count": _number(count)}, _("can be compared less well"), CRITERIA, "criteria")


def _unusual_rows(sheet: Sheet) -> Iterable[Missing]:
    least = sheet.version.scorecard.programme.small_group_minimum
    for group in sheet.entry_groups:
        if 0 < (group.people or 0) < least:
            words = _("fewer than %(count)s: hidden outside the team") % {"count": _number(least)}
            yield Missing(group.label, words, MEETING, "groups", group.code)
        for row in sheet.rows(group):
            if row.state == "short":
                yield _of_row(row, _("Fewer scores than people"), _short_in_words(row))
            elif row.state == "blank" and group.kind == GroupKind.FLAG and group.people:
                yield _of_row(row, _("Scores not entered"))
    if left := sheet.version.left_early_count:
        words = ngettext("%(count)s person left early", "%(count)s people left early", left)
        yield Missing(words % {"count": _number(left)}, _("said for the whole sheet"), SHEET, "left-early")


# --- Words ----------------------------------------------------------------------------------------


def _name(row: SheetCriterion) -> str:
    return f"{_number(row.number)}. {row.criterion.text}"


def _score_in_words(score) -> str:
    return f"{_number(score.score)} {score.word}".strip()


def _short_in_words(row: SheetRow) -> str:
    return _("%(total)s of %(people)s, %(short)s short") % _numbers(row, short=row.short)


def _over_in_words(row: SheetRow) -> str:
    return _("%(total)s of %(people)s, %(over)s over. Check the tally sheet.") % _numbers(
        row, over=-row.short
    )


def _numbers(row: SheetRow, **more: int) -> dict[str, str]:
    counts = {"total": row.total or 0, "people": row.group.people or 0} | more
    return {name: _number(count) for name, count in counts.items()}


def _number(count: int) -> str:
    return formats.number(count, get_language() or "en")
