"""What is planned for a round as a table of providers and villages, and who can be asked to enter it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.enums import AreaLevel, MeetingStatus
from communities.models import Area, Assignment, Catchment, Facilitator, ServiceProvider
from isaf_portal.templatetags.isaf import number
from scorecards.enums import ScorecardKind, VersionStatus
from scorecards.figures import last_versions
from scorecards.models import Round, Scorecard, ScorecardVersion
from scorecards.overview.card_rows import ICONS
from scorecards.overview.progress import self_assessments_in

WHOLE, SELF = "all", "self"
# With more villages than this they go down the page and the providers across, so that nothing scrolls sideways.
ACROSS_AT_MOST = 5


@dataclass(frozen=True)
class Wanted:
    """A sitting that shall be: of a provider, in a village or for the whole commune, and on which day if it is known."""

    provider: ServiceProvider
    village: Area | None = None
    held_on: date | None = None
    kind: str = ScorecardKind.COMMUNITY


@dataclass(frozen=True)
class Cell:
    """One provider in one village: planned or not. `version` is the first sitting's, `further` how many came after it."""

    provider: ServiceProvider
    column: str  # the village's code, WHOLE or SELF
    where: str
    village: Area | None = None
    version: ScorecardVersion | None = None
    further: int = 0

    @property
    def key(self) -> str:
        return f"{self.provider.pk}_{self.column}"

    @property
    def kind(self) -> str:
        return ScorecardKind.SELF_ASSESSMENT if self.column == SELF else ScorecardKind.COMMUNITY

    @property
    def scorecard(self) -> Scorecard | None:
        return self.version.scorecard if self.version else None

    @property
    def meeting(self):
        """The meeting that counts; a cancelled one leaves the sitting without a day."""
        meeting = self.scorecard.meeting if self.scorecard else None
        return meeting if meeting and meeting.status != MeetingStatus.CANCELLED else None

    @property
    def held_on(self) -> date | None:
        return self.meeting.held_on if self.meeting else None

    @property
    def is_postponed(self) -> bool:
        return self.meeting is not None and self.meeting.status == MeetingStatus.POSTPONED

    @property
    def is_held(self) -> bool:
        return self.meeting is not None and self.meeting.status == MeetingStatus.HELD

    @property
    def is_begun(self) -> bool:
        """Something was done with it, so it cannot be taken out of the plan; the operation looks closer."""
        version = self.version
        return version is not None and (
            version.status != VersionStatus.DRAFT
            or version.number > 1
            or version.revision > 0
            or self.is_held
        )

    @property
    def may_tick(self) -> bool:
        """A self-assessment is shared by the communes of the catchment: it is planned here, not taken out."""
        return not self.is_begun and not (self.version and self.column == SELF)

    @property
    def may_set_day(self) -> bool:
        return self.meeting is None and not self.is_begun

    @property
    def lacks_day(self) -> bool:
        return self.version is not None and self.may_set_day and self.column != SELF


@dataclass(frozen=True)
class Row:
    label: str
    icon: str
    cells: Sequence[Cell | None]

    @property
    def ticked_count(self) -> int:
        return sum(1 + cell.further for cell in self.cells if cell and cell.version)


@dataclass(frozen=True)
class Matrix:
    """`heads` stand above the cells of each row. Providers are rows while the villages fit across."""

    corner: str
    heads: Sequence[str]
    rows: Sequence[Row]
    providers: Sequence[ServiceProvider]

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for row in self.rows for cell in row.cells if cell)

    @property
    def planned_count(self) -> int:
        return sum(row.ticked_count for row in self.rows)

    @property
    def without_day(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.lacks_day]


