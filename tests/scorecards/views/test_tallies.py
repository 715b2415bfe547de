"""The sheet through its page: the form without a script, the script's JSON, two values of a row, and bad input."""

import json
import uuid

import pytest
import time_machine

from isaf_portal.lib.receipts import sheet_receipt
from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.enums import SaveOutcome
from scorecards.models import SheetSave, TallyConflict
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.review import decide_reopening, request_reopening
from scorecards.operations.tallies import note_left_early, record_tallies
from tests.factories import (
    cells_of,
    make_commune,
    make_criteria,
    make_locked,
    make_person,
    make_scale,
    make_scorecard,
    make_sheet,
    make_submitted,
)
from tests.scorecards.round_world import make_world

pytestmark = pytest.mark.django_db

# Session, person, roles of today, the scorecard twice (found, allowed); version, sheet (seven), who came (three).
QUERIES = 16


@pytest.fixture(autouse=True)
def _in_june():
    with time_machine.travel("2026-06-11 14:05+07:00", tick=False):
        yield


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def card(world):
    """A sitting of 20 women and 15 men with two criteria, nothing typed."""
    card = world.sitting()
    version = current_version(card)
    make_criteria(version=version, number=2)
    set_scoring_groups(version=version, people={"women": 20, "men": 15}, by=make_person())
    return card


@pytest.fixture
def facilitator(world, client):
    person = world.person("facilitator")
    client.force_login(person)
    return person


def address(card, language="km", page="") -> str:
    return f"/{language}/scorecards/{card.pk}/sheet/{page}"


def criteria_of(card) -> list[int]:
    return list(current_version(card).criteria.order_by("order").values_list("criterion", flat=True))


def row(card, place=0, group="women", counts=(1, 4, 7, 6, 2)) -> dict:
    return cells_of(criteria_of(card)[place], group, counts)


def send(client, card, cells, language="km", **fields):
    """As the page's script does."""
    version = current_version(card)
    sent = {
        "version": version.pk, "base_revision": version.revision, "client_id": str(uuid.uuid4()), "cells": cells
    }  # fmt: skip
    return client.post(
        address(card, language, "save/"), json.dumps(sent | fields), content_type="application/json"
    )


def submit_form(client, card, cells, page="save/", language="km", **fields):
    """As the page's form does without a script."""
    version = current_version(card)
    sent = {
        "version": version.pk, "base_revision": version.revision, "client_id": str(uuid.uuid4()), "group": "women",
    }  # fmt: skip
    return client.post(address(card, language, page), sent | cells | fields)


def in_conflict(card, ours) -> None:
    """Somebody else saves 7, 6 where `ours` saves 6, 7 of the same row, both having read the empty row."""
    version = current_version(card)
    for by, counts in ((make_person(name="Keo Sokha"), (2, 7, 6, 4, 1)), (ours, (2, 6, 7, 4, 1))):
        record_tallies(
            version=version, cells=row(card, counts=counts), base_revision=0, client_id=uuid.uuid4(), by=by
        )


# --- Who is let in --------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["council_clerk", "service_provider", "donor_viewer", "administrator"])
def test_the_sheet_of_a_sitting_does_not_exist_for_others(world, card, client, role):
    client.force_login(world.person(role))
    assert client.get(address(card)).status_code == 404
    assert send(client, card, row(card)).status_code == 404
    assert submit_form(client, card, {}, page="settle/").status_code == 404
    assert not SheetSave.objects.exists()


def test_a_clerk_reads_the_results_of_a_locked_one_and_not_its_sheet(world, client):
    card = world.sitting()
    make_locked(scorecard=card)
    client.force_login(world.person("council_clerk"))
    assert client.get(address(card)).status_code == 403
    assert send(client, card, {}).status_code == 403


def test_a_facilitator_of_another_commune_finds_nothing(world, card, client):
    client.force_login(world.person("facilitator", area=make_commune(code="000102")))
    assert client.get(address(card)).status_code == 404
    assert send(client, card, row(card)).status_code == 404


def test_a_provider_types_its_own_assessment(world, client):
    client.force_login(world.person("service_provider"))
    own = world.self_assessment()
    make_criteria(version=current_version(own), number=1)
    set_scoring_groups(version=current_version(own), people={"all": 8}, by=make_person())
    assert client.get(address(own)).status_code == 200
    assert send(client, own, row(own, group="all", counts=(0, 1, 3, 4))).json()["outcome"] == "applied"


@pytest.mark.parametrize("page", ["save/", "settle/"])
def test_reading_changes_nothing(facilitator, card, client, page):
    assert client.get(address(card, page=page)).status_code == 405


