"""The whole way in Khmer, in a real browser: sign in, score by keyboard, lock, meet, plan, print, approve.

It leaves a picture of each station, at the width of an office and of a phone, and the printed plan under `var/walk/`.
"""

import re
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import AuditEvent, User
from communities.models import ServiceType
from scorecards.models import ActionPlan, Document, Round, Scorecard, ScorecardVersion
from scorecards.operations.scorecards import plan_scorecard
from scorecards.operations.standard_lists import load_standard_lists
from tests.factories import (
    make_commune,
    make_organisation,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_village,
)
from tests.fixtures.browser import set_up_the_app

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.postgresql, pytest.mark.redis]

PASSWORD = "lotus-river-7"
VAR = settings.BASE_DIR / "var" / "walk"
KHMER_DIGITS = "០១២៣៤៥៦៧៨៩"
# People of each group who gave 1 to 5, and who had no opinion, to each of three criteria.
TYPED = {
    "women": ["1 4 7 6 2 0", "2 6 7 4 1 0", "5 6 4 3 2 0"],
    "men": ["0 1 3 7 4 0", "1 2 6 4 2 0", "3 5 4 2 1 0"],
    "youth": ["3 5 3 1 0 0", "1 2 4 4 1 0", "4 5 2 1 0 0"],
}
# What is left in the trail, besides the single saves and the papers.
STATIONS = [
    "round.opened", "scorecard.planned", "scorecard.submitted", "scorecard.locked", "plan.drafted", "plan.submitted",
    "decision.recorded", "decision.confirmed", "plan.approved",
]  # fmt: skip


@dataclass
class World:
    scoring_round: Round
    scorecard: Scorecard
    people: dict[str, User]


@pytest.fixture
def world(transactional_db) -> World:
    """A commune whose round has just been opened, with one sitting planned and nothing entered."""
    load_standard_lists(by=None)
    commune = make_commune(name="គំរូ", name_en="Kumru")
    organisation, programme = make_organisation(), make_programme()
    health_centre = make_provider(commune=commune, service=ServiceType.objects.get(code="HC"))
    people = {
        "facilitator": make_person(
            role="facilitator", name="ស៊ុន សុភ័ក្រ", organisation=organisation, area=commune
        ),
        "officer": make_person(role="ngo_officer", name="ទេព សុវណ្ណ", programme=programme),
        "clerk": make_person(role="council_clerk", name="ឈឹម វណ្ណា", area=commune),
        "chief": make_person(role="council_chief", name="មាស ច័ន្ទថា", area=commune),
    }
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    year = timezone.localdate().year
    scoring_round = make_round(
        commune=commune, programme=programme, organisation=organisation, year=year, by=people["officer"]
    )
    scorecard = plan_scorecard(
        scoring_round=scoring_round, provider=health_centre, kind="community", by=people["facilitator"],
        village=make_village(commune=commune, number=2, name="គំរូ ២"),
    )  # fmt: skip
    return World(scoring_round, scorecard, people)


