"""Who can sign in to practise, and with which password."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from accounts.models import User
from accounts.roles import ROLES
from scorecards.practice.places import PEOPLE, PLACES, PROVIDERS


@dataclass(frozen=True)
class SignIn:
    role: str
    where: str
    identifier: str
    password: str


def practice_password() -> str:
    """One password for all practice people, another in each installation: whoever runs this one can have it shown."""
    number = int(salted_hmac("scorecards.practice", "password", algorithm="sha256").hexdigest(), 16)
    digits = f"{number % 10**8:08}"
    return f"Kumru-{digits[:4]}-{digits[4:]}"


def sign_ins() -> Iterator[SignIn]:
    """Each practice person with the English name of the role and of the first place where it is held."""
    with override("en"):
        for person in PEOPLE:
            keys = set(person.where[0].values())
            names = [name.en for code, (_kind, name) in PLACES.items() if code in keys]
            names += [provider.name.en for provider in PROVIDERS if provider.key in keys]
            role, where = str(ROLES[person.role].name), ", ".join(names)
            yield SignIn(role, where, person.email, practice_password())


def renew_passwords() -> bool:
    """Give the practice people the password of this installation, if its secret key has become another one."""
    people = User.objects.filter(is_practice=True, email__in=[person.email for person in PEOPLE])
    kept = people.order_by("pk").values_list("password", flat=True)
    if any(check_password(practice_password(), each) for each in dict.fromkeys(kept)):
        return False
    return bool(people.update(password=make_password(practice_password())))
