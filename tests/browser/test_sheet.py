"""The sheet in a real browser, in Khmer: typed by keyboard, saved row by row, kept on the device, two people at once."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from scorecards.entry.cells import tallies_of
from scorecards.entry.sheets import current_version
from scorecards.models import SheetSave, TallyConflict
from scorecards.operations.criteria import choose_criteria
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.review import submit_scorecard
from scorecards.operations.tallies import note_left_early
from tests.factories import make_complete, make_criteria, make_meeting, make_person
from tests.fixtures.browser import sign_in
from tests.scorecards.round_world import make_world

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

CRASH = "() => { window.fetch = () => Promise.reject(new Error('crashed')); }"
AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture
def world(transactional_db):
    return make_world()


@pytest.fixture
def card(world):
    """Twenty women and fifteen men are to score three criteria."""
    card = world.sitting()
    version = current_version(card)
    make_meeting(scorecard=card)
    make_criteria(version=version, number=3)
    set_scoring_groups(version=version, people={"women": 20, "men": 15}, by=make_person())
    return card


@pytest.fixture
def facilitator(world):
    return world.person("facilitator")


@pytest.fixture
def colleague(world):
    person = world.person("facilitator")
    person.name = "កែវ សុខា"
    person.save()
    return person


def open_sheet(page: Page, card, person, *, group: str = "women") -> None:
    sign_in(page, person)
    page.goto(f"/km/scorecards/{card.pk}/sheet/?group={group}")


def cell(page: Page, card, row: int, score: int, group: str = "women"):
    criterion = current_version(card).criteria.order_by("order")[row].criterion_id
    return page.locator(f'[name="{criterion}.{group}.{score}"]')


def total(page: Page, row: int):
    return page.locator("#grid tr[data-row]").nth(row).locator(".tot")


def counts(card) -> list[int]:
    """What is kept, row by row."""
    kept = tallies_of(current_version(card))
    return [kept[key] for key in sorted(kept, key=lambda key: (int(key.split(".")[0]), key[-1]))]


def wait_for_save(page: Page) -> None:
    expect(page.locator("#sheet-saved")).to_contain_text("បានរក្សាទុក ម៉ោង")
    expect(page.locator("#sync-chip")).not_to_have_class(re.compile("wait"))
    expect(page.locator("input[data-q]")).to_have_count(0)


def faults_of(page: Page) -> list[str]:
    """Serious and critical findings of axe-core, run beside the page so that its policy stays as it is."""
    page.evaluate(Path(AXE).read_text())
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['html'][:120]}"
        for each in found["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


def sideways(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


# --- By keyboard ----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
def test_a_row_is_typed_with_enter_and_saved_when_it_is_left(new_page, card, facilitator, width):
    page = new_page(width=width)
    open_sheet(page, card, facilitator)
    cell(page, card, 0, 1).focus()
    for figure in ("១", "4", "៧", "6"):
        page.keyboard.type(figure)
        page.keyboard.press("Enter")
    expect(total(page, 0)).to_have_text("១៨ / ២០ ខ្វះ ២")
    page.keyboard.press("=")
    expect(cell(page, card, 0, 5)).to_have_value("២")
    expect(total(page, 0)).to_have_text("២០ / ២០")
    assert not SheetSave.objects.exists()
    page.keyboard.press("ArrowDown")
    wait_for_save(page)
    assert counts(card) == [1, 4, 7, 6, 2]
    expect(page.locator("#sheet-progress")).to_contain_text("រួច ១ ក្នុង ៣")
    assert sideways(page) == 0
    assert not faults_of(page)


def test_the_keys_of_the_map(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    cell(page, card, 1, 2).focus()
    page.keyboard.press("Home")
    expect(cell(page, card, 1, 1)).to_be_focused()
    page.keyboard.press("End")
    expect(cell(page, card, 1, 0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(cell(page, card, 2, 1)).to_be_focused()
    page.keyboard.press("Shift+Enter")
    expect(cell(page, card, 1, 0)).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    expect(cell(page, card, 0, 5)).to_be_focused()
    page.keyboard.type("12x-3.")
    expect(cell(page, card, 0, 5)).to_have_value("១២៣")
    page.keyboard.press("Control+z")
    expect(cell(page, card, 0, 5)).to_have_value("")
    page.keyboard.type("25")
    expect(total(page, 0)).to_have_text("២៥ / ២០ លើស ៥។ សូមពិនិត្យសន្លឹកពិន្ទុ។")
    page.keyboard.press("Control+s")
    wait_for_save(page)
    assert counts(card) == [25]


def test_a_block_from_a_spreadsheet_fills_the_cells(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    target = cell(page, card, 0, 1)
    target.focus()
    block = "1\t៤\t7\t6\t2\r\n3\t8\t5\tmany\t1\r\n"
    target.evaluate(
        """(field, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            field.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        block,
    )
    expect(total(page, 0)).to_have_text("២០ / ២០")
    expect(cell(page, card, 1, 4)).to_have_value("")
    expect(page.locator("#sheet-alert")).to_contain_text("មិនមែនជាចំនួនគត់")
    page.keyboard.press("Control+s")
    wait_for_save(page)
    assert sorted(counts(card)) == sorted([1, 4, 7, 6, 2, 3, 8, 5, 1])


