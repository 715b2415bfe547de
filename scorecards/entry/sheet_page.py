"""What the page of a sheet shows of one group: tabs, rows with their totals, and the same words for the page's script.

The script repeats `total_badge` from the words handed to it, so that a total reads alike before and after it ran.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from isaf_portal.templatetags.isaf import clock, digits, number
from scorecards.entry.attendance import Gathering
from scorecards.entry.sheets import RowConflict, Sheet, SheetGroup, SheetRow, SheetScore
from scorecards.enums import GroupKind, ScoringGroupCode

LEFT_EARLY = "left"
# Typed to the end; that there are fewer scores than people is worth a look and stops nobody.
DONE = {"full", LEFT_EARLY, "short"}
TONES = {
    "blank": ("", "ring"),
    "open": ("wait", "warn"),
    "short": ("wait", "warn"),
    "uncounted": ("wait", "warn"),
    "full": ("ok", "check"),
    LEFT_EARLY: ("ok", "check"),
    "over": ("bad", "warn"),
    "conflict": ("bad", "split"),
}


@dataclass(frozen=True)
class TotalBadge:
    state: str
    tone: str
    icon: str
    text: str


@dataclass(frozen=True)
class Head:
    """A score over its column, and over each cell where the sheet folds to cards."""

    score: int
    icon: str
    figure: str
    word: str


@dataclass(frozen=True)
class CellView:
    """`value` is the text in the field: the count in the reader's digits, or what was typed and could not be read."""

    key: str
    head: Head
    value: str
    is_invalid: bool


@dataclass(frozen=True)
class VersionOfRow:
    """One of two values of a row, who entered it and when; `cells` are (text, whether it differs)."""

    keep: str
    name: str
    at: str
    cells: tuple[tuple[str, bool], ...]
    total: str


@dataclass(frozen=True)
class RowView:
    row: SheetRow
    cells: tuple[CellView, ...]
    badge: TotalBadge
    versions: tuple[VersionOfRow, ...]

    @property
    def number(self) -> int:
        return self.row.criterion.number

    @property
    def text(self) -> str:
        return self.row.criterion.criterion.text

    @property
    def anchor(self) -> str:
        return f"r{self.row.criterion.id}"


@dataclass(frozen=True)
class Tab:
    label: str
    note: str
    url: str
    code: str
    is_complete: bool
    is_current: bool
    is_flag: bool
    is_computed: bool


@dataclass(frozen=True)
class SheetPage:
    sheet: Sheet
    group: SheetGroup
    heads: tuple[Head, ...]
    rows: tuple[RowView, ...]
    tabs: tuple[Tab, ...]
    flag_tabs: tuple[Tab, ...]
    progress: str
    next_tab: Tab | None

    @property
    def is_typed(self) -> bool:
        """Whether there are fields: not on a computed ALL, not on a version that is with the officer."""
        return self.sheet.version.is_editable and not self.group.is_computed

    @property
    def columns(self) -> int:
        """Criterion, scores, total."""
        return len(self.heads) + 2

    @property
    def undecided(self) -> tuple[tuple[str, str], ...]:
        """Rows with two values, of every group: what to call each, and where it is."""
        numbers = {row.id: row.number for row in self.sheet.criteria}
        found = []
        for conflict in self.sheet.conflicts:
            group = self.sheet.group(conflict.group)
            words = {"number": digits(numbers[conflict.criterion_id]), "group": name_of_group(group)}
            address = f"?group={group.code}#r{conflict.criterion_id}"
            found.append((_("Go to row %(number)s, %(group)s") % words, address))
        return tuple(found)


def sheet_page(
    sheet: Sheet, group: SheetGroup, *, came: Gathering, typed: Mapping[str, str], wrong: Collection[str]
) -> SheetPage:
    """`typed` are texts to show again in place of the counts, by cell; `wrong` those that cannot be read."""
    heads = {score.score: _head(score) for score in sheet.scores}
    rows = tuple(_row_view(sheet, row, heads, typed, wrong) for row in sheet.rows(group))
    tabs = [_tab(sheet, each, group, came) for each in sheet.groups]
    done = sum(view.badge.state in DONE for view in rows)
    after = tabs[[tab.code for tab in tabs].index(group.code) + 1 :]
    return SheetPage(
        sheet=sheet,
        group=group,
        heads=tuple(heads.values()),
        rows=rows,
        tabs=tuple(tab for tab in tabs if not tab.is_flag),
        flag_tabs=tuple(tab for tab in tabs if tab.is_flag),
        progress=_progress(group, done, len(rows)),
        next_tab=next((tab for tab in after if not tab.is_computed), None),
    )


def first_group(sheet: Sheet, code: str) -> SheetGroup | None:
    """The group asked for, else the first that is typed; None where the sheet has no groups yet."""
    wanted = sheet.group(code)
    return wanted or next(iter(sheet.entry_groups), None)


def total_badge(sheet: Sheet, row: SheetRow) -> TotalBadge:
    """Whoever left early may be missing from the rows of a criterion: as many as left, all its groups together."""
    state = row.state
    if state in {"open", "short"} and _left_away(sheet, row) <= (sheet.version.left_early_count or 0):
        state = LEFT_EARLY
    if row.conflict:
        state = "conflict"
    tone, icon = TONES[state]
    figures = {"total": row.total, "people": row.group.people, "short": row.short, "over": -row.short}
    shown = {name: number(figure) for name, figure in figures.items()}
    return TotalBadge(state, tone, icon, total_words()[state].format(**shown))


