"""A table of years for each scenario, with the document's targets beside the register; and mean income by year."""

from __future__ import annotations

import numpy as np

from tuopin import _core
from tuopin._summary.layout import Block, Column, Heading, Note, Table
from tuopin._summary.page import Page, YearColumn, cell, over, years_by_scenario
from tuopin._summary.targets import comparison_sign, probability, target_figure, text_at, value_at

_SHOWN = ("poverty_rate", "register_rate", "exits_gross", "out_of_poverty", "into_poverty", "fall_in_poverty",
          "spending")  # fmt: skip
FIGURES = (*_SHOWN, "perfect_information_gap")
INCOME_FIGURES = ("mean_income",)


def years(page: Page) -> list[Block]:
    if not any(page.study.has(name) for name in _SHOWN):
        return []
    titles = [page.numbered(s) for s in page.scenarios]
    if len(titles) > 1:
        titles[0] += page.say(" · what the others are held against")
    return [*years_by_scenario(page, [_columns(page, s) for s in page.scenarios], titles), *_how_to_read(page)]


def _columns(page: Page, s: int) -> list[YearColumn]:
    say, persons = page.say, page.persons.unit

    def effect(name: str) -> list[str]:
        return page.counts(name, s, persons) if s > 0 else page.blank()

    return [
        YearColumn(say("income-poor\n(simulated), %"), page.rates("poverty_rate", s)),
        YearColumn(say("on the\nregister, %"), page.rates("register_rate", s)),
        YearColumn(say("target:\nprobability\nreached"), [_targets(page, s, year) for year in page.years], left=True),
        YearColumn(say("left the\nregister"), page.counts("exits_gross", s, persons)),
        YearColumn(say("out of\npoverty by\nthe plan"), effect("out_of_poverty")),
        YearColumn(say("into\npoverty by\nthe plan"), effect("into_poverty")),
        YearColumn(say("fall in\npoverty"), effect("fall_in_poverty")),
        YearColumn(say("spending"), page.counts("spending", s, page.money.unit)),
        YearColumn(say("spending\n÷ gap"), _spending_over_gap(page, s)),
    ]


def _spending_over_gap(page: Page, s: int) -> list[str]:
    """What was spent over what would have lifted everybody exactly to the line in the first scenario."""
    gap = page.study.by_world("perfect_information_gap", 0)
    return [cell(_core.spread_of(values), 2) for values in over(page.study.by_world("spending", s), gap).T]


def _targets(page: Page, s: int, year: int) -> str:
    """ "≤250,000 S004 35%" for each target on the register in this year."""
    lines = []
    for t, target in enumerate(page.study.names("target")):
        measure = text_at(page, "measure", t)
        is_rate = measure == "register_rate"
        if measure not in ("register_rate", "register_persons") or value_at(page, "year", t) != year:
            continue
        figure = target_figure(value_at(page, "value", t), is_rate)
        reached = probability(page, value_at(page, "probability", t, s))
        lines.append(f"{comparison_sign(text_at(page, 'comparison', t))}{figure} {target} {reached}")
    return "\n".join(lines)


def _how_to_read(page: Page) -> list[Block]:
    say = page.say
    notes = [say("Counted in {persons}; money in {money}, nominal.", persons=page.persons.name, money=page.money.name)]
    if page.one_world:
        notes.append(say("One draw and one replicate: one possible world, without intervals and without a Monte Carlo "
                         "error."))  # fmt: skip
    else:
        worlds = page.study.worlds
        notes.append(
            say("Medians; below them the 90% interval: the 5% and 95% order statistics of {worlds} worlds{few}; no "
                "interval where all worlds agree.", worlds=worlds, few=page.few_worlds(worlds)) + _errors(page)
        )  # fmt: skip
    notes += [
        say("Income-poor (simulated): income of the year below the statistical line, as the model computes it; on the "
            "register: what the administration sees. Left the register: in the year, whatever the reason."),
        say("Out of poverty by the plan: not income-poor in the year, but income-poor under equal luck in the first "
            "scenario; into poverty by the plan: the reverse. Fall = out - into = the difference of the income-poor. "
            "Stocks of each year: added over years they are person-years, not persons."),
        say("Gap: what would lift everybody exactly to the line in the first scenario, with perfect information. "
            "Spending includes the safety net."),
    ]  # fmt: skip
    if page.study.number("sample", 1) < 1:
        notes.append(say("This run is a sample of villages: persons and money are those of the sample; for the "
                         "document's targets they are scaled up to the whole."))  # fmt: skip
    return [Note(text) for text in notes]


def _errors(page: Page) -> str:
    """Where the study has both rates."""
    if not page.study.has("poverty_rate", "register_rate"):
        return ""

    def largest(name: str) -> str:
        errors = [spread.error for s in page.scenarios for spread in page.by_year(name, s, 0.01)]
        return f"{max((error for error in errors if not np.isnan(error)), default=0.0):.2f}"

    return page.say(" Monte Carlo error of the medians: rate of income poverty at most {poor}, register rate at most "
                    "{register} points.", poor=largest("poverty_rate"), register=largest("register_rate"))  # fmt: skip


def mean_income(page: Page) -> list[Block]:
    if len(page.years) < 2 or not page.study.has("mean_income"):
        return []
    heads = [Column(page.say("scenario"), "left", widest=34, key=True)]
    heads += [Column(str(year)) for year in page.years]
    heads.append(Column(page.say("growth\n% a year")))
    rows = []
    for s in page.scenarios:
        incomes = page.study.by_world("mean_income", s)
        ratio = over(incomes[:, -1], incomes[:, 0])
        ratio = np.where(ratio > 0, ratio, np.nan)
        growth = 100 * (ratio ** (1 / (page.years[-1] - page.years[0] or 1)) - 1)
        cells = [cell(_core.spread_of(values), 0) for values in incomes.T]
        rows.append([page.title(s), *cells, cell(_core.spread_of(growth), 1)])
    heading = page.say("Mean income (simulated), yuan a head and year, nominal")
    note = page.say("Growth without the plan is an input, not a finding: poverty that falls in the first scenario "
                    "falls by this growth and the measures already in it.")  # fmt: skip
    return [Heading(heading + page.preview), Table.of(heads, rows), Note(note)]
