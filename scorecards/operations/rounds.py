"""The yearly round of a commune."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.enums import AreaLevel
from communities.models import Area, Organisation, Programme
from isaf_portal.lib.errors import Refused
from scorecards.enums import RoundStep
from scorecards.models import Round

ORDERED = (
    (RoundStep.STARTS, RoundStep.INTERFACE, RoundStep.COUNCIL, RoundStep.DISTRICT_WORKSHOP),
    (RoundStep.STARTS, RoundStep.CIP, RoundStep.DISTRICT_WORKSHOP),
)


class RoundRefused(Refused):
    """The round cannot be opened like this; the message says what to change."""


@transaction.atomic
def open_round(
    *,
    programme: Programme,
    commune: Area,
    year: int,
    organisation: Organisation,
    by: User,
    starts_on: date | None = None,
    interface_on: date | None = None,
    council_on: date | None = None,
    cip_on: date | None = None,
    district_workshop_on: date | None = None,
) -> Round:
    """Begin a year of a commune in a programme, run by one of its partners. The dates are those planned, in the
    order in which these steps follow each other."""
    now = timezone.now()
    programme = Programme.objects.select_for_update().get(pk=programme.pk)
    _refuse_place_and_time(programme, commune, year)
    if not programme.partners.filter(organisation=organisation).exists():
        raise RoundRefused(_("This organisation does not work in the programme."))
    if Round.objects.filter(programme=programme, commune=commune, year=year).exists():
        raise RoundRefused(_("This commune has a round of the programme in this year already."))
    dates = dict(
        zip(RoundStep, (starts_on, interface_on, council_on, cip_on, district_workshop_on), strict=True)
    )
    refuse_order_of_dates(dates)
    scoring_round = Round.objects.create(
        programme=programme, commune=commune, year=year, organisation=organisation, opened_at=now, opened_by=by,
        **{f"{step}_on": on for step, on in dates.items()},
    )  # fmt: skip
    record(
        "scorecards.round.opened", noun="round", object_id=scoring_round.pk, by=by, at=now, area=commune.code,
        programme=programme.pk, organisation=organisation.pk, year=year,
    )  # fmt: skip
    return scoring_round


def _refuse_place_and_time(programme: Programme, commune: Area, year: int) -> None:
    if commune.level != AreaLevel.COMMUNE or commune.retired_on:
        raise RoundRefused(_("Choose a commune or sangkat."))
    if programme.is_practice != commune.is_practice:
        raise RoundRefused(
            _("Practice and real work stay apart: the programme and the commune do not match.")
        )
    if not programme.runs_in(year):
        raise RoundRefused(_("The programme does not run in this year."))


def refuse_order_of_dates(dates: Mapping[RoundStep, date | None]) -> None:
    """The steps follow each other. A council session after the commune began to prepare its investment programme
    comes late, which the calendar says, but it happens: that day is held against the start and the workshop only.
    """
    for chain in ORDERED:
        known = [dates[step] for step in chain if dates.get(step)]
        if known != sorted(known):
            raise RoundRefused(
                _(
                    "These dates are out of order: start, interface meeting, council session, district workshop."
                )
            )
