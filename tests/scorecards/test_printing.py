"""A plan on paper: what is refused, what stands on the pages, what a reader or a spreadsheet gets out of it."""

import csv
import io
import json
from functools import cache

import pypdf
import pytest

from isaf_portal.lib import pdf, pdf_lines
from scorecards.plans.content import AREA_LEVELS, check_code, content_hash, items
from scorecards.printing import (
    BOTH,
    KINDS,
    UnknownPrint,
    attached_figures,
    file_name,
    plan_html,
    render_plan,
    unbroken_words,
)
from tests.isaf_portal.lib.paper import fonts_of, pages_of, structure_errors, text_of, without_spaces
from tests.scorecards.plan_examples import UNSPACED, example_content, text

PAPERS = [(kind, language) for kind in KINDS.values() for language in kind.languages]
every_paper = pytest.mark.parametrize(
    ("kind", "language"),
    [pytest.param(kind.name, language, id=f"{kind.name}-{language}") for kind, language in PAPERS],
)
OUR_FONTS = ("Noto-Sans", "NotoSans", "Moul")


def long_content() -> dict:
    """What people in a hurry type: texts as long as the fields allow, without a space, and large numbers."""
    content = example_content(4)
    for item in items(content):
        item |= {
            "activity": text(UNSPACED, "Build " + "a" * 40),
            "proposer": text(UNSPACED[:160]),
            "target": text(UNSPACED[:240]),
            "location": text(UNSPACED[:160]),
            "unit": text(UNSPACED[:60]),
            "lead": text(UNSPACED[:160]),
            "partners": text(UNSPACED[:240]),
            "quantity": "9999999999.99",
            "beneficiaries": 16_000_000,
            "female": 8_000_000,
            "cost_riel": 999_999_999_999,
        }
    content["internal"][0]["provider"] = text(UNSPACED[:200])
    content["words"]["plan_title"] = text(UNSPACED[:150])
    content["signatures"][1] |= {"title": text(UNSPACED[:120]), "name": text(UNSPACED[:40])}
    content["copies_to"] = [text(UNSPACED)]
    content["corrections"] = [{"row": "ក.1", "note": text(UNSPACED), "on": "2026-09-01"}]
    return content


# One rendering a paper for the whole module: none of these tests changes what it is given.
@cache
def printed(kind: str, language: str, count: int = 8, draft: bool = False) -> bytes:
    changes = {"draft": True, "submitted_on": None} if draft else {}
    content = example_content(count, **changes)
    return render_plan(content=content, kind=kind, language=language, document_id=12)


def khmer_texts(content: dict) -> list[str]:
    rows = [
        item[key]["km"]
        for item in items(content)
        for key in ("activity", "proposer", "target", "location", "unit", "lead")
    ]
    return [
        *rows,
        *(provider["provider"]["km"] for provider in content["internal"]),
        *(word["km"] for word in content["words"].values()),
        *(signature["title"]["km"] for signature in content["signatures"]),
        *(copy["km"] for copy in content["copies_to"]),
        *(content[level]["kind"]["km"] + content[level]["name"]["km"] for level in AREA_LEVELS),
    ]


def is_in_a_cell(line: pdf_lines.Line) -> bool:
    return line.element is not None and line.element.tag == "td"


# --- Refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("kind", "language"), [("poster", "km"), ("jaap", "fr"), ("jaap_handout", BOTH)])
def test_what_nobody_prints_is_refused(kind, language):
    with pytest.raises(UnknownPrint):
        render_plan(content=example_content(1), kind=kind, language=language)
    with pytest.raises(UnknownPrint):
        file_name(content=example_content(1), kind=kind, language=language)


@every_paper
def test_a_draft_says_so_and_carries_neither_qr_nor_check_nor_figures(kind, language):
    draft = printed(kind, language, draft=True)
    check = check_code(content_hash(example_content(8, draft=True, submitted_on=None))).upper()

    pages = pages_of(draft)
    assert all("សេចក្តីព្រាង" in page or "Draft" in page for page in pages)
    assert check[:4] + "-" not in "".join(pages)
    assert pypdf.PdfReader(io.BytesIO(draft)).attachments == {}


# --- On the pages -----------------------------------------------------------------------------------


def test_every_khmer_word_of_the_plan_can_be_copied_from_the_paper():
    copied = text_of(printed("jaap", "km"))

    assert [words for words in khmer_texts(example_content(8)) if without_spaces(words) not in copied] == []


