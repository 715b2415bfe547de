"""From the tables to the frozen copy of a plan, whose shape is `scorecards.plans.content`.

The copy takes every word that a reader of the paper sees, so that names, kinds of places and the programme's
words stand on it for ever as they were on that day.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from communities.enums import AreaKind, MeetingKind, MeetingStatus, WordKey
from communities.models import Area, Meeting, ServiceProvider
from communities.words import words_of
from isaf_portal.lib.formats import rounded_half_up
from scorecards.consolidation import provider_consolidation
from scorecards.enums import ItemRoute, ScorecardKind
from scorecards.models import ActionItem, ActionPlan, ClericalCorrection, Round, Scorecard
from scorecards.plans.content import LANGUAGES, MOST_SIGNATURES, SCHEMA, problems_in
from scorecards.plans.correcting import corrections_in
from scorecards.plans.outline import Outline, outline_of, place_of_provider

NOTHING = dict.fromkeys(LANGUAGES, "")
WORDS_ON_PAPER = (
    WordKey.PLAN_TITLE,
    WordKey.PLAN_SHORT,
    WordKey.EXTERNAL_HEADING,
    WordKey.INTERNAL_HEADING,
)
TEXTS = ("activity", "proposer", "target", "location", "unit", "lead", "partners")


class UnfitContent(ValueError):
    """The copy has not the shape that prints need: a slip of this module, not of a person."""


@dataclass(frozen=True)
class SigningProviders:
    """Whose signatures the paper has room for, and who receives a copy without signing."""

    signing: tuple[ServiceProvider, ...]
    without_room: tuple[ServiceProvider, ...]

    def __iter__(self):
        yield from self.signing
        yield from self.without_room


def content_of(
    plan: ActionPlan,
    *,
    number: int,
    submitted_on: date | None,
    is_draft: bool,
    corrections: Iterable[ClericalCorrection] = (),
) -> dict:
    """The frozen copy of the plan as it stands now. `submitted_on` is the date on the paper; None in a draft only.
    `corrections` are the clerical ones that the paper lists.

    The number of queries depends on the providers behind low scores, never on the number of actions.
    """
    commune = Area.objects.select_related("parent__parent").get(pk=plan.commune_id)
    outline = outline_of(plan)
    providers = signing_providers(plan, outline)
    words = words_of(plan.scoring_round.programme)
    meeting = plan.meeting or interface_meeting_of(plan.scoring_round)
    content = {
        "schema": SCHEMA,
        "practice": commune.is_practice,
        "draft": is_draft,
        "document_code": f"JAAP-{commune.code}-{plan.plan_year}",
        "plan_year": plan.plan_year,
        "version": number,
        "submitted_on": _iso(submitted_on),
        "meeting_on": _iso(meeting.held_on if meeting else None),
        "commune": _area(commune),
        "district": _area(commune.parent),
        "province": _area(commune.parent.parent),
        "words": {key.value: words[key] for key in WORDS_ON_PAPER},
        **_sections(outline),
        "copies_to": _copies_to(providers, commune),
        "signatures": _signatures(plan, providers, commune, words),
        "corrections": corrections_in(outline, corrections),
    }
    if problems := problems_in(content):
        raise UnfitContent("; ".join(problems))
    return content


def interface_meeting_of(scoring_round: Round) -> Meeting | None:
    """The last interface meeting that was held in the round; None until there is one."""
    return (
        Meeting.objects.filter(
            kind=MeetingKind.INTERFACE,
            status=MeetingStatus.HELD,
            programme=scoring_round.programme_id,
            commune=scoring_round.commune_id,
            year=scoring_round.year,
        )
        .order_by("held_on", "pk")
        .last()
    )


def signing_providers(plan: ActionPlan, outline: Outline) -> SigningProviders:
    """First those who act in section ខ, then the others that the round scored, as far as the paper has room."""
    acting = outline.providers
    scored = ServiceProvider.objects.filter(
        scorecards__scoring_round=plan.scoring_round_id, scorecards__kind=ScorecardKind.COMMUNITY
    )
    others = scored.exclude(pk__in=[provider.pk for provider in acting]).select_related("service_type")
    everybody = (*acting, *sorted(others.distinct(), key=place_of_provider))
    # Beside the facilitator, the chief and, where the programme wants it, a witness.
    room = MOST_SIGNATURES - (3 if plan.scoring_round.programme.has_witness_signature else 2)
    return SigningProviders(everybody[:room], everybody[room:])


class PooledScores:
    """The pooled score behind an action, of what is locked now; each provider of a round is read once.

    Where so few people scored that only their number may be shown, there is no score on the paper either.
    """

    def __init__(self) -> None:
        self._means: dict[tuple[int, int], dict[int, Decimal | None]] = {}

    def behind(self, item: ActionItem) -> Decimal | None:
        """That of the first source; None without a source, or while nobody scored it."""
        source = first_source(item)
        if source is None:
            return None
        key = (source.scoring_round_id, source.provider_id)
        if key not in self._means:
            self._means[key] = self._read(*key)
        return self._means[key].get(source.criterion_id)

    def _read(self, round_id: int, provider_id: int) -> dict[int, Decimal | None]:
        scorecards = Scorecard.objects.filter(
            kind=ScorecardKind.COMMUNITY, scoring_round=round_id, provider=provider_id
        )
        rows = provider_consolidation(scorecards, is_full=False).rows
        return {row.criterion.pk: row.figure.mean if row.figure else None for row in rows}


def first_source(item: ActionItem):
    """The low score that the action answers first of all: the one that was named first."""
    return min(item.sources.all(), key=lambda source: source.pk, default=None)


def _sections(outline: Outline) -> dict:
    scores = PooledScores()
    return {
        "external": [_item(number, item, scores) for number, item in outline.external],
        "internal": [
            {
                "provider": _columns(group.provider, "name"),
                "items": [_item(number, item, scores) for number, item in group.items],
            }
            for group in outline.internal
        ],
    }


def _item(number: int, item: ActionItem, scores: PooledScores) -> dict:
    score = scores.behind(item)
    source = first_source(item)
    texts = {field: _columns(item, field) for field in TEXTS}
    if source and texts["target"] == NOTHING:
        texts["target"] = _columns(source.criterion, "text")
    return texts | {
        "id": item.pk,
        "number": number,
        "target_score": None if score is None else f"{rounded_half_up(score, 1):f}",
        "quantity": None if item.quantity is None else f"{item.quantity.normalize():f}",
        "start": _iso(item.starts_on),
        "end": _iso(item.ends_on),
        "beneficiaries": item.beneficiaries_count,
        "female": item.female_count,
        "cost_riel": item.cost_riel,
        "route": in_each_language(lambda: str(ItemRoute(item.route).label)) if item.route else NOTHING,
        "status": in_each_language(lambda: _("Not started")),
    }


def _copies_to(providers: SigningProviders, commune: Area) -> list[dict]:
    def district_administration() -> str:
        kind = str(AreaKind(commune.parent.kind).label)
        return pgettext("copy to", "%(kind)s administration") % {"kind": kind}

    return [
        *(_columns(provider, "name") for provider in providers),
        in_each_language(district_administration),
        in_each_language(lambda: pgettext("copy to", "file")),
    ]


def _signatures(plan: ActionPlan, providers: SigningProviders, commune: Area, words: dict) -> list[dict]:
    """Places to sign; names are written by hand, so that nobody's name is on a paper that they did not see."""
    chief = WordKey.CHIEF_SANGKAT if commune.kind == AreaKind.SANGKAT else WordKey.CHIEF_KHUM
    witness = [("witness", words[WordKey.WITNESS])]
    places = [
        ("facilitator", words[WordKey.COMMUNITY_FACILITATOR]),
        *(("provider", _columns(provider, "name")) for provider in providers.signing),
        *(witness if plan.scoring_round.programme.has_witness_signature else []),
        ("chief", words[chief]),
    ]
    return [{"role": role, "title": title, "name": NOTHING} for role, title in places]


def in_each_language(say: Callable[[], str]) -> dict[str, str]:
    """What the catalogue says, in each language of the paper."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = say()
    return said


def _area(area: Area) -> dict:
    kind = in_each_language(lambda: str(AreaKind(area.kind).label))
    return {"code": area.code, "kind": kind, "name": _columns(area, "name")}


def _columns(row, field: str) -> dict[str, str]:
    return {language: getattr(row, f"{field}_{language}") or "" for language in LANGUAGES}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
