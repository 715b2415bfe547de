"""Publication of a round: agreement of the commune, announcement with a look at it before, replies, withdrawal."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from communities.access import requires
from isaf_portal.lib.errors import Refused
from isaf_portal.templatetags.isaf import day, reader_language
from scorecards.enums import PublicationKind
from scorecards.forms.publication import AgreementForm, ReasonForm, ReplyForm
from scorecards.models import PlanVersion, Publication, Round
from scorecards.names import place_in_round, place_of, round_name
from scorecards.operations.publication import (
    announce_publication,
    end_agreement,
    record_agreement,
    reply_to_publication,
    withdraw_publication,
)
from scorecards.overview.publication_page import (
    Voice,
    next_for_publication,
    publication_page,
    voices_of,
)
from scorecards.overview.publishable import Publishable, agreement_in_force, publishable_of
from scorecards.overview.published import published_plan, published_scores, shown_from

ROUND_PARTS = ("programme", "commune__parent__parent")
OF_ROUND = (*(f"scoring_round__{part}" for part in ROUND_PARTS), "plan_version__plan")


@requires(Permission.SEE_ROUNDS, Round, related=ROUND_PARTS)
@require_safe
def publication(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    page = publication_page(scoring_round, request.user)
    context = _context(scoring_round) | {
        "title": _("Publication"),
        "lead": round_name(scoring_round),
        "page": page,
        "agreement": page.facts.agreement,
        "next": next_for_publication(page),
        "place": place_in_round(scoring_round, (_("Publication"), "")),
    }
    return TemplateResponse(request, "scorecards/publication/publication.html", context)


@requires(Permission.PUBLISH, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """What the commune agreed to; a newer agreement takes the place of the one in force."""
    form = AgreementForm(request.POST or None, initial=_proposed(publishable_of(scoring_round)))
    if form.is_valid():
        try:
            record_agreement(commune=scoring_round.commune, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("The agreement is recorded."))
            return redirect("scorecards:publication", scoring_round.pk)
    words = {"title": _("Agreement of the commune"), "button": _("Record the agreement"), "hint": ""}
    if agreement_in_force(scoring_round):
        words["hint"] = _(
            "It takes the place of the agreement in force. What it does not cover is withdrawn from the public."
        )
    return _form_page(request, scoring_round, form, words)


@requires(Permission.PUBLISH, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """The commune no longer agrees: everything that is public of it is withdrawn with it."""
    found = agreement_in_force(scoring_round)
    if found is None:
        messages.info(request, _("No agreement of the commune is in force."))
        return redirect("scorecards:publication", scoring_round.pk)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            end_agreement(agreement=found, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(
                request, _("The agreement has ended. Nothing of the commune is public any more.")
            )
            return redirect("scorecards:publication", scoring_round.pk)
    words = {
        "title": _("End the agreement"),
        "button": _("End the agreement"),
        "hint": _("Everything that was published of this commune is withdrawn at once."),
    }
    return _form_page(request, scoring_round, form, words)


@requires(Permission.PUBLISH, Round, related=ROUND_PARTS)
@require_http_methods(["GET", "POST"])
def announce(request: HttpRequest, scoring_round: Round) -> HttpResponse:
    """What everybody will read, shown before it is announced. `kind` is scores or plan."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    if kind not in PublicationKind.values:
        raise Http404
    facts, refused = publishable_of(scoring_round), []
    if request.method == "POST":
        seen = _version_seen(facts, request.POST.get("version", ""))
        try:
            made = announce_publication(
                scoring_round=scoring_round, kind=kind, plan_version=seen, by=request.user
            )
        except Refused as refusal:
            refused = refusal.missing or [str(refusal)]
        else:
            said = _("Announced. It is public from %(day)s.") % {"day": day(shown_from(made))}
            messages.success(request, said)
            return redirect("scorecards:publication", scoring_round.pk)
    return _announce_page(request, facts, scoring_round, kind, refused)


def _announce_page(
    request: HttpRequest, facts: Publishable, scoring_round: Round, kind: str, refused: list[str]
) -> HttpResponse:
    is_scores = kind == PublicationKind.SCORES
    context = _context(scoring_round) | _what_is_read(scoring_round, kind, facts)
    context |= {
        "title": _("Publish the scores") if is_scores else _("Publish the action plan"),
        "kind": kind,
        "version": None if is_scores else facts.plan_version,
        "missing": refused or facts.missing(kind),
        "place": _place(scoring_round, _("Announce")),
    }
    return TemplateResponse(request, "scorecards/publication/announce.html", context)


def _version_seen(facts: Publishable, typed: str) -> PlanVersion | None:
    """The version that was shown when the button was pressed; the operation refuses an older one."""
    if facts.plan is None or not (typed.isascii() and typed.isdecimal() and len(typed) < 19):
        return facts.plan_version
    return facts.plan.versions.defer("content").filter(pk=typed).first() or facts.plan_version


