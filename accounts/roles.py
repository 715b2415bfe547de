"""Roles as code: what each may do, in words an official can read. Scopes are in `communities.models.assignments`."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that a person may be allowed to do to something inside their scope."""

    SEE_ROUNDS = "see_rounds"
    SEE_SCORECARDS = "see_scorecards"  # in every state, with small groups
    SEE_LOCKED_SCORECARDS = "see_locked_scorecards"  # only what was checked and locked
    OPEN_ROUND = "open_round"
    CHOOSE_CRITERIA = "choose_criteria"
    MANAGE_CRITERIA = "manage_criteria"
    RECORD_MEETING = "record_meeting"
    SEE_ATTENDANCE_NAMES = "see_attendance_names"
    ENTER_COMMUNITY_TALLY = "enter_community_tally"
    ENTER_SELF_ASSESSMENT = "enter_self_assessment"
    SUBMIT_SCORECARD = "submit_scorecard"
    RETURN_SCORECARD = "return_scorecard"
    LOCK_SCORECARD = "lock_scorecard"
    REQUEST_REOPENING = "request_reopening"
    DECIDE_REOPENING = "decide_reopening"
    SEE_DRAFT_PLANS = "see_draft_plans"
    SEE_SUBMITTED_PLANS = "see_submitted_plans"
    DRAFT_PLAN = "draft_plan"
    SUBMIT_PLAN = "submit_plan"
    REMARK_ON_PLAN = "remark_on_plan"
    RECORD_DECISION = "record_decision"
    CONFIRM_DECISION = "confirm_decision"
    CORRECT_CLERICALLY = "correct_clerically"
    UPDATE_ITEM = "update_item"
    ESCALATE = "escalate"
    LINK_ITEM = "link_item"
    PUBLISH = "publish"
    DELETE_AND_RESTORE = "delete_and_restore"
    ENTER_BUDGET = "enter_budget"
    VERIFY_BUDGET = "verify_budget"
    SEE_CBOS = "see_cbos"
    MANAGE_CBOS = "manage_cbos"
    COUNT_CBO = "count_cbo"
    ANSWER_REMARK = "answer_remark"
    REPLY_PUBLICLY = "reply_publicly"
    SEE_WORKSHOP_LIST = "see_workshop_list"
    SEE_GRANTS = "see_grants"
    EXPORT = "export"
    MANAGE_PROGRAMME = "manage_programme"
    MANAGE_PLACES = "manage_places"
    MANAGE_PROVIDERS = "manage_providers"
    INVITE_PEOPLE = (
        "invite_people"  # and end their roles, and hand out one-hour codes: for the roles that one gives
    )
    MANAGE_PEOPLE = "manage_people"


class Scope(StrEnum):
    """What an assignment hangs on; each role needs exactly the scopes it names."""

    PROGRAMME = "programme"
    ORGANISATION = "organisation"
    AREA = "area"
    PROVIDER = "provider"
    CBO = "cbo"


@dataclass(frozen=True)
class Role:
    code: str
    name: str
    description: str
    scopes: frozenset[Scope]
    permissions: frozenset[Permission]
    # What the role grants only to those whom the council named for it (`Assignment.is_delegate`).
    delegable: frozenset[Permission] = frozenset()
    # The codes of the roles that a person of this role may give to others, and end, inside the own scope.
    gives: frozenset[str] = frozenset()
    # Signing in takes a second step: the role sees personal data of a whole programme, or decides who may come in.
    has_second_step: bool = False


P = Permission

_READS_COUNCIL_WORK = {P.SEE_ROUNDS, P.SEE_LOCKED_SCORECARDS, P.SEE_SUBMITTED_PLANS}

