"""Meetings, scores, and a provider’s own part."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Meetings and scores"),
    (
        Topic(
            "write-meeting",
            _("How do I write down a scorecard meeting?"),
            (
                _("Press [My work], then the scorecard."),
                _("Write day, place, how people scored, how many came, women, young people."),
                _("Say in which groups people scored, and how many were in each."),
                _("Press [Save, then criteria]."),
            ),
            needs=frozenset({P.RECORD_MEETING, P.ENTER_COMMUNITY_TALLY}),
            pages=frozenset({"scorecards:meeting", "scorecards:round"}),
        ),
        Topic(
            "choose-criteria",
            _("How do I choose the criteria?"),
            (
                _("Tick those that the meeting chose, in the order of the paper. Five or six are best."),
                _("One of the meeting’s own goes under [Add the meeting's own criterion]: press [Add]."),
                _("Press [Save, then enter scores]."),
            ),
            needs=frozenset({P.CHOOSE_CRITERIA}),
            pages=frozenset({"scorecards:criteria"}),
        ),
        Topic(
            "enter-scores",
            _("How do I enter the scores?"),
            (
                _("Choose the group. Type from the paper how many people gave 1, 2, 3, 4 and 5."),
                _("Look at the end of each row: ✓ means that it adds up to the group."),
                _("Press [Save] and wait for the time beside it. Then go on with the next group."),
            ),
            needs=frozenset({P.ENTER_COMMUNITY_TALLY}),
            pages=frozenset({"scorecards:sheet"}),
        ),
        Topic(
            "left-early",
            _("What if people left before the end?"),
            (
                _("Write their number once, under [Left before the end]."),
                _("Rows may then be short by as many. Never make up the missing scores."),
            ),
            needs=frozenset({P.ENTER_COMMUNITY_TALLY}),
            pages=frozenset({"scorecards:sheet", "scorecards:meeting"}),
        ),
        Topic(
            "no-internet",
            _("What if there is no internet?"),
            (
                _("Carry on typing on the page that is open. Your numbers stay on this phone or laptop."),
                _(
                    "Do not sign out. When internet is back they are sent by themselves, until it says [All saved]."
                ),
            ),
            needs=frozenset({P.ENTER_COMMUNITY_TALLY, P.ENTER_SELF_ASSESSMENT}),
            pages=frozenset({"scorecards:sheet", "scorecards:self-assessment"}),
        ),
        Topic(
            "two-values",
            _("Two people typed different numbers. What now?"),
            (
                _("The row shows both values, with name and time. Nothing is lost."),
                _("Look at the paper and press the value that stands there."),
            ),
            needs=frozenset({P.ENTER_COMMUNITY_TALLY}),
            pages=frozenset({"scorecards:sheet"}),
        ),
        Topic(
            "write-reasons",
            _("How do I write the reasons?"),
            (
                _(
                    "Press [Reasons] under the sheet. Write in the people’s own words what is good, what is weak, "
                    "what they suggest."
                ),
                _("Write no names of persons: not who said it, and not of whom."),
                _("Press [Save]."),
            ),
            needs=frozenset({P.ENTER_COMMUNITY_TALLY}),
            pages=frozenset({"scorecards:reasons"}),
        ),
        Topic(
            "submit-scorecard",
            _("How do I hand in a scorecard?"),
            (
                _("Under the reasons stands what is missing. Press it and fill it in."),
                _("When nothing is missing press [Submit]."),
                _("Keep the paper sheet: the officer checks now and may ask you."),
            ),
            needs=frozenset({P.SUBMIT_SCORECARD}),
            pages=frozenset({"scorecards:reasons", "scorecards:submit-scorecard"}),
        ),
        Topic(
            "returned",
            _("A scorecard was returned to me. What do I do?"),
            (
                _("Press [My work], then the scorecard. Read the reason at the top."),
                _("Correct it with the paper in your hand and press [Submit] again."),
            ),
            needs=frozenset({P.SUBMIT_SCORECARD}),
            pages=frozenset({"scorecards:reasons", "scorecards:sheet", "home"}),
        ),
        Topic(
            "this-is-wrong",
            _("A locked scorecard is wrong. How is it corrected?"),
            (
                _("Open the scorecard and press [This is wrong]."),
                _("Write what is wrong and how you know it, without names. Press [Ask to reopen it]."),
                _("An officer decides. The answer stands in [My work] under [What became of what I asked]."),
            ),
            needs=frozenset({P.REQUEST_REOPENING}),
            pages=frozenset({"scorecards:results", "scorecards:ask-reopening", "scorecards:own-service"}),
        ),
        Topic(
            "results",
            _("How do I read the scores?"),
            (
                _("Open the round, then the provider. The worst criterion stands first."),
                _("Read face, word and number together, and how many were not satisfied."),
                _("[Opinions differ] means: the groups think differently. Ask why, do not take the middle."),
            ),
            needs=frozenset({P.SEE_SCORECARDS, P.SEE_LOCKED_SCORECARDS}),
            pages=frozenset({"scorecards:results", "scorecards:consolidation"}),
        ),
        Topic(
            "self-assessment",
            _("How does a provider score itself?"),
            (
                _("Sit together with your staff. In [My work] press the self-assessment."),
                _(
                    "Write how many staff score. For each criterion press the score on which you agree, from 1 to "
                    "5, and write why."
                ),
                _("You may stop and go on later: press [Save]."),
                _("When nothing is missing press [Submit]. Only then do you see what the people scored."),
            ),
            needs=frozenset({P.ENTER_SELF_ASSESSMENT}),
            pages=frozenset({"scorecards:self-assessment"}),
        ),
        Topic(
            "not-sure",
            _("Which score should we give ourselves?"),
            (
                _(
                    "The one that is true today, not the one you wish for. Nobody is punished for a low score."
                ),
                _("If you do not agree, let each say why, and write the reasons of both sides."),
            ),
            needs=frozenset({P.ENTER_SELF_ASSESSMENT}),
            pages=frozenset({"scorecards:self-assessment"}),
        ),
        Topic(
            "many-communes",
            _("We serve several communes. Do we score ourselves several times?"),
            (_("No. You do it once a year. It is shown in every commune that you serve."),),
            needs=frozenset({P.ENTER_SELF_ASSESSMENT}),
            pages=frozenset({"scorecards:self-assessment", "scorecards:own-service"}),
        ),
        Topic(
            "own-service",
            _("Where do I see the scores of my service?"),
            (
                _("In [My work] press [My service]."),
                _(
                    "You see the people’s score beside your own, and your agreed actions with the month in which "
                    "they are due."
                ),
            ),
            only=frozenset({"service_provider"}),
            pages=frozenset({"scorecards:own-service", "home"}),
        ),
        Topic(
            "prepare-answers",
            _("How do I prepare for the interface meeting?"),
            (
                _("Open [My service] and look at [Prepare your answers]: the points that come up."),
                _(
                    "Read the people’s reasons. Think for each: what can we do ourselves, and for what do we need "
                    "help?"
                ),
            ),
            only=frozenset({"service_provider"}),
            pages=frozenset({"scorecards:own-service"}),
        ),
    ),
)
