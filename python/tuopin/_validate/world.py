"""One world of a scenario, reduced to what published figures are held against: households as they are, their state in
every year, who is poor in which year, and the figures of a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tuopin.engine import Engine, Trajectory

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_FEN = 100.0  # a yuan
_FIXED = ("weight", "members", "able_workers", "away_workers", "share_wage", "share_business", "arable_mu")


class Homes:
    """What of households does not change; a row may stand for several equal households."""

    def __init__(self, world: Trajectory) -> None:
        column = {name: world.column("household", name).astype(float) for name in _FIXED}
        self.weight, self.members = column["weight"], column["members"]
        self.persons: Numbers = self.weight * self.members
        self.able: Numbers = self.weight * column["able_workers"]
        self.away: Numbers = self.weight * column["away_workers"]
        self.share_wage, self.share_business = column["share_wage"], column["share_business"]
        self.arable: Numbers = self.weight * column["arable_mu"]
        self.county = world.column("village", "county")[world.column("household", "village")].astype(int)


class YearState:
    """Households in a year: income, the register, payments, land."""

    def __init__(self, homes: Homes, world: Trajectory) -> None:
        def column(name: str) -> Numbers:
            return np.asarray(world.column("household", name), dtype=float)

        self.homes = homes
        self.income = column("true_income")  # yuan a head
        self.registered: Flags = column("registered") > 0
        self.ever_registered: Flags = column("ever_registered") > 0
        self.with_allowance: Flags = column("top_ups") > 0
        self.cleared: Numbers = homes.weight * column("planted_cleared") / 100  # of 0.01 mu
        # Yuan of all households that a row stands for.
        self.all_income: Numbers = homes.persons * self.income
        self.earned: Numbers = homes.weight * column("programme_earnings")
        self.top_ups: Numbers = homes.weight * column("top_ups") / _FEN
        self.other_payments: Numbers = homes.weight * column("payments") / _FEN - self.top_ups

    def mix(self, which: Flags, wages_of_other_payments: float) -> tuple[float, float]:
        """Shares of wages and of own business in the income of some households. Market income is split by each
        household's own mix, without the shocks of single streams, which are not kept by household; payments other than
        allowances by the share of wages in those of the whole region."""
        market = np.maximum(self.all_income - self.earned - self.top_ups - self.other_payments, 0)
        wage = market * self.homes.share_wage + self.other_payments * wages_of_other_payments
        business = market * self.homes.share_business + self.earned
        whole = self.all_income[which].sum()
        return _over(wage[which].sum(), whole), _over(business[which].sum(), whole)

    @cached_property
    def fifth(self) -> npt.NDArray[np.int_]:
        """0 for the poorest fifth of all persons of the region by true income, 4 for the richest."""
        return fifths(self.income, self.homes.persons)


def fifths(income: Numbers, persons: Numbers) -> npt.NDArray[np.int_]:
    """A household belongs to the fifth in which its middle person stands."""
    order = np.argsort(income, kind="stable")
    middle = np.cumsum(persons[order]) - persons[order] / 2
    found = np.empty(len(income), dtype=int)
    found[order] = np.minimum((5 * middle / persons.sum()).astype(int), 4)
    return found


def poorest(income: npt.NDArray[Any], persons: Numbers, share: float) -> Flags:
    """The households that hold the poorest share of persons. Of the share below a line that is whoever is below it:
    a line itself is no figure of a study."""
    order = np.argsort(income, kind="stable")
    found = np.empty(len(income), dtype=bool)
    found[order] = np.cumsum(persons[order]) <= share * persons.sum() + 0.5
    return found


@dataclass
class World:
    """A trajectory that has been lived; ``sample`` is the share of the region that it simulates."""

    homes: Homes
    years: Mapping[int, YearState]
    poor: Mapping[int, Flags]  # true income below the statistical line, by year
    figures: Mapping[str, Any]
    sample: float

    def figure(self, name: str, year: int, place: int, **labels: Any) -> float:
        values = self.figures[name].sel(year=year, **labels).isel(place=place)
        return float(np.asarray(values).reshape(-1)[0])

    def within(self, place: int) -> Flags:
        """Households of a place: the first is the whole region, then its counties in their order."""
        if place == 0:
            return np.ones(len(self.homes.weight), dtype=bool)
        return np.asarray(self.homes.county == place - 1)

    def mean_of_streams(self, year: int, place: int, *names: str) -> float:
        """Yuan a head and year of some streams of income, with all their shocks."""
        return sum(self.figure("income_by_stream/mean_income", year, place, stream=name) for name in names)


def lived(engine: Engine, scenario: str, draw: int | None, replicate: int, kept: Sequence[int], sample: float) -> World:
    """Lives a trajectory to the end; of the years ``kept`` and those before them the households' state is kept."""
    trajectory = engine.start(scenario, draw, replicate).step()
    homes = Homes(trajectory)
    years, income = dict[int, YearState](), dict[int, npt.NDArray[Any]]()
    wanted = {*kept, *(year - 1 for year in kept)}
    while True:
        income[trajectory.year] = trajectory.column("household", "true_income")
        if trajectory.year in wanted:
            years[trajectory.year] = YearState(homes, trajectory)
        if trajectory.done:
            break
        trajectory.step()
    figures = trajectory.figures()
    world = World(homes, years, {}, figures, sample)
    world.poor = {year: poorest(heads, homes.persons, world.figure("poverty_rate", year, 0, line=1.0, income="true"))
                  for year, heads in income.items()}  # fmt: skip
    return world


def _over(value: float, whole: float) -> float:
    return float(value / whole) if whole > 0 else float("nan")
