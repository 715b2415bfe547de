"""Is everything there and reachable: the two addresses for machines, and `doctor`."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.models import Heartbeat
from isaf_portal import health
from tools.processes import free_port


def nobody_answers() -> str:
    return f"redis://127.0.0.1:{free_port()}/0"


def worker_seen(*, seconds_ago: int) -> None:
    Heartbeat.objects.update_or_create(
        name=health.WORKER, defaults={"beat_at": timezone.now() - timedelta(seconds=seconds_ago)}
    )


def test_healthz_answers_without_signing_in_and_asks_nothing(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
class TestReadyz:
    def test_a_silent_worker_is_not_ready(self, client):
        worker_seen(seconds_ago=101)
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json()["worker"] is False

    def test_a_worker_that_was_never_seen_is_not_ready(self, client):
        assert client.get("/readyz").json()["worker"] is False

    def test_a_stopped_broker_is_not_ready(self, client, settings):
        worker_seen(seconds_ago=1)
        settings.REDIS_URL = nobody_answers()
        answer = client.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"database": True, "broker": False, "worker": True}

    def test_all_three_are_ready(self, client):
        worker_seen(seconds_ago=1)
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json() == {"database": True, "broker": True, "worker": True}
        assert "no-cache" in answer["Cache-Control"]

    def test_it_is_only_read(self, client):
        assert client.post("/readyz").status_code == 405


@pytest.mark.django_db
class TestDoctor:
    def test_it_names_what_is_wrong_and_fails(self, capsys):
        with pytest.raises(SystemExit) as stopped:
            call_command("doctor", "worker", "khmer")
        assert stopped.value.code == 1
        said = capsys.readouterr().out.splitlines()
        assert said[0].startswith("WRONG worker")
        assert said[1].startswith("ok    khmer")

    def test_it_refuses_a_name_it_does_not_know(self):
        with pytest.raises(SystemExit, match="not liver"):
            call_command("doctor", "liver")

    def test_a_stopped_broker_is_said_within_two_seconds_or_so(self, settings):
        settings.REDIS_URL = nobody_answers()
        with pytest.raises(health.Unwell, match="Redis does not answer"):
            health.check_broker()

    def test_a_missing_font_is_named(self, settings, tmp_path):
        settings.BASE_DIR = tmp_path
        with pytest.raises(health.Unwell, match="moul-400"):
            health.check_fonts()

    def test_a_folder_that_cannot_be_written_is_said(self, settings, tmp_path):
        (tmp_path / "a file").touch()
        settings.MEDIA_ROOT = tmp_path / "a file" / "media"
        with pytest.raises(health.Unwell, match="files cannot be kept"):
            health.check_storage()

    def test_everything_is_well(self, capsys):
        worker_seen(seconds_ago=1)
        call_command("doctor")
        said = capsys.readouterr().out.splitlines()
        assert len(said) == len(health.ALL)
        assert all(line.startswith("ok ") for line in said)
        assert default_storage.listdir("doctor")[1] == []

    @pytest.mark.postgresql
    def test_the_locale_of_postgresql_knows_khmer(self):
        assert health.check_collation().startswith("UTF8")
        with connection.cursor() as cursor:
            cursor.execute("SELECT 'ឃុំ' ~ '^[[:alpha:]]'")
            assert cursor.fetchone() == (True,)


@pytest.mark.django_db
def test_a_second_beat_changes_the_row_of_the_first():
    health.record_beat()
    health.record_beat()
    assert Heartbeat.objects.count() == 1
    assert health.check_worker() == "seen 0 seconds ago"


@pytest.mark.worker
class TestLiveWorker:
    def test_it_beats_as_soon_as_it_runs(self, live_worker, client):
        assert client.get("/readyz").json() == {"database": True, "broker": True, "worker": True}

    def test_it_beats_again_after_it_was_killed(self, live_worker):
        live_worker.kill()
        live_worker.start()
        assert Heartbeat.objects.get().name == health.WORKER
