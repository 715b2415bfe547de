"""Checking what was submitted: the queue, one scorecard with its conclusion, and requests to reopen."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.roles import Permission
from communities.access import requires, requires_role
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import number
from scorecards.enums import ReopeningDecision, VersionStatus
from scorecards.figures import newest_versions, with_counts
from scorecards.forms.review import LockForm, ReopeningDecisionForm, ReopeningForm, ReturnForm
from scorecards.models import ReopeningRequest, Scorecard, ScorecardVersion
from scorecards.names import name_of, place_of_card
from scorecards.operations import review as operations
from scorecards.overview.review_queue import checks_of, queue_rows, requests_to_decide, versions_to_check
from scorecards.results import sitting_result
from scorecards.views.results import readable_version

PAGE_ROWS = 50


@requires_role(Permission.LOCK_SCORECARD)
@require_safe
def review_queue(request: HttpRequest) -> HttpResponse:
    return queue_page(request)


@requires(Permission.LOCK_SCORECARD, Scorecard)
@require_safe
def check(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    return check_page(request, scorecard, return_form=ReturnForm(), lock_form=LockForm())


@requires(Permission.RETURN_SCORECARD, Scorecard)
@require_POST
def return_scorecard(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    form = ReturnForm(request.POST)
    if form.is_valid():
        try:
            operations.return_scorecard(
                version=last_version(scorecard), reason=form.cleaned_data["reason"], by=request.user
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scorecard was returned with your reason."))
            return redirect("scorecards:review-queue")
    return check_page(request, scorecard, return_form=form, lock_form=LockForm())


@requires(Permission.LOCK_SCORECARD, Scorecard)
@require_POST
def lock_scorecard(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    form = LockForm(request.POST)
    if form.is_valid():
        try:
            operations.lock_scorecard(version=last_version(scorecard), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scorecard is locked. Its figures go into the consolidation."))
            return redirect("scorecards:review-queue")
    return check_page(request, scorecard, return_form=ReturnForm(), lock_form=form)


@requires(Permission.REQUEST_REOPENING, Scorecard)
@require_http_methods(["GET", "POST"])
def ask_reopening(request: HttpRequest, scorecard: Scorecard) -> HttpResponse:
    version, _is_full = readable_version(request.user, scorecard)
    form = ReopeningForm(request.POST or None)
    if form.is_valid():
        try:
            operations.request_reopening(version=version, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your request was sent. An officer decides whether it is reopened."))
            return redirect("scorecards:results", scorecard.pk)
    page = {
        "title": _("This is wrong"),
        "lead": name_of(version.scorecard),
        "scorecard": scorecard,
        "form": form,
        "place": place_of_card(version.scorecard, leads_to_round=False),
        "practice": version.scorecard.place.is_practice,
    }
    return TemplateResponse(request, "scorecards/review/ask_reopening.html", page)


@requires(Permission.DECIDE_REOPENING, ReopeningRequest)
@require_POST
def decide_reopening(request: HttpRequest, reopening: ReopeningRequest) -> HttpResponse:
    form = ReopeningDecisionForm(request.POST, prefix=f"r{reopening.pk}")
    if form.is_valid():
        is_granted = form.cleaned_data["decision"] == ReopeningDecision.GRANTED
        try:
            operations.decide_reopening(
                request=reopening, grant=is_granted, answer=form.cleaned_data["answer"], by=request.user
            )
        except Refused as refusal:
            # Most often another officer was quicker: then the request stands on no list any more.
            messages.error(request, str(refusal))
        else:
            done = _("The scorecard is open for correction again.") if is_granted else _("It stays locked.")
            messages.success(request, done)
        return redirect("scorecards:review-queue")
    return queue_page(request, bound={reopening.pk: form})


def queue_page(
    request: HttpRequest, bound: dict[int, ReopeningDecisionForm] | None = None
) -> TemplateResponse:
    """The queue; `bound` holds the form of a request that was decided in a way that cannot be."""
    page = Paginator(versions_to_check(request.user), PAGE_ROWS).get_page(request.GET.get("page"))
    versions = with_counts(
        ScorecardVersion.objects.filter(pk__in=[version.pk for version in page]).order_by(
            "submitted_at", "pk"
        )
    ).prefetch_related("scorecard__meeting__attendances__counts")
    waiting = page.paginator.count
    context = {
        "title": _("Scorecards to check"),
        "state": "due" if waiting else "complete",
        "state_label": ngettext("%(count)s waiting", "%(count)s waiting", waiting)
        % {"count": number(waiting)},
        "page": page,
        "rows": queue_rows(versions),
        "requests": reopening_rows(request.user, bound or {}),
        "filters": "",
    }
    return TemplateResponse(request, "scorecards/review/queue.html", context)


def reopening_rows(person: User, bound: dict[int, ReopeningDecisionForm]) -> list[dict]:
    """Each request that waits, with the form to decide on it."""
    return [
        {
            "request": each,
            "name": name_of(each.version.scorecard),
            "form": bound.get(each.pk) or ReopeningDecisionForm(prefix=f"r{each.pk}"),
        }
        for each in requests_to_decide(person)[:PAGE_ROWS]
    ]


def check_page(
    request: HttpRequest, scorecard: Scorecard, *, return_form: ReturnForm, lock_form: LockForm
) -> TemplateResponse:
    version = last_version(scorecard)
    result = sitting_result(version, is_full=True)
    context = {
        "title": _("Check · %(name)s") % {"name": name_of(version.scorecard)},
        "state": version.status,
        "place": place_of_card(version.scorecard, leads_to_round=True),
        "practice": version.scorecard.place.is_practice,
        "result": result,
        "rows": sorted(result.criteria, key=lambda row: row.number),
        "checks": checks_of(version),
        "is_waiting": version.status == VersionStatus.SUBMITTED,
        "return_form": return_form,
        "lock_form": lock_form,
        "back_url": reverse("scorecards:review-queue"),
    }
    return TemplateResponse(request, "scorecards/review/check.html", context)


def last_version(scorecard: Scorecard) -> ScorecardVersion:
    """The newest, in whatever state, with its counts and who submitted it."""
    newest = newest_versions(Scorecard.objects.filter(pk=scorecard.pk), is_full=True)
    return get_object_or_404(
        newest.select_related("submitted_by").prefetch_related("scorecard__meeting__attendances__counts")
    )
