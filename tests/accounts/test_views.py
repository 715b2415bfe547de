"""Sign in, sign out, one's own account: the pages."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

pytestmark = pytest.mark.django_db

PASSWORD = "lotus-river-7"


@pytest.fixture
def person():
    return get_user_model().objects.create_user(
        name="Sun Sopheak", password=PASSWORD, phone="+85512345678", language="en"
    )


@pytest.fixture
def signed_in(client, person):
    client.force_login(person)
    return client


def come_in(client, **fields):
    return client.post("/km/sign-in/", {"identifier": "012345678", "password": PASSWORD} | fields)


@pytest.mark.parametrize("page", ["/km/", "/km/account/", "/en/account/password/", "/km/design/"])
def test_a_stranger_is_led_to_the_door_and_back_to_the_page(client, page):
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url == f"/{page[1:3]}/sign-in/?next={page}"


@pytest.mark.parametrize("name", ["sign-out", "language"])
def test_what_changes_something_is_never_a_get(signed_in, name):
    assert signed_in.get(reverse(f"accounts:{name}")).status_code == 405


def test_a_wrong_password_is_said_in_khmer_and_shown_at_the_field(client, person):
    answer = come_in(client, password="wrong")
    assert answer.status_code == 200
    assert "លេខទូរស័ព្ទ អ៊ីមែល ឬពាក្យសម្ងាត់មិនត្រឹមត្រូវ" in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"password"}
    assert 'value="wrong"' not in answer.content.decode()


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 300, "<script>alert(1)</script>", "០១២"])
def test_nothing_typed_at_the_door_breaks_it(client, typed):
    answer = client.post("/km/sign-in/", {"identifier": typed, "password": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_person_comes_in_to_their_own_language(client, person):
    assert come_in(client).url == "/en/"


def test_a_person_comes_in_to_the_page_they_wanted(client, person):
    assert come_in(client, next="/km/account/").url == "/km/account/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_the_door_never_leads_to_another_site(client, person, elsewhere):
    assert come_in(client, next=elsewhere).url == "/en/"
    assert elsewhere not in client.get("/km/sign-in/", {"next": elsewhere}, follow=True).content.decode()


def test_who_is_in_already_is_led_home(signed_in):
    assert signed_in.get("/km/sign-in/").url == "/en/"


def test_going_out_ends_the_session(signed_in):
    assert signed_in.post(reverse("accounts:sign-out")).status_code == 302
    assert signed_in.get("/km/account/").status_code == 302


def test_the_account_shows_what_the_portal_knows(signed_in):
    shown = signed_in.get("/en/account/").content.decode()
    assert "Sun Sopheak" in shown
    assert "+85512345678" in shown


def test_choosing_a_language_keeps_it_and_says_so_in_it(signed_in, person):
    answer = signed_in.post("/en/account/language/", {"language": "km"}, follow=True)
    person.refresh_from_db()
    assert person.language == "km"
    assert answer.redirect_chain[0][0] == "/km/account/"
    assert "ប្រព័ន្ធនឹងបើកជាភាសានេះសម្រាប់អ្នក" in answer.content.decode()


def test_an_unknown_language_is_refused_on_the_page(signed_in, person):
    answer = signed_in.post("/en/account/language/", {"language": "fr"})
    assert answer.status_code == 200
    assert "language" in answer.context["form"].errors
    person.refresh_from_db()
    assert person.language == "en"


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [
        ("wrong", "river-lotus-77", "river-lotus-77", "old_password"),
        (PASSWORD, "short", "short", "new_password2"),
        (PASSWORD, "12345678901", "12345678901", "new_password2"),
        (PASSWORD, "river-lotus-77", "river-lotus-78", "new_password2"),
    ],
)
def test_a_password_that_will_not_do_is_refused(signed_in, person, old, new, again, field):
    typed = {"old_password": old, "new_password1": new, "new_password2": again}
    answer = signed_in.post("/km/account/password/", typed)
    assert field in answer.context["form"].errors
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_a_new_password_keeps_this_device_in_and_others_out(signed_in, person, client_class):
    other = client_class()
    other.force_login(person)
    typed = {"old_password": PASSWORD, "new_password1": "river-lotus-77", "new_password2": "river-lotus-77"}
    answer = signed_in.post("/en/account/password/", typed, follow=True)
    assert "Your password was changed" in answer.content.decode()
    assert signed_in.get("/en/account/").status_code == 200
    assert other.get("/en/account/").status_code == 302


@pytest.fixture
def client_class(client):
    return type(client)


@pytest.mark.parametrize("page", ["/km/account/", "/km/account/password/", "/km/design/"])
def test_a_page_of_the_shell_asks_only_for_session_person_and_roles(
    signed_in, django_assert_num_queries, page
):
    with django_assert_num_queries(3):
        signed_in.get(page)
