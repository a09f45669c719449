"""Batches left out: every figure of the group, computed again from separate studies without one batch.

Those are scenario files that a user would write: they extend the plan and list the programmes that remain. Equal draws
have equal luck, so nothing but the batch differs.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import tuopin

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
DRAWS, LEAVE_OUT = 6, 4
PERSONS = 240  # of the hamlet, in each of its populations
# The wide plan has two programmes in a batch, one of them for everyone: what everyone gets is no place.
WIDE = """extends = "plan.toml"
title = "The plan with tools for everyone"
programmes = ["posts", "tools", "allowance", "orchard"]
"""


@dataclass
class Worlds:
    """The hamlet in a folder of its own, and the studies made of it."""

    program: Path
    folder: Path
    sample: float
    programmes: dict[str, list[str]] = field(default_factory=dict)  # of each scenario with a plan

    @property
    def hamlet(self) -> Path:
        return self.folder / "hamlet"

    def prepare(self) -> None:
        shutil.copytree(HAMLET, self.hamlet)
        text = (self.hamlet / "programmes/orchard.toml").read_text()
        start, end = text.index("[capacity]"), text.index("[take_up]")
        everyone = '[capacity]\nunit = "persons"\nall = true\n\n'
        (self.hamlet / "programmes/tools.toml").write_text(text[:start] + everyone + text[end:])
        (self.hamlet / "wide.toml").write_text(WIDE)
        for name in ("plan", "wide"):
            self.programmes[name] = tomllib.loads((self.hamlet / f"{name}.toml").read_text())["programmes"]

    def programme(self, name: str) -> dict:
        return tomllib.loads((self.hamlet / f"programmes/{name}.toml").read_text())

    def of_batch(self, scenario: str, batch: str) -> list[str]:
        return [name for name in self.programmes[scenario] if self.programme(name)["batch"] == batch]

    def run(self, *scenarios: str, leave_out: int = 0) -> Path:
        output = self.folder / f"{'+'.join(scenarios)}-{leave_out}.h5"
        options = ["--draws", DRAWS, "--replicates", 2, "--sample", self.sample, "--leave-out-batches", leave_out]
        files = [self.hamlet / f"{name}.toml" for name in scenarios]
        command = [self.program, "run", *files, *options, "--output", output, "--quiet"]
        environment = os.environ | {"XDG_CACHE_HOME": str(self.folder / "cache")}
        subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120, env=environment)
        return output

    def without(self, scenario: str, batch: str) -> xr.Dataset:
        """A study of the scenario without the batch, written as a scenario of its own."""
        gone = self.of_batch(scenario, batch)
        rest = [name for name in self.programmes[scenario] if name not in gone]
        name = f"{scenario}_without_{batch}"
        (self.hamlet / f"{name}.toml").write_text(f'extends = "{scenario}.toml"\nprogrammes = {rest}\n')
        return region(tuopin.open(self.run("baseline", name)), name)


def region(study: xr.Dataset, scenario: str) -> xr.Dataset:
    """The whole region in the worlds in which batches are left out: the first replicate of the first draws."""
    return study.sel(scenario=scenario, replicate=0, place="hamlet").isel(draw=slice(LEAVE_OUT))


@pytest.fixture(scope="module", params=[1.0, 0.5], ids=["whole", "sample"])
def worlds(request: pytest.FixtureRequest, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    made = Worlds(program, tmp_path_factory.mktemp("batches"), request.param)
    made.prepare()
    return made


@pytest.fixture(scope="module")
def study(worlds: Worlds) -> Path:
    return worlds.run("baseline", "plan", "wide", leave_out=LEAVE_OUT)


def pairs(worlds: Worlds) -> list[tuple[str, str]]:
    return [
        (scenario, batch)
        for scenario, programmes in worlds.programmes.items()
        for batch in sorted({worlds.programme(name)["batch"] for name in programmes})
    ]


def test_what_is_lost_is_the_difference_to_a_study_without_the_batch(worlds: Worlds, study: Path) -> None:
    root, batches = tuopin.open(study), tuopin.open(study, "batches")
    found = 0.0
    for scenario, batch in pairs(worlds):
        full, without = region(root, scenario), worlds.without(scenario, batch)
        assert (full.persons == without.persons).all()
        lost = batches.sel(scenario=scenario, batch=batch)
        for of in ("out_of_poverty", "into_poverty", "fall_in_poverty"):
            expected = (full[of] - without[of]).transpose("draw", "year").values
            np.testing.assert_array_equal(lost[f"{of}_lost"].transpose("left_out_draw", "year").values, expected, of)
            assert np.isfinite(expected).all()
            found += float(np.abs(expected).sum())
        assert (lost.fall_in_poverty_lost == lost.out_of_poverty_lost - lost.into_poverty_lost).all()
    assert found > 0


def test_entries_and_spending_are_those_of_the_batch_in_the_full_plan(worlds: Worlds, study: Path) -> None:
    programmes, batches = tuopin.open(study, "programmes"), tuopin.open(study, "batches")
    for scenario, batch in pairs(worlds):
        names = worlds.of_batch(scenario, batch)
        with_places = [name for name in names if "by_year" in worlds.programme(name)["capacity"]]
        full = region(programmes, scenario)
        expected = {
            "entered_units": full.entered_units.sel(programme=with_places),
            "entered_persons": full.entered_persons.sel(programme=names),
            "spending": full.spending.sel(programme=names),
        }
        for name, values in expected.items():
            total = values.sum("programme", skipna=False).transpose("draw", "year").values
            actual = batches[name].sel(scenario=scenario, batch=batch).transpose("left_out_draw", "year").values
            np.testing.assert_allclose(actual, total, rtol=0, atol=0.005 if name == "spending" else 0, err_msg=name)
            assert total.sum() > 0, (scenario, batch, name)
    everyone = region(programmes, "wide").entered_units.sel(programme="tools")
    assert everyone.sum() > 0, "or nothing shows that what everyone gets is no place"


def test_claimed_units_are_the_places_in_the_programme_files(worlds: Worlds, study: Path) -> None:
    """Places of the years of entry; in a sample its share of those of all years so far, to the nearest whole place."""
    root, batches = tuopin.open(study), tuopin.open(study, "batches")
    for scenario, batch in pairs(worlds):
        share = region(root, scenario).persons.sel(year=2015).values / PERSONS
        before = np.zeros(LEAVE_OUT)
        for year in root.year.values:
            so_far = np.zeros(LEAVE_OUT)
            for programme in map(worlds.programme, worlds.of_batch(scenario, batch)):
                series = programme["capacity"].get("by_year", {})  # places outside the window are refused
                so_far += np.floor(sum(n for y, n in series.items() if int(y) <= year) * share + 0.5)
            places, before = so_far - before, so_far
            claimed = batches.claimed_units.sel(scenario=scenario, batch=batch, year=year).values
            np.testing.assert_array_equal(claimed, places, f"{scenario} {batch} {year}")


def test_where_no_batch_can_be_left_out_nothing_is_known(study: Path) -> None:
    """The first scenario is what the others are held against: leaving out a batch of it would say nothing."""
    batches = tuopin.open(study, "batches")
    assert set(batches.data_vars) == {
        "claimed_units", "entered_units", "entered_persons", "spending",
        "out_of_poverty_lost", "into_poverty_lost", "fall_in_poverty_lost",
    }  # fmt: skip
    for name, values in batches.data_vars.items():
        assert values.sizes["left_out_draw"] == LEAVE_OUT
        assert np.isnan(values.sel(scenario="baseline")).all(), name
