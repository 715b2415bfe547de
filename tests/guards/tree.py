"""The tree as git sees it, for the guards: what is tracked, or new and not ignored."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("accounts", "communities", "scorecards", "budgets", "reports", "isaf_portal")


@cache
def files(*patterns: str) -> list[Path]:
    """Paths under the root, such as `files("*.py")`; those of a fresh clone plus what waits to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\0")  # fmt: skip
    return sorted(ROOT / name for name in set(listed) if name and (ROOT / name).is_file())


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sources() -> list[Path]:
    """Python that ships: no tests, no migrations."""
    return [
        path
        for path in files("*.py")
        if not relative(path).startswith("tests/") and "/migrations/" not in str(path)
    ]


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
