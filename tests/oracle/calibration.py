"""σ and the level of income are searched by the program; here is what they must solve, on the synthetic people.

In the base year, over persons: mean true income is the population's, and the share below the line is its poverty rate.
The base year is run without the shocks that villages and counties share; a household is poor for as many of 64 equally
probable values of their product as leave it below the line. Luck of its own, by population, so that every seed of a run
has the same σ.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import numpy as np
from functions import Functions
from incomes import market_income, safety_net, true_income
from people import STREAMS, People

if TYPE_CHECKING:
    from years import Scenario, World

Array = np.ndarray

SHOCKS = 64
SEARCHED = (0.05, 3.0)
# What the program says of its own search (models/run/calibration.hpp): central values, and parameter draws.
CENTRAL, DRAWN = 1e-6, 5e-4
SIGMA_STEP = 1e-7  # on few households the rate is a step function of σ, and its step the solution


def concentration(people: People) -> float:
    """E[Σ_s a_s²] over persons, each household's rounded to whole numbers of 2⁻³²."""
    shares = [people.house[s].astype(float) for s in STREAMS]
    squares = sum((share * share for share in shares), np.zeros(people.rows))
    units = np.floor(squares * 2.0**32 + 0.5).astype(np.int64)
    return float(int((people.persons * units).sum())) * 2.0**-32 / float(people.persons.sum())


class Calibration:
    def __init__(self, people: People, scenario: Scenario, functions: Functions, drawn: bool = False) -> None:
        self.people, self.scenario, self.functions = people, scenario, functions
        self.tolerance = DRAWN if drawn else CENTRAL
        self.line = scenario.region.line("statistical", scenario.region.base_year)

    def base_year(self, sigma: float, level: float) -> tuple[float, float]:
        """Mean true income and poverty rate at a σ and level."""
        world, market = self.lived(sigma, level)
        income = world.state["true_income"].astype(float)
        added = income - market
        s = np.sqrt(self.common.county * self.common.county + self.common.village * self.common.village)
        n = self.functions.quantile((np.arange(SHOCKS) + 0.5) / SHOCKS)
        times = sum(market * shock + added < self.line for shock in self.functions.exp(s * n - s * s / 2))
        persons = self.people.persons
        return float((persons * income).sum() / persons.sum()), float((persons * times).sum() / persons.sum() / SHOCKS)

    def lived(self, sigma: float, level: float) -> tuple[World, Array]:
        from years import World

        seed, replicate = self.scenario.region.settings.get("synthesis_seed"), 2**64 - 1 - self.people.index
        world = World(self.scenario, self.people, self.functions, seed, replicate, sigma, level)
        self.common, world.shocks = world.shocks, copy.copy(world.shocks)
        world.shocks.prefecture = world.shocks.county = world.shocks.village = 0.0
        world.lines = {name: self.scenario.region.line(name, world.year) for name in ("statistical", "allowance")}
        with np.errstate(over="ignore"):
            market = market_income(world, world.year)
            safety_net(world, world.year)
            true_income(world, market)
        return world, market

    def search(self) -> tuple[float, float]:
        """By bisection: where the rate comes to exceed the wanted one, and the level that goes with it."""
        (low, high), level = SEARCHED, self.people.mean_income
        while high - low > 1e-9:
            sigma = (low + high) / 2
            for _ in range(3):
                mean, rate = self.base_year(sigma, level)
                level *= self.people.mean_income / mean
            if rate <= self.people.poverty_rate:
                low = sigma
            else:
                high = sigma
        return (low + high) / 2, level

    def problems(self, sigma: float, level: float) -> list[str]:
        mean, problems = self.base_year(sigma, level)[0], []
        below, above = (self.base_year(sigma + step, level)[1] for step in (-SIGMA_STEP, SIGMA_STEP))
        wanted, slack = self.people.poverty_rate, 2 * self.tolerance
        if not below - slack <= wanted <= above + slack:
            problems.append(f"sigma {sigma}: a poverty rate of {below} to {above} where {wanted} is wanted")
        if abs(mean / self.people.mean_income - 1) > self.tolerance:
            problems.append(f"level {level}: a mean of {mean} where {self.people.mean_income} is wanted")
        return problems
