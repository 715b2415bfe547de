"""The service that a person speaks for: its assessment of itself, its interface meeting, its agreed actions.

`own_services` costs six queries, whatever the number of providers, communes and actions, and none for people who
speak for no provider.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import Scopes, reach
from communities.enums import MeetingKind, MeetingStatus
from communities.models import Catchment, Meeting, ServiceProvider
from communities.models.areas import PRACTICE_PROVINCE
from isaf_portal.templatetags.isaf import day, digits, month, weekday
from scorecards.enums import PlanStatus, RoundStatus, ScorecardKind, VersionStatus
from scorecards.figures import last_versions
from scorecards.models import ActionItem, Round, Scorecard, ScorecardVersion
from scorecards.overview.veil import speaks_for

# A provider by its own role alone: roles of areas, organisations and programmes reach none this way.
OWN = Scopes(provider="pk", practice=Q(located_in__code__startswith=PRACTICE_PROVINCE))
# Plans that were handed to the council; what is still drafted may change.
READABLE_PLANS = (PlanStatus.SUBMITTED, PlanStatus.RETURNED, PlanStatus.APPROVED, PlanStatus.CLOSED)

Next = dict[str, str | bool]


@dataclass
class OwnService:
    """One provider in one programme and year, the newest first; without a year nobody has planned anything for it.

    `rounds` are those of its catchment that score it, `meetings` the interface meetings known of them by commune.
    """

    provider: ServiceProvider
    year: int | None = None
    rounds: list[Round] = field(default_factory=list)
    community: list[ScorecardVersion] = field(default_factory=list)
    assessment: ScorecardVersion | None = None
    meetings: dict[str, Meeting] = field(default_factory=dict)
    actions: list[ActionItem] = field(default_factory=list)

    @property
    def url(self) -> str:
        address = reverse("scorecards:own-service", args=[self.provider.pk])
        return f"{address}?year={self.year}" if self.year else address

    @property
    def is_assessed(self) -> bool:
        """Handed over once; a returned assessment is corrected, the veil does not fall again."""
        return self.assessment is not None and self.assessment.submitted_at is not None

    @property
    def is_to_do(self) -> bool:
        """Whether the provider has to work on its assessment now."""
        if self.open_round is None:
            return False
        return self.assessment is None or self.assessment.is_editable

    @property
    def open_round(self) -> Round | None:
        return next((each for each in self.rounds if each.status == RoundStatus.OPEN), None)

    @property
    def is_met(self) -> bool:
        return bool(self.rounds) and all(self.is_met_in(each) for each in self.rounds)

    def is_met_in(self, scoring_round: Round) -> bool:
        """Whether the interface meeting of this commune was held."""
        meeting = self.meetings.get(scoring_round.commune_id)
        return meeting is not None and meeting.status == MeetingStatus.HELD

    @property
    def locked_count(self) -> int:
        return sum(version.is_locked for version in self.community)

    @property
    def villages_count(self) -> int:
        return len(
            {version.scorecard.village_id for version in self.community if version.scorecard.village_id}
        )

    def meeting_day(self, scoring_round: Round) -> date | None:
        """The day of the interface meeting as far as it is known: of the meeting itself, else as planned."""
        meeting = self.meetings.get(scoring_round.commune_id)
        if meeting is None:
            return scoring_round.interface_on
        is_known = meeting.status in {MeetingStatus.PLANNED, MeetingStatus.HELD}
        return meeting.held_on if is_known else None

    def next_meeting(self, on: date) -> tuple[Round, date] | None:
        """The nearest interface meeting from this day on."""
        known = [(each, self.meeting_day(each)) for each in self.rounds]
        ahead = [(each, held) for each, held in known if held and held >= on and not self.is_met_in(each)]
        return min(ahead, key=lambda pair: pair[1], default=None)

    def next(self, on: date) -> Next | None:
        """The one thing to do now: assess oneself, then come to the interface meeting."""
        if self.is_to_do:
            return self._assess()
        if (meeting := self.next_meeting(on)) is None:
            return None
        return {
            "title": _("Come to the interface meeting: %(weekday)s %(day)s")
            % {"weekday": weekday(meeting[1]), "day": day(meeting[1])},
            "note": meeting[0].commune.name,
            "url": f"{self.url}#prepare",
            "label": _("Prepare answers"),
        }

    def _assess(self) -> Next:
        words = {"provider": self.provider.name, "year": digits(self.year)}
        if self.assessment is None:
            return {
                "title": _("Assess yourselves: %(provider)s %(year)s") % words,
                "note": _("The staff agree on one score for each criterion."),
                "url": reverse("scorecards:begin-assessment", args=[self.provider.pk]),
                "label": pgettext("button", "Begin"),
                "post": True,
            }
        is_returned = self.assessment.status == VersionStatus.RETURNED
        title = _("Correct your self-assessment: %(provider)s %(year)s") if is_returned else None
        return {
            "title": (title or _("Assess yourselves: %(provider)s %(year)s")) % words,
            "note": _("Returned: “%(reason)s”") % {"reason": self.assessment.return_reason}
            if is_returned
            else _("The staff agree on one score for each criterion."),
            "url": reverse("scorecards:self-assessment", args=[self.assessment.scorecard_id]),
            "label": pgettext("button", "Correct") if is_returned else _("Continue"),
        }


def own_providers(person: User) -> QuerySet[ServiceProvider]:
    """The providers that the person speaks for as one of their own."""
    return ServiceProvider.objects.filter(reach(person, Permission.ENTER_SELF_ASSESSMENT, OWN))


def own_services(person: User) -> list[OwnService]:
    """The newest year of each provider of the person, one row for each programme that scores it in that year."""
    found = []
    for services in services_by_provider(person).values():
        newest = max((service.year or 0 for service in services), default=0)
        found += [service for service in services if (service.year or 0) == newest]
    return found


def services_by_provider(person: User) -> dict[int, list[OwnService]]:
    """Every year of every provider of the person, the newest year first; a provider of no year has one bare row."""
    if not speaks_for(person):
        return {}
    joined = ("located_in__parent__parent", "service_type")
    providers = {
        each.pk: each for each in own_providers(person).select_related(*joined).distinct().order_by("pk")
    }
    services = _services(providers)
    _add_meetings(services.values())
    actions = _actions(providers)
    found: dict[int, list[OwnService]] = {}
    for key, provider in providers.items():
        own = [service for place, service in services.items() if place[0] == key] or [OwnService(provider)]
        for service in own:
            service.actions = actions[key]
        found[key] = sorted(own, key=lambda service: -(service.year or 0))
    return found


def _services(providers: dict[int, ServiceProvider]) -> dict[tuple[int, int, int], OwnService]:
    """By (provider, programme, year): what is scored of it, and the rounds of its catchment that score it."""
    joined = ("scorecard__village", "scorecard__scoring_round__commune")
    cards = Scorecard.objects.filter(provider__in=providers)
    services: dict[tuple[int, int, int], OwnService] = {}
    for version in last_versions(cards, is_full=True).select_related(*joined).order_by("pk"):
        card = version.scorecard
        key = (card.provider_id, card.programme_id, card.year)
        service = services.setdefault(key, OwnService(providers[card.provider_id], card.year))
        if card.kind == ScorecardKind.SELF_ASSESSMENT:
            service.assessment = version
            continue
        service.community.append(version)
        if card.scoring_round not in service.rounds:
            service.rounds.append(card.scoring_round)
    _add_rounds_served(services)
    for service in services.values():
        service.rounds.sort(key=lambda each: (each.commune.code, each.pk))
    return services


def _add_rounds_served(services: dict[tuple[int, int, int], OwnService]) -> None:
    """A self-assessment appears in every round of the catchment, where nothing else of the provider is planned too."""
    assessed = {key: service for key, service in services.items() if service.assessment}
    catchments = Catchment.objects.filter(provider__in={key[0] for key in assessed}).select_related("commune")
    rounds = Round.objects.filter(
        programme__in={key[1] for key in assessed},
        year__in={key[2] for key in assessed},
        commune__catchments__provider__in={key[0] for key in assessed},
    )
    known: dict[tuple[int, int, str], Round] = {
        (each.programme_id, each.year, each.commune_id): each
        for each in rounds.select_related("commune").distinct()
    }
    for catchment in catchments:
        for (provider, programme, year), service in assessed.items():
            scoring_round = known.get((programme, year, catchment.commune_id))
            is_served = provider == catchment.provider_id and _served_in(catchment, year)
            if is_served and scoring_round and scoring_round not in service.rounds:
                service.rounds.append(scoring_round)


def _served_in(catchment: Catchment, year: int) -> bool:
    begins, ends = catchment.served_from, catchment.served_to
    return (begins is None or begins.year <= year) and (ends is None or ends.year >= year)


def _add_meetings(services: Iterable[OwnService]) -> None:
    """What was held counts before what is planned, and the last planned before an earlier one."""
    rounds = {each.pk: each for service in services for each in service.rounds}.values()
    found = Meeting.objects.filter(
        kind=MeetingKind.INTERFACE,
        programme__in={each.programme_id for each in rounds},
        commune__in={each.commune_id for each in rounds},
        year__in={each.year for each in rounds},
    ).exclude(status=MeetingStatus.CANCELLED)
    known = {}
    for meeting in sorted(found, key=lambda each: (each.status == MeetingStatus.HELD, each.held_on)):
        known[meeting.programme_id, meeting.commune_id, meeting.year] = meeting
    for service in services:
        for each in service.rounds:
            if meeting := known.get((each.programme_id, each.commune_id, each.year)):
                service.meetings[each.commune_id] = meeting


def _actions(providers: Iterable[int]) -> dict[int, list[ActionItem]]:
    """The agreed actions of each provider in plans that went to the council, the newest plan first."""
    kept = ActionItem.objects.kept().filter(provider__in=providers, plan__status__in=READABLE_PLANS)
    found: dict[int, list[ActionItem]] = defaultdict(list)
    for item in kept.select_related("plan__commune").order_by("-plan__plan_year", "ends_on", "order", "pk"):
        found[item.provider_id].append(item)
    return found


# --- Agreed actions -------------------------------------------------------------------------------


@dataclass(frozen=True)
class ActionRow:
    """One agreed action as its provider reads it; `state` is a badge, `note` the month that was planned."""

    item: ActionItem
    state: str
    note: str


def action_rows(service: OwnService, on: date) -> list[ActionRow]:
    """The actions of the newest plan. Whether one is done is not known here, only what was planned and decided."""
    newest = max((item.plan.plan_year for item in service.actions), default=0)
    return [_action(item, on) for item in service.actions if item.plan.plan_year == newest]


def _action(item: ActionItem, on: date) -> ActionRow:
    last = item.ends_on or item.starts_on
    note = _("planned for %(month)s") % {"month": month(last)} if last else _("the month is not planned yet")
    if item.plan.status not in {PlanStatus.APPROVED, PlanStatus.CLOSED}:
        return ActionRow(item, "planned", _("%(note)s · the council has not decided yet") % {"note": note})
    is_late = last is not None and (last.year, last.month) < (on.year, on.month)
    return ActionRow(item, "late" if is_late else "planned", note)
