"""The papers of a plan's version: asked for, made by the worker, found again if a worker dies.

A row goes `pending -> running -> ready | failed`. A worker takes it by a lease; its file is named after the lease,
so that whoever takes over from a dead worker can clear away what that one left (`docs/decisions`).
"""

import hashlib
import logging
import uuid
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import Heartbeat, User
from isaf_portal.lib import broker
from isaf_portal.lib.errors import Refused
from scorecards.models import Document, PlanVersion
from scorecards.printing import KINDS, file_name, render_plan

log = logging.getLogger(__name__)

STORE_DOCUMENT = "scorecards.store_document"
SWEEP_DOCUMENTS = "scorecards.sweep_documents"
LEASE = timedelta(seconds=120)
# The worker is asked when the row is committed; one that still waits after this was not heard.
UNHEARD_AFTER = timedelta(seconds=20)
ATTEMPTS_AT_MOST = 5
HANDED_OUT_AT_ONCE = 50
# What is made of every version that goes to the council.
PAPERS_OF_A_VERSION = (
    ("jaap", "km"),
    ("jaap", "en"),
    ("jaap", "km-en"),
    ("jaap_handout", "km"),
    ("jaap_handout", "en"),
)
State = Document.State


class UnknownPaper(Refused):
    pass


@transaction.atomic
def request_document(*, plan_version: PlanVersion, kind: str, language: str, by: User) -> Document:
    """The paper of this version in this language: the one there is, else a new one that the worker makes.

    Asking twice answers the same row; asking for one that failed has it tried again.
    """
    return _request(plan_version, [(kind, language)], by)[0]


@transaction.atomic
def request_documents(*, plan_version: PlanVersion, by: User) -> list[Document]:
    """All papers that a version needs when it goes to the council."""
    return _request(plan_version, PAPERS_OF_A_VERSION, by)


def _request(plan_version: PlanVersion, papers, by: User) -> list[Document]:
    now = timezone.now()
    for kind, language in papers:
        if kind not in KINDS or language not in KINDS[kind].languages:
            raise UnknownPaper(_("There is no such paper in this language."))
    documents, waiting = [], []
    for kind, language in papers:
        document, is_new = Document.objects.select_for_update().get_or_create(
            plan_version=plan_version,
            kind=kind,
            language=language,
            issue=1,
            defaults={"requested_at": now, "requested_by": by},
        )
        documents.append(document)
        if not is_new and document.state != State.FAILED:
            continue
        if not is_new:
            _try_again(document, now, by)
        waiting.append(document.pk)
        _record("requested", document, by, now)
    if waiting:
        transaction.on_commit(partial(hand_out, waiting))
    return documents


def _try_again(document: Document, now: datetime, by: User) -> None:
    document.state, document.attempts, document.error = State.PENDING, 0, ""
    document.requested_at, document.requested_by = now, by
    document.save(update_fields=["state", "attempts", "error", "requested_at", "requested_by"])


def hand_out(document_ids: list[int]) -> bool:
    """Ask the worker to make these; whether the broker took it. What it did not take, the sweep hands out."""
    return broker.publish(STORE_DOCUMENT, [{"document_id": pk} for pk in document_ids])


def store_document(*, document_id: int) -> None:
    """Make the paper, unless somebody else is at it or it is there already. Runs outside any transaction.

    A failure is left to reach the log; the row is then free at once and the sweep has it tried again.
    """
    with _Lease(document_id) as lease:
        if not lease.is_ours:
            return
        document = lease.document
        pdf = render_plan(
            content=document.plan_version.content,
            kind=document.kind,
            language=document.language,
            document_id=document.pk,
        )
        storage = Document._meta.get_field("file").storage
        lease.file = storage.save(_stored_name(document, lease.key), ContentFile(pdf))
        _mark_ready(lease, pdf)


@transaction.atomic
def _mark_ready(lease: "_Lease", pdf: bytes) -> None:
    now = timezone.now()
    lease.is_kept = bool(
        Document.objects.filter(pk=lease.document.pk, state=State.RUNNING, lease=lease.key).update(
            state=State.READY,
            file=lease.file,
            sha256=hashlib.sha256(pdf).hexdigest(),
            size=len(pdf),
            ready_at=now,
            error="",
            lease=None,
            lease_until=None,
        )
    )
    if lease.is_kept:
        _record("stored", lease.document, None, now)


