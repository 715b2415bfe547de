"""The arithmetic of scores: counts in, numbers out. No Django, no rounding before display.

`counts` is always how many people gave score 1, 2, … n, in that order, so its length is the scale: three or
five points. People who had no opinion are not in it: they belong neither to the mean nor to its base.
A thing that nobody scored is None, never zero. `docs/scoring.md` says the same in prose, with the worked
examples that `tests/scorecards/test_scoring.py` recomputes from that page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from scorecards.suppression import Cell, Hidden, Sum, Table, suppress

__all__ = [
    "Cell",
    "Hidden",
    "Share",
    "Sum",
    "Table",
    "difference_from_rest",
    "dissatisfied",
    "face",
    "group_gap",
    "is_flagged",
    "mean",
    "median",
    "minus",
    "opinions_differ",
    "overall",
    "people",
    "pool",
    "provider_gap",
    "satisfied",
    "scaled_flag",
    "session_equal_differs",
    "session_equal_mean",
    "suppress",
    "word_score",
]

Counts = Sequence[int]

SCALES = (3, 5)
SMALL_GROUP = 5
GAP_FLAG = Decimal(1)
SESSION_EQUAL_SHOWN_FROM = Fraction(1, 5)


@dataclass(frozen=True)
class Share:
    """So many of so many people. Shown as "28 of 47"; the percentage is a companion, never alone."""

    count: int
    people: int

    @property
    def percent(self) -> Decimal | None:
        """Unrounded per cent, None where nobody scored."""
        return Decimal(100 * self.count) / self.people if self.people else None

    @property
    def ratio(self) -> Fraction:
        """Exact, for comparing and sorting; zero where nobody scored."""
        return Fraction(self.count, self.people) if self.people else Fraction(0)


def people(counts: Counts) -> int:
    """How many people scored: the N of `docs/scoring.md`. Refuses what is not a row of counts."""
    if len(counts) not in SCALES:
        raise ValueError(f"A scale has 3 or 5 points, not {len(counts)}.")
    if any(count < 0 for count in counts):
        raise ValueError("A count is never negative.")
    return sum(counts)


def mean(counts: Counts) -> Decimal | None:
    """Sum of scores by the number of people who scored, unrounded; None where nobody did."""
    exact = _exact_mean(counts)
    return None if exact is None else _decimal(exact)


def median(counts: Counts) -> Decimal | None:
    """The middle score; of an even number the mean of the two middle ones, so that 3.5 stays 3.5."""
    total = people(counts)
    if not total:
        return None
    low, high = _score_at(counts, (total + 1) // 2), _score_at(counts, total // 2 + 1)
    return Decimal(low + high) / 2


def satisfied(counts: Counts) -> Share:
    """People above the middle: scores 4 and 5 of five, score 3 of three."""
    return Share(sum(counts[len(counts) // 2 + 1 :]), people(counts))


def dissatisfied(counts: Counts) -> Share:
    """People below the middle: scores 1 and 2 of five, score 1 of three."""
    return Share(sum(counts[: len(counts) // 2]), people(counts))


def word_score(value: Decimal | None, points: int) -> int | None:
    """The score whose word a mean carries: the mean itself rounded half up, once.

    It is never the rounding of an already rounded figure: 2.45 is shown as 2.5 and is still "poor".
    """
    if value is None:
        return None
    return min(points, max(1, int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))))


def face(score: int, points: int) -> int:
    """Which of the five faces stands for a score; on three points the first, the middle and the last."""
    return score if points == 5 else 2 * score - 1


def scaled_flag(points: int, gap_flag: Decimal = GAP_FLAG) -> Decimal:
    """The programme's flag is said on five points; on three it is the same share of the shorter range."""
    return gap_flag * (points - 1) / 4


def is_flagged(gap: Decimal | None, points: int, gap_flag: Decimal = GAP_FLAG) -> bool:
    """Whether a gap, of groups or of community and provider, reaches the flag; its sign does not matter."""
    return gap is not None and abs(gap) >= scaled_flag(points, gap_flag)


