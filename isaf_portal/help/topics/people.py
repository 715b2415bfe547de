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
                    "Write name and phone number, choose the role and the place. You see only the roles that you "
                    "may give."
                ),
                _(
                    "Print the slip or show its code, and give it into the person’s own hand. It works for 14 days."
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
                _("Press [menu|People], find the name, press [One-hour code]."),
                _(
                    "Read the six digits out on the phone, or print the slip. Never send them to a group. They are "
                    "shown once."
                ),
            ),
            needs=frozenset({P.INVITE_PEOPLE}),
            pages=frozenset({"communities:people", "communities:person"}),
        ),
        Topic(
            "end-role",
            _("Somebody leaves. How do I end a role?"),
            (
                _("Press [menu|People], then the name."),
                _("Write the last day and press [End this role]."),
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
                _("Press [May confirm decisions]."),
            ),
            needs=frozenset({P.MANAGE_PEOPLE}),
            pages=frozenset({"communities:person"}),
        ),
        Topic(
            "recycled-phone",
            _("A phone number now belongs to somebody else. What do I do?"),
            (
                _("Press [menu|People], then the name of the earlier owner."),
                _("Press [Release the phone number]. The earlier owner can no longer sign in with it."),
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
                    "Press [menu|People] and find the commune, then press [End the council’s term] and write its "
                    "last day."
                ),
                _("Invite the new councillors. Whoever stays in office signs in as before."),
            ),
            needs=frozenset({P.MANAGE_PEOPLE}),
            pages=frozenset({"communities:people"}),
        ),
        Topic(
            "first-day",
            _("The portal is new. Where do I begin?"),
            (
                _(
                    "[My work] shows a list for the first day: programme, organisation, places, providers, people, "
                    "first round."
                ),
                _("Go through it from top to bottom. What is done is ticked by itself."),
            ),
            needs=frozenset({P.MANAGE_PEOPLE}),
            pages=frozenset({"home", "communities:settings"}),
        ),
    ),
)
