"""Brings the practice plans to their stages: drafted, before the council, approved, returned."""

from datetime import date

from scorecards.enums import CouncilOutcome, PlanSection
from scorecards.models import ActionPlan, PlanVersion, Round
from scorecards.operations.action_plans import draft_action_plan, put_action_item
from scorecards.operations.council import (
    confirm_council_decision,
    record_council_decision,
    remark_on_plan,
)
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.plans.content import content_hash
from scorecards.plans.freezing import content_of
from scorecards.practice.actions import APPROVED, Action, Plan
from scorecards.practice.calendar import happened
from scorecards.practice.places import CHIEF_OF, CLERK_OF, FACILITATOR_OF
from scorecards.practice.world import World
from scorecards.standards.lists import Text


def build_plan(world: World, scoring_round: Round, spec: Plan) -> ActionPlan:
    facilitator = world.people[FACILITATOR_OF[spec.commune]]
    plan = draft_action_plan(scoring_round=scoring_round, by=facilitator)
    happened(plan, _day(world, spec, spec.drafted), "drafted")
    for action in spec.actions:
        provider, criterion = (
            world.providers[action.provider],
            world.criterion(action.provider, action.criterion),
        )
        put_action_item(
            plan=plan, fields=_fields(world, plan, action), by=facilitator,
            sources=[(scoring_round, provider, criterion)],
        )  # fmt: skip
    if spec.submitted:
        version = submit_action_plan(plan=plan, by=facilitator)
        _hand_over_on(version, _day(world, spec, spec.submitted))
        for login, text in (spec.remarks or {}).items():
            remark = remark_on_plan(plan_version=version, text=text, by=world.people[login])
            happened(remark, _day(world, spec, spec.submitted), "remarked", hour=15)
        if spec.outcome:
            _decide(world, spec, version)
    return plan


def _day(world: World, spec: Plan, month_and_day: str) -> date:
    return world.calendar.day(month_and_day, years_ago=spec.years_ago)


def _fields(world: World, plan: ActionPlan, action: Action) -> dict:
    texts = {
        "activity": action.activity, "proposer": action.proposer, "location": action.location,
        "unit": action.unit, "lead": action.lead, "partners": action.partners,
    }  # fmt: skip
    first, last = (date(plan.plan_year, month, 1) for month in action.months)
    people, women = action.people
    return {name: said for field, text in texts.items() for name, said in _columns(field, text)} | {
        "section": PlanSection.EXTERNAL if action.route else PlanSection.INTERNAL,
        "provider": None if action.route else world.providers[action.provider],
        "quantity": action.quantity, "starts_on": first, "ends_on": last, "beneficiaries_count": people,
        "female_count": women, "cost_riel": action.riel, "route": action.route,
    }  # fmt: skip


def _columns(field: str, text: Text) -> list[tuple[str, str]]:
    return [(f"{field}_km", text.km), (f"{field}_en", text.en)]


def _hand_over_on(version: PlanVersion, on: date) -> None:
    """The paper carries the day of the practice year, so the copy is made of the same plan once more for that day.

    In the transaction that made it: nobody has read it yet, and its papers are asked for when it is committed.
    """
    happened(version, on, "frozen")
    version.content = content_of(version.plan, number=version.number, submitted_on=on, is_draft=False)
    version.sha256 = content_hash(version.content)
    version.save(update_fields=["content", "sha256"])
    happened(version.plan, on, "submitted")


def _decide(world: World, spec: Plan, version: PlanVersion) -> None:
    held_on = _day(world, spec, spec.held)
    present, women, members = spec.present
    is_approved = spec.outcome == APPROVED
    decision = record_council_decision(
        plan_version=version, session_number=f"{spec.session}/{held_on.year}", held_on=held_on,
        present_count=present, present_female_count=women, council_size=members,
        outcome=CouncilOutcome.APPROVE if is_approved else CouncilOutcome.RETURN, reason=spec.answer,
        agrees_to_publish=is_approved, by=world.people[CLERK_OF[spec.commune]],
    )  # fmt: skip
    chief = world.people[CHIEF_OF[spec.commune]]
    decision = confirm_council_decision(decision=decision, by=chief)
    happened(decision, held_on, "recorded", "settled", hour=16)
    happened(decision.confirmations.get(), held_on, "confirmed", hour=16)
    happened(version.plan, held_on, "approved" if is_approved else "returned", hour=16)
