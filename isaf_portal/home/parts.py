"""What stands on a person's first page beside the work that waits: rounds, plans, questions, grants, results.

Each answers for one permission and asks nothing where no role of today grants it; nothing here asks more queries for
more rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of, holds, reach
from communities.models import Cbo, CboYear, Grant
from isaf_portal.templatetags.isaf import digits
from scorecards.enums import CouncilOutcome, PlanStatus, RoundStatus
from scorecards.models import (
    ActionItem,
    ActionPlan,
    CouncilDecision,
    PlanRemark,
    PlanVersion,
    Round,
)
from scorecards.names import plan_name
from scorecards.overview.asked import shortened
from scorecards.overview.progress import RoundFacts, council_warning, count_of, facts_of

SHOWN_AT_MOST = 12
FEW = 5


@dataclass(frozen=True)
class Question:
    """What a councillor asked of a plan, and nobody has answered."""

    text: str
    language: str
    who: str
    where: str
    url: str


@dataclass(frozen=True)
class GrantRow:
    """`is_own`: the reader gives it, others run what it pays for."""

    grant: Grant
    is_own: bool
    name: str
    url: str


def rounds_to_look_after(person: User) -> list[RoundFacts]:
    """The newest open rounds in the person's sight, with the step each stands at."""
    if not holds(person, Permission.SEE_ROUNDS):
        return []
    rounds = Round.objects.filter(reach(person, Permission.SEE_ROUNDS, Round.scopes), status=RoundStatus.OPEN)
    newest = rounds.select_related("commune", "programme").order_by("-year", "commune__code", "pk")
    return list(facts_of(list(newest[:SHOWN_AT_MOST])).values())


def warnings_of(person: User, rounds: Sequence[RoundFacts], on: date) -> list[str]:
    """For those who write plans: where the council is late for the commune's investment programme, one sentence each."""
    if not holds(person, Permission.DRAFT_PLAN):
        return []
    found = [(facts.scoring_round.commune.name, council_warning(facts, on=on)) for facts in rounds]
    return [f"{commune}: {words}" for commune, words in found if words]


def missing_of_rounds(rounds: Sequence[RoundFacts]) -> list[dict]:
    """Of those who run rounds: a round without scorecards, without a day for its interface meeting, and providers
    who have not assessed themselves before it.
    """
    found = [each for facts in rounds for each in _missing_of(facts)]
    return found[:SHOWN_AT_MOST]


def _missing_of(facts: RoundFacts) -> list[dict]:
    here = facts.scoring_round
    where = f"{here.commune.name} {digits(here.year)}"
    if not facts.planned_count:
        url = reverse("scorecards:plan-round", args=[here.pk])
        return [_lack(_("The scorecards are not planned"), where, url, _("Plan"))]
    if facts.interface is not None:
        return []
    found = []
    if here.interface_on is None:
        url = reverse("scorecards:round-dates", args=[here.pk])
        found.append(_lack(_("The day of the interface meeting"), where, url, _("Set the day")))
    if facts.unassessed:
        url = reverse("scorecards:round", args=[here.pk])
        counted = f"{where} · {count_of(facts.assessed_count, len(facts.providers))}"
        found.append(_lack(_("Self-assessments of the providers"), counted, url, _("Open the round")))
    return found


def _lack(what: str, where: str, url: str, action: str) -> dict:
    return {"what": what, "where": where, "url": url, "action": action}


def missing_plans(rounds: Sequence[RoundFacts]) -> list[dict]:
    """Of the district: communes that met with their providers, and whose plan has not reached the council."""
    return [
        _lack(
            _("No action plan before the council yet"),
            f"{facts.scoring_round.commune.name} {digits(facts.scoring_round.year)}",
            reverse("scorecards:round", args=[facts.scoring_round.pk]),
            _("Open the round"),
        )
        for facts in rounds
        if facts.interface
        and (facts.plan is None or facts.plan.status in {PlanStatus.DRAFT, PlanStatus.RETURNED})
    ]


