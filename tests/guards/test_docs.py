"""What docs/ says exists, exists; and the data dictionary knows every column."""

import ast
import re
from functools import cache

import pytest
from django.apps import apps

from isaf_portal.lib.receipts import sheet_bytes, sheet_receipt
from scorecards.plans.content import ITEM, PLAN_CONTENT_SCHEMA
from tests.guards.tree import APPS, ROOT, files, relative, sources, text

DICTIONARY = text(ROOT / "docs" / "data-dictionary.md")
SECTION = re.compile(r"^### `(\w+\.\w+)`.*?(?=^#|\Z)", re.M | re.S)
FIRST_COLUMN = re.compile(r"^\| (`[^|]+) \|", re.M)
TICKED = re.compile(r"`(\w+)`")
CALLED = re.compile(r"`(?:[\w.]+\.)?([a-z]\w+)\([^`]*\)`")
# A path with a folder and a known ending; as `<app>/views/<noun>.py` it stands for many and is passed over.
PATH = re.compile(r"`((?:\w[\w.-]*/)+[\w-]+\.(?:py|md|html|css|js|txt|toml|yml))`")
LINK = re.compile(r"\]\(([^)#\s]+)")
DOCS = files("*.md")

each_page = pytest.mark.parametrize("page", [pytest.param(page, id=relative(page)) for page in DOCS])


def models_of_ours():
    return [model for app in APPS for model in apps.get_app_config(app).get_models()]


def columns(model) -> set[str]:
    """The number `id` is said once for all."""
    return {field.name for field in [*model._meta.local_fields, *model._meta.local_many_to_many]} - {"id"}


@cache
def described() -> dict[str, set[str]]:
    return {
        found[1]: {
            name for column in FIRST_COLUMN.findall(found[0]) for name in TICKED.findall(column)
        }
        for found in SECTION.finditer(DICTIONARY)
    }  # fmt: skip


@pytest.mark.parametrize("model", [pytest.param(each, id=each._meta.label) for each in models_of_ours()])
def test_the_dictionary_describes_every_column_and_no_other(model):
    assert described().get(model._meta.label) == columns(model)


def test_the_dictionary_knows_no_table_that_is_gone():
    assert set(described()) == {model._meta.label for model in models_of_ours()}


def test_the_receipt_in_the_dictionary_is_the_one_that_is_computed():
    client_id = "6f1c2b1e-5b0a-4a55-9d5e-0f3a1c2d4e5f"
    save = {
        "client_id": client_id,
        "base_revision": 4,
        "cells": {"31.women.1": 1, "31.women.2": None, "31.men.0": 0},
    }

    assert f"```\n{sheet_bytes(**save).decode()}```" in DICTIONARY
    assert f"`{sheet_receipt(**save)}`" in DICTIONARY


def test_the_dictionary_knows_every_key_of_a_frozen_plan():
    frozen = DICTIONARY.split("## The frozen copy of a plan")[1]
    known = set(TICKED.findall(frozen))

    assert {*PLAN_CONTENT_SCHEMA, *ITEM} <= known


@cache
def names_of_ours() -> set[str]:
    """Every function, method and class of the product, its tests and its tools."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return {
        node.name for path in sources() for node in ast.walk(ast.parse(text(path))) if isinstance(node, kinds)
    }


@each_page
def test_no_page_names_a_function_that_is_gone(page):
    """Names in backticks with brackets behind them: `sheet_of(version)`. Those of Django are not written so."""
    assert not set(CALLED.findall(text(page))) - names_of_ours()


@each_page
def test_no_page_names_a_file_that_is_gone(page):
    """A path may begin inside a folder, as `templatetags/isaf.py`."""
    there = [f"/{relative(path)}" for path in files()]
    named = PATH.findall(text(page))
    assert not [path for path in named if not any(name.endswith(f"/{path}") for name in there)]


@each_page
def test_no_page_links_to_a_page_that_is_gone(page):
    linked = [address for address in LINK.findall(text(page)) if "://" not in address]
    assert not [address for address in linked if not (page.parent / address).exists()]


def test_every_decision_is_numbered_once_and_listed():
    decisions = [path.name for path in files("docs/decisions/*.md") if path.name != "README.md"]
    numbers = [name[:4] for name in decisions]
    assert numbers == [f"{number:04}" for number in range(1, len(decisions) + 1)]
    assert set(decisions) <= set(LINK.findall(text(ROOT / "docs" / "decisions" / "README.md")))
