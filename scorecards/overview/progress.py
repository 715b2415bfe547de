"""Where a round stands: seven steps with their counts and dates, for a list of rounds or for one page.

`facts_of` costs four queries whatever the number of rounds. Counts of scorecards say nothing of their scores,
so everybody who may see the round may see them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from communities.enums import MeetingKind, MeetingStatus
from communities.models import Catchment, Meeting
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import PlanStatus, RoundStatus, ScorecardKind, VersionStatus
from scorecards.figures import last_versions
from scorecards.models import ActionPlan, Round, Scorecard

STEPS = (
    pgettext_lazy("step of a round", "Prepare"),
    gettext_lazy("Scorecard meetings"),
    gettext_lazy("Self-assessment"),
    pgettext_lazy("step of a round", "Consolidate"),
    gettext_lazy("Interface meeting"),
    gettext_lazy("Action plan"),
    pgettext_lazy("step of a round", "Follow-up"),
)
ENTERED = {VersionStatus.SUBMITTED, VersionStatus.LOCKED}

# The commune prepares its investment programme in autumn; what the council decides by the end of September
# can still become part of it (the practice year of the programme).
COUNCIL_BY = (9, 30)
WARN_FROM_DAYS = 60


@dataclass(frozen=True)
class Step:
    """One of the seven: `state` is done, now or ahead; `note` a count or a date."""

    label: str
    note: str
    state: str


@dataclass
class RoundFacts:
    """What is known of one round by counting: states of scorecards, the interface meeting, the plan."""

    scoring_round: Round
    community: list[tuple[int, str]] = field(default_factory=list)  # provider, status
    assessed: dict[int, str] = field(default_factory=dict)  # provider: status of its self-assessment
    interface: Meeting | None = None
    plan: ActionPlan | None = None

    @property
    def planned_count(self) -> int:
        return len(self.community)

    @property
    def entered_count(self) -> int:
        return sum(1 for _provider, status in self.community if status in ENTERED)

    @property
    def providers(self) -> set[int]:
        """Those who are scored in this round, or assess themselves for it."""
        return {provider for provider, _status in self.community} | set(self.assessed)

    @property
    def assessed_count(self) -> int:
        return sum(1 for status in self.assessed.values() if status in ENTERED)

    @property
    def unassessed(self) -> set[int]:
        return {provider for provider in self.providers if self.assessed.get(provider) not in ENTERED}

    @property
    def locked_count(self) -> int:
        states = [status for _provider, status in self.community] + list(self.assessed.values())
        return states.count(VersionStatus.LOCKED)

    @property
    def is_plan_approved(self) -> bool:
        return self.plan is not None and self.plan.status in {PlanStatus.APPROVED, PlanStatus.CLOSED}

    @property
    def done(self) -> tuple[bool, ...]:
        """Which of the seven steps are done. A later one can be done while an earlier one still lacks something."""
        is_entered = self.planned_count > 0 and self.entered_count == self.planned_count
        is_assessed = bool(self.providers) and not self.unassessed
        every = self.planned_count + len(self.assessed)
        return (
            self.planned_count > 0,
            is_entered,
            is_assessed,
            is_entered and is_assessed and self.locked_count == every,
            self.interface is not None,
            self.is_plan_approved,
            self.scoring_round.status == RoundStatus.CLOSED,
        )

    @property
    def number(self) -> int:
        """The step that the round stands at, 1 to 7."""
        return next((place for place, is_done in enumerate(self.done, 1) if not is_done), len(STEPS))

    @property
    def step(self) -> Step:
        """The step that the round stands at, with its count or date."""
        return self.steps[self.number - 1]

    @property
    def steps(self) -> list[Step]:
        now = self.number
        return [
            Step(str(label), note, "done" if is_done else "now" if place == now else "ahead")
            for place, (label, note, is_done) in enumerate(
                zip(STEPS, self._notes(), self.done, strict=True), 1
            )
        ]

    def _notes(self) -> tuple[str, ...]:
        held = self.interface.held_on if self.interface else self.scoring_round.interface_on
        every = self.planned_count + len(self.assessed)
        return (
            _day(self.scoring_round.starts_on or self.scoring_round.opened_at),
            count_of(self.entered_count, self.planned_count),
            count_of(self.assessed_count, len(self.providers)),
            _("locked %(count)s") % {"count": count_of(self.locked_count, every)} if every else "",
            _day(held),
            self._plan_note(),
            _("district %(day)s") % {"day": _day(self.scoring_round.district_workshop_on)}
            if self.scoring_round.district_workshop_on
            else "",
        )

    def _plan_note(self) -> str:
        if self.plan is not None and self.plan.status != PlanStatus.DRAFT:
            return self.plan.get_status_display()
        if self.scoring_round.council_on:
            return _("council %(day)s") % {"day": _day(self.scoring_round.council_on)}
        return self.plan.get_status_display() if self.plan else ""


def facts_of(rounds: Sequence[Round]) -> dict[int, RoundFacts]:
    """By the round's id; four queries."""
    facts = {each.pk: RoundFacts(each) for each in rounds}
    cards = Scorecard.objects.filter(scoring_round__in=facts)
    states = last_versions(cards, is_full=True).order_by("scorecard_id")
    for key, provider, status in states.values_list(
        "scorecard__scoring_round", "scorecard__provider", "status"
    ):
        facts[key].community.append((provider, status))
    _add_self_assessments(facts.values())
    _add_interface_meetings(facts.values())
    _add_plans(facts.values())
    return facts


