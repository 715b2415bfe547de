"""A broker that does not answer costs a page two seconds at most, and never the page."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools.processes import PYTHON, ROOT, free_port, is_listening, start, stop

# Two seconds are promised; the rest is for a busy machine.
PROMISED = 2 + 1.5
# A process with settings of its own, as a web process has them: the connections it keeps are what is tried here.
WEB_PROCESS = """
import sys, time
import django
django.setup()
from isaf_portal.lib import broker
for line in sys.stdin:
    begin = time.monotonic()
    if line.strip() == "publish":
        print(broker.publish("scorecards.store_document", [{"document_id": n} for n in range(5)]), end="|")
    else:
        print(broker.fault(), end="|")
    print(time.monotonic() - begin, flush=True)
"""


class WebProcess:
    def __init__(self, process: subprocess.Popen):
        self._process = process

    def publish(self) -> tuple[bool, float]:
        """Whether the broker took five calls, and how many seconds that took."""
        answer, seconds = self._ask("publish")
        return answer == "True", seconds

    def fault(self) -> str:
        return self._ask("fault")[0]

    def _ask(self, word: str) -> tuple[str, float]:
        self._process.stdin.write(f"{word}\n")
        self._process.stdin.flush()
        answer, _bar, seconds = self._process.stdout.readline().rpartition("|")
        return answer, float(seconds)


@pytest.fixture
def web_process(tmp_path) -> Iterator[Callable[..., WebProcess]]:
    started = []

    def begin(*, redis_port: int | None = None) -> WebProcess:
        env = {
            **os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "isaf_portal.settings",
            "REDIS_URL": f"redis://127.0.0.1:{redis_port}/0" if redis_port else "", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        process = subprocess.Popen(
            [PYTHON, "-c", WEB_PROCESS], cwd=ROOT, env=env, text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        return WebProcess(process)

    yield begin
    for process in started:
        stop(process)
        process.stdin.close()
        process.stdout.close()


def test_a_stopped_broker_costs_two_seconds_for_all_calls_together(web_process):
    portal = web_process(redis_port=free_port())
    is_taken, seconds = portal.publish()
    assert not is_taken
    assert seconds < PROMISED
    assert portal.fault().startswith("Redis does not answer")


def test_a_broker_that_says_nothing_costs_two_seconds(web_process):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        portal = web_process(redis_port=silent.getsockname()[1])
        is_taken, seconds = portal.publish()
        assert not is_taken
        assert seconds < PROMISED
        assert portal.fault().startswith("Redis does not answer")


@pytest.mark.redis
def test_a_broker_that_dies_between_two_pages_is_noted_and_found_again(web_process, tmp_path):
    port = free_port()
    portal = web_process(redis_port=port)
    server = start_redis(port, tmp_path)
    try:
        assert portal.publish()[0]
        stop(server)
        for _ in range(2):
            is_taken, seconds = portal.publish()
            assert not is_taken
            assert seconds < PROMISED
        server = start_redis(port, tmp_path)
        assert portal.publish()[0]
        assert portal.fault() == ""
    finally:
        stop(server)


def start_redis(port: int, folder: Path) -> subprocess.Popen:
    server = start(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
        log=folder / "redis.log",
    )
    while not is_listening(port):
        time.sleep(0.05)
    return server


def test_the_folder_of_the_embedded_broker_may_be_gone(web_process, tmp_path):
    portal = web_process()
    assert portal.publish()[0]
    assert portal.fault() == ""
    shutil.rmtree(tmp_path / "broker" / "messages")
    is_taken, seconds = portal.publish()
    assert not is_taken
    assert seconds < PROMISED
    assert portal.fault().startswith("cannot write")
