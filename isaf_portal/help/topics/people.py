"""Inviting others and helping them back in."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission as P
from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Helping others in"),
    (
        Topic(
            "invite",
            _("How do I invite a person?"),
            (
                _("Press [menu|People], then [Invite a person]."),
                _(
                    "Choose the role, then write name, phone number and place. You see only the roles that you may "
                    "give."
                ),
                _(
                    "Press [Make an invitation slip], then [Print the slip]. Give it into the person’s own hand: it "
                    "works for 14 days."
                ),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:people", "communities:invite"}),
        ),
        Topic(
            "give-code",
            _("Somebody forgot the password. How do I help?"),
            (
                _("Make sure who it is: see the person, or know the voice."),
                _(
                    "Press [menu|People], find the name, press [One-hour code]. For a person who never came in it "
                    "is [Invite again]."
                ),
                _(
                    "Read the six digits out on the phone, or print the slip. Never send them to a group. They are "
                    "shown once."
                ),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:people", "communities:person", "communities:hand-over"}),
        ),
        Topic(
            "end-role",
            _("Somebody leaves. How do I end a role?"),
            (
                _("Press [menu|People], then the name."),
                _("Under [End this role] write the last day and press the button below it."),
                _("Nothing is deleted: what the person wrote keeps their name."),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:person", "communities:people"}),
        ),
        Topic(
            "delegate",
            _("The council named somebody to confirm in the chief’s place. Where do I say so?"),
            (
                _("Press [menu|People], then the name of that councillor."),
                _("Under [Named by the council] press [Confirms decisions]."),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:person"}),
        ),
        Topic(
            "recycled-phone",
            _("A phone number now belongs to somebody else. What do I do?"),
            (
                _("Press [menu|People], then the name of the earlier owner."),
                _(
                    "Under [The number belongs to somebody else now] press the button. The earlier owner no longer "
                    "signs in with it."
                ),
                _("Now invite the new owner with this number."),
            ),
            needs=frozenset({P.MANAGE_PEOPLE}),
            pages=frozenset({"communities:person", "communities:invite"}),
        ),
        Topic(
            "council-term",
            _("A new council took office. What do I do?"),
            (
                _(
                    "Press [menu|People], the name of somebody of the old council, then [The term of the whole "
                    "council ends]. Write the last day and press [End the term]."
                ),
                _("Invite the new councillors. Whoever stays in office signs in as before."),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:people", "communities:end-term"}),
        ),
        Topic(
            "first-day",
            _("The portal is new. Where do I begin?"),
            (
                _(
                    "[My work] shows [The first day]: programme, organisation, places, providers, people, first "
                    "round."
                ),
                _("Go through it from top to bottom. What is done is ticked by itself."),
            ),
            needs=frozenset({P.MANAGE_PEOPLE}),
            pages=frozenset({"home", "communities:settings"}),
        ),
    ),
)
