"""What the page of a round's publication shows: where scores and plan stand on the way to everybody, and who said what."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.roles import Permission
from communities.access import assignments_of, can, holds
from communities.models import ServiceProvider
from isaf_portal.templatetags.isaf import day, number
from scorecards.enums import PublicationKind
from scorecards.models import Publication, PublicationReply, Round
from scorecards.overview.notices import concerns_provider
from scorecards.overview.publishable import Publishable, publishable_of
from scorecards.overview.published import name_with_kind, shown_from

HIDDEN, NOTICE, FROZEN, PUBLIC = "hidden", "notice", "frozen", "public"


@dataclass(frozen=True)
class PublicationCard:
    """One kind on its way: `missing` keeps it from being announced (again); `publication` is None until it was."""

    kind: str
    title: str
    publication: Publication | None
    missing: tuple[str, ...]
    shown_from: date | None
    state: str
    days_left: int
    replies: tuple[PublicationReply, ...]
    newer_version: int | None  # of the plan, approved and not announced

    @property
    def may_announce(self) -> bool:
        return not self.missing

    @property
    def state_label(self) -> str:
        """Of the badge: not public, so many days left, kept back, public since."""
        if self.state == PUBLIC:
            return _("Public since %(day)s") % {"day": day(self.shown_from)}
        if self.state == FROZEN:
            return _("Kept back until %(day)s") % {"day": day(self.shown_from)}
        if self.state == NOTICE:
            said = ngettext("Public in %(days)s day", "Public in %(days)s days", self.days_left)
            return said % {"days": number(self.days_left)}
        return _("Not public")

    @property
    def badge(self) -> str:
        return {PUBLIC: "approved", NOTICE: "pending", FROZEN: "pending"}.get(self.state, "planned")


@dataclass(frozen=True)
class Voice:
    """For whom a person replies: one provider, or the commune."""

    provider: ServiceProvider | None
    name: str

    @property
    def key(self) -> str:
        return str(self.provider.pk) if self.provider else "commune"


@dataclass(frozen=True)
class PublicationPage:
    scoring_round: Round
    facts: Publishable
    cards: tuple[PublicationCard, ...]
    withdrawn: tuple[Publication, ...]
    may_publish: bool
    may_reply: bool


def publication_page(scoring_round: Round, person: User) -> PublicationPage:
    """The number of queries depends on nothing that is published."""
    facts = publishable_of(scoring_round)
    replies = _replies(scoring_round)
    today = timezone.localdate()
    cards = (
        _card(PublicationKind.SCORES, facts, facts.scores_announced(), replies, today),
        _card(PublicationKind.PLAN, facts, facts.plan_announced(), replies, today),
    )
    withdrawn = scoring_round.publications.filter(withdrawn_at__isnull=False)
    return PublicationPage(
        scoring_round=scoring_round,
        facts=facts,
        cards=cards,
        withdrawn=tuple(
            withdrawn.select_related("plan_version").defer("plan_version__content").order_by("withdrawn_at")
        ),
        may_publish=_may(person, Permission.PUBLISH, scoring_round),
        may_reply=_may(person, Permission.REPLY_PUBLICLY, scoring_round),
    )


def next_for_publication(page: PublicationPage) -> dict | None:
    """The gold box of those who publish: the agreement first, then whatever could be announced."""
    if not page.may_publish:
        return None
    here = page.scoring_round.pk
    if page.facts.agreement is None:
        return {
            "title": _("Record the agreement of the commune"),
            "note": _(
                "Nothing of this round is public. Scores and plans are published only if the commune agrees."
            ),
            "url": reverse("scorecards:record-agreement", args=[here]),
            "label": _("Record the agreement"),
        }
    for card in page.cards:
        if card.may_announce:
            return {
                "title": _("Publish the scores")
                if card.kind == PublicationKind.SCORES
                else _("Publish the action plan"),
                "note": _(
                    "Look at what everybody will read, then announce it. It is public seven days later."
                ),
                "url": f"{reverse('scorecards:announce', args=[here])}?kind={card.kind}",
                "label": _("Look and announce"),
            }
    return None


def voices_of(person: User, publication: Publication) -> list[Voice]:
    """For whom this person may reply to it: their providers that it speaks of, and the commune."""
    held = [each for each in assignments_of(person) if Permission.REPLY_PUBLICLY in each.permissions]
    own = [each.provider_id for each in held if each.provider_id]
    found = []
    for provider in ServiceProvider.objects.filter(pk__in=own).order_by("pk"):
        if Publication.objects.filter(concerns_provider(provider.pk), pk=publication.pk).exists():
            found.append(Voice(provider, provider.name))
    commune = publication.scoring_round.commune
    if any(each.area and commune.code.startswith(each.area.code) for each in held):
        found.append(Voice(None, name_with_kind(commune)))
    return found


def _card(
    kind: PublicationKind,
    facts: Publishable,
    publication: Publication | None,
    replies: dict[int, list[PublicationReply]],
    today: date,
) -> PublicationCard:
    day_shown = shown_from(publication) if publication else None
    version = facts.plan_version if kind == PublicationKind.PLAN else None
    is_older = publication is not None and version and publication.plan_version_id != version.pk
    missing = tuple(facts.missing(kind)) if publication is None or is_older else (_("It is announced."),)
    return PublicationCard(
        kind=kind,
        title=str(kind.label),
        publication=publication,
        missing=missing,
        shown_from=day_shown,
        state=_state(publication, day_shown, today),
        days_left=(day_shown - today).days if day_shown else 0,
        replies=tuple(replies.get(publication.pk, ())) if publication else (),
        newer_version=version.number if is_older else None,
    )


def _state(publication: Publication | None, day_shown: date | None, today: date) -> str:
    if publication is None:
        return HIDDEN
    if day_shown <= today:
        return PUBLIC
    return FROZEN if day_shown > publication.visible_from else NOTICE


def _replies(scoring_round: Round) -> dict[int, list[PublicationReply]]:
    found: dict[int, list[PublicationReply]] = {}
    said = PublicationReply.objects.filter(publication__scoring_round=scoring_round)
    for reply in said.select_related("provider").order_by("replied_at", "pk"):
        found.setdefault(reply.publication_id, []).append(reply)
    return found


def _may(person: User, permission: Permission, scoring_round: Round) -> bool:
    return holds(person, permission) and can(person, permission, on=scoring_round)
