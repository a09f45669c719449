"""One number at a time: the result with it at the low and at the high end of its range, all others at their values.

Every world has the same luck, so that a difference is the number's. A first look on a sample of the villages puts the
numbers in order; the largest are run again on the whole region.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from tuopin._assumptions.worlds import Question, Values, World
from tuopin._program import Progress
from tuopin.engine import Engine

LOW, HIGH = 0.05, 0.95  # the ends of a range, to the bit


@dataclass(frozen=True)
class Move:
    name: str
    low: float
    high: float
    swing: float  # high less low
    swing_error: float  # standard error over the worlds of luck; NaN of one alone


@dataclass(frozen=True)
class Moves:
    central: float
    error: float  # standard error of each result, from the worlds of luck of all numbers; NaN of one alone
    numbers: list[Move]  # the largest swing first
    worlds: int  # of luck


def moves(
    question: Question, engine: Engine, names: Sequence[str], replicates: int, listener: Callable[[Progress], None]
) -> Moves:
    worlds = [World(luck=luck) for luck in range(replicates)]
    for name in names:
        worlds += [World(luck=luck, positions={name: end}) for end in (LOW, HIGH) for luck in range(replicates)]
    results = question.ask(engine, worlds, listener)
    central, ends = results[:replicates], results[replicates:].reshape(len(names), 2, replicates)
    found = [
        Move(name, float(of[0].mean()), float(of[1].mean()), float((of[1] - of[0]).mean()), _error(of[1] - of[0]))
        for name, of in zip(names, ends, strict=True)
    ]
    found.sort(key=lambda move: -abs(move.swing))
    return Moves(float(central.mean()), _pooled_error(np.vstack([central, *ends])), found, replicates)


def _error(values: Values) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else float("nan")


def _pooled_error(values: Values) -> float:
    """Of a mean over the columns: their variance in each row, averaged over the rows."""
    replicates = values.shape[1]
    return float(np.sqrt(values.var(axis=1, ddof=1).mean() / replicates)) if replicates > 1 else float("nan")
