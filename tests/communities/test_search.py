"""A commune is found by what an officer types: a code, a name in either script, however its look-alikes were typed."""

import pytest

from communities.search import commune_called, communes_like
from tests.factories import make_area, make_commune, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places():
    make_area(code="0001", name="ស្រុកកណ្តាល", name_en="Kandal district")
    make_commune(code="000101", name="ព្រៃវែង", name_en="Prey Veng")
    make_commune(code="000102", name="ព្រៃ", name_en="Prey")
    make_village(commune=make_commune(code="000102"), name="ព្រៃវែង", name_en="Prey Veng")


def codes(found) -> list[str]:
    return [commune.code for commune in found]


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "nowhere", "\x00", "9" * 80])
def test_nothing_is_found_by_nothing(text):
    assert communes_like(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("000101", ["000101"]),
        ("០០០១០២", ["000102"]),
        ("0001", ["000101", "000102"]),
        ("prey VENG", ["000101"]),
        ("ព្រៃ", ["000101", "000102"]),
        ("ព្រៃ\u200bវែង", ["000101"]),
        ("កណ្ដាល", ["000101", "000102"]),  # the district, coeng-da for coeng-ta
    ],
)
def test_communes_are_found_by_code_name_and_district(text, expected):
    assert codes(communes_like(text)) == expected


def test_an_exact_name_is_meant_though_others_hold_it():
    assert codes(commune_called("prey")) == ["000102"]
    assert codes(commune_called("pre")) == ["000101", "000102"]


def test_a_search_costs_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        communes_like("prey")
