"""What can be said of an agreed action, and what cannot stand in the table."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from communities.models import Area, Catchment, ServiceProvider
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from scorecards.enums import PlanSection
from scorecards.models import ActionItem, ActionPlan, Criterion, Round
from scorecards.plans.freezing import TEXTS

TRANSLATED = tuple(f"{field}_{language}" for field in TEXTS for language in ("km", "en"))
FIELDS = frozenset(
    {
        *TRANSLATED, "section", "provider", "starts_on", "ends_on", "quantity", "beneficiaries_count",
        "female_count", "cost_riel", "is_cost_to_be_estimated", "route", "priority",
    }
)  # fmt: skip
MONTHS = ("starts_on", "ends_on")
CHOICES = ("section", "route", "priority")
PEOPLE = ("beneficiaries_count", "female_count")
# Said here since only one of the two engines has a limit of its own.
MOST_PEOPLE = 20_000_000
COUNTS = ("quantity", "beneficiaries_count", "female_count", "cost_riel")

Source = tuple[Round, ServiceProvider, Criterion]


class UnfitItem(Refused):
    """What was typed about an action cannot stand; `field` is the one it is about, where it is about one."""

    def __init__(self, message, *, field: str = ""):
        super().__init__(message)
        self.field = field


def refuse_unfit_item(item: ActionItem, plan: ActionPlan, *, is_provider_new: bool) -> None:
    if not item.activity_km:
        raise UnfitItem(_("Write the activity in Khmer: the council reads Khmer."), field="activity_km")
    _refuse_impossible_values(item)
    if item.starts_on and item.ends_on and item.ends_on < item.starts_on:
        raise UnfitItem(_("The end is before the start."), field="ends_on")
    people, women = item.beneficiaries_count, item.female_count
    if people is not None and women is not None and women > people:
        raise UnfitItem(
            _("There are more women (%(women)s) than beneficiaries (%(people)s).")
            % {"women": _shown(women), "people": _shown(people)},
            field="female_count",
        )
    if item.section == PlanSection.INTERNAL and item.provider_id is None:
        raise UnfitItem(_("Say which provider does this itself."), field="provider")
    if item.provider_id and is_provider_new and not serves(item.provider, plan.commune):
        raise UnfitItem(
            _("%(provider)s does not serve this commune.") % {"provider": item.provider.name},
            field="provider",
        )


def _refuse_impossible_values(item: ActionItem) -> None:
    """What the columns themselves cannot keep: too large, too many places, no such choice."""
    for name in MONTHS:
        month = getattr(item, name)
        if month is not None and month.day != 1:
            setattr(item, name, month.replace(day=1))
    try:
        item.clean_fields(exclude=_fields_not_typed())
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise UnfitItem(" ".join(messages), field=field) from error
    for name in COUNTS:
        if (getattr(item, name) or 0) < 0:
            raise UnfitItem(_("A number of an action cannot be below zero."), field=name)
    for name in PEOPLE:
        if (getattr(item, name) or 0) > MOST_PEOPLE:
            raise UnfitItem(_("That is more people than the country has."), field=name)


def _fields_not_typed() -> set[str]:
    """Columns that no person fills; those of the other language are checked by their own names."""
    return {field.name for field in ActionItem._meta.get_fields()} - FIELDS


def serves(provider: ServiceProvider, commune: Area) -> bool:
    """Whether the commune is in the provider's catchment today, or the provider stands in it."""
    if provider.located_in.code.startswith(commune.code):
        return True
    today = timezone.localdate()
    return Catchment.objects.filter(
        Q(served_to__isnull=True) | Q(served_to__gte=today), provider=provider, commune=commune
    ).exists()


def fit_sources(sources: Iterable[Source], plan: ActionPlan) -> list[Source]:
    kept = []
    for source in dict.fromkeys(sources):
        scoring_round, provider, criterion = source
        if scoring_round.commune_id != plan.commune_id:
            raise UnfitItem(_("That score was given in another commune."), field="sources")
        if criterion.service_type_id != provider.service_type_id:
            raise UnfitItem(_("That criterion does not belong to this provider’s service."), field="sources")
        kept.append(source)
    return kept


def _shown(count: int) -> str:
    return formats.number(count, get_language() or "en")
