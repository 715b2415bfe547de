"""What a provider does not see yet: the community's scores of a year in which it has not assessed itself.

Whoever knows what others said of them no longer says what they think themselves. So the scores stay behind a veil
until the provider's own assessment was handed over once, and no longer than it makes sense: where the interface
meeting was held, or the round is closed, both sides have spoken about them.
"""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of
from communities.enums import MeetingKind, MeetingStatus
from communities.models import Meeting
from scorecards.enums import RoundStatus, ScorecardKind
from scorecards.models import Scorecard, ScorecardVersion


def speaks_for(person: User) -> frozenset[int]:
    """The ids of the providers that the person assesses as one of their own. Asks nothing beyond the roles."""
    return frozenset(
        assignment.provider_id
        for assignment in assignments_of(person)
        if assignment.provider_id and Permission.ENTER_SELF_ASSESSMENT in assignment.permissions
    )


def veiled_cards(person: User, cards: QuerySet[Scorecard]) -> QuerySet[Scorecard]:
    """Those of `cards` whose scores the person may not read yet, whatever other role would show them.

    A clerk who also assesses the commune's administration waits like every other provider; the team of the
    programme, which enters and checks the sheets, does not.
    """
    own = speaks_for(person)
    if not own:
        return cards.none()
    handed_over = ScorecardVersion.objects.filter(
        scorecard__kind=ScorecardKind.SELF_ASSESSMENT,
        scorecard__programme=OuterRef("programme"),
        scorecard__provider=OuterRef("provider"),
        scorecard__year=OuterRef("year"),
        submitted_at__isnull=False,
    )
    met = Meeting.objects.filter(
        kind=MeetingKind.INTERFACE,
        status=MeetingStatus.HELD,
        programme=OuterRef("programme"),
        commune=OuterRef("scoring_round__commune"),
        year=OuterRef("year"),
    )
    waiting = cards.filter(~Exists(handed_over), ~Exists(met), kind=ScorecardKind.COMMUNITY, provider__in=own)
    return waiting.exclude(scoring_round__status=RoundStatus.CLOSED).exclude(
        pk__in=Scorecard.objects.read_in_full_by(person).values("pk")
    )


def is_veiled(person: User, scorecard: Scorecard) -> bool:
    """One query, for those alone who speak for the scorecard's provider."""
    if scorecard.is_self_assessment or scorecard.provider_id not in speaks_for(person):
        return False
    return veiled_cards(person, Scorecard.objects.filter(pk=scorecard.pk)).exists()
