"""The one question of access: roles, where they hold, from when to when; 404 outside, 403 inside."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounts.models import User
from accounts.roles import ROLES, Permission, Scope
from communities.access import Scopes, can, holds, reach, requires, requires_role, roles_of
from communities.models import Area, Meeting, Programme
from scorecards.entry.sheets import current_version
from scorecards.models import Round, Scorecard, ScorecardVersion
from tests import factories

pytestmark = pytest.mark.django_db


def fresh(person: User) -> User:
    """As on the next request: the roles of today are asked once for each person object."""
    return User.objects.get(pk=person.pk)


@pytest.fixture
def scoring_round():
    return factories.make_round()


@pytest.fixture
def facilitator(scoring_round):
    return factories.make_person(
        role="facilitator", organisation=scoring_round.organisation, area=scoring_round.commune
    )


# --- Who holds what, today ------------------------------------------------------------------------


def test_nobody_signed_in_holds_nothing(scoring_round):
    stranger = AnonymousUser()
    assert roles_of(stranger) == frozenset()
    assert not holds(stranger, Permission.SEE_ROUNDS)
    assert not can(stranger, Permission.SEE_ROUNDS, on=scoring_round)


def test_a_role_holds_from_its_first_to_its_last_day():
    person = factories.make_person()
    role = factories.give_role(
        person=person, role="councillor", starts_on=date(2026, 6, 1), area=factories.make_commune()
    )
    role.ends_on = date(2026, 6, 30)
    role.save()
    for day, has_it in (("05-31", False), ("06-01", True), ("06-30", True), ("07-01", False)):
        with time_machine.travel(f"2026-{day}T05:00:00+00:00"):
            assert holds(fresh(person), Permission.SEE_ROUNDS) is has_it


def test_a_new_role_holds_from_the_next_request_on():
    person = factories.make_person()
    assert not holds(person, Permission.SEE_ROUNDS)
    factories.give_role(person=person, role="councillor")
    assert not holds(person, Permission.SEE_ROUNDS)
    assert holds(fresh(person), Permission.SEE_ROUNDS)


def test_roles_are_asked_once_for_each_request(facilitator, scoring_round, django_assert_num_queries):
    with django_assert_num_queries(1):
        holds(facilitator, Permission.SEE_ROUNDS)
        holds(facilitator, Permission.LOCK_SCORECARD)
        reach(facilitator, Permission.SEE_ROUNDS, Round.scopes)


# --- Reach ----------------------------------------------------------------------------------------


def test_a_facilitator_reaches_the_rounds_of_the_own_organisation_in_the_own_communes(
    facilitator, scoring_round
):
    others = factories.make_round(commune=scoring_round.commune)
    elsewhere = factories.make_round(
        commune=factories.make_commune(code="000102"), programme=scoring_round.programme,
        organisation=scoring_round.organisation,
    )  # fmt: skip
    assert list(Round.objects.visible_to(facilitator)) == [scoring_round]
    assert [can(facilitator, Permission.DRAFT_PLAN, on=each) for each in (scoring_round, others, elsewhere)] == [
        True, False, False,
    ]  # fmt: skip


def test_a_role_over_a_district_reaches_its_communes_and_not_the_next_district(scoring_round):
    neighbour = factories.make_round(commune=factories.make_commune(code="000201"))
    officer = factories.make_person(role="district_officer", area=scoring_round.commune.parent)
    assert list(Round.objects.visible_to(officer)) == [scoring_round]
    assert not can(officer, Permission.SEE_ROUNDS, on=neighbour)


def test_an_officer_reaches_every_partner_of_the_programme_and_no_other_programme(scoring_round):
    partner = factories.make_round(
        programme=scoring_round.programme, commune=factories.make_commune(code="000102")
    )
    factories.make_round(commune=factories.make_commune(code="000103"))
    officer = factories.make_person(role="ngo_officer", programme=scoring_round.programme)
    assert set(Round.objects.visible_to(officer)) == {scoring_round, partner}
    assert list(Programme.objects.visible_to(officer)) == [scoring_round.programme]


def test_two_roles_add_up(scoring_round):
    other = factories.make_round(commune=factories.make_commune(code="000102"))
    person = factories.make_person(role="councillor", area=scoring_round.commune)
    factories.give_role(person=person, role="councillor", area=other.commune)
    assert set(Round.objects.visible_to(fresh(person))) == {scoring_round, other}


def test_a_noun_without_a_scope_of_the_role_is_out_of_reach(facilitator):
    """A programme hangs on no area, so that a facilitator reaches none."""
    found = Programme.objects.filter(reach(facilitator, Permission.SEE_ROUNDS, Scopes(programme="pk")))
    assert not found.exists()


def test_an_administrator_sees_no_scores(scoring_round):
    administrator = factories.make_person(role="administrator")
    assert not Round.objects.visible_to(administrator).exists()
    assert not Scorecard.objects.visible_to(administrator).exists()
    assert Programme.objects.visible_to(administrator).exists()


def test_every_role_reaches_nothing_of_strangers(scoring_round):
    """Scopes made for the person alone: another organisation, programme, provider, and a far commune."""
    version = factories.make_locked(scorecard=factories.make_scorecard(scoring_round=scoring_round))
    far = factories.make_commune(code="010203")
    for role in ROLES.values():
        if role.scopes <= {Scope.CBO} and role.scopes:
            continue
        mine = {"area": far} if Scope.AREA in role.scopes else {}
        if Scope.PROVIDER in role.scopes:
            mine["provider"] = factories.make_provider(commune=far)
        person = factories.make_person(role=role.code, **mine)
        assert not Round.objects.visible_to(person).exists(), role.code
        assert not Scorecard.objects.visible_to(person).exists(), role.code
        assert not ScorecardVersion.objects.visible_to(person).exists(), role.code
        assert not Meeting.objects.visible_to(person).exists(), role.code
        assert not can(person, Permission.SEE_SCORECARDS, on=version), role.code


# --- In front of a view ---------------------------------------------------------------------------


@requires(Permission.LOCK_SCORECARD, ScorecardVersion)
def lock(request, version):
    return HttpResponse(version.pk)


def needed(scorecard: Scorecard) -> Permission:
    own = scorecard.is_self_assessment
    return Permission.ENTER_SELF_ASSESSMENT if own else Permission.ENTER_COMMUNITY_TALLY


@requires(needed, Scorecard)
def enter(request, scorecard):
    return HttpResponse(scorecard.pk)


@requires_role(Permission.OPEN_ROUND)
def open_one(request):
    return HttpResponse("")


def ask(view, person, **kwargs):
    request = RequestFactory().get("/")
    request.user = fresh(person)
    return view(request, **kwargs)


def test_outside_ones_scope_a_thing_does_not_exist(scoring_round):
    version = factories.make_submitted(scorecard=factories.make_scorecard(scoring_round=scoring_round))
    stranger = factories.make_person(role="ngo_officer", programme=factories.make_programme())
    with pytest.raises(Http404):
        ask(lock, stranger, pk=version.pk)
    with pytest.raises(Http404):
        ask(lock, stranger, pk=10**15)


def test_inside_ones_scope_a_thing_may_be_forbidden(scoring_round, facilitator):
    version = factories.make_submitted(scorecard=factories.make_scorecard(scoring_round=scoring_round))
    with pytest.raises(PermissionDenied):
        ask(lock, facilitator, pk=version.pk)
    officer = factories.make_person(role="ngo_officer", programme=scoring_round.programme)
    assert ask(lock, officer, pk=version.pk).content == str(version.pk).encode()


def test_what_is_not_yet_locked_does_not_exist_for_the_council(scoring_round):
    version = factories.make_submitted(scorecard=factories.make_scorecard(scoring_round=scoring_round))
    councillor = factories.make_person(role="councillor", area=scoring_round.commune)
    with pytest.raises(Http404):
        ask(lock, councillor, pk=version.pk)


def test_a_permission_may_depend_on_the_thing(scoring_round):
    provider = factories.make_provider()
    own = factories.make_scorecard(scoring_round=scoring_round, provider=provider, kind="self")
    community = factories.make_locked(
        scorecard=factories.make_scorecard(scoring_round=scoring_round, provider=provider)
    ).scorecard
    staff = factories.make_person(role="service_provider", provider=provider)
    assert ask(enter, staff, pk=own.pk).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(enter, staff, pk=community.pk)


def test_a_page_of_ones_own_needs_some_role(facilitator):
    officer = factories.make_person(role="ngo_officer")
    assert ask(open_one, officer).status_code == 200
    with pytest.raises(PermissionDenied):
        ask(open_one, facilitator)


def test_each_view_says_what_it_needs():
    assert lock.access == "ScorecardVersion: lock_scorecard"
    assert enter.access == "Scorecard: needed"
    assert open_one.access == "any: open_round"


def test_access_to_a_place_reaches_what_lies_inside_it():
    village = factories.make_village()
    assert set(Area.objects.in_area(village.parent)) == {village, village.parent}


# --- A meeting, by those who may see its round ----------------------------------------------------


def test_meetings_are_seen_with_their_rounds(scoring_round, facilitator):
    card = factories.make_scorecard(scoring_round=scoring_round)
    meeting = factories.make_meeting(scorecard=card)
    councillor = factories.make_person(role="councillor", area=scoring_round.commune)
    donor = factories.make_person(role="donor_viewer")
    assert list(Meeting.objects.visible_to(facilitator)) == [meeting]
    assert list(Meeting.objects.visible_to(councillor)) == [meeting]
    assert not Meeting.objects.visible_to(donor).exists()
    assert current_version(card).status == "draft"