# --- The page -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Women group 20", "Σ All 35", "18 / 20 · 2 left early", "17 / 15 over 2. Check the tally sheet."]),
        ("km", ["ក្រុមស្ត្រី ២០", "១៨ / ២០ · ២ ចេញមុន", "១៧ / ១៥ លើស ២។ សូមពិនិត្យសន្លឹកពិន្ទុ។", "មិនទាន់បញ្ចូល"]),
    ],
)  # fmt: skip
def test_each_row_says_where_it_stands(facilitator, card, client, language, words):
    note_left_early(version=current_version(card), count=2, by=facilitator)
    cells = row(card, counts=(1, 4, 7, 5, 1)) | row(card, 0, "men", (15, 2))
    send(client, card, cells)
    both = client.get(address(card, language)).content.decode()
    both += client.get(f"{address(card, language)}?group=men").content.decode()
    # The men of the row are over, which takes nobody from the women.
    for word in words:
        assert word in both


def test_a_row_short_of_its_group_says_by_how_many(facilitator, card, client):
    send(client, card, row(card, counts=(1, 4, 7, 5)))
    assert "17 / 20 short 3" in client.get(address(card, "en")).content.decode()


def test_the_whole_is_added_up_and_cannot_be_typed(facilitator, card, client):
    send(client, card, row(card) | row(card, 0, "men", (0, 1, 3, 7, 4)))
    page = client.get(f"{address(card)}?group=all").content.decode()
    assert '<input type="text"' not in page
    assert "៣៥ / ៣៥" in page
    typed = send(client, card, row(card, group="all"), language="en")
    assert typed.status_code == 422
    assert "computed from the groups" in typed.json()["message"]


def test_figures_are_shown_in_the_readers_script(facilitator, card, client):
    send(client, card, row(card, counts=(12,)))
    assert 'value="១២"' in client.get(address(card)).content.decode()
    assert 'value="12"' in client.get(address(card, "en")).content.decode()


def test_a_scale_of_three_points_has_three_columns(facilitator, world, client):
    world.programme.scale_points = 3
    world.programme.save()
    make_scale(points=3)
    card = world.sitting()
    make_sheet(version=current_version(card), counts={"all": (1, 2, 3)}, number=1)
    page = client.get(address(card)).content.decode()
    key = f"{criteria_of(card)[0]}.all."
    assert [score for score in range(6) if f'name="{key}{score}"' in page] == [0, 1, 2, 3]


@pytest.mark.parametrize("group", ["youth", "x", "\x00", "women.1", "<script>"])
def test_a_group_that_is_not_there_shows_the_first(facilitator, card, client, group):
    answer = client.get(address(card), {"group": group})
    assert answer.status_code == 200
    assert answer.context["page"].group.code == "women"


def test_a_sheet_without_rows_leads_to_the_step_that_comes_first(facilitator, world, client):
    card = world.sitting()
    assert f"/km/scorecards/{card.pk}/criteria/" in client.get(address(card)).content.decode()
    make_criteria(version=current_version(card), number=1)
    page = client.get(address(card, "en")).content.decode()
    assert "No groups yet" in page
    assert f"/en/scorecards/{card.pk}/meeting/" in page


@pytest.mark.parametrize(("number", "groups"), [(1, ("all",)), (3, ("women", "men", "youth"))])
def test_the_page_costs_the_same_with_one_row_and_with_three(
    facilitator, world, client, django_assert_num_queries, number, groups
):
    card = world.sitting()
    counts = dict.fromkeys(groups, (1, 2, 3, 4, 5))
    make_sheet(version=current_version(card), counts=counts, number=number)
    client.get(address(card))
    with django_assert_num_queries(QUERIES):
        client.get(address(card))


# --- Saving with the script -----------------------------------------------------------------------


def test_a_save_answers_with_the_receipt_that_the_device_computes_too(facilitator, card, client):
    cells, client_id = row(card), str(uuid.uuid4())
    answer = send(client, card, cells, client_id=client_id).json()
    assert answer["outcome"] == "applied"
    assert answer["receipt"] == sheet_receipt(client_id=client_id, base_revision=0, cells=cells)
    assert answer["saved_at"] == "១៤:០៥"
    assert answer["sheet"]["revision"] == 1
    assert answer["sheet"]["cells"] == cells == tallies_of(current_version(card))


def test_the_same_save_twice_is_kept_once(facilitator, card, client):
    cells, client_id = row(card), str(uuid.uuid4())
    first = send(client, card, cells, client_id=client_id, base_revision=0).json()
    second = send(client, card, cells, client_id=client_id, base_revision=0).json()
    assert (first["receipt"], first["outcome"]) == (second["receipt"], second["outcome"])
    assert SheetSave.objects.count() == 1


