"""The database repeats the rules, and each rule of it has a test that tries to break it."""

import re

import pytest
from django.apps import apps
from django.db import models

from tests.guards.tree import APPS, files, relative, text

OURS = [model for model in apps.get_models() if model._meta.app_label in APPS]
# `<verb>_at` without a constraint that ties it to `<verb>_by`: the field, and why nobody stands beside the time.
WITHOUT_PERSON: dict[str, str] = {
    "accounts.AccessCode.expires_at": "a deadline: nobody does it",
    "accounts.AccessCode.used_at": "only the person whom the code is for can use it",
    "accounts.AccessCode.revoked_at": "a newer code takes its place; the trail says who made that",
    "accounts.SharedDevice.added_at": "the first person on it; DevicePerson says who",
    "accounts.DevicePerson.added_at": "done by the person itself",
    "accounts.DevicePerson.expires_at": "a deadline: nobody does it",
    "accounts.DevicePerson.last_used_at": "done by the person itself",
    "scorecards.PracticeCopy.made_at": "made by the person whose copy it is",
    "accounts.User.joined_at": "people are invited; who invited them stands in the trail",
    "accounts.Heartbeat.beat_at": "a process, not a person",
    "scorecards.CouncilDecision.settled_at": "the confirmations say who; this is when the last needed one came",
    "scorecards.Document.ready_at": "the worker makes it; requested_by says for whom",
}
NAMED = [(model, constraint) for model in OURS for constraint in model._meta.constraints]
TIMES = [
    (model, field)
    for model in OURS
    for field in model._meta.local_concrete_fields
    if isinstance(field, models.DateTimeField) and field.name.endswith("_at")
]


def test_each_constraint_has_a_test():
    paths = [path for path in files("tests/*.py") if not relative(path).startswith("tests/guards/")]
    words = set(re.findall(r"\w+", "\n".join(text(path) for path in paths)))
    untested = [
        f"{model._meta.label}: {constraint.name}"
        for model, constraint in NAMED
        if constraint.name not in words
    ]
    assert not untested, f"name each in a test that breaks it and expects the database to refuse: {untested}"


@pytest.mark.parametrize(
    ("model", "field"), [pytest.param(m, f, id=f"{m._meta.label}.{f.name}") for m, f in TIMES]
)
def test_each_time_stands_with_its_person(model, field):
    verb = field.name.removesuffix("_at")
    if f"{model._meta.label}.{field.name}" in WITHOUT_PERSON:
        return
    names = {other.name for other in model._meta.local_concrete_fields}
    assert f"{verb}_by" in names, f"add {verb}_by, or say in WITHOUT_PERSON why there is none"
    person = model._meta.get_field(f"{verb}_by")
    tied = any(constraint.name.endswith(f"{verb}_at_with_by") for constraint in model._meta.constraints)
    both_required = not field.null and not person.null
    assert tied or both_required, f"add at_with_by(..., {verb!r}) to the constraints"


def test_excuses_are_not_stale():
    known = {f"{model._meta.label}.{field.name}" for model, field in TIMES}
    assert set(WITHOUT_PERSON) <= known
