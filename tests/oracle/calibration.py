"""σ and the level of income are searched by the program; here is what they must solve, on the synthetic people.

In the base year, over persons: mean true income is the population's, and the share below the line is its poverty rate.
Luck of its own (kind population), so that every seed of a run has the same σ; central values of all parameters.
"""

from __future__ import annotations

import numpy as np
from functions import Functions
from incomes import Shocks, Spread
from luck import POPULATION, Luck
from people import STREAMS, People
from settings import Region, Settings

Array = np.ndarray

# What the program says of its own search (models/run/calibration.hpp): where it looks and where it ends.
SEARCHED = (0.05, 3.0)
PROGRAM_RATE_TOLERANCE, PROGRAM_SIGMA_TOLERANCE = 1e-7, 1e-8
SEARCH_TOLERANCE = 1e-10  # of ours


def total(terms: Array) -> float:
    """Sum of reals in whole numbers of 2⁻³², so that it depends on no order of rows."""
    units = np.floor(terms * 2.0**32 + 0.5).astype(np.int64)
    return float((int((units >> 32).sum()) << 32) + int((units & 0xFFFFFFFF).sum())) * 2.0**-32


def concentration(people: People) -> float:
    """E[Σ_s a_s²] over persons."""
    shares = [people.house[s].astype(float) for s in STREAMS]
    squares = sum((share * share for share in shares), np.zeros(people.rows))
    return total(people.persons * squares) / float(people.persons.sum())


class Calibration:
    def __init__(self, people: People, scenario: Settings, region: Region, functions: Functions) -> None:
        self.people, self.scenario, self.functions = people, scenario, functions
        self.concentration = concentration(people)
        year, seed = region.base_year, region.settings.get("synthesis_seed")
        luck, ids = Luck(functions, seed, people.index), people.house["id"]
        draws = luck.draws("calibration.income", year, POPULATION, ids)
        self.z, *self.white = functions.quantile((draws[:, :5] + 0.5) / 2.0**32).T
        shocks = Shocks(scenario)
        of_village = luck.normal("calibration.village", year, POPULATION, people.village["id"])
        of_county = luck.normal("calibration.county", year, POPULATION, people.county_id)
        village, county = shocks.log(shocks.village, of_village), shocks.log(shocks.county, of_county)
        self.common = village[people.house["village"]] + county[people.county]
        self.line, self.allowance = region.line("statistical", year), region.line("allowance", year)
        off = scenario.get("safety_net.off", False)
        coverage = 0.0 if off else scenario.number("safety_net.coverage")
        self.listed = luck.uniform("calibration.safety_net", year, POPULATION, ids) < coverage
        error = luck.normal("calibration.safety_net", year, POPULATION, ids, 1)
        self.assessed = functions.exp(scenario.number("safety_net.assessment_sd") * error)

    def solve_level(self, sigma: float) -> tuple[float, float]:
        """The level at which the mean is the population's, and the poverty rate there."""
        people, scenario, exp = self.people, self.scenario, self.functions.exp
        sd = Spread(scenario, sigma, self.concentration)
        score = people.house["permanent_score"].astype(float)
        shape = exp(sd.f * score + sd.z * self.z + self.common - sd.half_v)
        if sd.streams:
            shares = [people.house[s].astype(float) for s in STREAMS]
            shape = shape * sum(a * exp(sd.e * n) for a, n in zip(shares, self.white, strict=True))
        else:
            shape = shape * exp(sd.e * self.white[0])
        everyone = people.persons.sum()
        mean = total(people.persons * shape) / everyone
        level, rate = people.mean_income / mean, 0.0
        for _ in range(3):  # the safety net adds a little to the mean: lower the level by as much
            income = level * shape
            helped = self.listed & (income < scenario.number("safety_net.applies_below", 1.0) * self.line)
            gap = np.maximum(0.0, self.allowance - income * self.assessed)
            income = np.where(helped, income + scenario.number("safety_net.adequacy") * gap, income)
            rate = float(people.persons[income < self.line].sum() / everyone)
            level += (people.mean_income - total(people.persons * income) / everyone) / mean
        return level, rate

    def search(self, wanted: float) -> float:
        """Where the rate comes to exceed `wanted`, by bisection; it rises with σ."""
        low, high = SEARCHED
        while high - low > SEARCH_TOLERANCE:
            sigma = (low + high) / 2
            if self.solve_level(sigma)[1] <= wanted:
                low = sigma
            else:
                high = sigma
        return (low + high) / 2

    def slack(self, sigma: float, error: float) -> float:
        """How far from a step of the rate the program may end where no σ has the wanted rate.

        It tries one end of a bracket whose ends have rates on both sides of the wanted one, and ends where the next
        secant point lies within t = 1e-8: |error| / (|error| + other) · bracket < t, so the bracket, which has the step
        in it, is no wider than t (1 + other / |error|). The other end's weight is at most what its rate is off: first
        taken for 1, then for that of the far end of the bracket so found, and so on.
        """
        if abs(error) < PROGRAM_RATE_TOLERANCE:
            return 0.0
        other, widest = 1.0, 0.0
        for _ in range(10):
            widest = PROGRAM_SIGMA_TOLERANCE * (1 + other / abs(error))
            far = max(SEARCHED[0], sigma - widest) if error > 0 else min(SEARCHED[1], sigma + widest)
            other = min(other, abs(self.solve_level(far)[1] - self.people.poverty_rate))
        return widest

    def problems(self, sigma: float, level: float) -> list[str]:
        """σ against a search of our own: on few households the rate is a step function, so that all σ from one step to
        the next have the wanted rate, or none has it and the step is the solution. The level is ours at this σ."""
        own_level, rate = self.solve_level(sigma)
        wanted, problems = self.people.poverty_rate, []
        self.solutions = tuple(self.search(wanted + side * PROGRAM_RATE_TOLERANCE) for side in (-1, 1))
        slack = self.slack(sigma, rate - wanted) + SEARCH_TOLERANCE
        if not self.solutions[0] - slack <= sigma <= self.solutions[1] + slack:
            own = " to ".join(f"{x:.10f}" for x in self.solutions)
            problems.append(f"sigma: oracle {own} within {slack:.1e}, program {sigma}")
        levels = [own_level]
        if not self.functions.exact:  # a household at the edge of the safety net may stand on its other side
            levels += [self.solve_level(sigma * (1 + step))[0] for step in (-1e-9, 1e-9)]
        rounding = 0.0 if self.functions.exact else 1e-9
        if not min(levels) * (1 - rounding) <= level <= max(levels) * (1 + rounding):
            problems.append(f"level of income: oracle {own_level}, program {level}")
        return problems
