"""What operations hand to the broker, read back from it: no worker runs here."""

from contextlib import suppress

import pytest

from isaf_portal.celery import app


@pytest.fixture
def sent_tasks():
    """Empties the queue; the answer reads what was sent since, as (task, arguments)."""

    def read() -> list[tuple[str, dict]]:
        found = []
        with app.connection_for_read() as connection:
            queue = connection.SimpleQueue(app.conf.task_default_queue, no_ack=True)
            with suppress(queue.Empty):
                while message := queue.get_nowait():
                    found.append((message.headers["task"], message.payload[1]))
            queue.close()
        return found

    read()
    return read
