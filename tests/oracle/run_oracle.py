"""The oracle alone, timed: python tests/oracle/run_oracle.py SCENARIO… --panel FILE [--study FILE] [--functions NumPy]

FILE is a panel or a cached population of the program. σ and the level of income come from the study; without one, a
plain bisection finds them. Prints seconds for each part of the year and person-years a second.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import h5py
import measures
import numpy as np
from calibration import Calibration
from functions import FIXED, NUMPY, Functions
from people import People
from settings import Draw
from years import Scenario, World


def search(people: People, scenario: Scenario, functions: Functions) -> tuple[float, float]:
    """σ by bisection, and the level that goes with it."""
    return Calibration(people, scenario, functions).search()


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="+", type=Path)
    parser.add_argument("--panel", required=True, type=Path)
    parser.add_argument("--study", type=Path)
    parser.add_argument("--functions", choices=[FIXED.name, NUMPY.name], default=NUMPY.name)
    parser.add_argument("--seed", type=int, default=1)
    o = parser.parse_args(arguments)
    functions = FIXED if o.functions == FIXED.name else NUMPY

    seconds: dict[str, float] = {}
    start = time.perf_counter()
    people = People.read(o.panel)
    seconds["reading people"] = time.perf_counter() - start
    start = time.perf_counter()
    scenarios = [Scenario(path, Draw(functions, o.seed, 0, central=True)) for path in o.scenarios]
    if o.study:
        with h5py.File(o.study) as study:
            sigma, level = (float(study.attrs[f"calibration_{x}"]) for x in ("sigma", "level"))
    else:
        sigma, level = search(people, scenarios[0], functions)
    seconds["calibration"] = time.perf_counter() - start

    first = measures.Reference()
    years = range(scenarios[0].region.base_year, scenarios[0].region.last_year + 1)
    simulated = 0.0
    for s, scenario in enumerate(scenarios):
        own = measures.Reference() if s else first
        world = World(scenario, people, functions, o.seed, 0, sigma, level)
        with np.errstate(over="ignore"):
            for year in years:
                world.live(year)
                with world.timed("measures"):
                    found = measures.poverty(world)
                    measures.register(world, year, own)
                    measures.years_of_poverty(world, year, first if s else None, own)
                    measures.spending(world)
        for part, spent in world.seconds.items():
            seconds[part] = seconds.get(part, 0.0) + spent
            simulated += spent
        print(f"{scenario.name}: poverty rate {found['poverty_rate'][0, 0, 0]:.4f} in {years[-1]}")
    person_years = int(people.persons.sum()) * len(years) * len(scenarios)
    for part, spent in seconds.items():
        print(f"{part:16s} {spent:8.3f} s")
    print(
        f"{'simulated':16s} {simulated:8.3f} s   {person_years} person-years, {person_years / simulated:.0f} a second"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
