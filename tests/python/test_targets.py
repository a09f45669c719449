"""Probability and median of every target, computed again from the figures that stand in the same study.

The targets are the hamlet's own, then one for every kind of measure, comparison and side of a threshold. Targets look
at a run and change nothing of it.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr

import tuopin

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
DRAWS, REPLICATES, LEAVE_OUT = 11, 4, 9
ABOUT = 0.1
YEARS = (2015, 2016, 2018, 2020)
MEASURES = [
    "register_persons",
    "register_rate",
    "exits_gross",
    "exits_gross_cumulative",
    *(f"programme_entered:{name}" for name in ("posts", "allowance", "orchard")),
    *(f"programme_entered_cumulative:{name}" for name in ("posts", "allowance", "orchard")),
    *(f"fall_in_poverty_lost:{name}" for name in ("ecology", "social_protection", "production")),
]
# Where a target's value stands by a figure: at the figure itself, and on either side of where the comparison turns.
SIDES = {
    "at_most": (1.0, 1 - 1e-9),
    "at_least": (1.0, 1 + 1e-9, 1.02),
    "about": (1.0, 1 / (1 + ABOUT * 0.999), 1 / (1 + ABOUT * 1.001), 1 / (1 - ABOUT * 0.999), 1 / (1 - ABOUT * 1.001)),
}


@dataclass
class Studied:
    """A study of the hamlet, with what its targets are computed from."""

    path: Path
    share_of_draw: np.ndarray
    largest_household: tuple[np.ndarray, np.ndarray]  # of each draw's population: at least, and at most

    def __post_init__(self) -> None:
        self.root = tuopin.open(self.path)
        self.programmes = tuopin.open(self.path, "programmes")
        self.batches = tuopin.open(self.path, "batches")
        self.targets = tuopin.open(self.path, "targets")

    def figures(self, scenario: str, measure: str, year: int) -> np.ndarray:
        """The measure in every world, counts as they would be in the whole region; empty where there is none."""
        kind, _, name = measure.partition(":")
        cumulative = kind.endswith("_cumulative")
        years = slice(None, year) if cumulative else slice(year, year)
        if kind == "fall_in_poverty_lost":
            figures = self.batches.fall_in_poverty_lost.sel(scenario=scenario, batch=name, year=year).values
            share = self.share_of_draw[: len(figures)]
        else:
            variable: xr.DataArray = (
                self.programmes.entered_units.sel(programme=name)
                if kind.startswith("programme_entered")
                else self.root[kind.removesuffix("_cumulative")]
            )
            worlds = variable.sel(scenario=scenario, place="hamlet", year=years).sum("year", skipna=False)
            figures = worlds.transpose("draw", "replicate").values.ravel()
            share = np.repeat(self.share_of_draw, REPLICATES)
        if np.isnan(figures).any():
            return np.array([])
        return figures if measure == "register_rate" else figures / share

    def least_entries(self, measure: str, year: int, value: float) -> tuple[np.ndarray, np.ndarray]:
        """Entries from which a target is reached although places stay empty: with the largest and smallest allowance.

        Places for persons are filled by whole households. A queue stops at the first that does not fit, so each year
        leaves at most one largest household less one person empty; where the plan offers fewer than is asked, no number
        of entries will do.
        """
        kind, _, name = measure.partition(":")
        programme = tomllib.loads((HAMLET / f"programmes/{name}.toml").read_text())
        first, last = programme["window"]
        years = [y for y in range(first, last + 1) if y == year or (kind.endswith("_cumulative") and y <= year)]
        planned = sum(programme["capacity"]["by_year"].get(str(y), 0) for y in years)
        places = self.programmes.places.sel(scenario="plan", programme=name, place="hamlet", replicate=0, year=years)
        whole_households = programme["unit"] == "household" and programme["capacity"]["unit"] == "persons"
        least = []
        for largest in self.largest_household[::-1]:
            empty = np.minimum(places.transpose("year", "draw").values, largest - 1).sum(axis=0) * whole_households
            entries = places.sum("year").values - empty if planned >= value else np.full(len(largest), np.inf)
            least.append(np.repeat(entries, REPLICATES))
        return least[0], least[1]

    def probabilities(self, measure: str, year: int, comparison: str, value: float) -> tuple[float, float]:
        """Between which the probability must lie; the same twice where every household is known."""
        figures = self.figures("plan", measure, year)
        plain = reached(figures, comparison, value)
        if comparison != "at_least" or not measure.startswith("programme_entered"):
            return (plain.mean(),) * 2
        simulated = np.round(figures * np.repeat(self.share_of_draw, REPLICATES))
        least = self.least_entries(measure, year, value)
        high, low = ((plain | (simulated >= entries)).mean() for entries in least)
        return low, high


def reached(figures: np.ndarray, comparison: str, value: float) -> np.ndarray:
    if comparison == "at_most":
        return figures <= value
    if comparison == "at_least":
        return figures >= value
    return np.abs(figures - value) <= ABOUT * abs(value)


def median(figures: np.ndarray) -> float:
    return float(np.sort(figures)[(len(figures) + 1) // 2 - 1])


def pivot(figures: np.ndarray) -> float:
    """The figure by which values are chosen: the median, or the largest where most worlds have none."""
    middle = median(figures)
    return middle if middle > 0 else float(figures.max())


def write_targets(path: Path, rows: list[tuple[str, int, float, str]], own: list[dict[str, str]]) -> None:
    """The hamlet's own targets, then one for each measure, year, value and comparison."""
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(own[0]), restval="invented for teaching")
        writer.writeheader()
        writer.writerows(own)
        for number, (measure, year, value, comparison) in enumerate(rows):
            unit = "share" if measure == "register_rate" else "posts" if measure.endswith(":posts") else "persons"
            row = {"id": f"T{number}", "measure": measure, "year": year, "value": repr(value), "in_model": "yes"}
            row |= {"unit": unit}
            writer.writerow(row | {"comparison": comparison, "reason": ""})


