"""The page of a commune for everybody: nothing of a round before its day, and never more than was published."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from communities.models import AreaCode
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.publication import (
    announce_publication,
    record_agreement,
    reply_to_publication,
    withdraw_publication,
)
from tests.scorecards.plan_world import make_full_plan, make_interface_meeting, make_world, score

pytestmark = pytest.mark.django_db
NOTHING = "Nothing is published yet"


@pytest.fixture(autouse=True)
def _in_august():
    with time_machine.travel("2026-08-20 03:00", tick=False):
        yield


@pytest.fixture
def world():
    """A round with locked scores and an approved, signed plan; the commune agreed; nothing is announced."""
    world = make_world()
    score(world, (10, 8, 4, 2, 1))
    make_interface_meeting(world)
    version = submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    decision = record_council_decision(
        plan_version=version, session_number="8/2026", held_on=timezone.localdate(), present_count=5,
        council_size=7, outcome="approve", agrees_to_publish=True, by=world.clerk,
        scan=SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    )  # fmt: skip
    confirm_council_decision(decision=decision, by=world.chief)
    record_agreement(
        commune=world.commune, covers_scores=True, covers_plans=True, agreed_on=date(2026, 8, 1),
        agreed_by="session 7/2026", by=world.clerk,
    )  # fmt: skip
    return world


def announce(world, kind):
    return announce_publication(scoring_round=world.scoring_round, kind=kind, by=world.clerk)


def page(client, code="000101", language="en", query="", on="2026-08-20 03:00"):
    with override(language), time_machine.travel(on, tick=False):
        answer = client.get(reverse("reports:commune", args=[code]) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_commune_that_never_was_is_not_there(client, world):
    for code in ("999999", "0001", "ខខខខខខ", "000101x"):
        with override("en"):
            assert client.get(reverse("reports:commune", args=[code])).status_code == 404


def test_nothing_of_a_round_is_public_before_its_day(client, world):
    for stage in ("locked and approved", "announced"):
        if stage == "announced":
            announce(world, "scores")
            announce(world, "plan")
        for day in ("2026-08-20", "2026-08-26 12:00"):
            shown = page(client, on=day)
            assert NOTHING in shown
            assert "Kumru health centre" not in shown
            assert "Build the drain" not in shown
    assert NOTHING not in page(client, on="2026-08-27 03:00")


def test_in_frozen_days_nothing_new_is_public(client, world):
    announce(world, "scores")
    world.programme.frozen_from, world.programme.frozen_until = date(2026, 8, 27), date(2026, 9, 30)
    world.programme.save()
    assert NOTHING in page(client, on="2026-09-30 03:00")
    shown = page(client, on="2026-10-01 03:00")
    assert "Published on 1 October 2026" in shown


@pytest.mark.parametrize("language", ["km", "en"])
def test_scores_stand_with_face_people_share_and_replies(client, world, language):
    publication = announce(world, "scores")
    reply_to_publication(publication=publication, provider=None, text="ឃុំតាមដាន", by=world.clerk)
    reply_to_publication(publication=publication, provider=world.health_centre, text="យើងកែ", by=world.clerk)
    shown = page(client, language=language, on="2026-08-28")
    expected = {
        "km": ["មណ្ឌលសុខភាពគំរូ", "<b>២,០</b>", "២៥ នាក់", "១៨ ក្នុង ២៥ នាក់"],
        "en": [
            "Kumru health centre",
            "<b>2.0</b>",
            "25 people",
            "18 of 25 people",
            "Published on 27 August 2026",
        ],
    }[language]
    for text in (*expected, "ឃុំតាមដាន", "យើងកែ"):
        assert text in shown, text


def test_reasons_villages_and_sittings_never_stand_there(client, world):
    scored = score(world, (2, 2, 2, 0, 0), sitting=2).criteria.get()
    scored.reason = "ពេទ្យមិនមាន"
    scored.save()
    announce(world, "scores")
    shown = page(client, on="2026-08-28")
    assert "31 people" in shown
    assert "ពេទ្យមិនមាន" not in shown


def test_the_plan_says_what_where_who_and_when_and_no_money(client, world):
    announce(world, "plan")
    shown = page(client, on="2026-08-28")
    for text in ("Build the drain", "led by Commune chief", "planned for Nov\u00a02027", "as version 1 says"):
        assert text in shown, text
    assert "48\u00a0000\u00a0000" not in shown
    assert "riel" not in shown


def test_what_is_withdrawn_is_gone(client, world):
    publication = announce(world, "scores")
    assert "Kumru health centre" in page(client, on="2026-08-28")
    withdraw_publication(publication=publication, reason="ខុស", by=world.clerk)
    shown = page(client, on="2026-08-28")
    assert NOTHING in shown
    assert "ខុស" not in shown


def test_another_year_is_shown_only_if_it_is_public(client, world):
    announce(world, "scores")
    for query in ("?year=2026", "?year=1999", "?year=x", "?year=%00"):
        assert "Kumru health centre" in page(client, query=query, on="2026-08-28")


def test_an_earlier_code_leads_to_todays(client, world):
    AreaCode.objects.create(
        area=world.commune, code="990101", kind="khum", name_km="គំរូ", valid_to=date(2020, 1, 1)
    )
    with override("en"):
        answer = client.get(reverse("reports:commune", args=["990101"]))
    assert answer.status_code == 302
    assert "/c/000101/" in answer.url


def test_practice_is_marked(client, world):
    assert "Practice commune" in page(client)


def test_the_page_asks_as_often_for_one_sitting_as_for_three(client, world, django_assert_num_queries):
    announce(world, "plan")
    withdrawn = announce(world, "scores")
    with django_assert_num_queries(12):
        page(client, on="2026-08-28")
    withdraw_publication(publication=withdrawn, reason="ថ្មី", by=world.clerk)
    for sitting in (2, 3):
        score(world, (2, 2, 2, 0, 0), sitting=sitting)
    publication = announce(world, "scores")
    for provider in (None, world.health_centre):
        reply_to_publication(publication=publication, provider=provider, text="យើងកែ", by=world.clerk)
    with django_assert_num_queries(13):  # and one for the names of those who replied
        page(client, on="2026-08-28")
