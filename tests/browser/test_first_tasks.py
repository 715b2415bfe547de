"""Everyone's first ten minutes: from the slip that was handed over to the first task done, on a phone, in Khmer.

One walk for each role. Each begins at the address or the code of its invitation, chooses a password, lands on the own
home and follows its next step. Pictures of the stations stay under `var/first-tasks/`.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import AccessCode, User
from accounts.operations.codes import make_access_code
from accounts.roles import ROLES
from communities.models import Cbo, CboYear, Grant, Programme
from scorecards.entry.sheets import current_version
from scorecards.models import CouncilDecision, PlanReading, PlanRemark, Tally
from scorecards.operations.action_plans import draft_action_plan, put_action_item
from scorecards.operations.council import confirm_council_decision, record_council_decision
from scorecards.operations.groups import set_scoring_groups
from scorecards.operations.plan_submission import submit_action_plan
from tests.factories import (
    give_role,
    make_commune,
    make_criteria,
    make_locked,
    make_meeting,
    make_organisation,
    make_person,
    make_provider,
    make_round,
    make_scorecard,
    make_submitted,
)
from tests.fixtures.browser import set_up_the_app
from tests.scorecards.plan_world import external, internal

pytestmark = [pytest.mark.browser, pytest.mark.postgresql, pytest.mark.redis]

PASSWORD = "ផ្កាឈូកទន្លេ-៧"
VAR = settings.BASE_DIR / "var" / "first-tasks"


class Phone:
    """A telephone of 360 px in somebody's hand; every station is photographed and must not scroll sideways."""

    def __init__(self, page: Page, role: str, person: User):
        self.page, self.role, self.person, self.station = page, role, person, 0

    def photograph(self, name: str) -> None:
        self.station += 1
        VAR.mkdir(parents=True, exist_ok=True)
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{self.role}: {name} scrolls sideways: {wide}"
        assert self.page.locator("html").get_attribute("lang") == "km"
        self.page.screenshot(path=VAR / f"{self.role}-{self.station}-{name}.png", full_page=True)

    def press(self, selector: str) -> None:
        self.page.locator(selector).locator("visible=true").first.click()

    def take_next_step(self) -> None:
        """What the home says comes next."""
        self.photograph("home")
        self.press(".i-next .btn-primary")


@pytest.fixture
def invited(new_page, transactional_db, request) -> Callable:
    """Makes somebody with a role who has never signed in, and lets them come in by their slip."""

    def come_in(role: str, *, by_code: bool = False, **scopes) -> Phone:
        person = make_person(name="ស៊ុន សុភ័ក្រ")
        give_role(person=person, role=role, **scopes)
        handed = make_access_code(person=person, kind="invitation", by=make_person(role="administrator"))
        phone = Phone(new_page(width=360, height=740), role, person)
        page = phone.page
        if by_code:
            page.goto("/km/code/")
            page.locator("[name=identifier]").fill("0" + person.phone.removeprefix("+855"))
            page.locator("[name=typed]").fill(handed.typed)
            phone.photograph("code")
            phone.press("main form .btn-primary")
        else:
            page.goto(f"/km/i/{handed.token}/")
        phone.photograph("welcome")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=again]").fill(PASSWORD)
        phone.press("main form .btn-primary")
        if ROLES[role].has_second_step:
            phone.photograph("app")
            set_up_the_app(page, person)
        expect(page).to_have_url(re.compile(r"/km/$"))
        assert AccessCode.objects.get(person=person).used_at
        return phone

    return come_in


