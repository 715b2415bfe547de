"""What looks odd in a sheet that was submitted: not wrong, but worth asking about before it is locked.

Each check answers sentences for the officer. They ask nothing where the versions came with their counts, their
meeting's attendance (`figures.with_counts`) and, for copies between sittings, the other sittings of the provider.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.enums import PeopleGroup
from isaf_portal.templatetags.isaf import number
from scorecards.enums import GroupKind, ScorecardKind, ScoringGroupCode
from scorecards.figures import ALL, Figure, figures_by_group, group_numbers, with_counts
from scorecards.models import ScorecardCriterion, ScorecardVersion
from scorecards.names import name_of
from scorecards.overview.card_rows import attendance_of

# Below these numbers a likeness is chance: few people easily agree, or leave the same counts twice.
FEWEST_PEOPLE = 8
FEWEST_OF_GROUP = 5
FEWEST_SCORES_USED = 3
MANY_PEOPLE = 60  # in a real crowd somebody has no opinion, or goes home
TIMES_THE_USUAL = 3

Counts = dict[str, Figure]


@dataclass(frozen=True)
class Oddity:
    """`what` in a few words, for the queue; `where` names the place on the sheet."""

    what: str
    where: str

    def __str__(self):
        return f"{self.what} · {self.where}" if self.where else self.what


def oddities_of(version: ScorecardVersion, siblings: Iterable[ScorecardVersion] = ()) -> list[Oddity]:
    """Of a sitting of the community; what staff agree on among themselves is alike by its nature."""
    if version.scorecard.kind == ScorecardKind.SELF_ASSESSMENT:
        return []
    scored = sorted(version.criteria.all(), key=lambda row: (row.order, row.pk))
    figures = {row.pk: figures_by_group(version, row) for row in scored}
    others = [each for each in siblings if each.scorecard_id != version.scorecard_id]
    return [
        *_missing_groups(version, scored, figures),
        *_more_than_came(version, scored, figures),
        *_far_more_than_usual(version, others),
        *_copied_criteria(scored, figures),
        *_copied_groups(version, scored, figures),
        *_copied_sittings(version, others),
        *_one_score(scored, figures),
        *_too_tidy(version, figures),
        *_copied_reasons(scored),
    ]


def siblings_of(versions: Iterable[ScorecardVersion]) -> dict[int, list[ScorecardVersion]]:
    """By version: the newest versions of the provider's other sittings in the round. The same number of queries for
    one version and for many.
    """
    own = list(versions)
    keys = {_of_provider(each) for each in own}
    found: dict[tuple[int | None, int], list[ScorecardVersion]] = defaultdict(list)
    rows = ScorecardVersion.objects.filter(
        scorecard__kind=ScorecardKind.COMMUNITY,
        scorecard__scoring_round__in={key[0] for key in keys if key[0]},
        scorecard__provider__in={key[1] for key in keys},
    )
    for version in with_counts(rows).order_by("number"):
        found[_of_provider(version)].append(version)
    newest = {key: {each.scorecard_id: each for each in group}.values() for key, group in found.items()}
    return {
        each.pk: [
            other for other in newest.get(_of_provider(each), ()) if other.scorecard_id != each.scorecard_id
        ]
        for each in own
    }


# --- Groups and numbers ---------------------------------------------------------------------------


def _missing_groups(
    version: ScorecardVersion, scored: list[ScorecardCriterion], figures: Mapping[int, Counts]
) -> Iterator[Oddity]:
    groups = {each.group: each for each in version.groups.all() if each.kind == GroupKind.DISJOINT}
    came = attendance_of(version)
    young = came.get(PeopleGroup.YOUTH) or 0
    if groups and ScoringGroupCode.YOUTH not in groups and young >= FEWEST_OF_GROUP:
        words = ngettext("%(count)s young person came", "%(count)s young people came", young)
        yield Oddity(_("Youth did not score apart"), words % {"count": number(young)})
    women = came.get(PeopleGroup.FEMALE) or 0
    if not groups and women >= FEWEST_OF_GROUP and young >= FEWEST_OF_GROUP:
        yield Oddity(_("Nobody scored apart"), _("women, men and youth cannot be compared"))
    for code, group in groups.items():
        absent = [_number(place) for place, row in enumerate(scored, 1) if code not in figures[row.pk]]
        if absent and len(absent) < len(scored) and group.people_count:
            yield Oddity(
                _("A group is missing"),
                _("%(group)s · criteria %(numbers)s")
                % {"group": group.get_group_display(), "numbers": ", ".join(absent)},
            )


def _more_than_came(
    version: ScorecardVersion, scored: list[ScorecardCriterion], figures: Mapping[int, Counts]
) -> Iterator[Oddity]:
    """The attendance may have been corrected after the counts were typed."""
    total = attendance_of(version).get(PeopleGroup.TOTAL)
    if not total:
        return
    for place, row in enumerate(scored, 1):
        whole = figures[row.pk].get(ALL)
        people = whole.people + whole.no_opinion if whole else 0
        if people > total:
            yield Oddity(
                _("More scores than people who came"),
                _("%(criterion)s: %(people)s of %(total)s")
                % {"criterion": _named(place, row), "people": number(people), "total": number(total)},
            )


def _far_more_than_usual(version: ScorecardVersion, others: list[ScorecardVersion]) -> Iterator[Oddity]:
    people = group_numbers(version).get(ALL) or 0
    sizes = sorted(size for each in others if (size := group_numbers(each).get(ALL)))
    if len(sizes) < 2 or people < MANY_PEOPLE:
        return
    usual = sizes[len(sizes) // 2]
    if people >= TIMES_THE_USUAL * usual:
        yield Oddity(
            _("Far more people than at the other meetings"),
            _("%(people)s, elsewhere about %(usual)s") % {"people": number(people), "usual": number(usual)},
        )


# --- Copies ---------------------------------------------------------------------------------------


def _copied_criteria(scored: list[ScorecardCriterion], figures: Mapping[int, Counts]) -> Iterator[Oddity]:
    """Criteria of which every group left exactly the same counts."""
    alike: dict[tuple, list[str]] = defaultdict(list)
    for place, row in enumerate(scored, 1):
        counts = figures[row.pk]
        if ALL in counts and _is_telling(counts[ALL], FEWEST_PEOPLE):
            shape = tuple(sorted((code, each.counts, each.no_opinion) for code, each in counts.items()))
            alike[shape].append(_number(place))
    for numbers in alike.values():
        if len(numbers) > 1:
            yield Oddity(
                _("The same counts under several criteria"),
                _("criteria %(numbers)s: copied?") % {"numbers": ", ".join(numbers)},
            )


def _copied_groups(
    version: ScorecardVersion, scored: list[ScorecardCriterion], figures: Mapping[int, Counts]
) -> Iterator[Oddity]:
    """Two groups with the same counts on two criteria or more; on one it may be chance."""
    groups = [each for each in version.groups.all() if each.kind == GroupKind.DISJOINT]
    for place, first in enumerate(groups):
        for second in groups[place + 1 :]:
            numbers = [
                _number(order)
                for order, row in enumerate(scored, 1)
                if _is_copy(figures[row.pk].get(first.group), figures[row.pk].get(second.group))
            ]
            if len(numbers) > 1:
                yield Oddity(
                    _("Two groups have the same counts"),
                    _("%(first)s and %(second)s · criteria %(numbers)s")
                    % {
                        "first": first.get_group_display(),
                        "second": second.get_group_display(),
                        "numbers": ", ".join(numbers),
                    },
                )


def _copied_sittings(version: ScorecardVersion, others: list[ScorecardVersion]) -> Iterator[Oddity]:
    """Another meeting with the same counts on every criterion that both scored."""
    ours = _all_counts(version)
    for other in others:
        theirs = _all_counts(other)
        shared = ours.keys() & theirs.keys()
        if len(shared) > 1 and all(_is_copy(ours[key], theirs[key]) for key in shared):
            yield Oddity(_("The same counts as another meeting"), name_of(other.scorecard))


def _copied_reasons(scored: list[ScorecardCriterion]) -> Iterator[Oddity]:
    alike: dict[str, list[str]] = defaultdict(list)
    for place, row in enumerate(scored, 1):
        text = " ".join((row.weaknesses or row.strengths).split())
        if text:
            alike[text].append(_number(place))
    for numbers in alike.values():
        if len(numbers) > 2:
            yield Oddity(
                _("The same reason under several criteria"),
                _("criteria %(numbers)s") % {"numbers": ", ".join(numbers)},
            )


# --- Too alike ------------------------------------------------------------------------------------


def _one_score(scored: list[ScorecardCriterion], figures: Mapping[int, Counts]) -> Iterator[Oddity]:
    """Secret scoring of many people hardly ends in one score; a show of hands may."""
    found = [
        _number(place)
        for place, row in enumerate(scored, 1)
        if (whole := figures[row.pk].get(ALL))
        and whole.people >= FEWEST_PEOPLE
        and sum(1 for count in whole.counts if count) == 1
    ]
    if found:
        yield Oddity(
            _("Everybody gave the same score"), _("criteria %(numbers)s") % {"numbers": ", ".join(found)}
        )


def _too_tidy(version: ScorecardVersion, figures: Mapping[int, Counts]) -> Iterator[Oddity]:
    """A big meeting in which everybody scored every criterion, nobody without an opinion, nobody gone before the end."""
    people = group_numbers(version).get(ALL) or 0
    wholes = [counts.get(ALL) for counts in figures.values()]
    if people < MANY_PEOPLE or version.left_early_count or not all(wholes):
        return
    if all(whole.people == people and not whole.no_opinion for whole in wholes):
        yield Oddity(
            _("All of a large meeting scored everything"),
            _("%(people)s people on each criterion, nobody without an opinion") % {"people": number(people)},
        )


# --- Small words ----------------------------------------------------------------------------------


def _of_provider(version: ScorecardVersion) -> tuple[int | None, int]:
    return version.scorecard.scoring_round_id, version.scorecard.provider_id


def _all_counts(version: ScorecardVersion) -> dict[int, Figure]:
    found = {row.criterion_id: figures_by_group(version, row).get(ALL) for row in version.criteria.all()}
    return {key: figure for key, figure in found.items() if figure}


def _is_copy(first: Figure | None, second: Figure | None) -> bool:
    if (
        first is None
        or second is None
        or (first.counts, first.no_opinion) != (second.counts, second.no_opinion)
    ):
        return False
    return _is_telling(first, FEWEST_OF_GROUP)


def _is_telling(figure: Figure, fewest: int) -> bool:
    """Whether two such rows are hardly alike by chance."""
    return figure.people >= fewest and sum(1 for count in figure.counts if count) >= FEWEST_SCORES_USED


def _number(place: int) -> str:
    return number(place)


def _named(place: int, row: ScorecardCriterion) -> str:
    return f"{number(place)}. {row.criterion.text}"
