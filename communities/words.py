"""The key words of a programme: its own where it has them, else the usual ones of the catalogue."""

from django.utils.translation import override

from communities.enums import WordKey
from communities.models import Programme

LANGUAGES = ("km", "en")


def words_of(programme: Programme) -> dict[str, dict[str, str]]:
    """Every key word by its key, as {"km": ..., "en": ...}; one query."""
    found = {key.value: usual_word(key) for key in WordKey}
    for own in programme.key_words.all():
        found[own.key] = {
            language: getattr(own, f"text_{language}") or found[own.key][language] for language in LANGUAGES
        }
    return found


def usual_word(key: WordKey) -> dict[str, str]:
    """The word that holds where a programme says nothing else."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = str(key.label)
    return found
