"""What anybody may read of a commune today: published scores and plans, with the replies beside them. Reads alone.

Only what was announced, not withdrawn, and whose notice is over (`Publication.objects.public`); a commune without any
has a page that says so.
"""

from dataclasses import dataclass
from datetime import date

from communities.models import Area, AreaCode
from scorecards.enums import PublicationKind
from scorecards.models import Publication, PublicationReply
from scorecards.overview.published import (
    PublishedPlan,
    PublishedProvider,
    published_plan,
    published_scores,
    shown_from,
)


@dataclass(frozen=True)
class PublicScores:
    """The scores of one round: who answers for them, since when anybody reads them, and what they are."""

    publication: Publication
    shown_from: date
    providers: tuple[PublishedProvider, ...]
    commune_reply: PublicationReply | None


@dataclass(frozen=True)
class PublicPlan:
    publication: Publication
    shown_from: date
    plan: PublishedPlan
    replies: tuple[PublicationReply, ...]


@dataclass(frozen=True)
class CommunePage:
    """`years` are those of rounds of which anything is public; `year` is the one that is shown, None if there is none."""

    commune: Area
    year: int | None
    years: tuple[int, ...]
    scores: tuple[PublicScores, ...]
    plans: tuple[PublicPlan, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.scores or self.plans)

    @property
    def has_hidden_groups(self) -> bool:
        return any(each.has_hidden_groups for scores in self.scores for each in scores.providers)


def commune_of(code: str) -> Area | None:
    """The commune of this code, today's or an earlier one; None where there never was one."""
    communes = Area.objects.communes().select_related("parent__parent")
    found = communes.filter(code=code).first()
    if found is None:
        earlier = AreaCode.objects.filter(code=code, valid_to__isnull=False).order_by("valid_to").last()
        found = communes.filter(pk=earlier.area_id).first() if earlier else None
    return found


def commune_page(commune: Area, *, on: date, year: int | None = None) -> CommunePage:
    """The year that was asked for if anything of it is public, else the newest."""
    public = list(
        Publication.objects.public(on)
        .filter(scoring_round__commune=commune)
        .select_related(
            "scoring_round__programme", "scoring_round__commune", "agreement", "plan_version__plan"
        )
        .prefetch_related("replies__provider")
        .order_by("scoring_round__programme", "pk")
    )
    years = sorted({each.scoring_round.year for each in public}, reverse=True)
    shown = year if year in years else next(iter(years), None)
    of_year = [each for each in public if each.scoring_round.year == shown]
    scores = [each for each in of_year if each.kind == PublicationKind.SCORES]
    return CommunePage(
        commune=commune,
        year=shown,
        years=tuple(years),
        scores=tuple(map(_scores, scores)),
        plans=tuple(map(_plan, _newest_of_each_plan(of_year))),
    )


def _newest_of_each_plan(publications: list[Publication]) -> list[Publication]:
    newest: dict[int, Publication] = {}
    for each in publications:
        if each.kind == PublicationKind.PLAN:
            before = newest.get(each.plan_version.plan_id)
            if before is None or before.plan_version.number < each.plan_version.number:
                newest[each.plan_version.plan_id] = each
    return list(newest.values())


def _scores(publication: Publication) -> PublicScores:
    replies = publication.replies.all()
    providers = published_scores(
        publication.scoring_round,
        as_of=publication.announced_at,
        replies=[each for each in replies if each.provider_id],
    )
    return PublicScores(
        publication=publication,
        shown_from=shown_from(publication),
        providers=tuple(providers),
        commune_reply=next((each for each in replies if each.provider_id is None), None),
    )


def _plan(publication: Publication) -> PublicPlan:
    return PublicPlan(
        publication=publication,
        shown_from=shown_from(publication),
        plan=published_plan(publication.plan_version),
        replies=tuple(sorted(publication.replies.all(), key=lambda reply: reply.pk)),
    )
