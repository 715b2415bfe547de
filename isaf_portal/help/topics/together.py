"""The interface meeting and the plan that comes of it."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Interface meeting and plan"),
    (
        Topic(
            "consolidation",
            _("What do I bring to the interface meeting?"),
            (
                _(
                    "Open the round and press the name of a provider. That page puts all villages and the "
                    "self-assessment side by side."
                ),
                _("Print it from the browser, one for each provider. What is not checked yet says so."),
            ),
            needs=frozenset({P.SEE_SCORECARDS}),
            pages=frozenset({"scorecards:consolidation", "scorecards:round"}),
        ),
        Topic(
            "interface-meeting",
            _("How do I lead the interface meeting with the portal?"),
            (
                _(
                    "Open the round, press [Agenda, points and minutes], then [Begin with these points]. You may "
                    "change the list before."
                ),
                _(
                    "Press [First point] and show the page to all. Read both scores and both sides’ reasons aloud."
                ),
                _("Type what, who and when, and press [Record what we agreed]."),
                _("At the end print the [Minutes for signature] and let them be signed."),
            ),
            needs=frozenset({P.RECORD_MEETING}),
            pages=frozenset(
                {"scorecards:interface", "scorecards:interface-point", "scorecards:interface-meeting"}
            ),
        ),
        Topic(
            "parked",
            _("What if the meeting does not agree on a point?"),
            (
                _("Under [Not agreed yet] write what is in the way, and press [Park this point]."),
                _("The point stays on the list and in the minutes. Later press [Talk about it again]."),
            ),
            needs=frozenset({P.RECORD_MEETING}),
            pages=frozenset({"scorecards:interface-point"}),
        ),
        Topic(
            "on-paper",
            _("There is no power in the hall. How do I do it on paper?"),
            (
                _("Before the meeting open the agenda and print the [Blank form to fill in by hand]."),
                _(
                    "Afterwards press [Type in from paper], copy what was agreed, provider by provider, and press "
                    "[Save what is on paper]."
                ),
            ),
            needs=frozenset({P.RECORD_MEETING}),
            pages=frozenset({"scorecards:interface", "scorecards:minutes"}),
        ),
        Topic(
            "draft-plan",
            _("How do I make the action plan?"),
            (
                _(
                    "Open the round and press [Draft the plan], later [Open the plan]. What was agreed in the "
                    "meeting is in it already."
                ),
                _("Press [Edit] beside an action and fill in place, cost, beneficiaries and who leads."),
                _("Section A needs money from outside, section B the providers do themselves."),
            ),
            needs=frozenset({P.DRAFT_PLAN}),
            pages=frozenset({"scorecards:round", "scorecards:plan", "scorecards:draft-plan"}),
        ),
        Topic(
            "low-scores",
            _("A low score has no action yet. What do I do?"),
            (
                _("On the plan look at [Low scores that no activity answers yet]."),
                _(
                    "Add what the meeting agreed for it. If nothing was agreed, leave it: do not invent an action."
                ),
            ),
            needs=frozenset({P.DRAFT_PLAN}),
            pages=frozenset({"scorecards:plan", "scorecards:add-item"}),
        ),
        Topic(
            "delete-action",
            _("I deleted an action. Can I bring it back?"),
            (_("Yes, for 30 days. Under the plan open [Deleted activities] and press [Restore]."),),
            needs=frozenset({P.DELETE_AND_RESTORE}),
            pages=frozenset({"scorecards:plan", "scorecards:edit-item"}),
        ),
        Topic(
            "submit-plan",
            _("How does the plan get to the council?"),
            (
                _("Open the plan and complete what stands under [Missing]."),
                _(
                    "Go on to check it, read it once as the council will, and press [Submit to the commune "
                    "council]."
                ),
                _("Tell the clerk. The papers to print are made by themselves."),
            ),
            needs=frozenset({P.SUBMIT_PLAN}),
            pages=frozenset({"scorecards:plan", "scorecards:submit-plan"}),
        ),
        Topic(
            "plan-returned",
            _("The council returned the plan. What now?"),
            (
                _("Open the plan and read the council’s reason and remarks."),
                _("Correct it and press [Submit to the commune council] again: it becomes the next version."),
            ),
            needs=frozenset({P.SUBMIT_PLAN}),
            pages=frozenset({"scorecards:plan"}),
        ),
        Topic(
            "clerical",
            _("There is a slip of the pen in an approved plan. May I correct it?"),
            (
                _(
                    "Spelling, a name, a unit: yes. Open the action, press [Correct a word], write the right text "
                    "and why, press [Correct it]."
                ),
                _(
                    "The next print says what was corrected. Money, day, lead and the action itself need the "
                    "council."
                ),
            ),
            needs=frozenset({P.CORRECT_CLERICALLY}),
            pages=frozenset({"scorecards:correct-item", "scorecards:read-plan"}),
        ),
    ),
)