def matrix_of(scoring_round: Round) -> Matrix:
    """Four queries: providers that serve the commune, its villages, scorecards, self-assessments."""
    serving = Catchment.objects.in_year(scoring_round.year).filter(commune=scoring_round.commune_id)
    known = ServiceProvider.objects.filter(pk__in=serving.values("provider")).select_related("service_type")
    still = Q(active_to__isnull=True) | Q(active_to__year__gte=scoring_round.year)
    providers = list(known.filter(still).order_by("service_type__code", "pk"))
    villages = list(
        Area.objects.current().filter(level=AreaLevel.VILLAGE, parent=scoring_round.commune).order_by("code")
    )
    sittings: dict[tuple[int, str], list[ScorecardVersion]] = {}
    for version in _versions(Scorecard.objects.filter(scoring_round=scoring_round)):
        card = version.scorecard
        sittings.setdefault((card.provider_id, card.village.code if card.village else WHOLE), []).append(
            version
        )
    for version in _versions(self_assessments_in(scoring_round)):
        sittings.setdefault((version.scorecard.provider_id, SELF), []).append(version)
    columns = [(village.code, village.name, village) for village in villages]
    if not all(provider.service_type.is_scored_by_village for provider in providers):
        columns.append((WHOLE, _("Whole commune"), None))
    columns.append((SELF, _("Self-assessment"), None))
    table = [[_cell(provider, column, sittings) for column in columns] for provider in providers]
    return _laid_out(providers, columns, table, is_long=len(villages) > ACROSS_AT_MOST)


def people_to_enter(scoring_round: Round, on: date) -> list[User]:
    """Who enters scores in this commune for the round's partner; whoever runs the whole programme is not asked to."""
    code = scoring_round.commune.code
    held = Assignment.objects.current(on).granting(Permission.ENTER_COMMUNITY_TALLY).filter(
        organisation=scoring_round.organisation_id, area__code__in=[code[:2], code[:4], code]
    )  # fmt: skip
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk"))


def facilitators_of(scoring_round: Round) -> list[Facilitator]:
    """The community facilitators of the partner who live in the commune."""
    found = Facilitator.objects.filter(
        organisation=scoring_round.organisation_id, base_commune=scoring_round.commune_id
    ).filter(Q(active_to__isnull=True) | Q(active_to__year__gte=scoring_round.year))
    return list(found.order_by("name", "pk"))


def next_in_plan(scoring_round: Round, matrix: Matrix) -> dict | None:
    """What stands in the way of a complete plan."""
    if not matrix.providers:
        return {
            "title": _("No provider serves this commune yet"),
            "note": _("Whoever keeps the providers adds the commune to those that serve it."),
        }
    if not matrix.planned_count:
        return {
            "title": _("Tick what will be scored"),
            "note": _("Each tick plans one scorecard; then save at the foot of the table."),
            "url": "#plan",
            "label": _("To the table"),
        }
    lacking = matrix.without_day
    if lacking:
        places = ", ".join(f"{cell.where} · {cell.provider.name}" for cell in lacking[:3])
        title = ngettext(
            "Set the day of %(count)s scorecard", "Set the days of %(count)s scorecards", len(lacking)
        )
        return {
            "title": title % {"count": number(len(lacking))},
            "note": f"{places} …" if len(lacking) > 3 else places,
            "url": "#plan",
            "label": _("To the table"),
        }
    return {
        "title": _("The plan is complete: look at the year"),
        "note": _("All days of the round, and what comes too late."),
        "url": reverse("scorecards:calendar", args=[scoring_round.pk]),
        "label": _("Calendar"),
    }


def _versions(scorecards):
    newest = last_versions(scorecards, is_full=True).select_related(
        "scorecard__meeting", "scorecard__village"
    )
    return newest.order_by("scorecard__sitting", "scorecard_id")


def _cell(provider: ServiceProvider, column, sittings) -> Cell | None:
    """None where this provider is not scored like this and nothing stands there."""
    code, label, village = column
    found = sittings.get((provider.pk, code), [])
    fits = code == SELF or (code == WHOLE) != provider.service_type.is_scored_by_village
    if not fits and not found:
        return None
    first = found[0] if found else None
    return Cell(provider, code, label, village, first, max(len(found) - 1, 0))


def _laid_out(providers, columns, table, *, is_long: bool) -> Matrix:
    names = [provider.name for provider in providers]
    icons = [ICONS.get(provider.service_type.code.upper(), "people") for provider in providers]
    labels = [label for _code, label, _village in columns]
    if is_long:
        across = zip(*table, strict=True) if table else [()] * len(labels)
        rows = [Row(label, "flag", list(cells)) for label, cells in zip(labels, across, strict=True)]
        return Matrix(_("Village"), names, rows, providers)
    rows = [Row(name, icon, cells) for name, icon, cells in zip(names, icons, table, strict=True)]
    return Matrix(_("Service provider"), labels, rows, providers)
