"""Scorecards that have stood still: who can go on with them, and the message to send. Nothing is sent from here.

Idle is counted from the last thing that was done to a scorecard: a save, its meeting, its return, its reopening. A
meeting that is planned counts from its day, a self-assessment that nobody began from the start of its round.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import quote

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from accounts.roles import Permission
from communities.access import holds, reach
from communities.enums import MeetingStatus
from communities.models import Assignment
from isaf_portal.templatetags.isaf import digits, number
from scorecards.enums import RoundStatus, ScorecardKind, VersionStatus
from scorecards.figures import last_versions, with_counts
from scorecards.models import ReopeningRequest, Round, Scorecard, ScorecardVersion, SheetSave
from scorecards.names import name_of
from scorecards.overview.card_rows import address_of

FIRST_AFTER_DAYS, AGAIN_AFTER_DAYS = 7, 15
SHOWN_AT_MOST = 200
MOST_RECIPIENTS = 3  # of one scorecard that nobody is named for


@dataclass(frozen=True)
class IdleScorecard:
    """A scorecard in work on which nobody has done anything for `days` days, since the day `since`."""

    version: ScorecardVersion
    since: date
    days: int

    @property
    def scorecard(self) -> Scorecard:
        return self.version.scorecard

    @property
    def is_long(self) -> bool:
        return self.days >= AGAIN_AFTER_DAYS

    @property
    def name(self) -> str:
        """With its commune and year, in the language that is active now."""
        return f"{name_of(self.scorecard)} · {self.scorecard.place.name} {digits(self.scorecard.year)}"

    @property
    def url(self) -> str:
        """Where whoever enters it goes on."""
        return address_of(self.version, may_enter=True, may_check=False)


@dataclass(frozen=True)
class Reminder:
    """What to say to one person about everything that waits for them, in the person's own language."""

    person: User
    waiting: tuple[IdleScorecard, ...]
    subject: str
    text: str

    @property
    def days(self) -> int:
        return max(each.days for each in self.waiting)

    @property
    def is_again(self) -> bool:
        return self.days >= AGAIN_AFTER_DAYS

    @property
    def mail_url(self) -> str:
        """For the person's own mail program; empty where there is no address."""
        if not self.person.email:
            return ""
        return f"mailto:{quote(self.person.email, safe='@')}?subject={quote(self.subject)}&body={quote(self.text)}"

    @property
    def call_url(self) -> str:
        return f"tel:{self.person.phone}" if self.person.phone else ""


def idle_scorecards(person: User, on: date) -> list[IdleScorecard]:
    """Of open rounds whose sheets the person reads in full: what is idle for seven days or more, the longest first.

    At most 200; a fixed number of queries, none for who reads no sheet in full.
    """
    if not holds(person, Permission.SEE_SCORECARDS):
        return []
    last_day = on - timedelta(days=FIRST_AFTER_DAYS)
    mine = Scorecard.objects.filter(reach(person, Permission.SEE_SCORECARDS, *Scorecard.scopes))
    found = with_counts(_idle_versions(mine, last_day)).select_related(
        "scorecard__provider__located_in", "scorecard__assigned_to"
    )
    rows = [_row(version, on) for version in found.order_by("idle_from", "pk")[:SHOWN_AT_MOST]]
    return sorted(rows, key=lambda row: (-row.days, row.version.pk))


def idle_count(person: User, on: date) -> int:
    """How many they are, for a first page; one query, none for who reads no sheet in full."""
    if not holds(person, Permission.SEE_SCORECARDS):
        return 0
    mine = Scorecard.objects.filter(reach(person, Permission.SEE_SCORECARDS, *Scorecard.scopes))
    return _idle_versions(mine, on - timedelta(days=FIRST_AFTER_DAYS)).count()


def reminders_by(person: User, on: date) -> tuple[list[Reminder], list[IdleScorecard]]:
    """The messages that this person may send today, and the idle scorecards for which nobody is known to write to."""
    idle = idle_scorecards(person, on)
    recipients = _recipients(idle, on)
    waiting: dict[int, list[IdleScorecard]] = defaultdict(list)
    people: dict[int, User] = {}
    for row in idle:
        for each in recipients[row.version.pk]:
            people[each.pk] = each
            waiting[each.pk].append(row)
    reminders = [_reminder(people[key], rows, person) for key, rows in waiting.items() if key != person.pk]
    alone = [row for row in idle if not recipients[row.version.pk]]
    return sorted(reminders, key=lambda each: (-each.days, each.person.name)), alone


# --- What is idle ---------------------------------------------------------------------------------


