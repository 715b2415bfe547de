"""People, invitations and slips through the pages."""

import pytest
import time_machine

from accounts.models import AccessCode, User
from accounts.roles import ROLES
from communities.models import Assignment
from tests.communities.views.settings_page import address, page_of, survives
from tests.factories import give_role, make_commune, make_person, make_provider, make_round

pytestmark = pytest.mark.django_db

TYPED = {"name": "ឈឹម វណ្ណា", "phone": "012345678", "email": "", "language": "km"}


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-15 09:00+07:00", tick=False):
        yield


@pytest.fixture
def clerk(client):
    person = make_person(role="council_clerk")
    client.force_login(person)
    return person


def invited(client, **fields):
    return client.post(
        f"{address('invite')}?role=councillor", TYPED | {"of_area": make_commune().pk} | fields
    )


def test_people_out_of_reach_do_not_exist(client, clerk):
    chief = make_person(role="council_chief").assignments.get()
    far = make_person(role="councillor", area=make_commune(code="000102")).assignments.get()
    for each in (chief, far, clerk.assignments.get()):
        for name in ("person", "hand-over"):
            assert client.get(address(name, each.pk)).status_code == 404
        for name in ("hand-over", "end-role", "name-delegate"):
            assert client.post(address(name, each.pk)).status_code == 404
    councillor = make_person(role="councillor").assignments.get()
    assert client.post(address("release-phone", councillor.pk)).status_code == 403
    assert client.get(address("end-term", make_commune().pk)).status_code == 404
    assert not AccessCode.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, clerk, django_assert_num_queries, rows):
    for number in range(rows):
        make_person(role="councillor", name=f"Sokha {number}")
    with django_assert_num_queries(5):
        page = client.get(address("people"))
    assert page.context["found"] == rows


@pytest.mark.parametrize(
    "query", ["?name=sok", "?name=%00", "?role=nobody", "?is_new=on", "?page=99", "?name=០១២"]
)
def test_the_list_is_searched_and_does_not_break(client, clerk, query):
    make_person(role="councillor")
    for language in ("km", "en"):
        assert page_of(client, "people", query=query, language=language)


def test_nonsense_is_answered_on_the_page(client, clerk):
    survives(
        client, f"{address('invite')}?role=councillor", ["name", "phone", "email", "language", "of_area"]
    )
    assert page_of(client, "invite", query="?role=council_chief")
    person = make_person(role="councillor").assignments.get()
    survives(client, address("end-role", person.pk), ["ends_on"])
    survives(client, address("name-delegate", person.pk), ["is_delegate"])


def test_a_slip_is_shown_once_in_the_persons_language(client, clerk):
    shown = client.get(invited(client).url)
    slip = shown.context["slip"]
    page = shown.content.decode()
    assert slip.typed in page
    assert "012 345 678" in page
    assert "<svg" in page
    assert 'lang="km"' in page
    assert slip.code_page.endswith("/km/code/")
    assert shown["Cache-Control"].count("no-store")
    code = AccessCode.objects.get()
    assert client.get(address("hand-over", Assignment.objects.get(role="councillor").pk)).status_code == 302
    assert code.person.name == TYPED["name"]
    assert not code.person.has_usable_password()


def test_who_is_in_already_gets_a_role_and_no_slip(client, clerk):
    person = User.objects.create_user(name=TYPED["name"], password="lotus-river-7", phone="+85512345678")
    give_role(person=person, role="facilitator")
    answer = invited(client)
    assert "/code/" not in answer.url
    assert "signs in as before" in client.get(answer.url).content.decode()
    assert not AccessCode.objects.exists()
    # A facilitator's account is not the clerk's to open.
    refused = client.post(address("hand-over", person.assignments.get(role="councillor").pk), follow=True)
    assert "administrator" in refused.content.decode()
    assert not AccessCode.objects.exists()


def test_with_a_pin_nobody_is_let_in(client, clerk):
    session = client.session
    session["came_in_by_pin"] = True
    session.save()
    councillor = make_person(role="councillor").assignments.get()
    assert invited(client).url.endswith("/people/")
    for name in ("hand-over", "end-role", "name-delegate"):
        assert client.post(address(name, councillor.pk)).url.endswith("/people/")
    assert not AccessCode.objects.exists()
    councillor.refresh_from_db()
    assert councillor.ends_on is None


def test_a_role_ends_and_a_delegate_is_named_on_the_persons_page(client, clerk):
    councillor = make_person(role="councillor").assignments.get()
    for language in ("km", "en"):
        assert page_of(client, "person", councillor.pk, language=language)
    client.post(address("name-delegate", councillor.pk), {"is_delegate": "1"})
    councillor.refresh_from_db()
    assert councillor.is_delegate
    client.post(address("end-role", councillor.pk), {"ends_on": "១៤/០៦/២០២៦"})
    assert client.get(address("person", councillor.pk)).status_code == 404


def test_an_administrator_finds_who_left_and_frees_the_number(client):
    boss = make_person(role="administrator")
    client.force_login(boss)
    left = make_person(role="councillor", ends_on="2026-01-31", name="Left long ago")
    assert "Left long ago" not in page_of(client, "people")
    assert "Left long ago" in page_of(
        client, "people", query=f"?is_ended=on&name={left.phone.replace('+', '%2B')}"
    )
    client.post(address("release-phone", left.assignments.get().pk))
    left.refresh_from_db()
    assert left.phone is None


def test_a_term_is_ended_by_the_district(client):
    commune = make_commune()
    client.force_login(make_person(role="district_officer", area=commune.parent))
    chief = make_person(role="council_chief").assignments.get()
    assert address("end-term", commune.pk) in page_of(client, "person", chief.pk)
    assert page_of(client, "end-term", commune.pk, language="km")
    survives(client, address("end-term", commune.pk), ["ends_on"])
    client.post(address("end-term", commune.pk), {"ends_on": "30/06/2026"})
    chief.refresh_from_db()
    assert f"{chief.ends_on}" == "2026-06-30"


@pytest.mark.parametrize("giver", ["administrator", "ngo_officer"])
def test_each_role_that_one_gives_has_its_form(client, giver):
    scoring_round = make_round()
    make_provider(commune=scoring_round.commune)
    scopes = {"programme": scoring_round.programme} if giver == "ngo_officer" else {}
    client.force_login(make_person(role=giver, **scopes))
    for role in ROLES[giver].gives:
        form = client.get(f"{address('invite')}?role={role}").context["form"]
        assert {f"of_{scope}" for scope in ROLES[role].scopes} <= set(form.fields)
        survives_empty = client.post(f"{address('invite')}?role={role}", {})
        assert survives_empty.status_code == 200
