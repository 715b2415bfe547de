"""Every installation starts with the same lists, and loading them again takes nothing away from anybody."""

import re
from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent
from communities.models import ServiceType
from scorecards.models import Criterion, CriterionTag, Scale, ScalePoint
from scorecards.operations.standard_lists import criterion_id, load_standard_lists
from scorecards.standards.criteria import CRITERIA
from scorecards.standards.lists import SCALES, SERVICES, TAGS, Text

KHMER = re.compile("[\u1780-\u17b3]")
ZERO_WIDTH = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
ELECTIONS = re.compile("ឆ្នោត|vot|ballot", re.I)
ROWS = [(service, row) for service, rows in CRITERIA.items() for row in rows]
TEXTS: list[Text] = [
    *(text for service in SERVICES for text in (service.name, service.sector)),
    *(text for scale in SCALES for text in (scale.name, *scale.words)),
    *TAGS.values(),
    *(text for _, row in ROWS for text in (row.text, row.hint)),
]


@pytest.mark.parametrize("text", [pytest.param(text, id=text.en) for text in TEXTS])
def test_each_text_is_in_both_languages_and_clean(text):
    assert KHMER.search(text.km)
    assert not KHMER.search(text.en)
    assert not ZERO_WIDTH.search(text.km)
    assert not ELECTIONS.search(text.km + text.en)
    assert text.km == text.km.strip()


@pytest.mark.parametrize("service", ["CA", "PS", "HC"])
def test_each_core_service_has_at_least_ten_criteria_that_differ(service):
    rows = CRITERIA[service]

    assert len(rows) >= 10
    for key in (lambda row: row.code, lambda row: row.text.km, lambda row: row.text.en):
        assert max(Counter(map(key, rows)).values()) == 1
    assert all(row.tag in TAGS for row in rows)


def test_each_tag_is_used():
    assert {row.tag for _, row in ROWS} == set(TAGS)


def test_texts_fit_their_columns():
    assert max(len(t) for _, row in ROWS for t in (row.text.km, row.text.en)) <= 200
    assert max(len(t) for _, row in ROWS for t in (row.hint.km, row.hint.en)) <= 300


@pytest.mark.django_db
def test_loading_adds_all_and_loading_again_adds_nothing():
    first, second = load_standard_lists(by=None), load_standard_lists(by=None)

    assert (first.services, first.scales, first.tags, first.criteria) == (3, 4, len(TAGS), len(ROWS))
    assert not second
    assert Criterion.objects.count() == len(ROWS)
    assert ServiceType.objects.filter(is_scored_by_village=True).count() == 3
    assert AuditEvent.objects.filter(verb="scorecards.standard_lists.loaded").count() == 1


@pytest.mark.django_db
def test_five_words_of_quality_are_what_a_programme_gets():
    load_standard_lists(by=None)
    first = Scale.objects.filter(points=5).order_by("pk").first()

    assert first.code == "quality-5"
    words = first.labels.order_by("score").values_list("label_km", flat=True)
    assert list(words) == ["ខ្សោយណាស់", "ខ្សោយ", "ទទួលយកបាន", "ល្អ", "ល្អណាស់"]


@pytest.mark.django_db
def test_what_somebody_changed_or_switched_off_stays():
    load_standard_lists(by=None)
    criterion = Criterion.objects.get(client_id=criterion_id("HC", "supplies"))
    Criterion.objects.filter(pk=criterion.pk).update(text_km="ថ្នាំគ្រប់គ្រាន់", is_active=False, tag=None)
    ServiceType.objects.filter(code="PS").update(is_scored_by_village=False, name_km="សាលា")
    CriterionTag.objects.filter(code="roads").update(name_km="ផ្លូវ")
    ScalePoint.objects.filter(scale__code="quality-5", score=3).update(label_km="មធ្យម")

    assert not load_standard_lists(by=None)
    criterion.refresh_from_db()
    assert (criterion.text_km, criterion.is_active, criterion.tag) == ("ថ្នាំគ្រប់គ្រាន់", False, None)
    assert not ServiceType.objects.get(code="PS").is_scored_by_village
    assert CriterionTag.objects.get(code="roads").name_km == "ផ្លូវ"
    assert ScalePoint.objects.get(scale__code="quality-5", score=3).label_km == "មធ្យម"


@pytest.mark.django_db
def test_a_service_that_is_there_is_completed_but_not_renamed():
    ServiceType.objects.create(code="HC", name_km="មន្ទីរ", sector_km="សុខភាព")
    loaded = load_standard_lists(by=None)

    assert loaded.services == 2
    assert ServiceType.objects.get(code="HC").name_km == "មន្ទីរ"
    assert Criterion.objects.filter(service_type__code="HC").count() == len(CRITERIA["HC"])


@pytest.mark.django_db
def test_the_command_says_what_was_added():
    out = StringIO()
    call_command("load_standard_lists", stdout=out)
    call_command("load_standard_lists", stdout=out)

    assert out.getvalue().splitlines() == [
        f"added 3 services, 4 scales, {len(TAGS)} tags, {len(ROWS)} criteria",
        "added 0 services, 0 scales, 0 tags, 0 criteria",
    ]
