"""Papers made by a real worker: through a stopped broker, after a killed worker, by two at once."""

import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.conf import settings as django_settings
from django.db import close_old_connections, connection
from django.utils import timezone

from accounts.models import AuditEvent
from isaf_portal.celery import app
from isaf_portal.lib import broker
from scorecards.models import Document, Round
from scorecards.operations.action_plans import PlanExists, draft_action_plan
from scorecards.operations.documents import SWEEP_DOCUMENTS, request_document, store_document
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.printing import render_plan
from tests.scorecards.plan_world import make_full_plan, make_world
from tools.processes import free_port, is_listening, start, stop

HANDOUT = {"kind": "jaap_handout", "language": "en"}


class Broker:
    """A Redis of the test's own, which can be stopped and started."""

    def __init__(self, folder: Path):
        self.folder, self.port = folder, free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self._process = None

    def start(self) -> None:
        self._process = start(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder],
            log=self.folder / "redis.log",
        )  # fmt: skip
        while not is_listening(self.port):
            time.sleep(0.05)

    def stop(self) -> None:
        stop(self._process)


@pytest.fixture
def own_broker(tmp_path):
    """In the place of the one that other tests share."""
    kept = app.conf.broker_url
    own = Broker(tmp_path)
    own.start()
    use(own.address)
    yield own
    use(kept)
    own.stop()


def use(address: str) -> None:
    """Connections are kept by address, so this process must forget which it used."""
    app.conf.broker_url = address
    app._pool = app.amqp._producer_pool = None


def files() -> list[str]:
    folder = Path(django_settings.MEDIA_ROOT) / "documents"
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def all_ready() -> bool:
    return not Document.objects.exclude(state="ready").exists()


def sweep() -> None:
    """What the timetable does every thirty seconds."""
    assert broker.publish(SWEEP_DOCUMENTS, [{}])


def make_wait(*, seconds: int) -> None:
    """As if so much time had passed since the papers were asked for and taken."""
    past = timedelta(seconds=seconds)
    for document in Document.objects.exclude(state="ready"):
        Document.objects.filter(pk=document.pk).update(
            requested_at=document.requested_at - past,
            lease_until=document.lease_until - past if document.lease_until else None,
        )


@pytest.mark.worker
def test_a_plan_is_submitted_while_the_broker_is_stopped_and_printed_when_it_is_back(own_broker, live_worker):
    plan = make_full_plan(make_world())
    own_broker.stop()
    begin = time.monotonic()
    version = submit_action_plan(plan=plan, by=plan.drafted_by)
    assert time.monotonic() - begin < 2 + 2
    assert set(version.documents.values_list("state", flat=True)) == {"pending"}

    own_broker.start()
    make_wait(seconds=21)
    sweep()
    live_worker.wait_until(all_ready, seconds=90)
    assert len(files()) == 5
    for document in version.documents.all():
        assert hashlib.sha256(document.file.read()).hexdigest() == document.sha256
    handout = version.documents.get(**HANDOUT)
    again = render_plan(content=version.content, **HANDOUT, document_id=handout.pk)
    assert hashlib.sha256(again).hexdigest() == handout.sha256


@pytest.mark.worker
def test_a_worker_killed_in_the_middle_of_a_paper_leaves_it_to_be_made_once(live_worker):
    plan = make_full_plan(make_world())
    version = submit_action_plan(plan=plan, by=plan.drafted_by)
    running = version.documents.filter(state="running")
    live_worker.wait_until(running.exists)
    live_worker.kill()
    (cut_off,) = running

    live_worker.start()
    make_wait(seconds=300)
    sweep()
    live_worker.wait_until(all_ready, seconds=60)
    cut_off.refresh_from_db()
    assert cut_off.attempts == 2
    assert len(files()) == 5
    stored = AuditEvent.objects.filter(verb="scorecards.document.stored", object_id=str(cut_off.pk))
    assert stored.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_workers_make_one_file():
    plan = make_full_plan(make_world())
    version = submit_action_plan(plan=plan, by=plan.drafted_by)
    document = request_document(plan_version=version, **HANDOUT, by=plan.drafted_by)
    both(lambda: store_document(document_id=document.pk))
    document.refresh_from_db()
    assert (document.state, document.attempts, len(files())) == ("ready", 1, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_that_take_over_from_a_dead_worker_make_one_file():
    plan = make_full_plan(make_world())
    version = submit_action_plan(plan=plan, by=plan.drafted_by)
    document = version.documents.get(**HANDOUT)
    Document.objects.filter(pk=document.pk).update(
        state="running", lease="0f" * 16, lease_until=timezone.now() - timedelta(seconds=1), attempts=1
    )
    both(lambda: store_document(document_id=document.pk))
    document.refresh_from_db()
    assert (document.state, document.attempts, len(files())) == ("ready", 2, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_the_same_moment_make_one_plan():
    world = make_world()
    other = Round.objects.create(
        programme=world.programme, organisation=world.organisation, commune=world.commune, year=2027,
        opened_at=timezone.now(), opened_by=world.facilitator,
    )  # fmt: skip
    rounds = iter([world.scoring_round, other])

    def draft() -> str:
        try:
            return str(draft_action_plan(scoring_round=next(rounds), plan_year=2027, by=world.facilitator))
        except PlanExists:
            return "refused"

    assert sorted(both(draft)) == sorted(
        [str(world.scoring_round.action_plans.first() or other.action_plans.get()), "refused"]
    )


def both(act) -> list:
    """Done twice, in the same moment."""
    barrier = Barrier(2)

    def one(_which: int):
        close_old_connections()
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, range(2)))
