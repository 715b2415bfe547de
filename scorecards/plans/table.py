"""The thirteen columns of a plan in work, as its page shows them: rows with the low score behind them, and sums."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communities.enums import WordKey
from communities.models import ServiceProvider
from communities.words import words_of
from isaf_portal.templatetags.isaf import digits, reader_language
from scorecards.enums import ItemRoute, PlanSection
from scorecards.figures import Verdict
from scorecards.models import ActionItem, ActionPlan, Criterion, PlanRemark
from scorecards.plans.content import Cost, cost_of
from scorecards.plans.missing import anchor_of, place_of
from scorecards.plans.outline import Outline, ProviderItems
from scorecards.plans.rows import SECTION_LETTERS, unknown_costs_sentence
from scorecards.plans.scores import PlanScores

ROUTE_ICONS = {
    ItemRoute.COMMUNE: "hall",
    ItemRoute.DISTRICT: "up",
    ItemRoute.LINE_OFFICE: "health",
    ItemRoute.GIVER: "people",
}


@dataclass(frozen=True)
class Behind:
    """The low score behind an action. Without a verdict nobody scored it, or the reader may not see it."""

    criterion: Criterion
    verdict: Verdict | None


@dataclass(frozen=True)
class ItemRow:
    """One action. `label` is its number with the letter of its section, as the reader writes it."""

    item: ActionItem
    number: int
    label: str
    anchor: str
    behind: tuple[Behind, ...]
    remarks: tuple[PlanRemark, ...]
    is_first: bool
    is_last: bool

    @property
    def in_other_language(self) -> tuple[str, str] | None:
        """The activity in the language that the reader does not read, with its code; None where there is none."""
        first, second = ("km", "en") if reader_language() == "km" else ("en", "km")
        texts = {language: getattr(self.item, f"activity_{language}") for language in (first, second)}
        return (second, texts[second]) if texts[first] and texts[second] else None

    @property
    def says_target(self) -> bool:
        return bool(self.item.target_km or self.item.target_en)

    @property
    def route_icon(self) -> str:
        return ROUTE_ICONS.get(self.item.route, "flag")

    @property
    def quantity_places(self) -> int:
        """A quantity is shown with the decimals it was given."""
        quantity = self.item.quantity
        return 0 if quantity is None else max(0, -quantity.normalize().as_tuple().exponent)


@dataclass(frozen=True)
class RowGroup:
    """Rows under one sub-heading; section ក has one group without a provider."""

    number: int
    provider: ServiceProvider | None
    rows: tuple[ItemRow, ...]


@dataclass(frozen=True)
class TableSection:
    code: str
    letter: str
    heading: str
    groups: tuple[RowGroup, ...]
    cost: Cost

    @property
    def unknown_costs(self) -> str:
        return unknown_costs_sentence(self.cost, reader_language())


@dataclass(frozen=True)
class PlanTable:
    sections: tuple[TableSection, ...]
    cost: Cost
    items_count: int

    @property
    def unknown_costs(self) -> str:
        return unknown_costs_sentence(self.cost, reader_language())

    def row_of(self, item: ActionItem) -> ItemRow | None:
        rows = (row for section in self.sections for group in section.groups for row in group.rows)
        return next((row for row in rows if row.item.pk == item.pk), None)


def plan_table(
    plan: ActionPlan, outline: Outline, scores: PlanScores, remarks: Iterable[PlanRemark] = ()
) -> PlanTable:
    """The plan as it stands now; one query, for the programme's words."""
    said: dict[int, list[PlanRemark]] = {}
    for remark in remarks:
        said.setdefault(remark.item_id, []).append(remark)
    words = words_of(plan.scoring_round.programme)
    language = reader_language()

    def rows(numbered: Sequence[tuple[int, ActionItem]]) -> tuple[ItemRow, ...]:
        last = len(numbered) - 1
        return tuple(
            _row(number, item, scores, said, is_first=place == 0, is_last=place == last)
            for place, (number, item) in enumerate(numbered)
        )

    def section(place: int, code: str, word: WordKey, groups: Iterable[ProviderItems | None]) -> TableSection:
        made = tuple(
            RowGroup(
                number, group.provider if group else None, rows(group.items if group else outline.external)
            )
            for number, group in enumerate(groups, start=1)
        )
        items = [row.item for group in made for row in group.rows]
        letter = SECTION_LETTERS[language][place]
        return TableSection(code, letter, words[word][language], made, cost_of_items(items))

    everything = [item for _number, item in outline]
    return PlanTable(
        sections=(
            section(0, PlanSection.EXTERNAL, WordKey.EXTERNAL_HEADING, [None]),
            section(1, PlanSection.INTERNAL, WordKey.INTERNAL_HEADING, outline.internal),
        ),
        cost=cost_of_items(everything),
        items_count=len(everything),
    )


def cost_of_items(items: Iterable[ActionItem]) -> Cost:
    return cost_of([{"cost_riel": item.cost_riel} for item in items])


def label_of(number: int, item: ActionItem) -> str:
    """ក.១ or A.1."""
    return digits(place_of(number, item))


def behind_item(item: ActionItem, scores: PlanScores) -> tuple[Behind, ...]:
    """The scores that an action answers, the first named first."""
    found = []
    for source in sorted(item.sources.all(), key=lambda source: source.pk):
        scored = scores.behind(source)
        found.append(Behind(source.criterion, scored.row.verdict if scored else None))
    return tuple(found)


def _row(
    number: int, item: ActionItem, scores: PlanScores, said: dict, *, is_first: bool, is_last: bool
) -> ItemRow:
    return ItemRow(
        item=item,
        number=number,
        label=label_of(number, item),
        anchor=anchor_of(item),
        behind=behind_item(item, scores),
        remarks=tuple(said.get(item.pk, ())),
        is_first=is_first,
        is_last=is_last,
    )
