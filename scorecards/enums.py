"""Words of scorecards: kinds, states, groups."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundStatus(TextChoices):
    OPEN = "open", pgettext_lazy("round", "Open")
    POSTPONED = "postponed", _("Postponed")
    CLOSED = "closed", pgettext_lazy("round", "Closed")


class RoundStep(TextChoices):
    """The steps of a round that have one planned day; each is a field `<step>_on` of the round."""

    STARTS = "starts", pgettext_lazy("step of a round", "Start of the scorecard meetings")
    INTERFACE = "interface", _("Interface meeting")
    COUNCIL = "council", _("Council session")
    CIP = "cip", _("Preparation of the commune investment programme")
    DISTRICT_WORKSHOP = "district_workshop", _("District integration workshop")


class PointState(TextChoices):
    """Of a criterion at the interface meeting: still to be talked about, something agreed, or parked."""

    OPEN = "open", pgettext_lazy("point of a meeting", "Open")
    AGREED = "agreed", _("Agreed")
    PARKED = "parked", _("Not agreed yet")


class PublicationKind(TextChoices):
    SCORES = "scores", _("Scores")
    PLAN = "plan", _("Action plan")


class ScorecardKind(TextChoices):
    COMMUNITY = "community", _("Community scorecard")
    SELF_ASSESSMENT = "self", _("Self-assessment")


class VersionStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    LOCKED = "locked", _("Locked")


class CriterionKind(TextChoices):
    PREDEFINED = "predefined", _("From the list")
    CUSTOM = "custom", _("The meeting's own")


class GroupKind(TextChoices):
    """Disjoint groups add up to ALL; flags overlap and are compared with ALL only."""

    ALL = "all", _("All")
    DISJOINT = "disjoint", _("Separate group")
    FLAG = "flag", _("Part of all")


class ScoringGroupCode(TextChoices):
    ALL = "all", _("All")
    WOMEN = "women", _("Women")
    MEN = "men", _("Men")
    YOUTH = "youth", _("Youth")
    FEMALE = "female", _("Female")
    YOUNG = "young", _("Young people")
    DISABILITY = "disability", _("People with disability")
    MINORITY = "minority", _("Ethnic minority")
    ID_POOR = "id_poor", _("ID-Poor")


class SaveOutcome(TextChoices):
    APPLIED = "applied", _("Saved")
    CONFLICT = "conflict", _("Two values differ")
    REFUSED = "refused", _("Refused")


class Entry(TextChoices):
    FIRST = "first", _("First entry")
    SECOND = "second", _("Second entry")


class PlanStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")
    CLOSED = "closed", pgettext_lazy("plan", "Closed")


class PlanSection(TextChoices):
    """ក and ខ of the paper form."""

    EXTERNAL = "external", _("Activities that need outside resources")
    INTERNAL = "internal", _("Activities the providers do themselves")


class ItemRoute(TextChoices):
    """Of whom an external action is asked."""

    COMMUNE = "commune", _("commune fund / CIP")
    DISTRICT = "district", _("district")
    LINE_OFFICE = "line_office", _("line office")
    GIVER = "giver", _("NGO / private")


class ItemPriority(TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class CouncilOutcome(TextChoices):
    APPROVE = "approve", _("Agree to the whole plan")
    APPROVE_EXCEPT = "approve_except", _("Agree except some items")
    RETURN = "return", _("Return for correction")


class ReopeningDecision(TextChoices):
    GRANTED = "granted", _("Reopened")
    REFUSED = "refused", _("Kept locked")