def test_the_fixed_words_of_the_form_can_be_copied_too():
    copied = text_of(printed("jaap", "km"))

    for words in (
        "ព្រះរាជាណាចក្រកម្ពុជា", "ជាតិ សាសនា ព្រះមហាក្សត្រ", "រដ្ឋបាលស្រុកគំរូ", "រដ្ឋបាលឃុំគំរូ", "លេខ៖", "ឆ្នាំ២០២៧",
        "សកម្មភាពអាទិភាពដែលបានព្រមព្រៀងគ្នា", "ឆ្លើយតបគោលដៅ", "តម្លៃប៉ាន់ស្មាន", "សរុប ក", "សរុប ខ", "ចម្លងជូន៖", "ទំព័រ ១/២",
        "ឯកសារ JAAP-000101-2027", "កំណែ ៣",
    ):  # fmt: skip
        assert without_spaces(words) in copied


def test_the_handout_tells_what_where_who_when_and_how_it_stands():
    copied = text_of(printed("jaap_handout", "km"))

    for item in items(example_content(8)):
        for key in ("activity", "location", "lead", "status"):
            assert without_spaces(item[key]["km"]) in copied
    assert "ព្រះរាជាណាចក្រកម្ពុជា" not in copied


@every_paper
def test_only_our_fonts_are_used(kind, language, tmp_path):
    fonts = fonts_of(printed(kind, language), tmp_path)

    assert fonts
    assert [font for font in fonts if not font.startswith(OUR_FONTS)] == []


def test_the_heads_of_the_columns_and_the_mark_stand_on_every_page():
    khmer, english = pages_of(printed("jaap", "km", 20)), pages_of(printed("jaap", "en", 20))

    assert len(khmer) > 1
    assert len(english) > 1
    assert all("អ្នកស្នើ" in page and "តម្លៃប៉ាន់ស្មាន" in page and "ឃុំសាកល្បង" in page for page in khmer)
    assert all("Proposer" in page and "Practicecommune" in page for page in english)


def test_every_page_says_its_number_and_how_many_there_are():
    pages = pages_of(printed("jaap", "km", 20))
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")

    for number, page in enumerate(pages, start=1):
        assert f"ទំព័រ{number}/{len(pages)}".translate(khmer) in page


def test_both_languages_together_are_the_khmer_pages_and_then_the_translation():
    together, khmer, english = (pages_of(printed("jaap", language)) for language in (BOTH, "km", "en"))

    assert together == khmer + english
    assert "Translationforinformation" in english[0]
    assert "ព្រះរាជាណាចក្រកម្ពុជា" not in "".join(english)


def test_signatures_never_stand_on_a_page_without_activities():
    for count in (1, 8, 20):
        last = pages_of(printed("jaap", "km", count))[-1]
        assert "មេឃុំ" in last
        assert "សរុបរួម" in last


def test_zero_costs_nothing_and_unknown_is_a_dash():
    content = example_content(1)
    zero = plan_html(
        content=content | {"external": [content["external"][0] | {"cost_riel": 0}]},
        kind="jaap",
        language="km",
    )
    unknown = plan_html(
        content=content | {"external": [content["external"][0] | {"cost_riel": None}]}, kind="jaap", language="km"
    )  # fmt: skip

    assert "<td>០</td>" in zero[0]
    assert "<td>—</td>" in unknown[0]
    assert "<td>០</td>" not in unknown[0]


def test_a_seal_has_three_centimetres():
    content = example_content(8)
    html = plan_html(content=content, kind="jaap", language="km")[0]
    document = pdf.layout(html=html, stylesheet=KINDS["jaap"].stylesheet_path)
    millimetre = 96 / 25.4

    seals = [
        box
        for box in document.pages[-1]._page_box.descendants()
        if box.element is not None and box.element.get("class") == "seal"
    ]
    assert len(seals) == len(content["signatures"])
    assert all(box.height >= 30 * millimetre - 0.5 for box in seals)


@pytest.mark.parametrize(("kind", "least"), [("jaap", 9), ("jaap_handout", 9)])
def test_no_text_is_smaller_than_nine_points(kind, least):
    html = plan_html(content=example_content(8), kind=kind, language="km", document_id=12)[0]
    document = pdf.layout(html=html, stylesheet=KINDS[kind].stylesheet_path)

    sizes = {box.style["font_size"] * 0.75 for page in document.pages for box in page._page_box.descendants()}
    assert min(sizes) >= least - 0.01


