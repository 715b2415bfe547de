"""Where a scorecard hangs on the scopes of roles: a community scorecard by its round, a self-assessment by its provider."""

from django.db.models import Q

from communities.access import Scopes
from scorecards.enums import ScorecardKind


def scorecard_scopes(path: str = "") -> tuple[Scopes, Scopes]:
    """The two ways, for a table that reaches the scorecard by `path` ("version__scorecard__")."""
    shared = {
        "organisation": f"{path}organisation",
        "programme": f"{path}programme",
        "provider": f"{path}provider",
    }
    of_kind = {kind: Q(**{f"{path}kind": kind}) for kind in ScorecardKind}
    return (
        Scopes(area=f"{path}scoring_round__commune__code", where=of_kind[ScorecardKind.COMMUNITY], **shared),
        Scopes(
            area=f"{path}provider__located_in__code", where=of_kind[ScorecardKind.SELF_ASSESSMENT], **shared
        ),
    )


# A health centre serves several communes: once locked, its self-assessment is read in each of them, by whoever works
# there in the programme. It is entered only where the provider stands (`scorecard_scopes`).
SERVED = Scopes(
    area="provider__catchments__commune__code",
    organisation="programme__partners__organisation",
    programme="programme",
    provider="provider",
    where=Q(kind=ScorecardKind.SELF_ASSESSMENT),
)
