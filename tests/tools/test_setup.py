"""Where system packages may not be installed, `make setup` says exactly what is missing."""

import os
import subprocess

import pytest

from tools.processes import ROOT


@pytest.fixture
def nobody_may_install(tmp_path):
    """A copy of the script with a list of which one package is missing, and no package manager on the path."""
    (tmp_path / "tools").mkdir()
    script = tmp_path / "tools" / "packages.sh"
    script.write_text((ROOT / "tools" / "packages.sh").read_text())
    script.chmod(0o755)
    (tmp_path / "tools" / "system-packages.txt").write_text(
        "# a comment\nrun | there | true\nrun | absent-one | false\ntest | absent-two | false\n"
    )
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("bash", "dirname", "id", "env"):
        (programs / name).symlink_to(f"/usr/bin/{name}")
    return script, {**os.environ, "PATH": str(programs)}


def install(place, *groups: str) -> subprocess.CompletedProcess:
    script, env = place
    return subprocess.run(
        [script, *groups], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_it_names_what_is_missing_and_the_command(nobody_may_install):
    done = install(nobody_may_install, "run", "test")
    assert done.returncode == 1
    assert "missing: absent-one absent-two" in done.stderr
    assert "apt-get install --no-install-recommends absent-one absent-two" in done.stderr


def test_it_asks_only_for_the_groups_that_are_wanted(nobody_may_install):
    assert "absent-two" not in install(nobody_may_install, "run").stderr


def test_nothing_is_missing_nothing_is_said(nobody_may_install):
    done = install(nobody_may_install, "build")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
