"""What each permission means, in words that an official reads; and which roles have it, for one printable page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import ROLES, Permission, Role, Scope

P = Permission
Words = str | Promise

# By the part of the work, in the order of a year. Every permission stands in exactly one group.
PERMISSION_WORDS: tuple[tuple[Words, dict[Permission, Words]], ...] = (
    (
        _("Annual round and meetings"),
        {
            P.SEE_ROUNDS: _("See the annual rounds and where they stand"),
            P.OPEN_ROUND: _("Open a round and plan the year"),
            P.RECORD_MEETING: _("Plan and record meetings, with numbers of who came"),
            P.SEE_ATTENDANCE_NAMES: _("See the names of who came, where they were written down"),
        },
    ),
    (
        _("Scorecards"),
        {
            P.SEE_LOCKED_SCORECARDS: _("Read scores that were checked and locked, small groups hidden"),
            P.SEE_SCORECARDS: _("Read scorecards in every state, small groups too"),
            P.CHOOSE_CRITERIA: _("Choose the criteria of a meeting"),
            P.ENTER_COMMUNITY_TALLY: _("Enter what people scored"),
            P.ENTER_SELF_ASSESSMENT: _("Enter the self-assessment of a service provider"),
            P.SUBMIT_SCORECARD: _("Send a scorecard to be checked"),
            P.RETURN_SCORECARD: _("Return a scorecard for correction, with the reason"),
            P.LOCK_SCORECARD: _("Check and lock a scorecard that somebody else entered"),
            P.REQUEST_REOPENING: _("Say that a locked scorecard is wrong"),
            P.DECIDE_REOPENING: _("Decide whether a locked scorecard is reopened"),
        },
    ),
    (
        _("Action plan and council"),
        {
            P.SEE_DRAFT_PLANS: _("Read drafts of action plans"),
            P.SEE_SUBMITTED_PLANS: _("Read action plans that were submitted to the council"),
            P.DRAFT_PLAN: _("Write the action plan with those who agreed on it"),
            P.SUBMIT_PLAN: _("Submit the action plan to the council"),
            P.REMARK_ON_PLAN: _("Leave remarks and questions before the session"),
            P.ANSWER_REMARK: _("Answer the questions of councillors"),
            P.RECORD_DECISION: _("Record what the council decided, as the minutes say"),
            P.CONFIRM_DECISION: _("Confirm the recorded decision of the council"),
            P.CORRECT_CLERICALLY: _("Correct spelling and units of an approved plan"),
        },
    ),
    (
        _("After the council"),
        {
            P.UPDATE_ITEM: _("Say how far an agreed action is"),
            P.LINK_ITEM: _("Link an agreed action with money and with other actions"),
            P.ESCALATE: _("Prepare the letter that carries an action to the district"),
            P.SEE_WORKSHOP_LIST: _("See the list for the district workshop"),
            P.ENTER_BUDGET: _("Enter the budget of the commune"),
            P.VERIFY_BUDGET: _("Check the budget that was entered"),
        },
    ),
    (
        _("Publication and reports"),
        {
            P.PUBLISH: _("Publish scores and plans under the agreement of the commune, and withdraw them"),
            P.REPLY_PUBLICLY: _("Reply beside what is published"),
            P.SEE_GRANTS: _("See what a grant reached, in sums"),
            P.EXPORT: _("Take out tables of what one may read"),
        },
    ),
    (
        _("Community-based organisations"),
        {
            P.SEE_CBOS: _("See the groups, their kind and number of members"),
            P.MANAGE_CBOS: _("Add and correct groups"),
            P.COUNT_CBO: _("Count the members of a group"),
        },
    ),
    (
        _("People and settings"),
        {
            P.INVITE_PEOPLE: _("Invite people, help them back in, end their roles"),
            P.MANAGE_PEOPLE: _("Put right the account of anybody, such as a phone number that changed hands"),
            P.MANAGE_PLACES: _("Load places and their codes"),
            P.MANAGE_PROGRAMME: _("Keep programmes, partners and key words"),
            P.MANAGE_PROVIDERS: _("Keep the list of service providers"),
            P.MANAGE_CRITERIA: _("Keep the lists of services and criteria"),
            P.DELETE_AND_RESTORE: _("Take out and bring back an action of a plan not yet submitted"),
        },
    ),
)

SCOPE_WORDS: dict[Scope, Words] = {
    Scope.PROGRAMME: _("own programme"),
    Scope.ORGANISATION: _("own organisation"),
    Scope.AREA: _("own area"),
    Scope.PROVIDER: _("own school, health centre or administration"),
    Scope.CBO: _("own group"),
}


@dataclass(frozen=True)
class Cell:
    """Of one role: whether it may, or only those of it whom the council named."""

    role: Role
    may: bool
    if_named: bool


@dataclass(frozen=True)
class Line:
    words: Words
    cells: list[Cell]


@dataclass(frozen=True)
class Group:
    heading: Words
    lines: list[Line]


def access_table() -> list[Group]:
    """Every permission with a cell for each role, in the order of `ROLES`."""
    return [
        Group(heading, [Line(words, cells_of(permission)) for permission, words in permissions.items()])
        for heading, permissions in PERMISSION_WORDS
    ]


def cells_of(permission: Permission) -> list[Cell]:
    return [
        Cell(role, permission in role.permissions, permission in role.delegable) for role in ROLES.values()
    ]


def scope_of(role: Role) -> str:
    """Where the role holds, in words: "own organisation, own area"."""
    if not role.scopes:
        return str(pgettext_lazy("scope of a role", "everywhere"))
    return ", ".join(str(words) for scope, words in SCOPE_WORDS.items() if scope in role.scopes)


def given_by(role: Role) -> list[str]:
    """The names of the roles that may invite somebody into this one."""
    return [str(other.name) for other in ROLES.values() if role.code in other.gives]
