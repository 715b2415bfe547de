"""The staff of a provider agree on one score for each criterion; it is kept as counts like every sheet."""

from uuid import uuid4

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from scorecards.entry.cells import tallies_of
from scorecards.entry.self_assessment import Said, agreed_score
from scorecards.entry.sheets import current_version
from scorecards.operations.self_assessment import (
    ChangedMeanwhile,
    SelfAssessmentRefused,
    record_self_assessment,
)
from scorecards.operations.versions import NotEditable
from tests.factories import (
    cells_of,
    make_criteria,
    make_criterion,
    make_person,
    make_scorecard,
    make_sheet,
    make_submitted,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.fixture
def version():
    """With two criteria and nobody's counts."""
    own = current_version(make_scorecard(kind="self"))
    make_criteria(version=own, number=2)
    return own


def keys(version) -> list[int]:
    return list(version.criteria.order_by("order").values_list("criterion", flat=True))


def record(version, **fields):
    version.refresh_from_db()
    defaults = {
        "people": 8, "scores": {}, "reasons": {}, "client_id": uuid4(), "base_revision": version.revision,
        "by": make_person(),
    }  # fmt: skip
    return record_self_assessment(version=version, **(defaults | fields))


# --- Refused --------------------------------------------------------------------------------------


def test_a_scorecard_of_the_community_is_refused():
    with pytest.raises(SelfAssessmentRefused, match="community"):
        record(current_version(make_scorecard()))


def test_what_is_submitted_is_refused_and_stays(version):
    before = tallies_of(make_submitted(scorecard=version.scorecard, counts={"all": (0, 0, 2, 4, 2)}))
    with pytest.raises(NotEditable):
        record(current_version(version.scorecard), scores={keys(version)[0]: 1})
    assert tallies_of(version) == before


@pytest.mark.parametrize("people", [None, 0])
def test_a_score_needs_the_number_of_staff(version, people):
    with pytest.raises(SelfAssessmentRefused, match="how many"):
        record(version, people=people, scores={keys(version)[0]: 4})


@pytest.mark.parametrize("score", [6, -1, True, "4"])
def test_a_score_that_cannot_be_is_refused(version, score):
    with pytest.raises(SelfAssessmentRefused, match="scores shown"):
        record(version, scores={keys(version)[0]: score})


def test_a_criterion_that_is_not_on_the_sheet_is_refused(version):
    with pytest.raises(SelfAssessmentRefused, match="changed meanwhile"):
        record(version, scores={10**12: 4})


def test_several_scores_on_the_sheet_are_not_replaced_without_saying_so(version):
    first, _second = keys(version)
    make_sheet(version=version, counts={"all": (0, 0, 2, 4, 2)})
    before = tallies_of(version)
    with pytest.raises(SelfAssessmentRefused, match="several scores"):
        record(version, scores={first: 4})
    record(version, scores={first: None})
    assert tallies_of(version) == before
    record(version, scores={first: 4}, replaced={first})
    kept = {key: count for key, count in tallies_of(version).items() if count and key.startswith(f"{first}.")}
    assert kept == {f"{first}.all.4": 8}


# --- Kept -----------------------------------------------------------------------------------------


def test_all_of_the_staff_stand_at_the_one_score(version):
    first, second = keys(version)
    save = record(version, scores={first: 4, second: 0})
    assert tallies_of(version) == {f"{first}.all.4": 8, f"{second}.all.0": 8}
    assert (save.outcome, len(save.receipt)) == ("applied", 7)


def test_a_part_of_the_page_can_be_saved_and_what_was_there_stays(version):
    first, second = keys(version)
    record(version, scores={first: 4})
    assert record(version, scores={first: 4, second: None}) is None
    record(version, scores={first: None, second: 2})
    assert tallies_of(version) == {f"{first}.all.4": 8, f"{second}.all.2": 8}


def test_a_corrected_number_of_staff_goes_through_all_rows_on_which_they_agree(version):
    first, second = keys(version)
    record(version, scores={first: 4, second: 2})
    record(version, people=9)
    assert tallies_of(version) == {f"{first}.all.4": 9, f"{second}.all.2": 9}


def test_criteria_are_put_on_an_empty_sheet_once():
    own = current_version(make_scorecard(kind="self"))
    criteria = [make_criterion() for _number in range(3)]
    record(own, criteria=criteria)
    record(own, criteria=criteria[:1])
    assert keys(own) == [criterion.pk for criterion in criteria]


def test_reasons_are_kept_with_their_criterion(version):
    first, _second = keys(version)
    record(version, scores={first: 2}, reasons={first: Said("", "ថ្នាំមកយឺត", ("ស្នើស្រុក",))})
    scored = version.criteria.get(criterion=first)
    assert (scored.strengths, scored.weaknesses) == ("", "ថ្នាំមកយឺត")
    assert [said.text for said in scored.suggestions.all()] == ["ស្នើស្រុក"]


def test_an_older_page_does_not_undo_another_score_unseen(version):
    first, second = keys(version)
    record(version, scores={first: 4})
    with pytest.raises(ChangedMeanwhile, match="another score"):
        record(version, scores={first: 2}, base_revision=0)
    record(version, scores={first: 4, second: 3}, base_revision=0)  # the same score, and another row
    record(version, scores={first: 2})
    assert tallies_of(version) == {f"{first}.all.2": 8, f"{second}.all.3": 8}


def test_the_trail_says_who_saved_what(version):
    person = make_person()
    record(version, scores={keys(version)[0]: 4}, by=person)
    mine = AuditEvent.objects.filter(actor=person.pk)
    assert set(mine.values_list("verb", flat=True)) == {
        "scorecards.groups.set",
        "scorecards.tallies.recorded",
    }


# --- One score ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "people", "score"),
    [
        ({4: 8}, 8, 4),
        ({4: 8, 1: 0}, None, 4),
        ({0: 8}, 8, 0),
        ({4: 5}, 8, None),
        ({4: 5, 3: 3}, 8, None),
        ({}, 8, None),
    ],
)
def test_staff_agree_where_all_of_them_stand_at_one_score(counts, people, score):
    assert agreed_score(counts, people) == score


def test_cells_are_those_of_every_sheet(version):
    """What the page writes can be read and corrected on the sheet."""
    first, _second = keys(version)
    record(version, scores={first: 3})
    expected = {key: count for key, count in cells_of(first, "all", (0, 0, 8, 0, 0, 0)).items() if count}
    assert tallies_of(version) == expected
