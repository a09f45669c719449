"""Figures of the study that no other section names: those of added mechanisms, and shipped ones that are for analysts.

A figure of the whole region has a row for each scenario; one with a further dimension (streams of income, say) has them
for each of its entries. What has more dimensions than a table is named, with the way to see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr

from tuopin import _core
from tuopin._findings import WORLD, safe
from tuopin._language import msgid
from tuopin._sentences import unit as unit_in_words
from tuopin._summary.layout import Block, Column, Heading, Note, Row, Table
from tuopin._summary.page import Page, Scale, cell, largest

_FIRST_ENTRY = ("place", "line", "income")  # shown of the whole region, the statistical line, true income
_NO_FIGURES = ("check", "draws", "observations", "targets")  # groups
_MOST_ENTRIES = 100
#: What a study words as a part of the figure before it, where no figure is before it here.
_WORDS = {
    "payments": msgid("spending that reached households"),
    "programmes/entered_poor_persons": msgid("members of households that entered, income-poor the year before"),
    "programmes/to_households": msgid("spending of the programme that reached households"),
}
_LONG_NAME = 24  # is broken behind its group


@dataclass(frozen=True)
class _Shown:
    name: str
    variable: xr.DataArray
    dimension: str = ""  # one more than scenario, world and year


def further(page: Page, named: frozenset[str]) -> list[Block]:
    shown: list[_Shown] = []
    too_many: list[_Shown] = []
    for name, variable in _figures(page):
        if name in named:
            continue
        own = [str(dim) for dim in variable.dims if dim not in (*WORLD, "scenario", "year", *_FIRST_ENTRY)]
        small = len(own) < 2 and all(variable.sizes[dim] <= _MOST_ENTRIES for dim in own)
        (shown if small else too_many).append(_Shown(name, variable, own[0] if own and small else ""))
    if not shown and not too_many:
        return []
    say = page.say
    blocks: list[Block] = [Heading(say("Further figures") + page.preview)]
    made = [_Rows(page, figure) for figure in shown]
    if made:
        heads = [Column(say("figure"), "left", widest=44, key=True), Column("", "left", key=True)]
        heads += [Column(str(year)) for year in page.years]
        blocks.append(Table.of(heads, [row for of in made for row in of.rows]))
        note = say(
            "Figures that no section above names, by their meaning; of the whole region, the statistical line and "
            "simulated income. (1), (2), … are the scenarios; median with the 90% interval."
        )
        blocks.append(Note(note))  # fmt: skip
    zero = [say("{figure}: {entries}", figure=of.meaning, entries=page.listed(of.zero)) for of in made if of.zero]
    if zero:
        blocks.append(Note(say("Zero in every year and world: {names}.", names=say("; ").join(zero))))
    if too_many:
        names = page.listed([f"{_meaning(page, figure)} [{figure.name}]" for figure in too_many])
        blocks.append(Note(say("By more dimensions than a table has, so only in tuopin export and in Python: {names}.",
                               names=names)))  # fmt: skip
    return blocks


def _figures(page: Page) -> Iterator[tuple[str, xr.DataArray]]:
    """Numbers of every scenario and world, in the order of the study."""
    study = page.study
    for group, dataset in (("", study.root), *study.groups.items()):
        if group in _NO_FIGURES:
            continue
        for name, variable in dataset.data_vars.items():
            simulated = "scenario" in variable.dims and any(dim in variable.dims for dim in WORLD)
            if simulated and np.issubdtype(variable.dtype, np.number):
                yield (f"{group}/{name}" if group else str(name)), variable


def _scale(page: Page, unit: str) -> Scale:
    """Persons and money as in all tables, shares in percent; else the figure's own unit."""
    known = {"persons": page.persons, "yuan": page.money, "share": Scale(0.01, "%"), "1": Scale(1, "")}
    return known.get(unit) or Scale(1, unit_in_words(unit, page.say))


def _meaning(page: Page, figure: _Shown) -> str:
    if figure.name in _WORDS:
        return page.say(_WORDS[figure.name])
    attributes = figure.variable.attrs
    meaning = safe(attributes.get("long_name_zh", "")) if page.lang == "zh" else ""
    return meaning or safe(attributes.get("long_name", "")) or figure.name


class _Rows:
    """The rows of a figure, and the entries of its dimension that are zero throughout."""

    def __init__(self, page: Page, figure: _Shown) -> None:
        self.page, self.figure = page, figure
        self.scale = _scale(page, safe(figure.variable.attrs.get("units", "")))
        self.entries = page.study.names(figure.dimension) if figure.dimension else [""]
        self.spreads = {(entry, s): self._by_year(entry, s)
                        for entry in range(len(self.entries)) for s in page.scenarios}  # fmt: skip
        self.zero: list[str] = []
        self.meaning = _meaning(page, figure)
        self.rows = list(self._made())

    def _by_year(self, entry: int, s: int) -> list[_core.Spread]:
        at = {self.figure.dimension: entry} if self.figure.dimension else {}
        return self.page.by_year(self.figure.name, s, self.scale.unit, **at)

    def _made(self) -> Iterator[Row]:
        years = len(self.page.years)
        whole = self.scale is self.page.persons and self.scale.unit == 1
        most = largest([spread for by_year in self.spreads.values() for spread in by_year])
        decimals = 0 if whole else _core.decimals_for(most)
        if self.figure.dimension:
            yield [self._label(), "", *[""] * years]
        for entry, name in enumerate(self.entries):
            every = [self.spreads[entry, s] for s in self.page.scenarios]
            known = [spread for by_year in every for spread in by_year if spread.worlds]
            if self.figure.dimension and not any(spread.low or spread.high for spread in known):
                self.zero += [self._entry(name)] if known else []
                continue
            label = f"  {self._entry(name)}" if self.figure.dimension else self._label()
            if not known:
                yield [label, "", *[""] * (years - 1), self.page.say("not known")]
            for s, by_year in enumerate(every):
                if any(spread.worlds for spread in by_year):
                    yield [label, f"({s + 1})", *self._cells(by_year, decimals)]
                    label = ""

    def _cells(self, by_year: list[_core.Spread], decimals: int) -> list[str]:
        cells = [cell(spread, decimals) for spread in by_year]
        whole_run = "year" not in self.figure.variable.dims
        return [*[""] * (len(cells) - 1), cells[-1]] if whole_run else cells

    def _entry(self, name: str) -> str:
        findings = self.page.findings
        titles = {"programme": findings.programme_title, "fund": findings.fund_title, "stream": findings.stream_title}
        title = titles.get(self.figure.dimension)
        return title(name) if title else safe(name)

    def _label(self) -> str:
        """ "Persons ill in the year, persons [illness/ill_persons]"."""
        unit, name = self.scale.name, self.figure.name
        words = self.page.say("{label}, {unit}", label=self.meaning, unit=unit) if unit else self.meaning
        return f"{words} [{name if len(name) < _LONG_NAME else name.replace('/', '/' + chr(10))}]"
