"""Khmer and Latin digits. Apart from the text engine, since every form needs them and nothing else of it."""

KHMER_DIGITS = "០១២៣៤៥៦៧៨៩"
_TO_LATIN = str.maketrans(KHMER_DIGITS, "0123456789")
_TO_KHMER = str.maketrans("0123456789", KHMER_DIGITS)


def latin_digits(text: str) -> str:
    """`៤៨` becomes `48`; everything else stays."""
    return text.translate(_TO_LATIN)


def khmer_digits(text: str) -> str:
    """`48` becomes `៤៨`; everything else stays."""
    return text.translate(_TO_KHMER)
