"""The photo or scan of a signed page: looked into, kept as given."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib import formats
from isaf_portal.lib.errors import Refused
from scorecards.models import CouncilDecision, Scan

MEGABYTE = 1024 * 1024
LARGEST_SCAN = 10 * MEGABYTE
# By its first bytes, whatever the name and the browser say: kind of content and ending of the file.
BEGINNINGS = {
    b"%PDF-": ("application/pdf", "pdf"),
    b"\xff\xd8\xff": ("image/jpeg", "jpg"),
    b"\x89PNG\r\n\x1a\n": ("image/png", "png"),
}


class UnfitScan(Refused):
    pass


@transaction.atomic
def add_scan(*, decision: CouncilDecision, scan: UploadedFile, by: User) -> Scan:
    """The signed page of a decision that was recorded without it, or a better photo of it; earlier ones are kept.

    Also after the plan is approved: the decision itself does not change.
    """
    now = timezone.now()
    decision = (
        CouncilDecision.objects.select_for_update(of=("self",))
        .select_related("plan_version__plan__commune")
        .get(pk=decision.pk)
    )
    kept = keep_scan(decision=decision, page=read_scan(scan), name=scan.name, by=by, now=now)
    version = decision.plan_version
    record(
        "scorecards.decision.scanned", noun="decision", object_id=decision.pk, by=by, at=now,
        area=version.plan.commune.code, version=version.number, plan=version.plan_id, scan=kept.pk,
    )  # fmt: skip
    return kept


@dataclass(frozen=True)
class Page:
    """An uploaded page whose first bytes were looked into."""

    content: bytes
    content_type: str
    ending: str


def read_scan(upload: UploadedFile) -> Page:
    """The page, unless nobody could open it later."""
    if upload.size > LARGEST_SCAN:
        raise UnfitScan(
            _("The file is larger than %(megabytes)s MB. Take the photo with a smaller size.")
            % {"megabytes": formats.digits(LARGEST_SCAN // MEGABYTE, get_language() or "en")}
        )
    upload.seek(0)
    content = upload.read()
    for beginning, (content_type, ending) in BEGINNINGS.items():
        if content.startswith(beginning):
            return Page(content, content_type, ending)
    raise UnfitScan(_("The scan must be a PDF, a JPEG or a PNG file."))


def keep_scan(*, decision: CouncilDecision, page: Page, name: str, by: User, now: datetime) -> Scan:
    """Store the page under a name of ours; the name that it came with is kept for showing."""
    scan = Scan(
        decision=decision,
        name=_shown_name(name, page.ending),
        content_type=page.content_type,
        size=len(page.content),
        sha256=hashlib.sha256(page.content).hexdigest(),
        uploaded_at=now,
        uploaded_by=by,
    )
    scan.file.save(f"minutes-{scan.client_id.hex[:12]}.{page.ending}", ContentFile(page.content), save=False)
    scan.save()
    return scan


def _shown_name(name: str, ending: str) -> str:
    stem = "".join(sign for sign in PurePath(name or "").stem if sign.isprintable())
    return f"{stem[:150] or 'scan'}.{ending}"
