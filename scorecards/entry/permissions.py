"""What a person needs to work on a scorecard: the team for the community's, the provider too for its own assessment."""

from accounts.roles import Permission
from scorecards.models import Scorecard


def to_record_meeting(scorecard: Scorecard) -> Permission:
    return _own_or(Permission.RECORD_MEETING, scorecard)


def to_choose_criteria(scorecard: Scorecard) -> Permission:
    return _own_or(Permission.CHOOSE_CRITERIA, scorecard)


def to_enter(scorecard: Scorecard) -> Permission:
    return _own_or(Permission.ENTER_COMMUNITY_TALLY, scorecard)


def to_submit(scorecard: Scorecard) -> Permission:
    return _own_or(Permission.SUBMIT_SCORECARD, scorecard)


def _own_or(permission: Permission, scorecard: Scorecard) -> Permission:
    """A provider does every step of its own assessment, and none of the community's."""
    return Permission.ENTER_SELF_ASSESSMENT if scorecard.is_self_assessment else permission