@pytest.mark.parametrize("language", ["km", "en"])
@pytest.mark.parametrize("kind", list(KINDS))
@pytest.mark.parametrize("content", [example_content(20), long_content()], ids=["practice", "long"])
def test_no_line_leaves_its_cell(content, kind, language):
    html = plan_html(content=content, kind=kind, language=language, document_id=12)[0]

    document = pdf.layout(
        html=html, stylesheet=KINDS[kind].stylesheet_path, protected=unbroken_words(content)
    )

    assert pdf_lines.overruns(document) == []


def test_three_hundred_letters_without_a_space_are_all_there():
    content = example_content(1)
    content["external"][0]["activity"] = text(UNSPACED)

    for kind in KINDS:
        assert UNSPACED in text_of(render_plan(content=content, kind=kind, language="km"))


def test_amounts_and_months_stay_on_one_line():
    content = example_content(12)
    for month, item in enumerate(items(content), start=1):
        item |= {"start": f"2027-{month:02}-01", "end": f"2027-{month:02}-01", "cost_riel": 123_456_789}
    for kind in KINDS:
        for language in ("km", "en"):
            html = plan_html(content=content, kind=kind, language=language)[0]
            document = pdf.layout(html=html, stylesheet=KINDS[kind].stylesheet_path)
            cells = {line.text.strip() for line in pdf_lines.lines(document) if is_in_a_cell(line)}
            # The year, and the ends of one cost, of a section's and of the whole sum.
            assert not {"២០២៧", "2027", "៧៨៩", "789", "៧៣៤", "734", "៤៦៨", "468"} & cells


# --- The same for ever ------------------------------------------------------------------------------


@every_paper
def test_the_same_copy_makes_the_same_bytes(kind, language):
    again = render_plan(content=example_content(8), kind=kind, language=language, document_id=12)

    assert again == printed(kind, language)


@every_paper
def test_the_file_is_sound_and_has_a_title_and_a_language(kind, language, tmp_path):
    content = printed(kind, language)
    reader = pypdf.PdfReader(io.BytesIO(content))

    assert structure_errors(content, tmp_path) == ""
    assert reader.trailer["/Root"]["/Lang"] == ("en" if language == "en" else "km")
    assert reader.metadata.title


@pytest.mark.parametrize(
    ("kind", "language", "name"),
    [
        ("jaap", "km", "JAAP_000101_2027_v3.pdf"),
        ("jaap", "en", "JAAP_000101_2027_v3_en.pdf"),
        ("jaap", BOTH, "JAAP_000101_2027_v3_km-en.pdf"),
        ("jaap_handout", "km", "HND_000101_2027_v3.pdf"),
    ],
)
def test_file_names_are_short_and_latin(kind, language, name):
    assert file_name(content=example_content(1), kind=kind, language=language) == name


# --- For machines -----------------------------------------------------------------------------------


def test_the_plan_carries_its_figures_and_the_handout_does_not():
    plan = pypdf.PdfReader(io.BytesIO(printed("jaap", "km")))
    handout = pypdf.PdfReader(io.BytesIO(printed("jaap_handout", "km")))

    assert set(plan.attachments) == {"JAAP_000101_2027_v3.csv", "JAAP_000101_2027_v3.json"}
    assert json.loads(plan.attachments["JAAP_000101_2027_v3.json"][0]) == example_content(8)
    assert handout.attachments == {}


def csv_rows(content: dict) -> list[dict]:
    attached = attached_figures(content)[0].content
    assert attached.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(attached.decode("utf-8-sig"))))


def test_the_table_tells_zero_from_unknown():
    content = example_content(2)
    content["external"][0]["cost_riel"] = 0
    content["internal"][0]["items"][0]["cost_riel"] = None

    rows = csv_rows(content)

    assert [(row["section"], row["cost_riel"]) for row in rows] == [("external", "0"), ("internal", "")]
    assert rows[0]["activity_km"] == content["external"][0]["activity"]["km"]


@pytest.mark.parametrize("typed", ["=1+1", "+855 12", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_spreadsheet_runs_what_somebody_typed(typed):
    content = example_content(1)
    content["external"][0]["activity"] = text(typed, typed)

    row = csv_rows(content)[0]

    assert row["activity_km"] == f"'{typed}"
    assert row["activity_en"] == f"'{typed}"