@requires(Permission.PUBLISH, Publication, related=OF_ROUND)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, announced: Publication) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    scoring_round = announced.scoring_round
    if form.is_valid():
        try:
            withdraw_publication(publication=announced, reason=form.cleaned_data["reason"], by=request.user)
        except Refused as refusal:
            _show(refusal, form)
        else:
            messages.success(request, _("It is withdrawn. Nobody outside sees it any more."))
            return redirect("scorecards:publication", scoring_round.pk)
    words = {
        "title": _("Withdraw: %(what)s") % {"what": announced.get_kind_display()},
        "button": _("Withdraw it"),
        "hint": _("It leaves the public page at once. The reason stands on the page of the round."),
    }
    return _form_page(request, scoring_round, form, words)


@requires(Permission.REPLY_PUBLICLY, Publication, related=OF_ROUND)
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, announced: Publication) -> HttpResponse:
    """What everybody will read, and the room for the provider's or the commune's own words beside it."""
    voices = {voice.key: voice for voice in voices_of(request.user, announced)}
    said = {str(each.provider_id or "commune"): each for each in announced.replies.all()}
    mine = next((said[key] for key in voices if key in said), None)
    form = ReplyForm(
        request.POST or None,
        voices=[(key, voice.name) for key, voice in voices.items()],
        initial={"text": mine.text if mine and len(voices) == 1 else ""},
    )
    if form.is_valid():
        voice = voices[form.cleaned_data["voice"]]
        try:
            reply_to_publication(
                publication=announced, provider=voice.provider, text=form.cleaned_data["text"],
                text_language=reader_language(), by=request.user,
            )  # fmt: skip
        except Refused as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Your reply is kept. It stands beside what is published."))
            return redirect("scorecards:reply-publication", announced.pk)
    return _reply_page(announced, form, voices, [said[key] for key in voices if key in said], request)


# --- Answers -----------------------------------------------------------------------------------


def _reply_page(
    announced: Publication, form: ReplyForm, voices: dict[str, Voice], replies: list, request: HttpRequest
) -> HttpResponse:
    scoring_round, day_shown = announced.scoring_round, shown_from(announced)
    context = (
        _context(scoring_round)
        | _what_concerns(announced, voices.values())
        | {
            "title": _("Reply to what is published"),
            "lead": round_name(scoring_round),
            "publication": announced,
            "shown_from": day_shown,
            "is_public": day_shown <= timezone.localdate() and announced.withdrawn_at is None,
            "form": form,
            "has_voice": bool(voices) and announced.withdrawn_at is None,
            "replies": replies,
            # With one voice its reply stands in the field itself.
            "replies_to_choose": replies if len(voices) > 1 else [],
            "place": place_of(scoring_round.commune, (_("Reply"), "")),
        }
    )
    return TemplateResponse(request, "scorecards/publication/reply.html", context)


def _what_concerns(announced: Publication, voices: Iterable[Voice]) -> dict:
    """The commune sees all of it, a provider what is said of itself, and who has no voice nothing before its day."""
    voices = list(voices)
    if not voices:
        return {"providers": [], "published": None}
    shown = _what_is_read(announced.scoring_round, announced.kind, None, announced)
    own = {voice.provider.pk for voice in voices if voice.provider}
    if len(own) == len(voices):
        shown["providers"] = [each for each in shown["providers"] if each.provider.pk in own]
    return shown


def _what_is_read(
    scoring_round: Round, kind: str, facts: Publishable | None, announced: Publication | None = None
) -> dict:
    """The same values of which the public page is made: providers with their figures, or the plan."""
    if kind == PublicationKind.SCORES:
        as_of = announced.announced_at if announced else timezone.now()
        return {"providers": published_scores(scoring_round, as_of=as_of), "published": None}
    version = announced.plan_version if announced else facts.plan_version
    return {"providers": [], "published": published_plan(version) if version else None}


def _form_page(request: HttpRequest, scoring_round: Round, form, words: dict) -> HttpResponse:
    context = (
        _context(scoring_round)
        | words
        | {
            "lead": round_name(scoring_round),
            "form": form,
            "place": _place(scoring_round, words["title"]),
        }
    )
    return TemplateResponse(request, "scorecards/publication/form.html", context)


def _context(scoring_round: Round) -> dict:
    return {
        "scoring_round": scoring_round,
        "practice": scoring_round.commune.is_practice,
        "next": None,
        "missing": [],
    }


def _place(scoring_round: Round, here: str) -> list[tuple[str, str]]:
    above = (_("Publication"), reverse("scorecards:publication", args=[scoring_round.pk]))
    return place_in_round(scoring_round, above, (here, ""))


def _proposed(facts: Publishable) -> dict:
    """What the minutes of the session said of it, to be looked at and sent."""
    decision = facts.decision
    if decision is None or not decision.agrees_to_publish:
        return {}
    said = _("council session %(number)s") % {"number": decision.session_number}
    return {"covers_plans": True, "agreed_on": decision.held_on, "agreed_by": said}


def _show(refusal: Refused, form) -> None:
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, str(refusal))
