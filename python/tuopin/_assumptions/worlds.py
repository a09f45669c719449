"""Runs worlds of a design and gives the paired result of each."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tuopin._findings import Study
from tuopin._language import say
from tuopin._program import Progress
from tuopin._studies import study_of
from tuopin.engine import Engine
from tuopin.errors import DataError, UsageError

Values = npt.NDArray[np.float64]

#: Dimensions of which a figure of the whole region has no more.
_DIMENSIONS = frozenset({"scenario", "draw", "replicate", "year", "place", "line", "income"})

_AT_A_TIME = 16  # worlds with margins of their own: their populations are in memory together


@dataclass(frozen=True)
class World:
    """``population``: of the region; ``luck``: the number of a draw whose chance it has; ``positions``: where numbers
    stand in their ranges, as probabilities; all others have their values."""

    population: int = 0
    luck: int = 0
    positions: Mapping[str, float] = field(default_factory=dict)


class _Together:
    """Progress of batches as one: worlds simulated, of all."""

    def __init__(self, worlds: int, listener: Callable[[Progress], None]) -> None:
        self.before, self._all, self._listener, self._begin = 0, worlds, listener, time.monotonic()

    def __call__(self, news: Progress) -> None:
        if news.phase != "simulation":
            return
        done, elapsed = self.before + news.done, time.monotonic() - self._begin
        remaining = elapsed / done * (self._all - done) if done else -1.0
        self._listener(Progress(news.phase, done, self._all, elapsed, remaining))


class Question:
    """A figure of a year: of the last scenario less that of the first, or of the only one."""

    def __init__(self, names: Sequence[str], figure: str, year: int | None, years: tuple[int, int]) -> None:
        self.names, self.figure = list(names), figure
        self.year = years[1] if year is None else year
        if not years[0] <= self.year <= years[1]:
            raise UsageError(say("--year is {year}, expected one from {first} to {last}", year=self.year,
                                 first=years[0], last=years[1]))  # fmt: skip
        self.unit, self.meaning, self.meaning_zh = "", "", ""

    def ask(self, engine: Engine, worlds: Sequence[World], listener: Callable[[Progress], None]) -> Values:
        """The paired result of each world. Each margin that moves makes a population of its own, so that worlds with
        margins go a few at a time."""
        of_margins = [w for w, world in enumerate(worlds) if any(n.startswith("margin.") for n in world.positions)]
        apart = set(of_margins)
        batches = [[w for w in range(len(worlds)) if w not in apart]]
        batches += [of_margins[begin : begin + _AT_A_TIME] for begin in range(0, len(of_margins), _AT_A_TIME)]
        results, news = np.empty(len(worlds)), _Together(len(worlds), listener)
        for batch in batches:
            if batch:
                results[batch] = self._ask(engine, [worlds[w] for w in batch], news)
                news.before += len(batch)
        return results

    def _ask(self, engine: Engine, worlds: Sequence[World], listener: Callable[[Progress], None]) -> Values:
        found = engine._alive().run_placed(
            self.names, [w.population for w in worlds], [w.luck for w in worlds], [dict(w.positions) for w in worlds],
            [self.figure], lambda *news: listener(Progress(*news)),
        )  # fmt: skip
        groups = study_of(found)
        study = Study(groups.dataset, {name: groups[name] for name in groups.groups})
        variable = study.variable(self.figure)
        if variable is None or not set(variable.dims) <= _DIMENSIONS:
            raise UsageError(say("--figure {figure} is not of the whole region: choose one of a place and year",
                                 figure=self.figure))  # fmt: skip
        self.unit = str(variable.attrs.get("units", ""))
        self.meaning = str(variable.attrs.get("long_name", self.figure))
        self.meaning_zh = str(variable.attrs.get("long_name_zh", "")) or self.meaning
        at = study.years.index(self.year)
        last, first = len(self.names) - 1, 0
        values = study.by_world(self.figure, last)[:, at]
        if last:
            values = values - study.by_world(self.figure, first)[:, at]
        if not np.isfinite(values).all():
            raise DataError(say("{figure} of {year} is not known in every world: choose another year or figure",
                                figure=self.figure, year=self.year))  # fmt: skip
        return values
