"""What councillors asked about a plan is answered by those who wrote it or by the clerk, for the whole council to read."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import User
from isaf_portal.lib.errors import Refused
from isaf_portal.lib.texts import plain_text
from scorecards.models import PlanRemark

LONGEST_ANSWER = 2_000


class UnfitAnswer(Refused):
    pass


@transaction.atomic
def answer_remark(*, remark: PlanRemark, answer: str, by: User) -> PlanRemark:
    """Answer a remark or question; written again, the later answer stands, with who wrote it and when.

    The answer belongs to the version that was read, also once there is a newer one.
    """
    now = timezone.now()
    remark = (
        PlanRemark.objects.select_for_update(of=("self",))
        .select_related("plan_version__plan__commune")
        .get(pk=remark.pk)
    )
    answer = plain_text(answer, at_most=LONGEST_ANSWER)
    if not answer:
        raise UnfitAnswer(_("Write the answer first."))
    is_new = remark.answered_at is None
    remark.answer, remark.answered_at, remark.answered_by = answer, now, by
    remark.save(update_fields=["answer", "answered_at", "answered_by"])
    version = remark.plan_version
    record(
        f"scorecards.remark.{'answered' if is_new else 'answer_corrected'}", noun="remark", object_id=remark.pk,
        by=by, at=now, area=version.plan.commune.code, version=version.number, plan=version.plan_id,
    )  # fmt: skip
    return remark
