"""Runs the programs of benchmarks/ on a throw-away PostgreSQL and Redis, and prints what they measured."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence

from tools.processes import PYTHON, ROOT, exit_on_signals, start, stop
from tools.services import services


def main(names: Sequence[str]) -> int:
    exit_on_signals()
    with tempfile.TemporaryDirectory(prefix="isaf-bench-") as folder, services() as places:
        env = {**os.environ, "DEBUG": "0", "SECRET_KEY": "only-for-benchmarks", "VAR_DIR": folder, **places}
        env["DATABASE_IS_THROWN_AWAY"] = "1"
        # As in `make run`: on this machine, without https, hashed and compressed assets.
        env |= {"SITE_URL": "http://127.0.0.1:8000", "ALLOWED_HOSTS": "127.0.0.1,localhost,testserver"}
        for command in (["migrate", "--verbosity", "0"], ["collectstatic", "--noinput", "--verbosity", "0"]):
            subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=env, check=True)
        process = start([PYTHON, "-m", "benchmarks", *names], env=env, end_by=signal.SIGINT)
        try:
            return process.wait()
        finally:
            stop(process, by=signal.SIGINT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