class _Lease(AbstractContextManager):
    """The right of one worker to make one paper. `is_kept` once the row carries our file.

    Leaving without that clears our file away and frees the row, if it is still ours.
    """

    def __init__(self, document_id: int):
        self.key = uuid.uuid4()
        self.file = ""
        self.is_kept = False
        self.document = self._take(document_id)

    @property
    def is_ours(self) -> bool:
        return self.document is not None

    def _take(self, document_id: int) -> Document | None:
        now = timezone.now()
        found = Document.objects.filter(pk=document_id).select_related("plan_version").first()
        if found is None:
            return None
        # One statement takes it, so that of two workers one finds nothing left to take.
        taken = Document.objects.filter(free_at(now), pk=document_id, lease=found.lease).update(
            state=State.RUNNING, lease=self.key, lease_until=now + LEASE, attempts=F("attempts") + 1
        )
        if not taken:
            return None
        _clear_half_a_file(found)
        return found

    def __exit__(self, kind, error, traceback) -> None:
        if not self.is_ours or self.is_kept:
            return
        if self.file:
            self.document.file.storage.delete(self.file)
        Document.objects.filter(pk=self.document.pk, state=State.RUNNING, lease=self.key).update(
            state=State.PENDING, lease=None, lease_until=None, error=kind.__name__ if kind else ""
        )


def free_at(now: datetime) -> Q:
    """What a worker may take: nobody has it, or whoever had it is silent for longer than the lease."""
    return Q(attempts__lt=ATTEMPTS_AT_MOST) & (
        Q(state=State.PENDING) | Q(state=State.RUNNING, lease_until__lt=now)
    )


def sweep_documents() -> None:
    """Hand out again what a dead worker or an emptied broker left behind, and give up what failed five times."""
    now = timezone.now()
    _give_up(now)
    unheard = Q(state=State.RUNNING) | Q(requested_at__lt=now - UNHEARD_AFTER)
    waiting = Document.objects.filter(free_at(now), unheard).order_by("requested_at", "pk")
    hand_out(list(waiting.values_list("pk", flat=True)[:HANDED_OUT_AT_ONCE]))


@transaction.atomic
def _give_up(now: datetime) -> None:
    tired = Document.objects.select_for_update(of=("self",)).filter(
        Q(state=State.PENDING) | Q(state=State.RUNNING, lease_until__lt=now), attempts__gte=ATTEMPTS_AT_MOST
    )
    for document in tired.select_related("plan_version__plan__commune"):
        _clear_half_a_file(document)
        why = document.error or "the worker was stopped each time"
        document.state, document.lease, document.lease_until = State.FAILED, None, None
        document.error = f"not made in {ATTEMPTS_AT_MOST} attempts: {why}"
        document.save(update_fields=["state", "lease", "lease_until", "error"])
        _record("given_up", document, None, now)


def is_printing_service_answering() -> bool:
    """Whether a paper asked for now would be made soon: the broker answers and the worker showed itself lately."""
    seen_since = timezone.now() - broker.BEAT_AT_LEAST_EVERY
    is_alive = Heartbeat.objects.filter(name=broker.WORKER, beat_at__gte=seen_since).exists()
    return is_alive and not broker.fault()


def download_name(document: Document) -> str:
    """The short Latin name under which the paper is sent on: JAAP_081307_2027_v2.pdf."""
    return file_name(content=document.plan_version.content, kind=document.kind, language=document.language)


def _stored_name(document: Document, lease: uuid.UUID) -> str:
    stem = download_name(document).removesuffix(".pdf")
    return f"{Document._meta.get_field('file').upload_to}{stem}-{lease.hex[:12]}.pdf"


def _clear_half_a_file(document: Document) -> None:
    """Whoever had the lease until now is dead, perhaps in the middle of writing."""
    if document.lease and document.kind in KINDS:
        document.file.storage.delete(_stored_name(document, document.lease))


def _record(verb: str, document: Document, by: User | None, now: datetime) -> None:
    version = document.plan_version
    record(
        f"scorecards.document.{verb}", noun="document", object_id=document.pk, by=by, at=now,
        area=version.plan.commune.code, version=version.number, kind=document.kind,
        language=document.language, issue=document.issue,
    )  # fmt: skip
