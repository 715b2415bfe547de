"""The actions of a plan in the order of the paper: section ក, then section ខ under its providers."""

from collections.abc import Iterator
from dataclasses import dataclass

from communities.models import ServiceProvider
from scorecards.enums import PlanSection
from scorecards.models import ActionItem, ActionPlan


@dataclass(frozen=True)
class ProviderItems:
    """What one provider does itself, numbered on through the whole section."""

    provider: ServiceProvider
    items: tuple[tuple[int, ActionItem], ...]


@dataclass(frozen=True)
class Outline:
    """Each action with its number, which counts from 1 within its section."""

    external: tuple[tuple[int, ActionItem], ...]
    internal: tuple[ProviderItems, ...]

    def __iter__(self) -> Iterator[tuple[int, ActionItem]]:
        yield from self.external
        for group in self.internal:
            yield from group.items

    @property
    def providers(self) -> tuple[ServiceProvider, ...]:
        return tuple(group.provider for group in self.internal)


def outline_of(plan: ActionPlan) -> Outline:
    """What stands in the plan: neither deleted nor left out. Two queries, whatever the number of actions.

    Each action comes with its provider and its `sources`, the low scores behind it.
    """
    items = list(
        plan.items.kept()
        .select_related("provider__service_type")
        .prefetch_related("sources__criterion", "sources__provider")
        .order_by("order", "pk")
    )
    external = [item for item in items if item.section == PlanSection.EXTERNAL]
    internal = [item for item in items if item.section == PlanSection.INTERNAL]
    return Outline(external=tuple(enumerate(external, start=1)), internal=tuple(_by_provider(internal)))


def place_of_provider(provider: ServiceProvider) -> tuple:
    """Providers stand by their service, so that the paper of every commune has the same order."""
    return (provider.service_type.code, provider.official_code, provider.pk)


def _by_provider(items: list[ActionItem]) -> Iterator[ProviderItems]:
    providers = {item.provider_id: item.provider for item in items}
    number = 0
    for provider in sorted(providers.values(), key=place_of_provider):
        theirs = [item for item in items if item.provider_id == provider.pk]
        yield ProviderItems(provider, tuple(enumerate(theirs, start=number + 1)))
        number += len(theirs)
