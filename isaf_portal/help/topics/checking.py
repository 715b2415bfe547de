"""What an officer checks."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Checking"),
    (
        Topic(
            "check-scorecard",
            _("How do I check and lock a scorecard?"),
            (
                _("Press [Scorecards to check], then [button|Check] beside the oldest."),
                _(
                    "Read the scores by group, what the system found, and every reason: none may name a person."
                ),
                _("If it is right, tick that you read the reasons and press [Correct: lock]."),
                _("If not, write what to correct and press [Return with reason]."),
            ),
            needs=frozenset({P.LOCK_SCORECARD}),
            pages=frozenset({"scorecards:review-queue", "scorecards:check"}),
        ),
        Topic(
            "odd",
            _("The system says that something looks odd. Is it wrong?"),
            (
                _(
                    "Not always. It points to rows that are the same, to groups that are missing, to everybody "
                    "giving one score."
                ),
                _("Phone the facilitator and compare with the paper. Lock it if the paper says the same."),
            ),
            needs=frozenset({P.LOCK_SCORECARD}),
            pages=frozenset({"scorecards:check", "scorecards:review-queue"}),
        ),
        Topic(
            "decide-reopening",
            _("Somebody asks to reopen a scorecard. What do I do?"),
            (
                _("Press [Scorecards to check] and read the request under [Asked to reopen]."),
                _("Press [Reopen], or write an answer and press [Keep locked]."),
                _("After reopening the facilitator corrects it, and it comes to you once more."),
            ),
            needs=frozenset({P.DECIDE_REOPENING}),
            pages=frozenset({"scorecards:review-queue", "scorecards:decide-reopening"}),
        ),
        Topic(
            "reminders",
            _("How do I remind those who are late?"),
            (
                _("Press [Scorecards to check], then [Messages to send]: who did nothing for 7 or 15 days."),
                _("Press [text|Copy] and paste the message into the phone’s messages."),
                _("Or print the [List of calls, to print] and phone one after another."),
            ),
            needs=frozenset({P.LOCK_SCORECARD}),
            pages=frozenset({"scorecards:reminders", "scorecards:reminder-calls", "scorecards:review-queue"}),
        ),
    ),
)
