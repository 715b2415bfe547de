"""What a benchmark answers with."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil
from statistics import median
from typing import TypeVar

Key = TypeVar("Key")


@dataclass(frozen=True)
class Figure:
    """One measured number beside its yardstick: something known, measured in the same run on the same machine."""

    name: str
    value: float
    unit: str
    yardstick: str = ""
    yardstick_value: float | None = None

    @property
    def ratio(self) -> float | None:
        """Ours in parts of the yardstick's: under 1 is less time, fewer bytes, fewer queries than it."""
        return self.value / self.yardstick_value if self.yardstick_value else None


def percentile_95(values: Sequence[float]) -> float:
    """What nineteen of twenty runs stay under."""
    return sorted(values)[ceil(0.95 * len(values)) - 1]


def seconds(work: Callable[[], object], *, times: int = 7, warm_up: int = 1) -> float:
    """The median of several runs, after some that are not counted: a busy machine has outliers on one side only."""
    for _run in range(warm_up):
        work()
    return median(_timed(work) for _run in range(times))


def seconds_side_by_side(
    works: Mapping[Key, Callable[[int], object]],
    *,
    times: int = 9,
    prepare: Callable[[Key], object] = lambda key: None,
    summary: Callable[[Sequence[float]], float] = median,
) -> dict[Key, float]:
    """Medians, or another `summary`, of works that take turns, so that a busy minute slows all of them; each is told which turn it is.

    The first turn is the warm-up and is not counted, nor is what `prepare` does for a work before each of its turns.
    """
    taken = {key: [] for key in works}
    for turn in range(times + 1):
        for key, work in works.items():
            prepare(key)
            taken[key].append(_timed(partial(work, turn)))
    return {key: summary(values[1:]) for key, values in taken.items()}


def _timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
