"""What the shell of every page needs: menu, the other language, the person.

Costs one query, the person's roles of today, which `communities.access` asks once for the whole request.
"""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language

from communities.access import is_practising, roles_of
from isaf_portal.help.finding import topics_on
from isaf_portal.help.topic import Topic
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
        "help_topics": help_topics(request) if person is not None else [],
        # Whoever practises sees invented data alone; a page about one place says it for everybody.
        "is_practising": is_signed_in and is_practising(person),
        # Under one's own account: with the way back.
        "chose_to_practise": is_signed_in and not person.is_practice and is_practising(person),
    }


def help_topics(request: HttpRequest) -> list[Topic]:
    """What helps this person on this page; the roles were asked for the menu already."""
    match = request.resolver_match
    return topics_on(match.view_name, roles_of(request.user)) if match else []


def other_language(request: HttpRequest) -> dict | None:
    """The same page in the other language; None on addresses that have one language only."""
    code = "km" if get_language() == "en" else "en"
    here = request.get_full_path()
    there = translate_url(here, code)
    return None if there == here else {"code": code, "name": LANGUAGE_NAMES[code], "url": there}


def navigation(request: HttpRequest) -> list[dict]:
    """The menu of the person's roles, with the entry marked whose part of the portal this page belongs to."""
    return [
        {"label": entry.label, "url": url, "is_current": is_under(request.path, entry, url)}
        for entry in entries_for(roles_of(request.user))
        if (url := address(entry))
    ]


def is_under(path: str, entry: Entry, url: str) -> bool:
    """Whether the page of this path belongs to the entry; every page lies below home, which is only itself."""
    if entry.url_name == "home":
        return path == url
    language_and_part = path.split("/")[1:3]
    return path.startswith(url) or language_and_part[-1] in entry.parts


def address(entry: Entry) -> str | None:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return None
