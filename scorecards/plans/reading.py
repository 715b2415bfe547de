"""A submitted version of a plan as the council reads it: of the frozen copy alone, in words, one card an action."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import ngettext

from accounts.models import User
from isaf_portal.lib.formats import rounded_half_up
from isaf_portal.templatetags.isaf import number, reader_language
from scorecards import scoring
from scorecards.figures import Verdict
from scorecards.models import ActionItem, PlanReading, PlanRemark, PlanVersion
from scorecards.plans.changes import changes_between
from scorecards.plans.content import items
from scorecards.plans.freezing import first_source
from scorecards.plans.money import route_icon
from scorecards.plans.rows import Row, external_section, internal_section
from scorecards.plans.scores import PlanScores, key_of, read_scores
from scorecards.plans.sheet import correction_lines


@dataclass(frozen=True)
class ReadItem:
    """One action. `row` holds its finished texts; `is_read` is the reader's own mark, which nobody else sees."""

    pk: int
    row: Row
    riel: int | None
    verdict: Verdict | None
    route_icon: str
    is_read: bool
    remarks: tuple[PlanRemark, ...]

    @property
    def anchor(self) -> str:
        return f"item-{self.pk}"


@dataclass(frozen=True)
class ReadGroup:
    """The actions of section ក, or of one provider."""

    heading: str
    items: tuple[ReadItem, ...]


@dataclass(frozen=True)
class ReadSection:
    letter: str
    heading: str
    groups: tuple[ReadGroup, ...]


@dataclass(frozen=True)
class PlanToRead:
    version: PlanVersion
    sections: tuple[ReadSection, ...]
    corrections: tuple[str, ...]
    before: PlanVersion | None
    changes: tuple[str, ...]
    whole_plan_remarks: tuple[PlanRemark, ...]
    remarks_count: int

    @property
    def items_count(self) -> int:
        return sum(1 for _item in self.items)

    @property
    def read_count(self) -> int:
        return sum(1 for item in self.items if item.is_read)

    @property
    def first_unread(self) -> ReadItem | None:
        return next((item for item in self.items if not item.is_read), None)

    @property
    def changes_heading(self) -> str:
        count = len(self.changes)
        said = ngettext(
            "%(count)s change since the last version:", "%(count)s changes since the last version:", count
        )
        return said % {"count": number(count)}

    @property
    def items(self) -> Iterator[ReadItem]:
        for section in self.sections:
            for group in section.groups:
                yield from group.items


def read_plan(version: PlanVersion, person: User, *, sees_remarks: bool) -> PlanToRead:
    """The version for this reader; the number of queries does not depend on its actions."""
    content = version.content
    remarks = _remarks(version) if sees_remarks else []
    before = version.plan.versions.filter(number__lt=version.number).order_by("number").last()
    return PlanToRead(
        version=version,
        sections=tuple(_sections(version, person, remarks)),
        corrections=tuple(correction_lines(content, reader_language())),
        before=before,
        changes=tuple(changes_between(before.content, content)) if before else (),
        whole_plan_remarks=tuple(remark for remark in remarks if remark.item_id is None),
        remarks_count=len(remarks),
    )


def _sections(version: PlanVersion, person: User, remarks: list[PlanRemark]) -> Iterator[ReadSection]:
    read = set(
        PlanReading.objects.filter(plan_version=version, read_by=person).values_list("item_id", flat=True)
    )
    verdicts = _verdicts(version, person)
    contents = items(version.content)
    corrected = {correction["row"] for correction in version.content["corrections"]}

    def read_item(row: Row) -> ReadItem:
        # The rows of the paper stand in the order of the copy.
        item = next(contents)
        return ReadItem(
            pk=item["id"],
            row=row,
            riel=item["cost_riel"],
            verdict=verdicts.get(item["id"]),
            route_icon=route_icon(item),
            is_read=item["id"] in read,
            remarks=tuple(remark for remark in remarks if remark.item_id == item["id"]),
        )

    for section_of in (external_section, internal_section):
        section = section_of(version.content, reader_language(), corrected)
        groups = [ReadGroup(group.heading, tuple(map(read_item, group.rows))) for group in section.groups]
        yield ReadSection(section.letter, section.heading, tuple(groups))


def _remarks(version: PlanVersion) -> list[PlanRemark]:
    return list(version.remarks.select_related("remarked_by", "answered_by").order_by("remarked_at", "pk"))


def _verdicts(version: PlanVersion, person: User) -> dict[int, Verdict]:
    """By the action: the figure of the copy, with the word of today's score only where that is still the same."""
    figures = {
        item["id"]: Decimal(item["target_score"]) for item in items(version.content) if item["target_score"]
    }
    sources = {
        item.pk: first_source(item)
        for item in ActionItem.objects.filter(pk__in=figures).prefetch_related("sources")
    }
    rounds = {source.scoring_round_id for source in sources.values() if source}
    scores = read_scores(Q(scoring_round__in=rounds), person, is_full=False)
    points = version.plan.scoring_round.programme.scale_points
    return {key: _verdict(figure, sources.get(key), scores, points) for key, figure in figures.items()}


def _verdict(figure: Decimal, source, scores: PlanScores, points: int) -> Verdict:
    scored = scores.find(key_of(source)) if source else None
    verdict = scored.row.verdict if scored else None
    if verdict and rounded_half_up(verdict.mean, 1) == figure:
        return verdict
    # The copy keeps the figure alone, and a word that hides a split room is worse than none.
    return Verdict(figure, scoring.face(scoring.word_score(figure, points), points), "")
