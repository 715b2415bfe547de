"""The Khmer text engine: word breaks for print, keys for search and sorting, signs of a wrong font.

Khmer is written without spaces between words, and one syllable is a cluster of a base, letters set
below it (each after the invisible coeng, U+17D2) and marks around it. A line may break between
words only, and never inside a cluster. Nothing here is ever stored: breaks are put in when a page
is made for print, keys are computed from the text as it was typed.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from itertools import pairwise
from threading import Lock
from unicodedata import normalize

import icu
import khmercut

from isaf_portal.lib.digits import latin_digits

ZERO_WIDTH_SPACE = "\u200b"
NO_BREAK_SPACE = "\u00a0"
COENG = "\u17d2"

# Any sign with the letters below it and the marks around it.
CLUSTER = re.compile(
    r"(?:\u17d2[\u1780-\u17b3]|.)"
    r"(?:\u17d2[\u1780-\u17b3]|[\u0300-\u036f\u17b4-\u17d3\u17dd\u200c\u200d\ufe0e\ufe0f])*",
    re.DOTALL,
)
# Letters, marks and the sign of repetition; digits and stops end a run, since no word goes on over them.
KHMER_RUN = re.compile(r"[\u1780-\u17d3\u17d7\u17dc\u17dd\u200c\u200d]+")
KHMER_LETTER = re.compile(r"[\u1780-\u17b3]")
# ។ ៕ ៖ ៗ ៘ belong to the word before them, even where somebody typed a space between.
NEVER_FIRST = "\u17d4\u17d5\u17d6\u17d7\u17d8"
SPACE_BEFORE_STOP = re.compile(rf"[ \u00a0]+(?=[{NEVER_FIRST}])")

COENG_STACK = re.compile(r"(?:\u17d2[\u1780-\u17b3]){2,}")
COENG_RO = COENG + "\u179a"
# Looks alike, typed either way: the gazetteer itself changed កណ្ដាល to កណ្តាល; two-part vowels in two keys.
LOOK_ALIKES = str.maketrans({"\u17a3": "\u17a2", "\u17a4": "\u17a2\u17b6"})
LOOK_ALIKE_PAIRS = (("\u17d2\u178a", "\u17d2\u178f"), ("\u17c1\u17b8", "\u17be"), ("\u17c1\u17b6", "\u17c4"))
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff]")
SPACES = re.compile(r"\s+")

# Old Khmer fonts drew Khmer in the places of Latin letters: ព្រះរាជាណាចក្រ was typed RBHraCaNacRk.
LEGACY_WORD = re.compile(
    r"[a-z]+[A-Z]+[a-z]"  # capitals in the middle of a word, twice over
    r"|[A-Za-z][\u00a1-\u00bf\u00c0-\u00ff\u2020\u2021\u0152\u0153\u0178\u0192]"  # letters with signs of the upper half
    r"|[A-Za-z][<>;:\[\]{}|@#^~=+\\][A-Za-z]"  # signs of programs between letters
)
# Addresses hold such signs by right.
ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|www\.\S+", re.IGNORECASE)

# Neither ICU's iterator nor the tagger of khmercut may be used by two threads at once.
_segmenting = Lock()


def clusters(text: str) -> list[str]:
    """The text in the smallest pieces that may stand apart; joined they give the text back."""
    return CLUSTER.findall(text)


def break_words(text: str, protected: Iterable[str] = ()) -> str:
    """The text with U+200B where a line may break between two Khmer words.

    A cut is made only where the dictionary of ICU and the model of khmercut agree, at the edge of a
    cluster, and not inside a protected word (the name of a place or person). Breaks that came with
    the text are dropped first. Without the U+200B the answer is the text.
    """
    text = text.replace(ZERO_WIDTH_SPACE, "")
    if not KHMER_LETTER.search(text):
        return text
    guarded = _inside(text, protected)
    pieces = []
    end = 0
    for run in KHMER_RUN.finditer(text):
        for cut in _cuts(run.group()):
            position = run.start() + cut
            if position not in guarded:
                pieces.append(text[end:position])
                end = position
    pieces.append(text[end:])
    return ZERO_WIDTH_SPACE.join(pieces)


def for_print(text: str, protected: Iterable[str] = ()) -> str:
    """The text as a printed line takes it: words may part, a stop stays with the word before it."""
    return SPACE_BEFORE_STOP.sub(NO_BREAK_SPACE, break_words(text, protected))


def break_further(word: str) -> str:
    """A word that fits no line, cut once more: for that word in that place only.

    Where one of the two methods alone would cut it; else before each syllable; else before each
    cluster. A piece that still does not fit is handed in again.
    """
    pieces = clusters(word.replace(ZERO_WIDTH_SPACE, ""))
    word = "".join(pieces)
    for cuts in (
        _eager_cuts(word),
        _piece_cuts(pieces, _begins_syllable),
        _piece_cuts(pieces, _may_begin_line),
    ):
        if cuts:
            ends = [0, *sorted(cuts), len(word)]
            return ZERO_WIDTH_SPACE.join(word[start:end] for start, end in pairwise(ends))
    return word


def fold(text: str) -> str:
    """The key under which a text is searched for and compared with others.

    Ways of typing that look alike become one: invisible characters go, coeng-ro stands last in its
    stack, coeng-da is coeng-ta, digits are Latin, Latin letters small. Never shown, and never stored
    in the place of the text.
    """
    text = normalize("NFC", INVISIBLE.sub("", text)).translate(LOOK_ALIKES)
    text = COENG_STACK.sub(_with_ro_last, text)
    for typed, folded in LOOK_ALIKE_PAIRS:
        text = text.replace(typed, folded)
    return SPACES.sub(" ", normalize("NFC", latin_digits(text).casefold())).strip()


def looks_legacy(text: str) -> bool:
    """Is this, in a Khmer field, text of a font of before Unicode (Limon, ABC)?

    Only for a warning: ordinary English and abbreviations pass, and a short legacy word of small
    letters cannot be told from English.
    """
    return not KHMER_LETTER.search(text) and bool(LEGACY_WORD.search(ADDRESS.sub("", text)))


def sort_key(text: str) -> bytes:
    """The key that sorts texts in Khmer dictionary order (for engines without ICU collation)."""
    return _collator().getSortKey(INVISIBLE.sub("", text))


@lru_cache(maxsize=20_000)
def _cuts(run: str) -> tuple[int, ...]:
    """Where a run of Khmer may be cut. Cached, since a plan repeats its words and its columns."""
    edges = _allowed_edges(run)
    if not edges:
        return ()
    with _segmenting:
        agreed = _icu_cuts(run) & _khmercut_cuts(run)
    return tuple(sorted(agreed & edges))


def _allowed_edges(run: str) -> set[int]:
    """Edges of clusters where a word could begin."""
    return _piece_cuts(clusters(run), lambda piece: bool(KHMER_LETTER.match(piece)))


def _eager_cuts(word: str) -> set[int]:
    """Where either method would cut, one alone being enough."""
    if not KHMER_RUN.fullmatch(word):
        return set()
    with _segmenting:
        either = _icu_cuts(word) | _khmercut_cuts(word)
    return either & _allowed_edges(word)


def _piece_cuts(pieces: list[str], may_begin: Callable[[str], bool]) -> set[int]:
    cuts = set()
    position = 0
    for piece in pieces:
        if position and may_begin(piece):
            cuts.add(position)
        position += len(piece)
    return cuts


def _may_begin_line(piece: str) -> bool:
    return piece[0] not in NEVER_FIRST


def _begins_syllable(piece: str) -> bool:
    """A bare consonant mostly ends the syllable before it."""
    return bool(KHMER_LETTER.match(piece)) and len(piece) > 1


def _icu_cuts(run: str) -> set[int]:
    iterator = _line_iterator()
    iterator.setText(run)
    return set(iterator)


def _khmercut_cuts(run: str) -> set[int]:
    cuts = set()
    position = 0
    for word in khmercut.tokenize(run):
        position += len(word)
        cuts.add(position)
    return cuts


@cache
def _line_iterator() -> icu.BreakIterator:
    return icu.BreakIterator.createLineInstance(icu.Locale("km"))


@cache
def _collator() -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale("km"))


def _inside(text: str, words: Iterable[str]) -> set[int]:
    """Positions inside any occurrence of the words."""
    return {
        position
        for word in words
        if word
        for found in re.finditer(re.escape(word), text)
        for position in range(found.start() + 1, found.end())
    }


def _with_ro_last(stack: re.Match) -> str:
    letters = re.findall("\u17d2.", stack.group())
    return "".join(sorted(letters, key=lambda letter: letter == COENG_RO))
