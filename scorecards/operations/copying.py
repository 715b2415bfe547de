"""A locked version never changes: what is wrong in it is corrected in a copy, the next version."""

from scorecards.models import (
    ScorecardCriterion,
    ScorecardVersion,
    ScoringGroup,
    SuggestedAction,
    Tally,
)


def next_version(version: ScorecardVersion, *, reason: str) -> ScorecardVersion:
    """A draft with the criteria, reasons, suggestions, groups and counts of this version. Called inside an operation."""
    new = ScorecardVersion.objects.create(
        scorecard=version.scorecard, number=version.number + 1, opened_reason=reason,
        left_early_count=version.left_early_count,
    )  # fmt: skip
    groups = {
        group.pk: ScoringGroup.objects.create(
            version=new, group=group.group, kind=group.kind, people_count=group.people_count
        )
        for group in version.groups.order_by("pk")
    }
    criteria = {row.pk: _copied(row, new) for row in version.criteria.order_by("order", "pk")}
    Tally.objects.bulk_create(
        Tally(
            scorecard_criterion=criteria[tally.scorecard_criterion_id],
            scoring_group=groups[tally.scoring_group_id], score=tally.score, count=tally.count,
        )
        for tally in Tally.objects.filter(scorecard_criterion__version=version)
    )  # fmt: skip
    return new


def _copied(row: ScorecardCriterion, new: ScorecardVersion) -> ScorecardCriterion:
    copy = ScorecardCriterion.objects.create(
        version=new, criterion_id=row.criterion_id, order=row.order, strengths=row.strengths,
        weaknesses=row.weaknesses, text_language=row.text_language,
    )  # fmt: skip
    SuggestedAction.objects.bulk_create(
        SuggestedAction(
            scorecard_criterion=copy,
            text=said.text,
            text_language=said.text_language,
            is_priority=said.is_priority,
        )
        for said in row.suggestions.order_by("pk")
    )
    return copy
