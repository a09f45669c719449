"""Which groups of assumptions make the result vary: Sobol' indices of groups, by freezing one group at a time.

Two sets of N worlds, A and B, are independent: other draws, other populations, other luck. For each group a third set
takes the group from B and all else from A. Luck is a group like any other. With f the paired result and V its variance
over A and B,

    first-order   S = mean(f(B) (f(A with group of B) − f(A))) / V              (Saltelli et al. 2010, table 2, b)
    total         T = mean((f(A) − f(A with group of B))²) / (2 V)              (Jansen 1999)

S is the part of the variance that would vanish if the group were known; T − S is what it does together with others.
Errors are those of the jackknife over the N worlds. Nothing is clipped: an estimate of nothing may lie below zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tuopin import luck
from tuopin._assumptions.numbers import Number, drawn_names
from tuopin._assumptions.worlds import Question, Values, World
from tuopin._language import say
from tuopin._program import Progress
from tuopin.engine import Engine
from tuopin.errors import DataError

LUCK = "luck"


@dataclass(frozen=True)
class Estimate:
    value: float
    error: float  # standard error


@dataclass(frozen=True)
class Share:
    group: str
    numbers: int
    first: Estimate
    total: Estimate
    together: Estimate  # total less first-order


@dataclass(frozen=True)
class Shares:
    groups: list[Share]  # by total, the largest first; luck is one of them
    all_first: Estimate
    mean: float
    spread: float  # standard deviation
    worlds: int  # in each of A and B
    runs: int


def shares(
    question: Question, engine: Engine, numbers: Sequence[Number], seed: int, draws: int,
    listener: Callable[[Progress], None], same_luck: bool = False,
) -> Shares:  # fmt: skip
    """The design, its runs and its indices. Draws A are those of a run with this seed, as far as they go.

    ``same_luck``: all worlds have the luck of the first, so that numbers alone make the result vary.
    """
    by_group: dict[str, list[str]] = {}
    group = {number.name: number.group for number in numbers}
    names = drawn_names(numbers)
    for name in names:
        by_group.setdefault(group[name], []).append(name)
    populations = engine._alive().populations()
    if populations > 1:
        by_group.setdefault("population", [])
    worlds = _worlds(engine, question.names, seed, draws)
    if same_luck:
        worlds = [World(world.population, 0, world.positions) for world in worlds]
    first, second = worlds[:draws], worlds[draws:]
    sets = [*first, *second]
    frozen = [*by_group, *([] if same_luck else [LUCK])]
    for one in frozen:
        sets += [_with_group_of(a, b, one, by_group.get(one, [])) for a, b in zip(first, second, strict=True)]
    if not frozen:
        raise DataError(say("no number has a range, and all worlds have the same luck: nothing can vary"))
    results = question.ask(engine, sets, listener)
    parts = results.reshape(2 + len(frozen), draws)
    counts = {one: len(of) for one, of in by_group.items()}
    counts["population"] = counts.get("population", 0) + len(drawn_names(numbers, margins=True))
    return indices(parts[0], parts[1], dict(zip(frozen, parts[2:], strict=True)), counts, len(sets))


def _worlds(engine: Engine, scenarios: Sequence[str], seed: int, draws: int) -> list[World]:
    """Draws 0 … 2 draws − 1: parameters where a run has them; populations drawn with equal chances."""
    inside = engine._alive()
    entities = np.arange(2 * draws, dtype=np.uint64)
    chosen = luck.uniforms(seed, 0, "assumptions.population", 0, "population", entities)[:, 0]
    positions = inside.positions(list(scenarios), 2 * draws)
    return [World(int(chosen[d] * inside.populations()), d, positions[d]) for d in range(2 * draws)]


def _with_group_of(a: World, b: World, group: str, names: Sequence[str]) -> World:
    positions = {**a.positions, **{name: b.positions[name] for name in names}}
    return World(
        b.population if group == "population" else a.population, b.luck if group == LUCK else a.luck, positions
    )


def indices(
    a: Values, b: Values, frozen: Mapping[str, Values], numbers: Mapping[str, int] | None = None, runs: int = 0
) -> Shares:
    """The indices of results f(A), f(B) and, by group, f(A with the group of B)."""
    groups = list(frozen)
    whole = _all_at_once(a, b, frozen)
    without = np.array([_all_at_once(*_but(j, a, b, frozen)) for j in range(len(a))])
    n = len(a)
    errors = np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0))
    k = len(groups)
    estimates = [Estimate(float(value), float(error)) for value, error in zip(whole, errors, strict=True)]
    found = [
        Share(g, (numbers or {}).get(g, 0), estimates[i], estimates[k + i], estimates[2 * k + i])
        for i, g in enumerate(groups)
    ]
    both = np.concatenate([a, b])
    return Shares(sorted(found, key=lambda share: -share.total.value), estimates[3 * k], float(both.mean()),
                  float(both.std(ddof=1)), n, runs)  # fmt: skip


def _but(j: int, a: Values, b: Values, frozen: Mapping[str, Values]) -> tuple[Values, Values, dict[str, Values]]:
    """All results but those of one world."""
    return np.delete(a, j), np.delete(b, j), {group: np.delete(values, j) for group, values in frozen.items()}


def _all_at_once(a: Values, b: Values, frozen: Mapping[str, Values]) -> Values:
    """First-order indices, total ones, their differences, and the sum of the first-order ones."""
    both = np.concatenate([a, b])
    centre, variance = both.mean(), both.var(ddof=1)
    if not variance > 0:
        return np.full(3 * len(frozen) + 1, np.nan)
    first = np.array([((b - centre) * (x - a)).mean() / variance for x in frozen.values()])
    total = np.array([((a - x) ** 2).mean() / (2 * variance) for x in frozen.values()])
    return np.concatenate([first, total, total - first, [first.sum()]])
