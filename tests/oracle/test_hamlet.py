"""The program and the oracle, household by household and year by year: every stored column, bit for bit."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
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


def strain_hamlet(folder: Path, times: int) -> Path:
    """The same with money that runs out for those who hold, ties, queue-jumpers, and shares that split a fen."""
    scale_hamlet(folder, times)

    def edit(name: str, *changes: tuple[str, str]) -> None:
        path = folder / name
        text = path.read_text()
        for old, new in changes:
            assert old in text, (name, old)
            text = text.replace(old, new)
        path.write_text(text)

    money = f"2016 = {100_000 * times}, 2017 = {38_017 * times}, 2018 = {21_003 * times}, 2019 = {9_000 * times}"
    plan = (folder / "plan.toml").read_text().splitlines()
    first = next(i for i, line in enumerate(plan) if line.startswith("by_year"))
    plan[first] = f"by_year = {{ {money} }}"
    (folder / "plan.toml").write_text("\n".join(plan) + "\n")
    edit("programmes/allowance.toml", ('"-log(measured_income / line)"', '"0"'),
         ("exclusion  =", "capture = 0.2\nexclusion  ="))  # fmt: skip
    edit(
        "programmes/orchard.toml",
        ("noise_sd ", 'exclusion = 0.4\nexclusion_by = "0.5 + village.remoteness"\nnoise_sd '),
    )
    edit("programmes/posts.toml", ("wage   = { value = 8_000", "wage   = { value = 8_000.005"),
         ("funding     = { county = 1.0 }", "funding     = { county = 0.7, gifts = 0.3 }"))  # fmt: skip
    return folder


def simulate(program: Path, scenarios: Path, folder: Path, seed: int) -> tuple[h5py.File, dict[str, Any]]:
    command = [program, "run", *(scenarios / f"{name}.toml" for name in SCENARIOS), "--seed", str(seed), "--quiet",
               "--output", folder / "study.h5", "--panel", folder / "panel.h5"]  # fmt: skip
    environment = os.environ | {"XDG_CACHE_HOME": str(folder)}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=120)
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


def check_calibration(model: HamletYears, study: h5py.File) -> None:
    """The margin's mean income is met, and its poverty rate as nearly as whole households allow."""
    assert model.level == pytest.approx(study.attrs["calibration_level"], rel=1e-12)
    wanted = model.region.margins["true_poverty_rate"]
    one_household = model.members.max() / model.members.sum()
    assert model.poverty_below - one_household <= wanted <= model.poverty_above + one_household
    assert model.poverty == pytest.approx(wanted, abs=2 * one_household)


@pytest.mark.parametrize(
    ("make", "times", "seed"),
    [(scale_hamlet, 1, 1), (scale_hamlet, 1, 2), (scale_hamlet, 1, 2**40 + 7), (scale_hamlet, 50, 1),
     (strain_hamlet, 1, 1), (strain_hamlet, 1, 2), (strain_hamlet, 20, 1)],
)  # fmt: skip
def test_every_household_year(
    program: Path, tmp_path: Path, make: Callable[[Path, int], Path], times: int, seed: int
) -> None:
    scenarios = make(tmp_path / "hamlet", times)
    study, panel = simulate(program, scenarios, tmp_path, seed)
    entered: dict[str, int] = {}
    poor: dict[tuple[str, int], np.ndarray] = {}
    with study:
        for s, scenario in enumerate(SCENARIOS):
            model = HamletYears(scenarios / f"{scenario}.toml", panel, seed, float(study.attrs["calibration_sigma"]))
            check_calibration(model, study)
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
