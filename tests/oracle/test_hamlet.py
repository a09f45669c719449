"""The program and the oracle, household by household and year by year: every stored column, bit for bit."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest
from hamlet_year import HamletYears

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"
SCENARIOS = ["baseline", "plan"]


def scale_hamlet(folder: Path, times: int) -> Path:
    """A copy of the hamlet with `times` as many people, places and money."""
    shutil.copytree(HAMLET, folder)
    margins = folder / "region/margins.csv"
    counted = {"register_population", "households", "villages", "poor_villages", "forest_villages", "registered_poor",
               "forest_mu", "forest_households"}  # fmt: skip
    lines = [line.split(",") for line in margins.read_text().splitlines()]
    for cells in lines:
        if cells[0] in counted:
            for column in (2, 7, 8):
                cells[column] = str(int(cells[column]) * times)
    margins.write_text("\n".join(",".join(cells) for cells in lines) + "\n")
    for path in [folder / "plan.toml", *(folder / "programmes").glob("*.toml")]:
        text = path.read_text().splitlines()
        for i, line in enumerate(text):
            if line.startswith("by_year"):
                pairs = line.split("{")[1].split("}")[0].split(",")
                grown = [f"{p.split('=')[0]}= {int(p.split('=')[1]) * times}" for p in pairs]
                text[i] = "by_year = {" + ",".join(grown) + " }"
        path.write_text("\n".join(text) + "\n")
    return folder


def simulate(program: Path, scenarios: Path, folder: Path, seed: int) -> tuple[h5py.File, dict[str, Any]]:
    command = [program, "run", *(scenarios / f"{name}.toml" for name in SCENARIOS), "--seed", str(seed), "--quiet",
               "--output", folder / "study.h5", "--panel", folder / "panel.h5"]  # fmt: skip
    subprocess.run(command, check=True, env=os.environ | {"XDG_CACHE_HOME": str(folder)}, capture_output=True)
    with h5py.File(folder / "panel.h5") as file:
        panel = {table: {name: values[:] for name, values in file[table].items()} for table in file}
    return h5py.File(folder / "study.h5"), panel


def differences(ours: dict[str, np.ndarray], theirs: dict[str, np.ndarray]) -> list[str]:
    assert set(ours) == set(theirs)
    found = []
    for name, values in ours.items():
        assert values.dtype == theirs[name].dtype
        rows = np.flatnonzero(values != theirs[name])
        found += [f"{name} of row {r}: oracle {values[r]}, program {theirs[name][r]}" for r in rows[:5]]
    return found


@pytest.mark.parametrize(("times", "seed"), [(1, 1), (1, 2), (1, 3), (1, 2**40 + 7), (50, 1)])
def test_every_household_year(program: Path, tmp_path: Path, times: int, seed: int) -> None:
    scenarios = HAMLET if times == 1 else scale_hamlet(tmp_path / "hamlet", times)
    study, panel = simulate(program, scenarios, tmp_path, seed)
    entered: dict[str, int] = {}
    poor: dict[tuple[str, int], np.ndarray] = {}
    with study:
        for s, scenario in enumerate(SCENARIOS):
            model = HamletYears(scenarios / f"{scenario}.toml", panel, seed)
            for y, year in enumerate(range(model.region.base_year, model.region.last_year + 1)):
                figures = model.live(year)
                assert differences(model.state, panel[f"{scenario}_{year}"]) == [], (scenario, year)

                def of_study(name: str, s: int = s, y: int = y) -> Any:
                    return study[name][s, 0, 0, y, 0]

                assert (of_study("poverty_rate") == np.array(figures["poverty_rate"])).all()
                for name in ["register_rate", "exits_gross", "entries", "payments"]:
                    assert of_study(name) == figures[name], (name, scenario, year)
                poor[scenario, year] = figures["poor"]
                net = poor["baseline", year] & ~poor[scenario, year]
                assert of_study("exits_net") == model.members[net].sum()
                names = list(study["programme"].asstr())
                for name, tally in figures["programmes"].items():
                    entered[name] = entered.get(name, 0) + tally["entered_units"]
                    for variable in ["eligible_persons", "applied_persons", "entered_units"]:
                        found = of_study(f"programmes/{variable}")[names.index(name)]
                        assert found == tally[variable], (variable, name, year)
                    assert of_study("programmes/spending")[names.index(name)] == tally["spending"] / 100
                spent = sum(tally["spending"] for tally in figures["programmes"].values()) / 100
                assert of_study("spending") == pytest.approx(spent + figures["safety_net"], rel=1e-12)
    assert all(units > 0 for units in entered.values()), "a programme that nobody entered tests nothing"
    print(f"{len(model.ids)} households, {12 * len(panel['baseline_2015'])} columns compared, σ = {model.sigma:.4f}")
