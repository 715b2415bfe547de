"""Opening the year of a commune."""

from datetime import date

import pytest
from django.utils.translation import override

from accounts.models import AuditEvent
from isaf_portal.lib.errors import Refused
from scorecards.models import Round
from scorecards.operations.rounds import open_round
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.fixture
def ngo():
    return factories.make_organisation()


@pytest.fixture
def good(ngo):
    return {
        "programme": factories.make_programme(partners=[ngo], last_year=2027),
        "commune": factories.make_commune(),
        "year": 2026,
        "organisation": ngo,
        "by": factories.make_person(),
    }


@pytest.mark.parametrize("year", [2024, 2028, 0, -1, 10**30])
def test_a_year_outside_the_programme_is_refused(good, year):
    with pytest.raises(Refused, match="does not run in this year"):
        open_round(**(good | {"year": year}))


def test_a_programme_without_an_end_has_no_endless_years(good, ngo):
    endless = factories.make_programme(partners=[ngo])
    with pytest.raises(Refused, match="does not run in this year"):
        open_round(**(good | {"programme": endless, "year": 2101}))


def test_a_place_that_is_no_commune_is_refused(good):
    village = factories.make_village()
    for place in (village, village.parent.parent, village.parent.parent.parent):
        with pytest.raises(Refused, match="Choose a commune"):
            open_round(**(good | {"commune": place}))


def test_a_retired_commune_is_refused(good):
    gone = factories.make_commune(code="000102", retired_on=date(2025, 1, 1))
    with pytest.raises(Refused, match="Choose a commune"):
        open_round(**(good | {"commune": gone}))


def test_practice_and_real_work_stay_apart(good):
    with pytest.raises(Refused, match="stay apart"):
        open_round(**(good | {"commune": factories.make_commune(code="010203")}))


def test_an_organisation_that_is_no_partner_is_refused(good):
    with pytest.raises(Refused, match="does not work in the programme"):
        open_round(**(good | {"organisation": factories.make_organisation()}))


def test_a_second_round_of_the_year_is_refused(good):
    open_round(**good)
    with pytest.raises(Refused, match="already"):
        open_round(**good)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    "dates",
    [
        {"starts_on": date(2026, 9, 1), "interface_on": date(2026, 7, 17)},
        {"interface_on": date(2026, 8, 1), "council_on": date(2026, 7, 31)},
        {"starts_on": date(2026, 12, 1), "district_workshop_on": date(2026, 11, 27)},
    ],
)
def test_an_end_before_its_start_is_refused(good, dates):
    with pytest.raises(Refused, match="out of order"):
        open_round(**good, **dates)


def test_a_round_is_opened_and_the_trail_says_by_whom(good):
    scoring_round = open_round(**good, starts_on=date(2026, 3, 10), council_on=date(2026, 8, 28))
    assert (scoring_round.status, scoring_round.opened_by) == ("open", good["by"])
    line = AuditEvent.objects.get(verb="scorecards.round.opened")
    assert (line.area, line.object_id, line.detail["year"]) == ("000101", str(scoring_round.pk), 2026)
