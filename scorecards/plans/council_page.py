"""What a reader may do with a version of a plan, where it stands with the council, and what comes next."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import COMMITTEE_MEMBER, Permission
from communities.access import can, holds, roles_of
from communities.models import Assignment
from isaf_portal.templatetags.isaf import day_long, digits, number, reader_language, weekday
from scorecards.enums import PlanStatus
from scorecards.models import ActionPlan, CouncilDecision, Document, PlanVersion
from scorecards.names import Place, place_of
from scorecards.plans.content import internal_items
from scorecards.plans.reading import PlanToRead
from scorecards.plans.rows import SECTION_LETTERS

# What a view of a version joins to it.
VERSION_RELATED = ("plan__commune__parent__parent", "plan__scoring_round__programme")


@dataclass(frozen=True)
class NamedPerson:
    """The chief, or a councillor whom the council named, who confirms what the clerk recorded."""

    name: str
    role: str
    has_confirmed: bool


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
    can_mark: bool  # keeps private reading marks
    can_answer: bool
    can_correct: bool
    named: tuple[NamedPerson, ...]  # who may confirm the decision; empty while none waits

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
    def may_correct(self) -> bool:
        """Words alone, of what the council approved."""
        return self.can_correct and self.is_newest and self.plan.status == PlanStatus.APPROVED

    @property
    def confirmations_needed(self) -> int:
        return self.plan.scoring_round.programme.confirmations_needed

    @property
    def confirmed_count(self) -> int:
        return len(self.decision.confirmations.all()) if self.decision else 0

    @property
    def lacks_named(self) -> bool:
        """Fewer people are named than have to confirm, so that the decision would wait for ever."""
        return bool(self.waits_for_confirmation and len(self.named) < self.confirmations_needed)

    @property
    def waits_for_confirmation(self) -> bool:
        return self.decision is not None and self.decision.settled_at is None and self.is_open

    @property
    def sees_remarks(self) -> bool:
        """The council and those who write the plan; what councillors ask is nobody else's business."""
        return self.can_remark or self.can_answer or self.is_team

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
    """At most twelve queries; what no role of the reader grants is not asked."""
    newest = version.plan.versions.defer("content").order_by("number").last()
    decision = (
        version.decisions.select_related("recorded_by")
        .prefetch_related("confirmations__confirmed_by", "left_out", "scans")
        .first()
    )
    confirmed = decision.confirmations.all() if decision else ()

    def may(permission: Permission) -> bool:
        return holds(person, permission) and can(person, permission, on=version)

    can_remark = may(Permission.REMARK_ON_PLAN)
    return CouncilPage(
        version=version,
        newest_pk=newest.pk,
        newest_number=newest.number,
        decision=decision,
        paper=_paper(version),
        is_team=may(Permission.SEE_DRAFT_PLANS),
        can_remark=can_remark,
        can_record=may(Permission.RECORD_DECISION),
        can_confirm=may(Permission.CONFIRM_DECISION),
        recorded_it=decision is not None and decision.recorded_by_id == person.pk,
        confirmed_it=any(each.confirmed_by_id == person.pk for each in confirmed),
        can_mark=can_remark or COMMITTEE_MEMBER.code in roles_of(person),
        can_answer=may(Permission.ANSWER_REMARK),
        can_correct=may(Permission.CORRECT_CLERICALLY),
        named=_named(version, decision) if decision and decision.settled_at is None else (),
    )


def _named(version: PlanVersion, decision: CouncilDecision) -> tuple[NamedPerson, ...]:
    """Who confirms in this commune today, without whoever recorded the decision; one query."""
    today = timezone.localdate()
    found = Assignment.objects.current(today).granting(Permission.CONFIRM_DECISION)
    found = found.filter(area=version.plan.commune_id).exclude(user=decision.recorded_by_id)
    confirmed = {each.confirmed_by_id for each in decision.confirmations.all()}
    people = {each.user_id: each for each in found.select_related("user").order_by("role", "pk")}
    return tuple(
        NamedPerson(each.user.name, each.get_role_display(), key in confirmed) for key, each in people.items()
    )


def next_step_of_reader(page: CouncilPage, reading: PlanToRead) -> dict | None:
    """What the reader does with the plan now; who has nothing else to do reads on."""
    return _next_of_council(page) or _read_on(page, reading)


def _read_on(page: CouncilPage, reading: PlanToRead) -> dict | None:
    unread = reading.first_unread
    if unread is None or not page.can_mark or not page.is_newest or page.can_record:
        return None
    return {
        "title": _("Read the actions and mark each one"),
        "note": _("You have read %(read)s of %(count)s. Only you see these marks.")
        % {"read": number(reading.read_count), "count": number(reading.items_count)},
        "url": f"#{unread.anchor}",
        "label": _("To the next one"),
    }


def _next_of_council(page: CouncilPage) -> dict | None:
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


def place_of_version(page: CouncilPage, *below: tuple[str, str]) -> Place:
    """The path to the page of a version, or to one below it."""
    if below:
        return place_below(page.version, *below)
    return place_of(page.plan.commune, (_plan_title(page.version), ""))


def place_below(version: PlanVersion, *below: tuple[str, str]) -> Place:
    url = reverse("scorecards:read-plan", args=[version.pk])
    return place_of(version.plan.commune, (_plan_title(version), url), *below)


def _plan_title(version: PlanVersion) -> str:
    return _("Action plan %(year)s") % {"year": digits(version.plan.plan_year)}


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
