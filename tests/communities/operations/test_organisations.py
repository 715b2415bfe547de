"""Organisations: each once, and each found again by who made it."""

import pytest

from accounts.models import AuditEvent
from communities.models import Organisation
from communities.operations.fitness import OutOfReach, SettingRefused
from communities.operations.organisations import put_organisation
from tests.factories import make_person, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_person(role="administrator")


def test_an_officer_names_the_programme(administrator):
    programme = make_programme(is_practice=False)
    officer = make_person(role="ngo_officer", programme=programme)
    with pytest.raises(OutOfReach):
        put_organisation(kind="local_ngo", name_km="អង្គការ", by=officer)
    made = put_organisation(kind="local_ngo", name_km="អង្គការ", programme=programme, by=officer)
    assert made in Organisation.objects.visible_to(officer)


@pytest.mark.parametrize("wrong", [{"name_km": ""}, {"kind": "other"}])
def test_name_and_kind_are_needed(administrator, wrong):
    with pytest.raises(SettingRefused):
        put_organisation(**({"kind": "donor", "name_km": "ម្ចាស់ជំនួយ"} | wrong), by=administrator)


def test_a_name_stands_once_but_may_be_kept(administrator):
    made = put_organisation(kind="donor", name_km="ម្ចាស់ជំនួយ", by=administrator)
    with pytest.raises(SettingRefused):
        put_organisation(kind="donor", name_km="ម្ចាស់ជំនួយ", by=administrator)
    put_organisation(
        organisation=made, kind="government", name_km="ម្ចាស់ជំនួយ", short_name="MC", by=administrator
    )
    made.refresh_from_db()
    assert (made.kind, made.short_name, made.is_practice) == ("government", "MC", False)
    assert list(AuditEvent.objects.order_by("pk").values_list("verb", flat=True)) == [
        "communities.organisation.added", "communities.organisation.changed",
    ]  # fmt: skip
