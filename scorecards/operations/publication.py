"""Scores and plans become public by a separate act: agreement of the commune, notice of seven days, reply, withdrawal."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from communities.models import Area, ServiceProvider
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.enums import PublicationKind
from scorecards.models import PlanVersion, Publication, PublicationAgreement, PublicationReply, Round
from scorecards.overview.notices import concerns_provider
from scorecards.overview.publishable import publishable_of

NOTICE = timedelta(days=7)
LONGEST_NAME, LONGEST_REASON, LONGEST_REPLY = 160, 300, 1_000


class UnfitAgreement(Refused):
    """`field` is the one it is about, where it is about one."""

    def __init__(self, message, *, field: str = ""):
        super().__init__(message)
        self.field = field


class NotToPublish(Refused):
    pass


class NotToReply(Refused):
    pass


class NotToWithdraw(Refused):
    pass


@transaction.atomic
def record_agreement(
    *, commune: Area, covers_scores: bool, covers_plans: bool, agreed_on: date, agreed_by: str, by: User
) -> PublicationAgreement:
    """What the commune agreed to publish. It takes the place of the agreement in force; what was announced and is no
    longer covered is withdrawn.
    """
    now = timezone.now()
    commune = Area.objects.select_for_update(no_key=True).get(pk=commune.pk)
    agreed_by = plain_text(agreed_by, at_most=LONGEST_NAME)
    if not (covers_scores or covers_plans):
        raise UnfitAgreement(_("Say what the commune agreed to publish."))
    if not agreed_by:
        raise UnfitAgreement(_("Write who agreed: a session or an office."), field="agreed_by")
    if agreed_on > timezone.localdate(now):
        raise UnfitAgreement(_("The agreement cannot be of a day to come."), field="agreed_on")
    before = _in_force(commune)
    if before is not None:
        _end(before, gettext("A newer agreement took its place."), by, now)
    agreement = PublicationAgreement.objects.create(
        commune=commune,
        covers_scores=covers_scores,
        covers_plans=covers_plans,
        agreed_on=agreed_on,
        agreed_by=agreed_by,
        recorded_at=now,
        recorded_by=by,
    )
    _record_agreement("recorded", agreement, by, now, scores=covers_scores, plans=covers_plans)
    covered = {PublicationKind.SCORES: covers_scores, PublicationKind.PLAN: covers_plans}
    gone = [kind for kind, is_covered in covered.items() if not is_covered]
    _withdraw_all(commune, gone, gettext("The commune’s agreement no longer covers it."), by, now)
    return agreement


@transaction.atomic
def end_agreement(*, agreement: PublicationAgreement, reason: str, by: User) -> PublicationAgreement:
    """The commune no longer agrees: nothing new is announced, and all that was announced or public is withdrawn."""
    now = timezone.now()
    commune = Area.objects.select_for_update(no_key=True).get(pk=agreement.commune_id)
    agreement = PublicationAgreement.objects.select_for_update().get(pk=agreement.pk)
    reason = plain_text(reason, at_most=LONGEST_REASON)
    if not reason:
        raise UnfitAgreement(_("Write why the agreement ends."), field="reason")
    if agreement.ended_at is not None:
        raise UnfitAgreement(_("This agreement has ended already."))
    _end(agreement, reason, by, now)
    _withdraw_all(commune, PublicationKind.values, reason, by, now)
    return agreement


@transaction.atomic
def announce_publication(
    *, scoring_round: Round, kind: str, plan_version: PlanVersion | None = None, by: User
) -> Publication:
    """Say that the scores of the round, or this version of its plan, are public in seven days.

    Refused with what is missing (`overview.publishable`). In days in which the programme publishes nothing new it may
    be announced; it then stays hidden until they are over.
    """
    now = timezone.now()
    Area.objects.select_for_update(no_key=True).get(pk=scoring_round.commune_id)
    if kind not in PublicationKind.values:
        raise NotToPublish(_("Say what is published: scores or the action plan."))
    facts = publishable_of(scoring_round)
    is_plan = kind == PublicationKind.PLAN
    if is_plan and facts.plan_version and plan_version and facts.plan_version.pk != plan_version.pk:
        raise NotToPublish(_("There is a newer version of this plan. Look at that one, then publish it."))
    if missing := facts.missing(kind):
        raise NotToPublish(_("It cannot be published yet: something is missing."), missing=missing)
    publication = Publication.objects.create(
        kind=kind,
        scoring_round=scoring_round,
        plan_version=facts.plan_version if is_plan else None,
        agreement=facts.agreement,
        announced_at=now,
        announced_by=by,
        visible_from=timezone.localdate(now) + NOTICE,
    )
    _record("announced", publication, by, now)
    return publication


@transaction.atomic
def reply_to_publication(
    *,
    publication: Publication,
    provider: ServiceProvider | None,
    text: str,
    by: User,
    text_language: str = "km",
) -> PublicationReply:
    """What the provider, or the commune (None), says beside the figures; written again, the later text stands."""
    now = timezone.now()
    publication = _lock(publication)
    text = plain_text(text, at_most=LONGEST_REPLY)
    if not text:
        raise NotToReply(_("Write the reply first."))
    if publication.withdrawn_at is not None:
        raise NotToReply(_("This was withdrawn. There is nothing to reply to."))
    if provider is not None and not _is_concerned(publication, provider):
        raise NotToReply(_("This publication says nothing of that provider."))
    reply, is_new = PublicationReply.objects.update_or_create(
        publication=publication,
        provider=provider,
        defaults={"text": text, "text_language": text_language, "replied_at": now, "replied_by": by},
    )
    verb = "replied" if is_new else "reply_corrected"
    _record(verb, publication, by, now, provider=provider.pk if provider else None)
    return reply


@transaction.atomic
def withdraw_publication(*, publication: Publication, reason: str, by: User) -> Publication:
    """It is no longer public, or will not become so; why stays on the page of the round."""
    now = timezone.now()
    publication = _lock(publication)
    reason = plain_text(reason, at_most=LONGEST_REASON)
    if not reason:
        raise NotToWithdraw(_("Write why it is withdrawn."))
    if publication.withdrawn_at is not None:
        raise NotToWithdraw(_("This was withdrawn already."))
    return _withdraw(publication, reason, by, now)


def _in_force(commune: Area) -> PublicationAgreement | None:
    found = PublicationAgreement.objects.select_for_update()
    return found.filter(commune=commune, ended_at__isnull=True).first()


def _end(agreement: PublicationAgreement, reason: str, by: User, now: datetime) -> None:
    agreement.ended_at, agreement.ended_by, agreement.end_reason = now, by, reason
    agreement.save(update_fields=["ended_at", "ended_by", "end_reason"])
    _record_agreement("ended", agreement, by, now)


def _withdraw_all(commune: Area, kinds: list[str], reason: str, by: User, now: datetime) -> None:
    found = Publication.objects.in_force().select_for_update(of=("self",))
    for publication in found.filter(scoring_round__commune=commune, kind__in=kinds).select_related(
        "scoring_round__commune"
    ):
        _withdraw(publication, reason, by, now)


def _withdraw(publication: Publication, reason: str, by: User, now: datetime) -> Publication:
    publication.withdrawn_at, publication.withdrawn_by = now, by
    publication.withdrawal_reason = reason
    publication.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _record("withdrawn", publication, by, now)
    return publication


def _lock(publication: Publication) -> Publication:
    found = Publication.objects.select_for_update(of=("self",)).select_related("scoring_round__commune")
    return found.get(pk=publication.pk)


def _is_concerned(publication: Publication, provider: ServiceProvider) -> bool:
    return Publication.objects.filter(concerns_provider(provider.pk), pk=publication.pk).exists()


def _record(verb: str, publication: Publication, by: User, now: datetime, **detail: int | None) -> None:
    scoring_round = publication.scoring_round
    record(
        f"scorecards.publication.{verb}", noun="publication", object_id=publication.pk, by=by, at=now,
        area=scoring_round.commune.code, kind=str(publication.kind), round=scoring_round.pk,
        plan_version=publication.plan_version_id, **detail,
    )  # fmt: skip


def _record_agreement(
    verb: str, agreement: PublicationAgreement, by: User, now: datetime, **detail: bool
) -> None:
    record(
        f"scorecards.publication_agreement.{verb}", noun="publication_agreement", object_id=agreement.pk, by=by,
        at=now, area=agreement.commune.code, **detail,
    )  # fmt: skip
