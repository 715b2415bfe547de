"""Khmer text: where a line may break, what search takes for the same, what is no Unicode."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isaf_portal.lib import khmer

# Name, text, its clusters, its words: the cases that fonts and dictionaries get wrong.
STRINGS = [
    ("coeng_stack3", "ស្ត្រី", "ស្ត្រី", "ស្ត្រី"),
    ("prebase_ae_ro", "ក្រែងចិត្ត", "ក្រែ·ង·ចិ·ត្ត", "ក្រែងចិត្ត"),
    ("split_oe", "បង្កើតក្រុម", "ប·ង្កើ·ត·ក្រុ·ម", "បង្កើត/ក្រុម"),
    ("split_ie_oo", "សៀមរាបនៅភ្នំពេញ", "សៀ·ម·រា·ប·នៅ·ភ្នំ·ពេ·ញ", "សៀមរាប/នៅ/ភ្នំពេញ"),
    ("shifter_low", "ប៉ុណ្ណោះស៊ីវិល", "ប៉ុ·ណ្ណោះ·ស៊ី·វិ·ល", "ប៉ុណ្ណោះ/ស៊ីវិល"),
    ("shifter_high", "យ៉ាងហ៊ាន", "យ៉ា·ង·ហ៊ា·ន", "យ៉ាង/ហ៊ាន"),
    ("robat", "ពណ៌ព័ត៌មានធម៌", "ព·ណ៌·ព័·ត៌·មា·ន·ធ·ម៌", "ពណ៌/ព័ត៌មាន/ធម៌"),
    ("nyo", "បញ្ញត្តិកញ្ញា", "ប·ញ្ញ·ត្តិ·ក·ញ្ញា", "បញ្ញត្តិ/កញ្ញា"),
    ("toandakheat", "ប្រយោជន៍សាស្ត្រាចារ្យ", "ប្រ·យោ·ជ·ន៍·សា·ស្ត្រា·ចា·រ្យ", "ប្រយោជន៍/សាស្ត្រាចារ្យ"),
    ("indep_vowel", "ឱ្យឲ្យឯកភាព", "ឱ្យ·ឲ្យ·ឯ·ក·ភា·ព", "ឱ្យ/ឲ្យ/ឯកភាព"),
    ("coeng_trap", "សរីរាង្គបច្ចុប្បន្នភាព", "ស·រី·រា·ង្គ·ប·ច្ចុ·ប្ប·ន្ន·ភា·ព", "សរីរាង្គ/បច្ចុប្បន្នភាព"),
]
# Where the two methods do not agree no cut is made: a word too long is better than a word cut.
DISAGREED = {"nyo"}
MIXED = "ថវិកា ៥០% (USD 1,250) ឆ្នាំ២០២៧។"

KHMER_TEXT = st.text(
    st.sampled_from([chr(code) for code in range(0x1780, 0x17DE)] + list(" ។ៗ២5a\u200b")), max_size=40
)


def by_name(cases):
    return pytest.mark.parametrize("case", cases, ids=lambda case: case[0])


@by_name(STRINGS)
def test_clusters_are_the_pieces_that_may_stand_apart(case):
    _, text, pieces, _ = case

    assert khmer.clusters(text) == pieces.split("·")


@by_name([case for case in STRINGS if case[0] not in DISAGREED])
def test_words_part_where_both_methods_agree(case):
    _, text, _, words = case

    assert khmer.break_words(text) == words.replace("/", "\u200b")


@by_name([case for case in STRINGS if case[0] in DISAGREED])
def test_where_the_methods_disagree_nothing_is_cut(case):
    assert khmer.break_words(case[1]) == case[1]


@by_name(STRINGS)
def test_no_cut_falls_inside_a_word(case):
    _, text, _, words = case

    assert set(khmer.break_words(text).split("\u200b")) <= {
        "".join(words.split("/")[first:last])
        for first in range(len(words.split("/")))
        for last in range(first + 1, len(words.split("/")) + 1)
    }


def test_a_stop_is_never_parted_from_its_word():
    assert "\u200b។" not in khmer.break_words(MIXED)
    assert "\u200bៗ" not in khmer.break_words("ភូមិផ្សេងៗទៀត")
    assert khmer.for_print("ភ្នំពេញ ។") == "ភ្នំពេញ\u00a0។"


def test_breaks_that_came_with_the_text_are_dropped_first():
    assert khmer.break_words("សៀម\u200bរាបនៅភ្នំពេញ") == "សៀមរាប\u200bនៅ\u200bភ្នំពេញ"


def test_a_protected_name_is_not_cut():
    assert khmer.break_words("ភូមិគំរូថ្មី", protected=["ភូមិគំរូ"]).startswith("ភូមិគំរូ\u200b")


def test_latin_text_is_left_alone():
    assert khmer.break_words("Build the drain") == "Build the drain"


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("បញ្ញត្តិកញ្ញា", "បញ្ញត្តិ/កញ្ញា"),  # where one of the methods alone would cut
        ("ស្ត្រីភ្នំ", "ស្ត្រី/ភ្នំ"),
        ("មណ្ឌលសុខភាព", "មណ្ឌល/សុខភាព"),
        ("ក្តីប្រុសៗ", "ក្តី/ប្រុសៗ"),
        ("ភាព", "ភា/ព"),  # nothing else is left
        ("WASH", "W/A/S/H"),
    ],
)
def test_a_word_that_fits_no_line_gives_way_step_by_step(word, pieces):
    assert khmer.break_further(word) == pieces.replace("/", "\u200b")


@given(KHMER_TEXT)
def test_without_its_breaks_a_text_is_what_it_was(text):
    typed = text.replace("\u200b", "")

    assert khmer.break_words(text).replace("\u200b", "") == typed
    assert khmer.break_further(text).replace("\u200b", "") == typed
    assert "".join(khmer.clusters(text)) == text


@given(KHMER_TEXT)
def test_no_break_stands_at_a_forbidden_place(text):
    for broken in (khmer.break_words(text), khmer.break_further(text)):
        assert not re.search("\u17d2\u200b[\u1780-\u17b3]", broken)
        assert not re.search("[\u1780-\u17b3]\u200b[\u17b4-\u17d3\u17dd]", broken)
        assert not re.search("\u200b[។៕៖ៗ]", broken)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("កណ្ដាល", "កណ្តាល"),
        ("ស្រ្តី", "ស្ត្រី"),
        ("មន្រ្តី", "មន្ត្រី"),
        ("ផ្សារ\u200bថ្មី", "ផ្សារថ្មី"),
        ("ភូមិ ៣", "ភូមិ 3"),
        ("បង្កេីត", "បង្កើត"),
        ("Kumru", "kumru"),
        ("ភូមិ  «ក» ", "ភូមិ «ក»"),
    ],
)
def test_search_takes_for_the_same_what_looks_the_same(typed, sought):
    assert khmer.fold(typed) == khmer.fold(sought)


@pytest.mark.parametrize(("one", "other"), [("ដី", "តី"), ("ស្ត្រី", "ស្រី"), ("កា", "ការ")])
def test_search_keeps_apart_what_differs(one, other):
    assert khmer.fold(one) != khmer.fold(other)


@given(KHMER_TEXT)
def test_folding_twice_changes_nothing_more(text):
    assert khmer.fold(khmer.fold(text)) == khmer.fold(text)


def test_an_equity_card_keeps_its_letters():
    assert khmer.fold("ប័ណ្ណសមធម៌") == "ប័ណ្ណសមធម៌"


@pytest.mark.parametrize("text", ["RBHraCaNacRkkm<úCa", "salabzmsikSa", "GgÁkar", "mNÐlsuxPaB"])
def test_text_of_an_old_font_is_noticed(text):
    assert khmer.looks_legacy(text)


@pytest.mark.parametrize(
    "text", ["I-SAF", "Build the drain", "WASH 2027", "ភូមិ NGO", "", "a@b.org", "https://x.org/a?b=C"]
)
def test_unicode_khmer_and_plain_latin_are_not_suspected(text):
    assert not khmer.looks_legacy(text)


def test_sorting_follows_the_dictionary_not_the_code_points():
    words = ["ខេត្ត", "ឃុំ", "ក្រុង", "កណ្តាល"]

    assert sorted(words, key=khmer.sort_key) == ["កណ្តាល", "ក្រុង", "ខេត្ត", "ឃុំ"]
    assert khmer.sort_key("កា\u200bរ") == khmer.sort_key("ការ")