class Walk:
    """One person after the other sits down at the same browser; each station is photographed."""

    def __init__(self, page: Page, world: World):
        self.page, self.world, self.station = page, world, 0

    def sit_down(self, who: str) -> None:
        self.page.context.clear_cookies()
        self.page.goto("/km/")
        self.page.get_by_label("លេខទូរស័ព្ទ ឬអ៊ីមែល").fill(self.world.people[who].phone)
        self.page.get_by_label("ពាក្យសម្ងាត់", exact=False).first.fill(PASSWORD)
        self.page.locator("form button.btn-primary").click()
        if who == "officer":
            set_up_the_app(self.page, self.world.people[who])
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.photograph(f"home-{who}")

    def open(self, path: str) -> None:
        answer = self.page.goto(f"/km/{path}")
        assert answer.status == 200, path

    def photograph(self, name: str) -> None:
        self.station += 1
        VAR.mkdir(parents=True, exist_ok=True)
        for width in (1280, 360):
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} scrolls sideways at {width} px: {wide}"
            self.page.screenshot(path=VAR / f"{self.station:02}-{name}.{width}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 800})

    def press_primary(self) -> None:
        self.page.locator("main .btn-primary:visible").first.click()


@pytest.fixture
def walk(page, live_worker, world) -> Walk:
    for old in VAR.glob("*.p*"):
        old.unlink()
    return Walk(page, world)


def test_from_the_scores_of_a_village_to_the_approved_and_printed_plan(walk):
    enter_the_scorecard(walk)
    check_and_lock_it(walk)
    meet_and_plan(walk)
    read_and_decide(walk)
    print_the_plan(walk)

    assert ActionPlan.objects.get().status == "approved"
    assert [verb for verb in trail() if verb in STATIONS] == STATIONS


def trail() -> list[str]:
    verbs = AuditEvent.objects.order_by("pk").values_list("verb", flat=True)
    return [verb.split(".", 1)[1] for verb in verbs]


def enter_the_scorecard(walk: Walk) -> None:
    page, card = walk.page, walk.world.scorecard.pk
    walk.sit_down("facilitator")
    walk.open(f"scorecards/{card}/meeting/")
    day = timezone.localdate() - timedelta(days=1)
    page.locator("[name=held_on]").fill(khmer(f"{day:%d/%m/%Y}"))
    for name, count in (("total", 47), ("female", 25), ("youth", 18), ("young_women", 9)):
        page.locator(f"[name=came_{name}]").fill(khmer(count))
    page.locator("[name=scheme][value=separate]").check()
    for name, count in (("women", 20), ("men", 15), ("youth", 12)):
        page.locator(f"[name=group_{name}]").fill(khmer(count))
    walk.photograph("meeting")
    walk.press_primary()

    expect(page).to_have_url(re.compile("/criteria/"))
    for tick in range(3):
        page.locator("[name=criteria]").nth(tick).check()
    walk.photograph("criteria")
    walk.press_primary()

    expect(page).to_have_url(re.compile("/sheet/"))
    for group, rows in TYPED.items():
        walk.open(f"scorecards/{card}/sheet/?group={group}")
        page.locator("#grid input").first.focus()
        for row in rows:
            for count in row.split():
                page.keyboard.type(count)
                page.keyboard.press("Enter")
        page.keyboard.press("Control+s")
        expect(page.locator("#sync-chip")).to_contain_text("រក្សាទុកអស់ហើយ")
        walk.photograph(f"sheet-{group}")

    walk.open(f"scorecards/{card}/reasons/")
    for place in range(3):
        page.locator("textarea[name$=weaknesses]").nth(place).fill("ថ្នាំកុមារអស់នៅចុងខែ")
        page.locator("textarea[name$=suggestion_1]").nth(place).fill("បិទផ្សាយបញ្ជីថ្នាំរៀងរាល់ថ្ងៃចន្ទ")
    page.locator("button[form=reasons], form#reasons button.btn-primary").first.click()
    walk.photograph("reasons")
    page.locator("#submit button.btn-primary").click()
    expect(page.locator(".i-head .i-st")).to_contain_text("បានដាក់ស្នើ")


def check_and_lock_it(walk: Walk) -> None:
    page = walk.page
    walk.sit_down("officer")
    walk.open("review/")
    walk.photograph("review-queue")
    page.locator("main a[href$='/check/']").first.click()
    walk.photograph("check")
    page.locator("[name=names_nobody]").check()
    page.locator("form[action$='/lock/'] button").click()
    assert ScorecardVersion.objects.get().is_locked
    walk.open(f"scorecards/{walk.world.scorecard.pk}/results/")
    walk.photograph("results")


def meet_and_plan(walk: Walk) -> None:
    page, scoring_round = walk.page, walk.world.scoring_round
    walk.sit_down("facilitator")
    walk.open(f"rounds/{scoring_round.pk}/")
    walk.photograph("round")
    walk.open(f"rounds/{scoring_round.pk}/providers/{walk.world.scorecard.provider_id}/")
    walk.photograph("consolidation")
    walk.open(f"rounds/{scoring_round.pk}/interface/")
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=citizens]").fill("៦២")
    walk.press_primary()
    page.locator(f"form[action$='/rounds/{scoring_round.pk}/plan/'] button").first.click()
    expect(page).to_have_url(re.compile(r"/plans/\d+/"))
    put_item(walk, "section=internal", provider=True, activity="បិទផ្សាយបញ្ជីថ្នាំដែលមាន និងអស់", cost="០")
    put_item(walk, "section=external", provider=False, activity="ស្ថាបនាប្រព័ន្ធលូភូមិគំរូ ២", cost="៤៨ ០០០ ០០០")
    walk.photograph("plan")
    page.goto(f"{page.url.split('?')[0].split('#')[0]}submit/")
    walk.photograph("submit-plan")
    walk.press_primary()


