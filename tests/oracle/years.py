"""A second implementation of the year in plain NumPy, written from the model's equations.

In the base year no programme acts: incomes, the old safety net, measurement, then the first register. Every later year:
programmes, market income, the old safety net, true and measured income, guarantees, review, measures, funds close.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from calibration import concentration
from functions import Functions
from incomes import Shocks, Spread, growth, market_income, measure, safety_net, true_income, uprate
from luck import Luck
from people import People, founding_state
from programmes import Programme, serve
from register import identify, repair, review
from settings import Draw, Region, Settings
from thresholds import Watch
from treasury import Treasury

Array = np.ndarray


class Scenario:
    """The files of one scenario at one parameter draw."""

    def __init__(self, path: Path, draw: Draw) -> None:
        self.name = path.stem
        self.settings = Settings(path, draw)
        self.region = Region(path.parent / self.settings.get("region"), draw)
        files = [path.parent / "programmes" / f"{name}.toml" for name in self.settings.get("programmes", [])]
        self.programmes = [self.programme(file, draw) for file in files]

    @staticmethod
    def programme(file: Path, draw: Draw) -> Settings:
        """Numbers are drawn under the name of the programme's luck: a file that was renamed keeps them."""
        read = Settings(file, draw, f"{file.stem}.")
        luck = read.get("luck", file.stem)
        return read if luck == file.stem else Settings(file, draw, f"{luck}.")


class Scope:
    """Where the names of a rule lead: the unit's own columns, its household, its village, and the lines."""

    def __init__(self, world: World, of_person: bool) -> None:
        self.world, self.of_person = world, of_person
        self.constants = {"line": world.lines["statistical"], "administrative_line": world.lines["administrative"],
                          "allowance_line": world.lines["allowance"], "year": float(world.year)}  # fmt: skip

    def column(self, prefix: str, name: str, rows: Array) -> Array | float:
        people, state = self.world.people, self.world.state
        if not prefix and name in self.constants:
            return self.constants[name]
        if self.of_person and prefix in ("", "person"):
            return people.person[name][rows].astype(float)
        houses = people.person["household"][rows] if self.of_person else rows
        if prefix == "village":
            return people.village[name][people.house["village"][houses]].astype(float)
        return (state[name] if name in state else people.house[name])[houses].astype(float)


class World:
    """One scenario under one draw and replicate, from the base year on; `state` holds the columns of the panel."""

    def __init__(self, scenario: Scenario, people: People, functions: Functions, seed: int, replicate: int,
                 sigma: float, level: float) -> None:  # fmt: skip
        self.people, self.functions, self.region = people, functions, scenario.region
        self.scenario, self.level = scenario.settings, level
        self.luck = Luck(functions, seed, replicate)
        self.spread, self.shocks = Spread(self.scenario, sigma, concentration(people)), Shocks(self.scenario)
        self.growth = growth(self.scenario, self.region)
        self.year, self.mean_path = self.region.base_year, level
        self.error = self.safety_net_fen = np.zeros(0)
        self.market_streams: dict[str, Array] = {}  # yuan a head of the year, by household
        self.paid_streams: dict[str, Array] = {}  # fen to the household in the year; without an entry nothing
        self.lines: dict[str, float] = {}
        self.state, self.before = founding_state(people), founding_state(people)
        self.real: dict[str, Array] = {}
        self.watch = Watch(people.rows, on=not functions.exact)
        self.treasury = Treasury(self.scenario, people.share, len(people.county_id))
        self.files = scenario.programmes
        self.programmes = [Programme(file, self) for file in self.files]
        self.seconds: dict[str, float] = {}

    def line(self, name: str, year: int) -> float:
        """The scenario's own from its first year on, or the region's."""
        if self.scenario.has(f"lines.{name}"):
            own = self.scenario.series(f"lines.{name}")
            if year >= min(own.years):
                return own.at(year)
        return self.region.line(name, year)

    def scope(self, of_person: bool) -> Scope:
        return Scope(self, of_person)

    def keep_real(self, column: str, values: Array) -> None:
        """Computed in double, stored as float32; the double is kept for those who compare to rounding."""
        self.real[column] = values
        self.state[column] = values.astype(np.float32)

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - start

    def live(self, year: int) -> None:
        """One year in the order in which it happens."""
        self.year = year
        self.watch.begin_year()
        self.before = {name: column.copy() for name, column in self.state.items()}
        self.lines = {name: self.line(name, year) for name in ("statistical", "administrative", "allowance")}
        self.treasury.begin_year(year, self.files)
        uprate(self, year)
        with self.timed("programmes"):
            serve(self, self.programmes, year)
        with self.timed("incomes"):
            market = market_income(self, year)
            safety_net(self, year)
            true_income(self, market)
            measure(self)
        with self.timed("register"):
            if year == self.region.base_year:
                identify(self)
            repair(self, year)
            if year > self.region.base_year:
                review(self, year)
        net = np.zeros(len(self.people.county_id), np.int64)
        np.add.at(net, self.people.county, self.safety_net_fen * self.people.weight)
        for county, fen in enumerate(net.tolist()):
            self.treasury.pay_safety_net(county, fen)
        for programme in self.programmes:
            programme.count_holders(year)
        self.treasury.end_year()
