"""What the sections of a summary share: the study, its language and scales, and the cells of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tuopin import _core
from tuopin._findings import Study, Worlds
from tuopin._language import Language, preview_words, translator
from tuopin._summary.layout import Column, Table


@dataclass(frozen=True)
class Scale:
    """A figure is divided by ``unit`` and called by ``name``."""

    unit: float
    name: str


class Page:
    def __init__(self, study: Study, lang: Language, width: int) -> None:
        self.study, self.lang, self.width = study, lang, width
        self.say = translator(lang)
        self.findings = study.findings(lang)
        self.persons, self.money = Scale(*self.findings.persons), Scale(*self.findings.money)
        self.years = study.years
        self.scenarios = range(study.size("scenario"))
        self.one_world = study.worlds < 2

    @property
    def preview(self) -> str:
        """The ending of every heading of a run that was made to look at only."""
        return preview_words(self.study.root, self.lang)

    def title(self, scenario: int) -> str:
        return self.findings.scenario_title(scenario)

    def numbered(self, scenario: int) -> str:
        return f"({scenario + 1}) {self.title(scenario)}"

    def listed(self, names: Sequence[str]) -> str:
        return self.say(", ").join(names)

    def few_worlds(self, worlds: int) -> str:
        """Says so where the interval is the whole range."""
        least = _core.worlds_of_an_interval
        return self.say(" (fewer than {least}: the whole range)", least=least) if worlds < least else ""

    # ---- figures

    def by_year(self, figure: str, scenario: int, unit: float, **at: int) -> list[_core.Spread]:
        by_year = self.study.by_world(figure, scenario, **at).T[: len(self.years)]
        return [_core.spread_of(values / unit) for values in by_year]

    def counts(self, figure: str, scenario: int, unit: float) -> list[str]:
        """Cells of counts by year, with as many decimals as the largest figure of all scenarios calls for."""
        every = [spread for s in self.scenarios for spread in self.by_year(figure, s, unit) if spread.worlds]
        most = max((max(spread.high, -spread.low) for spread in every), default=0.0)
        decimals = _core.decimals_for(max(most, 0.0)) if unit > 1 else 0
        return [cell(spread, decimals) for spread in self.by_year(figure, scenario, unit)]

    def rates(self, figure: str, scenario: int, **at: int) -> list[str]:
        """Cells in percent by year, with the decimals that the rates of all scenarios allow."""
        every = [spread for s in self.scenarios for spread in self.by_year(figure, s, 0.01, **at)]
        decimals = rate_decimals(every)
        return [cell(spread, decimals) for spread in self.by_year(figure, scenario, 0.01, **at)]

    def blank(self) -> list[str]:
        return [""] * len(self.years)


@dataclass(frozen=True)
class YearColumn:
    """A column of a table that has a row for each year."""

    heading: str
    cells: list[str]
    left: bool = False


def years_by_scenario(page: Page, columns: Sequence[Sequence[YearColumn]], titles: Sequence[str]) -> list[Table]:
    """A part for each scenario under its title, all with equal columns; columns without a word in any are left out."""
    if not columns:
        return []
    heads = [Column(page.say("year"), "left", key=True)]
    heads += [Column(column.heading, "left" if column.left else "right") for column in columns[0]]
    parts = []
    for title, of in zip(titles, columns, strict=True):
        rows = [[str(year), *(column.cells[y] for column in of)] for y, year in enumerate(page.years)]
        parts.append((title + page.preview, rows))
    table = Table(heads, parts).without_empty_columns()
    return [] if table is None else [table]


# ------------------------------------------------------------------------------------------------------- cells


def cell(spread: _core.Spread, decimals: int) -> str:
    """Median above its interval; the median alone where all worlds agree or there is but one."""
    if not spread.worlds:
        return ""
    if spread.same:
        return "0" if spread.median == 0 else _core.grouped(spread.median, decimals)
    low, high = _core.grouped(spread.low, decimals), _core.grouped(spread.high, decimals)
    # A sign and a dash side by side cannot be read.
    between = f"[{low}, {high}]" if spread.low < 0 else f"{low}–{high}"
    return f"{_core.grouped(spread.median, decimals)}\n{between}"


def rate_decimals(spreads: Sequence[_core.Spread]) -> int:
    """Of rates in percent: a second decimal only where the Monte Carlo error of every median is below half of it."""
    return 2 if all(spread.error < 0.005 for spread in spreads if spread.worlds) else 1


def in_one_line(page: Page, spread: _core.Spread, decimals: int) -> str:
    """ "-29.0 (-34.2 to -25.1)"."""
    if not spread.worlds:
        return ""
    if spread.same:
        return "0" if spread.median == 0 else _core.grouped(spread.median, decimals)
    low, high = _core.grouped(spread.low, decimals), _core.grouped(spread.high, decimals)
    between = page.say("{low} to {high}", low=low, high=high) if spread.low < 0 else f"{low}–{high}"
    return f"{_core.grouped(spread.median, decimals)} ({between})"


def largest(spreads: Sequence[_core.Spread]) -> float:
    return max((max(spread.high, -spread.low) for spread in spreads if spread.worlds), default=0.0)


def over(values: Worlds, base: Worlds) -> Worlds:
    """A quotient, unknown where the base is not above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(base > 0, values / base, np.nan)
