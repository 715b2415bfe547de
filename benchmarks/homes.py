"""The homes of the eleven roles on data of national size: whose they are, and what a first visit weighs."""

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from accounts.roles import ROLES
from benchmarks.browser import chromium
from benchmarks.figures import Figure
from benchmarks.server import portal
from benchmarks.weight import session_of, weigh

# What the issue allows: server time of nineteen of twenty visits, and bytes of a first visit, fonts apart.
SECONDS_AT_MOST = 0.1
BYTES_AT_MOST = 45_000
TURNS = 40


def people() -> dict[str, User]:
    """Of each role the person who has most to see: with most communes, then in the largest place."""
    return {role: _busiest(role) for role in ROLES}


def _busiest(role: str) -> User:
    """Somebody who holds the role most often; of a district, or a provider, the one with most communes."""
    fullest = {
        "district_officer": "assignments__area__children__rounds",
        "service_provider": "assignments__provider__catchments",
    }
    path = fullest.get(role, "assignments")
    held = User.objects.filter(assignments__role=role)
    return held.annotate(number=Count(path, distinct=True)).order_by("number", "-pk").last()


def address() -> str:
    with override("km"):
        return reverse("home")


def weights(database_url: str, persons: dict[str, User]) -> list[Figure]:
    """Bytes on the wire of a first visit with an empty cache, fonts apart."""
    figures = []
    with portal(database_url=database_url) as site, chromium() as browser:
        for role, person in persons.items():
            context = browser.new_context(locale="km-KH", viewport={"width": 360, "height": 740})
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": site}]
            )
            weighed = weigh(context, site + address())
            context.close()
            without_fonts = weighed.bytes.total() - weighed.bytes["Font"]
            figures.append(
                Figure(f"home of {role}, first visit", without_fonts, "bytes", "allowed", BYTES_AT_MOST)
            )
    return figures
