"""Practising under one's own account, through the pages: in, the ribbon, again, and back to real work."""

import pytest
from django.urls import reverse

from scorecards.models import PracticeCopy, Round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    programme = factories.make_programme(is_practice=False, name="កម្មវិធីពិត")
    person = factories.make_person(role="ngo_officer", programme=programme)
    client.force_login(person)
    return person


@pytest.fixture
def real(officer):
    return factories.make_round(
        commune=factories.make_commune(code="010201"), programme=officer.assignments.get().programme
    )


def test_a_stranger_is_led_to_the_door_and_reading_opens_nothing(client):
    assert "/sign-in/" in client.post(reverse("practise")).url
    client.force_login(factories.make_person())
    for name in ("practise", "practise-again", "leave-practice"):
        assert client.get(reverse(name)).status_code == 405
    assert not PracticeCopy.objects.exists()


def test_without_a_role_one_stays_where_one_is_and_is_told_why(client):
    client.force_login(factories.make_person())
    page = client.post(reverse("practise"), follow=True)
    assert "You have no role today" in page.content.decode() or "តួនាទី" in page.content.decode()
    assert "practises" not in client.session


def test_in_practice_real_work_does_not_exist_and_afterwards_practice_does_not(client, real):
    page = client.post(reverse("practise"), follow=True).content.decode()
    assert reverse("leave-practice") in page
    own = Round.objects.get(commune__code__startswith="00")
    assert client.get(reverse("scorecards:round", args=[real.pk])).status_code == 404
    assert (
        reverse("leave-practice") in client.get(reverse("scorecards:round", args=[own.pk])).content.decode()
    )

    page = client.post(reverse("leave-practice"), follow=True).content.decode()

    assert reverse("leave-practice") not in page
    assert client.get(reverse("scorecards:round", args=[own.pk])).status_code == 404
    assert client.get(reverse("scorecards:round", args=[real.pk])).status_code == 200


def test_starting_again_replaces_what_was_tried(client, officer):
    client.post(reverse("practise"))
    before = Round.objects.get().pk
    page = client.post(reverse("practise-again"), follow=True)
    assert page.status_code == 200
    assert not Round.objects.filter(pk=before).exists()
    assert Round.objects.count() == 1


def test_signing_out_ends_practice(client, officer):
    client.post(reverse("practise"))
    client.post(reverse("accounts:sign-out"))
    client.force_login(officer)
    assert reverse("leave-practice") not in client.get(reverse("home")).content.decode()


def test_the_mark_costs_no_query(client, officer, django_assert_max_num_queries):
    client.post(reverse("practise"))
    client.post(reverse("leave-practice"))
    with django_assert_max_num_queries(8):
        client.get(reverse("help"))
    client.post(reverse("practise"))
    client.get(reverse("help"))
    with django_assert_max_num_queries(8):
        client.get(reverse("help"))
