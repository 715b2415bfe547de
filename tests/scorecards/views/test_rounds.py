"""The annual rounds through the pages: who is let in, what the list and the page of a round say, what is refused."""

from datetime import date

import pytest
import time_machine

from accounts.models import AuditEvent
from communities.models import Meeting, ProgrammeOrganisation
from scorecards.models import Round, Scorecard
from scorecards.operations.review import return_scorecard
from tests.factories import (
    give_role,
    make_commune,
    make_complete,
    make_locked,
    make_organisation,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_scorecard,
    make_submitted,
    make_village,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

TODAY = "2026-06-15 09:00+07:00"


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def officer(world, client):
    person = world.person("ngo_officer")
    client.force_login(person)
    return person


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def text_of(answer) -> str:
    return answer.content.decode()


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["service_provider", "cbo_representative", "donor_viewer", "administrator"])
def test_rounds_are_not_for_roles_without_them(world, client, role):
    client.force_login(world.person(role))
    assert client.get("/en/rounds/").status_code == 403
    assert client.get(f"/en/rounds/{world.scoring_round.pk}/").status_code == 404


def test_a_round_elsewhere_does_not_exist(world, client):
    client.force_login(world.person("council_clerk", area=make_commune(code="000102")))
    assert client.get(f"/en/rounds/{world.scoring_round.pk}/").status_code == 404
    assert "No round" in text_of(client.get("/en/rounds/?text=000101"))


@pytest.mark.parametrize("role", ["facilitator", "council_clerk", "district_officer"])
def test_opening_a_round_is_the_officers(world, client, role):
    client.force_login(world.person(role))
    assert client.get("/en/rounds/open/").status_code == 403


@pytest.mark.parametrize("role", ["council_clerk", "council_chief", "committee_member", "district_officer"])
def test_the_council_reads_a_round_and_changes_nothing_in_it(world, client, role):
    client.force_login(world.person(role))
    address = f"/en/rounds/{world.scoring_round.pk}/"
    assert client.get(address).status_code == 200
    assert client.post(f"{address}scorecards/add/", {}).status_code == 403
    assert client.post(f"{address}interface/", {}).status_code == 403


# --- The list -------------------------------------------------------------------------------------


def test_the_list_shows_step_programme_and_state(world, officer, client):
    page = text_of(client.get("/en/rounds/"))
    assert "Step 1 of 7" in page
    assert "Practice programme" in page
    assert "2026" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_round_and_for_three(
    world, officer, client, django_assert_num_queries, rows
):
    for year in range(2027, 2026 + rows):
        world.next_round(year)
    for scoring_round in Round.objects.all():
        make_scorecard(scoring_round=scoring_round, provider=world.provider)
    with django_assert_num_queries(9):
        client.get("/en/rounds/")


def test_the_list_is_found_by_year_and_by_name_in_either_script(world, officer, client):
    world.next_round(2027)
    make_round(
        commune=make_commune(code="000102", name="កណ្តាល", name_en="Kandal"), programme=world.programme,
        organisation=world.organisation,
    )  # fmt: skip
    assert client.get("/en/rounds/?year=២០២៧").context["page"].paginator.count == 1
    assert client.get("/en/rounds/?text=kandal").context["page"].paginator.count == 1
    # Coeng-da typed for coeng-ta.
    assert client.get("/en/rounds/", {"text": "កណ្ដាល"}).context["page"].paginator.count == 1
    assert client.get("/en/rounds/?text=០០០១០១").context["page"].paginator.count == 2


def test_fifty_rounds_stand_on_a_page(world, officer, client):
    for number in range(2, 53):
        make_round(
            commune=make_commune(code=f"0001{number:02}"), programme=world.programme, organisation=world.organisation
        )  # fmt: skip
    page = client.get("/en/rounds/?year=2026")
    assert len(page.context["rows"]) == 50
    assert "?year=2026&amp;page=2" in text_of(page)
    assert len(client.get("/en/rounds/?year=2026&page=2").context["rows"]) == 2


@pytest.mark.parametrize(
    "query", ["year=x", "year=99999999999999999999", "text=%00", "page=x", "page=999", "text=" + "x" * 500]
)
def test_nothing_in_the_address_breaks_the_list(world, officer, client, query):
    assert client.get(f"/en/rounds/?{query}").status_code == 200


# --- Opening a round ------------------------------------------------------------------------------


@pytest.fixture
def typed(world):
    return {
        "commune": "000101",
        "programme": world.programme.pk,
        "organisation": world.organisation.pk,
        "year": "២០២៧",
        "starts_on": "10/03/2027",
        "interface_on": "",
        "council_on": "",
        "district_workshop_on": "",
    }


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("commune", "nowhere", "commune"),
        ("commune", "\x00", "commune"),
        ("programme", "999999999999999999999", "programme"),
        ("organisation", "x", "organisation"),
        ("year", "1", "year"),
        ("year", "2026", "__all__"),  # there is one already
        ("starts_on", "32/13/2027", "starts_on"),
        ("council_on", "01/01/2027", "__all__"),  # before the start
    ],
)
def test_what_cannot_be_opened_is_said_at_the_form(officer, client, typed, field, value, where):
    answer = client.post("/en/rounds/open/", typed | {field: value})
    assert answer.status_code == 200
    assert where in answer.context["form"].errors
    assert Round.objects.count() == 1


