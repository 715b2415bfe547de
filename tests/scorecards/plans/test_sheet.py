"""What stands on the paper of a plan beside its rows: marks, places, signatures, code and QR."""

import re

import pytest

from scorecards.plans.content import check_code, content_hash
from scorecards.plans.sheet import check_shown, sheet_of
from tests.scorecards.plan_examples import example_content, text

LANGUAGES = ("km", "en")


def sheet(
    language: str = "km", document_id: int | None = 12, prefix: str = "JAAP", count: int = 8, **changes
):
    return sheet_of(example_content(count, **changes), language, document_id, prefix)


# --- What a draft must not carry --------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_has_no_qr_and_no_check_code(language):
    draft = sheet(language, draft=True, submitted_on=None)

    assert draft.qr == ""
    assert len(draft.document_line) == 2
    assert draft.submitted_on == ""


def test_a_print_without_a_document_has_no_qr_either():
    assert sheet(document_id=None).qr == ""
    assert len(sheet(document_id=None).document_line) == 2


# --- What every page says ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({"draft": True}, ["Draft", "Practice commune"]),
        ({}, ["Practice commune"]),
        ({"practice": False}, []),
        ({"practice": False, "draft": True}, ["Draft"]),
    ],
)
def test_draft_and_practice_are_said_and_nothing_else(changes, marks):
    assert sheet("en", **changes).marks == marks


def test_the_document_line_names_code_version_and_check():
    content = example_content()
    check = check_shown(content)

    assert sheet("km").document_line == ["ឯកសារ JAAP-000101-2027", "កំណែ ៣", f"លេខពិនិត្យ {check}"]
    assert sheet("en").document_line == [
        "Document JAAP-000101-2027-EN", "version 3", f"check code {check}"
    ]  # fmt: skip
    assert sheet("km", prefix="HND").document_line[0] == "ឯកសារ HND-000101-2027"


def test_the_check_is_read_aloud_in_two_groups_of_four():
    content = example_content()

    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", check_shown(content))
    assert check_shown(content).replace("-", "").lower() == check_code(content_hash(content))


def test_the_qr_leads_to_the_page_that_checks_the_paper(settings):
    settings.SITE_URL = "https://isaf.example.org"
    address = f"https://isaf.example.org/d/12-{check_code(content_hash(example_content()))}"

    assert f"<title>{address}</title>" in sheet().qr


def test_places_stand_in_the_order_of_the_language_and_are_escaped_once():
    district = {"code": "0001", "kind": text("ស្រុក", "district"), "name": text("តាអង", "Ta'ang")}
    province = {"code": "00", "kind": text("ខេត្ត", "province"), "name": text("គំរូ")}

    english = sheet("en", district=district, province=province)

    assert sheet("km").commune == "ឃុំគំរូ"
    assert english.place_line == ('Kumru commune, Ta&#x27;ang district, <span lang="km">គំរូ</span> province')
    assert hasattr(english.place_line, "__html__")


# --- Both languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1, 8, 20, 60])
def test_both_languages_number_the_same_rows_alike(count):
    khmer, english = ([row.number for row in sheet(language, count=count).rows] for language in LANGUAGES)
    as_latin = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")

    assert len(english) == count
    assert [number.translate(as_latin) for number in khmer] == english


def test_the_total_is_that_of_both_sections_and_says_what_is_missing():
    content = example_content(8)
    content["internal"][0]["items"][0]["cost_riel"] = None

    assert sheet("en").total == "58\xa0150\xa0000"
    assert sheet("en").unknown_costs == ""
    assert sheet_of(content, "en", 1, "JAAP").unknown_costs == "1 activity has no estimated cost yet"


def test_corrections_of_writing_name_their_row_in_the_language():
    correction = {"row": "ខ.12", "note": text("កែលេខទូរស័ព្ទ", "phone number"), "on": "2026-09-01"}

    assert sheet("km", corrections=[correction]).corrections == ["ខ.១២ កែលេខទូរស័ព្ទ (០១/០៩/២០២៦)"]
    assert sheet("en", corrections=[correction]).corrections == ["B.12 phone number (1\xa0Sep\xa02026)"]


# --- Signatures -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "rows"), [(0, []), (1, [1]), (5, [5]), (6, [3, 3]), (7, [3, 4]), (8, [4, 4])]
)
def test_more_than_five_signatures_stand_in_two_rows_with_the_chief_last(count, rows):
    others = [{"role": "provider", "title": text("សាលា"), "name": text("")}] * max(count - 1, 0)
    chief = [{"role": "chief", "title": text("មេឃុំ"), "name": text("សុខ សាន")}] if count else []

    signatures = sheet(signatures=others + chief).signatures

    assert [len(row) for row in signatures] == rows
    assert [signature.is_chief for row in signatures for signature in row] == [False] * len(others) + [
        True
    ] * len(chief)
    assert not count or signatures[-1][-1].name == "សុខ សាន"


def test_the_day_of_the_meeting_is_written_out():
    assert sheet("km").meeting_on == "ថ្ងៃទី១៧ ខែកក្កដា ឆ្នាំ២០២៦"
    assert sheet("km", meeting_on=None).meeting_on == ""
