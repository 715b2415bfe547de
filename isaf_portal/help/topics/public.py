"""What becomes public, and what a donor sees."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("What becomes public"),
    (
        Topic(
            "agreement",
            _("What has to be there before anything is published?"),
            (
                _(
                    "The commune agrees first. Open the round, press [What of it is public] and write down who "
                    "agreed, when and to what: [Record the agreement]."
                ),
                _("Scores also need the interface meeting, a plan the scan of the signed decision."),
            ),
            needs=frozenset({P.PUBLISH}),
            pages=frozenset({"scorecards:publication", "scorecards:record-agreement"}),
        ),
        Topic(
            "announce",
            _("How do I publish scores or a plan?"),
            (
                _(
                    "Open the round, press [What of it is public], then [Look and announce]. Read what everybody "
                    "will read and press [Announce it]."
                ),
                _("For seven days only those concerned see it and may reply. Then it is public by itself."),
            ),
            needs=frozenset({P.PUBLISH}),
            pages=frozenset({"scorecards:publication", "scorecards:announce"}),
        ),
        Topic(
            "withdraw",
            _("How do I take back what was published?"),
            (
                _(
                    "Open the round, press [What of it is public], then [Withdraw]. Write the reason and press "
                    "[Withdraw it]."
                ),
                _("It disappears from the public page at once. The reason is kept."),
            ),
            needs=frozenset({P.PUBLISH}),
            pages=frozenset({"scorecards:publication", "scorecards:withdraw-publication"}),
        ),
        Topic(
            "freeze",
            _("Nothing new may be published for some weeks. Where do I say so?"),
            (
                _(
                    "Press [menu|Settings], [Programmes], then the programme. Write from when until when nothing "
                    "new is published."
                ),
                _("What is announced in that time appears after its last day."),
            ),
            needs=frozenset({P.MANAGE_PROGRAMME}),
            pages=frozenset({"communities:programme", "scorecards:publication"}),
        ),
        Topic(
            "reply",
            _("Scores are about to be published. How do I reply?"),
            (
                _("In [My work] press the notice. It says until which day you can reply."),
                _("Write in a few sentences what you want the people to know, and press [Send the reply]."),
                _("Your reply stands beside the scores on the public page."),
            ),
            needs=frozenset({P.REPLY_PUBLICLY}),
            pages=frozenset(
                {"scorecards:reply-publication", "scorecards:own-service", "scorecards:publication"}
            ),
        ),
        Topic(
            "public-page",
            _("What can everybody see without signing in?"),
            (
                _(
                    "Only what was published under the commune’s agreement: scores of each provider, and what was "
                    "agreed."
                ),
                _("Never reasons, never names, never a group of fewer than five people."),
            ),
            pages=frozenset({"reports:commune", "scorecards:publication"}),
        ),
        Topic(
            "grant",
            _("What do I see of my grant?"),
            (
                _("In [My work] press the name of the grant."),
                _(
                    "You see its communes, how many people scored, how many scorecards are locked, and how many "
                    "actions were agreed and done."
                ),
            ),
            needs=frozenset({P.SEE_GRANTS}),
            pages=frozenset({"reports:grant"}),
        ),
        Topic(
            "hidden-groups",
            _("Why are some figures not shown?"),
            (
                _("A group of fewer than five people is hidden, so that nobody is recognised."),
                _("Sometimes a second figure is hidden too, since the first could be worked out from it."),
            ),
            needs=frozenset({P.SEE_GRANTS}),
            pages=frozenset({"reports:grant", "reports:commune"}),
        ),
        Topic(
            "figures-mean",
            _("What do the figures count?"),
            (
                _(
                    "People who scored are counted at each meeting. Whoever came to two meetings is counted twice."
                ),
                _("Only scorecards that were checked and locked are counted. Practice is never counted."),
            ),
            only=frozenset({"donor_viewer"}),
            pages=frozenset({"reports:grant"}),
        ),
    ),
)
