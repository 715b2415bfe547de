"""The guide of a role: two pages of A4, made of the same topics as the help page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from isaf_portal.help.topic import Topic, shown
from isaf_portal.help.topics import BY_KEY

GETTING_IN = ("first-time", "sign-in", "find-work")
TROUBLE = ("forgotten", "not-mine", "practise")

# What each role does with the portal in its year, in that order. A topic belongs into one guide of a role once.
WORK: dict[str, tuple[str, ...]] = {
    "facilitator": (
        "write-meeting", "choose-criteria", "enter-scores", "left-early", "write-reasons", "submit-scorecard",
        "returned", "interface-meeting", "parked", "draft-plan", "submit-plan",
    ),
    "ngo_officer": (
        "plan-year", "plan-round", "assign-facilitator", "put-off", "check-scorecard", "odd", "decide-reopening",
        "reminders", "give-code", "agreement", "announce",
    ),
    "council_clerk": (
        "print-papers", "answer-remark", "record-decision", "older-version", "clerical", "this-is-wrong",
        "reply", "public-page", "invite",
    ),
    "councillor": ("read-plan", "mark-read", "remark", "after-session", "confirm-decision", "money", "public-page"),
    "council_chief": ("read-plan", "remark", "confirm-decision", "wrong-decision", "money", "public-page"),
    "committee_member": ("read-approved", "mark-read", "actions-due", "results", "public-page", "states"),
    "service_provider": (
        "self-assessment", "not-sure", "many-communes", "own-service", "this-is-wrong", "prepare-answers", "reply",
    ),
    "cbo_representative": ("count-members", "cbo-safety", "cbo-correct", "public-page", "states"),
    "district_officer": ("workshop-list", "results", "read-approved", "give-code", "invite", "end-role"),
    "donor_viewer": ("grant", "hidden-groups", "figures-mean", "public-page", "states"),
    "administrator": (
        "first-day", "add-programme", "add-provider", "invite", "give-code", "end-role", "recycled-phone",
        "criteria-list", "key-words", "words-list",
    ),
}  # fmt: skip
# What goes wrong in the work of some roles alone.
OWN_TROUBLE: dict[str, tuple[str, ...]] = {
    "facilitator": ("no-internet", "two-values", "this-is-wrong", "shared-laptop"),
    "ngo_officer": ("second-step", "shared-laptop"),
    "council_clerk": ("shared-laptop",),
    "service_provider": ("no-internet",),
    "administrator": ("second-step",),
}


@dataclass(frozen=True)
class Part:
    title: Promise
    topics: tuple[Topic, ...]


@dataclass(frozen=True)
class Guide:
    role: Role
    promise: SafeString  # what the role is there for, in one or two sentences
    parts: tuple[Part, ...]
    year: tuple[tuple[Promise, Promise], ...]  # when, what
    words: tuple[tuple[Promise, Promise], ...]


PART_OF: dict[str, Promise] = {
    "facilitator": _(
        "You hold the meetings in the villages, type what the people said, and write down what was agreed. "
        "Nothing that you save is lost."
    ),
    "ngo_officer": _(
        "You plan the year, check what the facilitators send, and lock it. You help whoever cannot go on."
    ),
    "council_clerk": _(
        "You bring the plan before the council, and write down what the council decided, as the minutes say."
    ),
    "councillor": _(
        "You read the plan before the session and ask what you want to know. The council decides in its session, "
        "not in the portal."
    ),
    "council_chief": _(
        "You confirm in the portal what the council decided in its session. Without you the plan is not approved."
    ),
    "committee_member": _(
        "You follow what was agreed: what is to be done, where, by whom and until when."
    ),
    "service_provider": _(
        "You score your own service together with your staff, and see what the people say about it. "
        "Both scores come to the interface meeting."
    ),
    "cbo_representative": _(
        "You tell once a year how many members your group has. Nobody sees a list of your members: there is none."
    ),
    "district_officer": _(
        "You see what the communes of your district ask for, and help their people back into the portal."
    ),
    "donor_viewer": _(
        "You see what was reached with your grants, as sums. You see no names and no small groups."
    ),
    "administrator": _(
        "You keep programmes, organisations, places and people in order, so that the others can work. "
        "You see no scores."
    ),
}  # fmt: skip

WORDS: tuple[tuple[Promise, Promise], ...] = (
    (
        pgettext_lazy("word of the guide", "Annual round"),
        _("One year of work in one commune, from the meetings in the villages to the plan."),
    ),
    (
        pgettext_lazy("word of the guide", "Scorecard"),
        _("The sheet of one meeting: how many people gave which score, and why."),
    ),
    (
        pgettext_lazy("word of the guide", "Criterion"),
        _("One line that is scored, such as “clean water”."),
    ),
    (
        pgettext_lazy("word of the guide", "Locked"),
        _("Checked and closed. It can be read, and is changed only after it is reopened."),
    ),
    (
        pgettext_lazy("word of the guide", "Interface meeting"),
        _("People, providers and commune look at both scores together and agree what to do."),
    ),
    (
        pgettext_lazy("word of the guide", "Agreed action"),
        _("One thing to be done: what, where, who, and until when."),
    ),
)


YEAR: tuple[tuple[Promise, Promise], ...] = (
    (
        _("April to June"),
        _("Meetings in the villages score the services. The staff of each service score themselves."),
    ),
    (
        _("July and August"),
        _("Interface meeting: people, providers and commune agree what to do. It becomes the action plan."),
    ),
    (
        _("By September"),
        _("The council decides on the plan in its session, before the investment programme is prepared."),
    ),
    (
        _("November"),
        _("District workshop: what the communes ask of the district, of line offices and of others."),
    ),
    (
        _("All year"),
        _("The agreed actions are carried out, and the committee follows them up."),
    ),
)
# Whose pages are full of work; they plan the year in the portal anyway.
WITHOUT_YEAR = frozenset({"facilitator", "ngo_officer"})


def guide_of(role: Role) -> Guide:
    trouble = (*OWN_TROUBLE.get(role.code, ()), *TROUBLE)
    return Guide(
        role=role,
        promise=shown(PART_OF[role.code]),
        parts=(
            Part(_("Getting in"), _topics(GETTING_IN)),
            Part(_("Your work"), _topics(WORK[role.code])),
            Part(_("If something goes wrong"), _topics(trouble)),
        ),
        year=() if role.code in WITHOUT_YEAR else YEAR,
        words=WORDS,
    )


def _topics(keys: tuple[str, ...]) -> tuple[Topic, ...]:
    return tuple(BY_KEY[key] for key in keys)
