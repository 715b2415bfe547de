from scorecards.models.criteria import Criterion, CriterionLink, CriterionTag, Scale, ScalePoint
from scorecards.models.rounds import Round
from scorecards.models.scorecards import Scorecard, ScorecardCriterion, ScorecardVersion, SuggestedAction
from scorecards.models.tallies import ScoringGroup, SheetSave, Tally

__all__ = [
    "Criterion",
    "CriterionLink",
    "CriterionTag",
    "Round",
    "Scale",
    "ScalePoint",
    "Scorecard",
    "ScorecardCriterion",
    "ScorecardVersion",
    "ScoringGroup",
    "SheetSave",
    "SuggestedAction",
    "Tally",
]
