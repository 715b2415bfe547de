"""Which may import which; the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

from tests.guards.tree import ROOT


def test_apps_and_layers_import_downwards_only():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
