"""What a provider is scored by: chosen from the list of its service, or proposed by the meeting itself."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import ServiceProvider
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import CriterionKind, RoundStatus
from scorecards.models import (
    Criterion,
    Round,
    ScorecardCriterion,
    ScorecardVersion,
    SuggestedAction,
    Tally,
    TallyConflict,
)
from scorecards.operations.versions import editable_version, note

MOST_CRITERIA = 10
LONGEST_CRITERION = 200  # characters


class CriteriaRefused(Refused):
    """These criteria cannot be chosen or added; the message names the one that stands against it."""


@transaction.atomic
def add_own_criterion(
    *,
    scoring_round: Round,
    provider: ServiceProvider,
    text_km: str,
    by: User,
    text_en: str = "",
    client_id: UUID | str | None = None,
) -> Criterion:
    """Keep what a meeting proposed beside the list; the provider's other sittings of the round are offered it too."""
    now = timezone.now()
    client_id = _uuid(client_id)
    scoring_round = Round.objects.select_for_update().get(pk=scoring_round.pk)
    if before := Criterion.objects.filter(client_id=client_id).first():
        return _same_criterion(before, scoring_round, provider)
    texts = [plain_text(text, at_most=LONGEST_CRITERION) for text in (text_km, text_en)]
    _refuse_own(scoring_round, provider, texts[0])
    criterion = Criterion.objects.create(
        client_id=client_id, service_type=provider.service_type, kind=CriterionKind.CUSTOM, text=texts[0],
        text_km=texts[0], text_en=texts[1], scoring_round=scoring_round, provider=provider,
    )  # fmt: skip
    record(
        "scorecards.criterion.added", noun="criterion", object_id=criterion.pk, by=by, at=now,
        area=scoring_round.commune.code, round=scoring_round.pk, provider=provider.pk,
    )  # fmt: skip
    return criterion


@transaction.atomic
def choose_criteria(*, version: ScorecardVersion, criteria: Sequence[Criterion], by: User) -> None:
    """Put these criteria, in this order, on the sheet.

    One that has counts, reasons or suggestions is not taken off before these are emptied.
    """
    now = timezone.now()
    version = editable_version(version)
    chosen = {row.criterion_id: row for row in version.criteria.select_related("criterion")}
    wanted = [criterion.pk for criterion in criteria]
    _refuse_choice(version, criteria, wanted, set(chosen))
    dropped = [row for key, row in chosen.items() if key not in wanted]
    _refuse_dropping(dropped)
    ScorecardCriterion.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    for order, key in enumerate(wanted, 1):
        ScorecardCriterion.objects.update_or_create(
            version=version, criterion_id=key, defaults={"order": order}
        )
    note("scorecards.criteria.chosen", version, by=by, at=now, count=len(wanted), dropped=len(dropped))


def _uuid(client_id: UUID | str | None) -> UUID:
    try:
        return uuid4() if client_id is None else UUID(str(client_id))
    except ValueError as fault:
        raise CriteriaRefused(_("This page is damaged. Load it again, then save.")) from fault


def _same_criterion(criterion: Criterion, scoring_round: Round, provider: ServiceProvider) -> Criterion:
    if (criterion.scoring_round_id, criterion.provider_id) != (scoring_round.pk, provider.pk):
        raise CriteriaRefused(_("This page was used for another criterion. Load it again, then save."))
    return criterion


def _refuse_own(scoring_round: Round, provider: ServiceProvider, text_km: str) -> None:
    if scoring_round.status != RoundStatus.OPEN:
        raise CriteriaRefused(_("This round is not open, so nothing can be added to it."))
    if not provider.serves(scoring_round.commune, scoring_round.year):
        raise CriteriaRefused(_("This provider does not serve the commune."))
    if not text_km:
        raise CriteriaRefused(_("Write the criterion in Khmer."))
    same = Q(kind=CriterionKind.PREDEFINED) | Q(scoring_round=scoring_round, provider=provider)
    known = Criterion.objects.filter(same, service_type=provider.service_type, is_active=True)
    if known.filter(text_km=text_km).exists():
        raise CriteriaRefused(_("This criterion is in the list already: choose it there."))


def _refuse_choice(
    version: ScorecardVersion, criteria: Sequence[Criterion], wanted: list[int], chosen: set[int]
) -> None:
    if not 1 <= len(wanted) <= MOST_CRITERIA:
        raise CriteriaRefused(_("Choose at least 1 and at most 10 criteria; 5 or 6 is best."))
    if len(set(wanted)) < len(wanted):
        raise CriteriaRefused(_("A criterion is chosen twice."))
    offered = Criterion.objects.offered_to(version.scorecard).filter(pk__in=wanted)
    allowed = chosen | set(offered.values_list("pk", flat=True))
    for criterion in criteria:
        if criterion.pk not in allowed:
            raise CriteriaRefused(
                _("“%(criterion)s” does not belong to this service or round.") % {"criterion": criterion.text}
            )


def _refuse_dropping(dropped: Sequence[ScorecardCriterion]) -> None:
    used = ScorecardCriterion.objects.filter(pk__in=[row.pk for row in dropped]).filter(
        Exists(Tally.objects.filter(scorecard_criterion=OuterRef("pk")))
        | Exists(SuggestedAction.objects.filter(scorecard_criterion=OuterRef("pk")))
        | Exists(TallyConflict.objects.filter(scorecard_criterion=OuterRef("pk"), settled_at__isnull=True))
        | ~Q(strengths="")
        | ~Q(weaknesses="")
    )
    if first := used.select_related("criterion").order_by("order", "pk").first():
        raise CriteriaRefused(
            _("“%(criterion)s” has counts or reasons. Empty these first, then take it off.")
            % {"criterion": first.criterion.text}
        )
