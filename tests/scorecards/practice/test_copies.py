"""A practice commune of one's own: what stands in it for each role, and that nobody sees that of another."""

import pytest

from accounts.models import AuditEvent, User
from accounts.roles import ROLES
from communities.access import assignments_of, roles_of
from communities.models import Area, Assignment, Cbo, CboYear, Grant
from scorecards.enums import PlanStatus, ScorecardKind, VersionStatus
from scorecards.models import (
    ActionPlan,
    CouncilDecision,
    PlanRemark,
    PracticeCopy,
    Round,
    Scorecard,
    ScorecardVersion,
)
from scorecards.practice.copies import NotToPractise, open_practice, start_practice_again
from scorecards.practice.loading import is_loaded
from scorecards.practice.removal import remove_practice
from tests import factories

pytestmark = pytest.mark.django_db


def someone(*roles: str) -> User:
    """A real person with these roles in a real commune, who practises from now on."""
    commune = factories.make_commune(code="010201")
    scopes = {
        "programme": lambda: factories.make_programme(is_practice=False),
        "organisation": factories.make_organisation,
        "area": lambda: commune,
        "provider": lambda: factories.make_provider(commune=commune),
        "cbo": lambda: Cbo.objects.create(name_km="ក្រុម", commune=commune, kind="youth"),
    }
    person = factories.make_person()
    for role in roles:
        factories.give_role(
            person=person, role=role, **{scope.value: scopes[scope.value]() for scope in ROLES[role].scopes}
        )
    return person


def practising(person: User) -> User:
    again = User.objects.get(pk=person.pk)
    again.chose_to_practise = True
    return again


# --- Who is refused -------------------------------------------------------------------------------


def test_without_a_role_there_is_nothing_to_practise():
    with pytest.raises(NotToPractise):
        open_practice(person=(nobody := someone()), by=nobody)
    assert not PracticeCopy.objects.exists()


def test_invented_people_practise_already():
    person = someone("councillor")
    person.is_practice = True
    person.save()
    with pytest.raises(NotToPractise):
        open_practice(person=person, by=person)


# --- What stands there ----------------------------------------------------------------------------


def sees_a_sheet_to_enter_and_a_plan_to_draft(person):
    states = set(ScorecardVersion.objects.visible_to(person).values_list("status", flat=True))
    assert states >= {VersionStatus.DRAFT, VersionStatus.SUBMITTED, VersionStatus.LOCKED}
    assert not ActionPlan.objects.exists()


def sees_a_plan_to_decide_on_with_a_remark(person):
    plan = ActionPlan.objects.visible_to(person).get()
    assert plan.status == PlanStatus.SUBMITTED
    assert PlanRemark.objects.get().answer == ""
    assert not CouncilDecision.objects.exists()


def sees_a_decision_to_confirm(person):
    decision = CouncilDecision.objects.get()
    assert decision.settled_at is None
    assert decision.recorded_by_id != person.pk
    assert ActionPlan.objects.visible_to(person).get().status == PlanStatus.SUBMITTED


def sees_an_approved_plan(person):
    assert ActionPlan.objects.visible_to(person).get().status == PlanStatus.APPROVED


def has_itself_to_assess(person):
    own = Scorecard.objects.visible_to(person).get(kind=ScorecardKind.SELF_ASSESSMENT)
    assert own.versions.get().status == VersionStatus.DRAFT


def has_members_to_count(person):
    (assignment,) = assignments_of(person)
    assert CboYear.objects.filter(cbo=assignment.cbo).count() == 1


def sees_a_grant(person):
    grant = Grant.objects.visible_to(person).get()
    assert grant.communes.get() == person.practice_copy.commune
    assert ActionPlan.objects.get().status == PlanStatus.APPROVED


