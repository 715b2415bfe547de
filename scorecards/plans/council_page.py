"""What a reader may do with a version of a plan, where it stands with the council, and what comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import can
from isaf_portal.templatetags.isaf import day_long, digits, number, reader_language, weekday
from scorecards.enums import PlanStatus
from scorecards.models import ActionPlan, CouncilDecision, Document, PlanVersion
from scorecards.names import place_of
from scorecards.plans.content import internal_items
from scorecards.plans.rows import SECTION_LETTERS

# What a view of a version joins to it.
VERSION_RELATED = ("plan__commune__parent__parent", "plan__scoring_round__programme")


@dataclass(frozen=True)
class CouncilPage:
    """One version before the council, as one reader finds it."""

    version: PlanVersion
    newest_pk: int
    newest_number: int
    decision: CouncilDecision | None
    paper: Document | None  # the official one in Khmer, once it is made
    is_team: bool  # works on the plan itself
    can_remark: bool
    can_record: bool
    can_confirm: bool
    recorded_it: bool
    confirmed_it: bool

    @property
    def plan(self) -> ActionPlan:
        return self.version.plan

    @property
    def is_newest(self) -> bool:
        return self.version.pk == self.newest_pk

    @property
    def is_open(self) -> bool:
        """Whether the council has this version before it now."""
        return self.is_newest and self.plan.status == PlanStatus.SUBMITTED

    @property
    def may_remark(self) -> bool:
        return self.can_remark and self.is_open

    @property
    def may_record(self) -> bool:
        return self.can_record and self.is_open

    @property
    def may_confirm(self) -> bool:
        waits = self.decision is not None and self.decision.settled_at is None
        return self.can_confirm and self.is_open and waits and not (self.recorded_it or self.confirmed_it)

    @property
    def sees_remarks(self) -> bool:
        """The council and those who write the plan; what councillors ask is nobody else's business."""
        return self.can_remark or self.is_team

    @property
    def shown_decision(self) -> CouncilDecision | None:
        """What was recorded is shown to all once it is confirmed, and before that to those it waits for."""
        if self.decision is None or self.decision.settled_at or self.can_record or self.can_confirm:
            return self.decision
        return None

    @property
    def state(self) -> str:
        if not self.is_newest:
            return "closed"
        return "in_review" if self.is_open else self.plan.status

    @property
    def state_label(self) -> str:
        return "" if self.is_newest else _("Older version")

    @property
    def lead(self) -> str:
        version = _("Version %(number)s") % {"number": number(self.version.number)}
        session = self.plan.scoring_round.council_on
        if not session or not self.is_open:
            return version
        said = _("for the commune council session of %(weekday)s %(day)s")
        return f"{version} · {said % {'weekday': weekday(session), 'day': day_long(session)}}"


def read_council_page(version: PlanVersion, person: User) -> CouncilPage:
    """Eight queries."""
    newest = version.plan.versions.defer("content").order_by("number").last()
    decision = (
        version.decisions.select_related("recorded_by")
        .prefetch_related("confirmations__confirmed_by", "left_out", "scans")
        .first()
    )
    confirmed = decision.confirmations.all() if decision else ()
    return CouncilPage(
        version=version,
        newest_pk=newest.pk,
        newest_number=newest.number,
        decision=decision,
        paper=_paper(version),
        is_team=can(person, Permission.SEE_DRAFT_PLANS, on=version),
        can_remark=can(person, Permission.REMARK_ON_PLAN, on=version),
        can_record=can(person, Permission.RECORD_DECISION, on=version),
        can_confirm=can(person, Permission.CONFIRM_DECISION, on=version),
        recorded_it=decision is not None and decision.recorded_by_id == person.pk,
        confirmed_it=any(each.confirmed_by_id == person.pk for each in confirmed),
    )


def next_step_of_reader(page: CouncilPage) -> dict | None:
    if page.may_confirm:
        return {
            "title": _("Confirm the decision of the council"),
            "note": _("The clerk recorded what the minutes say. It takes effect when it is confirmed."),
            "url": reverse("scorecards:confirm-decision", args=[page.decision.pk]),
            "label": _("Read and confirm"),
        }
    if page.may_record and page.decision is None:
        return {
            "title": _("Record the council's decision"),
            "note": _("After the session, as its minutes say."),
            "url": reverse("scorecards:decision", args=[page.version.pk]),
            "label": _("Record"),
        }
    if page.may_record:
        return {
            "title": _("The decision waits for confirmation"),
            "note": _("The chief, or the person named for it, confirms what you recorded."),
            "url": reverse("scorecards:decision", args=[page.version.pk]),
            "label": _("See or correct it"),
        }
    return None


def place_of_version(page: CouncilPage, *below: tuple[str, str]) -> list[tuple[str, str]]:
    title = _("Action plan %(year)s") % {"year": digits(page.plan.plan_year)}
    url = reverse("scorecards:read-plan", args=[page.version.pk]) if below else ""
    return place_of(page.plan.commune, (title, url), *below)


def decision_choices(version: PlanVersion) -> list[tuple[str, str]]:
    """The actions of the version, to be ticked as left out."""
    language = reader_language()
    content = version.content
    sections = zip(SECTION_LETTERS[language], (content["external"], internal_items(content)), strict=True)
    return [
        (str(item["id"]), f"{letter}.{digits(item['number'])} {_plain(item['activity'], language)}")
        for letter, rows in sections
        for item in rows
    ]


def left_out_of(page: CouncilPage) -> list[str]:
    """The actions that the decision leaves out, as the version names them."""
    wanted = {str(item.pk) for item in page.decision.left_out.all()} if page.decision else set()
    return [label for key, label in decision_choices(page.version) if key in wanted]


def _plain(text: dict, language: str) -> str:
    return text[language] or text["km"] or text["en"]


def _paper(version: PlanVersion) -> Document | None:
    made = version.documents.filter(kind="jaap", language="km", state=Document.State.READY)
    return made.order_by("issue").last()
