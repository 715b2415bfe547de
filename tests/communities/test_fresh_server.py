"""From an empty database to a planned scorecard, through the command and the pages alone: no practice data, no help."""

import io

import pytest
import time_machine
from django.core.management import call_command

from accounts.models import AuditEvent, User
from communities.models import Organisation, Programme, ServiceProvider, ServiceType
from scorecards.models import Round, Scorecard
from tests.factories import make_commune, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, monkeypatch):
    def make(name: str, *arguments: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO("lotus-river-7\n"))
        call_command(
            "create_person", name, "--email", f"{name}@example.org", *arguments, "--password-stdin",
            stdout=io.StringIO(),
        )  # fmt: skip
        client.force_login(User.objects.get(name=name))

    return make


def test_a_real_programme_starts(client, signed_in):
    call_command("load_standard_lists", stdout=io.StringIO())
    village = make_village(commune=make_commune(code="010201"))
    with time_machine.travel("2026-03-02 09:00+07:00", tick=False):
        signed_in("admin", "--role", "administrator")
        setting = {
            "name_km": "កម្មវិធី", "first_year": "2026", "small_group_minimum": "5", "gap_flag": "1",
            "youth_from_age": "15", "youth_to_age": "30", "confirmations_needed": "1",
        }  # fmt: skip
        client.post("/en/settings/programmes/add/", setting)
        programme = Programme.objects.get()
        partner = {"kind": "local_ngo", "name_km": "ដៃគូ", "programme": programme.pk}
        client.post("/en/settings/organisations/add/", partner)

        signed_in("officer", "--role", "ngo_officer", "--programme", str(programme.pk))
        service = ServiceType.objects.get(code="HC")
        provider = {"service_type": service.pk, "name_km": "មណ្ឌល", "located_in": "010201"}
        client.post("/en/settings/providers/add/", provider)
        opened = {
            "commune": "010201", "programme": programme.pk, "organisation": Organisation.objects.get().pk,
            "year": "2026",
        }  # fmt: skip
        client.post("/en/rounds/open/", opened)
        scoring_round = Round.objects.get()
        planned = {
            "kind": "community", "provider": ServiceProvider.objects.get().pk, "village": village.pk
        }  # fmt: skip
        client.post(f"/en/rounds/{scoring_round.pk}/scorecards/add/", planned)
    assert Scorecard.objects.get().village == village
    assert not programme.is_practice
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True))[1:] == [
        "communities.person.created",
        "communities.programme.added",
        "communities.programme.joined",
        "communities.organisation.added",
        "communities.person.created",
        "communities.provider.added",
        "scorecards.round.opened",
        "scorecards.scorecard.planned",
    ]