@pytest.fixture(scope="module", params=[1.0, 0.5], ids=["whole", "sample"])
def studied(
    request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Studied, Studied]:
    """The same worlds twice: with the hamlet's targets, then with targets by the sides of the first's figures."""
    folder = tmp_path_factory.mktemp("targets")
    shutil.copytree(HAMLET, folder / "hamlet")
    table = folder / "hamlet/region/targets.csv"
    own = list(csv.DictReader(table.read_text().splitlines()))

    def run(name: str) -> Path:
        scenarios = [folder / "hamlet/baseline.toml", folder / "hamlet/plan.toml"]
        options = ["--draws", DRAWS, "--replicates", REPLICATES, "--leave-out-batches", LEAVE_OUT, "--sample"]
        places = ["--panel", folder / f"{name}-panel.h5", "--output", folder / f"{name}.h5"]
        command = [program, "run", *scenarios, *options, request.param, *places, "--quiet"]
        environment = os.environ | {"XDG_CACHE_HOME": str(folder / "cache")}
        subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120, env=environment)
        return folder / f"{name}.h5"

    path = run("own")
    whole = 240  # persons of the hamlet, in each of its populations
    persons = tuopin.open(path).persons.sel(scenario="plan", replicate=0, year=2015, place="hamlet")
    before = Studied(path, persons.values / whole, largest_households(path, folder / "cache", request.param == 1))
    rows = []
    for measure, year in product(MEASURES, YEARS):
        figures = before.figures("plan", measure, year)
        for comparison, sides in SIDES.items():
            rows += [(measure, year, pivot(figures) * side, comparison) for side in sides]
    write_targets(table, rows, own)
    return before, Studied(run("sides"), before.share_of_draw, before.largest_household)


def largest_households(path: Path, cache: Path, whole: bool) -> tuple[np.ndarray, np.ndarray]:
    """Of each draw's population, draws taking turns: bounds from the panel of the first and the two that are kept."""
    kept = []
    for file in sorted(cache.rglob("*.h5")):
        with h5py.File(file) as population:
            kept.append((int(population.attrs["index"]), int(population["households/members"][()].max())))
    of = dict(kept)
    assert sorted(of) == [0, 1]
    with h5py.File(path.with_name("own-panel.h5")) as panel:
        sampled = int(panel["households/members"][()].max())
    high = np.array([sampled if draw % 2 == 0 else of[1] for draw in range(DRAWS)])
    low = np.array([sampled if draw % 2 == 0 else (of[1] if whole else 1) for draw in range(DRAWS)])
    return low, high


