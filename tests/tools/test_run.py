"""`make run` as it is: web server, worker and timetable on SQLite and the embedded broker, and nothing left behind."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.processes import PYTHON, ROOT, free_port, is_listening
from tools.run import ask

SECONDS = 120
pytestmark = pytest.mark.worker


@pytest.fixture
def portal(tmp_path):
    """`tools.run` on an empty folder, with its output in a file."""
    port = free_port()
    env = {
        name: value
        for name, value in os.environ.items()
        if name
        not in {"DATABASE_URL", "REDIS_URL", "DEBUG", "SECRET_KEY", "MEDIA_ROOT", "SITE_URL", "ALLOWED_HOSTS"}
    }
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            [PYTHON, "-m", "tools.run"], cwd=ROOT, env={**env, "VAR_DIR": str(tmp_path / "var"), "PORT": str(port)},
            stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True,
        )  # fmt: skip
    process.port, process.said = port, tmp_path / "said"
    yield process
    if process.poll() is None:
        process.kill()
        process.wait()


def wait_until(is_so: Callable[[], bool], portal) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, portal.said.read_text()
        time.sleep(0.2)


def children(process: subprocess.Popen) -> dict[int, str]:
    """The processes that it started, and theirs."""
    found = {}
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
            command = (status.parent / "cmdline").read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[int(lines["Pid"])] = (int(lines["PPid"]), command, lines["State"][0])
    mine, before = {process.pid}, 0
    while len(mine) > before:
        before = len(mine)
        mine |= {pid for pid, (parent, _command, _state) in found.items() if parent in mine}
    return {pid: found[pid][1] for pid in mine - {process.pid} if found[pid][2] != "Z"}


def alive(pids) -> list[int]:
    return [pid for pid in pids if (state := state_of(pid)) and state != "Z"]


def state_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def runs(portal) -> bool:
    assert portal.poll() is None, portal.said.read_text()
    return "The portal runs" in portal.said.read_text()


def test_it_starts_all_three_says_where_and_ctrl_c_leaves_nothing(portal):
    wait_until(lambda: runs(portal), portal)
    said = portal.said.read_text()
    assert f"http://127.0.0.1:{portal.port}/km/" in said
    password = re.search(r"with the password (\S+) as", said)
    assert password, said
    assert "facilitator@practice.example   Facilitator, Kumru" in said
    started = children(portal)
    for part in ("gunicorn", " worker ", " beat "):
        assert any(part in command for command in started.values()), part
    assert ask(f"http://127.0.0.1:{portal.port}/readyz")[0] == 200
    status, page = ask(f"http://127.0.0.1:{portal.port}/km/sign-in/")
    assert status == 200
    # Every asset that the page names is there, hashed and compressed.
    for address in re.findall(r'(?:href|src)="(/static/[^"]+)"', page):
        assert ask(f"http://127.0.0.1:{portal.port}{address}")[0] == 200, address
    portal.send_signal(signal.SIGINT)
    assert portal.wait(30) == 0
    assert alive(started) == []
    assert not is_listening(portal.port)


def test_if_one_dies_it_says_so_and_stops_the_others(portal):
    wait_until(lambda: runs(portal), portal)
    started = children(portal)
    beat = next(pid for pid, command in started.items() if " beat " in command)
    os.kill(beat, signal.SIGKILL)
    assert portal.wait(30) == 1
    assert "beat ended with status -9" in portal.said.read_text()
    assert alive(started) == []


def test_if_it_is_killed_itself_the_others_end_too(portal):
    wait_until(lambda: runs(portal), portal)
    started = children(portal)
    portal.kill()
    portal.wait()
    wait_until(lambda: not alive(started), portal)
