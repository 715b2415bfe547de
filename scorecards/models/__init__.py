from scorecards.models.action_plans import ActionItem, ActionPlan, ItemSource, PlanVersion
from scorecards.models.corrections import CLERICAL_FIELDS, ClericalCorrection
from scorecards.models.council import (
    CouncilDecision,
    DecisionConfirmation,
    PlanReading,
    PlanRemark,
    Scan,
)
from scorecards.models.criteria import Criterion, CriterionLink, CriterionTag, Scale, ScalePoint
from scorecards.models.documents import Document
from scorecards.models.interface import InterfacePoint
from scorecards.models.practice import PracticeCopy
from scorecards.models.publication import Publication, PublicationAgreement, PublicationReply
from scorecards.models.reopening import ReopeningRequest
from scorecards.models.rounds import Round, RoundDateChange
from scorecards.models.scorecards import Scorecard, ScorecardCriterion, ScorecardVersion, SuggestedAction
from scorecards.models.tallies import ScoringGroup, SheetSave, Tally, TallyConflict

__all__ = [
    "CLERICAL_FIELDS",
    "ActionItem",
    "ActionPlan",
    "ClericalCorrection",
    "CouncilDecision",
    "Criterion",
    "CriterionLink",
    "CriterionTag",
    "DecisionConfirmation",
    "Document",
    "InterfacePoint",
    "ItemSource",
    "PlanReading",
    "PlanRemark",
    "PlanVersion",
    "PracticeCopy",
    "Publication",
    "PublicationAgreement",
    "PublicationReply",
    "ReopeningRequest",
    "Round",
    "RoundDateChange",
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
