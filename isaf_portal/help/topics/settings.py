"""Programmes, providers, criteria, groups, words."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Settings and groups"),
    (
        Topic(
            "count-members",
            _("How do I say how many members a group has?"),
            (
                _("In [My work] press [button|Count] beside the group."),
                _("Choose the year. Write all members, and how many of them are women."),
                _("Press [Save]."),
            ),
            needs=frozenset({P.COUNT_CBO}),
            pages=frozenset({"communities:cbo-year", "communities:cbos"}),
        ),
        Topic(
            "cbo-correct",
            _("I typed a wrong number. What now?"),
            (_("Open the group once more, write the right number for the same year, press [Save]."),),
            needs=frozenset({P.COUNT_CBO}),
            pages=frozenset({"communities:cbo-year"}),
        ),
        Topic(
            "cbo-safety",
            _("What does the portal know about our group, and who sees it?"),
            (
                _(
                    "Its name, commune and kind, and how many members it has. No names of members, no phone "
                    "numbers."
                ),
                _("The programme’s officers and facilitators see it; authorities and the public do not."),
            ),
            needs=frozenset({P.SEE_CBOS, P.COUNT_CBO}),
            pages=frozenset({"communities:cbo", "communities:cbos", "communities:cbo-year"}),
        ),
        Topic(
            "add-programme",
            _("How do I set up a programme?"),
            (
                _("Press [menu|Settings], [Programmes], [Add a programme]. Write name, years and rules."),
                _("Write the help number: it stands in everybody’s help and on the guides."),
                _("Press [Partners] and name the organisations. Only partners can open rounds."),
            ),
            needs=frozenset({P.MANAGE_PROGRAMME}),
            pages=frozenset({"communities:programmes", "communities:add-programme", "communities:programme"}),
        ),
        Topic(
            "key-words",
            _("Our programme says another word. How do I change it?"),
            (
                _("Press [menu|Settings], [Programmes], the programme, then [Key words]."),
                _(
                    "Write your word in Khmer and in English and press [Save]. It stands on pages and papers at "
                    "once."
                ),
            ),
            needs=frozenset({P.MANAGE_PROGRAMME}),
            pages=frozenset({"communities:key-words", "communities:programme"}),
        ),
        Topic(
            "add-provider",
            _("How do I add a school or a health centre?"),
            (
                _("Press [menu|Settings], [Service providers], [Add a service provider]."),
                _("Choose the service and the commune where it stands, and press [Save]."),
                _("If it serves more communes, open it and press [Communes served]."),
            ),
            needs=frozenset({P.MANAGE_PROVIDERS}),
            pages=frozenset({"communities:providers", "communities:add-provider", "communities:provider"}),
        ),
        Topic(
            "close-provider",
            _("A school was closed or added twice. What do I do?"),
            (
                _(
                    "Open it and press [Close it or bring it back]. Write its last day and press [Save the last "
                    "day]."
                ),
                _("Its scores of earlier years stay."),
            ),
            needs=frozenset({P.MANAGE_PROVIDERS}),
            pages=frozenset({"communities:provider", "communities:close-provider"}),
        ),
        Topic(
            "criteria-list",
            _("How do I change the list of criteria of a service?"),
            (
                _("Press [menu|Settings], [Services and criteria], then the service."),
                _(
                    "Press [Add a criterion], or [criterion|Retire] for one that is no longer offered. Scores of "
                    "earlier years stay."
                ),
            ),
            needs=frozenset({P.MANAGE_CRITERIA}),
            pages=frozenset(
                {"scorecards:criteria-lists", "scorecards:criteria-list", "scorecards:add-criterion"}
            ),
        ),
        Topic(
            "words-list",
            _("A Khmer word in the portal is wrong. What do I do?"),
            (
                _(
                    "Is it a key word, such as the name of a meeting? Change it under [Key words] of the programme."
                ),
                _(
                    "For all others press [Help], then [All words of the portal]. Print the list and write the "
                    "better word into the empty column."
                ),
                _("Send the sheets to whoever looks after the portal: the words come with the next release."),
            ),
            needs=frozenset({P.MANAGE_PROGRAMME}),
            pages=frozenset({"words"}),
        ),
    ),
)
