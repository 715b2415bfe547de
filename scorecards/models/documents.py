"""What was printed, of which version: one file per kind, version, language and issue, served for ever."""

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission
from communities.access import Scopes, reach
from isaf_portal.lib.files import GeneratedFile
from scorecards.models.action_plans import PlanVersion


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            reach(user, Permission.SEE_DRAFT_PLANS, Document.scopes)
            | reach(user, Permission.SEE_SUBMITTED_PLANS, Document.scopes)
        )


class Document(GeneratedFile):
    """A printed paper of a plan's version. `kind` and `language` are those of `scorecards.printing.KINDS`."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=5)
    issue = models.PositiveSmallIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()
    scopes = Scopes(
        area="plan_version__plan__commune__code",
        organisation="plan_version__plan__scoring_round__organisation",
        programme="plan_version__plan__scoring_round__programme",
        provider="plan_version__plan__items__provider",
    )

    class Meta(GeneratedFile.Meta):
        verbose_name = _("document")
        constraints = [
            *GeneratedFile.Meta.constraints,
            UniqueConstraint(
                fields=["kind", "plan_version", "language", "issue"], name="document_issue_once"
            ),
            CheckConstraint(name="document_language_known", condition=Q(language__in=["km", "en", "km-en"])),
        ]

    def __str__(self):
        return f"{self.kind} {self.plan_version_id} {self.language}"
