"""Getting in, and what everybody needs."""

from django.utils.translation import gettext_lazy as _

from isaf_portal.help.topic import Chapter, Topic

CHAPTER = Chapter(
    _("Getting in"),
    (
        Topic(
            "first-time",
            _("How do I get in for the first time?"),
            (
                _(
                    "Point the phone’s camera at the square on your invitation slip. Or open the address on the "
                    "slip and type your number and the code."
                ),
                _(
                    "Choose a password of at least ten signs, not digits alone. Two or three words are easy to "
                    "remember."
                ),
                _(
                    "Press [Keep the password and go in]. From then on you sign in with your phone number and this "
                    "password."
                ),
            ),
            pages=frozenset({"accounts:invitation", "accounts:sign-in"}),
        ),
        Topic(
            "sign-in",
            _("How do I sign in?"),
            (
                _("Type your phone number, such as 012 345 678, or your e-mail."),
                _(
                    "Type your password. Tick [Show the password] to read what you type: is the keyboard on Khmer "
                    "or on English?"
                ),
                _("Press [sign in|Enter]."),
            ),
            pages=frozenset({"accounts:sign-in"}),
        ),
        Topic(
            "forgotten",
            _("What if I forget my password?"),
            (
                _(
                    "Phone the person who invited you, or the help number. Ask for a one-hour code: six digits."
                ),
                _("On the page where you sign in, press [I have a code, or forgot my password]."),
                _(
                    "Type your phone number and the six digits, then a new password. The code works for one hour "
                    "and once only."
                ),
            ),
            pages=frozenset({"accounts:sign-in", "accounts:code", "accounts:new-password"}),
        ),
        Topic(
            "too-many",
            _("Why does it say that I tried too often?"),
            (
                _("The portal slows down whoever guesses passwords. Wait 15 minutes."),
                _("Then look at each sign that you type, or ask for a one-hour code."),
            ),
            pages=frozenset({"accounts:sign-in", "accounts:code"}),
        ),
        Topic(
            "second-step",
            _("Why does the portal ask for six more digits?"),
            (
                _(
                    "Your role sees what concerns many people. A second step protects it, even if somebody learns "
                    "your password."
                ),
                _("Open the authenticator app on your phone and type the six digits for I-SAF."),
                _("Phone lost? Type one of the recovery codes that you printed."),
            ),
            only=frozenset({"ngo_officer", "administrator"}),
            pages=frozenset({"accounts:second-step", "accounts:set-up-second-step"}),
        ),
        Topic(
            "change-password",
            _("How do I change my password?"),
            (
                _("Press your name at the top of the page. On a phone it stands under [Menu]."),
                _("Press [Change password]. Type the old password once and the new one twice."),
                _("Other phones and computers must then sign in again."),
            ),
            pages=frozenset({"accounts:account", "accounts:password"}),
        ),
        Topic(
            "language",
            _("How do I change between Khmer and English?"),
            (
                _("For one page: press the name of the other language at the top."),
                _("For always: press your name, choose the language, press [Use this language]."),
            ),
            pages=frozenset({"accounts:account"}),
        ),
        Topic(
            "shared-laptop",
            _("Several of us use one laptop. How do we change over?"),
            (
                _(
                    "Once for each person: sign in, press your name, then [Change person here with a short PIN]. "
                    "Choose four to six digits."
                ),
                _(
                    "To change over press the same link, then [Change person]. Choose your name and type your PIN."
                ),
                _(
                    "After five wrong PINs the laptop forgets you: sign in with your password. What others have not "
                    "sent yet stays where it is."
                ),
            ),
            pages=frozenset({"accounts:switch", "accounts:shared-device", "accounts:account"}),
        ),
        Topic(
            "sign-out",
            _("How do I leave, and what if my phone is lost?"),
            (
                _("Press your name, then [Sign out]. Always do so on a computer that is not yours."),
                _(
                    "If a phone is lost, change your password on another one at once: the lost one is then signed "
                    "out."
                ),
            ),
            pages=frozenset({"accounts:account"}),
        ),
        Topic(
            "find-work",
            _("Where do I see what waits for me?"),
            (
                _("Press [My work]. It is the first page after you sign in."),
                _("The box [Next step] is what to do now. Press its button."),
                _("Below stand the other things that wait, and by when."),
            ),
            pages=frozenset({"home"}),
        ),
        Topic(
            "states",
            _("What do draft, submitted, returned and locked mean?"),
            (
                _("[Draft]: still being written. [Submitted]: handed over, somebody checks it."),
                _("[Returned for correction]: read the reason, correct it, submit it again."),
                _("[Locked]: checked and closed. [Approved]: the council has agreed to the plan."),
            ),
            pages=frozenset({"home", "scorecards:rounds", "scorecards:round", "scorecards:plans"}),
        ),
        Topic(
            "not-mine",
            _("What if a page says that it is not among my tasks?"),
            (
                _("Press [My work]. What you can do stands there."),
                _(
                    "If something is missing, your role may have ended or hold for another place. Phone whoever "
                    "invited you."
                ),
            ),
            pages=frozenset({"home"}),
        ),
        Topic(
            "practise",
            _("Can I try things out without spoiling anything?"),
            (
                _(
                    "Press [Help] at the foot of any page, then [Open the practice copy]. You get an invented "
                    "commune of your own."
                ),
                _("A yellow line at the top says that you practise. Real data is not touched."),
                _("Press [Leave practice] to go back to your work."),
            ),
            pages=frozenset({"home", "help"}),
        ),
        Topic(
            "print-guide",
            _("How do I print the guide of my role?"),
            (
                _(
                    "Press [Help] at the foot of the page, then the name of your role under [Two-page guides]."
                ),
                _("Press [Open the PDF] and print it on both sides of one sheet. Black and white is enough."),
            ),
            pages=frozenset({"help", "guide"}),
        ),
        Topic(
            "who-may",
            _("Who may do what in the portal?"),
            (
                _("Open the page [Who may do what]: one line for each task, one column for each role."),
                _(
                    "Nobody checks their own work: who enters scores does not lock them, who records a decision "
                    "does not confirm it."
                ),
            ),
            pages=frozenset({"access-matrix", "home"}),
        ),
    ),
)
