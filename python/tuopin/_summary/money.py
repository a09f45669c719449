"""Every fund by year: what came in, was carried in, was paid, is carried over, lapsed; and every programme: whom it
reached and what it spent, over all years."""

from __future__ import annotations

import numpy as np

from tuopin import _core
from tuopin._findings import Worlds, known_sum
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._summary.page import Page, cell

_FLOWS = ("transfer_in", "carried_in", "paid", "balance", "carried_over", "lapsed")
FIGURES = tuple(f"ledger/{flow}" for flow in _FLOWS)
#: Figures of programmes, and how the years of one become a single value.
_OF_PROGRAMMES = {"eligible_persons": "most", "places": "sum", "entered_units": "sum", "entered_persons": "sum",
                  "holding_persons": "last", "spending": "sum"}  # fmt: skip
PROGRAMME_FIGURES = tuple(f"programmes/{name}" for name in _OF_PROGRAMMES)


def money(page: Page) -> list[Block]:
    if not page.study.has("ledger/paid") or not page.study.size("fund"):
        return []
    say = page.say
    heads = [Column(say("fund"), "left", widest=34, key=True), Column(say("year"), key=True)]
    heads += [Column(text) for text in (say("came in"), say("carried in"), say("paid"), say("unspent at\nyear's end"),
                                        say("carried over"),
                                        say("lapsed"))]  # fmt: skip
    funds = page.study.names("fund")
    flows = {(s, fund): _flows(page, s, fund) for s in page.scenarios for fund in range(len(funds))}
    # As many as the smallest fund needs: what came in must not read as twice as much, nor what was paid as nothing.
    largest = [max((spread.median for row in by_year for spread in row if spread.worlds), default=0.0)
               for by_year in flows.values()]  # fmt: skip
    decimals = max([1, *(min(3, _core.decimals_for(most)) for most in largest if most > 0)])
    parts = []
    for s in page.scenarios:
        rows = [row for fund, name in enumerate(funds) for row in _fund(page, flows[s, fund], name, decimals)]
        title = say("Money of {scenario}, {unit}", scenario=page.numbered(s), unit=page.money.name)
        parts.append((title + page.preview, rows))
    note = say("Medians. In and carried in, less what was paid, is unspent at the end of the year: it is carried over "
               "where the fund may do so, else it lapses. Medians of parts need not add up.")  # fmt: skip
    return [Table(heads, parts), Note(note)]


def _flows(page: Page, s: int, fund: int) -> list[list[_core.Spread]]:
    """Of each year the spreads of all flows."""
    by_flow = [page.by_year(f"ledger/{flow}", s, page.money.unit, fund=fund) for flow in _FLOWS]
    return [list(row) for row in zip(*by_flow, strict=True)]


def _fund(page: Page, by_year: list[list[_core.Spread]], name: str, decimals: int) -> list[list[str]]:
    """Medians of one scenario; the fund's title stands at its first year."""
    title = page.findings.fund_title(name)
    rows: list[list[str]] = []
    for year, row in zip(page.years, by_year, strict=True):
        if not any(spread.worlds and spread.high > 0 for spread in row):
            continue
        medians = [_core.grouped(spread.median, decimals) if spread.worlds else "–" for spread in row]
        rows.append(["" if rows else title, str(year), *medians])
    return _title_along(rows, 34)


def _title_along(rows: list[list[str]], width: int) -> list[list[str]]:
    """A title of several lines goes on in the rows below it, where there are so many."""
    if rows:
        lines = _core.wrapped(rows[0][0], width)
        for row, line in zip(rows, lines, strict=False):
            row[0] = line
        if len(lines) > len(rows):
            rows[-1][0] = "\n".join(lines[len(rows) - 1 :])
    return rows


def programmes(page: Page) -> list[Block]:
    if not page.study.has("programmes/entered_units"):
        return []
    names = page.study.names("programme")
    figures = {(s, p): {name: _over_years(page, name, how, s, p) for name, how in _OF_PROGRAMMES.items()}
               for s in page.scenarios for p in range(len(names))}  # fmt: skip
    decimals = {name: _decimals(page, name, [of[name] for of in figures.values()]) for name in _OF_PROGRAMMES}
    say, last = page.say, page.years[-1] if page.years else 0
    heads = [
        Column(say("programme"), "left", widest=34, key=True),
        Column(say("persons eligible,\nlargest year")),
        Column(say("places\noffered")),
        Column(say("places\nfilled")),
        Column(say("persons\nentered")),
        Column(say("persons enrolled at\nthe end of {year}", year=last)),
        Column(say("spent") + "\n" + page.money.name),
    ]
    blocks: list[Block] = []
    for s in page.scenarios:
        rows = []
        for p, name in enumerate(names):
            if np.isnan(figures[s, p]["entered_units"]).all():
                continue
            cells = [cell(_core.spread_of(figures[s, p][of] / _unit(page, of)), decimals[of]) for of in _OF_PROGRAMMES]
            if cells[1] == "0" and cells[2] != "0":
                cells[1] = say("no limit")  # everyone may enter: no places are counted
            rows.append([page.findings.programme_title(name), *cells])
        if rows:
            title = say("Programmes of {scenario}, all years", scenario=page.numbered(s))
            blocks += [Heading(title + page.preview), Table.of(heads, rows)]
    if blocks and page.persons.unit > 1:
        blocks.append(Note(say("Counted in {persons}; places one by one.", persons=page.persons.name)))
    return blocks


def _unit(page: Page, figure: str) -> float:
    return page.money.unit if figure == "spending" else page.persons.unit if figure.endswith("_persons") else 1


def _decimals(page: Page, figure: str, values: list[Worlds]) -> int:
    """Of all programmes in all scenarios, so that their figures have equal decimals."""
    unit = _unit(page, figure)
    if unit <= 1:
        return 0
    known = np.concatenate([of[~np.isnan(of)] for of in values]) if values else np.empty(0)
    return max(1, _core.decimals_for(max(0.0, float(known.max()) / unit) if known.size else 0.0))


def _over_years(page: Page, figure: str, how: str, s: int, programme: int) -> Worlds:
    """Sum, largest or last value of the years in which it is known; NaN where the programme is not in the scenario."""
    by_year = page.study.by_world(f"programmes/{figure}", s, programme=programme)
    if how == "sum":
        return known_sum(by_year)
    known = ~np.isnan(by_year)
    if how == "most":
        return np.where(known.any(axis=1), np.where(known, by_year, -np.inf).max(axis=1), np.nan)
    last = by_year.shape[1] - 1 - np.argmax(known[:, ::-1], axis=1)
    return np.where(known.any(axis=1), by_year[np.arange(len(by_year)), last], np.nan)
