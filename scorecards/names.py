"""How a scorecard and a place are called in a title, a line and the path above a page, in the reader's language."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.models import Area
from isaf_portal.templatetags.isaf import digits
from scorecards.enums import ScorecardKind
from scorecards.models import ActionPlan, Round, Scorecard

Place = list[tuple[str, str]]


def name_of(scorecard: Scorecard) -> str:
    """Where and which service: "Kumru 2 · Kumru health centre"; of a self-assessment who assesses itself.

    Asks nothing where `provider` and `village` were joined.
    """
    if scorecard.kind == ScorecardKind.SELF_ASSESSMENT:
        return f"{_('Self-assessment')} · {scorecard.provider.name}"
    where = scorecard.village.name if scorecard.village else _("Whole commune")
    again = f" ({digits(scorecard.sitting)})" if scorecard.sitting > 1 else ""
    return f"{where}{again} · {scorecard.provider.name}"


def round_name(scoring_round: Round) -> str:
    """As the title of its page and as a line: "Annual round 2026 · Kumru"."""
    return _("Annual round %(year)s · %(commune)s") % {
        "year": digits(scoring_round.year),
        "commune": scoring_round.commune.name,
    }


def plan_name(plan: ActionPlan) -> str:
    """In a sentence: "action plan 2027 of Kumru". Asks nothing where `commune` was joined."""
    return _("action plan %(year)s of %(commune)s") % {
        "year": digits(plan.plan_year),
        "commune": plan.commune.name,
    }


def place_of(area: Area, *below: tuple[str, str]) -> Place:
    """The path above a page: province, district, commune, then what the page adds.

    Asks nothing where `parent__parent` was joined.
    """
    path: Place = [*below]
    while area is not None:
        path.insert(0, (area.name, ""))
        area = area.parent
    return path


def place_in_round(scoring_round: Round, *below: tuple[str, str]) -> Place:
    """The path to a page inside a round; the commune leads to the round."""
    commune = scoring_round.commune
    here = (commune.name, reverse("scorecards:round", args=[scoring_round.pk]))
    return place_of(commune.parent, here, *below)


def place_of_card(scorecard: Scorecard, *, leads_to_round: bool) -> Place:
    """The path to a page about one scorecard; the round is a link only for who may open it."""
    here = (name_of(scorecard), "")
    if scorecard.scoring_round is None:
        return [here]
    if leads_to_round:
        return place_in_round(scorecard.scoring_round, here)
    return place_of(scorecard.scoring_round.commune, here)
