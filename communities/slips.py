"""The slip with a code, from the moment it is made to the one page that shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.safestring import SafeString
from django.utils.translation import override

from accounts.models import AccessCodeKind
from accounts.operations.codes import HandedOver
from accounts.phones import shown_phone
from accounts.roles import ROLES
from communities.helping import where_of
from communities.models import Assignment
from isaf_portal.lib.qr import qr_drawing

SLIP = "slip"  # in the session


@dataclass(frozen=True)
class Slip:
    """What is printed, in the language of the person who gets it."""

    name: str
    role: str
    where: str
    language: str
    is_invitation: bool
    signs_in_with: str
    typed: str  # in two groups
    code_page: str  # the address where it is typed
    drawing: SafeString  # the QR code of the link
    until: datetime


def keep_slip(request: HttpRequest, assignment: int, handed_over: HandedOver) -> None:
    """Until the next page of this session, which shows it and forgets it."""
    request.session[SLIP] = {
        "assignment": assignment,
        "typed": handed_over.typed,
        "token": handed_over.token,
        "kind": str(handed_over.code.kind),
        "until": handed_over.code.expires_at.isoformat(),
    }


def take_slip(request: HttpRequest, assignment: Assignment) -> Slip | None:
    held = request.session.get(SLIP)
    if not held or held["assignment"] != assignment.pk:
        return None
    del request.session[SLIP]
    person = assignment.user
    half = len(held["typed"]) // 2
    with override(person.language):
        link = settings.SITE_URL + reverse("accounts:invitation", args=[held["token"]])
        return Slip(
            name=person.name,
            role=str(ROLES[assignment.role].name),
            where=where_of(assignment),
            language=person.language,
            is_invitation=held["kind"] == AccessCodeKind.INVITATION,
            signs_in_with=shown_phone(person.phone) if person.phone else person.email or "",
            typed=f"{held['typed'][:half]} {held['typed'][half:]}",
            code_page=settings.SITE_URL + reverse("accounts:code"),
            drawing=qr_drawing(link, scale=4),
            until=parse_datetime(held["until"]),
        )
