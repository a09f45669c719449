"""A simulated figure beside a published one: its error by luck, the difference, and how large the miss is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tuopin._language import msgid
from tuopin._validate.table import Row

INSIDE, NEAR, OUTSIDE, UNKNOWN = "inside", "near", "outside", "unknown"
WORDS = {
    INSIDE: msgid("inside"),
    NEAR: msgid("near"),
    OUTSIDE: msgid("outside"),
    UNKNOWN: msgid("not known"),
}
_NEAR = 2.0  # standard deviations of luck


@dataclass(frozen=True)
class Comparison:
    row: Row
    simulated: float  # mean over worlds, with the plan
    error: float  # standard deviation over worlds; unknown of one world
    without: float  # mean over worlds, without the plan

    @property
    def difference(self) -> float:
        return self.simulated - self.row.value

    @property
    def verdict(self) -> str:
        if math.isnan(self.simulated):
            return UNKNOWN
        if self.row.low <= self.simulated <= self.row.high:
            return INSIDE
        beyond = max(self.row.low - self.simulated, self.simulated - self.row.high)
        return NEAR if beyond <= _NEAR * _known(self.error) else OUTSIDE

    @property
    def miss(self) -> float:
        """The difference over half the published range and luck's standard deviation, added as squares."""
        if math.isnan(self.simulated):
            return 0.0
        half = (self.row.high - self.row.low) / 2
        return abs(self.difference) / math.hypot(half, _known(self.error))


def _known(error: float) -> float:
    return 0.0 if math.isnan(error) else error


def compared(row: Row, with_plan: Sequence[float], without: Sequence[float]) -> Comparison:
    """Values by world; worlds in which a figure is not known (nobody at risk) are left out."""
    mine = _finite(with_plan)
    other = _finite(without)
    return Comparison(
        row,
        float(mine.mean()) if len(mine) else math.nan,
        float(mine.std(ddof=1)) if len(mine) > 1 else math.nan,
        float(other.mean()) if len(other) else math.nan,
    )


def _finite(values: Sequence[float]) -> npt.NDArray[np.float64]:
    return np.array([value for value in values if math.isfinite(value)], dtype=float)


def least_trustworthy(comparisons: Sequence[Comparison], count: int = 3) -> list[Comparison]:
    """The worst rows, each figure once by its worst year; rows inside their range are never among them."""
    worst: dict[str, Comparison] = {}
    for comparison in comparisons:
        if comparison.verdict not in (NEAR, OUTSIDE):
            continue
        figure = comparison.row.figure
        if figure not in worst or comparison.miss > worst[figure].miss:
            worst[figure] = comparison
    return sorted(worst.values(), key=lambda found: -found.miss)[:count]
