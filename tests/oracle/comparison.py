"""The program and the oracle: every stored column of every household-year, and every figure of the study.

Taken from the study: which scenarios, seed, draws and years it has, and the two numbers σ and level that the program
searched, because a world lived with another σ, though it differed in the tenth digit only, would agree in no bit. They
are not believed: the oracle's own base year must have the population's mean and poverty rate with them, to the accuracy
at which the program's search ends (Calibration.problems). Taken from the panel: the people. All else is computed.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import measures
import numpy as np
from calibration import Calibration
from functions import FIXED, Functions
from people import People
from settings import Draw
from state_hash import state_hash
from thresholds import CLOSE
from treasury import PURPOSES, account_names
from years import Scenario, World

Array = np.ndarray
REPLICATES = 2**16  # key of luck: draw · 65536 + replicate


class Run:
    """The scenarios of a study by the oracle, at one draw and replicate."""

    def __init__(self, paths: list[Path], people: People, study: h5py.File, functions: Functions = FIXED,
                 draw: int = 0, replicate: int = 0) -> None:  # fmt: skip
        self.people, self.functions, self.study, self.at = people, functions, study, (draw, replicate)
        seed = int(study.attrs["seed"])
        self.sigma, self.level = (float(study[f"draws/{x}"][draw]) for x in ("sigma", "level"))
        self.draws = [Draw(functions, seed, draw, central=int(study.attrs["draws"]) == 1) for _ in paths]
        self.paths = paths
        self.scenarios = [Scenario(path, own) for path, own in zip(paths, self.draws, strict=True)]
        self.worlds = [
            World(scenario, people, functions, seed, draw * REPLICATES + replicate, self.sigma, self.level)
            for scenario in self.scenarios
        ]

    def problems_of_calibration(self) -> list[str]:
        """σ and level solve their two equations, under the parameters of the draw, for every scenario."""
        found = []
        for s, draw in zip(self.scenarios, self.draws, strict=True):
            calibration = Calibration(self.people, s, self.functions, drawn=not draw.central)
            found += [f"{s.name}: {problem}" for problem in calibration.problems(self.sigma, self.level)]
        return found

    def live(self, after_year: Callable[[int, World, int], None]) -> None:
        """All years of all scenarios; `after_year(scenario, world, year)` looks at each."""
        for s, world in enumerate(self.worlds):
            for year in range(world.region.base_year, world.region.last_year + 1):
                world.live(year)
                after_year(s, world, year)


class Comparison:
    """What differs, in words; empty lists are what a test asks for."""

    def __init__(self, run: Run, panel: h5py.File | None) -> None:
        self.run, self.panel, self.study = run, panel, run.study
        self.exact = run.functions.exact
        self.differences: list[str] = []
        self.close, self.differing = 0, 0  # household-years near a threshold, and different because of one
        self.excused = 0  # households of a scenario that were let differ, once or to the end
        self.compared = 0  # values
        self.figures_compared, self.figures_left_out = 0, 0
        self.hidden = np.zeros(run.people.rows, bool)  # households of this scenario that differ, and may go on doing so
        self.own, self.first = measures.Reference(), measures.Reference()
        self.programmes = [str(name) for name in self.study["programme"].asstr()]
        self.funds = [str(name) for name in self.study["fund"].asstr()]
        names = account_names([s.settings for s in run.scenarios], [s.programmes for s in run.scenarios])
        if (self.funds, self.programmes) != names:
            self.differences.append(f"accounts: oracle {names}, program {(self.funds, self.programmes)}")

    def all_years(self) -> Comparison:
        with np.errstate(over="ignore"):
            self.run.live(self.after_year)
        return self

    def after_year(self, s: int, world: World, year: int) -> None:
        if year == world.region.base_year:
            self.own = self.first if s == 0 else measures.Reference()
            self.hidden[:] = False
        if self.panel is not None:
            self.households(f"{self.run.scenarios[s].name}_{year}", world)
        self.figures(s, world, year)
        if year == world.region.last_year:
            self.ledger(s, world)
            self.not_yet_known(s, world)
            self.draws(s, world)
            self.excused += int(self.hidden.sum())

    def households(self, table: str, world: World) -> None:
        theirs = {name: column[:] for name, column in self.panel[table].items()}
        line = theirs.pop("line")  # of the world, the same for every household
        ours = np.full(len(line), world.lines["statistical"])
        odd = np.flatnonzero(~np.isclose(line, ours, rtol=0 if self.exact else CLOSE, atol=0))
        self.note(table, "line", odd, ours, line)
        state = world.state | self.payments(world)
        if set(theirs) != set(state):
            self.differences.append(f"{table}: columns oracle {sorted(state)}, program {sorted(theirs)}")
            return
        differs = np.zeros(world.people.rows, bool)
        for name, column in state.items():
            if column.dtype != theirs[name].dtype:
                self.differences.append(f"{table}/{name}: type oracle {column.dtype}, program {theirs[name].dtype}")
            unequal = column != theirs[name]
            self.compared += len(column)
            if not self.exact and name in world.real:  # both round the same double, to a billionth
                double = world.real[name]
                half_step = 0.5 * np.spacing(np.abs(theirs[name])).astype(float)
                rounds = np.abs(theirs[name].astype(float) - double) <= half_step + CLOSE * np.abs(double)
                self.differing += int((unequal & rounds).sum())
                self.hidden |= unequal & rounds
                unequal &= ~rounds
            differs |= unequal
            if self.exact:
                self.note(table, name, np.flatnonzero(unequal), column, theirs[name])
        if self.exact:
            return
        explained = world.watch.downstream(differs | self.hidden) | self.hidden
        self.close += int(world.watch.close.sum())
        self.differing += int(differs.sum())
        for name, column in state.items():
            self.note(table, name, np.flatnonzero((column != theirs[name]) & ~explained), column, theirs[name])
        self.hidden |= differs

    def payments(self, world: World) -> dict[str, Array]:
        """Columns of the payments by stream, of all that somebody pays."""
        streams = [str(name) for name in self.study["stream"].asstr()]
        paid = streams[streams.index("programme_earnings") + 1 :]
        nothing = np.zeros(world.people.rows, np.int64)
        return {f"payments_{name}": world.paid_streams.get(name, nothing).astype(np.int32) for name in paid}

    def note(self, table: str, name: str, rows: Array, ours: Array, theirs: Array) -> None:
        for row in rows[:3]:
            self.differences.append(f"{table}/{name} of row {row}: oracle {ours[row]}, program {theirs[row]}")

    def figures(self, s: int, world: World, year: int) -> None:
        """All variables of the study by place; exits of the year before are known now."""
        at = (s, *self.run.at, year - world.region.base_year)
        found = measures.poverty(world) | measures.register(world, year, self.own)
        found |= measures.years_of_poverty(world, year, self.first if s else None, self.own)
        found |= measures.income_by_stream(world, [str(name) for name in self.study["stream"].asstr()])
        found |= measures.allowance(world)
        found |= measures.land(world)
        spent = measures.spending(world)
        for name, ours in (found | spent).items():
            earlier = measures.KNOWN_LATER.get(name, 0)
            theirs = self.study[name][(*at[:3], at[3] - earlier)]
            if name.startswith("programmes/"):
                theirs = theirs[:, [self.programmes.index(p.name) for p in world.programmes]]
            self.figure(f"{name} {self.run.scenarios[s].name} {year}", ours, theirs)
        if self.exact:
            ours, theirs = state_hash(world), int(self.study["check/state_hash"][at])
            if ours != theirs:
                what = f"state hash of {self.run.scenarios[s].name} {year}, draw and replicate {at[1:3]}"
                self.differences.append(f"{what}: oracle {ours:016x}, program {theirs:016x}")

    def not_yet_known(self, s: int, world: World) -> None:
        """How long the exits of the last years will last, and those of the base year, which has none."""
        for name, years in measures.KNOWN_LATER.items():
            theirs = self.study[name][(s, *self.run.at)][[0, *range(-years, 0)]]
            self.figure(f"{name} {s}", np.full_like(theirs, np.nan), theirs)

    def draws(self, s: int, world: World) -> None:
        """Parameters and lines of this draw, as the study keeps them."""
        draw, used = self.run.at[0], self.run.draws[s].used
        names = [str(name) for name in self.study["parameter"].asstr()] if "parameter" in self.study else []
        kept = {name: i for i, name in enumerate(names)}
        for name, value in used.items():
            if name.startswith("line.") or name.endswith(".establishment_cost"):  # the latter is shown only
                continue
            if name not in kept:
                self.differences.append(f"draws: the study does not keep {name}")
                continue
            theirs = self.study["draws/parameter_value"][s, draw, kept[name]]
            self.figure(f"draws/parameter_value {name} {s}", np.array([value]), np.array([theirs]))
        years = range(world.region.base_year, world.region.last_year + 1)
        for i, name in enumerate(self.study["line_name"].asstr()):
            ours = np.array([world.region.line(str(name), year) for year in years])
            self.figure(f"draws/line_value {name}", ours, self.study["draws/line_value"][draw, i])
        if int(self.study["draws/population"][draw]) != self.run.people.index:
            self.differences.append(f"draws/population of draw {draw}: oracle {self.run.people.index}")

    def figure(self, what: str, ours: Array, theirs: Array) -> None:
        if self.differing and not self.exact:
            self.figures_left_out += 1  # households differ, so do the sums
            return
        self.figures_compared += 1
        self.compared += theirs.size
        if self.exact:
            good = (ours == theirs) | (np.isnan(ours) & np.isnan(theirs))
        else:
            good = np.isclose(ours, theirs, rtol=CLOSE, atol=0, equal_nan=True)
        if not good.all():
            where = np.argwhere(~good)[0]
            self.differences.append(
                f"{what} at {where}: oracle {ours[tuple(where)]!r}, program {theirs[tuple(where)]!r}"
            )

    def ledger(self, s: int, world: World) -> None:
        years = range(world.region.base_year, world.region.last_year + 1)
        treasury, counties = world.treasury, len(world.people.county_id)
        amount = np.zeros((len(years), counties + 1, len(self.programmes), len(self.funds), len(PURPOSES)), np.int64)
        for (year, county, programme, fund, purpose), fen in treasury.ledger.items():
            place = (self.programmes.index(programme), self.funds.index(fund), PURPOSES.index(purpose))
            for row in (0, county + 1):
                amount[(year - years[0], row, *place)] += fen
        self.figure(f"ledger/amount {s}", amount / 100, self.study["ledger/amount"][(s, *self.run.at)])
        for name, money in treasury.flows().items():
            by_fund = np.zeros((len(years), len(self.funds)))
            for (year, fund), fen in money.items():
                by_fund[year - years[0], self.funds.index(fund)] = fen / 100
            self.figure(f"ledger/{name} {s}", by_fund, self.study[f"ledger/{name}"][(s, *self.run.at)])


def compare(paths: list[Path], study: Path, panel: Path, functions: Functions = FIXED, **at: Any) -> Comparison:
    """The whole comparison at a draw and replicate; households only where the panel holds them (the first of both)."""
    with h5py.File(study) as s, h5py.File(panel) as p:
        run = Run(paths, People.read(panel), s, functions, **at)
        comparison = Comparison(run, None if at else p)
        comparison.differences += run.problems_of_calibration()
        return comparison.all_years()
