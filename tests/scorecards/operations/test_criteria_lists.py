"""The lists of criteria: what locked scorecards show never changes, and nothing stands twice."""

import pytest

from accounts.models import AuditEvent
from communities.operations.fitness import SettingRefused
from scorecards.models import Criterion, CriterionLink, CriterionTag
from scorecards.operations.criteria_lists import (
    ListRefused,
    add_criterion,
    correct_criterion,
    move_criterion,
    restore_criterion,
    retire_criterion,
)
from tests.factories import (
    make_criterion,
    make_locked,
    make_person,
    make_programme,
    make_service,
    make_submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person()


@pytest.fixture
def service():
    return make_service()


def texts_of(service):
    return list(Criterion.objects.listed().filter(service_type=service).values_list("text_km", flat=True))


def test_a_criterion_needs_khmer_and_stands_once(person, service):
    add_criterion(service=service, text_km="ស្អាត", by=person)
    for text in ("", " \x00 ", "ស្អាត"):
        with pytest.raises(ListRefused):
            add_criterion(service=service, text_km=text, by=person)


def test_practice_people_leave_the_list_to_real_programmes(person, service):
    person.is_practice = True
    add_criterion(service=service, text_km="ស្អាត", by=person)
    make_programme(is_practice=False)
    with pytest.raises(SettingRefused):
        add_criterion(service=service, text_km="ទឹក", by=person)


def test_a_new_criterion_stands_at_the_end_with_its_tag(person, service):
    tag = CriterionTag.objects.create(code="water", name_km="ទឹក")
    add_criterion(service=service, text_km="មួយ", by=person)
    added = add_criterion(service=service, text_km="ពីរ", text_en="Two", hint_km="ហេតុ", tag=tag, by=person)
    added.refresh_from_db()
    assert texts_of(service) == ["មួយ", "ពីរ"]
    assert (added.text_en, added.hint_km, added.tag) == ("Two", "ហេតុ", tag)
    assert AuditEvent.objects.filter(verb="scorecards.criterion.added", object_id=added.pk).exists()


def test_before_a_lock_the_wording_is_corrected_in_place(person):
    scored = make_submitted(number=1).criteria.get()
    kept = correct_criterion(criterion=scored.criterion, text_km="ត្រូវ", by=person)
    scored.criterion.refresh_from_db()
    assert (kept.pk, scored.criterion.text_km) == (scored.criterion_id, "ត្រូវ")


def test_after_a_lock_new_wording_is_a_new_criterion_that_continues_the_old(person):
    old = make_locked(number=1).criteria.get().criterion
    before = old.text_km
    new = correct_criterion(criterion=old, text_km="ត្រូវ", text_en="Right", by=person)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.text_km, old.is_active) == (before, False)
    assert (new.text_km, new.order, new.is_active) == ("ត្រូវ", old.order, True)
    assert CriterionLink.objects.filter(previous=old, next=new).exists()
    event = AuditEvent.objects.get(verb="scorecards.criterion.replaced")
    assert event.detail == {"service": old.service_type_id, "successor": new.pk}


def test_after_a_lock_hint_tag_and_missing_english_are_no_new_wording(person):
    old = make_locked(number=1).criteria.get().criterion
    tag = CriterionTag.objects.create(code="water", name_km="ទឹក")
    Criterion.objects.filter(pk=old.pk).update(text_en="")
    kept = correct_criterion(
        criterion=old, text_km=old.text_km, text_en="English", hint_km="ហេតុ", tag=tag, by=person
    )
    assert (kept.pk, kept.text_en, kept.tag) == (old.pk, "English", tag)


def test_order_is_changed_one_place_at_a_time_and_stops_at_the_edge(person, service):
    one, two, three = (make_criterion(service=service, text=text) for text in ("១", "២", "៣"))
    move_criterion(criterion=three, step=-1, by=person)
    move_criterion(criterion=one, step=-1, by=person)
    assert texts_of(service) == ["១", "៣", "២"]
    move_criterion(criterion=one, step=1, by=person)
    assert texts_of(service) == ["៣", "១", "២"]
    assert AuditEvent.objects.filter(verb="scorecards.criterion.moved").count() == 3
    assert two in Criterion.objects.listed()


def test_what_is_retired_comes_back_at_the_end_unless_its_words_are_taken(person, service):
    one, _two = (add_criterion(service=service, text_km=text, by=person) for text in ("១", "២"))
    retire_criterion(criterion=one, by=person)
    assert texts_of(service) == ["២"]
    restore_criterion(criterion=one, by=person)
    assert texts_of(service) == ["២", "១"]
    retire_criterion(criterion=one, by=person)
    add_criterion(service=service, text_km="១", by=person)
    with pytest.raises(ListRefused):
        restore_criterion(criterion=one, by=person)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"scorecards.criterion.retired", "scorecards.criterion.restored"} <= verbs
