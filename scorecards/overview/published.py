"""What of a publication anybody may read: pooled figures of each provider, small groups hidden, and the plan in words.

Shown as it stood on the day of the announcement: that is what providers and the commune had notice of. No reasons, no
villages, no sittings; the same on the public page, in the preview before the announcement, and beside a reply.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q

from communities.enums import AreaKind
from communities.models import Area, ServiceProvider
from isaf_portal.templatetags.isaf import reader_language
from scorecards import scoring
from scorecards.consolidation import Consolidation, CriterionRow, consolidation_of
from scorecards.enums import GroupKind, ScorecardKind, ScoringGroupCode, VersionStatus
from scorecards.figures import (
    ALL,
    Figure,
    GroupNumber,
    Verdict,
    group_numbers,
    pooled,
    verdict_of_mean,
    with_counts,
    words_of,
)
from scorecards.models import Criterion, PlanVersion, Publication, PublicationReply, Round, ScorecardVersion
from scorecards.plans.outline import place_of_provider
from scorecards.plans.rows import Section, external_section, internal_section
from scorecards.suppression import suppress, table_of_groups

# The drawing beside a provider's name, by the code of its service.
ICONS = {"HC": "health", "PS": "school", "CA": "hall"}


@dataclass(frozen=True)
class PublishedRow:
    """One criterion of one provider. Without a figure so few people scored it that nothing of it is shown."""

    criterion: Criterion
    figure: Figure | None
    verdict: Verdict | None


@dataclass(frozen=True)
class PublishedProvider:
    """What people said of one provider; `only_number` where so few scored that no figure at all is shown."""

    provider: ServiceProvider
    people: int
    groups: tuple[GroupNumber, ...]
    rows: tuple[PublishedRow, ...]
    overall: Verdict | None
    only_number: bool
    is_corrected_since: bool
    reply: PublicationReply | None

    @property
    def icon(self) -> str:
        return ICONS.get(self.provider.service_type.code, "people")

    @property
    def worst(self) -> PublishedRow | None:
        """The criterion with the largest share of people who are not satisfied, where there are any."""
        first = next((row for row in self.rows if row.verdict), None)
        return first if first and first.figure.dissatisfied.count else None

    @property
    def scored_count(self) -> int:
        return sum(1 for row in self.rows if row.verdict)

    @property
    def has_hidden_groups(self) -> bool:
        return self.only_number or any(group.is_hidden for group in self.groups)


@dataclass(frozen=True)
class PublishedPlan:
    version: PlanVersion
    newest_number: int
    sections: tuple[Section, ...]

    @property
    def is_newest(self) -> bool:
        return self.version.number == self.newest_number


def name_with_kind(area: Area) -> str:
    """ឃុំគំរូ, Kumru commune: the kind stands before the name in Khmer and after it in English."""
    kind = str(AreaKind(area.kind).label)
    return f"{area.name} {kind}" if reader_language() == "en" else f"{kind}{area.name}"


def published_scores(
    scoring_round: Round, *, as_of: datetime, replies: Iterable[PublicationReply] = ()
) -> list[PublishedProvider]:
    """The providers of the round by their service, never ranked, of what was locked by then.

    Eight queries, whatever the number of providers, sittings and criteria.
    """
    versions = list(with_counts(_locked_by(scoring_round, as_of)))
    by_provider: dict[int, list[ScorecardVersion]] = defaultdict(list)
    for version in versions:
        by_provider[version.scorecard.provider_id].append(version)
    corrected = _corrected_after(versions)
    said = {reply.provider_id: reply for reply in replies}
    found = [
        _provider(sheets, is_corrected_since=key in corrected, reply=said.get(key))
        for key, sheets in by_provider.items()
    ]
    return sorted(found, key=lambda each: place_of_provider(each.provider))


def published_plan(version: PlanVersion) -> PublishedPlan:
    """The frozen copy in the reader's language; one query."""
    newest = version.plan.versions.order_by("number").values_list("number", flat=True).last()
    language = reader_language()
    sections = (section(version.content, language, set()) for section in (external_section, internal_section))
    return PublishedPlan(version, newest, tuple(sections))


def shown_from(publication: Publication) -> date:
    """The first day on which anybody sees it: that of the notice, or the day after the programme's frozen days."""
    programme = publication.scoring_round.programme
    begins, ends = programme.frozen_from, programme.frozen_until
    if begins and begins <= publication.visible_from <= ends:
        return ends + timedelta(days=1)
    return publication.visible_from


