"""The staff of a health centre score themselves on a phone, and every commune that it serves reads it."""

import pytest
import time_machine

from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.models import ScorecardVersion
from scorecards.operations.review import lock_scorecard
from tests.factories import (
    make_commune,
    make_criteria,
    make_criterion,
    make_locked,
    make_person,
    make_provider,
    make_round,
    make_scorecard,
    make_sheet,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def own(world):
    return world.self_assessment()


@pytest.fixture
def staff(world, client):
    person = world.person("service_provider")
    client.force_login(person)
    return person


def address(card) -> str:
    return f"/en/scorecards/{card.pk}/self-assessment/"


def text_of(answer) -> str:
    return answer.content.decode()


def typed(page, people="8", scores=(), **more) -> dict[str, str]:
    """What the page sends back: everything it shows, `scores` by the order of the criteria."""
    sent = {
        "people": people,
        "client_id": str(page.context["client_id"]),
        "base_revision": str(page.context["version"].revision),
    }
    for place, form in enumerate(page.context["forms"]):
        sent[form.add_prefix("shown")] = form.kept
        for name in ("why", "strengths", "weaknesses", "suggestion"):
            if name in form.fields:
                sent[form.add_prefix(name)] = form.initial[name]
        if place < len(scores) and scores[place] is not None:
            sent[form.add_prefix("score")] = str(scores[place])
    return sent | more


# --- Who is let in --------------------------------------------------------------------------------


def test_another_provider_and_the_council_find_no_such_page(world, client, own):
    other = world.person("service_provider", provider=make_provider(name_km="សាលា"))
    for person in (other, world.person("council_clerk"), world.person("district_officer")):
        client.force_login(person)
        assert client.get(address(own)).status_code == 404


def test_a_scorecard_of_the_community_has_no_such_page(world, client):
    client.force_login(world.person("facilitator"))
    assert client.get(address(world.sitting())).status_code == 404


# --- The page -------------------------------------------------------------------------------------


def test_the_criteria_of_the_villages_are_proposed(world, client, own, staff):
    make_sheet(version=current_version(world.sitting()), number=3)
    page = client.get(address(own))
    assert [form.row.criterion.kind for form in page.context["forms"]] == ["predefined"] * 3
    assert not own.versions.get().criteria.exists()  # looking changes nothing
    assert "These are the criteria that the villages score." in text_of(page)


def test_without_any_criterion_the_page_leads_to_choosing(client, own, staff):
    assert f"/en/scorecards/{own.pk}/criteria/" in text_of(client.get(address(own)))


def test_a_part_is_saved_with_a_receipt_and_the_rest_is_named(world, client, own, staff):
    make_criteria(version=own.versions.get(), number=3)
    page = client.get(address(own))
    assert client.post(address(own), typed(page, scores=(4,))).url == address(own)
    page = client.get(address(own))
    assert [form.chosen for form in page.context["forms"]] == ["4", "", ""]
    assert page.context["sheet"].last_save.receipt in text_of(page)
    assert "Submit · 2 missing" in text_of(page)


def test_khmer_digits_count_the_staff(client, own, staff):
    make_criteria(version=own.versions.get(), number=1)
    client.post(address(own), typed(client.get(address(own)), people="៨", scores=(4,)))
    assert list(tallies_of(own.versions.get()).values()) == [8]


def test_why_goes_with_the_strengths_or_the_weaknesses(client, own, staff):
    make_criteria(version=own.versions.get(), number=2)
    page = client.get(address(own))
    first, second = page.context["forms"]
    texts = {first.add_prefix("why"): "បុគ្គលិកគ្រប់", second.add_prefix("why"): "Medicine comes late"}
    client.post(address(own), typed(page, scores=(5, 2), **texts))
    good, poor = own.versions.get().criteria.order_by("order")
    assert (good.strengths, good.weaknesses, good.text_language) == ("បុគ្គលិកគ្រប់", "", "km")
    assert (poor.strengths, poor.weaknesses, poor.text_language) == ("", "Medicine comes late", "en")


def test_a_text_that_another_wrote_meanwhile_is_shown_first(client, own, staff):
    make_criteria(version=own.versions.get(), number=1)
    page = client.get(address(own))
    [form] = page.context["forms"]
    client.post(address(own), typed(page, **{form.add_prefix("why"): "ទីមួយ"}))
    answer = client.post(address(own), typed(page, **{form.add_prefix("why"): "ទីពីរ"}))
    assert "Somebody wrote here meanwhile: “ទីមួយ”" in text_of(answer)
    assert "ទីពីរ" in text_of(answer)


def test_a_score_that_another_chose_meanwhile_is_replaced_only_knowingly(client, own, staff):
    make_criteria(version=own.versions.get(), number=1)
    page = client.get(address(own))
    client.post(address(own), typed(page, scores=(4,)))
    answer = client.post(address(own), typed(page, scores=(2,)))
    assert "Somebody chose another score meanwhile" in text_of(answer)
    again = typed(answer, scores=(2,), base_revision=answer.context["staff"]["base_revision"].value())
    assert client.post(address(own), again).url == address(own)
    assert [key[-1] for key, count in tallies_of(own.versions.get()).items() if count] == ["2"]


def test_counts_of_the_sheet_are_shown_and_stay(client, own, staff):
    make_sheet(version=own.versions.get(), counts={"all": (0, 0, 2, 4, 2)}, number=1)
    before = tallies_of(own.versions.get())
    page = client.get(address(own))
    assert "The sheet holds several scores:" in text_of(page)
    assert "Say that one score replaces them." in text_of(client.post(address(own), typed(page, scores=(4,))))
    assert tallies_of(own.versions.get()) == before


@pytest.mark.parametrize(
    "nonsense",
    [
        {"people": "many"},
        {"people": "9" * 40},
        {"people": "\x00"},
        {"base_revision": "99"},
        {"base_revision": "-1"},
        {"client_id": "x"},
        {"client_id": ""},
    ],
)
def test_nonsense_is_answered_and_keeps_nothing(client, own, staff, nonsense):
    make_criteria(version=own.versions.get(), number=1)
    answer = client.post(address(own), typed(client.get(address(own)), scores=(4,)) | nonsense)
    assert answer.status_code == 200
    assert tallies_of(own.versions.get()) == {}


@pytest.mark.parametrize("score", ["9", "x", "\x00", "4.5"])
def test_a_score_that_is_not_shown_is_refused(client, own, staff, score):
    make_criteria(version=own.versions.get(), number=1)
    assert client.post(address(own), typed(client.get(address(own)), scores=(score,))).status_code == 200
    assert tallies_of(own.versions.get()) == {}


# --- Handing over ---------------------------------------------------------------------------------


def test_submitting_with_something_missing_saves_and_opens_the_place(client, own, staff):
    first, second = make_criteria(version=own.versions.get(), number=2)
    answer = client.post(address(own), typed(client.get(address(own)), scores=(4,), submit="1"))
    assert answer.url == f"{address(own)}#r{second.pk}"
    version = own.versions.get()
    assert (version.status, list(tallies_of(version))) == ("draft", [f"{first.pk}.all.4"])


def test_submitted_it_leads_to_the_own_service_and_is_only_read(world, client, own, staff):
    make_criteria(version=own.versions.get(), number=2)
    answer = client.post(address(own), typed(client.get(address(own)), scores=(4, 2), submit="1"))
    assert answer.url == f"/en/providers/{world.provider.pk}/service/"
    assert own.versions.get().status == "submitted"
    page = client.get(address(own))
    assert "waits to be checked" in text_of(page)
    late = client.post(address(own), typed(page, scores=(1, 1)))
    assert "was submitted" in text_of(late)
    assert sorted(key[-1] for key in tallies_of(own.versions.get())) == ["2", "4"]


def test_one_assessment_is_read_in_every_commune_of_the_catchment(client):
    """From the phone of the health centre to the clerk of the neighbouring commune."""
    home, neighbour = make_commune(), make_commune(code="000102")
    health_centre = make_provider(commune=home, serves=[neighbour])
    here = make_round(commune=home)
    there = make_round(commune=neighbour, programme=here.programme, organisation=here.organisation)
    for scoring_round in (here, there):
        make_locked(scorecard=make_scorecard(scoring_round=scoring_round, provider=health_centre), number=1)
    client.force_login(make_person(role="service_provider", provider=health_centre))
    own_page = client.get(f"/en/providers/{health_centre.pk}/service/")
    assert own_page.context["next"]["post"] is True
    own = client.post(own_page.context["next"]["url"], follow=True)
    card = own.context["scorecard"]
    assert len(own.context["forms"]) == 2  # one criterion of each commune
    client.post(address(card), typed(own, scores=(4, 2), submit="1"))
    officer = make_person(role="ngo_officer", programme=here.programme)
    lock_scorecard(version=ScorecardVersion.objects.get(scorecard=card), by=officer)
    for scoring_round in (here, there):
        client.force_login(make_person(role="council_clerk", area=scoring_round.commune))
        assert client.get(f"/en/scorecards/{card.pk}/results/").status_code == 200
        page = client.get(f"/en/rounds/{scoring_round.pk}/providers/{health_centre.pk}/")
        [row] = page.context["consolidation"].rows
        assert row.provider.people == 8


def test_beginning_twice_is_one_assessment_and_strangers_begin_nothing(world, client, staff):
    make_locked(scorecard=world.sitting())
    url = f"/en/providers/{world.provider.pk}/service/begin/"
    first, second = client.post(url), client.post(url)
    assert first.url == second.url
    client.force_login(world.person("facilitator"))
    assert client.post(url).status_code == 404


def test_without_an_open_round_nothing_begins(world, client, staff):
    answer = client.post(f"/en/providers/{world.provider.pk}/service/begin/", follow=True)
    assert "No open round asks for a self-assessment now." in text_of(answer)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_one_criterion_and_for_three(
    client, own, staff, django_assert_num_queries, rows
):
    make_sheet(version=own.versions.get(), counts={"all": (0, 0, 2, 4, 2)}, number=rows)
    with django_assert_num_queries(26):
        client.get(address(own))


def test_a_proposal_costs_one_list(client, own, staff):
    for _number in range(8):
        make_criterion()
    assert len(client.get(address(own)).context["forms"]) == 6