def test_a_facilitator_enters_the_first_sheet(invited):
    scoring_round = make_round()
    card = make_scorecard(scoring_round=scoring_round)
    version = current_version(card)
    make_meeting(scorecard=card, held_on=timezone.localdate() - timedelta(days=1))
    make_criteria(version=version, number=2)
    set_scoring_groups(version=version, people={"all": 20}, by=make_person())
    phone = invited("facilitator", organisation=scoring_round.organisation, area=scoring_round.commune)

    phone.take_next_step()
    page = phone.page
    expect(page).to_have_url(re.compile(rf"/scorecards/{card.pk}/"))
    page.goto(f"/km/scorecards/{card.pk}/sheet/")
    inputs = page.locator("#grid input:visible")
    inputs.first.focus()
    for count in ["១", "៤", "៧", "៦", "២", "០"]:
        page.keyboard.type(count)
        page.keyboard.press("Enter")
    phone.photograph("sheet")
    page.keyboard.press("Control+s")
    expect(page.locator("#sync-chip")).to_contain_text("រក្សាទុកអស់ហើយ")
    phone.photograph("saved")

    assert sum(Tally.objects.values_list("count", flat=True)) == 20


def test_an_officer_checks_and_locks_a_scorecard(invited):
    version = make_submitted()
    phone = invited("ngo_officer", programme=version.scorecard.programme, by_code=True)

    phone.take_next_step()
    page = phone.page
    phone.photograph("queue")
    page.locator("main a[href$='/check/']").first.click()
    phone.photograph("check")
    page.locator("[name=names_nobody]").check()
    page.locator("form[action$='/lock/'] button").click()
    phone.photograph("locked")

    assert current_version(version.scorecard).is_locked


def test_a_clerk_records_what_the_council_decided(invited):
    plan_version = before_the_council()
    phone = invited("council_clerk", area=plan_version.plan.commune, by_code=True)

    phone.photograph("home")
    page = phone.page
    page.locator(f"main a[href$='/plan-versions/{plan_version.pk}/decision/']").first.click()
    page.locator("[name=session_number]").fill("៨/២០២៦")
    page.locator("[name=held_on]").fill(f"{timezone.localdate():%d/%m/%Y}")
    page.locator("[name=present_count]").fill("៥")
    page.locator("[name=council_size]").fill("៧")
    page.locator("[name=outcome][value=approve]").check()
    phone.photograph("decision")
    phone.press("main form button.btn-primary")
    phone.photograph("recorded")

    assert CouncilDecision.objects.get().present_count == 5


def test_a_councillor_reads_the_plan_and_asks_a_question(invited):
    plan_version = before_the_council()
    phone = invited("councillor", area=plan_version.plan.commune)

    phone.take_next_step()
    page = phone.page
    phone.photograph("plan")
    page.locator("form[action$='/remarks/'] textarea").first.scroll_into_view_if_needed()
    form = page.locator("form[action$='/remarks/']").filter(has=page.locator("[name=item]")).first
    if not form.locator("textarea").is_visible():
        form.locator("xpath=ancestor::details").locator("summary").click()
    form.locator("textarea").fill("តើស្រុកបានទទួលសំណើនេះហើយឬនៅ?")
    form.locator("button").click()
    phone.photograph("remark")

    assert PlanRemark.objects.get().item is not None


def test_a_chief_confirms_the_decision(invited):
    plan_version = before_the_council()
    decided(plan_version)
    phone = invited("council_chief", area=plan_version.plan.commune, by_code=True)

    phone.take_next_step()
    phone.photograph("confirm")
    phone.press("main form button.btn-primary")
    phone.photograph("confirmed")

    plan_version.plan.refresh_from_db()
    assert plan_version.plan.status == "approved"


def test_a_committee_member_reads_the_agreed_actions(invited):
    plan_version = before_the_council()
    confirm_council_decision(decision=decided(plan_version), by=make_person(name="មេឃុំ"))
    phone = invited("committee_member", area=plan_version.plan.commune)

    phone.take_next_step()
    page = phone.page
    phone.photograph("plan")
    for _action in range(2):
        page.locator("form[action$='/read/']").filter(has=page.locator("[name=is_read]")).first.locator(
            "button"
        ).click()
    phone.photograph("read")
    page.goto("/km/")
    phone.photograph("nothing-left")

    assert PlanReading.objects.filter(read_by=phone.person).count() == 2