# --- Scores --------------------------------------------------------------------------------------


def _locked_by(scoring_round: Round, as_of: datetime):
    """Of each community scorecard the last version that was locked by then; a later one has had no notice."""
    locked = ScorecardVersion.objects.filter(status=VersionStatus.LOCKED, locked_at__lte=as_of)
    newer = locked.filter(scorecard=OuterRef("scorecard"), number__gt=OuterRef("number"))
    return locked.filter(
        ~Exists(newer), scorecard__scoring_round=scoring_round, scorecard__kind=ScorecardKind.COMMUNITY
    )


def _corrected_after(versions: Iterable[ScorecardVersion]) -> set[int]:
    """The providers of whom a scorecard was reopened, or corrected, after these versions."""
    numbers = Q(pk__in=[])
    for version in versions:
        numbers |= Q(scorecard=version.scorecard_id, number__gt=version.number)
    found = ScorecardVersion.objects.filter(numbers).annotate(provider=F("scorecard__provider"))
    return set(found.values_list("provider", flat=True))


def _provider(
    versions: list[ScorecardVersion], *, is_corrected_since: bool, reply: PublicationReply | None
) -> PublishedProvider:
    consolidation = consolidation_of(versions, None, is_full=False)
    minimum = max(version.scorecard.programme.small_group_minimum for version in versions)
    rows = sorted((_row(row, minimum) for row in consolidation.rows), key=_by_dissatisfaction)
    return PublishedProvider(
        provider=versions[0].scorecard.provider,
        people=consolidation.people or 0,
        groups=() if consolidation.only_number else _groups(versions, minimum),
        rows=tuple(rows),
        overall=_overall(consolidation, rows),
        only_number=consolidation.only_number,
        is_corrected_since=is_corrected_since,
        reply=reply,
    )


def _row(row: CriterionRow, minimum: int) -> PublishedRow:
    """A criterion that few scored tells what those few said, however many came."""
    if row.figure is None or row.figure.people < minimum:
        return PublishedRow(row.criterion, None, None)
    return PublishedRow(row.criterion, row.figure, row.verdict)


def _by_dissatisfaction(row: PublishedRow) -> tuple:
    return (row.figure is None, -row.figure.dissatisfied.ratio if row.figure else 0)


def _overall(consolidation: Consolidation, rows: Iterable[PublishedRow]) -> Verdict | None:
    """The indicative mean of the criteria that are shown, where they are on one scale."""
    figures = [row.figure for row in rows if row.figure]
    if len({figure.points for figure in figures}) != 1:
        return None
    scorecard = consolidation.sittings[0].scorecard
    together = pooled(figures)
    differs = scoring.opinions_differ(together.counts, None, scorecard.programme.gap_flag)
    mean = scoring.overall(figure.mean for figure in figures)
    return verdict_of_mean(mean, figures[0].points, words_of(scorecard), differs=differs)


def _groups(versions: list[ScorecardVersion], minimum: int) -> tuple[GroupNumber, ...]:
    """Who scored, over all sittings. A small group is hidden with whatever would tell its number."""
    sizes: dict[str, int] = defaultdict(int)
    kinds = {group.group: group.kind for version in versions for group in version.groups.all()}
    for version in versions:
        for code, size in group_numbers(version).items():
            sizes[code] += size
    people = sizes.get(ALL, 0)
    disjoint = _of_kind(GroupKind.DISJOINT, kinds, sizes)
    if sum(disjoint.values()) != people:
        # Some sittings did not count them apart, so that they say nothing about everybody.
        disjoint = {}
    flags = {code: min(size, people) for code, size in _of_kind(GroupKind.FLAG, kinds, sizes).items()}
    hidden = suppress(table_of_groups(ALL, people, disjoint, flags), minimum)
    order = ScoringGroupCode.values
    return tuple(
        GroupNumber(
            code=code,
            label=str(ScoringGroupCode(code).label),
            kind=kinds[code],
            people=None if code in hidden else sizes[code],
            is_small=code in hidden.small,
            is_hidden=code in hidden,
        )
        for code in sorted((*disjoint, *flags), key=order.index)
        if sizes[code]
    )


def _of_kind(kind: str, kinds: dict[str, str], sizes: dict[str, int]) -> dict[str, int]:
    return {code: sizes.get(code, 0) for code, its_kind in kinds.items() if its_kind == kind}
