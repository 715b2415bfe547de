"""One commune with its round and a person of every role around it, for tests that walk through the pages."""

from dataclasses import dataclass

from accounts.models import User
from communities.models import Area, Cbo, Organisation, Programme, ServiceProvider
from scorecards.models import Round, Scorecard
from tests.factories import (
    give_role,
    make_commune,
    make_organisation,
    make_person,
    make_programme,
    make_provider,
    make_round,
    make_scorecard,
    make_village,
)


@dataclass
class World:
    commune: Area
    programme: Programme
    organisation: Organisation
    provider: ServiceProvider
    scoring_round: Round

    def person(self, role: str, **scopes) -> User:
        """Somebody who holds the role here, reading English."""
        fitting = {
            "facilitator": {"organisation": self.organisation, "area": self.commune},
            "ngo_officer": {"programme": self.programme},
            "service_provider": {"provider": self.provider},
            "cbo_representative": {"cbo": self._cbo} if role == "cbo_representative" else {},
            "donor_viewer": {"organisation": self.organisation},
            "administrator": {},
            "district_officer": {"area": self.commune.parent},
        }
        person = make_person(name=role.replace("_", " ").title())
        give_role(person=person, role=role, **(fitting.get(role, {"area": self.commune}) | scopes))
        return person

    def sitting(self, number: int = 1) -> Scorecard:
        """A planned sitting of the health centre in the village of that number."""
        village = make_village(commune=self.commune, number=number)
        return make_scorecard(scoring_round=self.scoring_round, provider=self.provider, village=village)

    def self_assessment(self) -> Scorecard:
        return make_scorecard(scoring_round=self.scoring_round, provider=self.provider, kind="self")

    def next_round(self, year: int) -> Round:
        return make_round(
            commune=self.commune, programme=self.programme, organisation=self.organisation, year=year
        )

    @property
    def _cbo(self) -> Cbo:
        return Cbo.objects.create(name_km="ក្រុមសន្សំ", name_en="Savings group", commune=self.commune)


def make_world(**round_fields) -> World:
    commune, organisation = make_commune(), make_organisation(name="Partner One")
    programme = make_programme(partners=[organisation])
    provider = make_provider(commune=commune)
    scoring_round = make_round(
        commune=commune, programme=programme, organisation=organisation, **round_fields
    )
    return World(commune, programme, organisation, provider, scoring_round)