def test_a_programme_of_others_cannot_be_chosen(officer, client, typed):
    other = make_programme(partners=[make_organisation()])
    answer = client.post("/en/rounds/open/", typed | {"programme": other.pk})
    assert "programme" in answer.context["form"].errors


def test_an_ambiguous_name_is_answered_with_the_codes(officer, client, typed):
    make_commune(code="000102")
    answer = client.post("/en/rounds/open/", typed | {"commune": "kumru"})
    assert "000101" in str(answer.context["form"].errors["commune"])
    assert "000102" in str(answer.context["form"].errors["commune"])


def test_the_officer_opens_a_round(officer, client, typed):
    answer = client.post("/en/rounds/open/", typed)
    opened = Round.objects.get(year=2027)
    assert answer.url == f"/en/rounds/{opened.pk}/"
    assert opened.starts_on == date(2027, 3, 10)
    assert AuditEvent.objects.filter(verb="scorecards.round.opened", object_id=opened.pk).count() == 1
    assert "Plan the scorecards" in text_of(client.get(answer.url))


# --- The page of a round --------------------------------------------------------------------------


def test_a_new_round_asks_for_its_scorecards(world, facilitator, client):
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    assert page.context["next"]["title"] == "Plan the scorecards"
    assert page.context["facts"].number == 1
    assert page.context["practice"] is True


def test_planning_a_scorecard_and_a_self_assessment(world, facilitator, client):
    village = make_village(commune=world.commune)
    make_scorecard(scoring_round=world.scoring_round, provider=world.provider)
    address = f"/en/rounds/{world.scoring_round.pk}/scorecards/add/"
    typed = {"kind": "community", "provider": world.provider.pk, "village": village.pk}
    assert client.post(address, typed).url == f"/en/rounds/{world.scoring_round.pk}/"
    assert Scorecard.objects.get(village=village, sitting=2)
    # The village is no part of a self-assessment, so it is left away.
    assert client.post(address, typed | {"kind": "self"}).status_code == 302
    assert Scorecard.objects.get(kind="self").village is None


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"village": ""}, "__all__"),
        ({"provider": "99999999999999999999"}, "provider"),
        ({"kind": "other"}, "kind"),
        ({"village": "\x00"}, "village"),
    ],
)
def test_a_scorecard_that_cannot_be_planned_is_refused_at_the_form(
    world, facilitator, client, changes, where
):
    village = make_village(commune=world.commune)
    typed = {"kind": "community", "provider": world.provider.pk, "village": village.pk} | changes
    answer = client.post(f"/en/rounds/{world.scoring_round.pk}/scorecards/add/", typed)
    assert where in answer.context["form"].errors
    assert not Scorecard.objects.exists()


def test_providers_of_other_communes_are_not_offered(world, facilitator, client):
    stranger = make_provider(commune=make_commune(code="000102"))
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/scorecards/add/")
    offered = page.context["form"].fields["provider"].queryset
    assert world.provider in offered
    assert stranger not in offered


def test_rows_lead_on_with_the_work_and_show_means_of_what_was_submitted(world, facilitator, client):
    draft, submitted = world.sitting(1), world.sitting(2)
    make_submitted(scorecard=submitted)
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    urls = {row.scorecard.pk: row.url for row in page.context["meetings"]}
    assert urls == {
        draft.pk: f"/en/scorecards/{draft.pk}/meeting/",
        submitted.pk: f"/en/scorecards/{submitted.pk}/results/",
    }
    assert page.context["next"]["title"].startswith("Enter the scores")
    assert "women 25" in text_of(page)
    assert {row.scorecard.pk: row.state for row in page.context["meetings"]}[draft.pk] == "not_started"
    assert [step.state for step in page.context["facts"].steps][:3] == ["done", "now", "ahead"]


def test_a_returned_scorecard_comes_first(world, facilitator, client):
    world.sitting(1)
    version = make_submitted(scorecard=world.sitting(2))
    return_scorecard(version=version, reason="Count the youth again", by=make_person())
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    assert page.context["next"]["note"] == "Returned: “Count the youth again”"
    assert page.context["next"]["url"] == f"/en/scorecards/{version.scorecard_id}/sheet/"


def test_the_officer_is_led_to_what_waits_for_a_check(world, officer, client):
    version = make_submitted(scorecard=world.sitting())
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    assert page.context["next"]["url"] == f"/en/scorecards/{version.scorecard_id}/check/"


