"""For whoever runs the server: somebody lost the telephone with the app, and no other administrator can help."""

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.operations.second_step import reset_second_step
from accounts.phones import parse_phone


class Command(BaseCommand):
    help = "Lets the person of this phone number or e-mail set up another app at the next sign-in."

    def add_arguments(self, parser):
        parser.add_argument("identifier", help="phone number or e-mail")

    def handle(self, *, identifier: str, **options):
        if "@" in identifier:
            person = User.objects.filter(email=identifier.lower()).first()
        else:
            person = User.objects.filter(phone=parse_phone(identifier) or "").first()
        if person is None:
            raise CommandError("Nobody signs in with this phone number or e-mail.")
        reset_second_step(person=person, by=None)
        self.stdout.write(f"{person.name} sets up another app at the next sign-in.")
