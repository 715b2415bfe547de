"""The year of a round."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Planning the year"),
    (
        Topic(
            "plan-year",
            _("How do I open the rounds of many communes at once?"),
            (
                _("Press [Annual rounds], then [Plan the year]."),
                _("Choose programme, organisation and year, tick the communes, write the planned days."),
                _(
                    "Press [Open the rounds]. If one commune cannot be opened, none is, and the page says which and "
                    "why."
                ),
            ),
            needs=frozenset({P.OPEN_ROUND}),
            pages=frozenset({"scorecards:rounds", "scorecards:plan-year", "scorecards:open-round"}),
        ),
        Topic(
            "plan-round",
            _("How do I say which villages score which provider?"),
            (
                _("Open the round and press [Plan the scorecards]."),
                _(
                    "Tick a box for each village that scores a provider: at least two villages a provider, one of "
                    "them far away. Write the day."
                ),
                _("Press [Save the plan]. A scorecard that nobody has begun can be taken out again."),
            ),
            needs=frozenset({P.OPEN_ROUND}),
            pages=frozenset({"scorecards:plan-round", "scorecards:plan-scorecard", "scorecards:round"}),
        ),
        Topic(
            "last-year",
            _("Must I tick everything again each year?"),
            (
                _(
                    "No. Press [Same as last year]: the same providers and villages are planned, without days."
                ),
                _("Then write the days and change what is different this year."),
            ),
            needs=frozenset({P.OPEN_ROUND}),
            pages=frozenset({"scorecards:plan-round"}),
        ),
        Topic(
            "assign-facilitator",
            _("How do I say who enters which scorecard?"),
            (
                _("Open the round and press [Plan the scorecards]."),
                _(
                    "Choose a person under [Who enters the scores] and press [Save the plan]. The scorecard then "
                    "stands in that person’s work."
                ),
            ),
            needs=frozenset({P.OPEN_ROUND}),
            pages=frozenset({"scorecards:plan-round"}),
        ),
        Topic(
            "calendar",
            _("Where do I see all days of the year?"),
            (
                _("Open the round and press [Calendar]. Each step has its day and the days that are left."),
                _(
                    "A warning says early when something comes too late, such as the council after the preparation "
                    "of the CIP begins."
                ),
            ),
            needs=frozenset({P.SEE_ROUNDS}),
            pages=frozenset({"scorecards:calendar", "scorecards:round-dates", "scorecards:round"}),
        ),
        Topic(
            "put-off",
            _("A meeting cannot take place. What do I do?"),
            (
                _("Open the round, press [Calendar] and find the meeting."),
                _(
                    "Press [Put off] and write the reason, and the new day if you know it. If it will not be held "
                    "at all, press [Cancel the meeting]."
                ),
                _("The old day and the reason stay in the calendar, so that everybody understands."),
            ),
            needs=frozenset({P.RECORD_MEETING}),
            pages=frozenset(
                {
                    "scorecards:calendar",
                    "scorecards:put-off-meeting",
                    "scorecards:cancel-meeting",
                    "scorecards:plan-meeting",
                }
            ),
        ),
        Topic(
            "plan-meeting",
            _("How do I plan and record other meetings, such as I4C or the committee?"),
            (
                _("Open the round, press [Calendar], then [Plan a meeting]. Choose the kind and the day."),
                _("After it press [meeting|Record] beside the meeting and write who came."),
            ),
            needs=frozenset({P.RECORD_MEETING}),
            pages=frozenset({"scorecards:calendar", "scorecards:plan-meeting", "scorecards:hold-meeting"}),
        ),
        Topic(
            "change-dates",
            _("How do I change the days of a round, or stop it for a while?"),
            (
                _(
                    "Open the round, press [Calendar], then [Days of the round]. A day that stood already needs a "
                    "reason."
                ),
                _(
                    "To stop for a while press [Postpone the round] and write why. It goes on when you press "
                    "[Resume the round]."
                ),
            ),
            needs=frozenset({P.OPEN_ROUND}),
            pages=frozenset({"scorecards:round-dates", "scorecards:calendar"}),
        ),
    ),
)