def _left_away(sheet: Sheet, row: SheetRow) -> int:
    """How many are not on this row, with those of the other groups that were begun; of a part of all its own."""
    if row.group.kind == GroupKind.FLAG or row.group.is_computed:
        return row.short
    rows = [sheet.row(row.criterion, group) for group in sheet.entry_groups if group.kind != GroupKind.FLAG]
    return sum(max(each.short, 0) for each in rows if each.total is not None)


def total_words() -> dict[str, str]:
    """What stands beside a row, by its state; the figures go into the braces."""
    short = _("{total} / {people} short {short}")
    return {
        "blank": _("Not entered yet"),
        "open": short,
        "short": short,
        "uncounted": "{total}",
        "full": "{total} / {people}",
        LEFT_EARLY: _("{total} / {people} · {short} left early"),
        "over": _("{total} / {people} over {over}. Check the tally sheet."),
        "conflict": _("Two values differ"),
    }


def name_of_group(group: SheetGroup) -> str:
    if group.kind == GroupKind.DISJOINT:
        return _("%(group)s group") % {"group": group.label}
    return str(group.label)


# --- Parts ----------------------------------------------------------------------------------------


def _head(score: SheetScore) -> Head:
    return Head(score.score, f"f{score.face}", digits(score.score) if score.score else "–", score.word)


def _row_view(sheet: Sheet, row: SheetRow, heads: Mapping[int, Head], typed, wrong) -> RowView:
    cells = tuple(
        CellView(cell.key, heads[cell.score.score], typed.get(cell.key, _text(cell.count)), cell.key in wrong)
        for cell in row.cells
    )
    return RowView(row, cells, total_badge(sheet, row), _versions_of(row, row.conflict))


def _text(count: int | None) -> str:
    return "" if count is None else digits(count)


def _versions_of(row: SheetRow, conflict: RowConflict | None) -> tuple[VersionOfRow, ...]:
    if conflict is None:
        return ()
    said = (
        ("theirs", conflict.theirs_by, conflict.theirs_at, conflict.theirs),
        ("ours", conflict.ours_by, conflict.ours_at, conflict.ours),
    )
    found = []
    for keep, name, at, counts in said:
        values = [counts.get(cell.score.score, cell.count) for cell in row.cells]
        cells = tuple(
            (_text(value), cell.score.score in counts) for cell, value in zip(row.cells, values, strict=True)
        )
        total = number(sum(value for value in values if value is not None))
        found.append(VersionOfRow(keep, name, clock(at), cells, total))
    return tuple(sorted(found, key=lambda version: (version.at, version.keep)))


def _tab(sheet: Sheet, group: SheetGroup, current: SheetGroup, came: Gathering) -> Tab:
    states = [total_badge(sheet, row).state for row in sheet.rows(group)]
    people = "" if group.people is None else f" {number(group.people)}"
    return Tab(
        label=f"{'Σ ' if group.is_computed else ''}{name_of_group(group)}{people}",
        note=_tab_note(group, came),
        url=f"{reverse('scorecards:sheet', args=[sheet.version.scorecard_id])}?group={group.code}",
        code=group.code,
        # Of a computed ALL the ticks of its groups speak.
        is_complete=not group.is_computed and bool(states) and all(state in DONE for state in states),
        is_current=group.code == current.code,
        is_flag=group.kind == GroupKind.FLAG,
        is_computed=group.is_computed,
    )


def _tab_note(group: SheetGroup, came: Gathering) -> str:
    if group.is_computed:
        return _("computed")
    if group.code != ScoringGroupCode.YOUTH or not came.elsewhere:
        return ""
    words = {"young": number(came.came["youth"]), "elsewhere": number(came.elsewhere)}
    return _("of %(young)s young people; %(elsewhere)s scored with women or men") % words


def _progress(group: SheetGroup, done: int, every: int) -> str:
    words = {"group": name_of_group(group), "done": number(done), "every": number(every)}
    if done == every:
        return _("%(group)s: all %(every)s rows done") % words
    words["missing"] = number(every - done)
    return _("%(group)s: %(done)s of %(every)s rows done · %(missing)s missing") % words


def words_for_script(group: SheetGroup | None) -> dict[str, object]:
    """Everything that the script says by itself, in the reader's language; it fills in what stands in braces."""
    figures = {"done": "{done}", "every": "{every}", "missing": "{missing}"}
    named = {"group": name_of_group(group) if group else ""} | figures
    return {
        "total": total_words(),
        "tones": {state: list(tone) for state, tone in TONES.items()},
        "done": sorted(DONE),
        "all_done": _("%(group)s: all %(every)s rows done") % named,
        "part_done": _("%(group)s: %(done)s of %(every)s rows done · %(missing)s missing") % named,
        "typed": _("Not saved yet"),
        "sending": _("Sending %(waiting)s") % {"waiting": "{n}"},
        "offline": _("Offline, %(waiting)s waiting") % {"waiting": "{n}"},
        "saved": _("Saved %(time)s") % {"time": "{time}"},
        "queued": _("On this device, %(waiting)s waiting to send") % {"waiting": "{n}"},
        "receipt_differs": _("The receipt does not fit what was typed here. It is sent again."),
        "not_numbers": _("Left out, since they are not whole numbers of people: %(count)s")
        % {"count": "{n}"},
        "row": _("Row %(row)s: %(total)s") % {"row": "{row}", "total": "{total}"},
        "gone": _("Typed on this device for rows that are no longer on the sheet: %(values)s")
        % {"values": "{values}"},
    }
