"""Scores on a page: verdicts with face and word, and the charts of `isaf_portal.lib.charts` with their labels."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from isaf_portal.lib import charts
from isaf_portal.templatetags.isaf import decimal, decimal1, digits, number, signed
from scorecards.figures import Figure, Verdict
from scorecards.results import CriterionResult, GroupResult

register = template.Library()


@register.inclusion_tag("components/score_face.html", takes_context=True)
def score_verdict(context, verdict: Verdict, size: str = "") -> dict[str, Any]:
    """A mean as face, figure and word; "opinions differ" stands in place of the word where they do."""
    word = _("Opinions differ") if verdict.differs else verdict.word
    return {"face": f"f{verdict.face}", "figure": decimal1(verdict.mean), "word": word, "size": size}


@register.filter
def people_count(count: int | None) -> str:
    """Number of people in words: ៤៧ នាក់, 47 people."""
    if count is None:
        return "—"
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


@register.filter
def part_of(share) -> str:
    """So many of so many: ២៨ ក្នុង ៤៧ នាក់, 28 of 47."""
    return _("%(count)s of %(people)s people") % {
        "count": number(share.count),
        "people": number(share.people),
    }


@register.filter
def median(value: Decimal | None) -> str:
    """A median is not rounded: 3 reads 3, and 3.5 stays 3.5."""
    return decimal(value, 0 if value is not None and value == int(value) else 1)


@register.filter
def at(table: dict, key: object) -> object:
    """What a table of the view holds for this row; nothing where it holds none."""
    return table.get(key, "")


@register.simple_tag
def distribution(figure: Figure, words: dict[int, str]) -> SafeString:
    """How many people gave each score."""
    counts = ", ".join(
        f"{words.get(score, score)} {number(count)}" for score, count in enumerate(figure.counts, 1)
    )
    label = _("People at each score: %(counts)s") % {"counts": counts}
    return charts.distribution_bar(figure.counts, [number(count) for count in figure.counts], label=label)


@register.simple_tag
def provider_gap_chart(row: CriterionResult) -> SafeString:
    """From the community's mean to the provider's."""
    ours, theirs = row.figure.mean, row.provider.mean
    label = _("Community %(ours)s, provider %(theirs)s, gap %(gap)s") % {
        "ours": decimal1(ours),
        "theirs": decimal1(theirs),
        "gap": signed(row.provider_gap),
    }
    marks = [charts.Mark(value, decimal1(value)) for value in (ours, theirs)]
    return charts.gap_arrow(*marks, _axis(row.figure.points), label=label)


@register.simple_tag
def group_chart(result: GroupResult, points: int, place: int) -> SafeString:
    """One group's mean on the axis of scores."""
    mean = result.figure.mean if result.figure else None
    mark = None if mean is None else charts.Mark(mean, decimal1(mean))
    label = f"{result.group.label} {decimal1(mean)}"
    return charts.group_strip(mark, _axis(points), place=place, is_apart=result.is_apart, label=label)


@register.simple_tag
def group_axis(points: int) -> SafeString:
    """The scores over the column of group charts."""
    return charts.strip_axis(
        _axis(points), label=_("Scores from 1 to %(points)s") % {"points": digits(points)}
    )


def _axis(points: int) -> list[str]:
    return [digits(score) for score in range(1, points + 1)]
