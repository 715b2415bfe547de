"""A throw-away PostgreSQL and Redis on free ports of 127.0.0.1, for tests and benchmarks."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.processes import as_user, free_port, is_listening, start, stop

SECONDS_TO_START = 30


@contextmanager
def services() -> Iterator[dict[str, str]]:
    """Both servers; gives the environment that points at them, and leaves nothing behind."""
    with postgresql() as database_url, redis() as redis_url:
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}


@contextmanager
def postgresql() -> Iterator[str]:
    binaries = _postgresql_binaries()
    user = _unprivileged_user()
    with _folder("isaf-postgresql-", user) as folder:
        password = secrets.token_hex(16)
        password_file = folder / "password"
        password_file.write_text(password)
        if user:
            shutil.chown(password_file, user)
        subprocess.run(
            [binaries / "initdb", "--pgdata", folder / "data", "--username", "isaf", "--pwfile", password_file,
             "--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"],
            cwd=folder, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, **as_user(user),
        )  # fmt: skip
        port = free_port()
        # What is thrown away needs no care for a power cut; the tests are twice as fast without it.
        careless = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
        process = start(
            [binaries / "postgres", "-D", folder / "data", "-p", str(port), "-k", folder,
             "-c", "listen_addresses=127.0.0.1", *(part for word in careless for part in ("-c", word))],
            log=folder / "log", user=user, folder=folder, end_by=signal.SIGINT,
        )  # fmt: skip
        try:
            _wait_for(process, port, folder / "log")
            _create_database(binaries, port, password)
            yield f"postgres://isaf:{password}@127.0.0.1:{port}/isaf"
        finally:
            stop(process, by=signal.SIGINT)


@contextmanager
def redis() -> Iterator[str]:
    with _folder("isaf-redis-", None) as folder:
        port = free_port()
        process = start(
            ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder,
             "--save", "", "--appendonly", "no", "--databases", "64"],
            log=folder / "log", folder=folder,
        )  # fmt: skip
        try:
            _wait_for(process, port, folder / "log")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            stop(process)


def _postgresql_binaries() -> Path:
    """Debian keeps each version's programs apart and off the PATH; the newest is taken."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parent.parent.name)
    )
    if found:
        return found[-1].parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).parent
    raise SystemExit("PostgreSQL is not installed; tools/setup.sh test installs it.")


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses to run as root; anybody else runs it as themselves."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def _folder(prefix: str, user: str | None) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    if user:
        shutil.chown(folder, user)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(process: subprocess.Popen, port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while not is_listening(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"{process.args[3]} did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.05)


def _create_database(binaries: Path, port: int, password: str) -> None:
    """PostgreSQL listens a moment before it answers, so the first tries may be refused."""
    command = [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "isaf", "isaf"]
    for _attempt in range(50):
        done = subprocess.run(
            command, env={**os.environ, "PGPASSWORD": password}, capture_output=True, text=True
        )
        if done.returncode == 0:
            return
        time.sleep(0.1)
    raise SystemExit(f"PostgreSQL does not answer: {done.stderr}")