def self_assessments_in(scoring_round: Round):
    """The self-assessments that appear in a round: of the providers that serve its commune, in its year."""
    serving = Catchment.objects.in_year(scoring_round.year).filter(commune=scoring_round.commune_id)
    return Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT,
        programme=scoring_round.programme_id,
        year=scoring_round.year,
        provider__in=serving.values("provider"),
    )


def count_of(some: int, every: int) -> str:
    """So many of so many: ៤ ក្នុង ៦, 4 of 6; nothing of nothing says nothing."""
    if not every:
        return ""
    return _("%(some)s of %(every)s") % {"some": number(some), "every": number(every)}


def last_council_day(scoring_round: Round) -> date:
    """The last day on which a council's decision is in time for the commune's investment programme."""
    return scoring_round.cip_on or date(scoring_round.year, *COUNCIL_BY)


def council_warning(facts: RoundFacts, *, on: date) -> str:
    """A sentence when the investment programme is near and the plan is not approved; empty else."""
    if facts.is_plan_approved or facts.scoring_round.status == RoundStatus.CLOSED:
        return ""
    last = last_council_day(facts.scoring_round)
    left = (last - on).days
    if left > WARN_FROM_DAYS:
        return ""
    words = {"days": number(left), "day": day(last)}
    if left < 0:
        return _(
            "The commune has been preparing its investment programme since %(day)s, and the action plan is not"
            " approved yet. Ask the commune whether it can still be included."
        ) % {"day": words["day"]}
    return (
        _(
            "%(days)s days are left until the commune prepares its investment programme. The council should approve the"
            " action plan by %(day)s."
        )
        % words
    )


def _day(value) -> str:
    return day(value) if value else ""


def _add_self_assessments(facts: Iterable[RoundFacts]) -> None:
    """A provider that serves several communes assesses itself once and appears in each of their rounds."""
    rounds = _by_place_and_year(facts)
    if not rounds:
        return
    cards = Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT,
        programme__in={programme for programme, _commune, _year in rounds},
        year__in={year for _programme, _commune, year in rounds},
    )
    communes = {commune for _programme, commune, _year in rounds}
    catchment = "scorecard__provider__catchments"
    found = last_versions(cards, is_full=True).filter(
        Q(**{f"{catchment}__served_from__isnull": True})
        | Q(**{f"{catchment}__served_from__year__lte": F("scorecard__year")}),
        Q(**{f"{catchment}__served_to__isnull": True})
        | Q(**{f"{catchment}__served_to__year__gte": F("scorecard__year")}),
        **{f"{catchment}__commune__in": communes},
    )
    columns = (
        "scorecard__programme",
        f"{catchment}__commune",
        "scorecard__year",
        "scorecard__provider",
        "status",
    )
    for programme, commune, year, provider, status in found.values_list(*columns):
        for each in rounds.get((programme, commune, year), ()):
            each.assessed[provider] = status


def _add_interface_meetings(facts: Iterable[RoundFacts]) -> None:
    rounds = _by_place_and_year(facts)
    held = Meeting.objects.filter(
        kind=MeetingKind.INTERFACE,
        status=MeetingStatus.HELD,
        programme__in={programme for programme, _commune, _year in rounds},
        commune__in={commune for _programme, commune, _year in rounds},
        year__in={year for _programme, _commune, year in rounds},
    ).order_by("held_on", "pk")
    for meeting in held:
        for each in rounds.get((meeting.programme_id, meeting.commune_id, meeting.year), ()):
            each.interface = meeting


def _add_plans(facts: Iterable[RoundFacts]) -> None:
    """The plan drafted from the round, or that of the next year for the same commune, which it feeds."""
    rounds = [each.scoring_round for each in facts]
    of_place = Q(commune__in={each.commune_id for each in rounds}) & Q(
        plan_year__in={each.year + 1 for each in rounds}
    )
    plans = ActionPlan.objects.filter(Q(scoring_round__in=[each.pk for each in rounds]) | of_place)
    drafted: dict[int, ActionPlan] = {}
    fed: dict[tuple[int, int], ActionPlan] = {}
    for plan in plans.order_by("plan_year"):
        drafted.setdefault(plan.scoring_round_id, plan)
        fed[plan.commune_id, plan.plan_year] = plan
    for each in facts:
        key = (each.scoring_round.commune_id, each.scoring_round.year + 1)
        each.plan = drafted.get(each.scoring_round.pk) or fed.get(key)


def _by_place_and_year(facts: Iterable[RoundFacts]) -> dict[tuple[int, int, int], list[RoundFacts]]:
    found: dict[tuple[int, int, int], list[RoundFacts]] = defaultdict(list)
    for each in facts:
        key = (each.scoring_round.programme_id, each.scoring_round.commune_id, each.scoring_round.year)
        found[key].append(each)
    return found
