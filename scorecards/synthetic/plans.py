"""The action plans of the synthetic rounds, with their frozen versions and what the council decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from communities.models import ServiceProvider
from isaf_portal.lib.formats import rounded_half_up
from scorecards.enums import CouncilOutcome, ItemRoute, PlanSection, PlanStatus
from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    Criterion,
    DecisionConfirmation,
    ItemSource,
    PlanVersion,
    Round,
)
from scorecards.plans.content import content_hash
from scorecards.plans.content import items as items_of
from scorecards.plans.freezing import content_of
from scorecards.scoring import mean
from scorecards.synthetic.country import BATCH, Commune, Country
from scorecards.synthetic.sheets import Pooled, moment

FEWEST_ITEMS, MOST_ITEMS = 8, 14
STAGES = (PlanStatus.APPROVED,) * 5 + (PlanStatus.SUBMITTED,) * 3 + (PlanStatus.DRAFT,) * 2
COSTS = (0, 400_000, 2_500_000, 8_000_000, 24_000_000, 60_000_000)  # riel


def build_plans(
    country: Country,
    communes: Sequence[Commune],
    rounds: Sequence[Round],
    pooled: Pooled,
    *,
    rng: Random,
    is_last_year: bool,
) -> None:
    plans = ActionPlan.objects.bulk_create(
        [
            _plan(commune, scoring_round, rng.choice(STAGES) if is_last_year else PlanStatus.APPROVED)
            for commune, scoring_round in zip(communes, rounds, strict=True)
        ],
        batch_size=BATCH,
    )
    items = [
        item
        for commune, plan in zip(communes, plans, strict=True)
        for item in _items(country, commune, plan, rng)
    ]
    ActionItem.objects.bulk_create([item for item, _ in items], batch_size=BATCH)
    # Frozen before the sources are there: reading the scores back for each plan would take minutes.
    _freeze(plans, communes, _scores(items, pooled))
    ItemSource.objects.bulk_create(
        [
            ItemSource(
                item=item, scoring_round=item.plan.scoring_round, provider=source.provider, criterion=source.criterion
            )
            for item, source in items
        ],
        batch_size=BATCH,
    )  # fmt: skip


@dataclass(frozen=True)
class _Source:
    """The low score that an action answers."""

    provider: ServiceProvider
    criterion: Criterion


def _scores(items: Sequence[tuple[ActionItem, _Source]], pooled: Pooled) -> dict[int, str]:
    """By action, the pooled score behind it as the paper writes it."""
    found = {}
    for item, source in items:
        counts = pooled.get((item.plan.scoring_round_id, source.provider.pk, source.criterion.pk))
        if counts:
            found[item.pk] = f"{rounded_half_up(mean(counts), 1):f}"
    return found


def _plan(commune: Commune, scoring_round: Round, status: str) -> ActionPlan:
    year = scoring_round.year
    plan = ActionPlan(
        commune=commune.area, plan_year=year + 1, scoring_round=scoring_round, status=status,
        drafted_at=moment(year, 7, 20), drafted_by=commune.facilitator,
    )  # fmt: skip
    if status != PlanStatus.DRAFT:
        plan.submitted_at, plan.submitted_by = moment(year, 8, 12), commune.facilitator
    if status == PlanStatus.APPROVED:
        plan.approved_at, plan.approved_by = moment(year, 8, 29), commune.chief
    return plan


def _items(
    country: Country, commune: Commune, plan: ActionPlan, rng: Random
) -> list[tuple[ActionItem, _Source]]:
    found = []
    for order in range(1, rng.randint(FEWEST_ITEMS, MOST_ITEMS) + 1):
        provider = rng.choice(commune.providers)
        criterion = rng.choice(country.criteria[provider.service_type_id])
        is_external = rng.random() < 0.5
        first = rng.randint(1, 9)
        people = rng.randint(100, 9000)
        item = ActionItem(
            plan=plan, section=PlanSection.EXTERNAL if is_external else PlanSection.INTERNAL,
            provider=None if is_external else provider, order=order,
            activity_km=f"កែលម្អ៖ {criterion.text_km}", activity_en=f"Improve: {criterion.text_en}",
            target_km=criterion.text_km, target_en=criterion.text_en, proposer_km=rng.choice(commune.villages).name_km, location_km=commune.area.name_km,
            quantity=rng.randint(1, 12), unit_km="ដង", unit_en="times", starts_on=date(plan.plan_year, first, 1),
            ends_on=date(plan.plan_year, rng.randint(first, 12), 1), beneficiaries_count=people,
            female_count=people // 2, cost_riel=rng.choice(COSTS), lead_km="មេឃុំ", lead_en="Commune chief",
            route=rng.choice(ItemRoute.values) if is_external else "",
        )  # fmt: skip
        found.append((item, _Source(provider, criterion)))
    return found


def _freeze(plans: Sequence[ActionPlan], communes: Sequence[Commune], scores: dict[int, str]) -> None:
    """What the council had before it, copied by the portal's own function, and its decision where it took one."""
    versions, decisions = [], []
    for plan, commune in zip(plans, communes, strict=True):
        if plan.status == PlanStatus.DRAFT:
            continue
        content = content_of(plan, number=1, submitted_on=plan.submitted_at.date(), is_draft=False)
        for item in items_of(content):
            item["target_score"] = scores.get(item["id"])
        version = PlanVersion(
            plan=plan, number=1, content=content, sha256=content_hash(content), frozen_at=plan.submitted_at,
            frozen_by=commune.facilitator,
        )  # fmt: skip
        versions.append(version)
        if plan.status == PlanStatus.APPROVED:
            decisions.append((version, commune))
    PlanVersion.objects.bulk_create(versions, batch_size=BATCH)
    rows = CouncilDecision.objects.bulk_create(
        [_decision(version, commune) for version, commune in decisions], batch_size=BATCH
    )
    DecisionConfirmation.objects.bulk_create(
        [
            DecisionConfirmation(decision=row, confirmed_at=row.settled_at, confirmed_by=commune.chief)
            for row, (_, commune) in zip(rows, decisions, strict=True)
        ],
        batch_size=BATCH,
    )


def _decision(version: PlanVersion, commune: Commune) -> CouncilDecision:
    year = version.plan.plan_year - 1
    return CouncilDecision(
        plan_version=version, session_number=f"08/{year}", held_on=date(year, 8, 28), present_count=6,
        present_female_count=2, council_size=7, outcome=CouncilOutcome.APPROVE, recorded_at=moment(year, 8, 29),
        recorded_by=commune.clerk, settled_at=moment(year, 8, 29, hour=4),
    )  # fmt: skip
