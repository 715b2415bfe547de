"""What still keeps the scores of a round, or its plan, from being announced: pages list it, the operation refuses with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from scorecards.enums import CouncilOutcome, PlanStatus, PublicationKind, ScorecardKind, VersionStatus
from scorecards.models import (
    ActionPlan,
    CouncilDecision,
    PlanVersion,
    Publication,
    PublicationAgreement,
    Round,
    ScorecardVersion,
)
from scorecards.plans.freezing import interface_meeting_of

APPROVED = (PlanStatus.APPROVED, PlanStatus.CLOSED)


@dataclass(frozen=True)
class Publishable:
    """The facts of a round that decide what may be announced. `plan_version` is the newest of its plan, approved or not."""

    agreement: PublicationAgreement | None
    has_interface_meeting: bool
    has_locked_scores: bool
    plan: ActionPlan | None
    plan_version: PlanVersion | None
    decision: CouncilDecision | None  # the confirmed one by which the plan was approved
    has_scan: bool
    announced: tuple[Publication, ...]  # in force, public or to be

    def scores_announced(self) -> Publication | None:
        return next((each for each in self.announced if each.kind == PublicationKind.SCORES), None)

    def plan_announced(self) -> Publication | None:
        """That of the newest version which was announced; an older one may be public until its day comes."""
        plans = [each for each in self.announced if each.kind == PublicationKind.PLAN]
        return max(plans, key=lambda each: each.plan_version.number, default=None)

    def missing(self, kind: str) -> list[str]:
        """One sentence for each thing that keeps this kind from being announced now; empty if nothing does."""
        return self._missing_for_scores() if kind == PublicationKind.SCORES else self._missing_for_plan()

    def _missing_for_scores(self) -> list[str]:
        found = []
        if self.agreement is None or not self.agreement.covers_scores:
            found.append(_("No agreement of the commune to publish scores is recorded."))
        if not self.has_interface_meeting:
            found.append(_("The interface meeting was not held yet. Scores are public only after it."))
        if not self.has_locked_scores:
            found.append(_("No scorecard is checked and locked."))
        if self.scores_announced():
            found.append(_("The scores of this round are announced already. Withdraw them first."))
        return found

    def _missing_for_plan(self) -> list[str]:
        found = []
        if self.agreement is None or not self.agreement.covers_plans:
            found.append(_("No agreement of the commune to publish its action plan is recorded."))
        if self.plan_version is None or self.plan.status not in APPROVED:
            found.append(_("The commune council has not approved the plan yet."))
            return found
        if not self.has_scan:
            found.append(_("The scan of the signed page is missing."))
        if self.agreement and self._council_refused():
            found.append(
                _("The council did not agree to publish this plan in its session, and has not agreed since.")
            )
        if any(each.plan_version_id == self.plan_version.pk for each in self.announced):
            found.append(_("This version of the plan is announced already."))
        return found

    def _council_refused(self) -> bool:
        """The minutes say no, and the agreement is no younger than they."""
        if self.decision is None or self.decision.agrees_to_publish:
            return False
        return self.agreement.agreed_on <= self.decision.held_on


def publishable_of(scoring_round: Round) -> Publishable:
    """At most seven queries."""
    plan = ActionPlan.objects.filter(scoring_round=scoring_round).order_by("plan_year", "pk").last()
    version = plan.versions.defer("content").order_by("number").last() if plan else None
    decision = _decision_on(plan) if plan else None
    return Publishable(
        agreement=agreement_in_force(scoring_round),
        has_interface_meeting=interface_meeting_of(scoring_round) is not None,
        has_locked_scores=ScorecardVersion.objects.filter(
            scorecard__scoring_round=scoring_round,
            scorecard__kind=ScorecardKind.COMMUNITY,
            status=VersionStatus.LOCKED,
        ).exists(),
        plan=plan,
        plan_version=version,
        decision=decision,
        has_scan=decision is not None and decision.scans.exists(),
        announced=tuple(
            scoring_round.publications.in_force()
            .select_related("plan_version", "scoring_round__programme")
            .defer("plan_version__content")
            .order_by("pk")
        ),
    )


def agreement_in_force(scoring_round: Round) -> PublicationAgreement | None:
    found = PublicationAgreement.objects.filter(commune=scoring_round.commune_id, ended_at__isnull=True)
    return found.select_related("recorded_by").first()


def _decision_on(plan: ActionPlan) -> CouncilDecision | None:
    settled = CouncilDecision.objects.filter(plan_version__plan=plan, settled_at__isnull=False)
    return settled.exclude(outcome=CouncilOutcome.RETURN).order_by("settled_at", "pk").last()
