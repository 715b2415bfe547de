"""One interface meeting as its pages need it: the agenda, where the round stands, what may be written down, by when."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from communities.enums import AreaKind, WordKey
from communities.models import ServiceProvider
from communities.words import words_of
from scorecards.interface.agenda import Agenda, agenda_of
from scorecards.interface.steps import why_not_now
from scorecards.models import Round
from scorecards.overview.progress import RoundFacts, facts_of


@dataclass(frozen=True)
class Meeting:
    """`why_not` is the sentence that says why nothing can be agreed now; empty where it can."""

    agenda: Agenda
    facts: RoundFacts
    why_not: str

    @property
    def scoring_round(self) -> Round:
        return self.agenda.scoring_round

    @property
    def plan_year(self) -> int:
        return self.facts.plan.plan_year if self.facts.plan else self.scoring_round.year + 1

    @property
    def months(self) -> list[date]:
        """From which "when" is chosen: from the month of the meeting to the end of the plan's year."""
        held = self.facts.interface.held_on if self.facts.interface else self.scoring_round.interface_on
        last = (self.plan_year, 12)
        first = min((held.year, held.month) if held else last, (self.plan_year, 1))
        count = (last[0] - first[0]) * 12 + last[1] - first[1] + 1
        places = range(first[1] - 1, first[1] - 1 + count)
        return [date(first[0] + place // 12, place % 12 + 1, 1) for place in places]

    @cached_property
    def _chief(self) -> str:
        is_sangkat = self.scoring_round.commune.kind == AreaKind.SANGKAT
        key = WordKey.CHIEF_SANGKAT if is_sangkat else WordKey.CHIEF_KHUM
        return words_of(self.scoring_round.programme)[key]["km"]

    def leads_of(self, provider: ServiceProvider) -> list[str]:
        """Whom the form offers as leading: who leads something already, the provider, the chief."""
        before = [item.lead_km for point in self.agenda.points for item in point.items if item.lead_km]
        return list(dict.fromkeys([*before, provider.name_km, self._chief]))


def meeting_of(scoring_round: Round, person: User) -> Meeting:
    """The same number of queries whatever the number of points."""
    facts = facts_of([scoring_round])[scoring_round.pk]
    may_draft = facts.plan is None or can(person, Permission.DRAFT_PLAN, on=facts.plan)
    return Meeting(
        agenda_of(scoring_round, person), facts, why_not_now(scoring_round, facts, may_draft_plan=may_draft)
    )
