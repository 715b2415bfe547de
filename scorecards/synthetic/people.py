"""People of the synthetic country beside those who enter, decide and check: one of every other role wherever it is held."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX

from accounts.models import User
from communities.enums import OrganisationKind
from communities.models import Assignment, Cbo, CboYear, Grant, Organisation, Programme

if TYPE_CHECKING:
    from scorecards.synthetic.country import Commune

MAIL = "synthetic.example"
BATCH = 2000


def make_people(logins: Sequence[str]) -> list[User]:
    """Accounts that nobody can sign in to."""
    people = [
        User(
            email=f"{login}@{MAIL}", name=f"Synthetic {login}", password=f"{UNUSABLE_PASSWORD_PREFIX}{login}"
        )
        for login in logins
    ]
    return User.objects.bulk_create(people, batch_size=BATCH)


def add_people(programme: Programme, communes: "Sequence[Commune]", began: date) -> None:
    """A councillor, a committee member and a savings group with its representative in each commune, somebody for each
    provider and each district, one donor who pays for all of it, one administrator.
    """
    groups = _groups(communes, began.year)
    providers = {provider.pk: provider for commune in communes for provider in commune.providers}
    districts = {commune.area.parent_id: commune.area.parent for commune in communes}
    donor = _donor(programme, communes, began)
    held = [(f"councillor{one.area.code}", "councillor", {"area": one.area}) for one in communes]
    held += [(f"committee{one.area.code}", "committee_member", {"area": one.area}) for one in communes]
    held += [(f"provider{pk}", "service_provider", {"provider": each}) for pk, each in providers.items()]
    held += [(f"cbo{group.commune_id}", "cbo_representative", {"cbo": group}) for group in groups]
    held += [(f"district{code}", "district_officer", {"area": area}) for code, area in districts.items()]
    held += [("donor", "donor_viewer", {"organisation": donor}), ("administrator", "administrator", {})]
    people = make_people([login for login, _role, _scopes in held])
    Assignment.objects.bulk_create(
        [
            Assignment(user=person, role=role, starts_on=began, **scopes)
            for person, (_login, role, scopes) in zip(people, held, strict=True)
        ],
        batch_size=BATCH,
    )


def _groups(communes: "Sequence[Commune]", year: int) -> list[Cbo]:
    groups = Cbo.objects.bulk_create(
        [
            Cbo(commune=one.area, kind="savings", name_km="ក្រុមសន្សំសំយោគ", name_en="Synthetic savings group")
            for one in communes
        ],
        batch_size=BATCH,
    )
    CboYear.objects.bulk_create(
        [CboYear(cbo=group, year=year, members_count=20, female_count=12) for group in groups],
        batch_size=BATCH,
    )
    return groups


def _donor(programme: Programme, communes: "Sequence[Commune]", began: date) -> Organisation:
    donor = Organisation.objects.create(
        kind=OrganisationKind.DONOR, name_km="ម្ចាស់ជំនួយសំយោគ", name_en="Synthetic donor"
    )
    grant = Grant.objects.create(donor=donor, programme=programme, starts_on=began)
    grant.communes.set([one.area for one in communes])
    return donor
