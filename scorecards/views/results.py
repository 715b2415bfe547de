"""Results of one sitting, and the consolidation of all sittings of a provider."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from accounts.models import User
from accounts.roles import Permission
from communities.access import can, requires
from communities.models import ServiceProvider
from scorecards.consolidation import provider_consolidation
from scorecards.enums import PlanSection, ScorecardKind, VersionStatus
from scorecards.figures import newest_versions
from scorecards.models import ActionPlan, Round, Scorecard, ScorecardVersion
from scorecards.names import name_of, place_in_round, place_of_card
from scorecards.overview.progress import facts_of
from scorecards.overview.veil import is_veiled, veiled_cards
from scorecards.results import SittingResult, sitting_result


@signed_in
@require_safe
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may see the scorecard may read its results: the team as it stands, others once it is locked."""
    scorecard = get_object_or_404(visible_scorecards(request.user), pk=pk)
    if is_veiled(request.user, scorecard):
        return veil_page(request, scorecard)
    version, is_full = readable_version(request.user, scorecard)
    result = sitting_result(version, is_full=is_full)
    sees_round = can_open_round(request.user, version.scorecard)
    page = {
        "title": _("Results · %(name)s") % {"name": name_of(version.scorecard)},
        "state": version.status,
        "place": place_of_card(version.scorecard, leads_to_round=sees_round),
        "practice": version.scorecard.place.is_practice,
        "result": result,
        "after": next_of_results(request.user, result, sees_round=sees_round),
        "may_ask": version.is_locked and can(request.user, Permission.REQUEST_REOPENING, on=scorecard),
    }
    return TemplateResponse(request, "scorecards/results/scorecard_results.html", page)


@requires(Permission.SEE_ROUNDS, Round, related=("commune__parent__parent", "programme"))
@require_safe
def consolidation(request: HttpRequest, scoring_round: Round, provider_pk: int) -> HttpResponse:
    cards = Scorecard.objects.filter(
        pk__in=visible_scorecards(request.user).values("pk"),
        kind=ScorecardKind.COMMUNITY,
        scoring_round=scoring_round,
        provider=provider_pk,
    )
    provider = get_object_or_404(ServiceProvider, pk=provider_pk, catchments__commune=scoring_round.commune)
    if veiled := veiled_cards(request.user, cards).first():
        return veil_page(request, veiled)
    is_full = can(request.user, Permission.SEE_SCORECARDS, on=scoring_round)
    found = provider_consolidation(cards, is_full=is_full)
    add_item = address_for_items(request.user, scoring_round, provider)
    page = {
        "title": _("Consolidation · %(provider)s") % {"provider": provider.name},
        "place": place_in_round(scoring_round, (provider.name, "")),
        "practice": scoring_round.commune.is_practice,
        "consolidation": found,
        "new_items": {row.criterion.pk: f"{add_item}&criterion={row.criterion.pk}" for row in found.rows}
        if add_item
        else {},
    }
    return TemplateResponse(request, "scorecards/results/provider_consolidation.html", page)


def veil_page(request: HttpRequest, scorecard: Scorecard) -> TemplateResponse:
    """Of a provider that has not assessed itself yet: no scores, and the way to its own assessment."""
    page = {
        "title": _("Results · %(name)s") % {"name": name_of(scorecard)},
        "place": place_of_card(scorecard, leads_to_round=False),
        "practice": scorecard.place.is_practice,
        "next": {
            "title": _("First the staff say what they think themselves"),
            "note": _("As soon as you submit your self-assessment, the community’s scores stand here."),
            "url": reverse("scorecards:own-service", args=[scorecard.provider_id]),
            "label": _("My service"),
        },
        "missing": [],
    }
    return TemplateResponse(request, "scorecards/results/veiled.html", page)


def visible_scorecards(person: User):
    """As a subquery, since a lookup over many rows may find a scorecard twice."""
    visible = Scorecard.objects.visible_to(person)
    return Scorecard.objects.filter(pk__in=visible.values("pk"))


def readable_version(person: User, scorecard: Scorecard) -> tuple[ScorecardVersion, bool]:
    """The newest version that the person may read, and whether in full: as the team, or of one's own assessment."""
    is_full = Scorecard.objects.read_in_full_by(person).filter(pk=scorecard.pk).exists()
    version = newest_versions(Scorecard.objects.filter(pk=scorecard.pk), is_full=is_full).first()
    if version is None:
        raise Http404
    return version, is_full


def can_open_round(person: User, scorecard: Scorecard) -> bool:
    if scorecard.scoring_round is None:
        return False
    return can(person, Permission.SEE_ROUNDS, on=scorecard.scoring_round)


def next_of_results(person: User, result: SittingResult, *, sees_round: bool) -> dict | None:
    """What the reader may do with the results: check them, or see them beside the other sittings."""
    scorecard = result.scorecard
    if result.version.status == VersionStatus.SUBMITTED and can(
        person, Permission.LOCK_SCORECARD, on=scorecard
    ):
        return {
            "title": _("Check this scorecard"),
            "note": "",
            "url": reverse("scorecards:check", args=[scorecard.pk]),
            "label": pgettext("button", "Check"),
        }
    if not sees_round:
        return None
    return {
        "title": _("See all sittings of this provider"),
        "note": _("The consolidation is what the interface meeting is prepared from."),
        "url": reverse("scorecards:consolidation", args=[scorecard.scoring_round_id, scorecard.provider_id]),
        "label": _("Consolidation"),
    }


def address_for_items(person: User, scoring_round: Round, provider: ServiceProvider) -> str:
    """Where an agreed action on a criterion is written down; empty without a plan that this person may draft."""
    plan: ActionPlan | None = facts_of([scoring_round])[scoring_round.pk].plan
    if plan is None or not plan.is_editable or not can(person, Permission.DRAFT_PLAN, on=plan):
        return ""
    wanted = {"section": PlanSection.INTERNAL, "provider": provider.pk, "round": scoring_round.pk}
    return f"{reverse('scorecards:add-item', args=[plan.pk])}?{urlencode(wanted)}"