FACILITATOR = Role(
    "facilitator",
    _("Facilitator"),
    _("Works for a partner organisation in some communes: holds meetings, enters scores, drafts the plan."),
    frozenset({Scope.ORGANISATION, Scope.AREA}),
    frozenset(
        {
            P.SEE_ROUNDS, P.SEE_SCORECARDS, P.CHOOSE_CRITERIA, P.RECORD_MEETING, P.SEE_ATTENDANCE_NAMES,
            P.ENTER_COMMUNITY_TALLY, P.ENTER_SELF_ASSESSMENT, P.SUBMIT_SCORECARD, P.REQUEST_REOPENING,
            P.SEE_DRAFT_PLANS, P.SEE_SUBMITTED_PLANS, P.DRAFT_PLAN, P.SUBMIT_PLAN, P.CORRECT_CLERICALLY,
            P.UPDATE_ITEM, P.LINK_ITEM, P.DELETE_AND_RESTORE, P.SEE_CBOS, P.MANAGE_CBOS, P.COUNT_CBO,
            P.ANSWER_REMARK, P.EXPORT,
        }
    ),
)  # fmt: skip
NGO_OFFICER = Role(
    "ngo_officer",
    _("NGO officer"),
    _("Runs a programme: opens rounds, checks and locks scorecards of every partner, decides on reopening."),
    frozenset({Scope.PROGRAMME}),
    FACILITATOR.permissions
    | {
        P.OPEN_ROUND, P.MANAGE_CRITERIA, P.RETURN_SCORECARD, P.LOCK_SCORECARD, P.DECIDE_REOPENING, P.PUBLISH,
        P.ESCALATE, P.VERIFY_BUDGET, P.MANAGE_PROGRAMME, P.MANAGE_PROVIDERS, P.INVITE_PEOPLE, P.SEE_GRANTS,
        P.SEE_WORKSHOP_LIST,
    },
    gives=frozenset(
        {
            "facilitator", "council_clerk", "councillor", "council_chief", "committee_member", "service_provider",
            "cbo_representative",
        }
    ),
    has_second_step=True,
)  # fmt: skip
COUNCIL_CLERK = Role(
    "council_clerk",
    _("Commune clerk"),
    _("Writes for the commune council: records its session and decision, enters the commune's budget."),
    frozenset({Scope.AREA}),
    frozenset(
        _READS_COUNCIL_WORK
        | {
            P.REQUEST_REOPENING, P.REMARK_ON_PLAN, P.RECORD_DECISION, P.CORRECT_CLERICALLY, P.UPDATE_ITEM,
            P.ENTER_BUDGET, P.EXPORT, P.ANSWER_REMARK, P.PUBLISH, P.REPLY_PUBLICLY, P.INVITE_PEOPLE,
        }
    ),
    gives=frozenset({"councillor", "committee_member"}),
)  # fmt: skip
COUNCILLOR = Role(
    "councillor",
    _("Councillor"),
    _("Reads the plan before the session and leaves remarks."),
    frozenset({Scope.AREA}),
    frozenset(_READS_COUNCIL_WORK | {P.REMARK_ON_PLAN}),
    delegable=frozenset({P.CONFIRM_DECISION}),
)
COUNCIL_CHIEF = Role(
    "council_chief",
    _("Commune chief"),
    _("Confirms what the council decided, as the signed minutes say."),
    frozenset({Scope.AREA}),
    frozenset(
        _READS_COUNCIL_WORK | {P.REMARK_ON_PLAN, P.CONFIRM_DECISION, P.UPDATE_ITEM, P.ENTER_BUDGET, P.EXPORT}
    ),
)
COMMITTEE_MEMBER = Role(
    "committee_member",
    _("JAAP committee member"),
    _("Follows up the agreed actions of the commune."),
    frozenset({Scope.AREA}),
    frozenset(_READS_COUNCIL_WORK | {P.UPDATE_ITEM}),
)
SERVICE_PROVIDER = Role(
    "service_provider",
    _("Service provider"),
    _("Speaks for one school, health centre or administration: scores itself, carries out its actions."),
    frozenset({Scope.PROVIDER}),
    frozenset(
        {
            P.SEE_LOCKED_SCORECARDS, P.ENTER_SELF_ASSESSMENT, P.REQUEST_REOPENING, P.SEE_SUBMITTED_PLANS,
            P.UPDATE_ITEM, P.REPLY_PUBLICLY,
        }
    ),
)  # fmt: skip
CBO_REPRESENTATIVE = Role(
    "cbo_representative",
    _("CBO representative"),
    _("Speaks for one community-based organisation."),
    frozenset({Scope.CBO}),
    frozenset({P.SEE_CBOS, P.COUNT_CBO}),
)
DISTRICT_OFFICER = Role(
    "district_officer",
    _("District officer"),
    _("Sees what the communes of the district scored and ask for."),
    frozenset({Scope.AREA}),
    frozenset(_READS_COUNCIL_WORK | {P.UPDATE_ITEM, P.EXPORT, P.SEE_WORKSHOP_LIST, P.INVITE_PEOPLE}),
    gives=frozenset({"council_clerk", "councillor", "council_chief", "committee_member", "service_provider"}),
)
DONOR_VIEWER = Role(
    "donor_viewer",
    _("Donor viewer"),
    _("Sees the figures of the grants of one donor, small groups hidden."),
    frozenset({Scope.ORGANISATION}),
    frozenset({P.EXPORT, P.SEE_GRANTS}),
)
ADMINISTRATOR = Role(
    "administrator",
    _("Administrator"),
    _("Keeps people, places and programmes in order; sees no scores by virtue of that."),
    frozenset(),
    frozenset(
        {
            P.INVITE_PEOPLE, P.MANAGE_PEOPLE, P.MANAGE_PLACES, P.MANAGE_PROGRAMME, P.MANAGE_PROVIDERS,
            P.MANAGE_CRITERIA,
        }
    ),
    gives=frozenset(
        {
            "facilitator", "ngo_officer", "council_clerk", "councillor", "council_chief", "committee_member",
            "service_provider", "cbo_representative", "district_officer", "donor_viewer", "administrator",
        }
    ),
    has_second_step=True,
)  # fmt: skip

ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        FACILITATOR, NGO_OFFICER, COUNCIL_CLERK, COUNCILLOR, COUNCIL_CHIEF, COMMITTEE_MEMBER, SERVICE_PROVIDER,
        CBO_REPRESENTATIVE, DISTRICT_OFFICER, DONOR_VIEWER, ADMINISTRATOR,
    )
}  # fmt: skip
ROLE_CHOICES = [(role.code, role.name) for role in ROLES.values()]


def roles_with(permission: Permission) -> list[str]:
    """The codes of the roles that grant a permission."""
    return [role.code for role in ROLES.values() if permission in role.permissions]


def roles_delegating(permission: Permission) -> list[str]:
    """The codes of the roles that grant a permission to those named for it alone."""
    return [role.code for role in ROLES.values() if permission in role.delegable]
