"""What the paper says, as it stands on the day of freezing."""

from datetime import date
from decimal import Decimal

import pytest

from communities.models import KeyWord
from scorecards.enums import PlanSection
from scorecards.models import ActionPlan
from scorecards.operations.action_plans import delete_action_item
from scorecards.plans.content import problems_in
from scorecards.plans.freezing import content_of
from scorecards.printing import plan_html
from tests.scorecards.plan_world import (
    external,
    internal,
    make_full_plan,
    make_interface_meeting,
    make_plan,
    make_provider,
    make_world,
    put,
    score,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


def freeze(plan, **changes) -> dict:
    return content_of(plan, **({"number": 1, "submitted_on": date(2026, 7, 24), "is_draft": False} | changes))


def behind(world) -> list[tuple]:
    return [(world.scoring_round, world.health_centre, world.medicine)]


def test_a_plan_becomes_content_that_prints(world):
    content = freeze(make_full_plan(world))
    assert problems_in(content) == []
    assert (content["document_code"], content["plan_year"]) == ("JAAP-000101-2027", 2027)
    assert (content["version"], content["submitted_on"], content["practice"]) == (1, "2026-07-24", True)
    for kind, language in (("jaap", "km-en"), ("jaap_handout", "km")):
        assert plan_html(content=content, kind=kind, language=language)


def test_an_empty_draft_prints_too(world):
    content = freeze(make_plan(world), submitted_on=None, is_draft=True)
    assert (content["draft"], content["external"], content["internal"]) == (True, [], [])
    assert plan_html(content=content, kind="jaap", language="km-en")


def test_places_carry_their_kind_in_both_languages(world):
    content = freeze(make_plan(world))
    assert content["commune"]["kind"] == {"km": "ឃុំ", "en": "commune"}
    assert content["district"]["kind"] == {"km": "ស្រុក", "en": "district"}
    assert content["province"] == {
        "code": "00", "kind": {"km": "ខេត្ត", "en": "province"}, "name": {"km": "គំរូ", "en": "Kumru"},
    }  # fmt: skip
    assert {"km": "រដ្ឋបាលស្រុក", "en": "district administration"} in content["copies_to"]


def test_a_sangkat_has_its_own_words():
    content = freeze(make_plan(make_world(commune_code="120101", commune_kind="sangkat")))
    assert content["practice"] is False
    assert content["commune"]["kind"] == {"km": "សង្កាត់", "en": "sangkat"}
    assert content["district"]["kind"] == {"km": "ខណ្ឌ", "en": "khan"}
    assert content["province"]["kind"] == {"km": "រាជធានី", "en": "capital"}
    assert content["signatures"][-1]["title"] == {"km": "ចៅសង្កាត់", "en": "Sangkat chief"}


def test_a_programme_says_its_own_words(world):
    KeyWord.objects.create(programme=world.programme, key="plan_short", text_km="ផសរគ", text_en="PLAN")
    assert freeze(make_plan(world))["words"]["plan_short"] == {"km": "ផសរគ", "en": "PLAN"}


def test_the_meeting_is_found_even_if_it_was_recorded_after_the_draft(world):
    plan = make_plan(world)
    assert freeze(plan)["meeting_on"] is None
    make_interface_meeting(world)
    assert freeze(plan)["meeting_on"] == "2026-07-17"


def test_unknown_and_zero_stay_apart(world):
    plan = make_plan(world)
    put(plan, external(cost_riel=0, quantity=Decimal("1200.00"), beneficiaries_count=0))
    put(
        plan, external(cost_riel=None, is_cost_to_be_estimated=True, quantity=Decimal("2.50"), starts_on=None)
    )
    first, second = freeze(plan)["external"]
    assert (first["cost_riel"], first["quantity"], first["beneficiaries"]) == (0, "1200", 0)
    assert (second["cost_riel"], second["quantity"], second["beneficiaries"]) == (None, "2.5", None)
    assert (second["start"], second["end"]) == (None, "2027-11-01")


def test_words_of_an_action_stand_in_both_languages(world):
    plan = make_plan(world)
    put(plan, external(activity_en=""))
    item = freeze(plan)["external"][0]
    assert item["activity"] == {"km": "ស្ថាបនាប្រព័ន្ធលូ", "en": ""}
    assert item["route"] == {"km": "មូលនិធិឃុំ / កម្មវិធីវិនិយោគ", "en": "commune fund / CIP"}
    assert item["status"] == {"km": "មិនទាន់ចាប់ផ្ដើម", "en": "Not started"}


def test_providers_have_an_order_of_their_own_and_numbers_go_on(world):
    plan = make_plan(world)
    for provider in (world.school, world.health_centre, world.office, world.school):
        put(plan, internal(provider))
    groups = freeze(plan)["internal"]
    assert [group["provider"]["en"] for group in groups] == [
        "Kumru commune administration", "Kumru health centre", "Kumru primary school",
    ]  # fmt: skip
    assert [[item["number"] for item in group["items"]] for group in groups] == [[1], [2], [3, 4]]


def test_a_deleted_action_is_not_on_the_paper(world):
    plan = make_full_plan(world)
    item = plan.items.filter(section=PlanSection.EXTERNAL).first()
    delete_action_item(item=item, by=world.facilitator)
    assert item.pk not in [row["id"] for row in freeze(plan)["external"]]


class TestTheScoreBehind:
    def test_it_is_pooled_over_people_and_rounded_half_up(self, world):
        plan = make_plan(world)
        put(plan, external(), sources=behind(world))
        # 20 people say 2 and 20 say 3, 40 say 2: 2.25, not the mean of 2.5 and 2.0.
        score(world, (0, 20, 20, 0, 0))
        score(world, (0, 40, 0, 0, 0), sitting=2)
        (item,) = freeze(plan)["external"]
        assert item["target_score"] == "2.3"
        assert item["target"] == {"km": "មានថ្នាំគ្រប់គ្រាន់", "en": "Enough medicine"}

    def test_what_is_not_locked_is_not_in_it(self, world):
        plan = make_plan(world)
        put(plan, external(), sources=behind(world))
        score(world, (0, 0, 0, 0, 30), status="draft")
        assert freeze(plan)["external"][0]["target_score"] is None
        score(world, (30, 0, 0, 0, 0), sitting=2)
        assert freeze(plan)["external"][0]["target_score"] == "1.0"

    def test_of_fewer_than_five_people_nothing_is_told(self, world):
        plan = make_plan(world)
        put(plan, external(), sources=behind(world))
        score(world, (4, 0, 0, 0, 0))
        assert freeze(plan)["external"][0]["target_score"] is None

    def test_a_target_in_own_words_stands(self, world):
        plan = make_plan(world)
        put(plan, external(target_km="ផ្លូវ"), sources=behind(world))
        assert freeze(plan)["external"][0]["target"] == {"km": "ផ្លូវ", "en": ""}


class TestSignatures:
    def test_facilitator_providers_and_chief_sign(self, world):
        plan = make_plan(world)
        put(plan, internal(world.school))
        score(world, (10, 0, 0, 0, 0))
        signatures = freeze(plan)["signatures"]
        assert [(each["role"], each["title"]["en"]) for each in signatures] == [
            ("facilitator", "Community facilitator"),
            ("provider", "Kumru primary school"),
            ("provider", "Kumru health centre"),
            ("chief", "Commune chief"),
        ]
        assert {each["name"]["km"] for each in signatures} == {""}

    def test_a_programme_may_want_a_witness(self):
        content = freeze(make_plan(make_world(has_witness_signature=True)))
        assert [each["role"] for each in content["signatures"]] == ["facilitator", "witness", "chief"]

    def test_at_most_eight_sign_and_all_receive_a_copy(self, world):
        plan = make_plan(world)
        for number in range(8):
            put(plan, internal(make_provider("PS", f"សាលា {number}", f"School {number}", world.commune)))
        content = freeze(plan)
        assert len(content["signatures"]) == 8
        assert len(content["copies_to"]) == 8 + 2


def test_the_number_of_queries_depends_on_providers_not_on_actions(world, django_assert_num_queries):
    plan = make_plan(world)
    score(world, (10, 0, 0, 0, 0))
    for actions in (1, 3):
        while plan.items.count() < actions:
            put(plan, external(), sources=behind(world))
        fresh = ActionPlan.objects.get(pk=plan.pk)
        with django_assert_num_queries(18):
            freeze(fresh)