def test_shares_of_a_sample(studied: tuple[Studied, Studied]) -> None:
    """The panel's share is the one by which counts are scaled; two populations of a sample have shares of their own."""
    before, _ = studied
    sampled = before.root.attrs["sample"] < 1
    with xr.open_dataset(before.path.with_name("own-panel.h5"), engine="h5netcdf", phony_dims="sort") as panel:
        assert panel.attrs["share"] == before.share_of_draw[0]
    assert len(set(before.share_of_draw)) == (2 if sampled else 1)
    assert (before.share_of_draw < 1).all() if sampled else (before.share_of_draw == 1).all()


def test_probability_and_median_are_those_of_the_figures(studied: tuple[Studied, Studied]) -> None:
    for study in studied:
        targets = study.targets
        known = 0
        for scenario, target in product(targets.scenario.values, targets.target.values):
            row = targets.sel(scenario=scenario, target=target)
            measure, value = str(row.measure.values), float(row.value)
            found = (float(row.probability), float(row["median"]))
            figures = study.figures(scenario, measure, int(row.year)) if measure else np.array([])
            if figures.size == 0:  # not in the model, or a programme that the scenario does not have
                assert np.isnan(found).all(), (scenario, target)
                continue
            low, high = (
                study.probabilities(measure, int(row.year), str(row.comparison.values), value)
                if scenario == "plan"
                else (reached(figures, str(row.comparison.values), value).mean(),) * 2
            )
            assert low <= found[0] <= high, (scenario, target, measure)
            assert found[1] == median(figures), (scenario, target, measure)
            known += 1
        assert known >= len(targets.target)


def test_every_measure_and_comparison_is_told_apart(studied: tuple[Studied, Studied]) -> None:
    """Every measure and comparison has targets that are reached in some worlds and not in others."""
    _, after = studied
    plan = after.targets.sel(scenario="plan")
    inner = (plan.probability > 0) & (plan.probability < 1)
    for measure in MEASURES:
        assert np.isfinite(plan.probability[plan.measure == measure]).all(), measure
        if not measure.endswith(":posts"):  # the few posts are filled in nearly every world
            assert inner[plan.measure == measure].any(), measure
    for comparison in SIDES:
        assert (inner & (plan.comparison == comparison)).sum() > 20, comparison


def test_a_target_turns_where_it_says(studied: tuple[Studied, Studied]) -> None:
    """The world that a value was chosen by reaches it on one side of the threshold and misses it on the other."""
    before, after = studied
    allowed: dict[str, Callable[[float], bool]] = {
        "at_most": lambda side: side == 1,
        "at_least": lambda side: side == 1,
        "about": lambda side: abs(1 - side) <= ABOUT * side,
    }
    plan = after.targets.sel(scenario="plan")
    rows = iter(range(len(before.targets.target), len(plan.target)))
    turned = 0
    for measure, year in product(MEASURES, YEARS):
        figures = before.figures("plan", measure, year)
        chosen = pivot(figures)
        for comparison, sides in SIDES.items():
            for side in sides:
                row = plan.isel(target=next(rows))
                assert (row.measure, row.year, row.comparison) == (measure, year, comparison)
                if chosen > 0:
                    share_there = (figures == chosen).mean()
                    if allowed[comparison](side):
                        assert row.probability >= share_there, (measure, year, comparison, side)
                    elif comparison != "at_least" or not measure.startswith("programme_entered"):  # places may be left
                        assert row.probability <= 1 - share_there, (measure, year, comparison, side)
                    turned += 1
    assert turned > 200


def test_targets_change_nothing(studied: tuple[Studied, Studied]) -> None:
    before, after = studied
    assert before.root.attrs["hash_state"] == after.root.attrs["hash_state"]
    assert before.root.drop_dims("target").equals(after.root.drop_dims("target"))
    assert before.batches.equals(after.batches)
