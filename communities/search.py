"""Finding places by what people type: a code, or a name in either script, however its look-alikes were typed."""

from collections.abc import Iterable

from communities.models import Area
from isaf_portal.lib.khmer import fold


def communes_like(text: str) -> list[Area]:
    """Today's communes whose code begins with the text or whose name, or whose district's name, holds it.

    Folding knows ways of typing that no database does, so the 1,650 names are compared here; one query.
    """
    wanted = fold(text)
    if not wanted:
        return []
    communes = Area.objects.communes().current().select_related("parent__parent").order_by("code")
    return [commune for commune in communes if is_like(wanted, commune)]


def is_like(wanted: str, commune: Area) -> bool:
    """`wanted` is folded."""
    if wanted.isdigit():
        return commune.code.startswith(wanted)
    return any(wanted in fold(name) for name in _names(commune, commune.parent))


def commune_called(text: str) -> list[Area]:
    """The communes that a person can have meant: the one of this code, those of exactly this name, else all like it."""
    found = communes_like(text)
    exact = [commune for commune in found if fold(text) in {commune.code, *map(fold, _names(commune))}]
    return exact or found


def _names(*areas: Area | None) -> Iterable[str]:
    for area in areas:
        if area is not None:
            yield from filter(None, (area.name_km, area.name_en))
