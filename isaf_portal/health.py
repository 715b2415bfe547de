"""Is everything there and reachable? Read by /readyz, which asks three of these, and by `manage.py doctor`."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import Error as DatabaseError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from accounts.models import Heartbeat
from isaf_portal.lib import broker
from isaf_portal.lib.broker import BEAT_AT_LEAST_EVERY, WORKER
from isaf_portal.lib.khmer import break_words

FONTS = ("noto-sans-khmer-400", "noto-sans-khmer-700", "noto-sans-400", "noto-sans-700", "moul-400")


class Unwell(Exception):
    """Something is missing or does not answer; the message is one line for the operator."""


def record_beat() -> None:
    """The worker is alive, and so are the broker and the timetable that asked it."""
    Heartbeat.objects.update_or_create(name=WORKER, defaults={"beat_at": timezone.now()})


def check_database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        raise Unwell(f"{connection.vendor} does not answer: {first_line(error)}") from error
    return connection.vendor


def check_migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise Unwell(f"{len(waiting)} migrations are not applied; run `manage.py migrate`")
    return "all applied"


def check_collation() -> str:
    """On PostgreSQL, text search and lower case know no Khmer in a cluster made with locale C."""
    if connection.vendor != "postgresql":
        return "not asked of SQLite"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding), datctype FROM pg_database WHERE datname = current_database()"
        )
        encoding, character_type = cursor.fetchone()
    if encoding != "UTF8" or character_type in {"C", "POSIX"}:
        raise Unwell(
            f"the database has encoding {encoding} and locale {character_type}; it needs a UTF-8 locale"
        )
    return f"{encoding}, {character_type}"


def check_broker() -> str:
    if fault := broker.fault():
        raise Unwell(fault)
    return "Redis" if settings.REDIS_URL else "embedded"


def check_worker() -> str:
    try:
        beat = Heartbeat.objects.filter(name=WORKER).first()
    except DatabaseError as error:
        raise Unwell(f"the database cannot say: {first_line(error)}") from error
    if beat is None:
        raise Unwell("no worker has ever given a sign of life; are worker and beat running?")
    age = timezone.now() - beat.beat_at
    if age > BEAT_AT_LEAST_EVERY:
        raise Unwell(
            f"the last sign of life is {int(age.total_seconds())} seconds old; are worker and beat running?"
        )
    return f"seen {int(age.total_seconds())} seconds ago"


def check_fonts() -> str:
    folder = Path(settings.BASE_DIR) / "static_build" / "fonts"
    missing = [name for name in FONTS if not (folder / f"{name}.woff2").exists()]
    if missing:
        raise Unwell(f"missing in static_build/fonts: {', '.join(missing)}; run `make setup`")
    return f"{len(FONTS)} files"


def check_khmer() -> str:
    """Without word breaks Khmer is printed over the next column, so a known sentence is broken."""
    broken = break_words("សៀមរាបនៅភ្នំពេញ")
    if broken.split("\u200b") != ["សៀមរាប", "នៅ", "ភ្នំពេញ"]:
        raise Unwell("words of a known sentence are not told apart; are khmercut and ICU installed?")
    return "words are told apart"


def check_storage() -> str:
    """Write, read back, delete: what an upload and a printed plan need."""
    try:
        name = default_storage.save("doctor/check.txt", ContentFile(b"written by doctor"))
        with default_storage.open(name) as file:
            is_whole = file.read() == b"written by doctor"
        default_storage.delete(name)
    except OSError as error:
        raise Unwell(f"files cannot be kept: {first_line(error)}") from error
    if not is_whole:
        raise Unwell("a file came back different")
    return "written, read and deleted"


# What a server needs to answer people; and everything an operator would want to know.
READY: dict[str, Callable[[], str]] = {
    "database": check_database,
    "broker": check_broker,
    "worker": check_worker,
}
ALL: dict[str, Callable[[], str]] = {
    **READY,
    "migrations": check_migrations,
    "locale": check_collation,
    "fonts": check_fonts,
    "khmer": check_khmer,
    "storage": check_storage,
}


def is_well(check: Callable[[], str]) -> bool:
    try:
        check()
    except Unwell:
        return False
    return True


def first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0]