def opinions_differ(counts: Counts, gap: Decimal | None = None, gap_flag: Decimal = GAP_FLAG) -> bool:
    """Whether "opinions differ" replaces the word (`docs/scoring.md`).

    Either the groups differ by the flag, whatever the mean; or a third or more are dissatisfied though the
    word would be "acceptable" or better. A mean that is already poor keeps its word.
    """
    points = len(counts)
    word = word_score(mean(counts), points)
    if word is None:
        return False
    if is_flagged(gap, points, gap_flag):
        return True
    unhappy = dissatisfied(counts)
    return word > points // 2 and 3 * unhappy.count >= unhappy.people


def group_gap(groups: Iterable[Counts], minimum: int = SMALL_GROUP) -> Decimal | None:
    """Highest minus lowest unrounded mean of disjoint groups; None unless two of them are large enough."""
    means = _large_group_means(groups, minimum)
    return _decimal(max(means) - min(means)) if len(means) > 1 else None


def difference_from_rest(whole: Counts, part: Counts, minimum: int = SMALL_GROUP) -> Decimal | None:
    """Mean of a flag (young people, people with a disability …) minus that of everybody else.

    None where either side is under `minimum` people: "everybody else" is a group too.
    """
    sides = [part, minus(whole, part)]
    if any(people(side) < minimum for side in sides):
        return None
    means = _large_group_means(sides, minimum)
    return _decimal(means[0] - means[1]) if len(means) == 2 else None


def provider_gap(community: Counts, provider: Counts) -> Decimal | None:
    """Self-assessment minus community, signed: plus means that the provider scores higher."""
    if len(community) != len(provider):
        raise ValueError("Scores of different scales are never compared.")
    theirs, ours = _exact_mean(provider), _exact_mean(community)
    return None if theirs is None or ours is None else _decimal(theirs - ours)


def pool(sittings: Iterable[Counts]) -> tuple[int, ...] | None:
    """All people's scores together: counts added over sittings of one scale; None of no sittings."""
    rows = [tuple(row) for row in sittings]
    if len({len(row) for row in rows}) > 1:
        raise ValueError("Scores of different scales are never pooled.")
    return tuple(map(sum, zip(*rows, strict=True))) if rows else None


def minus(whole: Counts, part: Counts) -> tuple[int, ...]:
    """What is left of the whole without a part of it, such as men of everybody without women."""
    rest = tuple(all_ - some for all_, some in zip(whole, part, strict=True))
    if any(count < 0 for count in rest):
        raise ValueError("A part is never larger than its whole.")
    return rest


def session_equal_mean(sittings: Iterable[Counts]) -> Decimal | None:
    """Mean of the sittings' means: each sitting weighs the same, however many people came."""
    exact = _exact_session_equal(sittings)
    return None if exact is None else _decimal(exact)


def session_equal_differs(sittings: Iterable[Counts]) -> bool:
    """Whether the session-equal mean is 0.2 or more away from the pooled one, so that both are shown."""
    rows = list(sittings)
    equal, together = _exact_session_equal(rows), pool(rows)
    pooled = None if together is None else _exact_mean(together)
    return equal is not None and pooled is not None and abs(equal - pooled) >= SESSION_EQUAL_SHOWN_FROM


def overall(means: Iterable[Decimal | None]) -> Decimal | None:
    """Mean of the criterion means of one scorecard, called indicative; criteria nobody scored are left out."""
    known = [value for value in means if value is not None]
    return sum(known, Decimal(0)) / len(known) if known else None


def _exact_mean(counts: Counts) -> Fraction | None:
    total = people(counts)
    return Fraction(sum(score * count for score, count in enumerate(counts, 1)), total) if total else None


def _large_group_means(groups: Iterable[Counts], minimum: int) -> list[Fraction]:
    large = (_exact_mean(counts) for counts in groups if people(counts) >= minimum)
    return [value for value in large if value is not None]


def _exact_session_equal(sittings: Iterable[Counts]) -> Fraction | None:
    means = [value for value in map(_exact_mean, sittings) if value is not None]
    return sum(means, Fraction(0)) / len(means) if means else None


def _score_at(counts: Counts, place: int) -> int:
    """The score of the person at this place when all stand in order of their score."""
    passed = 0
    for score, count in enumerate(counts, 1):
        passed += count
        if passed >= place:
            return score
    raise ValueError("Fewer people scored than that.")


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator
