"""What the shell of every page needs: menu, the other language, the person.

Costs one query, the person's roles of today, which `communities.access` asks once for the whole request.
"""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from communities.access import roles_of
from isaf_portal.navigation import Entry, entries_for

LANGUAGE_NAMES = {"km": "ខ្មែរ", "en": "English"}


def shell(request: HttpRequest) -> dict:
    """Context processor; `request.user` may be missing when a page fails before sign-in is known."""
    person = getattr(request, "user", None)
    is_signed_in = person is not None and person.is_authenticated
    return {
        "person_name": person.name if is_signed_in else "",
        "navigation": navigation(request) if is_signed_in else [],
        "other_language": other_language(request),
    }


def other_language(request: HttpRequest) -> dict | None:
    """The same page in the other language; None on addresses that have one language only."""
    code = "km" if get_language() == "en" else "en"
    here = request.get_full_path()
    there = translate_url(here, code)
    return None if there == here else {"code": code, "name": LANGUAGE_NAMES[code], "url": there}


def navigation(request: HttpRequest) -> list[dict]:
    """The menu of the person's roles, with the entry marked whose part of the portal this page belongs to."""
    entries = entries_for(roles_of(request.user))
    found = [{"label": entry.label, "url": url} for entry in entries if (url := address(entry))]
    # Of the entries whose address this page stands under, the longest is the closest.
    above = [item["url"] for item in found if request.path.startswith(item["url"])]
    current = max(above, key=len, default=None)
    for item in found:
        item["is_current"] = item["url"] == current
    return found


def address(entry: Entry) -> str | None:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return None
