"""The council and a plan: reading a version, remarks and private marks, the decision of the session."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import digits, number, reader_language
from scorecards.enums import CouncilOutcome
from scorecards.forms.council import (
    AnswerForm,
    DecisionForm,
    ReadingForm,
    RemarkForm,
    ScanForm,
    values_of,
)
from scorecards.models import ActionItem, CouncilDecision, PlanRemark, PlanVersion
from scorecards.operations.council import (
    confirm_council_decision,
    mark_item_read,
    record_council_decision,
    remark_on_plan,
    warnings_for_decision,
)
from scorecards.operations.remarks import answer_remark
from scorecards.operations.scans import add_scan as keep_scan_of
from scorecards.plans.council_page import (
    VERSION_RELATED,
    CouncilPage,
    decision_choices,
    left_out_of,
    next_step_of_reader,
    place_below,
    place_of_version,
    read_council_page,
)
from scorecards.plans.money import money_of
from scorecards.plans.reading import read_plan as plan_to_read

OF_VERSION = tuple(f"plan_version__{path}" for path in VERSION_RELATED)


@requires(Permission.SEE_SUBMITTED_PLANS, PlanVersion, related=VERSION_RELATED)
@require_safe
def read_plan(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """The frozen copy in words, for those who decide on it and those whom it concerns."""
    return _reading(request, version)


@requires(Permission.REMARK_ON_PLAN, PlanVersion, related=VERSION_RELATED)
@require_POST
def remark(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _reading(request, version, form)
    item = _item_of(form)
    try:
        remark_on_plan(
            plan_version=version, item=item, text=form.cleaned_data["text"],
            text_language=reader_language(), by=request.user,
        )  # fmt: skip
    except Refused as refusal:
        form.add_error("text", str(refusal))
        return _reading(request, version, form)
    messages.success(request, _("Your remark was sent."))
    return _back_to(version, item)


@requires(Permission.SEE_SUBMITTED_PLANS, PlanVersion, related=VERSION_RELATED)
@require_POST
def mark_read(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    form = ReadingForm(request.POST)
    item = _item_of(form) if form.is_valid() else None
    if item is None:
        raise Http404
    try:
        mark_item_read(plan_version=version, item=item, is_read=form.cleaned_data["is_read"], by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return _back_to(version, item)


@requires(Permission.ANSWER_REMARK, PlanRemark, related=(*OF_VERSION, "remarked_by", "item"))
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, asked: PlanRemark) -> HttpResponse:
    """What a councillor asked, and the answer that the whole council reads."""
    form = AnswerForm(request.POST or None, initial={"answer": asked.answer})
    if form.is_valid():
        try:
            answer_remark(remark=asked, answer=form.cleaned_data["answer"], by=request.user)
        except Refused as refusal:
            form.add_error("answer", str(refusal))
        else:
            messages.success(request, _("Your answer is sent."))
            return _back_to(asked.plan_version, asked.item)
    version = asked.plan_version
    context = {
        "title": _("Answer a remark"),
        "remark": asked,
        "version": version,
        "form": form,
        "place": place_below(version, (_("Answer"), "")),
        "practice": version.plan.commune.is_practice,
        "next": None,
        "missing": [],
    }
    return TemplateResponse(request, "scorecards/council/answer.html", context)


@requires(Permission.RECORD_DECISION, PlanVersion, related=VERSION_RELATED)
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, version: PlanVersion) -> HttpResponse:
    """The clerk writes what the minutes say; until it is confirmed it can be written again."""
    page = read_council_page(version, request.user)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = DecisionForm(*posted, items=decision_choices(version), initial=_initial(page))
    if form.is_valid():
        left_out = ActionItem.objects.filter(pk__in=form.cleaned_data["left_out"])
        try:
            recorded = record_council_decision(
                plan_version=version, by=request.user, **form.cleaned_data | {"left_out": list(left_out)}
            )
        except Refused as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            _say_recorded(request, recorded)
            return redirect("scorecards:decision", version.pk)
    context = _decision_context(page) | {
        "title": _("Record the council's decision"),
        "form": form,
        "scan_form": ScanForm() if page.decision and not page.may_record else None,
    }
    return TemplateResponse(request, "scorecards/council/decision.html", context)


@requires(Permission.CONFIRM_DECISION, CouncilDecision, related=OF_VERSION)
@require_http_methods(["GET", "POST"])
def confirm_decision(request: HttpRequest, recorded: CouncilDecision) -> HttpResponse:
    """The chief reads what was recorded and confirms it; never the person who recorded it."""
    version = recorded.plan_version
    if request.method == "POST":
        try:
            recorded = confirm_council_decision(decision=recorded, by=request.user)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _outcome_in_words(recorded))
        return redirect("scorecards:confirm-decision", recorded.pk)
    page = read_council_page(version, request.user)
    context = _decision_context(page) | {"title": _("Confirm the decision of the council")}
    return TemplateResponse(request, "scorecards/council/confirm_decision.html", context)


@requires(Permission.SEE_SUBMITTED_PLANS, CouncilDecision, related=OF_VERSION)
@require_safe
def decision_scan(request: HttpRequest, recorded: CouncilDecision) -> HttpResponse:
    """The newest photo or scan of the signed page, as it was given."""
    scan = recorded.scans.order_by("pk").last()
    if scan is None or not scan.file.storage.exists(scan.file.name):
        raise Http404
    version = recorded.plan_version
    ending = scan.file.name.rpartition(".")[2]
    name = f"minutes_{version.plan.commune.code}_{version.plan.plan_year}_v{version.number}.{ending}"
    return FileResponse(
        scan.file.open("rb"), as_attachment=True, filename=name, content_type=scan.content_type
    )


@requires(Permission.RECORD_DECISION, CouncilDecision, related=OF_VERSION)
@require_POST
def add_scan(request: HttpRequest, recorded: CouncilDecision) -> HttpResponse:
    """The signed page, where the decision was recorded without it."""
    form = ScanForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            keep_scan_of(decision=recorded, scan=form.cleaned_data["scan"], by=request.user)
            messages.success(request, _("The signed page is kept with the decision."))
        else:
            messages.error(request, form.errors["scan"][0])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("scorecards:decision", recorded.plan_version_id)


# --- Answers -----------------------------------------------------------------------------------


def _reading(request: HttpRequest, version: PlanVersion, typed: RemarkForm | None = None) -> HttpResponse:
    page = read_council_page(version, request.user)
    reading = plan_to_read(version, request.user, sees_remarks=page.sees_remarks)
    context = _context(page) | {
        "title": _("Read the %(year)s action plan") % {"year": digits(version.plan.plan_year)},
        "reading": reading,
        "typed": typed,
        "typed_item": _number(typed["item"].value()) if typed else None,  # 0 is the whole plan
        "next": next_step_of_reader(page, reading),
        "place": place_of_version(page),
    }
    return TemplateResponse(request, "scorecards/council/read_plan.html", context)


def _context(page: CouncilPage) -> dict:
    return {
        "page": page,
        "money": money_of(page.version.content),
        "plan": page.plan,
        "version": page.version,
        "decision": page.shown_decision,
        "left_out": left_out_of(page),
        "confirmations": page.decision.confirmations.all() if page.decision else (),
        "has_scan": bool(page.decision and page.decision.scans.all()),
        "state": page.state,
        "state_label": page.state_label,
        "lead": page.lead,
        "practice": page.plan.commune.is_practice,
        "missing": [],
    }


def _decision_context(page: CouncilPage) -> dict:
    return _context(page) | {
        "lead": _("Action plan %(year)s · version %(number)s")
        % {"year": digits(page.plan.plan_year), "number": number(page.version.number)},
        "next": None,
        "place": place_of_version(page, (_("Decision"), "")),
        "remarks_count": page.version.remarks.count(),
    }


def _initial(page: CouncilPage) -> dict:
    """What was recorded before, to be corrected; else only the size of the council, which seldom changes."""
    if page.decision is not None:
        return values_of(page.decision)
    earlier = CouncilDecision.objects.filter(plan_version__plan__commune=page.plan.commune_id)
    last = earlier.order_by("held_on", "pk").last()
    return {"council_size": last.council_size} if last else {}


def _say_recorded(request: HttpRequest, recorded: CouncilDecision) -> None:
    messages.success(request, _("The decision is recorded. It takes effect when the chief confirms it."))
    for warning in warnings_for_decision(plan_version=recorded.plan_version, held_on=recorded.held_on):
        messages.warning(request, warning)


def _outcome_in_words(recorded: CouncilDecision) -> str:
    if recorded.settled_at is None:
        return _(
            "You confirmed the decision. It takes effect when the others named for it have confirmed it too."
        )
    if recorded.outcome == CouncilOutcome.RETURN:
        return _("You confirmed the decision. The plan goes back to be corrected.")
    return _("You confirmed the decision. The plan is approved.")


def _item_of(form) -> ActionItem | None:
    asked = form.cleaned_data.get("item")
    return None if asked is None else get_object_or_404(ActionItem, pk=asked)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


def _back_to(version: PlanVersion, item: ActionItem | None) -> HttpResponse:
    answer = redirect("scorecards:read-plan", version.pk)
    answer["Location"] += f"#item-{item.pk}" if item else "#remarks"
    return answer
