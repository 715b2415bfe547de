"""The Dockerfile, `make setup` and docker compose install and start the same; nobody runs a container to find out."""

import re

import pytest

from tests.guards.tree import ROOT, text

PACKAGES = ROOT / "tools" / "system-packages.txt"
DOCKERFILE = text(ROOT / "Dockerfile")
SETUP = text(ROOT / "tools" / "setup.sh")
COMPOSE = text(ROOT / "docker-compose.yml")
INSTALLERS = re.compile(r"\b(?:apt|apt-get|pip|npm|npx|curl|wget)\s")


def instructions(word: str) -> list[str]:
    joined = DOCKERFILE.replace("\\\n", " ")
    return [line.removeprefix(f"{word} ") for line in joined.splitlines() if line.startswith(f"{word} ")]


def groups(command: str) -> set[str]:
    return {
        word for call in re.findall(r"RUN tools/packages\.sh ([a-z ]+)", command) for word in call.split()
    }


def listed() -> list[list[str]]:
    lines = [line for line in text(PACKAGES).splitlines() if line and not line.startswith("#")]
    return [[cell.strip() for cell in line.split("|", 2)] for line in lines]


def test_the_dockerfile_installs_nothing_by_itself():
    assert not [step for step in instructions("RUN") if INSTALLERS.search(step)]


def test_both_read_one_list_of_system_packages():
    first, second = DOCKERFILE.split("FROM ")[1:]
    assert groups(first) == {"run", "build"}
    assert groups(second) == {"run"}
    assert "groups=(run build)" in SETUP
    assert "tools/packages.sh" in SETUP


def test_both_make_the_rest_by_the_same_script():
    assert any("tools/setup.sh production" in step for step in instructions("RUN"))
    assert SETUP.count("pip install") == 1
    assert "--require-hashes" in SETUP
    assert "npm ci" in SETUP


def test_the_locks_are_for_the_python_of_the_image():
    assert all(image.startswith("python:3.11-slim-bookworm") for image in instructions("FROM"))


def test_the_list_knows_three_groups_and_no_package_twice():
    rows = listed()
    assert {group for group, _package, _check in rows} == {"run", "build", "test"}
    assert len({package for _group, package, _check in rows}) == len(rows)


def test_the_image_does_not_run_as_root():
    assert instructions("USER") == ["isaf"]


@pytest.mark.parametrize("name", ["web", "worker", "beat", "database", "broker"])
def test_compose_starts_each_part_and_watches_it(name):
    part = re.search(rf"^  {name}:\n((?:    .*\n|\n)+)", COMPOSE, re.M)
    assert part, name
    assert "healthcheck:" in part[1]


def test_the_standard_lists_are_loaded_wherever_the_tables_are_made():
    for source in (COMPOSE, text(ROOT / "tools" / "prepare.py")):
        made, loaded = (re.search(word, source) for word in ("migrate", "load_standard_lists"))
        assert made.start() < loaded.start()


def test_the_practice_commune_is_loaded_by_make_run_alone():
    assert "seed_practice" not in COMPOSE + DOCKERFILE
    assert "seed_practice" in text(ROOT / "tools" / "prepare.py")


def test_compose_has_no_default_password_and_publishes_only_the_web_server():
    for secret in ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD"):
        assert f"${{{secret}:?" in COMPOSE
        assert not re.search(rf"\${{{secret}(?::-|-|}})", COMPOSE)
    assert COMPOSE.count("ports:") == 1
    assert '"127.0.0.1:' in COMPOSE
    assert "trust" not in COMPOSE


def test_every_setting_is_listed_with_a_line():
    read = set(re.findall(r'env(?:\.\w+|_bool)\("([A-Z_0-9]+)"', text(ROOT / "isaf_portal" / "settings.py")))
    assert read
    listed_names = set(re.findall(r"^#([A-Z_0-9]+)=", text(ROOT / ".env.example"), re.M))
    assert read <= listed_names
