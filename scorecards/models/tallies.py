"""Counts are the record: who scored in which group, how many gave each score, and every save of a sheet."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from isaf_portal.lib.constraints import at_with_by, one_of
from scorecards.enums import Entry, GroupKind, SaveOutcome, ScoringGroupCode
from scorecards.models.scorecards import ScorecardCriterion, ScorecardVersion

NO_OPINION = 0
MOST_PEOPLE = 99_999


class ScoringGroup(models.Model):
    """A group that scored apart (disjoint), or a part of all that is counted beside it (flag)."""

    version = models.ForeignKey(ScorecardVersion, on_delete=models.CASCADE, related_name="groups")
    group = models.CharField(max_length=12, choices=ScoringGroupCode.choices)
    kind = models.CharField(max_length=10, choices=GroupKind.choices)
    people_count = models.PositiveIntegerField(_("people"), null=True, blank=True)

    class Meta:
        verbose_name = _("scoring group")
        constraints = [
            one_of("scoringgroup", "group", ScoringGroupCode),
            UniqueConstraint(fields=["version", "group"], name="scoringgroup_once"),
            CheckConstraint(
                name="scoringgroup_kind_fits_group",
                condition=Q(group="all", kind="all") | Q(group__in=["women", "men", "youth"], kind="disjoint")
                | Q(group__in=["female", "young", "disability", "minority", "id_poor"], kind="flag"),
            ),
            CheckConstraint(
                name="scoringgroup_people_count_possible",
                condition=Q(people_count__isnull=True) | Q(people_count__range=(0, MOST_PEOPLE)),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.version_id} {self.group}"


class Tally(models.Model):
    """How many people of a group gave one score to one criterion; score 0 is no opinion. No row: not collected."""

    scorecard_criterion = models.ForeignKey(
        ScorecardCriterion, on_delete=models.CASCADE, related_name="tallies"
    )
    scoring_group = models.ForeignKey(ScoringGroup, on_delete=models.CASCADE, related_name="tallies")
    score = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("tally")
        constraints = [
            UniqueConstraint(
                fields=["scorecard_criterion", "scoring_group", "score"], name="tally_cell_once"
            ),
            CheckConstraint(name="tally_score_known", condition=Q(score__range=(0, 5))),
            CheckConstraint(name="tally_count_possible", condition=Q(count__range=(0, MOST_PEOPLE))),
        ]

    def __str__(self):
        return f"{self.score}: {self.count}"


class SheetSave(models.Model):
    """One save of a sheet, as it came in; append-only. The tallies are the merge of all of them."""

    client_id = models.UUIDField(unique=True, default=uuid.uuid4)
    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="saves")
    base_revision = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    cells = models.JSONField()
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.FIRST)
    outcome = models.CharField(max_length=10, choices=SaveOutcome.choices)
    receipt = models.CharField(max_length=7)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("save of a sheet")
        constraints = [
            one_of("sheetsave", "entry", Entry),
            one_of("sheetsave", "outcome", SaveOutcome),
            at_with_by("sheetsave", "saved"),
            CheckConstraint(
                name="sheetsave_base_not_after_revision", condition=Q(base_revision__lte=models.F("revision"))
            ),
        ]

    def __str__(self):
        return self.receipt


class TallyConflict(models.Model):
    """A cell that two people changed since the same revision. Both values are kept and shown until one is chosen.

    `theirs_count` stood on the sheet when the save came in, `ours_count` came with the save; None is an emptied cell.
    """

    save_of = models.ForeignKey(SheetSave, on_delete=models.PROTECT, related_name="conflicts")
    scorecard_criterion = models.ForeignKey(
        ScorecardCriterion, on_delete=models.CASCADE, related_name="conflicts"
    )
    scoring_group = models.ForeignKey(ScoringGroup, on_delete=models.CASCADE, related_name="conflicts")
    score = models.PositiveSmallIntegerField()
    theirs = models.ForeignKey(SheetSave, on_delete=models.PROTECT, related_name="stood_against")
    theirs_count = models.PositiveIntegerField(null=True, blank=True)
    ours_count = models.PositiveIntegerField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("two values of a cell")
        constraints = [
            at_with_by("tallyconflict", "settled"),
            UniqueConstraint(
                fields=["save_of", "scorecard_criterion", "scoring_group", "score"],
                name="tallyconflict_cell_once",
            ),
            CheckConstraint(name="tallyconflict_score_known", condition=Q(score__range=(0, 5))),
            CheckConstraint(
                name="tallyconflict_counts_possible",
                condition=(Q(theirs_count__isnull=True) | Q(theirs_count__range=(0, MOST_PEOPLE)))
                & (Q(ours_count__isnull=True) | Q(ours_count__range=(0, MOST_PEOPLE))),
            ),
        ]

    def __str__(self):
        return f"{self.theirs_count} / {self.ours_count}"
