"""Start and stop the processes of a run so that none outlives it."""

import os
import pwd
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = str(ROOT / ".venv" / "bin" / "python")


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    user: str | None = None,
    end_by: signal.Signals = signal.SIGTERM,
    folder: Path = ROOT,
) -> subprocess.Popen:
    """A process in a group of its own (Ctrl-C reaches us alone) that the kernel ends when we die, however we die.

    `end_by` is the signal on which the program stops in good order; `user` takes effect for root only.
    """
    output = log.open("wb") if log else None
    try:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", end_by.name, *map(str, command)],
            cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, **as_user(user),
        )  # fmt: skip
    finally:
        if output:
            output.close()


def as_user(name: str | None) -> dict:
    """What to tell subprocess so that a program runs as this person; nothing for None."""
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def stop(process: subprocess.Popen, *, by: signal.Signals = signal.SIGTERM, patience: float = 15) -> None:
    """End the process in good order; after `patience` seconds, it and all its children at once."""
    if process.poll() is None:
        process.send_signal(by)
        with suppress(subprocess.TimeoutExpired):
            process.wait(patience)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def exit_on_signals() -> None:
    """A closed terminal or a `kill` runs the same clean-up as Ctrl-C."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _frame: sys.exit(128 + received))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_listening(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0
