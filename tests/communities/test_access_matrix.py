"""Every address of the settings and every role in one table; the signs are those of tests/test_access_matrix.py.

The lists of services, criteria and providers are one for all programmes, so an officer elsewhere keeps them too.
"""

from dataclasses import dataclass

import pytest
from django.urls import reverse

from accounts.models import User
from communities.models import (
    Area,
    Cbo,
    Facilitator,
    Organisation,
    Programme,
    ProgrammeOrganisation,
    ServiceProvider,
)
from communities.urls import urlpatterns
from scorecards.models import Criterion
from scorecards.urls import urlpatterns as scorecard_patterns
from tests.factories import (
    make_commune,
    make_criterion,
    make_meeting,
    make_programme,
    make_provider,
    make_round,
    make_scorecard,
)
from tests.test_access_matrix import ELSEWHERE, ROLES_IN_ORDER, scopes_elsewhere, sign_of, somebody

pytestmark = pytest.mark.django_db

# In the order of ROLES_IN_ORDER: facilitator, officer, clerk, councillor, chief, committee, provider, CBO, district,
# donor, administrator.
MATRIX = """
settings          -               + + + + + + + + + + +
programmes        -               x + x x x x x x x x +
add-programme     -               x x x x x x x x x x +
programme         programme       . + . . . . . . . . +
key-words         programme       . + . . . . . . . . +
partners          programme       . + . . . . . . . . +
programme-scale   programme       . + . . . . . . . . +
leave-programme   partner         . + . . . . . . . . +
organisations     -               x + x x x x x x x x +
add-organisation  -               x + x x x x x x x x +
organisation      organisation    . + . . . . . . . . +
providers         -               x + x x x x x x x x +
add-provider      -               x + x x x x x x x x +
provider          provider        . + . . . . . . . . +
catchment         provider        . + . . . . . . . . +
close-provider    provider        . + . . . . . . . . +
bring-back-provider provider      . + . . . . . . . . +
facilitators      -               + + x x x x x x x x x
add-facilitator   -               + + x x x x x x x x x
facilitator       facilitator     + + . . . . . . . . .
cbos              -               + + x x x x x + x x x
add-cbo           -               + + x x x x x x x x x
cbo               cbo             + + . . . . . x . . .
cbo-year          cbo             + + . . . . . + . . .
people            -               x + + x x x x x + x +
invite            -               x + + x x x x x + x +
person            councillor      . + + . . . . . + . +
hand-over         councillor      . + + . . . . . + . +
end-role          councillor      . + + . . . . . + . +
name-delegate     councillor      . + + . . . . . + . +
release-phone     councillor      . x x . . . . . x . +
reset-second-step councillor      . x x . . . . . x . +
end-term          commune         . + . . . . . . + . +
criteria-lists    -               x + x x x x x x x x +
add-service       -               x + x x x x x x x x +
service           service         . + . . . . . . . . +
criteria-list     service         . + . . . . . . . . +
add-criterion     service         . + . . . . . . . . +
criterion         criterion       . + . . . . . . . . +
move-criterion    criterion       . + . . . . . . . . +
retire-criterion  criterion       . + . . . . . . . . +
restore-criterion criterion       . + . . . . . . . . +
"""
FOR_EVERY_OFFICER = {"provider", "service", "criterion"}
OF_SCORECARDS = {
    pattern.name for pattern in scorecard_patterns if str(pattern.pattern).startswith("settings/")
}


@dataclass
class World:
    programme: Programme
    partner: ProgrammeOrganisation
    organisation: Organisation
    provider: ServiceProvider
    facilitator: Facilitator
    cbo: Cbo
    criterion: Criterion
    commune: Area
    people: dict[str, User]
    strangers: dict[str, User]

    @property
    def service(self):
        return self.provider.service_type

    @property
    def councillor(self):
        return self.people["councillor"].assignments.get()


@pytest.fixture
def world() -> World:
    commune = make_commune()
    provider = make_provider(commune=commune)
    scoring_round = make_round(commune=commune)
    make_meeting(scorecard=make_scorecard(scoring_round=scoring_round, provider=provider))
    organisation = scoring_round.organisation
    organisation.is_practice = True
    organisation.save()
    cbo = Cbo.objects.create(name_km="ក្រុមយុវជន", commune=commune, kind="youth")
    scopes = {
        "programme": scoring_round.programme, "organisation": organisation, "area": commune, "provider": provider,
        "cbo": cbo,
    }  # fmt: skip
    return World(
        programme=scoring_round.programme,
        partner=organisation.programmes.get(),
        organisation=organisation,
        provider=provider,
        facilitator=Facilitator.objects.create(organisation=organisation, name="Dara", base_commune=commune),
        cbo=cbo,
        criterion=make_criterion(service=provider.service_type),
        commune=commune,
        people={role: somebody(role, scopes) for role in ROLES_IN_ORDER},
        strangers={role: somebody(role, scopes_elsewhere()) for role in ELSEWHERE},
    )


def rows() -> list[tuple[str, str, str]]:
    found = [line.split() for line in MATRIX.strip().splitlines()]
    return [(name, thing, "".join(signs)) for name, thing, *signs in found]


def address(world: World, name: str, thing: str) -> str:
    app = "scorecards" if name in OF_SCORECARDS else "communities"
    return reverse(f"{app}:{name}", args=[] if thing == "-" else [getattr(world, thing).pk])


def test_who_comes_in(client, world):
    found = {
        (name, thing): "".join(
            sign_of(client, world.people[role], address(world, name, thing)) for role in ROLES_IN_ORDER
        )
        for name, thing, _signs in rows()
    }
    assert found == {(name, thing): signs for name, thing, signs in rows()}


def test_outside_ones_scope_a_page_does_not_exist(client, world):
    found = {
        (name, thing, role)
        for name, thing, _signs in rows()
        for role, person in world.strangers.items()
        if thing != "-"
        and not (role == "ngo_officer" and thing in FOR_EVERY_OFFICER)
        and sign_of(client, person, address(world, name, thing)) != "."
    }
    assert not found


def test_practice_reaches_practice_alone(client, world):
    """The officer of a practice programme and a practice administrator find nothing of real work."""
    real = make_programme(name="កម្មវិធីពិត", is_practice=False)
    provider = make_provider(commune=make_commune(code="010201"))
    practising = somebody("administrator", {})
    practising.is_practice = True
    practising.save()
    assert (
        sign_of(client, world.people["administrator"], reverse("communities:programme", args=[real.pk]))
        == "+"
    )
    assert sign_of(client, practising, reverse("communities:programme", args=[real.pk])) == "."
    for person in (practising, world.people["ngo_officer"]):
        assert sign_of(client, person, reverse("communities:provider", args=[provider.pk])) == "."


def test_a_stranger_is_led_to_the_door(client, world):
    for name, thing, _signs in rows():
        answer = client.get(address(world, name, thing))
        assert answer.status_code == 302, name
        assert "/sign-in/" in answer.url, name


def test_the_table_holds_every_address():
    assert {pattern.name for pattern in urlpatterns} | OF_SCORECARDS == {name for name, _t, _s in rows()}
