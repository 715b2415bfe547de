"""What councillors ask is answered for the whole council to read."""

import pytest

from accounts.models import AuditEvent
from isaf_portal.lib.texts import TextTooLong
from scorecards.operations.council import remark_on_plan
from scorecards.operations.plan_submission import submit_action_plan
from scorecards.operations.remarks import UnfitAnswer, answer_remark
from tests.scorecards.plan_world import make_full_plan, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def remark(world):
    version = submit_action_plan(plan=make_full_plan(world), by=world.facilitator)
    return remark_on_plan(plan_version=version, text="តើមានថវិកាឬទេ?", by=world.chief)


def test_an_empty_or_endless_answer_is_refused(world, remark):
    with pytest.raises(UnfitAnswer):
        answer_remark(remark=remark, answer=" \x00\u200b ", by=world.clerk)
    with pytest.raises(TextTooLong):
        answer_remark(remark=remark, answer="ក" * 2_001, by=world.clerk)
    remark.refresh_from_db()
    assert remark.answered_at is None


def test_the_later_answer_stands_and_the_trail_has_no_words(world, remark):
    answer_remark(remark=remark, answer="មាន", by=world.clerk)
    remark = answer_remark(remark=remark, answer=" មានក្នុងគម្រោង ", by=world.facilitator)
    assert (remark.answer, remark.answered_by) == ("មានក្នុងគម្រោង", world.facilitator)
    events = AuditEvent.objects.filter(noun="remark").order_by("pk")
    assert [event.verb for event in events] == [
        "scorecards.remark.answered",
        "scorecards.remark.answer_corrected",
    ]
    assert events[0].detail == {"plan": remark.plan_version.plan_id}
