"""What holds for every test: nothing outside this machine is reached, nothing is left in the working tree."""

import os

import pytest
from django.conf import settings as django_settings
from hypothesis import settings as hypothesis_settings

from isaf_portal.celery import app

pytest_plugins = [
    "tests.fixtures.strictness",
    "tests.fixtures.worker",
    "tests.fixtures.browser",
    "tests.fixtures.soak",
]

# The same examples each time in `make test`; `make soak` takes new ones from its printed seed.
hypothesis_settings.register_profile("short", max_examples=50, deadline=None, derandomize=True)
hypothesis_settings.register_profile("soak", max_examples=2_000, deadline=None)
hypothesis_settings.load_profile("short")


# Marks of tests that need more than a SQLite in memory; all but `soak` are a server or a browser.
NEEDS_MORE = {"postgresql", "redis", "browser", "worker", "soak"}
# Whoever asks for one of these, through whatever fixture, knows a database.
DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_addoption(parser):
    parser.addoption(
        "--database-alone", action="store_true",
        help="leave out what knows neither database nor server: it says the same on both engines",
    )  # fmt: skip


def pytest_configure():
    """Messages of one test process never reach the worker of another, nor the developer's own."""
    process = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if django_settings.REDIS_URL:
        app.conf.broker_url = f"{django_settings.REDIS_URL.rsplit('/', 1)[0]}/{int(process) + 1}"
    else:
        app.conf.broker_url = "memory://"


def pytest_collection_modifyitems(config, items):
    """A plain `pytest` runs what it can; `make test` brings both servers, so there nothing is left out."""
    if config.getoption("--database-alone"):
        left_out = [item for item in items if not _knows_database_or_server(item)]
        items[:] = [item for item in items if item not in set(left_out)]
        config.hook.pytest_deselected(items=left_out)
    has_postgresql = django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
    has_redis = bool(django_settings.REDIS_URL)
    for item in items:
        names = {mark.name for mark in item.iter_markers()}
        if names & {"postgresql", "worker"} and not has_postgresql:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL: make test"))
        elif names & {"redis", "worker"} and not has_redis:
            item.add_marker(pytest.mark.skip(reason="needs Redis: make test"))


def _knows_database_or_server(item) -> bool:
    marks = {mark.name for mark in item.iter_markers()}
    return bool(marks & (NEEDS_MORE | {"django_db"}) or DATABASE & set(item.fixturenames))


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _passwords_cost_nothing(settings):
    """A third of a second for each sign-in is what makes guessing dear; tests guess all day."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
