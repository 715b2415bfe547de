"""The locks hold all that somebody asks for: pip with hashes takes nothing that is not pinned, extras included."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.guards.tree import ROOT, text

PROJECT = tomllib.loads(text(ROOT / "pyproject.toml"))
PINNED = re.compile(r"^([\w.-]+)(?:\[([\w,.-]+)\])?==(\S+) \\$", re.M)
ASKED_FOR = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
}

each_lock = pytest.mark.parametrize("lock", list(ASKED_FOR))


def pins(lock: str) -> dict[str, tuple[set[str], Version]]:
    """Extras and version by canonical name."""
    return {
        canonicalize_name(name): (set(extras.split(",")) - {""}, Version(version))
        for name, extras, version in PINNED.findall(text(ROOT / lock))
    }


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras})


def wishes(lock: str) -> Iterator[tuple[str, Requirement]]:
    """Who asks for what, on this machine: the project, then every pinned package as it is installed."""
    yield from (("pyproject.toml", Requirement(line)) for line in ASKED_FOR[lock])
    for name, (extras, _version) in pins(lock).items():
        for line in requires(name) or ():
            requirement = Requirement(line)
            if applies(requirement, extras):
                yield name, requirement


@each_lock
def test_what_is_asked_for_with_an_extra_is_pinned_with_it(lock):
    held = pins(lock)
    lacking = [
        f"{who} asks for {wish}"
        for who, wish in wishes(lock)
        if not wish.extras <= held.get(canonicalize_name(wish.name), (set(), None))[0]
    ]
    assert not lacking, "compile with --no-strip-extras, see pyproject.toml"


@each_lock
def test_every_wish_is_pinned_to_a_version_that_fits(lock):
    held = pins(lock)
    assert not [
        f"{who} asks for {wish}"
        for who, wish in wishes(lock)
        if canonicalize_name(wish.name) not in held
        or not wish.specifier.contains(held[canonicalize_name(wish.name)][1], prereleases=True)
    ]


def test_what_ships_is_pinned_alike_for_developers():
    shipped, developers = pins("requirements.txt"), pins("requirements-dev.txt")
    assert {name: pin for name, pin in shipped.items() if developers.get(name) != pin} == {}
