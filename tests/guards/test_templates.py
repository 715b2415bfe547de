"""Templates display: every one is used, none carries script or style, none asks the database."""

import re

import pytest

from tests.guards.tree import files, relative, sources, text

TEMPLATES = files("templates/*")
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
# Templates that Django or a package finds by its own rule: the name, and who looks for it.
FOUND_BY_NAME: dict[str, str] = {
    "400.html": "Django, on a malformed request",
    "403.html": "Django, on a refusal",
    "404.html": "Django, on an unknown address",
    "500.html": "Django, on a fault",
    "403_csrf.html": "Django, on an expired form",
}
INLINE = {
    "a <style> element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"\sstyle\s*=", re.I),
    "an inline script": re.compile(r"<script(?![^>]*(\bsrc=|type=\"application/(ld\+)?json\"))", re.I),
    "an event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "another host": re.compile(r"(?:src|href)=\"(?:https?:)?//", re.I),
}
QUERIES = re.compile(r"\{[{%][^}%]*(?:\.objects\b|\.all\b|\.count\b|\.filter\b|\.exists\b|_set\b)")


def named(path) -> str:
    return relative(path).removeprefix("templates/")


ids = pytest.mark.parametrize("path", [pytest.param(path, id=named(path)) for path in PAGES])


def test_every_template_is_used():
    everything = [*sources(), *TEMPLATES]
    unused = [
        named(path)
        for path in TEMPLATES
        if named(path) not in FOUND_BY_NAME
        and not named(path).startswith(("crispy", "django/", "bootstrap5/"))
        and not any(named(path) in text(other) for other in everything if other != path)
    ]
    assert not unused, f"named by no view and no template: {unused}"


def test_names_found_by_rule_are_not_stale():
    assert set(FOUND_BY_NAME) <= {named(path) for path in TEMPLATES}


@ids
def test_no_script_style_or_stranger_inside(path):
    found = [what for what, pattern in INLINE.items() if pattern.search(text(path))]
    assert not found, f"{named(path)} holds {', '.join(found)}"


@ids
def test_no_query_from_a_template(path):
    assert not (found := QUERIES.findall(text(path))), f"{named(path)} asks the database: {found}"


@ids
def test_blocktranslate_is_trimmed(path):
    untrimmed = [
        tag for tag in re.findall(r"\{% blocktrans(?:late)?\b[^%]*%\}", text(path)) if " trimmed" not in tag
    ]
    assert not untrimmed, untrimmed
