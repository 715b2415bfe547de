"""What every template may say without loading anything."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import Context, RequestContext, Template
from django.utils.translation import override

from isaf_portal.lib import icons
from isaf_portal.templatetags.isaf import BADGES


def shown(source: str, request=None, **context) -> str:
    holder = RequestContext(request, context) if request else Context(context)
    return Template(source).render(holder)


def test_figures_follow_the_language_of_the_page():
    source = "{{ n|number }} {{ m|decimal1 }} {{ p|percent:0 }} {{ r|riel }}"
    values = {"n": 8390, "m": Decimal("2.4"), "p": 62, "r": None}
    with override("km"):
        assert shown(source, **values) == "៨\u00a0៣៩០ ២,៤ ៦២% —"
    with override("en"):
        assert shown(source, **values) == "8\u00a0390 2.4 62% —"


def test_a_page_carries_each_drawing_once_and_no_others(rf):
    page = shown(
        '{% sprite_open %}{% icon "check" %}{% icon "check" %}{% icon "lock" %}{% sprite %}', rf.get("/")
    )
    assert page.count('<use href="#ic-check"/>') == 2
    assert page.count('<symbol id="ic-check"') == 1
    assert page.count("<symbol") == 2


def test_a_component_adds_its_icon_to_the_page_it_stands_in(rf):
    page = shown('{% sprite_open %}{% badge "locked" %}{% score_face 2 %}{% sprite %}', rf.get("/"))
    assert 'id="ic-lock"' in page
    assert 'id="ic-f2"' in page


def test_a_fragment_carries_its_drawings_itself(rf):
    for fragment in (
        shown('{% icon "check" %}{% sprite %}'),
        shown('{% icon "check" %}{% sprite %}', rf.get("/")),
    ):
        assert "<use" not in fragment
        assert "<path" in fragment


def test_an_unknown_icon_is_a_mistake_and_not_a_gap(rf):
    with pytest.raises(KeyError):
        icons.reference("no-such-icon")


def test_every_badge_has_an_icon_and_a_khmer_word():
    for state, badge in BADGES.items():
        assert badge.icon in icons.DRAWINGS, state
        with override("km"):
            assert not str(badge.label).isascii(), state


def test_a_badge_may_say_more_than_its_word():
    with override("km"):
        assert "សេចក្តីព្រាង" in shown('{% badge "draft" %}')
    assert "Draft, version 3" in shown('{% badge "draft" "Draft, version 3" %}')


@pytest.mark.parametrize(
    ("source", "figure", "word"),
    [
        ("{% score_face 2 mean %}", "២,៤", "ខ្សោយ"),
        ("{% score_face 5 5 %}", "<b>៥</b>", "ល្អណាស់"),
        ('{% score_face 3 mean "មតិខុសគ្នា" %}', "២,៤", "មតិខុសគ្នា"),
        ("{% score_face 0 %}", "", "មិនមានមតិ"),
    ],
)
def test_a_score_is_a_face_a_figure_and_a_word(source, figure, word):
    with override("km"):
        face = shown(source, mean=Decimal("2.44"))
    assert figure in face
    assert word in face
    assert "<svg" in face


def test_a_stand_in_text_says_which_language_it_is():
    both = SimpleNamespace(name_km="ភូមិ", name_en="Village")
    khmer_only = SimpleNamespace(name_km="<ភូមិ>", name_en="")
    with override("en"):
        assert shown('{% text_of thing "name" %}', thing=both) == "Village"
        assert shown('{% text_of thing "name" %}', thing=khmer_only) == '<span lang="km">&lt;ភូមិ&gt;</span>'
    assert shown('{% text_of thing "name" %}', thing=SimpleNamespace(name_km="", name_en="")) == ""


def test_paper_has_the_colours_of_a_face_written_in():
    assert "currentColor" not in icons.inline("f1", paint=True)
    assert "var(" not in icons.inline("f5", paint=True)
