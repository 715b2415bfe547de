"""The papers of a plan: their states, the files, a preview of a draft, and the public answer to a QR code."""

import hmac

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import digits
from scorecards.models import ActionPlan, Document, PlanVersion
from scorecards.names import place_of
from scorecards.operations.documents import (
    download_name,
    is_printing_service_answering,
    request_document,
)
from scorecards.plans.content import LANGUAGES, check_code
from scorecards.plans.council_page import VERSION_RELATED
from scorecards.plans.document_rows import paper_of, papers_of
from scorecards.plans.freezing import content_of
from scorecards.plans.page import RELATED
from scorecards.plans.verification import verified
from scorecards.printing import file_name, render_plan

PDF = "application/pdf"


@requires(Permission.SEE_SUBMITTED_PLANS, PlanVersion, related=VERSION_RELATED)
@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """Every paper of the version with its state; a POST asks for one that there is not yet."""
    if request.method == "POST":
        try:
            request_document(
                plan_version=version,
                kind=request.POST.get("kind", ""),
                language=request.POST.get("language", ""),
                by=request.user,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("scorecards:documents", version.pk)
    return TemplateResponse(request, "scorecards/documents/documents.html", _list(version))


@requires(Permission.SEE_SUBMITTED_PLANS, Document, related=("plan_version",))
@require_safe
def document(request: HttpRequest, document: Document) -> HttpResponse:
    """One paper's row, asked for again by the page until it is ready."""
    page = {"paper": paper_of(document), "version": document.plan_version, "is_silent": False}
    if document.is_waiting:
        page["is_silent"] = not is_printing_service_answering()
    return TemplateResponse(request, "scorecards/documents/_paper.html", page)


@requires(Permission.SEE_SUBMITTED_PLANS, Document, related=("plan_version",))
@require_safe
def document_file(request: HttpRequest, document: Document) -> HttpResponse:
    if not document.is_ready or not document.file.storage.exists(document.file.name):
        raise Http404
    answer = FileResponse(
        document.file.open("rb"), as_attachment=True, filename=download_name(document), content_type=PDF
    )
    return _as_it_says(answer)


@requires(Permission.SEE_DRAFT_PLANS, ActionPlan, related=RELATED)
@require_safe
def draft_preview(request: HttpRequest, plan: ActionPlan) -> HttpResponse:
    """How the official paper would look now: marked as a draft, kept nowhere."""
    asked = request.GET.get("language")
    language = asked if asked in LANGUAGES else LANGUAGES[0]
    number = plan.versions.count() + 1
    content = content_of(plan, number=number, submitted_on=None, is_draft=True)
    answer = HttpResponse(render_plan(content=content, kind="jaap", language=language), content_type=PDF)
    name = file_name(content=content, kind="jaap", language=language).replace(".pdf", "_draft.pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    return _as_it_says(answer)


@public
@require_safe
def verify_in_own_language(request: HttpRequest, pk: int, check: str) -> HttpResponse:
    """The address in the QR code names no language; the reader's phone does."""
    person = request.user
    language = person.language if person.is_authenticated else get_language_from_request(request)
    with override(language):
        return redirect("scorecards:verify", pk, check)


@public
@require_safe
def verify(request: HttpRequest, pk: int, check: str) -> HttpResponse:
    """Whether there is such a paper, and how the plan stands now; nothing of what the plan says."""
    found = get_object_or_404(
        Document.objects.select_related("plan_version__plan__commune__parent__parent"), pk=pk
    )
    said = check.replace("-", "").lower()
    if not hmac.compare_digest(said.encode(), check_code(found.plan_version.sha256).encode()):
        raise Http404
    page = {
        "title": _("This paper is in the portal"),
        "place": [],
        "next": None,
        "missing": [],
        "paper": verified(found),
        "practice": found.plan_version.plan.commune.is_practice,
    }
    return TemplateResponse(request, "scorecards/documents/verify.html", page)


def _list(version: PlanVersion) -> dict:
    papers, plan = papers_of(version), version.plan
    return {
        "title": _("Documents of the action plan %(year)s") % {"year": digits(plan.plan_year)},
        "lead": _("Each paper carries its version and a check code."),
        "version": version,
        "versions": plan.versions.defer("content").order_by("-number"),
        "papers": papers,
        "is_silent": any(paper.is_waiting for paper in papers) and not is_printing_service_answering(),
        "place": place_of(plan.commune, (_("Documents"), "")),
        "practice": plan.commune.is_practice,
        "next": None,
        "missing": [],
    }


def _as_it_says(answer: HttpResponse) -> HttpResponse:
    """A browser shall take the file for what we call it, and keep it from others on the way."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private"
    return answer