def missing_scans(person: User) -> list[dict]:
    """Of the clerk: decisions that were recorded without the photo of the signed page; a returned plan needs none."""
    if not holds(person, Permission.RECORD_DECISION):
        return []
    recorded = CouncilDecision.objects.filter(
        reach(person, Permission.RECORD_DECISION, CouncilDecision.scopes),
        scans__isnull=True,
    ).exclude(outcome=CouncilOutcome.RETURN)
    found = recorded.select_related("plan_version__plan__commune").defer("plan_version__content")
    return [
        _lack(
            _("The photo of the signed minutes"),
            plan_name(decision.plan_version.plan),
            reverse("scorecards:decision", args=[decision.plan_version_id]),
            _("Add"),
        )
        for decision in found.order_by("recorded_at", "pk")[:FEW]
    ]


def plans_in_sight(person: User) -> list[ActionPlan]:
    """The newest plans that the person may read."""
    if not (holds(person, Permission.SEE_SUBMITTED_PLANS) or holds(person, Permission.SEE_DRAFT_PLANS)):
        return []
    visible = ActionPlan.objects.visible_to(person)
    plans = ActionPlan.objects.filter(pk__in=visible.values("pk")).select_related("commune")
    return list(plans.order_by("-plan_year", "commune__code")[:FEW])


def questions_to_answer(person: User) -> list[Question]:
    """What councillors asked before the session, the longest waiting first."""
    if not holds(person, Permission.ANSWER_REMARK):
        return []
    versions = PlanVersion.objects.filter(
        reach(person, Permission.ANSWER_REMARK, PlanVersion.scopes), plan__status=PlanStatus.SUBMITTED
    )
    asked = PlanRemark.objects.filter(answered_at__isnull=True, plan_version__in=versions.values("pk"))
    found = asked.exclude(remarked_by=person).select_related(
        "remarked_by", "item", "plan_version__plan__commune"
    )
    return [
        _question(remark)
        for remark in found.defer("plan_version__content").order_by("remarked_at", "pk")[:FEW]
    ]


def _question(remark: PlanRemark) -> Question:
    return Question(
        text=shortened(remark.text),
        language=remark.text_language,
        who=remark.remarked_by.name,
        where=remark.item.activity if remark.item else plan_name(remark.plan_version.plan),
        url=reverse("scorecards:answer-remark", args=[remark.pk]),
    )


def actions_due(person: User, on: date) -> list[ActionItem]:
    """Of those who follow up in their commune: agreed actions of approved plans that end soonest, from this month on."""
    follows_up = any(
        Permission.UPDATE_ITEM in each.permissions and each.provider_id is None
        for each in assignments_of(person)
    )
    if not follows_up or holds(person, Permission.DRAFT_PLAN):
        return []  # a provider has its own with its service, whoever writes plans has them all in the list of plans
    items = ActionItem.objects.kept().filter(
        reach(person, Permission.UPDATE_ITEM, ActionItem.scopes),
        plan__status=PlanStatus.APPROVED,
        ends_on__gte=on.replace(day=1),
    )
    return list(items.select_related("plan__commune", "provider").order_by("ends_on", "pk")[:FEW])


def groups_of(person: User) -> list[Cbo]:
    """Of those who speak for a group: each with the year counted last and its numbers (`counted_in`, `members`)."""
    own = {each.cbo_id for each in assignments_of(person) if each.cbo_id}
    if not own:
        return []
    newest = CboYear.objects.filter(cbo=OuterRef("pk")).order_by("-year")[:1]
    found = Cbo.objects.filter(pk__in=own).select_related("commune").order_by("pk")
    return list(
        found.annotate(
            counted_in=Subquery(newest.values("year")),
            members=Subquery(newest.values("members_count")),
            women=Subquery(newest.values("female_count")),
        )
    )


def grants_of(person: User) -> list[GrantRow]:
    """The grants whose figures the person may read, the newest first."""
    if not holds(person, Permission.SEE_GRANTS):
        return []
    own = {each.organisation_id for each in assignments_of(person) if each.organisation_id}
    visible = Grant.objects.visible_to(person).values("pk")
    found = (
        Grant.objects.filter(pk__in=visible).select_related("donor", "programme").order_by("-starts_on", "pk")
    )
    return [
        GrantRow(
            grant,
            grant.donor_id in own,
            f"{grant.programme.name} {digits(grant.programme.phase)}".strip(),
            reverse("reports:grant", args=[grant.pk]),
        )
        for grant in found[:FEW]
    ]