def test_a_provider_assesses_itself(invited):
    scoring_round = make_round()
    own = make_scorecard(scoring_round=scoring_round, kind="self")
    make_criteria(version=current_version(own), number=2)
    phone = invited("service_provider", provider=own.provider, by_code=True)

    phone.take_next_step()
    page = phone.page
    phone.photograph("self-assessment")
    page.locator("[name=people]").fill("៨")
    for score in page.locator("input[type=radio][value='4']").all():
        score.check(force=True)
    for why in page.locator("textarea[name$=why]").all():
        why.fill("ថ្នាំមកយឺតនៅរដូវវស្សា")
    phone.photograph("filled")
    page.locator("button[name=submit]").click()
    phone.photograph("submitted")

    assert current_version(own).status == "submitted"


def test_a_representative_of_a_group_counts_its_members(invited):
    cbo = Cbo.objects.create(name_km="ក្រុមសន្សំប្រាក់", commune=make_commune(), kind="ក្រុមសន្សំប្រាក់")
    phone = invited("cbo_representative", cbo=cbo, by_code=True)

    phone.take_next_step()
    page = phone.page
    page.locator("[name=members_count]").fill("២៤")
    page.locator("[name=female_count]").fill("១៩")
    phone.photograph("members")
    phone.press("main form .btn-primary")
    phone.photograph("counted")

    assert CboYear.objects.get().members_count == 24


def test_a_district_officer_helps_a_clerk_back_in(invited):
    commune = make_commune()
    clerk = make_person(role="council_clerk", name="ឈឹម វណ្ណា", area=commune)
    phone = invited("district_officer", area=commune.parent)

    phone.take_next_step()
    page = phone.page
    phone.photograph("person")
    page.locator("form[action$='/code/'] button").first.click()
    phone.photograph("slip")

    assert clerk.access_codes.get().used_at is None


def test_a_donor_sees_what_became_of_the_grant(invited):
    version = make_locked()
    donor, scoring_round = make_organisation(kind="donor"), version.scorecard.scoring_round
    grant = Grant.objects.create(
        donor=donor, programme=scoring_round.programme, starts_on=timezone.localdate()
    )
    grant.communes.add(scoring_round.commune)
    phone = invited("donor_viewer", organisation=donor)

    phone.take_next_step()
    phone.photograph("grant")

    expect(phone.page).to_have_url(re.compile(rf"/grants/{grant.pk}/"))
    expect(phone.page.locator("main")).to_contain_text("៤៧")


def test_an_administrator_begins_by_the_checklist(invited):
    phone = invited("administrator", by_code=True)

    phone.take_next_step()
    page = phone.page
    phone.photograph("programmes")
    page.locator("main a[href$='/programmes/add/']").first.click()
    page.locator("[name=name_km]").fill("កម្មវិធីគណនេយ្យភាពសង្គម")
    page.locator("[name=first_year]").fill("២០២៦")
    phone.photograph("programme")
    phone.press("main form .btn-primary")
    page.goto("/km/")
    phone.photograph("next-step")

    assert Programme.objects.get().name_km == "កម្មវិធីគណនេយ្យភាពសង្គម"


def before_the_council():
    """A version of a plan with two actions that the council has before it."""
    scoring_round = make_round(year=timezone.localdate().year)
    team = make_person()
    plan = draft_action_plan(scoring_round=scoring_round, by=team)
    put_action_item(plan=plan, fields=internal(make_provider(commune=scoring_round.commune)), by=team)
    put_action_item(plan=plan, fields=external(), by=team)
    return submit_action_plan(plan=plan, by=team)


def decided(plan_version) -> CouncilDecision:
    return record_council_decision(
        plan_version=plan_version, session_number="8", held_on=timezone.localdate(), present_count=5,
        council_size=7, outcome="approve", by=make_person(name="ស្មៀន"),
    )  # fmt: skip
