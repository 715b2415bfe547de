"""The card in which one action of a plan is written: opened under its row, on its own page, or for a new one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from isaf_portal.lib import formats
from isaf_portal.lib.digits import latin_digits
from isaf_portal.templatetags.isaf import decimal1
from scorecards.enums import PlanSection
from scorecards.forms.action_plans import ItemForm, state_of, values_of
from scorecards.models import ActionItem, ItemSource
from scorecards.plans.page import PlanPage
from scorecards.plans.scores import Key, ScoredCriterion, key_of
from scorecards.plans.table import Behind

Shown = tuple[str, str]


@dataclass(frozen=True)
class ItemCard:
    """The form of one action with what stands around it.

    `state` travels in the form, to be compared when it comes back; `stands` is what somebody else saved meanwhile.
    """

    form: ItemForm
    heading: str
    address: str
    close_url: str
    behind: tuple[Behind, ...]
    item_pk: int | None = None
    state: str = ""
    delete_url: str = ""
    stands: tuple[Shown, ...] = ()


def card_under_row(page: PlanPage, asked: str) -> ItemCard | None:
    """The card that the plan's page opens under a row (`?item=`); None where nothing can be changed."""
    item = next((item for _number, item in page.outline if str(item.pk) == latin_digits(asked)), None)
    return edit_card(page, item) if item is not None and page.may_edit else None


def edit_card(
    page: PlanPage, item: ActionItem, form: ItemForm | None = None, stands: Iterable[Shown] = ()
) -> ItemCard:
    """`item` is one of the page's own, so that its number and the scores behind it are known."""
    row = page.table.row_of(item)
    return ItemCard(
        form=form or edit_form(page, item),
        heading=_("Edit %(label)s") % {"label": row.label},
        address=reverse("scorecards:edit-item", args=[item.pk]),
        close_url=f"{reverse('scorecards:plan', args=[page.plan.pk])}#{row.anchor}",
        behind=row.behind,
        item_pk=item.pk,
        state=state_of(item),
        delete_url=reverse("scorecards:delete-item", args=[item.pk]),
        stands=tuple(stands),
    )


def edit_form(page: PlanPage, item: ActionItem, data: QueryDict | None = None) -> ItemForm:
    choices = _choices(page)
    for source in item.sources.all():
        # What the action answers stays a choice, even where its score cannot be seen any more.
        choices.setdefault(_name(key_of(source)), f"{source.provider.name} · {source.criterion.text}")
    return ItemForm(
        data,
        section=item.section,
        commune=page.plan.commune,
        scores=choices.items(),
        item=item,
        initial={"sources": [_name(key_of(source)) for source in item.sources.all()]},
    )


def new_card(page: PlanPage, asked: QueryDict, form: ItemForm | None = None) -> ItemCard:
    """`asked` is the query: the section, and the provider or the low score that the action starts from."""
    scored, section = _asked_score(page, asked), asked_section(asked)
    headings = {
        PlanSection.EXTERNAL: _("New activity that needs outside resources"),
        PlanSection.INTERNAL: _("New activity that a provider does itself"),
    }
    return ItemCard(
        form=form or new_form(page, asked),
        heading=headings[section],
        address=f"{reverse('scorecards:add-item', args=[page.plan.pk])}?{asked.urlencode()}",
        close_url=reverse("scorecards:plan", args=[page.plan.pk]),
        behind=(Behind(scored.criterion, scored.row.verdict),) if scored else (),
    )


def new_form(page: PlanPage, asked: QueryDict, data: QueryDict | None = None) -> ItemForm:
    """Filled in from a low score, if it starts from one; who proposed it only the meeting knows."""
    initial: dict[str, Any] = {"provider": latin_digits(asked.get("provider", ""))}
    if scored := _asked_score(page, asked):
        criterion = scored.criterion
        initial |= {
            "target_km": criterion.text_km, "target_en": criterion.text_en, "sources": [_name(scored.key)],
        }  # fmt: skip
    return ItemForm(
        data,
        section=asked_section(asked),
        commune=page.plan.commune,
        scores=_choices(page).items(),
        initial=initial,
    )


def asked_section(asked: QueryDict) -> PlanSection:
    return PlanSection.INTERNAL if asked.get("section") == PlanSection.INTERNAL else PlanSection.EXTERNAL


def chosen_sources(page: PlanPage, form: ItemForm, kept: Iterable[ItemSource] = ()) -> list[tuple]:
    """The scores that were ticked, as round, provider and criterion."""
    known = {
        _name(key_of(source)): (source.scoring_round, source.provider, source.criterion) for source in kept
    }
    known |= {_name(each.key): (each.scoring_round, each.provider, each.criterion) for each in page.scores}
    return [known[name] for name in form.cleaned_data["sources"]]


def differences(form: ItemForm, item: ActionItem) -> Iterator[Shown]:
    """What stands in the action now where something else was typed: the field's label and its value in words."""
    for name, value in values_of(item).items():
        if name not in form.fields:
            continue
        typed = form.cleaned_data.get(name)
        typed = getattr(typed, "pk", typed)
        if (None if typed == "" else typed) != (None if value == "" else value):
            yield str(form.fields[name].label), _in_words(form, name, item)


def _in_words(form: ItemForm, name: str, item: ActionItem) -> str:
    value = getattr(item, name)
    if name == "provider":
        return value.name if value else formats.UNKNOWN
    if isinstance(value, bool):
        return pgettext("tick", "yes") if value else pgettext("tick", "no")
    if value in (None, ""):
        return formats.UNKNOWN
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(value) or form.fields[name].prepare_value(value))


def _choices(page: PlanPage) -> dict[str, str]:
    return {_name(scored.key): _words(scored) for scored in page.scores}


def _asked_score(page: PlanPage, asked: QueryDict) -> ScoredCriterion | None:
    name = ".".join(latin_digits(asked.get(part, "")) for part in ("round", "provider", "criterion"))
    return next((scored for scored in page.scores if _name(scored.key) == name), None)


def _name(key: Key) -> str:
    return ".".join(str(part) for part in key)


def _words(scored: ScoredCriterion) -> str:
    verdict = scored.row.verdict
    named = f"{scored.provider.name} · {scored.criterion.text}"
    if verdict is None:
        return named
    return f"{named} · {decimal1(verdict.mean)} {_('Opinions differ') if verdict.differs else verdict.word}"
