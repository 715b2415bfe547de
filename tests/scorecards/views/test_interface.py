import re

import pytest
from django.urls import reverse

from scorecards.interface.meeting import meeting_of
from scorecards.interface.minutes import minutes_of
from scorecards.models import ActionItem, InterfacePoint, ScorecardCriterion
from scorecards.operations.interface import agree_on_point, park_point, set_agenda
from scorecards.operations.plan_submission import submit_action_plan
from tests.factories import make_criterion
from tests.scorecards.plan_world import (
    World,
    make_full_plan,
    make_interface_meeting,
    make_person,
    make_world,
    score,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "revision": "0",
    "activity_km": "បិទបញ្ជី",
    "lead_km": "ប្រធាន",
    "ends_on": "2027-12-01",
    "section": "internal",
}


@pytest.fixture
def world(client) -> World:
    world = make_world()
    score(world, (20, 10, 5, 3, 2))
    ScorecardCriterion.objects.update(weaknesses="ថ្នាំអស់នៅចុងខែ")
    client.force_login(world.facilitator)
    return world


@pytest.fixture
def point(world) -> InterfacePoint:
    (point,) = set_agenda(
        scoring_round=world.scoring_round,
        points=[(world.health_centre, world.medicine)],
        by=world.facilitator,
    )
    return point


def at(name: str, *keys) -> str:
    return reverse(f"scorecards:{name}", args=[getattr(key, "pk", key) for key in keys])


def send(client, name: str, point: InterfacePoint, **changes):
    return client.post(at(name, point), TYPED | changes)


# --- The agenda -----------------------------------------------------------------------------------


def test_before_there_is_an_agenda_one_is_proposed(client, world):
    answer = client.get(at("interface", world.scoring_round))
    assert [choice.is_chosen for group in answer.context["groups"] for choice in group.choices] == [True]

    key = f"{world.health_centre.pk}.{world.medicine.pk}"
    begun = client.post(at("interface", world.scoring_round), {"points": [key], "begin": "1"})
    assert begun.url == at("interface-point", InterfacePoint.objects.get())


@pytest.mark.parametrize("points", [[], ["\x00"], ["1.99999999999999999999"]])
def test_an_agenda_of_nothing_is_refused(client, world, points):
    answer = client.post(at("interface", world.scoring_round), {"points": points})
    assert answer.context["form"].errors
    assert not InterfacePoint.objects.exists()


def test_the_agenda_says_what_came_of_each_point_and_what_is_next(client, world, point):
    first = client.get(at("interface", world.scoring_round)).context
    assert first["next"]["url"] == at("interface-point", point)
    agree_on_point(point=point, fields={"activity_km": "ក"}, base_revision=0, by=world.facilitator)
    assert client.get(at("interface", world.scoring_round)).context["next"]["url"] == at(
        "interface-meeting", world.scoring_round
    )
    make_interface_meeting(world)
    done = client.get(at("interface", world.scoring_round)).context
    assert done["next"]["url"] == at("minutes", world.scoring_round)
    # Ticked or not, what was settled stays.
    client.post(at("interface", world.scoring_round), {"points": []})
    assert InterfacePoint.objects.get() == point


# --- A point --------------------------------------------------------------------------------------


def test_reasons_stand_on_the_wall(client, point):
    page = client.get(at("interface-point", point)).content.decode()
    assert "ថ្នាំអស់នៅចុងខែ" in page


def test_what_is_agreed_goes_into_the_plan(client, point):
    answer = send(client, "agree-point", point)
    assert answer.url == at("interface-point", point)
    item = ActionItem.objects.get()
    assert (item.activity_km, item.lead_km, item.ends_on.isoformat()) == ("បិទបញ្ជី", "ប្រធាន", "2027-12-01")
    assert "បិទបញ្ជី" in client.get(answer.url).content.decode()


def test_the_second_of_two_people_loses_nothing(client, point):
    send(client, "agree-point", point)
    late = send(client, "agree-point", point, activity_km="របស់ខ្ញុំ")
    form = late.context["agree"]
    assert form.non_field_errors()
    assert (form["activity_km"].value(), form["revision"].value()) == ("របស់ខ្ញុំ", "1")
    send(client, "agree-point", point, activity_km="របស់ខ្ញុំ", revision="១")
    assert ActionItem.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"activity_km": ""}, {"activity_km": "ក" * 401}, {"activity_km": "\x00"}, {"revision": ""},
        {"revision": "9" * 40}, {"ends_on": "13/2027"}, {"section": "x"}, {"route": "x"}, {"lead_km": "ក" * 161},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_the_form(client, point, changes):
    answer = send(client, "agree-point", point, **changes)
    assert answer.context["agree"].errors
    assert not ActionItem.objects.exists()


def test_a_point_is_parked_and_opened_again(client, point):
    assert send(client, "park-point", point, note=" ").context["park"].errors
    send(client, "park-point", point, note="រង់ចាំថវិកា")
    assert "រង់ចាំថវិកា" in client.get(at("interface-point", point)).content.decode()
    client.post(at("reopen-point", point), {"revision": "x"})
    assert InterfacePoint.objects.get().state == "parked"
    client.post(at("reopen-point", point), {"revision": "1"})
    assert InterfacePoint.objects.get().state == "open"


