"""Covering designs: few runs in which every build meets every level, and every two levels meet somewhere."""

import itertools
import random

Levels = dict[str, list[str]]  # level → options
Factors = dict[str, Levels]
Row = dict[str, str]  # factor → level


def covering(builds: list[str], factors: Factors, ordered: Factors) -> dict[str, list[Row]]:
    """Rows of each build. The levels of `ordered` factors come in their own order; those of the others are shuffled,
    build by build, so that the most pairs are new. The same arguments give the same rows."""
    every = {**ordered, **factors}
    count = max(len(levels) for levels in every.values())
    luck = random.Random(1)
    seen: set[tuple[tuple[str, str], ...]] = set()
    plan = {}
    for build in builds:
        best: list[Row] = []
        for _ in range(500):
            columns = {
                name: [list(levels)[row % len(levels)] for row in range(count)] for name, levels in every.items()
            }
            for name in factors:
                luck.shuffle(columns[name])
            rows = [{name: columns[name][row] for name in every} for row in range(count)]
            if not best or len(seen | pairs(rows)) > len(seen | pairs(best)):
                best = rows
        seen |= pairs(best)
        plan[build] = best
    if gaps := missing(plan, every):
        raise ValueError(f"the design leaves out {'; '.join(gaps)}")
    return plan


def pairs(rows: list[Row]) -> set[tuple[tuple[str, str], ...]]:
    """Every two levels that meet in a row."""
    return {pair for row in rows for pair in itertools.combinations(sorted(row.items()), 2)}


def missing(plan: dict[str, list[Row]], factors: Factors) -> list[str]:
    """Levels that some build does not see, and pairs of levels that no row has."""
    gaps = []
    for build, rows in plan.items():
        for name, levels in factors.items():
            gaps += [f"{build}: {name} {level}" for level in levels if not any(row[name] == level for row in rows)]
    met = pairs(list(itertools.chain.from_iterable(plan.values())))
    for (one, ones), (two, twos) in itertools.combinations(sorted(factors.items()), 2):
        gaps += [
            f"{one} {a} with {two} {b}" for a, b in itertools.product(ones, twos) if ((one, a), (two, b)) not in met
        ]
    return gaps
