"""What the sheet weighs on a slow line: bytes and requests of a first and of a later visit, fonts apart.

Counted by Chromium on the wire, headers and compression included, from gunicorn with hashed assets. The
yardstick is what the design allows: a first visit on a telephone in a village, and each page after it.
"""

from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import BrowserContext

from accounts.models import User
from benchmarks.browser import chromium
from benchmarks.figures import Figure
from benchmarks.server import must_be_thrown_away, portal
from scorecards.entry.sheets import current_version
from tests.factories import make_organisation, make_person, make_round, make_scorecard, make_sheet

CRITERIA = 8
FIRST_VISIT_AT_MOST = 100_000
LATER_VISIT_AT_MOST = 15_000


def run() -> list[Figure]:
    must_be_thrown_away()
    person, path = _facilitator_with_a_filled_sheet()
    with portal() as address, chromium() as browser:
        context = browser.new_context(locale="km-KH", viewport={"width": 360, "height": 740})
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": address}]
        )
        first, later = (weigh(context, address + path) for _visit in range(2))
        context.close()
    return [
        *_figures("sheet, first visit", first, FIRST_VISIT_AT_MOST),
        *_figures("sheet, later visit", later, LATER_VISIT_AT_MOST),
    ]


def _figures(name: str, weighed: "Weight", at_most: int) -> list[Figure]:
    without_fonts = weighed.bytes.total() - weighed.bytes["Font"]
    return [
        Figure(f"{name}, without fonts", without_fonts, "bytes", "allowed", at_most),
        Figure(f"{name}, without fonts", without_fonts, "bytes", "uncompressed", weighed.uncompressed),
        Figure(f"{name}, the page itself", weighed.bytes["Document"], "bytes"),
        Figure(f"{name}, fonts", weighed.bytes["Font"], "bytes"),
        Figure(f"{name}, fetched", weighed.requests, "requests"),
    ]


class Weight:
    """What came over the wire, in bytes by sort of resource; what the cache answered is not fetched."""

    def __init__(self):
        self.bytes: Counter[str] = Counter()
        self.uncompressed = 0
        self.requests = 0
        self.sorts: dict[str, str] = {}

    def listen_to(self, listen: Callable) -> None:
        listen("Network.responseReceived", self._note_answer)
        listen("Network.dataReceived", self._note_data)
        listen("Network.loadingFinished", self._note_end)

    def _note_answer(self, event: dict) -> None:
        answer = event["response"]
        if answer.get("fromDiskCache") or answer["url"].startswith("data:"):
            return
        self.sorts[event["requestId"]] = event["type"]

    def _note_data(self, event: dict) -> None:
        if self.sorts.get(event["requestId"], "Font") != "Font":
            self.uncompressed += event["dataLength"]

    def _note_end(self, event: dict) -> None:
        sort = self.sorts.get(event["requestId"])
        if sort and event["encodedDataLength"]:
            self.bytes[sort] += round(event["encodedDataLength"])
            self.requests += 1


def weigh(context: BrowserContext, address: str) -> Weight:
    page = context.new_page()
    weight = Weight()
    protocol = context.new_cdp_session(page)
    protocol.send("Network.enable")
    weight.listen_to(protocol.on)
    answer = page.goto(address, wait_until="networkidle")
    if answer is None or answer.status != 200 or page.url != address:
        raise SystemExit(f"{address} answered {answer and answer.status} and led to {page.url}")
    page.evaluate("document.fonts.ready")
    page.close()
    return weight


def _facilitator_with_a_filled_sheet() -> tuple[User, str]:
    """The first page of what the practice commune types most: eight criteria, three groups, all counts there."""
    organisation = make_organisation()
    scoring_round = make_round(organisation=organisation)
    person = make_person(role="facilitator", organisation=organisation, area=scoring_round.commune)
    scorecard = make_scorecard(scoring_round=scoring_round, by=person)
    make_sheet(version=current_version(scorecard), number=CRITERIA, by=person)
    with override("km"):
        return person, reverse("scorecards:sheet", args=[scorecard.pk])


def session_of(person: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return session.session_key
