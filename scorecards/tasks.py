"""Work of the task worker. The rows, not the messages, are the truth: each task may run twice."""

from celery import shared_task

from scorecards.operations import documents

# A paper takes seconds. One that hangs is ended before its lease is over, so that no two workers have it.
SECONDS_AT_MOST = 100


@shared_task(name=documents.STORE_DOCUMENT, acks_late=True, time_limit=SECONDS_AT_MOST)
def store_document(*, document_id: int) -> None:
    documents.store_document(document_id=document_id)


@shared_task(name=documents.SWEEP_DOCUMENTS)
def sweep_documents() -> None:
    documents.sweep_documents()