def test_an_old_page_overwrites_nothing(facilitator, card, client):
    send(client, card, row(card, counts=(1, 4)))
    answer = send(client, card, row(card, counts=(2, 4)), base_revision=0).json()
    assert answer["outcome"] == "conflict"
    key = next(iter(row(card)))
    assert answer["sheet"]["cells"][key] == 1
    assert [each["scores"] for each in answer["sheet"]["conflicts"]] == [[1]]


def test_a_submitted_sheet_keeps_the_save_aside_and_says_what_to_do(facilitator, world, client):
    card = world.sitting()
    version = make_submitted(scorecard=card)
    before = tallies_of(version)
    answer = send(client, card, row(card, counts=(9,))).json()
    assert answer["outcome"] == SaveOutcome.REFUSED
    assert answer["receipt"] in answer["message"]
    assert "រក្សាទុក" in answer["message"]
    assert not answer["sheet"]["is_editable"]
    assert tallies_of(version) == before


def test_the_page_of_a_version_that_was_reopened_since_is_kept_with_its_version(facilitator, world, client):
    card = world.sitting()
    locked = make_locked(scorecard=card)
    officer = world.person("ngo_officer")
    request = request_reopening(version=locked, reason="ខុស", by=officer)
    decide_reopening(request=request, grant=True, answer="", by=officer)
    answer = send(
        client, card, row(card, counts=(9,)), version=locked.pk, base_revision=locked.revision
    ).json()
    assert answer["outcome"] == SaveOutcome.REFUSED
    assert answer["sheet"]["version"] == current_version(card).pk != locked.pk


CELL = "{}.women.1"


@pytest.mark.parametrize(
    "cells",
    [
        {}, {CELL: -1}, {CELL: 10**30}, {CELL: 100_000}, {CELL: "4"}, {CELL: 1.5}, {CELL: True}, {CELL: [1]},
        {CELL: float("nan")}, {"{}.women.6": 1}, {"{}.youth.1": 1}, {"{}.women": 1}, {"0.women.1": 1},
        {"999999.women.1": 1}, {"{}.women.1\x00": 1}, {"\x00": 1}, {"x" * 5_000: 1},
    ],
)  # fmt: skip
def test_a_save_that_cannot_be_is_refused_in_khmer_and_keeps_nothing(facilitator, card, client, cells):
    first = criteria_of(card)[0]
    answer = send(client, card, {key.format(first): count for key, count in cells.items()})
    assert answer.status_code == 422
    assert any("\u1780" <= letter <= "\u17ff" for letter in answer.json()["message"])
    assert not SheetSave.objects.exists()


