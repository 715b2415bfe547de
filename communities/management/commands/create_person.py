"""`create_person`: the first administrator of a new server, and anybody else until they are invited by page."""

import sys
from getpass import getpass

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Model
from django.utils.translation import override

from accounts.roles import ROLES, Scope
from communities.models import Area, Cbo, Organisation, Programme, ServiceProvider
from communities.operations.people import create_person
from isaf_portal.lib.errors import Refused

# Option, where it is looked up, by what.
SCOPES = {
    Scope.PROGRAMME: (Programme, "pk"),
    Scope.ORGANISATION: (Organisation, "pk"),
    Scope.AREA: (Area, "code"),
    Scope.PROVIDER: (ServiceProvider, "pk"),
    Scope.CBO: (Cbo, "pk"),
}
LARGEST_ID = 2**63 - 1


class Command(BaseCommand):
    help = "Makes a person who can sign in and holds one role from today on. Asks for the password."

    def add_arguments(self, parser):
        parser.add_argument("name", help="full name")
        parser.add_argument("--email", default="")
        parser.add_argument("--phone", default="", help="such as 012345678 or +85512345678")
        parser.add_argument("--role", required=True, choices=list(ROLES))
        parser.add_argument("--programme", metavar="ID", help="for an NGO officer")
        parser.add_argument("--organisation", metavar="ID", help="for a facilitator or a donor viewer")
        parser.add_argument("--area", metavar="CODE", help="of a commune or district, such as 010201")
        parser.add_argument("--provider", metavar="ID", help="for a service provider")
        parser.add_argument("--cbo", metavar="ID", help="for a CBO representative")
        parser.add_argument("--language", default="km", choices=["km", "en"])
        parser.add_argument(
            "--password-stdin", action="store_true", help="read the password from the first line of the input"
        )

    def handle(self, *args, name, role, **options):
        scopes = {scope: self.found(scope, options[scope]) for scope in SCOPES if options[scope] is not None}
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else asked_twice()
        who = {key: options[key] for key in ("email", "phone", "language")}
        try:
            with override("en"):
                made = create_person(name=name, password=password, role=role, scopes=scopes, by=None, **who)
        except Refused as refusal:
            with override("en"):
                raise CommandError(str(refusal)) from refusal
        where = ", ".join(f"{scope} {options[scope]}" for scope in scopes) or "everywhere"
        self.stdout.write(
            f"{made.user.name} signs in with {made.user.email or made.user.phone} and is {role}, {where}."
        )

    def found(self, scope: Scope, wanted: str) -> Model:
        model, field = SCOPES[scope]
        is_id = wanted.isascii() and wanted.isdigit() and int(wanted) <= LARGEST_ID
        thing = model.objects.filter(**{field: wanted}).first() if is_id else None
        if thing is None:
            raise CommandError(f"There is no {scope} {wanted}.")
        return thing


def asked_twice() -> str:
    password = getpass("Password: ")
    if getpass("The same again: ") != password:
        raise CommandError("The two differ.")
    return password
