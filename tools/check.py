"""What a reader would otherwise have to look for: format, lint, import order, migrations, Khmer, deployment."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.processes import PYTHON, ROOT

BIN = Path(PYTHON).parent
CHECKS = {
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "lint": [BIN / "ruff", "check", "--quiet", "."],
    "templates": [BIN / "djlint", "--lint", "--quiet", "templates"],
    "import order": [BIN / "lint-imports"],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "Khmer catalogue": [PYTHON, "tools/messages.py", "--check"],
    "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="isaf-check-") as folder:
        env = {**os.environ, **like_production(folder)}
        for name, command in CHECKS.items():
            done = subprocess.run(
                command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
            )
            print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}", flush=True)
            if done.returncode:
                failed.append(name)
                print(done.stdout + done.stderr, flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed")
    return 1 if failed else 0


def like_production(folder: str) -> dict[str, str]:
    """Settings as on a server, so that `check --deploy` judges what will run there."""
    return {
        "DEBUG": "0",
        "SECRET_KEY": "a-long-enough-text-that-stands-for-the-secret-of-a-real-server-0123456789",
        "ALLOWED_HOSTS": "portal.example",
        "SITE_URL": "https://portal.example",
        "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3",
        "VAR_DIR": folder,
    }


if __name__ == "__main__":
    sys.exit(main())
