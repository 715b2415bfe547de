"""A scorecard is identity; its versions own what was scored. A locked version never changes."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Exists, OuterRef, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import reach
from communities.models import Area, Meeting, Organisation, Programme, ServiceProvider
from isaf_portal.lib.constraints import at_with_by, one_of
from scorecards.enums import ScorecardKind, VersionStatus
from scorecards.models.criteria import Criterion, Scale
from scorecards.models.rounds import Round
from scorecards.scopes import SERVED, scorecard_scopes


class ScorecardQuerySet(models.QuerySet):
    def visible_to(self, user):
        """In every state for those who read it in full; for others what was locked once, and a provider's
        self-assessment in every commune that it serves.
        """
        is_locked_once = Exists(
            ScorecardVersion.objects.filter(scorecard=OuterRef("pk"), status=VersionStatus.LOCKED)
        )
        served = Scorecard.objects.filter(reach(user, Permission.SEE_LOCKED_SCORECARDS, SERVED))
        reached = reach(user, Permission.SEE_LOCKED_SCORECARDS, *Scorecard.scopes)
        return self.filter(
            Q(pk__in=Scorecard.objects.read_in_full_by(user).values("pk"))
            | ((reached | Q(pk__in=served.values("pk"))) & Q(is_locked_once))
        )

    def read_in_full_by(self, user):
        """Drafts and small groups too: for the team, and for those who assess themselves."""
        is_own = reach(user, Permission.ENTER_SELF_ASSESSMENT, *Scorecard.scopes) & Q(
            kind=ScorecardKind.SELF_ASSESSMENT
        )
        served = Scorecard.objects.filter(reach(user, Permission.SEE_SCORECARDS, SERVED))
        return self.filter(
            reach(user, Permission.SEE_SCORECARDS, *Scorecard.scopes) | is_own | Q(pk__in=served.values("pk"))
        )


class Scorecard(models.Model):
    """Which provider is scored by whom, where and at which sitting.

    A community scorecard belongs to a round; a self-assessment to (programme, provider, year), and appears in each
    round of the provider's catchment.
    """

    kind = models.CharField(max_length=10, choices=ScorecardKind.choices)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="scorecards")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="scorecards")
    year = models.PositiveSmallIntegerField()
    scoring_round = models.ForeignKey(
        Round, on_delete=models.PROTECT, null=True, blank=True, related_name="scorecards"
    )
    provider = models.ForeignKey(ServiceProvider, on_delete=models.PROTECT, related_name="scorecards")
    village = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="scorecards"
    )
    sitting = models.PositiveSmallIntegerField(default=1)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="scorecards")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="scorecards"
    )
    # Who is to enter it; empty: whoever works there. It narrows nothing, it only says whose list it stands on.
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScorecardQuerySet.as_manager()
    scopes = scorecard_scopes()

    class Meta:
        verbose_name = _("scorecard")
        constraints = [
            one_of("scorecard", "kind", ScorecardKind),
            CheckConstraint(
                name="scorecard_community_has_round",
                condition=Q(kind="community", scoring_round__isnull=False)
                | Q(kind="self", scoring_round__isnull=True, village__isnull=True),
            ),
            CheckConstraint(name="scorecard_sitting_from_one", condition=Q(sitting__gte=1)),
            UniqueConstraint(
                fields=["scoring_round", "provider", "village", "sitting"],
                condition=Q(kind="community", village__isnull=False), name="scorecard_village_sitting_once",
            ),
            UniqueConstraint(
                fields=["scoring_round", "provider", "sitting"],
                condition=Q(kind="community", village__isnull=True), name="scorecard_sitting_once",
            ),
            UniqueConstraint(
                fields=["programme", "provider", "year"], condition=Q(kind="self"), name="scorecard_self_once_a_year"
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.kind} {self.provider_id} {self.year}"

    @property
    def place(self) -> Area:
        """The commune whose people scored, or the place of the provider that scored itself."""
        return self.scoring_round.commune if self.scoring_round else self.provider.located_in

    @property
    def is_self_assessment(self) -> bool:
        return self.kind == ScorecardKind.SELF_ASSESSMENT


class ScorecardVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team sees every version; others only what is locked, and what they assess themselves."""
        is_own = reach(user, Permission.ENTER_SELF_ASSESSMENT, *ScorecardVersion.scopes) & Q(
            scorecard__kind=ScorecardKind.SELF_ASSESSMENT
        )
        return self.filter(
            reach(user, Permission.SEE_SCORECARDS, *ScorecardVersion.scopes)
            | is_own
            | (
                reach(user, Permission.SEE_LOCKED_SCORECARDS, *ScorecardVersion.scopes)
                & Q(status=VersionStatus.LOCKED)
            )
        )


