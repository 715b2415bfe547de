"""The scale of a programme is chosen before its first scorecard."""

import pytest

from accounts.models import AuditEvent
from scorecards.operations.programme_scale import ScaleRefused, choose_scale
from tests.factories import make_person, make_programme, make_scale, make_scorecard

pytestmark = pytest.mark.django_db


def test_figures_of_two_scales_never_meet():
    scorecard = make_scorecard()
    make_scale(points=3)
    with pytest.raises(ScaleRefused):
        choose_scale(programme=scorecard.programme, points=3, by=make_person())


def test_a_scale_needs_words():
    with pytest.raises(ScaleRefused):
        choose_scale(programme=make_programme(), points=3, by=make_person())


def test_the_scale_is_chosen_and_the_same_again_changes_nothing():
    programme = make_programme()
    make_scale(points=3)
    for _ in range(2):
        choose_scale(programme=programme, points=3, by=make_person())
    programme.refresh_from_db()
    assert programme.scale_points == 3
    assert AuditEvent.objects.get().detail == {"points": 3}
