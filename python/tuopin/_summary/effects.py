"""What each scenario changes against the first; and the warnings of the run."""

from __future__ import annotations

from tuopin import _core
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._summary.page import Page, cell, in_one_line

#: Figures of a study that this section shows.
FIGURES = ("poverty_rate", "persons", "register_persons", "out_of_poverty", "into_poverty", "fall_in_poverty",
           "spending", "ledger/lapsed", "ledger/carried_over")  # fmt: skip


def effects(page: Page) -> list[Block]:
    if not page.years:
        return []
    blocks: list[Block] = []
    for scenario in list(page.scenarios)[1:]:
        rows = page.findings.effect_rows(scenario, True)
        if not rows:
            continue
        heading = page.say("What ({number}) changes against (1), {year}; money of all years",
                           number=scenario + 1, year=page.years[-1])  # fmt: skip
        blocks += [Heading(heading + page.preview), _table(page, rows)]
    if not blocks:
        return []
    first, last = page.years[0] + 1, page.years[-1]
    return [
        *blocks,
        Note(page.findings.interval_sentence),
        Note(page.say("Counted in {persons}; money in {money}, nominal.", persons=page.persons.name,
                      money=page.money.name)),
        Note(page.say("Person-years: the fall in income poverty summed over {first}–{last}. Cost per person-year: what "
                      "was spent beyond (1) over them, world by world; not estimable where their 90% interval holds "
                      "zero.", first=first, last=last)),
    ]  # fmt: skip


def value(page: Page) -> list[Block]:
    """What each scenario is worth against the first: person-years out of poverty, and yuan of gap closed."""
    blocks: list[Block] = []
    for scenario in list(page.scenarios)[1:]:
        rows = page.findings.value_rows(scenario)
        if not rows:
            continue
        heading = page.say("Value of ({number}) against (1)", number=scenario + 1)
        head = page.say("median ({interval})", interval=page.findings.interval_name)
        columns = [Column("", "left", key=True), Column(head, "left")]
        cells = [[label_of(page, row), in_one_line(page, row.difference, row.decimals)] for row in rows]
        blocks += [Heading(heading + page.preview), Table.of(columns, cells)]
    if not blocks:
        return []
    return [
        *blocks,
        Note(page.say("Out of poverty less into it, summed over the years after {first}; yuan of the poverty gap of "
                      "(1) less that here, nominal. Discounted to {first}.", first=page.years[0])),
    ]  # fmt: skip


def _table(page: Page, rows: list[_core.EffectRow]) -> Table:
    """Median and interval in one line where that fits, else the interval below the median."""
    say, interval = page.say, page.findings.interval_name
    heads = [
        Column("", "left", key=True),
        Column(say("without\nthe plan")),
        Column(say("with it")),
        Column(say("difference in the same worlds"), "left"),
    ]
    if page.one_world:
        return Table.of(heads, [_row(page, row, False) for row in rows])
    heads[3] = Column(heads[3].heading + "\n" + say("median ({interval})", interval=interval), "left")
    wide = Table.of(
        [*heads, Column(say("lower in"), "left")], [[*_row(page, row, False), _lower(page, row)] for row in rows]
    )
    if wide.least_width() <= page.width:
        return wide
    heads[3] = Column(
        say("difference in the\nsame worlds") + "\n" + say("median, {interval}", interval=interval), "left"
    )
    return Table.of(heads, [_row(page, row, True) for row in rows])


def _row(page: Page, row: _core.EffectRow, stacked: bool) -> list[str]:
    def shown(spread: _core.Spread, decimals: int) -> str:
        return cell(spread, decimals) if stacked else in_one_line(page, spread, decimals)

    difference = page.findings.said(row.words) or shown(row.difference, row.decimals)
    if stacked and row.lower[1]:
        difference += "\n" + _in_worlds(page, row)
    return [
        label_of(page, row),
        shown(row.without, row.decimals),
        shown(row.with_it, row.decimals),
        difference,
    ]


def _in_worlds(page: Page, row: _core.EffectRow) -> str:
    worlds, of = row.lower
    return page.say("lower in {lower} of {worlds} worlds", lower=worlds, worlds=of)


def _lower(page: Page, row: _core.EffectRow) -> str:
    worlds, of = row.lower
    return page.say("{lower} of {worlds} worlds", lower=worlds, worlds=of) if of else ""


def label_of(page: Page, row: _core.EffectRow) -> str:
    """The label; with its unit where that is neither persons nor the money of all tables."""
    label = page.findings.said(row.label)
    if row.own_unit:
        return page.say("{label}, {unit}", label=label, unit=page.findings.said(row.unit))
    return "  " + label if row.of_row_above else label


def warnings(page: Page) -> list[Block]:
    found = page.findings.warnings()
    if not found:
        return []
    return [Heading(page.say("Warnings") + page.preview), *(Note(text, page.say("! ")) for text in found)]
