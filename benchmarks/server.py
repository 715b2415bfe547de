"""The portal as it is served: gunicorn on this machine, on the database of this run."""

import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.processes import free_port, start, stop

SECONDS_TO_START = 30


@contextmanager
def portal(*, database_url: str = "") -> Iterator[str]:
    """Its address; on the database of this run, or on another one."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    gunicorn = Path(sys.executable).parent / "gunicorn"
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "web.log"
        process = start(
            [gunicorn, "isaf_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1"],
            env={
                **os.environ,
                "SITE_URL": address,
                **({"DATABASE_URL": database_url} if database_url else {}),
            },
            log=log,
        )
        try:
            _wait_for(address, log)
            yield address
        finally:
            stop(process)


def must_be_thrown_away() -> None:
    """Benchmarks that write do so only where `make bench` made the database."""
    if os.environ.get("DATABASE_IS_THROWN_AWAY") != "1":
        raise SystemExit("This benchmark writes to its database. Run it by make bench, which makes one.")


def _wait_for(address: str, log: Path) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"The portal did not start:\n{log.read_text()[-2000:]}")
