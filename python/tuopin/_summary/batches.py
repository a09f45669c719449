"""Each batch left out in turn: what it offers, reaches and spends, and what the plan loses without it."""

from __future__ import annotations

import numpy as np

from tuopin import _core
from tuopin._findings import Worlds, known_sum
from tuopin._language import msgid
from tuopin._summary.layout import Block, Column, Heading, Note, Row, Table
from tuopin._summary.page import Page

_LOST = ("fall_in_poverty_lost", "out_of_poverty_lost", "into_poverty_lost")
FIGURES = tuple(f"batches/{name}" for name in ("claimed_units", "entered_units", "entered_persons", "spending", *_LOST))
BATCHES = {"production": msgid("production"), "relocation": msgid("relocation"), "ecology": msgid("ecology"),
           "education": msgid("education"), "social_protection": msgid("social protection"),
           "other": msgid("other")}  # fmt: skip


def batches(page: Page) -> list[Block]:
    if not page.study.has("batches/fall_in_poverty_lost") or not page.years:
        return []
    blocks: list[Block] = []
    for s in page.scenarios:
        shown = [
            b for b in range(page.study.size("batch")) if not np.isnan(_sums(page, "fall_in_poverty_lost", s, b)).all()
        ]
        if shown:
            title = page.say("Each batch left out in turn: {scenario}", scenario=page.title(s))
            blocks += [Heading(title + page.preview), _table(page, s, shown)]
    return [*blocks, *(Note(text) for text in _notes(page))] if blocks else []


def _by_draw(page: Page, figure: str, s: int, batch: int) -> Worlds:
    """Values [draw, year]; of as many draws as were run without the batch."""
    found = page.study.figure(f"batches/{figure}")
    draws, years = page.study.size("left_out_draw"), len(page.years)
    if found is None:
        return np.full((draws, years), np.nan)
    dims, values = found.at(scenario=s, batch=batch)
    if set(dims) != {"left_out_draw", "year"}:
        return np.full((draws, years), np.nan)
    return np.asarray(values if dims[0] == "left_out_draw" else values.T, dtype=np.float64)


def _sums(page: Page, figure: str, s: int, batch: int) -> Worlds:
    return known_sum(_by_draw(page, figure, s, batch))


def _table(page: Page, s: int, shown: list[int]) -> Table:
    say, years = page.say, page.years
    first = 0 if len(years) < 2 else 1  # the base year has no plan
    last = years[-1]
    heads = [
        Column(say("left out"), "left", key=True),
        Column(say("places\noffered")),
        Column(say("places\nfilled")),
        Column(say("persons\nentered")),
        Column(say("spent") + "\n" + page.money.name),
        Column(say("fall in poverty lost,\nperson-years {first}–{last}", first=years[first], last=last)),
        Column(say("fall lost,\npersons in {year}", year=last)),
        Column(say("out of poverty\nlost, {year}", year=last)),
        Column(say("into poverty\nlost, {year}", year=last)),
    ]
    spent = {b: _sums(page, "spending", s, b) / page.money.unit for b in shown}
    # a tenth of 亿元 is still ten million yuan
    decimals = max(_core.decimals_for(max(_mean(values) for values in spent.values())), 1 if page.lang == "zh" else 0)
    rows: list[Row] = []
    for b in shown:
        name = page.study.names("batch")[b]
        rows.append(
            [
                say(BATCHES[name]) if name in BATCHES else name,
                *(_core.grouped(_mean(_sums(page, of, s, b)), 0)
                  for of in ("claimed_units", "entered_units", "entered_persons")),
                _core.grouped(_mean(spent[b]), decimals),
                _effect(_sums(page, _LOST[0], s, b)),
                *(_effect(_by_draw(page, of, s, b)[:, -1]) for of in _LOST),
            ]
        )  # fmt: skip
    if s > 0:
        rows += [[], [say("whole scenario\nagainst (1)"), "", "", "", "", *_whole(page, s, first)]]
    return Table.of(heads, rows)


def _whole(page: Page, s: int, first: int) -> list[str]:
    """The whole scenario against the first one in the same draws."""
    draws, replicates = page.study.size("left_out_draw"), max(1, page.study.size("replicate"))

    def of(name: str, from_year: int) -> str:
        by_draw = page.study.by_world(name, s)[::replicates][:draws, from_year:]  # the first replicate of each
        return _effect(np.nansum(by_draw, axis=1))

    last = len(page.years) - 1
    names = ("fall_in_poverty", "out_of_poverty", "into_poverty")
    return [of(names[0], first), *(of(name, last) for name in names)]


def _mean(values: Worlds) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else 0.0


def _effect(values: Worlds) -> str:
    """Mean ± standard error above the 90% interval."""
    known = values[~np.isnan(values)]
    if not known.size:
        return "–"
    mean = _core.grouped(float(known.mean()), 0)
    if known.size == 1:
        return mean
    error = float(known.std(ddof=1)) / np.sqrt(known.size)
    spread = _core.spread_of(known)
    return f"{mean} ± {_core.grouped(error, 0)}\n[{_core.grouped(spread.low, 0)}, {_core.grouped(spread.high, 0)}]"


def _notes(page: Page) -> list[str]:
    say, draws = page.say, page.study.size("left_out_draw")
    of_draws = say("One draw: no standard error.")
    if draws > 1:
        of_draws = say("Means of {draws} draws, each paired with the whole scenario under equal luck; ± standard error "
                       "(sd/√{draws}); in brackets the 90% interval of single draws{few}.",
                       draws=draws, few=page.few_worlds(draws))  # fmt: skip
    return [
        say("DO NOT ADD these figures up: batches overlap in the same households, and what one no longer does another "
            "may do. Their sum is not the effect of the plan."),
        of_draws,
        say("Places are each programme's own (households, persons, posts): as many as the plan offers, then as many as "
            "budget, eligibility and take-up let in. Lost: the figure of the whole scenario less that without the "
            "batch, each against (1). A person-year is one person spared income poverty for one year."),
    ]  # fmt: skip
