"""How long the server works on a page and how many queries it asks, on data of national size.

Two databases are made, one with half the communes of the other. Counts of queries must be the same in both, and
time nearly so: a page that grows with the country would be fine in the pilot and dead in the third year.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from django.db import connection
from django.db.models import Count, Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import User
from benchmarks import homes
from benchmarks.figures import Figure, percentile_95, seconds_side_by_side
from benchmarks.server import must_be_thrown_away
from communities.models import Programme
from scorecards.models import ActionPlan, Round, Scorecard
from tests.factories import give_role
from tools.processes import ROOT

COMMUNES, YEARS, SEED = 200, 3, 1
TURNS = 15


def run() -> list[Figure]:
    must_be_thrown_away()
    with ExitStack() as stack:
        half, whole = (stack.enter_context(_seeded(communes)) for communes in (COMMUNES // 2, COMMUNES))
        yardstick = f"{half.rounds} rounds"
        figures = [Figure("rounds", whole.rounds, "rounds", yardstick, half.rounds)]
        figures += [
            Figure(page, whole.queries(page), "queries", yardstick, half.queries(page))
            for page in whole.pages
        ]
        taken = seconds_side_by_side(
            {
                (country, page): partial(country.look_at, page)
                for page in whole.pages
                for country in (half, whole)
            },
            prepare=lambda key: key[0].look_at(key[1]),
            times=TURNS,
        )
        figures += [
            Figure(page, taken[whole, page], "seconds", yardstick, taken[half, page]) for page in whole.pages
        ]
        return figures + _homes(half, whole, yardstick)


def _homes(half: "Country", whole: "Country", yardstick: str) -> list[Figure]:
    """Queries, the time that nineteen of twenty visits stay under, and bytes of a first visit."""
    figures = [
        Figure(f"home of {role}", whole.queries(role), "queries", yardstick, half.queries(role))
        for role in whole.homes
    ]
    taken = seconds_side_by_side(
        {role: partial(whole.look_at, role) for role in whole.homes},
        prepare=whole.look_at,
        times=homes.TURNS,
        summary=percentile_95,
    )
    figures += [
        Figure(f"home of {role}, p95", each, "seconds", "allowed", homes.SECONDS_AT_MOST)
        for role, each in taken.items()
    ]
    _work_on(whole.database)
    return figures + homes.weights(whole.url, whole.homes)


class Country:
    """A seeded database, an officer of its largest programme with the pages that this person looks at, and the homes of
    the busiest person of each role.
    """

    def __init__(self, database: str, url: str):
        self.database, self.url = database, url
        _work_on(database)
        # What a running server does by itself; without it the planner guesses.
        _on_server("ANALYZE")
        self.rounds = Round.objects.count()
        officer = User.objects.create_user(name="Officer", password=None, email="officer@benchmark.example")
        give_role(person=officer, role="ngo_officer", programme=_largest_programme())
        self.pages = _pages()
        self.homes = homes.people()
        self.clients = {page: Client() for page in (*self.pages, *self.homes)}
        for page, client in self.clients.items():
            client.force_login(self.homes.get(page, officer))

    def look_at(self, page: str, _turn: int = 0) -> None:
        _work_on(self.database)
        path = self.pages.get(page) or homes.address()
        answer = self.clients[page].get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code} for {page}")

    def queries(self, page: str) -> int:
        """Of a second look: the first one fills what the process keeps."""
        self.look_at(page)
        with CaptureQueriesContext(connection) as asked:
            self.look_at(page)
        return len(asked)


def _largest_programme() -> Programme:
    return Programme.objects.annotate(number=Count("rounds")).order_by("number", "pk").last()


def _pages() -> dict[str, str]:
    """The pages that a facilitator, an officer and a council wait for, each with the most that the data hold."""
    scorecards = Scorecard.objects.filter(kind="community", versions__status="locked")
    fullest = scorecards.annotate(number=Count("versions__criteria")).order_by("number", "pk").last()
    kept = Count("items", filter=Q(items__deleted_at__isnull=True))
    plan = ActionPlan.objects.annotate(number=kept).order_by("number", "pk").last()
    with override("km"):
        return {
            "sheet": reverse("scorecards:sheet", args=[fullest.pk]),
            "results": reverse("scorecards:results", args=[fullest.pk]),
            "plan": reverse("scorecards:plan", args=[plan.pk]),
            "my work": reverse("home"),
            "list of rounds": reverse("scorecards:rounds"),
            "list of plans": reverse("scorecards:plans"),
        }


@contextmanager
def _seeded(communes: int) -> Iterator[Country]:
    """A database of its own on the same PostgreSQL, with so many communes; it is gone afterwards."""
    server = os.environ.get("DATABASE_URL", "")
    if connection.vendor != "postgresql":
        raise SystemExit("This benchmark needs PostgreSQL. Run it by make bench.")
    before, name = connection.settings_dict["NAME"], f"isaf_{communes}_communes"
    _on_server(f'CREATE DATABASE "{name}"')
    try:
        env = {**os.environ, "DATABASE_URL": urlunsplit(urlsplit(server)._replace(path=f"/{name}"))}
        manage = partial(subprocess.run, cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
        manage([sys.executable, "manage.py", "migrate", "--verbosity", "0"])
        size = ["--communes", str(communes), "--years", str(YEARS), "--seed", str(SEED)]
        manage([sys.executable, "manage.py", "seed_national", *size])
        yield Country(name, env["DATABASE_URL"])
    finally:
        _work_on(before)
        _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _work_on(name: str) -> None:
    """This process asks that database from now on."""
    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def _on_server(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
