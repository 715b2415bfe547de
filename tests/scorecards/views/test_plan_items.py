"""Agreed actions through their card: written, changed by two people at once, moved, deleted, restored."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from scorecards.forms.action_plans import ItemForm
from scorecards.models import ActionItem
from scorecards.operations.action_plans import delete_action_item, put_action_item
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import (
    external,
    internal,
    make_commune,
    make_full_plan,
    make_person,
    make_plan,
    make_provider,
    make_world,
    put,
    score,
    trail,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_plan(world)


@pytest.fixture
def team(client, world):
    """Signed in as the facilitator."""
    client.force_login(world.facilitator)
    return client


def address(name, *args, language="km", query=""):
    with override(language):
        return reverse(f"scorecards:{name}", args=args) + query


def typed(**changes):
    """What a browser sends of an external action, in Khmer and Latin digits mixed."""
    return {
        "activity_km": "ស្ថាបនាប្រព័ន្ធលូ", "activity_en": "Build the drain", "route": "commune", "lead_km": "មេឃុំ",
        "starts_on": "០៣/២០២៧", "ends_on": "11/2027", "quantity": "១ ២០០,៥", "unit_km": "ម៉ែត្រ",
        "beneficiaries_count": "២ 140", "female_count": "១១០០", "cost_riel": "៤៨ ០០០ ០០០ ៛",
    } | changes  # fmt: skip


def state_in(shown: str) -> str:
    return re.search(r'name="state" value="(\w+)"', shown).group(1)


def edited(client, item, language="km", **changes):
    """The answer to saving the card as it was read, with some fields changed."""
    shown = client.get(address("edit-item", item.pk, language=language)).content.decode()
    return client.post(
        address("edit-item", item.pk, language=language), typed(state=state_in(shown), **changes)
    )


# --- Who is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["edit-item", "move-item", "delete-item", "restore-item"])
def test_actions_of_others_do_not_exist_and_readers_change_none(client, world, name):
    plan = make_full_plan(world)
    item = plan.items.first()
    elsewhere = make_commune(code="000102")
    client.force_login(make_person("facilitator", area=elsewhere, organisation=world.organisation))
    assert client.post(address(name, item.pk)).status_code == 404
    client.force_login(world.clerk)
    assert client.post(address(name, item.pk)).status_code == 404
    submit_action_plan(plan=plan, by=world.facilitator)
    assert client.post(address(name, item.pk)).status_code == 403


@pytest.mark.parametrize("name", ["move-item", "delete-item", "restore-item"])
def test_changes_are_posted(team, plan, name):
    assert team.get(address(name, put(plan, external()).pk)).status_code == 405


def test_what_is_before_the_council_is_not_changed(team, world):
    plan = make_full_plan(world)
    item = plan.items.first()
    submit_action_plan(plan=plan, by=world.facilitator)
    for name in ("edit-item", "move-item", "delete-item"):
        assert team.post(address(name, item.pk), typed()).status_code == 302
    assert team.post(address("add-item", plan.pk, query="?section=external"), typed()).status_code == 302
    item.refresh_from_db()
    assert item.deleted_at is None
    assert plan.items.count() == 4


# --- A new one -------------------------------------------------------------------------------------


@LANGUAGES
def test_an_action_is_written_in_either_script(team, plan, language):
    answer = team.post(address("add-item", plan.pk, language=language, query="?section=external"), typed())
    item = plan.items.get()
    assert answer.url == f"{address('plan', plan.pk, language=language)}#item-{item.pk}"
    assert (item.section, item.route, item.cost_riel) == ("external", "commune", 48_000_000)
    assert (str(item.quantity), item.beneficiaries_count, item.female_count) == ("1200.50", 2140, 1100)
    assert (item.starts_on.isoformat(), item.ends_on.isoformat()) == ("2027-03-01", "2027-11-01")
    assert trail()[-1] == "item.added"


def test_an_empty_cost_is_unknown_and_zero_costs_nothing(team, plan):
    for cost in ("", "០"):
        team.post(address("add-item", plan.pk, query="?section=external"), typed(cost_riel=cost))
    assert [item.cost_riel for item in plan.items.order_by("pk")] == [None, 0]


def test_a_new_action_starts_from_a_low_score(team, world, plan):
    score(world, (10, 8, 4, 2, 1))
    query = (
        f"?section=internal&round={world.scoring_round.pk}&provider={world.health_centre.pk}"
        f"&criterion={world.medicine.pk}"
    )
    shown = team.get(address("add-item", plan.pk, query=query)).content.decode()
    assert 'value="មានថ្នាំគ្រប់គ្រាន់"' in shown
    assert 'value="Enough medicine"' in shown
    assert f'<option value="{world.health_centre.pk}" selected>' in shown
    assert re.search(r'name="proposer_km"[^>]*>', shown).group().count("value=") == 0
    key = f"{world.scoring_round.pk}.{world.health_centre.pk}.{world.medicine.pk}"
    assert re.search(rf'checked[^>]*value="{key}"|value="{key}"[^>]*checked', shown)
    team.post(
        address("add-item", plan.pk, query=query), typed(provider=world.health_centre.pk, sources=[key])
    )
    item = plan.items.get()
    assert (item.section, item.provider, item.route) == ("internal", world.health_centre, "")
    assert item.sources.get().criterion == world.medicine


@pytest.mark.parametrize(
    "query",
    [
        "", "?section=x", "?section=internal&provider=%00", "?round=x&provider=1&criterion=9",
        "?section=internal&round=99999999999999999999&provider=-1&criterion=", "?section=%FF",
    ],
)  # fmt: skip
def test_an_address_that_was_tampered_with_gives_an_empty_card(team, plan, query):
    assert team.get(address("add-item", plan.pk, query=query)).status_code == 200


# --- What cannot stand -----------------------------------------------------------------------------

WRONG = [
    ("activity_km", "", "ត្រូវបំពេញចំណុចនេះ", "This field is required."),
    ("activity_km", "ក" * 401, "", "at most 400"),
    ("activity_km", "ក\x00", "", "Null characters"),
    ("ends_on", "13/2027", "សូមបញ្ចូលខែ ដូច", "Enter a month such as 11/2026."),
    ("ends_on", "01/2027", "", "The end is before the start."),
    ("female_count", "2141", "", "There are more women (2\u00a0141) than beneficiaries (2\u00a0140)."),
    ("beneficiaries_count", "-1", "", "Enter 0 or more."),
    ("cost_riel", "១២ថ", "សូមបញ្ចូលលេខគត់", "Enter a whole number"),
    ("cost_riel", "9" * 40, "", "Enter a whole number"),
    ("cost_riel", "9" * 18, "", "or less"),
    ("quantity", "1.234", "", "2 decimal places"),
    ("quantity", "NaN", "", "Enter a number such as 12 or 2.5."),
    ("quantity", "-1", "", "greater than or equal to 0"),
    ("route", "moon", "", "not one of the available choices"),
    ("priority", "x", "", "not one of the available choices"),
    ("sources", "1.2.3", "", "not one of the available choices"),
]


@pytest.mark.parametrize(("field", "value", "khmer", "english"), WRONG)
def test_a_wrong_value_is_said_beside_its_field_and_nothing_typed_is_lost(
    team, plan, field, value, khmer, english
):
    for language, sentence in (("km", khmer), ("en", english)):
        answer = team.post(
            address("add-item", plan.pk, language=language, query="?section=external"),
            typed(**{field: value, "location_en": "Kumru 2"}),
        )
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert answer.context["card"].form.errors[field]
        assert sentence in shown, answer.context["card"].form.errors
        assert 'value="Kumru 2"' in shown
    assert not plan.items.exists()


def test_an_internal_action_says_which_provider(team, world, plan):
    elsewhere = make_provider("PS", "សាលា", "School", make_commune(code="000102"))
    for provider in ("", elsewhere.pk, "x", "9" * 30):
        answer = team.post(address("add-item", plan.pk, query="?section=internal"), typed(provider=provider))
        assert answer.status_code == 200
        assert answer.context["card"].form.errors["provider"]
    assert not plan.items.exists()


def test_every_field_but_the_activity_may_wait(team, plan):
    data = {"activity_km": "ស្ថាបនាលូ"}
    assert team.post(address("add-item", plan.pk, query="?section=external"), data).status_code == 302
    assert [name for name, field in ItemForm.base_fields.items() if field.required] == ["activity_km"]


# --- Changing --------------------------------------------------------------------------------------


def test_an_action_is_changed_and_keeps_the_scores_behind_it(team, world, plan):
    score(world, (10, 8, 4, 2, 1))
    source = (world.scoring_round, world.health_centre, world.medicine)
    item = put(plan, external(), sources=[source])
    key = f"{world.scoring_round.pk}.{world.health_centre.pk}.{world.medicine.pk}"
    answer = edited(team, item, cost_riel="១ ០០០", sources=[key])
    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.cost_riel == 1000
    assert item.sources.count() == 1
    edited(team, item, cost_riel="១ ០០០", sources=[])
    assert item.sources.count() == 0


@LANGUAGES
def test_two_people_who_write_at_once_see_both_values(team, world, plan, language):
    item = put(plan, external(cost_riel=1_000))
    url = address("edit-item", item.pk, language=language)
    read = state_in(team.get(url).content.decode())
    put_action_item(plan=plan, item=item, fields={"cost_riel": 2_000}, by=world.facilitator)
    answer = team.post(url, typed(state=read, cost_riel="3000"))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert ("<dd>២\u00a0០០០</dd>" if language == "km" else "<dd>2\u00a0000</dd>") in shown
    assert 'value="3000"' in shown
    item.refresh_from_db()
    assert item.cost_riel == 2_000
    # Whoever has seen both decides.
    assert team.post(url, typed(state=state_in(shown), cost_riel="3000")).status_code == 302
    item.refresh_from_db()
    assert item.cost_riel == 3_000


def test_a_card_without_its_mark_overwrites_nothing(team, plan):
    item = put(plan, external(cost_riel=1_000))
    assert team.post(address("edit-item", item.pk), typed(cost_riel="5")).status_code == 200
    item.refresh_from_db()
    assert item.cost_riel == 1_000


def test_a_deleted_action_is_not_edited(team, world, plan):
    item = put(plan, external())
    delete_action_item(item=item, by=world.facilitator)
    answer = team.get(address("edit-item", item.pk))
    assert answer.url == address("plan", plan.pk)


def test_an_action_that_is_no_longer_served_by_its_provider_can_still_be_edited(team, world, plan):
    item = put(plan, internal(world.health_centre))
    world.health_centre.catchments.all().delete()
    shown = team.get(address("edit-item", item.pk)).content.decode()
    assert f'<option value="{world.health_centre.pk}" selected>' in shown


# --- Moving, deleting, restoring -------------------------------------------------------------------


def test_an_action_moves_among_its_neighbours(team, plan):
    first, second = put(plan, external()), put(plan, external())
    team.post(address("move-item", second.pk), {"step": "-1"})
    assert list(plan.items.order_by("order")) == [second, first]
    for step in ("", "x", "0", "7", "\x00"):
        assert team.post(address("move-item", second.pk), {"step": step}).status_code == 302
    assert list(plan.items.order_by("order")) == [second, first]


@LANGUAGES
def test_a_deleted_action_is_listed_and_restored(team, plan, language):
    item = put(plan, external())
    answer = team.post(address("delete-item", item.pk, language=language), follow=True)
    restore = address("restore-item", item.pk, language=language)
    assert restore in answer.content.decode()
    assert team.post(restore).status_code == 302
    assert ActionItem.objects.kept().get() == item
    assert trail()[-2:] == ["item.deleted", "item.restored"]