def test_a_criterion_of_another_scorecard_is_not_on_the_sheet(facilitator, world, card, client):
    other = make_scorecard()
    make_criteria(version=current_version(other), number=1)
    assert send(client, card, row(other)).status_code == 422
    assert not SheetSave.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"x", b"null", b"[]", b"\xff", b"\x00", b'{"cells": []}', b'{"cells": {}}', b"[" * 100_000,
        b'{"cells": {"1.all.1": 1}, "version": "x"}', b'{"cells": {"1.all.1": 1}, "version": 1e400}',
        b'{"cells": {}, "version": 1, "base_revision": ' + b"9" * 5_000 + b"}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_save_gives_a_sentence(facilitator, card, client, body):
    answer = client.post(address(card, page="save/"), body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize(
    "fields",
    [{"base_revision": 7}, {"base_revision": -1}, {"base_revision": None}, {"client_id": "x"}, {"client_id": None}],
)  # fmt: skip
def test_a_damaged_page_is_told_to_load_again(facilitator, card, client, fields):
    answer = send(client, card, row(card), language="en", **fields)
    assert answer.status_code == 422
    assert "Load" in answer.json()["message"]


@pytest.mark.parametrize("version", [0, 999_999, 2**62])
def test_a_version_of_another_scorecard_does_not_exist(facilitator, card, client, version):
    assert send(client, card, row(card), version=version).status_code == 404


# --- Saving without a script ----------------------------------------------------------------------


def test_the_form_saves_the_whole_group_in_either_script(facilitator, card, client):
    typed = dict(zip(row(card), ["១", "4", "១2", "", " "], strict=True))
    answer = submit_form(client, card, typed)
    assert answer.url == f"{address(card)}?group=women"
    assert tallies_of(current_version(card)) == row(card, counts=(1, 4, 12))


def test_the_form_sent_twice_is_kept_once(facilitator, card, client):
    fields = {"client_id": str(uuid.uuid4()), "base_revision": 0}
    for _twice in range(2):
        submit_form(client, card, {key: str(count) for key, count in row(card).items()}, **fields)
    assert SheetSave.objects.count() == 1


def test_a_form_read_before_somebody_elses_save_does_not_undo_it(facilitator, card, client):
    send(client, card, row(card, 1))
    blank = dict.fromkeys(row(card, 1), "")
    submit_form(client, card, {key: str(count) for key, count in row(card).items()} | blank, base_revision=0)
    kept = tallies_of(current_version(card))
    assert kept == row(card) | row(card, 1)
    assert not TallyConflict.objects.exists()


@pytest.mark.parametrize("wrong", ["12x", "-3", "1.5", "1" + "0" * 30, "១0០០០០", "\x00", "=1+1"])
def test_what_is_no_number_is_shown_again_and_the_rest_is_saved(facilitator, card, client, wrong):
    keys = list(row(card))
    answer = submit_form(client, card, {keys[0]: wrong, keys[1]: "៤"})
    assert answer.status_code == 200
    assert "មិនមែនជាចំនួនគត់" in answer.context["faults"][0]
    shown = {cell.key: cell for cell in answer.context["page"].rows[0].cells}
    assert shown[keys[0]].value == wrong
    assert shown[keys[0]].is_invalid
    assert shown[keys[1]].value == "៤"
    assert tallies_of(current_version(card)) == {keys[1]: 4}


def test_a_refused_form_shows_what_was_typed(facilitator, card, client):
    keys = list(row(card))
    answer = submit_form(client, card, {keys[0]: "១២"}, client_id="x")
    assert answer.status_code == 200
    assert answer.context["page"].rows[0].cells[0].value == "១២"
    assert answer.context["faults"]
    assert not SheetSave.objects.exists()


def test_a_form_of_a_submitted_sheet_is_kept_aside(facilitator, world, client):
    card = world.sitting()
    make_submitted(scorecard=card)
    typed = dict.fromkeys(row(card), "9")
    page = client.get(submit_form(client, card, typed, language="en").url).content.decode()
    assert "What you typed was kept, receipt" in page
    assert '<input type="text"' not in page


# --- Two values of a row --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1 row needs a decision"), ("km", "មាន ១ ជួរត្រូវសម្រេច")],
)
def test_both_values_are_shown_with_names_and_nothing_is_chosen(facilitator, card, client, language, words):
    in_conflict(card, facilitator)
    answer = client.get(address(card, language))
    page = answer.content.decode()
    assert words in page
    first, second = answer.context["page"].rows
    assert {version.name for version in first.versions} == {"Keo Sokha", "Facilitator"}
    differing = [place for place, (_text, differs) in enumerate(first.versions[0].cells) if differs]
    assert differing == [1, 2]
    assert [version.total for version in first.versions] == ["២០" if language == "km" else "20"] * 2
    assert page.count('name="keep"') == 2
    assert "checked" not in page
    assert not second.versions


@pytest.mark.parametrize(("keep", "expected"), [("theirs", [2, 7, 6, 4, 1]), ("ours", [2, 6, 7, 4, 1])])
def test_a_row_is_decided_for_one_of_the_two(facilitator, card, client, keep, expected):
    in_conflict(card, facilitator)
    criterion = criteria_of(card)[0]
    answer = submit_form(client, card, {}, page="settle/", keep=f"{keep}.{criterion}.women")
    assert answer.url == f"{address(card)}?group=women#r{criterion}"
    assert tallies_of(current_version(card)) == row(card, counts=expected)
    assert not TallyConflict.objects.filter(settled_at__isnull=True).exists()


def test_deciding_a_row_saves_what_was_typed_in_the_others(facilitator, card, client):
    in_conflict(card, facilitator)
    criterion = criteria_of(card)[0]
    typed = {key: str(count) for key, count in row(card, 1).items()}
    submit_form(client, card, typed, page="settle/", keep=f"ours.{criterion}.women")
    assert tallies_of(current_version(card)).items() >= row(card, 1).items()


def test_a_row_is_decided_once(facilitator, card, client):
    in_conflict(card, facilitator)
    keep = f"ours.{criteria_of(card)[0]}.women"
    submit_form(client, card, {}, page="settle/", keep=keep)
    answer = submit_form(client, card, {}, page="settle/", keep=keep, language="en")
    assert "decided this row already" in client.get(answer.url).content.decode()


@pytest.mark.parametrize(
    "keep", ["", "x", "ours", "ours.x.women", "ours.1.\x00", "both.1.women", "ours." + "9" * 30]
)
def test_a_choice_that_cannot_be_is_told_in_a_sentence(facilitator, card, client, keep):
    in_conflict(card, facilitator)
    answer = submit_form(client, card, {}, page="settle/", keep=keep)
    assert answer.status_code == 302
    assert TallyConflict.objects.filter(settled_at__isnull=True).count() == 2


def test_a_criterion_that_does_not_exist_cannot_be_decided(facilitator, card, client):
    answer = submit_form(client, card, {}, page="settle/", keep="ours.999999.women")
    assert answer.status_code == 404