def test_readers_outside_the_team_see_only_what_is_locked(world, client):
    make_complete(version=world.sitting(1).versions.get())
    locked = make_locked(scorecard=world.sitting(2))
    client.force_login(world.person("council_clerk"))
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    assert [row.scorecard.pk for row in page.context["meetings"]] == [locked.scorecard_id]
    assert page.context["missing"] == []
    assert page.context["next"] is None
    assert "women" not in text_of(page)


def test_a_small_sitting_shows_no_mean_outside_the_team(world, client):
    make_locked(scorecard=world.sitting(1), counts={"all": (1, 1, 1, 0, 0)})
    client.force_login(world.person("council_clerk"))
    [row] = client.get(f"/en/rounds/{world.scoring_round.pk}/").context["meetings"]
    assert row.verdict is None
    assert row.people is None


@pytest.mark.parametrize("rows", [1, 3])
def test_a_round_costs_the_same_for_one_scorecard_and_for_three(
    world, officer, client, django_assert_num_queries, rows
):
    make_locked(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)}, people={"all": 8})
    for number in range(1, rows + 1):
        make_locked(scorecard=world.sitting(number))
    with django_assert_num_queries(32):
        client.get(f"/en/rounds/{world.scoring_round.pk}/")


def test_the_days_to_the_investment_programme_are_said_early(world, facilitator, client):
    address = f"/en/rounds/{world.scoring_round.pk}/"
    assert client.get(address).context["warning"] == ""
    with time_machine.travel("2026-09-10 09:00+07:00"):
        client.force_login(facilitator)
        assert "20 days are left" in client.get(address).context["warning"]
    with time_machine.travel("2026-10-02 09:00+07:00"):
        client.force_login(facilitator)
        assert "since 30 Sep 2026" in client.get(address).context["warning"].replace("\xa0", " ")


# --- The interface meeting ------------------------------------------------------------------------


@pytest.fixture
def meeting_typed():
    return {
        "client_id": "7f3e6f64-2d0f-4a0e-9a52-0d2f4a0e9a52", "held_on": "12/06/2026", "place": "សាលាឃុំ",
        "citizens": "៦០", "women": "35", "young": "20", "providers": "5", "authorities": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"held_on": ""}, "held_on"),
        ({"held_on": "17/07/2026"}, "__all__"),  # still to come
        ({"women": "61"}, "__all__"),
        ({"citizens": "100000"}, "citizens"),
        ({"client_id": "x"}, "client_id"),
        ({"place": "\x00"}, "place"),
    ],
)
def test_a_meeting_that_cannot_have_been_is_refused(
    world, facilitator, client, meeting_typed, changes, where
):
    answer = client.post(f"/en/rounds/{world.scoring_round.pk}/interface/", meeting_typed | changes)
    assert where in answer.context["form"].errors
    assert not Meeting.objects.exists()


def test_the_interface_meeting_is_recorded_once_and_corrected_after(
    world, facilitator, client, meeting_typed
):
    world.sitting()
    address = f"/en/rounds/{world.scoring_round.pk}/interface/"
    assert client.post(address, meeting_typed).status_code == 302
    shown = client.get(address).context["form"]
    assert shown["citizens"].value() == "60"
    assert client.post(address, meeting_typed | {"citizens": "61"}).status_code == 302
    meeting = Meeting.objects.get(kind="interface")
    assert meeting.held_on == date(2026, 6, 12)
    counts = meeting.attendances.get(role="citizen").counts
    assert counts.get(people_group="total").count == 61
    verbs = AuditEvent.objects.order_by("pk").filter(noun="meeting").values_list("verb", flat=True)
    assert list(verbs) == ["communities.meeting.recorded", "communities.meeting.corrected"]


def test_after_the_meeting_the_plan_can_be_drafted(world, facilitator, client, meeting_typed):
    make_locked(scorecard=world.sitting())
    make_locked(scorecard=world.self_assessment(), counts={"all": (0, 0, 2, 4, 2)}, people={"all": 8})
    client.post(f"/en/rounds/{world.scoring_round.pk}/interface/", meeting_typed)
    page = client.get(f"/en/rounds/{world.scoring_round.pk}/")
    assert page.context["next"]["url"] == f"/en/rounds/{world.scoring_round.pk}/plan/"
    assert page.context["next"]["post"] is True
    assert page.context["facts"].number == 6


def test_roles_of_two_programmes_see_both(world, client):
    person = world.person("ngo_officer")
    other = make_programme(partners=[make_organisation()])
    ProgrammeOrganisation.objects.create(programme=other, organisation=world.organisation)
    give_role(person=person, role="ngo_officer", programme=other)
    make_round(programme=other, organisation=world.organisation, commune=make_commune(code="000102"))
    client.force_login(person)
    assert client.get("/en/rounds/").context["page"].paginator.count == 2
