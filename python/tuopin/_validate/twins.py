"""The two twins: what growth alone gives, beside the register of the region and beside the national survey."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tuopin._language import Language, Translator, translator
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._validate import Findings
from tuopin._validate.cells import number
from tuopin._validate.closed_form import FIXED_SD, sd_that_fits, share_below
from tuopin._validate.table import STATUSES, Row


@dataclass(frozen=True)
class TwinYear:
    year: int
    line: Row
    mean: Row
    published: Row

    @property
    def growth_alone(self) -> float:
        return share_below(self.line.value, self.mean.value)

    @property
    def fitting_sd(self) -> float:
        return sd_that_fits(self.line.value, self.mean.value, self.published.value)


def twin_years(rows: Sequence[Row], mean: str, published: str, place: str | None = None) -> list[TwinYear]:
    """The years of which line, mean income and published share are all known; ``place``: of rows that name one."""

    def by_year(figure: str, place: str | None) -> dict[int, Row]:
        return {row.year: row for row in rows if row.figure == figure and place in (None, row.place)}

    lines, means, shares = by_year("statistical_line", None), by_year(mean, place), by_year(published, place)
    return [TwinYear(year, lines[year], means[year], shares[year])
            for year in sorted({*lines} & {*means} & {*shares})]  # fmt: skip


def twins(found: Findings, lang: Language) -> list[Block]:
    say = translator(lang)
    own = twin_years(found.rows, "mean_income", "register_rate", next(iter(found.places)))
    national = twin_years(found.rows, "national_mean_income", "national_poverty_rate")
    if not own and not national:
        return []
    blocks: list[Block] = [Heading(say("Both twins: what growth alone gives"))]
    if own:
        blocks += [Heading(say("{region}, beside the register", region=found.region[lang])), _own(found, own, say)]
    if national:
        blocks += [Heading(say("Rural China, beside the national survey")), _national(national, say)]
    blocks.append(Note(say("Growth alone: the share below the statistical line of a lognormal with the published mean "
                           "income of the year and a fixed standard deviation of {sd} of log income (closed form; no "
                           "simulation, no programme, no register). Fitting sd: the one that would give the published "
                           "share. A register and a survey are different measurements; where growth alone stays above "
                           "both, what it cannot explain is not register practice alone: part is a thinner lower tail, "
                           "by transfers and programmes.", sd=f"{FIXED_SD:.2f}")))  # fmt: skip
    blocks += [Note(text) for text in _benchmark(found, own, say)]
    return [*blocks, *_sources(own, national, lang, say)]


def _own(found: Findings, years: Sequence[TwinYear], say: Translator) -> Table:
    columns = [Column(say("year"), "left", key=True), Column(say("growth\nalone")), Column(say("register,\npublished")),
               Column(say("difference")), Column(say("fitting\nsd")), Column(say("simulated\nregister")),
               Column(say("simulated\nincome-poor"))]  # fmt: skip
    return Table.of(columns, [[*_cells(one), _rate(found.registered.get(one.year, math.nan)),
                               _rate(found.poor.get(one.year, math.nan))] for one in years])  # fmt: skip


def _national(years: Sequence[TwinYear], say: Translator) -> Table:
    columns = [Column(say("year"), "left", key=True), Column(say("growth\nalone")), Column(say("survey,\npublished")),
               Column(say("difference")), Column(say("fitting\nsd"))]  # fmt: skip
    return Table.of(columns, [_cells(one) for one in years])


def _cells(one: TwinYear) -> list[str]:
    difference = 100 * (one.growth_alone - one.published.value)
    sd = one.fitting_sd
    return [str(one.year), _rate(one.growth_alone), _rate(one.published.value), f"{difference:+.1f}",
            "–" if math.isnan(sd) else f"{sd:.2f}"]  # fmt: skip


def _benchmark(found: Findings, years: Sequence[TwinYear], say: Translator) -> list[str]:
    """Whether the simulated register is nearer to the published one than growth alone is, after the base year."""
    later = [one for one in years if one.year > found.years[0] and one.year in found.registered]
    if not later:
        return []
    mine = sum(abs(found.registered[one.year] - one.published.value) for one in later) / len(later)
    alone = sum(abs(one.growth_alone - one.published.value) for one in later) / len(later)
    text = say("Mean distance from the published register, {first} to {last}: growth alone {alone} points, simulated "
               "register {mine} points. ", first=later[0].year, last=later[-1].year, alone=f"{100 * alone:.1f}",
               mine=f"{100 * mine:.1f}")  # fmt: skip
    better = say("The simulated register is nearer.")
    worse = say("The simulated register is no nearer: as a forecast of the register it has no skill.")
    return [text + (better if mine < alone else worse)]


def _sources(own: Sequence[TwinYear], national: Sequence[TwinYear], lang: Language, say: Translator) -> list[Block]:
    """Of what no section before has named: lines, and the national figures; equal sources stand once."""
    rows = [one.line for one in (*own, *national)]
    rows += [row for one in national for row in (one.mean, one.published)]
    grouped: dict[tuple[str, str, str, str, str], list[Row]] = {}
    for row in dict.fromkeys(rows):
        key = (row.title(lang), row.origin(lang), row.status, row.grade, row.remark(lang))
        grouped.setdefault(key, []).append(row)
    blocks: list[Block] = []
    for (title, source, status, grade, note), those in grouped.items():
        years = say(", ").join(str(row.year) for row in sorted(those, key=lambda row: row.year))
        text = say("{name}, {years}: {source} ({status}, grade {grade}). {note}", name=title, years=years,
                   source=source, status=say(STATUSES[status]), grade=grade, note=note)  # fmt: skip
        blocks.append(Note(text))
    return blocks


def _rate(value: float) -> str:
    return number(value, "share")
