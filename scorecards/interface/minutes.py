"""The minutes of an interface meeting as their paper shows them, and the blank form that is filled in by hand.

Every cell is a finished text in one language. Reasons are not on it: the signed paper may be put up where everybody
reads it. Nor is any name of a person who spoke; whoever signs writes the own name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from communities.enums import AreaKind, AttendanceRole, PeopleGroup, WordKey
from communities.models import Attendance, Organisation, Programme, ServiceProvider
from communities.models import Meeting as HeldMeeting
from communities.words import words_of
from isaf_portal.lib import formats, pdf
from scorecards.enums import ItemRoute, PlanSection
from scorecards.figures import Figure, Verdict, verdict
from scorecards.figures import words_of as words_of_scale
from scorecards.forms.rounds import InterfaceMeetingForm
from scorecards.interface.agenda import Point, ProviderPoints, choices_of
from scorecards.interface.meeting import Meeting
from scorecards.models import ActionItem, InterfacePoint, Round
from scorecards.plans.sheet import SIGNATURES_IN_A_ROW, area_name, words

STYLESHEET = "templates/scorecards/pdf/minutes.css"
TEMPLATES = {"km": "scorecards/pdf/minutes_official.html", "en": "scorecards/pdf/minutes_english.html"}
# On the blank form each point has room for so many actions, and each provider for points that came up on the day.
LINES_OF_A_POINT = 2
POINTS_TO_ADD = 1


@dataclass(frozen=True)
class Action:
    what: str
    who: str
    when: str


@dataclass(frozen=True)
class Row:
    """One point: `actions` where something was agreed, else `note`; on the blank form lines to write on."""

    number: str
    criterion: str
    citizens: str
    citizens_note: str
    provider: str
    actions: tuple[Action, ...]
    note: str


@dataclass(frozen=True)
class Group:
    heading: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Minutes:
    language: str
    is_blank: bool
    title: str
    year: str
    commune: str
    district: str
    province: str
    marks: tuple[str, ...]
    held_on: str
    place: str
    programme: str
    attendance: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    signatures: tuple[tuple[tuple[str, bool], ...], ...]
    printed: str
    names: tuple[str, ...]

    @property
    def lines(self) -> range:
        """Of each point on the blank form."""
        return range(LINES_OF_A_POINT)


def minutes_of(meeting: Meeting, *, language: str, is_blank: bool = False) -> Minutes:
    """The paper as things stand now. A blank form before there is an agenda carries the proposed points."""
    with override(language):
        scoring_round = meeting.scoring_round
        commune = scoring_round.commune
        key_words = words_of(scoring_round.programme)
        held = None if is_blank else meeting.facts.interface
        groups = _groups(meeting, is_blank)
        return Minutes(
            language=language,
            is_blank=is_blank,
            title=words(key_words[WordKey.INTERFACE_MEETING], language),
            year=formats.digits(scoring_round.year, language),
            commune=_area(commune, language),
            district=_area(commune.parent, language),
            province=_area(commune.parent.parent, language),
            marks=(pgettext("plan paper", "Practice commune"),) if commune.is_practice else (),
            held_on=formats.day_long(held.held_on, language) if held else "",
            place=held.place if held else "",
            programme=f"{_name(scoring_round.programme, language)} · {_name(scoring_round.organisation, language)}",
            attendance=tuple(_attendance(held, language)),
            groups=tuple(_group(group, language, is_blank) for group in groups),
            signatures=tuple(
                _signature_rows(meeting, [group.provider for group in groups], key_words, language)
            ),
            printed=_printed(timezone.now(), language),
            names=tuple(area.name_km for area in (commune, commune.parent, commune.parent.parent)),
        )


def render_minutes(minutes: Minutes) -> bytes:
    """The PDF, to be read aloud as well; the same bytes for the same minutes."""
    with override(minutes.language):
        html = render_to_string(TEMPLATES[minutes.language], {"minutes": minutes})
    return pdf.render(
        html=html, stylesheet=settings.BASE_DIR / STYLESHEET, variant=pdf.ACCESSIBLE, protected=minutes.names
    )


def file_name(scoring_round: Round, *, language: str, is_blank: bool) -> str:
    """A short Latin name, fit for sending: MIN_081307_2026.pdf, MINFORM_081307_2026_en.pdf."""
    prefix = "MINFORM" if is_blank else "MIN"
    suffix = "" if language == "km" else f"_{language}"
    return f"{prefix}_{scoring_round.commune.code}_{scoring_round.year}{suffix}.pdf"


# --- Points ---------------------------------------------------------------------------------------


def _groups(meeting: Meeting, is_blank: bool) -> Sequence[ProviderPoints]:
    if meeting.agenda.groups or not is_blank:
        return meeting.agenda.groups
    return [_proposed(meeting, group.provider, group.choices) for group in choices_of(meeting.agenda)]


def _proposed(meeting: Meeting, provider: ServiceProvider, choices) -> ProviderPoints:
    """Points that are not kept yet, only to be printed."""
    chosen = [choice for choice in choices if choice.is_chosen]
    key = (meeting.scoring_round.pk, provider.pk)
    return ProviderPoints(
        provider,
        tuple(
            Point(InterfacePoint(provider=provider, criterion=choice.criterion), number, choice.row, ())
            for number, choice in enumerate(chosen, start=1)
        ),
        meeting.agenda.scores.consolidations.get(key),
    )


def _group(group: ProviderPoints, language: str, is_blank: bool) -> Group:
    rows = [_row(point, group, language) for point in group.points]
    if is_blank:
        first = len(rows) + 1
        rows += [
            Row(formats.digits(number, language), "", "", "", "", (), "")
            for number in range(first, first + POINTS_TO_ADD)
        ]
    return Group(_name(group.provider, language), tuple(rows))


def _row(point: Point, group: ProviderPoints, language: str) -> Row:
    found, row = group.found, point.row
    ours = row.figure if row else None
    scale = words_of_scale(found.provider_version.scorecard) if found and found.provider_version else {}
    return Row(
        number=formats.digits(point.number, language),
        criterion=_column(point.criterion, "text", language),
        citizens=_score(row.verdict if row else None, language),
        citizens_note=_dissatisfied(ours, language),
        provider=_score(verdict(row.provider, scale) if row else None, language),
        actions=tuple(_action(item, language) for item in point.items),
        note=_("Not agreed yet: %(note)s") % {"note": point.point.note} if point.is_parked else "",
    )


def _score(found: Verdict | None, language: str) -> str:
    if found is None:
        return formats.UNKNOWN
    word = _("Opinions differ") if found.differs else found.word
    return f"{formats.decimal(found.mean, language)} {word}"


def _dissatisfied(figure: Figure | None, language: str) -> str:
    if figure is None or not figure.people:
        return ""
    share = figure.dissatisfied
    return _("not satisfied %(count)s of %(people)s") % {
        "count": formats.number(share.count, language),
        "people": formats.number(share.people, language),
    }


def _action(item: ActionItem, language: str) -> Action:
    what = _column(item, "activity", language)
    if item.section == PlanSection.EXTERNAL and item.route:
        asked = _("asked of: %(route)s") % {"route": ItemRoute(item.route).label}
        what = format_html("{} ({})", what, asked)
    return Action(what, _column(item, "lead", language), formats.month(item.ends_on, language))


# --- Around the points ----------------------------------------------------------------------------


def _attendance(held: HeldMeeting | None, language: str) -> Iterator[tuple[str, str]]:
    """The lines of the form in which it is recorded, then what else was counted; blank where nothing was recorded."""
    counts = _counts(held)
    for name, key in InterfaceMeetingForm.COUNTED.items():
        label = str(InterfaceMeetingForm.base_fields[name].label)
        count = counts.pop(key, None)
        yield label, "" if held is None else formats.number(count, language)
    for (role, group), count in sorted(counts.items()):
        yield f"{AttendanceRole(role).label}: {PeopleGroup(group).label}", formats.number(count, language)


def _counts(held: HeldMeeting | None) -> dict[tuple[str, str], int]:
    if held is None:
        return {}
    attendances = Attendance.objects.filter(meeting=held).prefetch_related("counts")
    return {
        (attendance.role, count.people_group): count.count
        for attendance in attendances
        for count in attendance.counts.all()
    }


def _signature_rows(
    meeting: Meeting, providers: Sequence[ServiceProvider], key_words: dict, language: str
) -> Iterator[tuple[tuple[str, bool], ...]]:
    """Titles with whether it is the chief's; the chief signs last, on the right."""
    is_sangkat = meeting.scoring_round.commune.kind == AreaKind.SANGKAT
    chief = key_words[WordKey.CHIEF_SANGKAT if is_sangkat else WordKey.CHIEF_KHUM]
    places = [
        (words(key_words[WordKey.COMMUNITY_FACILITATOR], language), False),
        *((_name(provider, language), False) for provider in providers),
        (words(chief, language), True),
    ]
    rows = -(-len(places) // SIGNATURES_IN_A_ROW)
    size = -(-len(places) // rows)
    for start in range(0, len(places), size):
        yield tuple(places[start : start + size])


def _printed(now: datetime, language: str) -> str:
    return _("As it stood on %(day)s at %(time)s") % {
        "day": formats.day(now, language),
        "time": formats.clock(now, language),
    }


def _area(area, language: str) -> str:
    kinds = {}
    for each in ("km", "en"):
        with override(each):
            kinds[each] = str(AreaKind(area.kind).label)
    return area_name({"kind": kinds, "name": {"km": area.name_km, "en": area.name_en or ""}}, language)


def _name(thing: ServiceProvider | Programme | Organisation, language: str) -> str:
    return _column(thing, "name", language)


def _column(thing, field: str, language: str) -> str:
    """In the language of the paper, else in the other one, marked as such."""
    texts = {each: getattr(thing, f"{field}_{each}") or "" for each in ("km", "en")}
    return words(texts, language)
