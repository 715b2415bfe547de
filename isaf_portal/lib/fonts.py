"""The fonts of print: ours alone, on every machine the same.

A misspelt or missing family would silently become whatever the machine has, and the paper would
look otherwise on each server. So the layout engine sees no font of the system, only these files,
which the asset build copies from npm packages (all under the SIL Open Font Licence).
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from fontTools.ttLib import TTFont

# Family as the style sheets name it, weight, file. The official titles have one weight; signs that
# people paste into a text (arrows, ticks) come last in every family list.
FACES = (
    ("Noto Sans", 400, "noto-sans-400.woff2"),
    ("Noto Sans", 700, "noto-sans-700.woff2"),
    ("Noto Sans", 400, "noto-sans-ext-400.woff2"),
    ("Noto Sans", 700, "noto-sans-ext-700.woff2"),
    ("Noto Sans", 400, "noto-sans-vietnamese-400.woff2"),
    ("Noto Sans", 700, "noto-sans-vietnamese-700.woff2"),
    ("Noto Sans Khmer", 400, "noto-sans-khmer-400.woff2"),
    ("Noto Sans Khmer", 700, "noto-sans-khmer-700.woff2"),
    ("Moul", 400, "moul-400.woff2"),
    ("Noto Sans Math", 400, "noto-sans-math-400.woff2"),
    ("Noto Sans Symbols", 400, "noto-sans-symbols-400.woff2"),
)
# A configuration of fontconfig with no folder in it.
NO_SYSTEM_FONTS = Path(__file__).with_name("fonts.conf")
# Drawn as nothing by every engine, so no font need hold them.
NEEDS_NO_GLYPH = frozenset("\t\n\r\f\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff")


def folder() -> Path:
    return settings.BASE_DIR / "static_build" / "fonts"


def font_face_css() -> str:
    """The `@font-face` rules of print; refuses where a file is missing."""
    missing = [name for _, _, name in FACES if not (folder() / name).is_file()]
    if missing:
        raise ImproperlyConfigured(
            f"Fonts are missing in {folder()}: {', '.join(missing)}. Run `npm run build`."
        )
    return "".join(
        f'@font-face{{font-family:"{family}";font-weight:{weight};src:url({(folder() / name).as_uri()})}}'
        for family, weight, name in FACES
    )


@contextmanager
def only_ours() -> Iterator[None]:
    """While a font configuration is made inside, it sees no font of the system.

    The variable is set for that moment only: a browser started by the same process needs its fonts.
    """
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(NO_SYSTEM_FONTS)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@cache
def covered() -> frozenset[str]:
    """Every character that one of the faces can draw, in regular weight."""
    characters = set(NEEDS_NO_GLYPH)
    for _, weight, name in FACES:
        if weight == 400:
            with TTFont(folder() / name, lazy=True) as font:
                characters.update(map(chr, font.getBestCmap()))
    return frozenset(characters)


def missing_characters(text: str) -> list[str]:
    """What no font of ours can draw (most emoji, other scripts), each once, in order of appearance."""
    return [character for character in dict.fromkeys(text) if character not in covered()]
