"""Of those who speak for a provider: its own service, and what it has to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from isaf_portal.templatetags.isaf import day
from scorecards.overview.own_service import ActionRow, OwnService, action_rows
from scorecards.overview.waiting_row import Waiting

ACTIONS_SHOWN = 3


@dataclass(frozen=True)
class ServiceRow:
    """One provider in its newest year: state of the self-assessment, what is checked, the meeting, its actions."""

    service: OwnService
    state: str
    meeting: str
    actions: list[ActionRow]


def service_rows(services: Sequence[OwnService], on: date) -> list[ServiceRow]:
    return [
        ServiceRow(
            service=service,
            state=service.assessment.status if service.assessment else "not_started",
            meeting=_meeting_of(service, on),
            actions=action_rows(service, on)[:ACTIONS_SHOWN],
        )
        for service in services
        if service.year
    ]


def _meeting_of(service: OwnService, on: date) -> str:
    if service.is_met:
        return _("The interface meeting was held.")
    if (following := service.next_meeting(on)) is None:
        return ""
    scoring_round, held = following
    return _("Interface meeting of %(commune)s: %(day)s") % {
        "commune": scoring_round.commune.name,
        "day": day(held),
    }


def work_of_services(services: Sequence[OwnService], on: date) -> list[Waiting]:
    """What the list of work does not know yet: a self-assessment that nobody planned, and the meeting to come to."""
    found = []
    for service in services:
        following = service.next(on)
        if following is None or (service.is_to_do and service.assessment is not None):
            continue
        meeting = service.next_meeting(on)
        found.append(
            Waiting(
                what=following["title"],
                where=following["note"],
                url=following["url"],
                action=following["label"],
                icon="edit" if service.is_to_do else "people",
                by=meeting[1] if meeting else None,
                post=following.get("post", False),
            )
        )
    return found