def test_a_note_typed_against_an_older_state_stays_in_the_form(client, point):
    send(client, "agree-point", point)
    answer = send(client, "park-point", point, note="រង់ចាំ")
    assert answer.context["park"]["note"].value() == "រង់ចាំ"
    assert answer.context["is_parking"]


@pytest.mark.parametrize("name", ["agree-point", "park-point"])
def test_an_address_of_an_answer_leads_to_the_point(client, point, name):
    assert client.get(at(name, point)).url == at("interface-point", point)


def test_while_the_council_has_the_plan_the_page_says_so(client, world, point):
    submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    answer = send(client, "agree-point", point)
    assert answer.context["why_not"]
    assert not ActionItem.objects.filter(activity_km="បិទបញ្ជី").exists()


def test_the_plan_of_another_organisation_is_not_written_into(client, world, point):
    plan = make_full_plan(world)
    officer = make_person("ngo_officer", programme=world.programme)
    other = type(world.programme).objects.create(name_km="ផ្សេង", first_year=2025)
    type(world.scoring_round).objects.filter(pk=plan.scoring_round_id).update(programme=other)
    theirs = type(world.scoring_round).objects.create(
        programme=world.programme, organisation=world.organisation, commune=world.commune, year=2026,
        opened_at=point.recorded_at, opened_by=officer,
    )  # fmt: skip
    assert meeting_of(theirs, officer).why_not


# --- On paper -------------------------------------------------------------------------------------


def typed_from_paper(point: InterfacePoint, **changes) -> dict:
    prefix = f"point-{point.pk}"
    fields = {"revision": "0", "note": "", "0-activity_km": "មួយ", "0-lead_km": "ប្រធាន", "1-activity_km": "ពីរ"}
    return {f"{prefix}-{name}": value for name, value in (fields | changes).items()}


def test_what_is_on_paper_is_typed_in_at_once(client, world, point):
    address = at("interface-paper", world.scoring_round, world.health_centre)
    assert client.get(address).status_code == 200
    assert client.get(at("interface-paper", world.scoring_round, world.school)).status_code == 404

    answer = client.post(address, typed_from_paper(point))
    assert answer.url == at("interface", world.scoring_round)
    assert list(ActionItem.objects.order_by("pk").values_list("activity_km", flat=True)) == ["មួយ", "ពីរ"]

    again = client.post(address, typed_from_paper(point))
    assert again.context["faults"]
    (shown,) = again.context["points"]
    assert shown.form["revision"].value() == "2"
    assert shown.actions[1]["activity_km"].value() == "ពីរ"
    assert ActionItem.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "រង់ចាំ"}, {"0-activity_km": ""}, {"revision": ""}, {"0-ends_on": "x"}, {"note": "ក" * 501},
        {"1-activity_km": "ក" * 401},
    ],
)  # fmt: skip
def test_paper_that_contradicts_itself_is_not_kept(client, world, point, changes):
    address = at("interface-paper", world.scoring_round, world.health_centre)
    assert client.post(address, typed_from_paper(point, **changes)).status_code == 200
    assert not ActionItem.objects.exists()


def test_a_blank_paper_changes_nothing(client, world, point):
    blank = typed_from_paper(point, **dict.fromkeys(("0-activity_km", "0-lead_km", "1-activity_km"), ""))
    client.post(at("interface-paper", world.scoring_round, world.health_centre), blank)
    point.refresh_from_db()
    assert point.revision == 0


# --- Minutes --------------------------------------------------------------------------------------


def test_minutes_say_what_came_of_each_point_and_no_reason(world, point):
    staff = make_criterion(service=world.health_centre.service_type, text="បុគ្គលិក")
    points = [(world.health_centre, world.medicine), (world.health_centre, staff)]
    _first, second = set_agenda(scoring_round=world.scoring_round, points=points, by=world.facilitator)
    agree_on_point(point=point, fields={"activity_km": "បិទបញ្ជី"}, base_revision=0, by=world.facilitator)
    park_point(point=second, note="រង់ចាំថវិកា", base_revision=0, by=world.facilitator)
    make_interface_meeting(world)

    minutes = minutes_of(meeting_of(world.scoring_round, world.facilitator), language="km")
    (group,) = minutes.groups
    assert [action.what for action in group.rows[0].actions] == ["បិទបញ្ជី"]
    assert "រង់ចាំថវិកា" in group.rows[1].note
    assert minutes.held_on
    assert [is_chief for row in minutes.signatures for _title, is_chief in row] == [False, False, True]
    assert "ថ្នាំអស់នៅចុងខែ" not in repr(minutes)


def test_a_blank_form_carries_the_proposed_points_and_room_for_one_more(world):
    minutes = minutes_of(meeting_of(world.scoring_round, world.facilitator), language="en", is_blank=True)
    assert [row.criterion for row in minutes.groups[0].rows] == ["Enough medicine", ""]


@pytest.mark.parametrize(
    ("asked", "name"),
    [("?language=km", "MIN_000101_2026.pdf"), ("?language=en&form=blank", "MINFORM_000101_2026_en.pdf")],
)
def test_the_paper_is_a_pdf(client, world, point, asked, name):
    answer = client.get(at("minutes", world.scoring_round) + asked)
    assert answer.content.startswith(b"%PDF")
    assert re.search(r'filename="(.*)"', answer["Content-Disposition"])[1] == name
