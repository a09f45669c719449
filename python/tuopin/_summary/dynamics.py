"""Who leaves income poverty, who stays out, who falls back, and how often the same persons are poor."""

from __future__ import annotations

from tuopin import _core
from tuopin._findings import Worlds
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._summary.page import Page, YearColumn, cell, over, rate_decimals, years_by_scenario

FIGURES = (
    "true_exits", "true_exits_out_one_year", "true_exits_out_two_years", "fall_back_rate", "poor_none_of_three_years",
    "poor_one_or_two_of_three_years", "poor_all_three_years", "fall_back_registered",
)  # fmt: skip


def dynamics(page: Page) -> list[Block]:
    if not page.study.has("true_exits"):
        return []
    titles = [page.numbered(s) for s in page.scenarios]
    return [
        Heading(page.say("Income poverty from year to year") + page.preview),
        *years_by_scenario(page, [_columns(page, s) for s in page.scenarios], titles),
        *_differences(page),
        Note(page.say("Counted in {persons}.", persons=page.persons.name)),
        Note(page.say("Left income poverty: poor the year before and not poor in the year, in the scenario itself, "
                      "whatever the reason. Of these, the share not poor one year later, and in both later years. "
                      "Beside it the same share among those who left in (1): as many stay out by growth and luck "
                      "alone.")),
        Note(page.say("Poor again: of those who left income poverty in the three years before, the share that is "
                      "income-poor in the year. Poor in no, one or two, all years: of the year and the two before "
                      "it.")),
    ]  # fmt: skip


def _of_exits(page: Page, figure: str, s: int) -> Worlds:
    """A share in percent of those who left income poverty in the year [world, year]."""
    return 100 * over(page.study.by_world(figure, s), page.study.by_world("true_exits", s))


def _columns(page: Page, s: int) -> list[YearColumn]:
    say = page.say

    def counts(figure: str) -> list[str]:
        return page.counts(figure, s, page.persons.unit)

    def shares(figure: str, scenario: int) -> list[str]:
        by_scenario = [[_core.spread_of(values) for values in _of_exits(page, figure, s).T] for s in page.scenarios]
        decimals = rate_decimals([spread for spreads in by_scenario for spread in spreads])
        return [cell(spread, decimals) for spread in by_scenario[scenario]]

    columns = [YearColumn(say("left\nincome\npoverty"), counts("true_exits"))]
    for figure, heading in (("true_exits_out_one_year", say("out 1 year\nlater, %")),
                            ("true_exits_out_two_years", say("and 2 years\nlater, %"))):  # fmt: skip
        columns.append(YearColumn(heading, shares(figure, s)))
        of_first = shares(figure, 0) if s > 0 else page.blank()
        columns.append(YearColumn(say("the same\nin (1), %"), of_first))
    return [
        *columns,
        YearColumn(say("poor\nagain, %"), page.rates("fall_back_rate", s)),
        YearColumn(say("poor in\nno year"), counts("poor_none_of_three_years")),
        YearColumn(say("in 1 or 2\nof 3 years"), counts("poor_one_or_two_of_three_years")),
        YearColumn(say("in all\n3 years"), counts("poor_all_three_years")),
        YearColumn(say("on the\nregister\nagain"), counts("fall_back_registered")),
    ]


def _differences(page: Page) -> list[Block]:
    """Effects on the dynamics: each later scenario less the first, under equal luck."""
    blocks: list[Block] = []
    for s in list(page.scenarios)[1:]:
        columns = _difference_columns(page, s)
        heads = [Column(page.say("year"), "left", key=True), *(Column(column.heading) for column in columns)]
        rows = [[str(year), *(column.cells[y] for column in columns)] for y, year in enumerate(page.years)]
        table = Table.of(heads, rows).without_empty_columns()
        if table is not None:
            heading = page.say("({number}) less (1) in the same worlds", number=s + 1)
            blocks += [Heading(heading + page.preview), table]
    return blocks


def _difference_columns(page: Page, s: int) -> list[YearColumn]:
    say = page.say

    def of_exits(figure: str) -> list[str]:
        return _difference_cells(page, _of_exits(page, figure, s) - _of_exits(page, figure, 0), 1)

    def less(figure: str, unit: float, decimals: int) -> list[str]:
        values = (page.study.by_world(figure, s) - page.study.by_world(figure, 0)) / unit
        return _difference_cells(page, values, decimals)

    def persons(figure: str) -> list[str]:
        return less(figure, page.persons.unit, 1 if page.persons.unit > 1 else 0)

    return [
        YearColumn(say("left\nincome poverty"), persons("true_exits")),
        YearColumn(say("out 1 year\nlater, points"), of_exits("true_exits_out_one_year")),
        YearColumn(say("and 2 years\nlater, points"), of_exits("true_exits_out_two_years")),
        YearColumn(say("poor again,\npoints"), less("fall_back_rate", 0.01, 1)),
        YearColumn(say("poor in\nno year"), persons("poor_none_of_three_years")),
        YearColumn(say("in all\n3 years"), persons("poor_all_three_years")),
    ]


def _difference_cells(page: Page, values: Worlds, decimals: int) -> list[str]:
    cells = []
    for spread in (_core.spread_of(of) for of in values.T):
        median = _core.grouped(spread.median, decimals) if spread.worlds else ""
        if spread.worlds and not spread.same:
            low, high = _core.grouped(spread.low, decimals), _core.grouped(spread.high, decimals)
            median += "\n" + page.say("{low} to {high}", low=low, high=high)
        cells.append(median)
    return cells
