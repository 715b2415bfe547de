"""`begins_with_any`: one lookup for everything that lies in one of several places."""

import pytest

from communities.models import Area
from tests.factories import make_village

pytestmark = pytest.mark.django_db


def codes(*beginnings: str) -> list[str]:
    return list(
        Area.objects.filter(code__begins_with_any=beginnings).order_by("code").values_list("code", flat=True)
    )


def test_what_begins_with_one_of_them_is_found_once():
    for number in (1, 2, 3):
        make_village(number=number)
    assert codes("00010101", "00010102") == ["00010101", "00010102"]
    assert codes("0001", "000101") == ["0001", "000101", "00010101", "00010102", "00010103"]
    assert codes("99") == []


def test_it_reaches_over_a_relation_and_stands_beside_other_conditions():
    village = make_village()
    found = Area.objects.filter(parent__code__begins_with_any=("000101", "0002"), level=4)
    assert list(found) == [village]
    assert not Area.objects.exclude(parent__code__begins_with_any=("0001",)).filter(level=4).exists()
