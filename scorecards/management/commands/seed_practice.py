"""`seed_practice`: the practice commune, to try everything without touching real data."""

from django.core.management.base import BaseCommand

from scorecards.practice.loading import is_loaded, load_practice
from scorecards.practice.places import MAIL
from scorecards.practice.removal import remove_practice
from scorecards.practice.sign_ins import practice_password, renew_passwords, sign_ins

FIRST_STEPS = (
    "Sign in as facilitator@{mail} and enter the missing scores of Kumru 4; then complete the draft plan of Kumru,\n"
    "submit it, and go on as clerk@{mail} and chief@{mail}, who decide on it."
)


class Command(BaseCommand):
    help = "Loads the practice commune (province 00): invented people, two years of rounds, plans at every stage."

    def add_arguments(self, parser):
        only_one = parser.add_mutually_exclusive_group()
        only_one.add_argument(
            "--remove", action="store_true", help="takes all of it away; the audit trail stays"
        )
        only_one.add_argument("--show", action="store_true", help="prints the sign-ins and changes nothing")

    def handle(self, *args, remove, show, **options):
        if show:
            self._show()
        elif remove:
            removed = remove_practice()
            self.stdout.write(f"removed {sum(removed.values())} rows of {len(removed)} kinds")
        elif load_practice():
            self.stdout.write("The practice commune is loaded.")
        elif renew_passwords():
            self.stdout.write("The practice commune is there; its password is that of the new secret key.")
        else:
            self.stdout.write("The practice commune is there already; nothing was changed.")

    def _show(self) -> None:
        if not is_loaded():
            self.stdout.write("The practice commune is not loaded: manage.py seed_practice")
            return
        self.stdout.write(f"To practise, sign in with the password {practice_password()} as")
        rows = [(row.identifier, f"{row.role}, {row.where}" if row.where else row.role) for row in sign_ins()]
        width = max(len(identifier) for identifier, _ in rows)
        for identifier, role in rows:
            self.stdout.write(f"  {identifier:{width}}  {role}")
        self.stdout.write(FIRST_STEPS.format(mail=MAIL))
