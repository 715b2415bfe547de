"""Planning the year: rounds of many communes at once, the scorecards of a round, and who enters them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from communities.enums import AreaLevel, MeetingKind, MeetingStatus
from communities.models import Area, Catchment, Facilitator, Organisation, Programme, ServiceProvider
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.enums import RoundStep, ScorecardKind, VersionStatus
from scorecards.models import Round, Scorecard
from scorecards.operations.calendar import plan_meeting
from scorecards.operations.days import refuse_days_elsewhere
from scorecards.operations.rounds import open_round
from scorecards.operations.scorecards import plan_scorecard
from scorecards.overview.planning import Wanted


class PlanningRefused(Refused):
    """The year cannot be planned like this; the message says what to change, `missing` where there are several faults."""


@transaction.atomic
def open_rounds(
    *, programme: Programme, organisation: Organisation, year: int, communes: Sequence[Area],
    dates: Mapping[RoundStep, date | None], by: User,
) -> list[Round]:  # fmt: skip
    """Begin the year in several communes with the same planned days: in all of them or, where one cannot, in none.

    The refusal names every commune that cannot and why.
    """
    if not communes:
        raise PlanningRefused(_("Choose at least one commune."))
    refuse_days_elsewhere(year, *dates.values())
    opened, faults = [], []
    for commune in dict.fromkeys(communes):
        try:
            opened.append(
                open_round(
                    programme=programme, commune=commune, year=year, organisation=organisation, by=by,
                    **{f"{step}_on": on for step, on in dates.items()},
                )
            )  # fmt: skip
        except Refused as refusal:
            faults.append(f"{commune.name} ({commune.code}): {refusal}")
    if faults:
        raise PlanningRefused(now_in_words("No round was opened. ") + " ".join(faults), missing=faults)
    return opened


@transaction.atomic
def begin_year(*, copies_scorecards: bool, by: User, **wanted) -> list[Round]:
    """`open_rounds` with its arguments, then the scorecards of last year planned again where there was a round."""
    opened = open_rounds(**wanted, by=by)
    for scoring_round in opened if copies_scorecards else ():
        copy_last_year(scoring_round=scoring_round, by=by)
    return opened


@transaction.atomic
def plan_scorecards(
    *, scoring_round: Round, wanted: Sequence[Wanted], facilitators: Sequence[Facilitator] = (), by: User
) -> list[Scorecard]:
    """See to it that the round has these scorecards; only what lacks is added, so the same list can come twice.

    A day is set where the sitting has none; one that stands is never moved here (`put_off_meeting` asks why).
    Answers the scorecards that are new.
    """
    scoring_round = Round.objects.select_for_update(of=("self",)).get(pk=scoring_round.pk)
    standing = _standing(scoring_round)
    added = []
    for each in wanted:
        key = (each.kind, each.provider.pk, each.village.pk if each.village else None)
        card = standing.get(key)
        if card is None:
            card = standing[key] = plan_scorecard(
                scoring_round=scoring_round,
                provider=each.provider,
                kind=each.kind,
                village=each.village,
                by=by,
            )
            added.append(card)
        if each.held_on and not _has_day(card):
            is_self = each.kind == ScorecardKind.SELF_ASSESSMENT
            plan_meeting(
                scoring_round=scoring_round, held_on=each.held_on, village=each.village, provider=each.provider,
                kind=MeetingKind.SELF_ASSESSMENT if is_self else MeetingKind.SCORECARD, facilitators=facilitators,
                by=by,
            )  # fmt: skip
    return added


@transaction.atomic
def put_year_plan(
    *, scoring_round: Round, wanted: Sequence[Wanted], no_longer: Sequence[Scorecard],
    enters: Mapping[int, User | None], facilitators: Sequence[Facilitator], by: User,
) -> list[Scorecard]:  # fmt: skip
    """Bring a round's plan to what its table says, in one go: what is wanted is added, what nobody began and nobody
    wants is taken out, and the people of `enters` (by the provider's id) are to enter its community scorecards.
    """
    for scorecard in no_longer:
        remove_planned_scorecard(scorecard=scorecard, by=by)
    added = plan_scorecards(scoring_round=scoring_round, wanted=wanted, facilitators=facilitators, by=by)
    for card in Scorecard.objects.filter(scoring_round=scoring_round, provider__in=enters).order_by("pk"):
        assign_scorecard(scorecard=card, person=enters[card.provider_id], by=by)
    return added


@transaction.atomic
def remove_planned_scorecard(*, scorecard: Scorecard, by: User) -> None:
    """Take a scorecard out of the plan while nothing was done with it; its planned meeting goes with it.

    A meeting that was put off or cancelled stays, for its reason.
    """
    now = timezone.now()
    scorecard = (
        Scorecard.objects.select_for_update(of=("self",)).select_related("meeting").get(pk=scorecard.pk)
    )
    version, meeting = current_version(scorecard), scorecard.meeting
    if not is_untouched(scorecard, version):
        raise PlanningRefused(
            _("Something is entered in this scorecard already, so it stays: %(name)s.")
            % {"name": scorecard.provider.name}
        )
    area, key = scorecard.place.code, scorecard.pk
    version.delete()
    scorecard.delete()
    if meeting and meeting.status == MeetingStatus.PLANNED and not meeting.changes.exists():
        meeting.delete()
    record(
        "scorecards.scorecard.unplanned", noun="scorecard", object_id=key, by=by, at=now, area=area,
        kind=scorecard.kind, provider=scorecard.provider_id,
    )  # fmt: skip


@transaction.atomic
def copy_last_year(*, scoring_round: Round, by: User) -> list[Scorecard]:
    """Plan the scorecards of the commune's last round again: the same providers and villages, as far as they still
    are. Days are not copied. Answers what is new.
    """
    return plan_scorecards(scoring_round=scoring_round, wanted=wanted_as_last_year(scoring_round), by=by)


@transaction.atomic
def assign_scorecard(*, scorecard: Scorecard, person: User | None, by: User) -> Scorecard:
    """Say who is to enter a scorecard, or that it is whoever works there (None). It narrows nobody's rights."""
    now = timezone.now()
    scorecard = Scorecard.objects.select_for_update(of=("self",)).get(pk=scorecard.pk)
    if person is not None and person.pk == by.pk:
        person = by  # who practises has roles in practice only while the session says so
    if person is not None and not can(person, _to_enter(scorecard), on=scorecard):
        raise PlanningRefused(
            _("%(person)s cannot enter this scorecard: give them the role there first.")
            % {"person": person.name}
        )
    if scorecard.assigned_to_id == (person.pk if person else None):
        return scorecard
    scorecard.assigned_to = person
    scorecard.save(update_fields=["assigned_to"])
    record(
        "scorecards.scorecard.assigned", noun="scorecard", object_id=scorecard.pk, by=by, at=now,
        area=scorecard.place.code, person=person.pk if person else None,
    )  # fmt: skip
    return scorecard


# --- What is asked above --------------------------------------------------------------------------


def last_round(scoring_round: Round) -> Round | None:
    """The commune's round of an earlier year in the same programme."""
    earlier = Round.objects.filter(
        programme=scoring_round.programme_id, commune=scoring_round.commune_id, year__lt=scoring_round.year
    )
    return earlier.order_by("-year").first()


def wanted_as_last_year(scoring_round: Round) -> list[Wanted]:
    """The sittings and self-assessments of the last round that can be planned again: the provider still works and
    serves the commune, the village still is.
    """
    before = last_round(scoring_round)
    if before is None:
        return []
    serving = Catchment.objects.in_year(scoring_round.year).filter(commune=scoring_round.commune_id)
    providers = ServiceProvider.objects.filter(pk__in=serving.values("provider")).select_related(
        "service_type"
    )
    working = {each.pk: each for each in providers if not _closed_before(each, scoring_round.year)}
    villages = Area.objects.current().filter(level=AreaLevel.VILLAGE, parent=scoring_round.commune)
    places = {village.pk: village for village in villages}
    found: dict[tuple, Wanted] = {}
    for card in _in_round(before):
        provider, village = working.get(card.provider_id), places.get(card.village_id)
        by_village = (
            card.kind == ScorecardKind.COMMUNITY and provider and provider.service_type.is_scored_by_village
        )
        if provider and bool(village) == bool(by_village):
            found[card.kind, provider.pk, card.village_id] = Wanted(provider, village, kind=card.kind)
    return list(found.values())


def is_untouched(scorecard: Scorecard, version) -> bool:
    """Whether nothing was done with a planned scorecard but to give it a day or a person."""
    return (
        version.number == 1
        and version.status == VersionStatus.DRAFT
        and version.revision == 0
        and version.left_early_count is None
        and not version.criteria.exists()
        and not version.groups.exists()
        and not version.saves.exists()
        and (scorecard.meeting is None or scorecard.meeting.status != MeetingStatus.HELD)
    )


def _closed_before(provider: ServiceProvider, year: int) -> bool:
    return bool(provider.active_to and provider.active_to.year < year)


def _in_round(scoring_round: Round) -> Iterable[Scorecard]:
    """The scorecards of a round, then the self-assessments of the providers that serve its commune."""
    serving = Catchment.objects.in_year(scoring_round.year).filter(commune=scoring_round.commune_id)
    yield from (
        Scorecard.objects.filter(scoring_round=scoring_round)
        .select_related("meeting")
        .order_by("sitting", "pk")
    )
    yield from Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT, programme=scoring_round.programme_id, year=scoring_round.year,
        provider__in=serving.values("provider"),
    ).select_related("meeting").order_by("pk")  # fmt: skip


def _standing(scoring_round: Round) -> dict[tuple, Scorecard]:
    """The first sitting of each kind, provider and village."""
    found: dict[tuple, Scorecard] = {}
    for card in _in_round(scoring_round):
        found.setdefault((card.kind, card.provider_id, card.village_id), card)
    return found


def _has_day(card: Scorecard) -> bool:
    return card.meeting is not None and card.meeting.status != MeetingStatus.CANCELLED


def _to_enter(scorecard: Scorecard) -> Permission:
    return (
        Permission.ENTER_SELF_ASSESSMENT if scorecard.is_self_assessment else Permission.ENTER_COMMUNITY_TALLY
    )