class ScorecardVersion(models.Model):
    """One version of a scorecard. `revision` counts saves, against simultaneous edits; `number` counts reopenings."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=10, choices=VersionStatus.choices, default=VersionStatus.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    opened_reason = models.CharField(max_length=500, blank=True)  # why a locked version was reopened
    left_early_count = models.PositiveSmallIntegerField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    return_reason = models.CharField(_("reason"), max_length=500, blank=True)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ScorecardVersionQuerySet.as_manager()
    scopes = scorecard_scopes("scorecard__")

    class Meta:
        verbose_name = _("version of a scorecard")
        constraints = [
            one_of("scorecardversion", "status", VersionStatus),
            UniqueConstraint(fields=["scorecard", "number"], name="scorecardversion_number_once"),
            UniqueConstraint(
                fields=["scorecard"], condition=~Q(status="locked"), name="scorecardversion_one_in_work"
            ),
            at_with_by("scorecardversion", "submitted"),
            at_with_by("scorecardversion", "returned"),
            at_with_by("scorecardversion", "locked"),
            CheckConstraint(
                name="scorecardversion_status_has_its_time",
                condition=Q(status="draft", locked_at__isnull=True)
                | Q(status="submitted", submitted_at__isnull=False, locked_at__isnull=True)
                | Q(status="returned", returned_at__isnull=False, locked_at__isnull=True)
                | Q(status="locked", submitted_at__isnull=False, locked_at__isnull=False),
            ),
            CheckConstraint(
                name="scorecardversion_returned_has_reason", condition=~Q(status="returned") | ~Q(return_reason="")
            ),
            CheckConstraint(
                name="scorecardversion_reopened_has_reason", condition=Q(number=1) | ~Q(opened_reason="")
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.scorecard_id} v{self.number}"

    @property
    def is_locked(self) -> bool:
        return self.status == VersionStatus.LOCKED

    @property
    def is_editable(self) -> bool:
        return self.status in {VersionStatus.DRAFT, VersionStatus.RETURNED}


class ScorecardCriterion(models.Model):
    """A criterion as one sitting scored it, with its reasons: one text each, in the language it was said in."""

    version = models.ForeignKey(ScorecardVersion, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scored_as")
    order = models.PositiveSmallIntegerField()
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)
    text_language = models.CharField(max_length=2, default="km")

    class Meta:
        verbose_name = _("criterion of a scorecard")
        constraints = [
            UniqueConstraint(fields=["version", "criterion"], name="scorecardcriterion_once"),
            CheckConstraint(
                name="scorecardcriterion_text_language_known", condition=Q(text_language__in=["km", "en"])
            ),
        ]

    def __str__(self):
        return f"{self.version_id} {self.criterion_id}"


class SuggestedAction(models.Model):
    """What people suggest about a criterion; a device may make it."""

    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    scorecard_criterion = models.ForeignKey(
        ScorecardCriterion, on_delete=models.CASCADE, related_name="suggestions"
    )
    text = models.TextField(_("suggested action"))
    text_language = models.CharField(max_length=2, default="km")
    is_priority = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("suggested action")
        constraints = [CheckConstraint(name="suggestedaction_has_text", condition=~Q(text=""))]

    def __str__(self):
        return self.text[:60]
