"""Taking the practice commune away leaves nothing of it but its trail."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import call_command

from accounts.models import AuditEvent, User
from communities.models import Area
from scorecards.models import ActionPlan, Document, PlanReading, Round
from scorecards.operations.corrections import correct_clerically
from scorecards.operations.council import mark_item_read
from scorecards.operations.publication import (
    announce_publication,
    record_agreement,
    reply_to_publication,
)
from scorecards.operations.standard_lists import load_standard_lists
from scorecards.practice.places import PEOPLE
from scorecards.practice.removal import remove_practice
from tests import factories

KEPT = {"accounts.AuditEvent", "accounts.User"}


def rows() -> dict[str, int]:
    """How many there are of each of our kinds."""
    ours = [
        model
        for model in apps.get_models()
        if model._meta.app_label in {"accounts", "communities", "scorecards"}
    ]
    return {model._meta.label: model._default_manager.count() for model in ours}


def run(*options: str) -> str:
    out = StringIO()
    call_command("seed_practice", *options, stdout=out)
    return out.getvalue()


def _publish_and_correct(plan: ActionPlan, *, by: User) -> None:
    record_agreement(
        commune=plan.commune, covers_scores=True, covers_plans=True, agreed_on=plan.approved_at.date(),
        agreed_by="session", by=by,
    )  # fmt: skip
    publication = announce_publication(scoring_round=plan.scoring_round, kind="scores", by=by)
    reply_to_publication(publication=publication, provider=None, text="ឃុំតាមដាន", by=by)
    correct_clerically(item=plan.items.first(), values={"unit": "ខ្នងថ្មី"}, reason="ខុស", by=by)


@pytest.mark.django_db
def test_removing_what_is_not_there_does_nothing():
    assert remove_practice() == {}
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_everything_goes_but_real_rows_the_lists_and_the_trail(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    load_standard_lists(by=None)
    real = factories.make_round(
        commune=factories.make_commune(code="010201"), programme=factories.make_programme(is_practice=False)
    )
    before = rows()
    assert run() == "The practice commune is loaded.\n"
    version = ActionPlan.objects.get(status="submitted").versions.get()
    mark_item_read(plan_version=version, item=version.plan.items.first(), is_read=True, by=real.opened_by)
    _publish_and_correct(ActionPlan.objects.get(status="approved"), by=version.frozen_by)
    paper = Document.objects.first()
    paper.file.save("paper.pdf", ContentFile(b"%PDF-"))
    # An administrator who practises may have done something real.
    admin = User.objects.get(email="admin@practice.example")
    Round.objects.filter(pk=real.pk).update(opened_by=admin)
    trail = AuditEvent.objects.count()

    with django_capture_on_commit_callbacks(execute=True):
        said = run("--remove")

    after = rows()
    assert said.startswith("removed ")
    assert {label: count for label, count in after.items() if label not in KEPT} == {
        label: count for label, count in before.items() if label not in KEPT
    }
    assert not PlanReading.objects.exists()
    assert not Area.objects.filter(code__startswith="00").exists()
    assert AuditEvent.objects.count() == trail + 1
    assert AuditEvent.objects.latest("pk").detail["closed_accounts"] == 1
    admin.refresh_from_db()
    assert not admin.is_active
    assert not admin.has_usable_password()
    assert User.objects.filter(is_practice=True).count() == 1
    assert not paper.file.storage.exists(paper.file.name)


@pytest.mark.django_db
def test_the_command_shows_the_sign_ins_once_it_is_loaded(monkeypatch):
    assert "not loaded" in run("--show")

    factories.make_programme()
    shown = run("--show")
    assert all(person.email in shown for person in PEOPLE)
    assert run() == "The practice commune is there already; nothing was changed.\n"