FIRST_TASKS = {
    "facilitator": sees_a_sheet_to_enter_and_a_plan_to_draft,
    "ngo_officer": sees_a_sheet_to_enter_and_a_plan_to_draft,
    "administrator": sees_a_sheet_to_enter_and_a_plan_to_draft,
    "council_clerk": sees_a_plan_to_decide_on_with_a_remark,
    "councillor": sees_a_plan_to_decide_on_with_a_remark,
    "district_officer": sees_a_plan_to_decide_on_with_a_remark,
    "council_chief": sees_a_decision_to_confirm,
    "committee_member": sees_an_approved_plan,
    "service_provider": has_itself_to_assess,
    "cbo_representative": has_members_to_count,
    "donor_viewer": sees_a_grant,
}


@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_its_first_task(role):
    person = someone(role)
    copy = open_practice(person=person, by=person)
    own = practising(person)
    assert roles_of(own) == {"ngo_officer" if role == "administrator" else role}
    FIRST_TASKS[role](own)
    assert copy.commune.is_practice
    event = AuditEvent.objects.get(verb="scorecards.practice.opened")
    assert (event.actor, event.area, event.detail["again"]) == (person.pk, copy.commune.code, False)


def test_the_others_in_it_are_invented_and_cannot_sign_in():
    person = someone("facilitator")
    open_practice(person=person, by=person)
    others = User.objects.filter(is_practice=True)
    assert others.exists()
    assert not others.filter(is_active=True).exists()
    assert not any(each.has_usable_password() or each.email or each.phone for each in others)


def test_it_is_not_the_practice_commune_for_all():
    person = someone("facilitator")
    open_practice(person=person, by=person)
    assert not is_loaded()


# --- Practice and real work apart -----------------------------------------------------------------


def test_real_work_is_out_of_reach_while_practising_and_practice_otherwise():
    person = someone("facilitator", "ngo_officer")
    held = person.assignments.get(role="facilitator")
    real = factories.make_round(
        commune=held.area,
        organisation=held.organisation,
        programme=factories.make_programme(is_practice=False),
    )
    copy = open_practice(person=person, by=person)
    assert set(Round.objects.visible_to(User.objects.get(pk=person.pk))) == {real}
    seen = set(Round.objects.visible_to(practising(person)))
    assert seen
    assert {each.commune for each in seen} == {copy.commune}


@pytest.mark.parametrize("role", ["facilitator", "ngo_officer", "district_officer"])
def test_two_people_do_not_see_each_others_commune(role):
    first, second = someone(role), someone(role)
    copies = [open_practice(person=person, by=person) for person in (first, second)]
    for person, copy in zip((first, second), copies, strict=True):
        seen = Round.objects.visible_to(practising(person))
        assert {each.commune for each in seen} == {copy.commune}


# --- Again and away -------------------------------------------------------------------------------


def test_opening_again_goes_back_to_the_same_and_starting_again_undoes_everything():
    person = someone("facilitator")
    copy = open_practice(person=person, by=person)
    scoring_round = Round.objects.get(commune=copy.commune)
    assert open_practice(person=person, by=person) == copy

    anew = start_practice_again(person=person, by=person)

    assert PracticeCopy.objects.get() == anew
    assert anew.commune.code == copy.commune.code
    assert not Round.objects.filter(pk=scoring_round.pk).exists()
    assert Round.objects.count() == 1


def test_with_another_role_it_is_built_anew():
    person = someone("councillor")
    open_practice(person=person, by=person)
    factories.give_role(person=person, role="council_chief", area=factories.make_commune(code="010201"))
    open_practice(person=person, by=person)
    assert roles_of(practising(person)) == {"councillor", "council_chief"}
    assert CouncilDecision.objects.exists()


def test_taking_practice_away_takes_every_copy_and_no_real_person():
    first, second = someone("district_officer"), someone("service_provider")
    for person in (first, second):
        open_practice(person=person, by=person)
    remove_practice()
    assert not PracticeCopy.objects.exists()
    assert not Area.objects.filter(code__startswith="00").exists()
    assert not Assignment.objects.filter(is_practice=True).exists()
    assert set(User.objects.all()) >= {first, second}
    assert not User.objects.filter(is_practice=True).exists()