def put_item(walk: Walk, section: str, *, provider: bool, activity: str, cost: str) -> None:
    page = walk.page
    page.locator(f"main a[href*='items/add/?{section}']:visible").first.click()
    page.locator("[name=activity_km]").fill(activity)
    page.locator("[name=lead_km]").fill("ប្រធានមណ្ឌល")
    year = timezone.localdate().year + 1
    page.locator("[name=starts_on]").fill(khmer(f"01/{year}"))
    page.locator("[name=ends_on]").fill(khmer(f"06/{year}"))
    page.locator("[name=cost_riel]").fill(cost)
    if not provider:
        page.locator("[name=route]").select_option("commune")
    elif not page.locator("[name=provider]").input_value():
        page.locator("[name=provider]").select_option(str(walk.world.scorecard.provider_id))
    walk.photograph(f"item-{section.removeprefix('section=')}")
    page.locator("main form button.btn-primary").first.click()
    expect(page.get_by_text(activity).first).to_be_visible()


def read_and_decide(walk: Walk) -> None:
    page, version = walk.page, ActionPlan.objects.get().versions.get()
    walk.sit_down("clerk")
    walk.open(f"plan-versions/{version.pk}/")
    walk.photograph("read-plan")
    walk.open(f"plan-versions/{version.pk}/decision/")
    page.locator("[name=session_number]").fill("៨/២០២៦")
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=present_count]").fill("៥")
    page.locator("[name=council_size]").fill("៧")
    page.locator("[name=outcome][value=approve]").check()
    walk.photograph("decision")
    page.locator("main form button.btn-primary").first.click()
    walk.sit_down("chief")
    walk.open(f"decisions/{version.decisions.get().pk}/confirm/")
    walk.photograph("confirm")
    page.locator("main form button.btn-primary").first.click()


def print_the_plan(walk: Walk) -> None:
    page, version = walk.page, ActionPlan.objects.get().versions.get()
    walk.open(f"plan-versions/{version.pk}/documents/")
    document = Document.objects.get(plan_version=version, kind="jaap", language="km")
    link = page.locator(f"a[href$='/documents/{document.pk}/file/']")
    expect(link).to_be_visible(timeout=60_000)
    walk.photograph("documents")
    with page.expect_download() as download:
        link.click()
    paper = VAR / download.value.suggested_filename
    download.value.save_as(paper)
    text = subprocess.run(
        ["pdftotext", "-raw", paper, "-"], capture_output=True, text=True, check=True
    ).stdout
    words = re.sub(r"\s", "", text)
    assert "ព្រះរាជាណាចក្រកម្ពុជា" in words
    assert "ស្ថាបនាប្រព័ន្ធលូភូមិគំរូ២" in words
    assert "៤៨០០០០០០" in words
    assert Path(paper).stat().st_size < 200_000


def khmer(text: object) -> str:
    return str(text).translate(str.maketrans("0123456789", KHMER_DIGITS))
