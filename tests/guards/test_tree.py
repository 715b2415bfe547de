"""Facts about the files themselves."""

import ast
import re

import pytest

from tests.guards.tree import files, relative, sources, text

LINES_AT_MOST = 300
FUNCTION_LINES_AT_MOST = 40
VIEW_LINES_AT_MOST = 25
# Files that may be longer: the path, and why splitting would not help.
LONG_FILES: dict[str, str] = {}

ours = pytest.mark.parametrize("path", [pytest.param(path, id=relative(path)) for path in sources()])


def functions(path):
    return [node for node in ast.walk(ast.parse(text(path))) if isinstance(node, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    return node.end_lineno - node.lineno + 1


@ours
def test_files_are_short(path):
    count = text(path).count("\n")
    assert count <= LINES_AT_MOST or relative(path) in LONG_FILES, f"{count} lines: split by noun"


def test_long_files_are_still_long():
    lengths = {relative(path): text(path).count("\n") for path in sources()}
    assert not [name for name in LONG_FILES if lengths.get(name, 0) <= LINES_AT_MOST]


@ours
def test_functions_are_short(path):
    allowed = VIEW_LINES_AT_MOST if "/views" in relative(path) else FUNCTION_LINES_AT_MOST
    long = [f"{node.name} ({length(node)})" for node in functions(path) if length(node) > allowed]
    assert not long


@ours
def test_nothing_catches_everything(path):
    broad = [
        node.lineno
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in {"Exception", "BaseException"})
    ]
    assert not broad


@ours
def test_no_model_signals(path):
    """Nothing runs behind your back; Celery's own life signs are no model signals."""
    assert not re.search(
        r"django\.(?:db\.models|dispatch)(?:\.signals)? import .*(?:signals|receiver|Signal\b)", text(path)
    )
    assert "django.db.models.signals" not in text(path)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=relative(path)) for path in files("*/models.py", "*/models/*.py")]
)
def test_no_generic_foreign_keys_and_no_default_order(path):
    assert "GenericForeignKey" not in text(path)
    assert not re.search(r"^\s+ordering\s*=", text(path), re.M)


def test_no_drawer_for_everything():
    vague = {"utils", "helpers", "misc", "common", "core", "services"}
    assert not [
        relative(path)
        for path in sources()
        if vague & {part.removesuffix(".py") for part in path.parts[-3:]}
        and not relative(path).startswith("tools/")
    ]


def test_nothing_is_left_to_do():
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")))
    found = [
        relative(path)
        for path in files("*.py", "*.html", "*.js", "*.css", "*.sh")
        if marks.search(text(path))
    ]
    assert not found


def readable(path) -> str:
    try:
        return text(path)
    except UnicodeDecodeError:
        return ""


def test_nothing_names_what_lies_outside_the_repository():
    outside = re.compile(
        "|".join((r"\.\./" + "shared", r"\." + "library", "/" + "work/", "/" + "root/", "/tmp/" + "w/"))
    )
    found = [relative(path) for path in files() if outside.search(readable(path))]
    assert not found


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=relative(path))
        for path in files("requirements*.txt", "package-lock.json", ".npmrc")
    ],
)
def test_locks_name_no_host(path):
    assert not re.search(r"https?://(?!.*\"funding\")|index-url|find-links", "\n".join(lock_lines(path)))


def lock_lines(path) -> list[str]:
    """npm notes where an author takes donations; that is not where a package comes from."""
    return [line for line in text(path).splitlines() if '"url":' not in line]


def test_python_locks_have_hashes():
    for path in files("requirements*.txt"):
        pinned = re.findall(r"^\S+==\S+", text(path), re.M)
        assert pinned
        assert len(pinned) == len(re.findall(r"^\S+==\S+ \\$", text(path), re.M))
