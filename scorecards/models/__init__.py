from scorecards.models.action_plans import ActionItem, ActionPlan, ItemSource, PlanVersion
from scorecards.models.council import (
    CouncilDecision,
    DecisionConfirmation,
    PlanReading,
    PlanRemark,
    Scan,
)
from scorecards.models.criteria import Criterion, CriterionLink, CriterionTag, Scale, ScalePoint
from scorecards.models.documents import Document
from scorecards.models.reopening import ReopeningRequest
from scorecards.models.rounds import Round
from scorecards.models.scorecards import Scorecard, ScorecardCriterion, ScorecardVersion, SuggestedAction
from scorecards.models.tallies import ScoringGroup, SheetSave, Tally, TallyConflict

__all__ = [
    "ActionItem",
    "ActionPlan",
    "CouncilDecision",
    "Criterion",
    "CriterionLink",
    "CriterionTag",
    "DecisionConfirmation",
    "Document",
    "ItemSource",
    "PlanReading",
    "PlanRemark",
    "PlanVersion",
    "ReopeningRequest",
    "Round",
    "Scale",
    "ScalePoint",
    "Scan",
    "Scorecard",
    "ScorecardCriterion",
    "ScorecardVersion",
    "ScoringGroup",
    "SheetSave",
    "SuggestedAction",
    "Tally",
    "TallyConflict",
]
