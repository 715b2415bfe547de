"""Whatever a person types, pastes or forges into any form: never an error of ours, and never a change by accident.

Each page is opened by somebody who may use it; the fields of its forms are filled with nonsense from a list, a few at
a time, and sent to every address that the page posts to. Short in `make test`, long in `make soak`.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.html import escape

from tests.test_access_matrix import ROLES_IN_ORDER, address, rows, world  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.soak]

NONSENSE = (
    "", " ", "\x00", "a\x00b", "-1", "0", "1e9", "9" * 40, "៤8", "១២x", "²", "½", "٤٨", "NaN", "Infinity", "true", "null",
    "<script>alert(1)</script>", "' OR 1=1 --", "%s %d {0} {{ 7|add:7 }}", "../../etc/passwd", "\u200b", "\u202e",
    "\ud7ff", "😀", "្", "ក" * 5000, "31/02/2026", "00/00/0000", "2026-13-45", "99:99", "១៣/២០២៧", "[]", "{}",
    "00000000-0000-0000-0000-000000000000", "9223372036854775808", "external", "all", "women.1.2", "1.women.9", "approve",
)  # fmt: skip
OWN_FORM = re.compile(r"<form(?![^>]*\saction=)[^>]*method=\"post\"")
FIELD = re.compile(r"<(?:input|select|textarea)[^>]*\sname=\"([^\"]+)\"")
ACTION = re.compile(r"(?:formaction|action)=\"([^\"]*)\"")


def fields_and_addresses(page: str, here: str) -> tuple[list[str], list[str]]:
    names = sorted(set(FIELD.findall(page)) - {"csrfmiddlewaretoken"})
    found = {action.replace("&amp;", "&") or here for action in ACTION.findall(page)}
    found |= {here} if OWN_FORM.search(page) else set()
    return names, sorted(url for url in found if url.startswith("/") and "sign-out" not in url)


def nonsense_for(names: list[str], random) -> dict[str, object]:
    """Some fields are left out, the others get anything; a file is a text or a broken picture."""
    filled = {}
    for name in names:
        if random.random() < 0.15:
            continue
        if name == "scan":
            filled[name] = SimpleUploadedFile(
                "x.png", random.choice((b"", b"\x89PNG\r\n\x1a\n", b"%PDF-", b"x" * 99))
            )
        else:
            filled[name] = random.choice(NONSENSE)
    return filled


def send(client, person, url: str, data: dict) -> int:
    client.force_login(person)
    with transaction.atomic():
        answer = client.post(url, data)
        transaction.set_rollback(True)
    return answer.status_code


def test_no_nonsense_in_any_form_is_an_error_of_ours(client, world, schedule):  # noqa: F811
    random, tries, sent = schedule.random, schedule.times(4, 60), 0
    for name, thing, signs in rows():
        url = address(world, name, thing)
        for role, sign in zip(ROLES_IN_ORDER, signs, strict=True):
            if sign != "+":
                continue
            client.force_login(world.people[role])
            page = client.get(url)
            is_page = page.status_code == 200 and page["Content-Type"].startswith("text/html")
            names, posts = fields_and_addresses(page.content.decode() if is_page else "", url)
            for post in posts:
                for _try in range(tries):
                    data = nonsense_for(names, random)
                    status = send(client, world.people[role], post, data)
                    sent += 1
                    assert status < 500, f"{role} {post} {escape(data)}"
    assert sent > 150


@pytest.mark.parametrize("body", [b"x", b"[]", b"{}", b"\xff\xfe", b'{"cells": 1}', b"null", b"[" * 5000])
def test_no_nonsense_in_a_save_of_the_script_is_an_error_of_ours(client, world, body):  # noqa: F811
    client.force_login(world.people["facilitator"])
    answer = client.post(address(world, "save-sheet", "draft"), body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert answer.json()["message"]
