"""What stands on a person's first page beside the work that waits: roles, rounds, plans, results.

Nothing here asks more queries for more rows.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ROLES, Permission
from communities.access import assignments_of, holds
from communities.models import Assignment
from isaf_portal.templatetags.isaf import digits
from scorecards.enums import RoundStatus
from scorecards.models import ActionPlan, Round, Scorecard
from scorecards.overview.card_rows import CardRow, card_rows
from scorecards.overview.progress import RoundFacts, count_of, facts_of

SHOWN_AT_MOST = 12


@dataclass(frozen=True)
class HeldRole:
    """A role of today in words: its name, where it holds, what it is for."""

    name: str
    where: str
    description: str


def roles_held(person: User) -> list[HeldRole]:
    """One query more than the roles themselves, for the names of what they hang on."""
    held = Assignment.objects.filter(pk__in=[each.pk for each in assignments_of(person)]).select_related(
        "area", "organisation", "programme", "provider", "cbo"
    )
    return [
        HeldRole(str(ROLES[each.role].name), _where(each), str(ROLES[each.role].description))
        for each in held.order_by("pk")
    ]


def rounds_to_look_after(person: User) -> list[RoundFacts]:
    """The newest open rounds in the person's sight, with the step each stands at."""
    if not holds(person, Permission.SEE_ROUNDS):
        return []
    visible = Round.objects.visible_to(person)
    rounds = Round.objects.filter(pk__in=visible.values("pk"), status=RoundStatus.OPEN)
    newest = rounds.select_related("commune", "programme").order_by("-year", "commune__code", "pk")
    return list(facts_of(list(newest[:SHOWN_AT_MOST])).values())


def missing_self_assessments(rounds: list[RoundFacts]) -> list[dict]:
    """Of the rounds that have scorecards and no interface meeting yet: providers who have not assessed themselves."""
    return [
        {
            "what": _("Self-assessments of the providers"),
            "where": f"{each.scoring_round.commune.name} {digits(each.scoring_round.year)}"
            f" · {count_of(each.assessed_count, len(each.providers))}",
            "url": reverse("scorecards:round", args=[each.scoring_round.pk]),
            "action": _("Open the round"),
        }
        for each in rounds
        if each.unassessed and each.interface is None
    ]


def plans_in_sight(person: User) -> list[ActionPlan]:
    """The newest plans that the person may read."""
    if not (holds(person, Permission.SEE_SUBMITTED_PLANS) or holds(person, Permission.SEE_DRAFT_PLANS)):
        return []
    visible = ActionPlan.objects.visible_to(person)
    plans = ActionPlan.objects.filter(pk__in=visible.values("pk")).select_related("commune")
    return list(plans.order_by("-plan_year", "commune__code")[:SHOWN_AT_MOST])


def own_results(person: User) -> list[CardRow]:
    """Of a provider: its newest locked scorecards, and its own assessment."""
    providers = {each.provider_id for each in assignments_of(person) if each.provider_id}
    if not providers:
        return []
    visible = Scorecard.objects.visible_to(person).filter(provider__in=providers)
    newest = Scorecard.objects.filter(pk__in=visible.values("pk")).order_by("-year", "-pk")[:SHOWN_AT_MOST]
    return card_rows(list(newest), is_full=False)


def _where(assignment: Assignment) -> str:
    scopes = (
        assignment.provider,
        assignment.cbo,
        assignment.area,
        assignment.organisation,
        assignment.programme,
    )
    return " · ".join(scope.name for scope in scopes if scope is not None)
