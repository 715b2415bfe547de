"""Coming in by a slip, by a code, by a PIN: the pages."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AccessCode
from accounts.operations.codes import make_access_code
from accounts.operations.shared_devices import remember_on_device
from tests.factories import make_person

pytestmark = pytest.mark.django_db

PASSWORD, NEW = "lotus-river-7", "river-lotus-77"
CHOSEN = {"password": NEW, "again": NEW, "language": "km"}


@pytest.fixture
def person():
    return get_user_model().objects.create_user(name="ឈឹម វណ្ណា", password=PASSWORD, phone="+85512345678")


@pytest.fixture
def made(person):
    return make_access_code(person=person, kind="invitation", by=make_person())


def address(name, *args):
    with override("km"):
        return reverse(f"accounts:{name}", args=args)


def type_code(client, typed, identifier="012345678", **more):
    return client.post(address("code"), {"identifier": identifier, "typed": typed}, **more)


def test_the_page_of_the_password_asks_for_the_code_first(client, person):
    assert client.get(address("new-password")).url == address("code")
    assert client.post(address("new-password"), CHOSEN).url == address("code")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


@pytest.mark.parametrize("typed", ["", "\x00", "x" * 300, "<script>", "9" * 40, "០១២"])
def test_nothing_typed_breaks_the_pages_or_tells_who_exists(client, made, typed):
    pages = [type_code(client, typed, identifier=who).content.decode() for who in ("012345678", "099999999")]
    assert all("<script>" not in page for page in pages)
    assert pages[0].count("invalid-feedback") == pages[1].count("invalid-feedback")
    assert type_code(client, "1234", identifier=typed).status_code == 200
    assert client.post(address("switch"), {"person": typed, "pin": typed}).status_code == 200
    assert client.get(address("invitation", "x" * 200)).status_code == 200


def test_a_code_leads_to_a_password_and_home(client, made, person):
    before = client.session.session_key
    assert type_code(client, made.typed).url == address("new-password")
    assert client.session.session_key != before
    page = client.get(address("new-password")).content.decode()
    assert person.name in page
    answer = client.post(address("new-password"), CHOSEN | {"again": "other-words-77"})
    assert answer.context["form"].errors.keys() == {"again"}
    assert client.post(address("new-password"), CHOSEN, follow=True).context["user"] == person
    assert client.post(address("new-password"), CHOSEN).url == address("code")


def test_looking_at_a_link_changes_nothing_and_using_it_closes_it(client, made, person):
    link = address("invitation", made.token)
    for _ in range(2):
        assert person.name in client.get(link).content.decode()
    assert not AccessCode.objects.filter(used_at__isnull=False).exists()
    stranger = make_person(name="Sopheak")
    client.force_login(stranger)
    assert "Sopheak" in client.get(link).content.decode()
    assert client.post(link, CHOSEN, follow=True).context["user"] == person
    over = client.get(link).content.decode()
    assert person.name not in over.split("<main")[1]
    assert address("code") in over


def test_a_link_that_was_replaced_while_the_page_stood_open_sets_no_password(client, made, person):
    type_code(client, made.typed)
    make_access_code(person=person, kind="invitation", by=make_person())
    assert client.post(address("new-password"), CHOSEN).url == address("code")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_door_leads_to_codes_and_names_the_help_number(client, settings):
    settings.HELP_PHONE = "023 999 000"
    for name in ("sign-in", "code"):
        page = client.get(address(name)).content.decode()
        assert "tel:023999000" in page
    assert address("code") in client.get(address("sign-in")).content.decode()


def test_a_pin_is_set_with_the_password_and_changes_person_on_this_device_alone(client, person):
    client.force_login(person)
    wrong = client.post(address("shared-device"), {"password": "wrong", "pin": "4826"})
    assert wrong.context["form"].errors.keys() == {"password"}
    easy = client.post(address("shared-device"), {"password": PASSWORD, "pin": "1234"})
    assert easy.context["form"].errors.keys() == {"pin"}
    kept = client.post(address("shared-device"), {"password": PASSWORD, "pin": "4826"})
    cookie = kept.cookies["isaf_device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.post(reverse("accounts:sign-out"))
    assert person.name in client.get(address("switch")).content.decode()
    answer = client.post(address("switch"), {"person": person.pk, "pin": "4826"}, follow=True)
    assert answer.context["user"] == person
    assert client.session["came_in_by_pin"]
    client.cookies["isaf_device"] = "forged:token:here"
    assert client.get(address("switch")).context["people"] == []


def test_changing_person_leaves_nothing_of_the_one_before(client, person):
    client.force_login(person)
    client.post(address("shared-device"), {"password": PASSWORD, "pin": "4826"})
    other = make_person(name="Keo Sokha")
    token = client.cookies["isaf_device"].value.split(":")[0]
    remember_on_device(device_token=token, person=other, pin="9173")
    session = client.session
    session["slip"] = {"typed": "secret"}
    session.save()
    assert (
        client.post(address("switch"), {"person": other.pk, "pin": "9173"}, follow=True).context["user"]
        == other
    )
    assert "slip" not in client.session
    client.post(address("shared-device"), {"forget": "1"})
    assert "Keo Sokha" not in [row[1] for row in client.get(address("switch")).context["people"]]
