"""Each role comes in, finds its first task on the first page, does it, and the page says so."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from communities.models import Cbo, Grant
from scorecards.entry.sheets import current_version
from scorecards.models import CouncilDecision
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.review import decide_reopening, request_reopening
from tests.factories import (
    give_role,
    make_commune,
    make_complete,
    make_locked,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_submitted,
)
from tests.scorecards import plan_world
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world(interface_on=date(2026, 7, 17), council_on=date(2026, 8, 28))


@pytest.fixture
def plans():
    """A commune whose plan lies before the council."""
    world = plan_world.make_world()
    world.plan_version = submit_action_plan(plan=plan_world.make_full_plan(world), by=world.facilitator)
    User.objects.update(last_login=timezone.now())  # nobody here needs help to come in
    return world


def home_of(client, person: User):
    client.force_login(person)
    return client.get("/en/")


def next_of(client, person: User) -> dict | None:
    return home_of(client, person).context["next"]


def plain(text: str) -> str:
    """With the blanks that keep a date together as ordinary ones."""
    return text.replace("\xa0", " ")


def page_of(client, person: User) -> str:
    return plain(home_of(client, person).content.decode())


def approve(plans) -> CouncilDecision:
    decision = record_council_decision(
        plan_version=plans.plan_version, session_number="12", held_on=date(2026, 6, 15), present_count=5,
        council_size=7, outcome="approve", by=plans.clerk,
    )  # fmt: skip
    return confirm_council_decision(decision=decision, by=plans.chief)


def mark_all_read(client, plans) -> None:
    for item in plans.plan_version.plan.items.all():
        answer = client.post(
            f"/en/plan-versions/{plans.plan_version.pk}/read/", {"item": item.pk, "is_read": "on"}
        )
        assert answer.status_code == 302


# --- The team -------------------------------------------------------------------------------------


def test_a_facilitator_submits_a_sheet_and_later_reads_that_it_was_locked(world, client):
    person = world.person("facilitator")
    version = make_complete(version=current_version(world.sitting()), by=person)
    following = next_of(client, person)
    assert plain(following["note"]) == "Meeting of 11 Jun 2026 · by 17 Jul 2026 (32 days left)"
    assert client.get(following["url"]).status_code == 200
    client.post(f"/en/scorecards/{version.scorecard_id}/submit/")
    answer = home_of(client, person)
    assert answer.context["next"] is None
    [sent] = answer.context["asked"]
    assert (sent.what, sent.label) == ("You sent a scorecard", "Waits to be checked")

    officer = world.person("ngo_officer")
    following = next_of(client, officer)
    assert (following["title"], following["url"]) == ("Check 1 scorecard", "/en/review/")
    assert "by 22 Jun 2026 (7 days left)" in plain(following["note"])
    client.post(f"/en/scorecards/{version.scorecard_id}/lock/", {"names_nobody": "on"})
    assert next_of(client, officer) is None
    [sent] = home_of(client, person).context["asked"]
    assert sent.label == "Checked and locked"


def test_what_is_assigned_to_somebody_else_waits_for_them(world, client):
    mine, theirs = world.person("facilitator"), world.person("facilitator")
    card = world.sitting()
    card.assigned_to = theirs
    card.save()
    assert next_of(client, mine) is None
    assert "Enter the scores" in next_of(client, theirs)["title"]


# --- The council ----------------------------------------------------------------------------------


def test_the_clerk_records_the_decision_and_answers_the_councillors(plans, client):
    remark = plans.plan_version.remarks.create(
        text="តើស្រុកបានទទួលសំណើនេះហើយឬនៅ?", remarked_at=timezone.now(),
        remarked_by=plan_world.make_person("councillor", area=plans.commune),
    )  # fmt: skip
    answer = home_of(client, plans.clerk)
    [question] = answer.context["questions"]
    User.objects.update(last_login=timezone.now())
    client.post(question.url, {"answer": "ស្រុកបានទទួល"})
    decision_page = answer.context["waiting"][0].waiting.url
    typed = {
        "session_number": "8",
        "held_on": "15/06/2026",
        "present_count": "5",
        "council_size": "7",
        "outcome": "approve",
    }
    assert client.post(decision_page, typed).status_code == 302
    answer = home_of(client, plans.clerk)
    assert answer.context["next"] is None
    assert answer.context["questions"] == []
    [lacking] = answer.context["missing"]
    assert lacking["what"] == "The photo of the signed minutes"
    [heard] = home_of(client, remark.remarked_by).context["asked"]
    assert (heard.label, heard.answer) == ("Answered", "ស្រុកបានទទួល")


def test_a_councillor_reads_the_plan_until_every_action_is_marked(plans, client):
    councillor = plan_world.make_person("councillor", area=plans.commune)
    following = next_of(client, councillor)
    assert following["note"].startswith("4 of 4 actions are not marked as read")
    assert client.get(following["url"]).status_code == 200
    mark_all_read(client, plans)
    assert next_of(client, councillor) is None


@pytest.mark.parametrize("who", ["chief", "delegate"])
def test_the_chief_or_a_councillor_named_for_it_confirms(plans, client, who):
    person = plans.chief
    if who == "delegate":
        person = plan_world.make_person("councillor", area=plans.commune, is_delegate=True)
    record_council_decision(
        plan_version=plans.plan_version, session_number="12", held_on=date(2026, 6, 15), present_count=5,
        council_size=7, outcome="approve", by=plans.clerk,
    )  # fmt: skip
    following = next_of(client, person)
    assert following["title"].startswith("Confirm the council’s decision")
    client.post(following["url"])
    assert home_of(client, person).context["next"] is None
    plans.plan_version.plan.refresh_from_db()
    assert plans.plan_version.plan.status == "approved"


def test_a_councillor_who_was_not_named_has_nothing_to_confirm(plans, client):
    councillor = plan_world.make_person("councillor", area=plans.commune)
    record_council_decision(
        plan_version=plans.plan_version, session_number="12", held_on=date(2026, 6, 15), present_count=5,
        council_size=7, outcome="approve", by=plans.clerk,
    )  # fmt: skip
    assert next_of(client, councillor) is None


def test_a_committee_member_reads_the_approved_actions_and_sees_what_ends_soon(plans, client):
    member = plan_world.make_person("committee_member", area=plans.commune)
    assert next_of(client, member) is None
    approve(plans)
    following = next_of(client, member)
    assert client.get(following["url"]).status_code == 200
    mark_all_read(client, plans)
    answer = home_of(client, member)
    assert answer.context["next"] is None
    assert [item.ends_on for item in answer.context["actions"]] == [date(2027, 11, 1)] * 4


# --- Providers, groups, the district, donors ------------------------------------------------------


def test_a_provider_begins_its_self_assessment(world, client):
    make_locked(scorecard=world.sitting())
    person = world.person("service_provider")
    answer = home_of(client, person)
    following = answer.context["next"]
    assert following["post"]
    begun = client.post(following["url"], follow=True)
    assert begun.status_code == 200
    following = next_of(client, person)
    assert following["url"].endswith("/self-assessment/")
    assert client.get(following["url"]).status_code == 200


def test_somebody_who_speaks_for_a_group_counts_its_members(world, client):
    person = world.person("cbo_representative")
    following = next_of(client, person)
    assert following["title"] == "Count the members of Savings group"
    assert "by 31 Dec 2026" in plain(following["note"])
    client.post(following["url"], {"year": "២០២៦", "members_count": "២៤", "female_count": "18"})
    answer = home_of(client, person)
    assert answer.context["next"] is None
    assert "2026: 24 members, 18 of them women" in plain(answer.content.decode())
    other = Cbo.objects.create(name_km="ក្រុមផ្សេង", commune=world.commune)
    assert client.get(f"/en/settings/groups/{other.pk}/members/").status_code == 404


def test_a_district_officer_prepares_the_workshop(plans, client):
    officer = plan_world.make_person("district_officer", area=plans.commune.parent)
    assert next_of(client, officer) is None
    plans.scoring_round.district_workshop_on = date(2026, 6, 15) + timedelta(days=20)
    plans.scoring_round.save()
    following = next_of(client, officer)
    assert following["title"] == "Prepare the district workshop: 2 actions"
    page = client.get(following["url"]).content.decode()
    assert "Build the drain" in page
    assert "Post the list of medicine" not in page


def test_a_donor_opens_the_figures_of_the_own_grant(world, client):
    make_submitted(scorecard=world.sitting(2))
    person = world.person("donor_viewer")
    assert next_of(client, person) is None
    grant = Grant.objects.create(
        donor=world.organisation, programme=world.programme, starts_on=date(2026, 1, 1)
    )
    following = next_of(client, person)
    assert following["url"] == f"/en/grants/{grant.pk}/"
    assert client.get(following["url"]).status_code == 200


# --- Administrators, and people to help in --------------------------------------------------------


def test_an_administrator_is_led_through_the_first_day(client):
    person = make_person(role="administrator")
    answer = home_of(client, person)
    assert [step.is_done for step in answer.context["checklist"]] == [False] * 6
    assert answer.context["next"]["title"] == "Set up: A programme"
    assert client.get(answer.context["next"]["url"]).status_code == 200
    assert "Nothing is waiting" not in answer.content.decode()


def test_the_list_of_the_first_day_goes_away_when_all_is_done(client):
    person = make_person(role="administrator")
    programme = make_programme(is_practice=False)
    make_round(programme=programme, commune=make_commune(code="010201"))
    make_provider(commune=make_commune(code="010201"))
    officer = make_person(name="Officer Dara", role="ngo_officer", programme=programme)
    answer = home_of(client, person)
    assert answer.context["checklist"] == []
    assert answer.context["next"]["title"] == "Help Officer Dara to come in"
    assert client.get(answer.context["next"]["url"]).status_code == 200
    officer.last_login = timezone.now()
    officer.save()
    assert next_of(client, person) is None


def test_a_district_officer_helps_in_those_of_the_own_district_alone(world, client):
    officer = world.person("district_officer")
    make_person(name="Elsewhere", role="council_clerk", area=make_commune(code="000201"))
    assert next_of(client, officer) is None
    make_person(name="Vanna", role="council_clerk", area=world.commune)
    answer = home_of(client, officer)
    assert answer.context["next"]["title"] == "Help Vanna to come in"
    assert [row.name for row in answer.context["to_help"]] == ["Vanna"]


# --- Several roles, and none ----------------------------------------------------------------------


def test_a_person_with_two_roles_finds_the_work_of_both(plans, client):
    person = plans.clerk
    give_role(person=person, role="service_provider", provider=plans.health_centre)
    answer = home_of(client, person)
    assert answer.context["title"] == "My work"
    assert [role.name for role in answer.context["roles"]] == ["Commune clerk", "Service provider"]
    assert answer.context["next"]["title"].startswith("Put the action plan")


def test_one_role_stands_in_the_title_with_its_place(world, client):
    answer = home_of(client, world.person("council_clerk"))
    assert answer.context["title"] == "My work · Commune clerk"
    assert answer.context["lead"] == "Council Clerk · Kumru · Monday 15 June 2026"
    assert [name for name, _url in answer.context["place"]] == ["Kumru", "Kumru", "Kumru"]


def test_after_the_last_role_ended_the_page_says_since_when_and_whom_to_call(world, client, settings):
    settings.HELP_PHONE = "012 345 678"
    person = make_person()
    give_role(person=person, role="councillor", area=world.commune, ends_on=date(2026, 5, 31))
    page = page_of(client, person)
    assert "Your role ended on 31 May 2026: Councillor, Kumru." in page
    assert 'href="tel:012345678"' in page
    settings.HELP_PHONE = ""
    assert "tell the clerk of your commune" in client.get("/en/").content.decode()


def test_a_role_that_begins_later_is_announced(world, client):
    person = make_person()
    give_role(person=person, role="council_chief", area=world.commune, starts_on=date(2026, 7, 1))
    assert "Your role begins on 1 Jul 2026: Commune chief, Kumru." in page_of(client, person)


def test_a_wish_to_reopen_is_answered_on_the_first_page(world, client):
    version, person = make_locked(scorecard=world.sitting()), world.person("council_clerk")
    request = request_reopening(version=version, reason="ខុសជួរ", by=person)
    [asked] = home_of(client, person).context["asked"]
    assert asked.label == "No answer yet"
    decide_reopening(request=request, grant=False, answer="The paper says the same", by=make_person())
    [asked] = home_of(client, person).context["asked"]
    assert (asked.label, asked.answer) == ("Kept locked", "The paper says the same")
    assert client.get(asked.url).status_code == 200
