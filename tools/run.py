"""`make run`: migrates, loads the practice commune, and keeps web server, worker and timetable running together.

Settings are those of a small server (`DEBUG=0`) on this machine alone; what `.env` or the environment says wins.
"""

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import environ

from tools.processes import PYTHON, ROOT, exit_on_signals, is_listening, start, stop

BIN = Path(PYTHON).parent
SECONDS_TO_START = 60


def main() -> int:
    exit_on_signals()
    prepare_environment()
    port = int(os.environ["PORT"])
    if is_listening(port):
        print(f"Something else answers on port {port}. Choose another: make run PORT={port + 1}")
        return 1
    print("Loading the practice commune ...", flush=True)
    sign_ins = prepare_portal()
    processes = {}
    try:
        for name, command in commands(port).items():
            processes[name] = start(command, log=log_of(name))
        if wait_until_ready(processes, port):
            greet(port, sign_ins)
            watch(processes)
        return 1
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        for process in processes.values():
            process.terminate()
        for process in processes.values():
            stop(process)


def prepare_environment() -> None:
    if (ROOT / ".env").exists():
        environ.Env.read_env(ROOT / ".env")
    port = os.environ.setdefault("PORT", "8000")
    if not port.isdigit():
        raise SystemExit(f"PORT must be a number, not {port!r}.")
    folder = Path(os.environ.setdefault("VAR_DIR", str(ROOT / "var")))
    (folder / "log").mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    os.environ.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
    if not os.environ.get("SECRET_KEY"):
        os.environ["SECRET_KEY"] = kept_secret(folder / "secret-key")


def kept_secret(file: Path) -> str:
    """Made once, so that a restart signs nobody out."""
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as new:
            new.write(secrets.token_urlsafe(50))
    return file.read_text()


def prepare_portal() -> str:
    """Tables, lists and practice commune in one process, the assets beside it; answers with the practice sign-ins."""
    beside = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    processes = [
        subprocess.Popen([PYTHON, *command], cwd=ROOT, **beside)
        for command in (
            ["-m", "tools.prepare"],
            ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        )
    ]
    said = [process.communicate() for process in processes]
    for process, words in zip(processes, said, strict=True):
        if process.returncode:
            raise SystemExit(f"{''.join(words)}{' '.join(process.args[1:3])} failed.")
    return said[0][0]


def commands(port: int) -> dict[str, list]:
    celery = [BIN / "celery", "-A", "isaf_portal"]
    schedule = Path(os.environ["VAR_DIR"]) / "beat-schedule"
    return {
        "web": [BIN / "gunicorn", "isaf_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", schedule, "--pidfile="],
    }


def log_of(name: str) -> Path:
    return Path(os.environ["VAR_DIR"]) / "log" / f"{name}.log"


def wait_until_ready(processes: dict[str, subprocess.Popen], port: int) -> bool:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        if has_died(processes):
            return False
        status, words = ask(f"http://127.0.0.1:{port}/readyz")
        if status == 200:
            return True
        time.sleep(0.3)
    print(
        f"Not everything answered within {SECONDS_TO_START} seconds:\n{words}\nLogs: {log_of('web').parent}"
    )
    return False


def ask(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")
    except OSError as error:
        return 0, str(error)


def greet(port: int, sign_ins: str) -> None:
    print(
        f"\n{sign_ins}\nThe portal runs. Open first:  http://127.0.0.1:{port}/km/   (English: /en/)\n"
        f"Logs: {log_of('web').parent}. Ctrl-C stops it.",
        flush=True,
    )


def watch(processes: dict[str, subprocess.Popen]) -> None:
    """Returns when one has died; the others are then stopped too, so that nobody works on half a portal."""
    while not has_died(processes):
        time.sleep(1)


def has_died(processes: dict[str, subprocess.Popen]) -> bool:
    for name, process in processes.items():
        if process.poll() is not None:
            last_words = log_of(name).read_text(errors="replace").splitlines()[-20:]
            print(f"{name} ended with status {process.returncode}:", *last_words, sep="\n    ", flush=True)
            return True
    return False


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
