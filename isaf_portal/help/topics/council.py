"""What the council reads, decides and follows up."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("The council"),
    (
        Topic(
            "print-papers",
            _("How do I print the plan for the session?"),
            (
                _("In [My work] press the plan, then [Papers of this version]."),
                _("Press [Download] beside the paper and print one for each councillor."),
                _("If it is still being made, wait a little and press [Look again]."),
            ),
            needs=frozenset({P.RECORD_DECISION}),
            pages=frozenset({"scorecards:documents", "scorecards:read-plan", "scorecards:document"}),
        ),
        Topic(
            "read-plan",
            _("How do I read the plan before the session?"),
            (
                _("In [My work] press [button|Read] beside the plan."),
                _("Each action says why it is proposed, what it costs, who leads and until when."),
                _("To read it as it will be signed, press [Open the paper]."),
            ),
            needs=frozenset({P.REMARK_ON_PLAN}),
            pages=frozenset({"scorecards:read-plan", "scorecards:plans"}),
        ),
        Topic(
            "mark-read",
            _("How do I remember what I have read?"),
            (
                _("Press [I have read it (only I see this)] under the action."),
                _("Nobody else sees your marks, and they are not a decision."),
            ),
            needs=frozenset({P.SEE_SUBMITTED_PLANS}),
            pages=frozenset({"scorecards:read-plan"}),
        ),
        Topic(
            "remark",
            _("How do I ask something about the plan?"),
            (
                _("Under the action press [Remark or question], write it, press [Send remark]."),
                _(
                    "The clerk or the facilitator answers. The answer stands under your question and in [My work]."
                ),
                _("Your name stands beside the remark."),
            ),
            needs=frozenset({P.REMARK_ON_PLAN}),
            pages=frozenset({"scorecards:read-plan"}),
        ),
        Topic(
            "answer-remark",
            _("A councillor asked something. How do I answer?"),
            (
                _(
                    "In [My work] press [button|Answer] beside the question. Write a short answer and press [Send "
                    "the answer]."
                ),
                _("Everybody who reads the plan sees question and answer."),
            ),
            needs=frozenset({P.ANSWER_REMARK}),
            pages=frozenset({"scorecards:read-plan", "scorecards:answer-remark"}),
        ),
        Topic(
            "record-decision",
            _("How do I record what the council decided?"),
            (
                _(
                    "After the session, with the minutes before you, press in [My work] what says that the decision "
                    "is to be recorded."
                ),
                _("Write the number and day of the session, how many were present, and what was decided."),
                _("Add a photo of the signed page and press [Record the decision]."),
                _("The chief confirms it. Until then you may still correct it."),
            ),
            needs=frozenset({P.RECORD_DECISION}),
            pages=frozenset({"scorecards:decision", "scorecards:read-plan"}),
        ),
        Topic(
            "older-version",
            _("The portal says that there is a newer version of the plan."),
            (
                _(
                    "A decision belongs to the version that lay on the table. Compare the number on the paper."
                ),
                _(
                    "If the council read an older one, bring the newest into the next session: press [Read the "
                    "newest]."
                ),
            ),
            needs=frozenset({P.RECORD_DECISION}),
            pages=frozenset({"scorecards:decision", "scorecards:read-plan"}),
        ),
        Topic(
            "after-session",
            _("Must I press anything to agree to the plan?"),
            (_("No. You decide in the session. The clerk writes down what the minutes say."),),
            needs=frozenset({P.REMARK_ON_PLAN}),
            pages=frozenset({"scorecards:read-plan"}),
        ),
        Topic(
            "confirm-decision",
            _("How do I confirm the decision of the council?"),
            (
                _(
                    "In [My work] press [button|Confirm] beside the decision. A councillor can do so only if the "
                    "council named them for it."
                ),
                _("Compare with the signed minutes: number, day, people present, decision."),
                _("If it says the same, press [Confirm]."),
            ),
            needs=frozenset({P.CONFIRM_DECISION}),
            pages=frozenset({"scorecards:confirm-decision", "scorecards:read-plan"}),
        ),
        Topic(
            "wrong-decision",
            _("What the clerk recorded is not right. What do I do?"),
            (
                _("Do not confirm. Tell the clerk what is different from the minutes."),
                _("The clerk corrects it, and it comes to you again."),
            ),
            needs=frozenset({P.CONFIRM_DECISION}),
            pages=frozenset({"scorecards:confirm-decision"}),
        ),
        Topic(
            "money",
            _("Is there enough money for the plan?"),
            (
                _(
                    "Beside the plan stands what is asked of the commune fund, the district, line offices and "
                    "others."
                ),
                _("An action without a cost is counted as not known yet. It is not free."),
            ),
            needs=frozenset({P.REMARK_ON_PLAN}),
            pages=frozenset({"scorecards:read-plan", "scorecards:decision"}),
        ),
        Topic(
            "read-approved",
            _("How do I see what was agreed in my commune?"),
            (
                _("Press [Action plans] and open the plan of the year."),
                _("For each action read what, where, who leads and in which month it ends."),
            ),
            needs=frozenset({P.SEE_SUBMITTED_PLANS}),
            pages=frozenset({"scorecards:read-plan", "scorecards:plans"}),
        ),
        Topic(
            "actions-due",
            _("How do I know which actions are due?"),
            (
                _("[My work] lists the [Agreed actions that end soon], the earliest first."),
                _(
                    "Go and look, and ask whoever leads it what is still needed. Bring it to the committee meeting."
                ),
            ),
            only=frozenset({"committee_member"}),
            pages=frozenset({"home"}),
        ),
        Topic(
            "workshop-list",
            _("What do the communes ask of the district?"),
            (
                _("In [My work] press [District workshop]: all actions asked of others, commune by commune."),
                _("Print it from the browser and bring it to the district integration workshop."),
            ),
            needs=frozenset({P.SEE_WORKSHOP_LIST}),
            pages=frozenset({"scorecards:workshop"}),
        ),
    ),
)
