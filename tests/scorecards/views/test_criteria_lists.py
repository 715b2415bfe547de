"""The lists of criteria through the pages."""

import pytest

from communities.models import ServiceType
from scorecards.models import Criterion
from tests.communities.views.settings_page import address as address_of
from tests.communities.views.settings_page import page_of as page_under
from tests.communities.views.settings_page import survives
from tests.factories import make_criterion, make_locked, make_person, make_service

pytestmark = pytest.mark.django_db
SERVICE = ["code", "name_km", "name_en", "sector_km", "sector_en"]
CRITERION = ["text_km", "text_en", "hint_km", "hint_en", "tag"]


def address(name, *args, language="en"):
    return address_of(f"scorecards:{name}", *args, language=language)


def page_of(client, name, *args, language="en"):
    return page_under(client, f"scorecards:{name}", *args, language=language)


@pytest.fixture(autouse=True)
def _administrator(client):
    client.force_login(make_person(role="administrator"))


@pytest.fixture
def criterion():
    return make_criterion(text="Clean water")


@pytest.mark.parametrize("language", ["km", "en"])
def test_the_pages_speak_the_readers_language(client, criterion, language):
    service = criterion.service_type
    for name, args, words in (
        ("criteria-lists", (), {"km": "មណ្ឌលសុខភាព", "en": "Health centre"}),
        ("add-service", (), {"km": "វិស័យជាភាសាខ្មែរ", "en": "Sector in Khmer"}),
        ("service", (service.pk,), {"km": "ដាក់ពិន្ទុតាមភូមិ", "en": "Scored village by village"}),
        ("criteria-list", (service.pk,), {"km": "ឈប់ប្រើ", "en": "Retire"}),
        ("add-criterion", (service.pk,), {"km": "ពន្យល់ខ្លី", "en": "Hint"}),
        ("criterion", (criterion.pk,), {"km": "អំពី", "en": "About"}),
    ):
        assert words[language] in page_of(client, name, *args, language=language)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_and_for_three(client, django_assert_num_queries, rows):
    for number in range(rows):
        make_criterion(service=make_service())
        make_criterion(service=make_service(code=f"S{number}"))
    with django_assert_num_queries(4):
        client.get(address("criteria-lists"))
    listed = address("criteria-list", make_service().pk)
    with django_assert_num_queries(6):
        client.get(listed)


def test_a_service_is_added_and_corrected(client):
    typed = {"code": "ws", "name_km": "ទឹកស្អាត", "sector_km": "ទឹក", "is_scored_by_village": "on"}
    answer = client.post(address("add-service"), typed)
    made = ServiceType.objects.get()
    assert (made.code, answer.url) == ("WS", address("criteria-list", made.pk))
    client.post(address("service", made.pk), {"name_km": "ទឹក", "sector_km": "ទឹក"})
    made.refresh_from_db()
    assert (made.code, made.name_km, made.is_scored_by_village) == ("WS", "ទឹក", False)


def test_a_criterion_is_added_moved_retired_and_brought_back(client, criterion):
    service = criterion.service_type
    client.post(address("add-criterion", service.pk), {"text_km": "ថ្មី", "text_en": "New"})
    new = Criterion.objects.get(text_en="New")
    client.post(address("move-criterion", new.pk), {"step": "up"})
    assert list(Criterion.objects.listed()) == [new, criterion]
    client.post(address("retire-criterion", new.pk))
    assert list(Criterion.objects.listed()) == [criterion]
    assert "Bring back: New" in page_of(client, "criteria-list", service.pk)
    client.post(address("restore-criterion", new.pk))
    assert list(Criterion.objects.listed()) == [criterion, new]


def test_a_refusal_stands_above_the_list(client, criterion):
    client.post(address("retire-criterion", criterion.pk))
    make_criterion(text="Clean water")
    answer = client.post(address("restore-criterion", criterion.pk), follow=True)
    assert "in the list already" in answer.content.decode()


def test_the_page_says_beforehand_that_locked_scorecards_keep_their_words(client):
    old = make_locked(number=1).criteria.get().criterion
    assert "Locked scorecards show this wording" in page_of(client, "criterion", old.pk)
    answer = client.post(address("criterion", old.pk), {"text_km": "ត្រូវ"}, follow=True)
    assert "takes the place of the old one" in answer.content.decode()


def test_nothing_that_is_typed_breaks_a_page(client, criterion):
    survives(client, address("add-service"), SERVICE)
    survives(client, address("add-criterion", criterion.service_type_id), CRITERION)
    survives(client, address("criterion", criterion.pk), CRITERION)
    survives(client, address("move-criterion", criterion.pk), ["step"])
