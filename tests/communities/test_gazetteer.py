"""The official list: every fault is named, nothing is guessed, the second run changes nothing."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent
from communities.gazetteer import Place
from communities.models import Area, AreaCode
from communities.operations.gazetteer import add_places

HEAD = "code,parent_code,level,type_km,type_en,name_km,name_latin,source\n"
GOOD = (
    HEAD + "01,,province,ខេត្ត,Province,បន្ទាយមានជ័យ,Banteay Meanchey,x\n"
    "0102,01,district,ស្រុក,District,មង្គលបូរី,Mongkol Borei,x\n"
    "010201,0102,commune,ឃុំ,Commune,បន្ទាយនាង,Banteay Neang,x\n"
    "01020101,010201,village,ភូមិ,Village,អូរធំ,Ou Thum,x\n"
)
ADDED = "added 4, renamed 0, recoded 0, retired 0, undecided 0, unchanged 0, refused 0"
UNCHANGED = "added 0, renamed 0, recoded 0, retired 0, undecided 0, unchanged 4, refused 0"

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def run(text, **options):
        path = tmp_path / "list.csv"
        path.write_text(text, encoding="utf-8")
        out = StringIO()
        call_command("load_gazetteer", path, stdout=out, **options)
        return out.getvalue().splitlines()

    return run


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("1,,province,ខេត្ត,Province,ក,Ka,x", "has 2 digits", id="short code"),
        pytest.param("0A,,province,ខេត្ត,Province,ក,Ka,x", "has 2 digits", id="letters"),
        pytest.param("0902,,district,ស្រុក,District,ក,Ka,x", "the parent should be '09'", id="no parent named"),
        pytest.param("0902,09,district,ស្រុក,District,ក,Ka,x", "its parent 09 is not in the list", id="orphan"),
        pytest.param("0103,01,district,ឃុំ,Commune,ក,Ka,x", "a district is not called", id="wrong kind"),
        pytest.param("0103,01,district,ស្រុក,District,,Ka,x", "no Khmer name", id="no Khmer"),
        pytest.param("0103,01,region,ស្រុក,District,ក,Ka,x", "unknown level", id="unknown level"),
        pytest.param("00,,province,ខេត្ត,Province,ក,Ka,x", "for practice", id="practice province"),
        pytest.param("0103,01,district,ស្រុក,District,ក\x00ខ,Ka,x", "control character", id="NUL"),
        pytest.param(f"0103,01,district,ស្រុក,District,{'ក' * 121},Ka,x", "longer than 120", id="long name"),
        pytest.param("0103,01", "unknown level", id="short row"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_loaded(load, row, reason):
    lines = load(GOOD + row + "\n")

    assert lines[0].startswith("refused: line 6: ")
    assert reason in lines[0]
    assert lines[-1] == ADDED.replace("refused 0", "refused 1")


def test_of_a_repeated_code_none_is_loaded(load):
    lines = load(GOOD + "01020101,010201,village,ភូមិ,Village,អូរតូច,Ou Touch,x\n")

    assert lines[-1] == "added 3, renamed 0, recoded 0, retired 0, undecided 0, unchanged 0, refused 2"
    assert not Area.objects.filter(code="01020101").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", "no column", id="empty"),
        pytest.param("code,name\n01,ក\n".encode(), "no column", id="other columns"),
        pytest.param(b"\xff\xfe" + GOOD.encode("utf-16-le"), "not UTF-8", id="not UTF-8"),
        pytest.param(GOOD.encode() + b"01" * 100_000, "field larger than", id="huge line"),
        pytest.param(GOOD.encode() + b'"01,' + b"\n" * 200_000, "field larger than", id="quote left open"),
    ],
)
def test_a_file_that_is_no_list_is_refused_whole(load, tmp_path, content, reason):
    path = tmp_path / "list.csv"
    path.write_bytes(content)

    with pytest.raises(CommandError, match=reason):
        call_command("load_gazetteer", path)
    assert not Area.objects.exists()


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("load_gazetteer", tmp_path / "none.csv")


def test_codes_in_khmer_digits_are_the_same_codes(load):
    assert load(GOOD.replace("01020101,010201", "០១០២០១០១,០១០២០១")) == [ADDED]
    assert load(GOOD) == [UNCHANGED]


def test_the_second_run_changes_nothing(load):
    assert load(GOOD, valid_from="2026-06-01") == [ADDED]
    assert load(GOOD) == [UNCHANGED]

    assert AreaCode.objects.count() == 4
    assert AuditEvent.objects.filter(verb="communities.gazetteer.loaded").count() == 1
    assert Area.objects.get(code="01020101").parent.code == "010201"


def test_a_dry_run_writes_nothing(load):
    assert load(GOOD, dry_run=True) == [ADDED]
    assert not Area.objects.exists()


def test_another_spelling_is_a_correction(load):
    load(GOOD)
    lines = load(GOOD.replace("Ou Thum", "Ou Thom"))

    assert lines == ["added 0, renamed 1, recoded 0, retired 0, undecided 0, unchanged 3, refused 0"]
    assert AreaCode.objects.get(code="01020101").name_en == "Ou Thom"


def test_a_new_place_with_the_name_of_a_missing_one_is_left_to_a_person(load):
    load(GOOD)
    lines = load(GOOD.replace("01020101,", "01020107,"))

    assert lines == [
        "undecided: line 0: 01020101: phum អូរធំ is not in the list; a new place of this name: 01020107",
        "undecided: line 5: 01020107: phum អូរធំ is new, or one of the undecided places of this name",
        "added 0, renamed 0, recoded 0, retired 0, undecided 2, unchanged 3, refused 0",
    ]


def test_the_practice_province_is_in_no_list_and_stays(load):
    add_places(
        places=[Place(0, "00", 1, "province", "គំរូ", "Kumru")], valid_from=None, source="practice", by=None
    )

    assert load(GOOD) == [ADDED]
    assert Area.objects.filter(code="00", retired_on__isnull=True).exists()


def test_another_name_or_a_missing_place_is_left_to_a_person(load):
    load(GOOD)
    moved = GOOD.replace("01020101,010201,village,ភូមិ,Village,អូរធំ", "01020102,010201,village,ភូមិ,Village,អូរតូច")
    lines = load(moved.replace("បន្ទាយនាង", "ទឹកជោរ"))

    assert lines[0] == "undecided: line 0: 01020101: phum អូរធំ is not in the list"
    assert "is khum បន្ទាយនាង here, khum ទឹកជោរ in the list" in lines[1]
    # Of which commune the new village is a part, only the decision about the commune tells.
    assert lines[2] == "undecided: line 5: 01020102: phum អូរតូច waits until 010201 is decided"
    assert lines[-1] == "added 0, renamed 0, recoded 0, retired 0, undecided 3, unchanged 2, refused 0"
    assert Area.objects.get(code="010201").name_km == "បន្ទាយនាង"
    assert Area.objects.filter(code="01020101", retired_on__isnull=True).exists()


def test_the_package_loads_and_loads_again_without_a_change():
    out = StringIO()
    call_command("load_gazetteer", stdout=out)
    first = out.getvalue().splitlines()[-1]
    call_command("load_gazetteer", stdout=out)
    second = out.getvalue().splitlines()[-1]

    count = Area.objects.count()
    assert count > 16_000
    assert first.startswith(f"added {count}, ")
    assert f"added 0, renamed 0, recoded 0, retired 0, undecided 0, unchanged {count}, " in second
    assert Area.objects.filter(kind="sangkat").exclude(parent__kind__in=["krong", "khan"]).count() == 0
