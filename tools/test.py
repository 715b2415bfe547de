"""Every test: first the fast part on SQLite, then what knows a database again on a throw-away PostgreSQL and Redis.

Coverage is counted in the first part, which runs all of our code but what needs a server: counting makes a test
half as slow again, so it is done once and where it costs least.

python -m tools.test            both, stopping at the first that fails, so that pytest's last line is the verdict
python -m tools.test --soak     the long schedules of faults, fuzzing and load, from a printed seed
python -m tools.test ARGUMENTS  pytest with these arguments, on PostgreSQL and Redis
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence

from tools.processes import PYTHON, exit_on_signals, start, stop
from tools.services import services

FAST = "not postgresql and not redis and not browser and not worker and not soak"
# A worker that is done takes over tests of the other; tests of one file stay together, and so what they share.
ON_ALL_CORES = ("-n", "2", "--dist", "worksteal")
COVERAGE = ("--cov", "--cov-report=term:skip-covered", "--cov-report=html:var/coverage")
MINUTES_AT_MOST = {"test": 20, "soak": 60}


def main(arguments: Sequence[str]) -> int:
    exit_on_signals()
    with tempfile.TemporaryDirectory(prefix="isaf-tests-") as folder:
        env = {**os.environ, "DEBUG": "1", "SECRET_KEY": "only-for-tests", "VAR_DIR": folder}
        for outside in ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"):
            env.pop(outside, None)
        if list(arguments) == ["--soak"]:
            return soak(env)
        if arguments:
            return on_servers(env, *arguments)
        return fast_on_sqlite(env) or on_servers(env, *ON_ALL_CORES, "--database-alone")


def fast_on_sqlite(env: Mapping[str, str]) -> int:
    print("The fast part on SQLite", flush=True)
    return pytest(env, *ON_ALL_CORES, "-m", FAST, *COVERAGE)


def on_servers(env: Mapping[str, str], *arguments: str, minutes: int = MINUTES_AT_MOST["test"]) -> int:
    print("On PostgreSQL and Redis", flush=True)
    with services() as places:
        return pytest({**env, **places}, *arguments, minutes=minutes)


def soak(env: dict[str, str]) -> int:
    seed = os.environ.get("SEED") or str(secrets.randbelow(10**8))
    print(f"Long schedules; `make soak SEED={seed}` repeats them", flush=True)
    arguments = ("-m", "soak", "--hypothesis-profile=soak", f"--hypothesis-seed={seed}")
    return on_servers({**env, "SOAK": "1", "SEED": seed}, *arguments, minutes=MINUTES_AT_MOST["soak"])


def pytest(env: Mapping[str, str], *arguments: str, minutes: int = MINUTES_AT_MOST["test"]) -> int:
    """Its exit status; a run that hangs is ended and counts as failed."""
    process = start([PYTHON, "-m", "pytest", *arguments], env=env, end_by=signal.SIGINT)
    try:
        return process.wait(minutes * 60)
    except subprocess.TimeoutExpired:
        print(f"The tests did not end within {minutes} minutes.", file=sys.stderr)
        return 1
    finally:
        stop(process, by=signal.SIGINT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
