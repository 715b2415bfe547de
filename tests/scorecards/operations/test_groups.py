"""Which groups scored apart, and how many people they were."""

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from scorecards.entry.sheets import current_version
from scorecards.operations.groups import set_scoring_groups
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def person():
    return factories.make_person()


@pytest.fixture
def version():
    return current_version(factories.make_scorecard())


def people_of(version):
    return dict(version.groups.values_list("group", "people_count"))


@pytest.mark.parametrize(
    ("people", "words"),
    [
        pytest.param({}, "all together or in separate groups", id="nobody"),
        pytest.param({"young": 3}, "all together or in separate groups", id="only a part"),
        pytest.param({"all": 47, "women": 20}, "computed from the separate groups", id="all beside groups"),
        pytest.param({"elders": 3}, "not known here", id="unknown"),
        pytest.param({"\x00": 3}, "not known here", id="NUL"),
        pytest.param({"women": -1}, "Women: write a whole number", id="negative"),
        pytest.param({"women": 100_000}, "Women: write a whole number", id="huge"),
        pytest.param({"women": "20"}, "Women: write a whole number", id="a text"),
        pytest.param({"women": True}, "Women: write a whole number", id="yes"),
    ],
)
def test_groups_that_cannot_stand_are_refused(version, person, people, words):
    with pytest.raises(Refused, match=words):
        set_scoring_groups(version=version, people=people, by=person)
    assert people_of(version) == {}


@pytest.mark.parametrize("people", [{"women": 4, "men": 4}, {"all": 8, "female": 3}])
def test_the_staff_of_a_provider_are_one_group(person, people):
    own = current_version(factories.make_scorecard(kind="self"))
    with pytest.raises(Refused, match="as one group"):
        set_scoring_groups(version=own, people=people, by=person)
    set_scoring_groups(version=own, people={"all": 8}, by=person)


def test_groups_are_chosen_anew_until_the_first_save(version, person):
    set_scoring_groups(version=version, people={"all": 47, "young": None}, by=person)
    set_scoring_groups(version=version, people={"women": 20, "men": 15, "youth": 12, "id_poor": 9}, by=person)
    kinds = dict(version.groups.values_list("group", "kind"))
    assert kinds == {"women": "disjoint", "men": "disjoint", "youth": "disjoint", "id_poor": "flag"}
    line = AuditEvent.objects.filter(verb="scorecards.groups.set").latest("pk")
    assert line.detail == {"women_count": 20, "men_count": 15, "youth_count": 12, "id_poor_count": 9}


@pytest.mark.parametrize("people", [{"all": 47}, {"women": 20}, {"women": 20, "men": 15, "young": 3}])
def test_after_the_first_save_the_groups_are_fixed_and_their_numbers_are_not(version, person, people):
    factories.make_sheet(version=version, counts={"women": (1,), "men": (1,)})
    with pytest.raises(Refused, match="fixed since the first save"):
        set_scoring_groups(version=version, people=people, by=person)
    set_scoring_groups(version=version, people={"women": 21, "men": None}, by=person)
    assert people_of(version) == {"women": 21, "men": None}


def test_a_reopened_version_keeps_its_groups(person):
    version = factories.reopened(version=factories.make_locked())
    with pytest.raises(Refused, match="fixed since the first save"):
        set_scoring_groups(version=version, people={"all": 47}, by=person)


def test_groups_of_a_submitted_version_are_fixed(person):
    version = factories.make_submitted()
    with pytest.raises(Refused, match="was submitted"):
        set_scoring_groups(version=version, people=people_of(version), by=person)
