"""Announced publications to which a person may still reply before they are public: the room of the seven days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of
from isaf_portal.templatetags.isaf import day, digits
from scorecards.enums import PublicationKind
from scorecards.models import Publication, PublicationReply

SHOWN_AT_MOST = 10


@dataclass(frozen=True)
class Notice:
    """One publication to come. `until` is the day on which it becomes public, `days_left` how far that is."""

    what: str
    where: str
    url: str
    action: str
    until: date
    days_left: int


def notices_for(person: User) -> list[Notice]:
    """What becomes public next and has no reply of this person's provider or commune yet, the nearest day first.

    One query beside the person's roles, none for who does not reply.
    """
    today = timezone.localdate()
    unanswered = _unanswered(person)
    if not unanswered:
        return []
    found = (
        Publication.objects.in_force()
        .filter(unanswered, visible_from__gt=today)
        .select_related("scoring_round__commune", "plan_version__plan")
        .defer("plan_version__content")
        .order_by("visible_from", "pk")
        .distinct()
    )
    return [_notice(publication, today) for publication in found[:SHOWN_AT_MOST]]


def _unanswered(person: User) -> Q:
    """For each voice of the person: the publications that concern it, and that it has not replied to."""
    found = Q()
    for assignment in assignments_of(person):
        if Permission.REPLY_PUBLICLY not in assignment.permissions:
            continue
        said = PublicationReply.objects.filter(publication=OuterRef("pk"), provider=assignment.provider_id)
        if assignment.provider_id is None:
            said = PublicationReply.objects.filter(publication=OuterRef("pk"), provider__isnull=True)
            concerned = Q(scoring_round__commune__code__startswith=assignment.area.code)
        else:
            concerned = concerns_provider(assignment.provider_id)
        found |= concerned & ~Exists(said)
    return found


def concerns_provider(provider_id: int) -> Q:
    """Publications with figures of this provider, or of a plan in which it has an action to do."""
    return Q(kind=PublicationKind.SCORES, scoring_round__scorecards__provider=provider_id) | Q(
        kind=PublicationKind.PLAN, plan_version__plan__items__provider=provider_id
    )


def _notice(publication: Publication, today: date) -> Notice:
    commune = publication.scoring_round.commune.name
    if publication.kind == PublicationKind.SCORES:
        what = _("The scores of %(year)s of %(commune)s will be public") % {
            "year": digits(publication.scoring_round.year),
            "commune": commune,
        }
    else:
        what = _("The %(year)s action plan of %(commune)s will be public") % {
            "year": digits(publication.plan_version.plan.plan_year),
            "commune": commune,
        }
    return Notice(
        what=what,
        where=_("On %(day)s. You can reply before that; the reply stands beside it.")
        % {"day": day(publication.visible_from)},
        url=reverse("scorecards:reply-publication", args=[publication.pk]),
        action=_("Read and reply"),
        until=publication.visible_from,
        days_left=(publication.visible_from - today).days,
    )
