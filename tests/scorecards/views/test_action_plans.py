"""Plans through their pages: who sees which, what stands on them, and the way to the council."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from communities.models import Organisation
from scorecards.models import ActionPlan
from scorecards.operations.action_plans import draft_action_plan
from scorecards.operations.council import confirm_council_decision, record_council_decision, remark_on_plan
from scorecards.operations.plan_submission import submit_action_plan
from tests.scorecards.plan_world import (
    external,
    internal,
    make_commune,
    make_full_plan,
    make_person,
    make_plan,
    make_world,
    put,
    score,
    trail,
)

pytestmark = pytest.mark.django_db
LANGUAGES = pytest.mark.parametrize("language", ["km", "en"])
READERS = ["council_clerk", "councillor", "council_chief", "committee_member", "district_officer"]


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def plan(world):
    return make_full_plan(world)


def address(name, *args, language="km", query=""):
    with override(language):
        return reverse(f"scorecards:{name}", args=args) + query


def page_of(client, name, *args, language="km", query=""):
    answer = client.get(address(name, *args, language=language, query=query))
    assert answer.status_code == 200
    return answer.content.decode()


def returned(plan, world, reason="សូមពិនិត្យតម្លៃ"):
    """The plan after the council sent it back."""
    version = submit_action_plan(plan=plan, by=world.facilitator)
    decision = record_council_decision(
        plan_version=version, session_number="7/2026", held_on=version.frozen_at.date(), present_count=5,
        council_size=7, outcome="return", reason=reason, by=world.clerk,
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)
    plan.refresh_from_db()
    return version


# --- Who is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("role", READERS)
def test_a_draft_does_not_exist_for_those_who_only_read(client, world, plan, role):
    client.force_login(make_person(role, area=world.commune))
    assert client.get(address("plan", plan.pk)).status_code == 404
    assert client.get(address("submit-plan", plan.pk)).status_code == 404
    assert client.get(address("draft-preview", plan.pk)).status_code == 404


def test_a_plan_of_another_commune_does_not_exist(client, world, plan):
    elsewhere = make_commune(code="000102")
    client.force_login(make_person("facilitator", area=elsewhere, organisation=world.organisation))
    for name in ("plan", "submit-plan", "draft-preview", "add-item"):
        assert client.get(address(name, plan.pk)).status_code == 404
    assert client.post(address("draft-plan", world.scoring_round.pk)).status_code == 404


def test_a_plan_of_another_organisation_does_not_exist(client, world, plan):
    other = Organisation.objects.create(kind="local_ngo", name_km="អង្គការផ្សេង")
    client.force_login(make_person("facilitator", area=world.commune, organisation=other))
    assert client.get(address("plan", plan.pk)).status_code == 404


def test_readers_draft_and_submit_nothing(client, world, plan):
    version = submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(world.clerk)
    assert client.post(address("draft-plan", world.scoring_round.pk)).status_code == 403
    for name in ("submit-plan", "draft-preview", "add-item"):
        assert client.get(address(name, plan.pk)).status_code == 403
    assert client.get(address("plan", plan.pk)).url == address("read-plan", version.pk)


def test_who_reads_no_plans_has_no_list(client, world):
    client.force_login(make_person("administrator"))
    assert client.get(address("plans")).status_code == 403


def test_wrong_methods_are_refused(client, world, plan):
    client.force_login(world.facilitator)
    assert client.get(address("draft-plan", world.scoring_round.pk)).status_code == 405
    assert client.post(address("plan", plan.pk)).status_code == 405


# --- The list --------------------------------------------------------------------------------------


@LANGUAGES
def test_the_list_shows_a_draft_as_it_stands_to_the_team_alone(client, world, plan, language):
    client.force_login(world.facilitator)
    shown = page_of(client, "plans", language=language)
    assert address("plan", plan.pk, language=language) in shown
    assert ("៩៦\u00a0០០០\u00a0០០០" if language == "km" else "96\u00a0000\u00a0000") in shown
    client.force_login(world.clerk)
    assert address("plan", plan.pk, language=language) not in page_of(client, "plans", language=language)


def test_the_list_shows_readers_the_submitted_version_while_it_is_corrected(client, world, plan):
    returned(plan, world)
    put(plan, external(cost_riel=7))
    client.force_login(world.clerk)
    shown = page_of(client, "plans", language="en")
    assert "96\u00a0000\u00a0000" in shown
    assert "96\u00a0000\u00a0007" not in shown


def test_the_list_is_found_by_commune_year_and_state(client, world, plan):
    client.force_login(world.facilitator)
    for query, is_found in (
        ("?text=Kumru", True), ("?text=000101", True), ("?text=Elsewhere", False), ("?year=2027", True),
        ("?year=២០២៦", False), ("?status=draft", True), ("?status=approved", False), ("?status=%00", True),
        ("?year=x&page=99", True),
    ):  # fmt: skip
        shown = page_of(client, "plans", query=query)
        assert (f'"{address("plan", plan.pk)}"' in shown) is is_found, query


def test_the_list_asks_as_often_for_one_plan_as_for_three(client, world, plan, django_assert_num_queries):
    client.force_login(world.facilitator)
    with django_assert_num_queries(8):
        page_of(client, "plans")
    for year in (2028, 2029):
        _plan_of_year(world, year)
    with django_assert_num_queries(8):
        shown = page_of(client, "plans")
    assert len(re.findall(r"/km/plans/\d+/\"", shown)) == 3


def _plan_of_year(world, year):
    scoring_round = world.scoring_round
    scoring_round.pk = None
    scoring_round.year = year - 1
    scoring_round.save()
    put(draft_action_plan(scoring_round=scoring_round, by=world.facilitator), external())


# --- Drafting --------------------------------------------------------------------------------------


def test_a_round_leads_to_its_plan_made_once(client, world):
    client.force_login(world.facilitator)
    first = client.post(address("draft-plan", world.scoring_round.pk))
    again = client.post(address("draft-plan", world.scoring_round.pk))
    plan = ActionPlan.objects.get()
    assert first.url == again.url == address("plan", plan.pk)
    assert trail() == ["plan.drafted"]


@LANGUAGES
def test_an_empty_plan_says_how_to_begin(client, world, language):
    plan = make_plan(world)
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk, language=language)
    assert ("ផែនការមិនទាន់មានសកម្មភាព" if language == "km" else "The plan has no activity yet") in shown


# --- The page of a plan ----------------------------------------------------------------------------


def test_the_page_shows_the_sections_with_their_sums_and_unknown_costs(client, world, plan):
    put(plan, external(cost_riel=None, is_cost_to_be_estimated=True))
    put(plan, internal(world.school, cost_riel=400_000))
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk, language="en")
    for text in (
        "Joint accountability action plan 2027", "Draft, version 1", "6 activities · total 96\u00a0400\u00a0000\u00a0riel",
        "A. Activities needing outside resources", "B-1 Kumru health centre", "B-2 Kumru primary school",
        "Total A", "Total B", "1 activity has no estimated cost yet", "<b>96\u00a0000\u00a0000</b>",
        "<b>400\u00a0000</b>", "<b>96\u00a0400\u00a0000</b>", "to be estimated", "commune fund / CIP",
        'lang="km">ស្ថាបនាប្រព័ន្ធលូ</div>',
    ):  # fmt: skip
        assert text in shown, text


def test_the_page_speaks_khmer_with_khmer_digits(client, world, plan):
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk)
    assert "ផែនការសកម្មភាពរួម (ផ.ស.រ.គ) ឆ្នាំ២០២៧" in shown
    assert "<b>៩៦\u00a0០០០\u00a0០០០</b>" in shown
    assert 'lang="en">Build the drain</div>' in shown


def test_low_scores_that_no_action_answers_are_offered_until_one_does(client, world, plan):
    score(world, (10, 8, 4, 2, 1))
    client.force_login(world.facilitator)
    link = (
        f"?section=internal&amp;round={world.scoring_round.pk}&amp;provider={world.health_centre.pk}"
        f"&amp;criterion={world.medicine.pk}"
    )
    shown = page_of(client, "plan", plan.pk, language="en")
    assert link in shown
    assert "18 of 25 people not satisfied" in shown
    source = (world.scoring_round, world.health_centre, world.medicine)
    put(plan, internal(world.health_centre), sources=[source])
    shown = page_of(client, "plan", plan.pk, language="en")
    assert link not in shown
    assert "<b>2.0</b>" in shown  # the face and the mean stand behind the action now


def test_what_is_missing_leads_to_its_card(client, world, plan):
    item = put(plan, external(lead_km=""))
    client.force_login(world.facilitator)
    link = f"{address('plan', plan.pk)}?item={item.pk}#edit"
    assert link in page_of(client, "plan", plan.pk)
    shown = page_of(client, "plan", plan.pk, query=f"?item={item.pk}")
    assert f'action="{address("edit-item", item.pk)}"' in shown
    assert shown.index(f'id="item-{item.pk}"') < shown.index('id="edit"')


@pytest.mark.parametrize("asked", ["x", "0", "99999999999999999999999", "%00", "-1"])
def test_an_unknown_card_opens_nothing(client, world, plan, asked):
    client.force_login(world.facilitator)
    assert 'id="edit"' not in page_of(client, "plan", plan.pk, query=f"?item={asked}")


def test_the_page_asks_as_often_for_one_action_as_for_three(client, world, django_assert_num_queries):
    plan = make_plan(world)
    score(world, (10, 8, 4, 2, 1))
    source = (world.scoring_round, world.health_centre, world.medicine)
    put(plan, external(), sources=[source])
    client.force_login(world.facilitator)
    with django_assert_num_queries(25):
        page_of(client, "plan", plan.pk)
    put(plan, internal(world.health_centre), sources=[source])
    put(plan, external(), sources=[source])
    with django_assert_num_queries(25):
        page_of(client, "plan", plan.pk)


# --- To the council --------------------------------------------------------------------------------


@LANGUAGES
def test_an_incomplete_plan_is_not_submitted_and_says_what_is_missing(client, world, plan, language):
    put(plan, external(lead_km=""))
    client.force_login(world.facilitator)
    assert '<button class="btn btn-primary">' not in page_of(
        client, "submit-plan", plan.pk, language=language
    )
    answer = client.post(address("submit-plan", plan.pk, language=language))
    assert answer.status_code == 200
    said = {"km": "មិនទាន់បានសរសេរថា អ្នកណាដឹកនាំ។", "en": "It is not said who leads."}[language]
    assert answer.content.decode().count(said) == 2  # in the refusal and in the list
    plan.refresh_from_db()
    assert plan.status == "draft"


def test_submitting_fixes_a_version_and_says_that_the_printing_service_is_silent(client, world, plan):
    client.force_login(world.facilitator)
    answer = client.post(address("submit-plan", plan.pk, language="en"), follow=True)
    shown = answer.content.decode()
    assert "Version 1 was submitted to the commune council." in shown
    assert "The documents will be made when it returns." in shown
    assert "Waiting for the commune council" in shown
    assert plan.versions.get().documents.count() == 5
    assert "plan.submitted" in trail()


def test_a_submitted_plan_offers_nothing_to_change(client, world, plan):
    submit_action_plan(plan=plan, by=world.facilitator)
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk)
    assert address("add-item", plan.pk) not in shown
    assert "/move/" not in shown
    item = plan.items.first()
    assert 'id="edit"' not in page_of(client, "plan", plan.pk, query=f"?item={item.pk}")
    answer = client.post(address("submit-plan", plan.pk, language="en"))
    assert "The plan is with the council already." in answer.content.decode()


@LANGUAGES
def test_a_returned_plan_says_why(client, world, plan, language):
    returned(plan, world, reason="សូមពិនិត្យតម្លៃ ក.១")
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk, language=language)
    assert "សូមពិនិត្យតម្លៃ ក.១" in shown
    assert address("submit-plan", plan.pk, language=language) in shown


def test_the_team_sees_the_remarks_of_the_council_on_the_plan(client, world, plan):
    version = submit_action_plan(plan=plan, by=world.facilitator)
    item = plan.items.first()
    remark_on_plan(plan_version=version, item=item, text="តើមានថវិកាឬទេ?", by=world.chief)
    remark_on_plan(plan_version=version, text="ផែនការល្អ", by=world.chief)
    client.force_login(world.facilitator)
    shown = page_of(client, "plan", plan.pk)
    assert "តើមានថវិកាឬទេ?" in shown
    assert "ផែនការល្អ" in shown