def test_who_left_early_explains_a_short_row(new_page, card, facilitator):
    note_left_early(version=current_version(card), count=2, by=facilitator)
    page = new_page()
    open_sheet(page, card, facilitator)
    cell(page, card, 0, 3).focus()
    page.keyboard.type("18")
    expect(total(page, 0)).to_have_text("១៨ / ២០ · ២ ចេញមុន")
    page.keyboard.press("Control+s")
    wait_for_save(page)
    page.reload()
    expect(total(page, 0)).to_have_text("១៨ / ២០ · ២ ចេញមុន")


def test_the_receipt_on_the_page_is_the_one_that_is_kept(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    cell(page, card, 0, 1).focus()
    page.keyboard.type("5")
    page.keyboard.press("Control+s")
    wait_for_save(page)
    save = SheetSave.objects.get()
    page.locator("#sheet-saved summary").click()
    expect(page.locator("#sheet-saved b")).to_have_text(save.receipt)


# --- Without a network, without a script ----------------------------------------------------------


def test_what_is_typed_offline_is_kept_and_sent_when_the_network_is_back(new_page, card, facilitator):
    page = new_page(width=360)
    open_sheet(page, card, facilitator)
    page.context.set_offline(True)
    cell(page, card, 0, 1).focus()
    page.keyboard.type("9")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sync-chip")).to_contain_text("គ្មានអ៊ីនធឺណិត")
    expect(page.locator("#sheet-alert")).to_contain_text("សូមបន្តធ្វើការ")
    expect(page.locator("#sheet-saved")).to_contain_text("រង់ចាំបញ្ជូន")
    page.keyboard.type("8")
    assert not SheetSave.objects.exists()
    page.context.set_offline(False)
    page.keyboard.press("Control+s")
    wait_for_save(page)
    assert counts(card) == [9, 8]
    expect(page.locator("#sheet-alert")).not_to_contain_text("សូមបន្តធ្វើការ")


def test_unsent_cells_outlive_a_reload_and_are_kept_once(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    # The answer is lost on the way: the save was kept, and the device does not know it.
    page.route("**/sheet/save/", lambda route: (route.fetch(), route.abort()))
    cell(page, card, 0, 1).focus()
    page.keyboard.type("9")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sync-chip")).to_contain_text("គ្មានអ៊ីនធឺណិត")
    page.unroute("**/sheet/save/")
    page.reload()
    wait_for_save(page)
    assert SheetSave.objects.count() == 1
    assert counts(card) == [9]
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('isaf-sheet')).length") == 0


def test_cells_that_nobody_has_are_shown_as_waiting_after_a_reload(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    page.route("**/sheet/save/", lambda route: route.abort())
    # As in a crash, the page that goes away sends nothing more.
    page.evaluate(CRASH)
    cell(page, card, 1, 2).focus()
    page.keyboard.type("7")
    page.reload()
    expect(cell(page, card, 1, 2)).to_have_value("៧")
    expect(page.locator("input[data-q]")).to_have_count(1)
    assert not SheetSave.objects.exists()
    page.unroute("**/sheet/save/")
    page.keyboard.press("Control+s")
    wait_for_save(page)
    assert counts(card) == [7]


def test_whoever_is_signed_out_meanwhile_loses_nothing(new_page, card, facilitator):
    page = new_page()
    open_sheet(page, card, facilitator)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    cell(page, card, 0, 1).focus()
    page.keyboard.type("9")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sheet-alert")).to_contain_text("ទិន្នន័យដែលអ្នកបានបញ្ចូលនៅដដែល")
    assert not SheetSave.objects.exists()
    open_sheet(page, card, facilitator)
    wait_for_save(page)
    assert counts(card) == [9]


def test_another_person_on_the_same_device_sees_none_of_it(new_page, card, facilitator, colleague):
    page = new_page()
    open_sheet(page, card, facilitator)
    page.evaluate(CRASH)
    cell(page, card, 0, 1).focus()
    page.keyboard.type("9")
    open_sheet(page, card, colleague)
    expect(cell(page, card, 0, 1)).to_have_value("")
    assert not SheetSave.objects.exists()
    open_sheet(page, card, facilitator)
    wait_for_save(page)
    assert SheetSave.objects.get().saved_by == facilitator


def test_a_sheet_submitted_meanwhile_says_that_the_counts_were_kept(new_page, world, facilitator):
    card = world.sitting()
    make_complete(version=current_version(card))
    page = new_page()
    open_sheet(page, card, facilitator)
    submit_scorecard(version=current_version(card), by=make_person())
    cell(page, card, 0, 1).focus()
    page.keyboard.type("9")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sheet-alert")).to_contain_text("លេខបង្កាន់ដៃ")
    assert SheetSave.objects.get(outcome="refused").cells
    expect(cell(page, card, 0, 1)).to_have_value("១")
    expect(cell(page, card, 0, 1)).not_to_be_editable()


def test_counts_of_a_row_that_was_taken_off_stay_on_the_device_until_they_are_removed(
    new_page, card, facilitator
):
    page = new_page()
    open_sheet(page, card, facilitator)
    criteria = [row.criterion for row in current_version(card).criteria.order_by("order")]
    gone = cell(page, card, 2, 1)
    gone.focus()
    choose_criteria(version=current_version(card), criteria=criteria[:2], by=facilitator)
    page.keyboard.type("9")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#sheet-alert")).to_contain_text("បើកទំព័រម្តងទៀត")
    page.keyboard.type("4")
    page.keyboard.press("Control+s")
    expect(page.locator("#sheet-saved")).to_contain_text("បានរក្សាទុក ម៉ោង")
    page.reload()
    expect(page.locator("#sheet-alert")).to_contain_text("លែងមានលើសន្លឹក៖ ៩")
    page.locator("[data-discard]").click()
    page.reload()
    expect(page.locator("#sheet-alert")).to_be_empty()
    assert counts(card) == [4]


def test_without_a_script_the_form_saves_the_group(new_page, card, facilitator):
    page = new_page(width=360, java_script_enabled=False)
    open_sheet(page, card, facilitator)
    cell(page, card, 0, 1).fill("១២")
    cell(page, card, 1, 2).fill("7")
    cell(page, card, 1, 2).press("Enter")
    expect(page.locator("#sheet-saved")).to_contain_text("បានរក្សាទុក ម៉ោង")
    assert counts(card) == [12, 7]


# --- Two people -----------------------------------------------------------------------------------


def test_two_people_who_type_the_same_row_both_see_both(new_page, card, facilitator, colleague):
    mine, theirs = new_page(), new_page(width=360)
    open_sheet(mine, card, facilitator)
    open_sheet(theirs, card, colleague)
    cell(theirs, card, 0, 2).focus()
    theirs.keyboard.type("7")
    theirs.keyboard.press("Enter")
    theirs.keyboard.type("6")
    theirs.keyboard.press("Control+s")
    wait_for_save(theirs)
    cell(mine, card, 0, 2).focus()
    mine.keyboard.type("6")
    mine.keyboard.press("Enter")
    mine.keyboard.type("7")
    mine.keyboard.press("ArrowDown")
    expect(mine.locator("#sheet-alert")).to_contain_text("មាន ១ ជួរត្រូវសម្រេច")
    split = mine.locator("tr.split")
    expect(split).to_contain_text("កែវ សុខា")
    expect(split.locator("mark")).to_have_count(4)
    expect(total(mine, 0)).to_have_text("ពីរតម្លៃខុសគ្នា")
    expect(cell(mine, card, 0, 2)).not_to_be_editable()
    assert not faults_of(mine)
    # The other rows go on.
    expect(cell(mine, card, 1, 3)).to_be_focused()
    mine.keyboard.type("5")
    mine.keyboard.press("Control+s")
    wait_for_save(mine)
    split.get_by_role("button", name="Facilitator").click()
    expect(mine.locator("tr.split")).to_have_count(0)
    expect(cell(mine, card, 0, 2)).to_have_value("៦")
    assert not TallyConflict.objects.filter(settled_at__isnull=True).exists()
    assert sorted(counts(card)) == [5, 6, 7]


def test_what_another_typed_in_other_rows_appears_and_is_not_undone(new_page, card, facilitator, colleague):
    mine, theirs = new_page(), new_page()
    open_sheet(mine, card, facilitator)
    open_sheet(theirs, card, colleague)
    cell(theirs, card, 2, 1).focus()
    theirs.keyboard.type("4")
    theirs.keyboard.press("Control+s")
    wait_for_save(theirs)
    cell(mine, card, 0, 1).focus()
    mine.keyboard.type("3")
    mine.keyboard.press("Control+s")
    wait_for_save(mine)
    expect(cell(mine, card, 2, 1)).to_have_value("៤")
    assert not TallyConflict.objects.exists()


# --- The other pages of the way -------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("step", ["meeting", "criteria", "sheet", "reasons"])
def test_each_page_of_the_way_fits_and_can_be_read_by_all(new_page, card, facilitator, step, width):
    page = new_page(width=width)
    sign_in(page, facilitator)
    for language in ("km", "en"):
        page.goto(f"/{language}/scorecards/{card.pk}/{step}/")
        assert sideways(page) == 0
        assert not faults_of(page), json.dumps(faults_of(page), indent=1)
