"""Who stands within a billionth of a threshold: with other functions such a household may fall on the other side.

Only where functions are NumPy's own; with the fixed ones nothing may differ at all.
"""

from __future__ import annotations

import numpy as np

Array = np.ndarray
CLOSE = 1e-9


def within(a: object, b: object) -> Array:
    a, b = np.asarray(a, float), np.asarray(b, float)
    with np.errstate(invalid="ignore"):
        return np.isfinite(a - b) & (np.abs(a - b) <= CLOSE * np.maximum(np.abs(a), np.abs(b)))


class Watch:
    """By household: near a threshold in this year; and who asked for a place in which programme."""

    def __init__(self, rows: int, on: bool) -> None:
        self.on = on
        self.close = np.zeros(rows, bool)
        self.asked: dict[str, Array] = {}

    def begin_year(self) -> None:
        self.close[:] = False
        self.asked = {}

    def near(self, value: object, threshold: object, rows: Array | slice = slice(None)) -> None:
        if self.on:
            self.mark(within(value, threshold), rows)

    def near_half_fen(self, yuan: Array, rows: Array) -> None:
        if self.on:
            fen = 100.0 * yuan + 0.5
            self.mark(np.abs(fen - np.rint(fen)) <= CLOSE * np.abs(fen), rows)

    def claims(self, programme: str, households: Array) -> None:
        if self.on:
            self.asked[programme] = households

    def mark(self, which: Array, rows: Array | slice) -> None:
        found = np.zeros(len(self.close), bool)
        found[rows] = which
        self.close |= found

    def downstream(self, differs: Array) -> Array:
        """Households whose difference is explained: near a threshold, or in a ranking with one that is."""
        explained = self.close.copy()
        for households in self.asked.values():
            if (self.close | differs)[households].any():
                explained[households] = True
        return explained
