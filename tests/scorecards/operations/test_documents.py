"""Papers of a version: asked for once, made once, whoever dies on the way."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import Heartbeat
from isaf_portal.lib import broker
from scorecards.models import Document
from scorecards.operations.documents import (
    ATTEMPTS_AT_MOST,
    LEASE,
    STORE_DOCUMENT,
    UnknownPaper,
    download_name,
    is_printing_service_answering,
    request_document,
    store_document,
    sweep_documents,
)
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.printing import UnknownPrint, render_plan
from tests.scorecards.plan_world import make_full_plan, make_world, trail
from tools.processes import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    plan = make_full_plan(make_world())
    return submit_action_plan(plan=plan, by=plan.drafted_by)


@pytest.fixture
def document(version):
    """The handout, which is the quickest to make."""
    return version.documents.get(kind="jaap_handout", language="en")


def ask(version, kind="jaap_handout", language="en") -> Document:
    return request_document(plan_version=version, kind=kind, language=language, by=version.frozen_by)


def leave_behind(document, *, seconds_ago: int, file: bytes = b"") -> str:
    """What a worker leaves that died so many seconds after its lease was over; perhaps half a file."""
    lease = "0f" * 16
    Document.objects.filter(pk=document.pk).update(
        state="running", lease=lease, lease_until=timezone.now() - timedelta(seconds=seconds_ago), attempts=1
    )
    name = f"documents/HND_000101_2027_v1_en-{lease[:12]}.pdf"
    if file:
        default_storage.save(name, ContentFile(file))
    return name


def stored_files() -> list[str]:
    return default_storage.listdir("documents")[1] if default_storage.exists("documents") else []


class TestAsking:
    @pytest.mark.parametrize(
        ("kind", "language"), [("poster", "km"), ("jaap_handout", "km-en"), ("jaap", "fr")]
    )
    def test_a_paper_that_there_is_not_is_refused(self, version, kind, language):
        with pytest.raises(UnknownPaper):
            ask(version, kind, language)

    def test_asking_twice_answers_the_same_row(
        self, version, document, django_capture_on_commit_callbacks, sent_tasks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            assert ask(version) == document
        assert version.documents.count() == 5
        assert sent_tasks() == []

    def test_one_that_failed_is_tried_again(
        self, version, document, django_capture_on_commit_callbacks, sent_tasks
    ):
        Document.objects.filter(pk=document.pk).update(state="failed", attempts=5, error="x")
        with django_capture_on_commit_callbacks(execute=True):
            again = ask(version)
        assert (again.pk, again.state, again.attempts, again.error) == (document.pk, "pending", 0, "")
        assert sent_tasks() == [(STORE_DOCUMENT, {"document_id": document.pk})]
        assert trail()[-1] == "document.requested"


class TestMaking:
    def test_a_row_that_is_gone_or_ready_is_left_alone(self, document):
        store_document(document_id=document.pk)
        document.refresh_from_db()
        made_at = document.ready_at
        store_document(document_id=document.pk)
        store_document(document_id=10**9)
        document.refresh_from_db()
        assert (document.ready_at, document.attempts, len(stored_files())) == (made_at, 1, 1)

    def test_what_another_worker_has_is_left_alone(self, document):
        leave_behind(document, seconds_ago=-60)
        store_document(document_id=document.pk)
        document.refresh_from_db()
        assert (document.state, document.attempts) == ("running", 1)
        assert stored_files() == []

    def test_the_file_is_kept_with_its_hash_under_a_latin_name(self, version, document):
        store_document(document_id=document.pk)
        document.refresh_from_db()
        content = document.file.read()
        assert content.startswith(b"%PDF-")
        assert (document.state, document.error, document.lease) == ("ready", "", None)
        assert (document.size, document.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert document.file.name.isascii()
        assert document.file.name.startswith("documents/HND_000101_2027_v1_en-")
        assert download_name(document) == "HND_000101_2027_v1_en.pdf"
        assert trail()[-1] == "document.stored"

    def test_the_same_version_gives_the_same_bytes(self, version, document):
        store_document(document_id=document.pk)
        document.refresh_from_db()
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            again = render_plan(
                content=version.content,
                kind=document.kind,
                language=document.language,
                document_id=document.pk,
            )
        assert hashlib.sha256(again).hexdigest() == document.sha256

    def test_after_a_dead_worker_it_is_made_once_and_half_a_file_is_cleared_away(self, document):
        half = leave_behind(document, seconds_ago=1, file=b"%PDF-half")
        store_document(document_id=document.pk)
        document.refresh_from_db()
        assert (document.state, document.attempts) == ("ready", 2)
        assert not default_storage.exists(half)
        assert len(stored_files()) == 1

    def test_a_failure_reaches_the_log_and_frees_the_row(self, document):
        Document.objects.filter(pk=document.pk).update(kind="poster")
        with pytest.raises(UnknownPrint):
            store_document(document_id=document.pk)
        document.refresh_from_db()
        assert (document.state, document.attempts, document.error) == ("pending", 1, "UnknownPrint")
        assert (document.lease, stored_files()) == (None, [])


class TestSweeping:
    def test_what_nobody_heard_is_handed_out_again(self, version, sent_tasks):
        sweep_documents()
        assert sent_tasks() == []
        with time_machine.travel(timezone.now() + timedelta(seconds=21)):
            sweep_documents()
        waiting = list(version.documents.order_by("pk").values_list("pk", flat=True))
        assert sent_tasks() == [(STORE_DOCUMENT, {"document_id": pk}) for pk in waiting]

    def test_what_a_dead_worker_had_is_handed_out_again(self, document, sent_tasks):
        Document.objects.exclude(pk=document.pk).delete()
        leave_behind(document, seconds_ago=-60)
        sweep_documents()
        assert sent_tasks() == []
        leave_behind(document, seconds_ago=1)
        sweep_documents()
        assert sent_tasks() == [(STORE_DOCUMENT, {"document_id": document.pk})]

    def test_what_failed_five_times_is_given_up_with_its_error(self, document, sent_tasks):
        Document.objects.exclude(pk=document.pk).delete()
        Document.objects.filter(pk=document.pk).update(attempts=ATTEMPTS_AT_MOST, error="UnknownPrint")
        with time_machine.travel(timezone.now() + LEASE * 2):
            sweep_documents()
            store_document(document_id=document.pk)
        document.refresh_from_db()
        assert (document.state, document.error) == ("failed", "not made in 5 attempts: UnknownPrint")
        assert (sent_tasks(), stored_files()) == ([], [])
        assert trail()[-1] == "document.given_up"

    def test_what_a_fifth_dead_worker_left_is_cleared_away(self, document):
        half = leave_behind(document, seconds_ago=1, file=b"%PDF-half")
        Document.objects.filter(pk=document.pk).update(attempts=ATTEMPTS_AT_MOST)
        sweep_documents()
        document.refresh_from_db()
        assert (document.state, document.lease) == ("failed", None)
        assert document.error == "not made in 5 attempts: the worker was stopped each time"
        assert not default_storage.exists(half)

    def test_a_fifth_attempt_under_way_is_let_finish(self, document):
        leave_behind(document, seconds_ago=-60)
        Document.objects.filter(pk=document.pk).update(attempts=ATTEMPTS_AT_MOST)
        sweep_documents()
        document.refresh_from_db()
        assert document.state == "running"


class TestTheService:
    def test_without_a_worker_it_does_not_answer(self):
        assert not is_printing_service_answering()
        Heartbeat.objects.create(name=broker.WORKER, beat_at=timezone.now() - timedelta(seconds=101))
        assert not is_printing_service_answering()

    def test_with_a_worker_and_a_broker_it_answers(self):
        Heartbeat.objects.create(name=broker.WORKER, beat_at=timezone.now())
        assert is_printing_service_answering()

    def test_without_a_broker_it_does_not_answer(self, settings):
        Heartbeat.objects.create(name=broker.WORKER, beat_at=timezone.now())
        settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
        assert not is_printing_service_answering()
