"""Which scorecards a round has, and the meeting that each was scored at."""

from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from communities.enums import AreaLevel, MeetingKind, MeetingStatus
from communities.models import Area, Meeting, ServiceProvider
from communities.operations.meetings import correct_meeting, record_meeting
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.enums import RoundStatus, ScorecardKind
from scorecards.models import Round, Scale, Scorecard, ScorecardVersion
from scorecards.operations.versions import editable_version, note


class ScorecardRefused(Refused):
    """The scorecard cannot be planned like this; the message says what to change."""


@transaction.atomic
def plan_scorecard(
    *, scoring_round: Round, provider: ServiceProvider, kind: str, village: Area | None = None, by: User
) -> Scorecard:
    """Add a sitting of a provider to the round, with its first version, or the provider's assessment of itself.

    A further sitting of the same provider and village takes the next number. A self-assessment is one for the
    programme, the provider and the year: where it exists, that one is answered.
    """
    now = timezone.now()
    scoring_round = (
        Round.objects.select_for_update(of=("self",))
        .select_related("programme", "commune", "organisation")
        .get(pk=scoring_round.pk)
    )
    # A provider serves several communes, so the lock of the round alone would let two self-assessments in.
    provider = (
        ServiceProvider.objects.select_for_update(of=("self",))
        .select_related("service_type", "located_in")
        .get(pk=provider.pk)
    )
    _refuse(scoring_round, provider, kind)
    is_self = kind == ScorecardKind.SELF_ASSESSMENT
    _refuse_village(scoring_round, provider, village, is_self=is_self)
    if is_self and (existing := _self_assessment(scoring_round, provider).first()):
        return existing
    scorecard = Scorecard.objects.create(
        kind=kind, programme=scoring_round.programme, organisation=scoring_round.organisation,
        year=scoring_round.year, scoring_round=None if is_self else scoring_round, provider=provider,
        village=village, sitting=1 if is_self else _next_sitting(scoring_round, provider, village),
        scale=_scale_of(scoring_round),
    )  # fmt: skip
    version = ScorecardVersion.objects.create(scorecard=scorecard)
    note(
        "scorecards.scorecard.planned", version, by=by, at=now, kind=kind, provider=provider.pk,
        village=village.code if village else None, sitting=scorecard.sitting,
    )  # fmt: skip
    return scorecard


@transaction.atomic
def record_scorecard_meeting(*, scorecard: Scorecard, client_id: UUID | str, by: User, **fields) -> Meeting:
    """Write down the meeting at which this was scored, or correct it: made at the first call, then one and the same.

    `fields` are those of `record_meeting` that the scorecard does not fix itself (date, times, place, method,
    language, facilitators, notes, status, attendance).
    """
    version = editable_version(current_version(scorecard))
    scorecard = Scorecard.objects.select_for_update(of=("self",)).get(pk=scorecard.pk)
    if scorecard.meeting_id:
        # Whoever writes down who came says that it was held: a planned, postponed or cancelled one was after all.
        held = {"status": MeetingStatus.HELD, "status_reason": ""} | fields
        return correct_meeting(meeting=scorecard.meeting, by=by, **held)
    is_self = scorecard.is_self_assessment
    meeting = record_meeting(
        client_id=client_id, kind=MeetingKind.SELF_ASSESSMENT if is_self else MeetingKind.SCORECARD,
        programme=scorecard.programme, organisation=scorecard.organisation,
        commune=_commune_of(version.scorecard), year=scorecard.year, village=scorecard.village,
        provider=scorecard.provider, by=by, **fields,
    )  # fmt: skip
    if meeting.scorecards.exclude(pk=scorecard.pk).exists():
        raise ScorecardRefused(_("This page was used for another meeting. Load it again, then save."))
    scorecard.meeting = meeting
    scorecard.save(update_fields=["meeting"])
    return meeting


def _refuse(scoring_round: Round, provider: ServiceProvider, kind: str) -> None:
    if kind not in ScorecardKind.values:
        raise ScorecardRefused(_("Choose whether the community or the provider scores."))
    if scoring_round.status != RoundStatus.OPEN:
        raise ScorecardRefused(_("This round is not open, so nothing can be added to it."))
    if not provider.serves(scoring_round.commune, scoring_round.year):
        raise ScorecardRefused(_("This provider does not serve the commune."))
    if provider.active_to and provider.active_to.year < scoring_round.year:
        raise ScorecardRefused(_("This provider closed before the year of the round."))


def _refuse_village(
    scoring_round: Round, provider: ServiceProvider, village: Area | None, *, is_self: bool
) -> None:
    by_village = provider.service_type.is_scored_by_village and not is_self
    if village is None and by_village:
        raise ScorecardRefused(_("This service is scored village by village: choose the village."))
    if village is not None and not by_village:
        raise ScorecardRefused(_("This is scored once for the commune: leave the village empty."))
    if village is not None and (
        village.level != AreaLevel.VILLAGE or village.parent_id != scoring_round.commune.code
    ):
        raise ScorecardRefused(_("This village does not lie in the commune."))


def _self_assessment(scoring_round: Round, provider: ServiceProvider):
    return Scorecard.objects.filter(
        kind=ScorecardKind.SELF_ASSESSMENT, programme=scoring_round.programme, provider=provider,
        year=scoring_round.year,
    )  # fmt: skip


def _next_sitting(scoring_round: Round, provider: ServiceProvider, village: Area | None) -> int:
    same = Scorecard.objects.filter(
        kind=ScorecardKind.COMMUNITY, scoring_round=scoring_round, provider=provider, village=village
    )
    return (same.aggregate(last=Max("sitting"))["last"] or 0) + 1


def _scale_of(scoring_round: Round) -> Scale:
    scale = Scale.objects.filter(points=scoring_round.programme.scale_points).order_by("pk").first()
    if scale is None:
        raise ScorecardRefused(
            _("The words of the programme's scale are not set up yet. Ask the administrator.")
        )
    return scale


def _commune_of(scorecard: Scorecard) -> Area:
    """Of a self-assessment that in which the provider stands, or the first it serves."""
    if scorecard.scoring_round:
        return scorecard.scoring_round.commune
    located_in = scorecard.provider.located_in
    commune = Area.objects.communes().filter(code=located_in.code[:6]).first()
    served = scorecard.provider.catchments.in_year(scorecard.year).select_related("commune")
    return commune or served.order_by("commune__code").first().commune