def _idle_versions(cards: QuerySet[Scorecard], last_day: date) -> QuerySet[ScorecardVersion]:
    """In work, and untouched after that day."""
    midnight = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
    card = OuterRef("scorecard")
    reopened = ReopeningRequest.objects.filter(version__scorecard=card, decided_at__gte=midnight)
    saved = SheetSave.objects.filter(version=OuterRef("pk"), saved_at__gte=midnight)
    found = last_versions(cards, is_full=True).filter(
        ~Exists(saved),
        ~Exists(reopened),
        Q(returned_at__isnull=True) | Q(returned_at__lt=midnight),
        Q(scorecard__meeting__isnull=True) | Q(scorecard__meeting__recorded_at__lt=midnight),
        status__in=[VersionStatus.DRAFT, VersionStatus.RETURNED],
    )
    community = Q(
        scorecard__kind=ScorecardKind.COMMUNITY,
        scorecard__scoring_round__status=RoundStatus.OPEN,
        scorecard__meeting__status__in=[MeetingStatus.HELD, MeetingStatus.PLANNED],
    )
    annotated = found.annotate(
        began=Subquery(_start_of_rounds()),
        idle_from=Coalesce("scorecard__meeting__held_on", "began"),
        saved_last=Max("saves__saved_at"),
        reopened_last=Max("scorecard__versions__reopening_requests__decided_at"),
    )
    own = Q(scorecard__kind=ScorecardKind.SELF_ASSESSMENT, began__isnull=False)
    return annotated.filter(community | own, idle_from__lte=last_day)


def _start_of_rounds() -> QuerySet:
    """When the first open round began in which a self-assessment appears."""
    rounds = Round.objects.open().filter(
        programme=OuterRef("scorecard__programme"),
        year=OuterRef("scorecard__year"),
        commune__catchments__provider=OuterRef("scorecard__provider"),
    )
    first = (
        rounds.order_by()
        .values("programme")
        .annotate(first=Min(Coalesce("starts_on", TruncDate("opened_at"))))
    )
    return first.values("first")


def _row(version: ScorecardVersion, on: date) -> IdleScorecard:
    meeting = version.scorecard.meeting
    moments = [version.saved_last, version.reopened_last, version.returned_at]
    if meeting and meeting.status == MeetingStatus.HELD:
        moments.append(meeting.recorded_at)
    days = [timezone.localdate(moment) for moment in moments if moment]
    since = max([version.idle_from, *days])
    return IdleScorecard(version, since, (on - since).days)


# --- Whom to remind -------------------------------------------------------------------------------


def _recipients(idle: Iterable[IdleScorecard], on: date) -> dict[int, list[User]]:
    """By version: who is named for it; else who typed last; else those who speak for the provider or work there."""
    rows = list(idle)
    typed = _last_typists(rows)
    known = _people_there(rows, on)
    found: dict[int, list[User]] = {}
    for row in rows:
        named = row.scorecard.assigned_to or typed.get(row.version.pk)
        if named is not None and named.is_active:
            found[row.version.pk] = [named]
        else:
            found[row.version.pk] = _of_place(row.scorecard, known)[:MOST_RECIPIENTS]
    return found


def _last_typists(rows: Iterable[IdleScorecard]) -> dict[int, User]:
    saves = SheetSave.objects.filter(version__in=[row.version.pk for row in rows])
    last = saves.order_by("version", "revision", "pk").select_related("saved_by")
    return {save.version_id: save.saved_by for save in last}


def _people_there(rows: Iterable[IdleScorecard], on: date) -> list[Assignment]:
    cards = [row.scorecard for row in rows]
    own = Q(provider__in={card.provider_id for card in cards if card.is_self_assessment})
    team = Q(role="facilitator", organisation__in={card.organisation_id for card in cards})
    found = Assignment.objects.current(on).granting(Permission.ENTER_SELF_ASSESSMENT)
    return list(
        found.filter(own | team, user__is_active=True)
        .select_related("user", "area")
        .order_by("-provider", "pk")
    )


def _of_place(card: Scorecard, known: Iterable[Assignment]) -> list[User]:
    own = [each.user for each in known if card.is_self_assessment and each.provider_id == card.provider_id]
    team = [
        each.user
        for each in known
        if each.organisation_id == card.organisation_id
        and each.area
        and card.place.code.startswith(each.area.code)
    ]
    return own or team


# --- Words ----------------------------------------------------------------------------------------


def _reminder(person: User, rows: list[IdleScorecard], sender: User) -> Reminder:
    with override(person.language):
        return Reminder(person, tuple(rows), _("I-SAF: work that waits for you"), _text(person, rows, sender))


def _text(person: User, rows: list[IdleScorecard], sender: User) -> str:
    """Plain lines that can be sent by any means; no scores and no reasons stand in them."""
    is_again = any(row.is_long for row in rows)
    lines = [_("Dear %(name)s,") % {"name": person.name}, _opening(rows, is_again=is_again)]
    for row in rows:
        lines += [f"• {row.name}: {idle_in_words(row.days)}", f"  {settings.SITE_URL}{row.url}"]
    if is_again:
        lines.append(_("If something stands in the way, tell me. Somebody else can go on with it too."))
    lines.append(" · ".join(filter(None, [sender.name, sender.phone or ""])))
    return "\n".join(lines)


def _opening(rows: list[IdleScorecard], *, is_again: bool) -> str:
    count = len(rows)
    if is_again:
        words = ngettext(
            "%(count)s scorecard has stood still for more than two weeks. Please finish and submit it:",
            "%(count)s scorecards wait for you, some for more than two weeks. Please finish and submit them:",
            count,
        )
    else:
        words = ngettext(
            "%(count)s scorecard has been waiting for you since last week. Please go on with it:",
            "%(count)s scorecards have been waiting for you since last week. Please go on with them:",
            count,
        )
    return words % {"count": number(count)}


def idle_in_words(days: int) -> str:
    return ngettext("%(days)s day idle", "%(days)s days idle", days) % {"days": number(days)}
