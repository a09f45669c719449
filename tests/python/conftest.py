"""Studies for the tests: a small one made by hand, and one simulated on the hamlet where the program is there."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCENARIOS = [ROOT / "scenarios/hamlet/baseline.toml", ROOT / "scenarios/hamlet/plan.toml"]

DIMENSIONS = {
    "scenario": ["baseline", "plan"],
    "draw": list(range(20)),
    "replicate": [0, 1],
    "year": list(range(2015, 2021)),
    "place": ["hamlet", "upper", "lower"],
    "line": [1.0, 1.25, 1.5, 2.0],
    "income": ["true", "measured"],
    "programme": ["forest_rangers", "relocation"],
    "fund": ["central", "county"],
    "purpose": ["wages", "cost"],
    "target": ["S004", "S005"],
    "observation": [0, 1],
}
COMMON = ["scenario", "draw", "replicate", "year", "place"]
POVERTY = ["poverty_rate", "poverty_gap", "poverty_gap_squared", "watts", "sen_shorrocks_thon"]
INEQUALITY = {"gini": "1", "theil": "1", "mean_income": "yuan/year"}
REGISTER = {
    "register_rate": "share", "register_persons": "persons", "register_persons_identified": "persons",
    "exits_gross": "persons", "exits_net": "persons", "exits_sustained": "persons", "entries": "persons",
    "fall_back_registered": "persons", "fall_back_true": "persons", "inclusion_error": "share",
    "exclusion_error": "share", "spending": "yuan", "perfect_information_gap": "yuan",
}  # fmt: skip
PROGRAMME = {"eligible": "units", "applied": "units", "entered": "units", "persons_entered": "persons",
             "holding": "units", "paid": "yuan"}  # fmt: skip


def _dimension(file: h5py.File, name: str, values: list[object]) -> None:
    if isinstance(values[0], str):
        file.create_dataset(name, data=np.array(values, dtype=object), dtype=h5py.string_dtype())
    else:
        file[name] = np.asarray(values)
    file[name].make_scale(name)
    file[name].attrs["long_name"] = name


def _variable(file: h5py.File, name: str, dims: list[str], values: np.ndarray, unit: str) -> None:
    texts = values.dtype == object
    data = file.create_dataset(name, data=values, **({"dtype": h5py.string_dtype()} if texts else {}))
    for axis, dim in enumerate(dims):
        data.dims[axis].attach_scale(file[dim])
    data.attrs["units"] = unit
    data.attrs["long_name"] = name.replace("_", " ")


def write_small_study(path: Path) -> None:
    """Falls from 24% to 12% without and to 2% with the plan; draws are spread evenly, so order statistics are known."""
    random = np.random.default_rng(1)
    with h5py.File(path, "w", track_order=True) as file:
        for name, values in DIMENSIONS.items():
            _dimension(file, name, values)
        size = {name: len(values) for name, values in DIMENSIONS.items()}
        shape = [size[dim] for dim in COMMON]
        end = np.array([0.12, 0.02]).reshape(2, 1, 1, 1, 1)
        year = np.arange(6).reshape(1, 1, 1, 6, 1) / 5
        spread = (
            1 + (np.linspace(-0.3, 0.3, 20).reshape(1, 20, 1, 1, 1) + np.array([0.0, 0.001]).reshape(2, 1, 1)) * year
        )
        rate = np.broadcast_to((0.24 + (end - 0.24) * year) * spread, shape)
        for name in POVERTY:
            values = rate[..., None, None] * np.array([1, 1.4, 1.8, 2.3]).reshape(-1, 1) * np.array([1, 0.95])
            _variable(file, name, [*COMMON, "line", "income"], values, "share")
        for name, unit in INEQUALITY.items():
            _variable(file, name, [*COMMON, "income"], random.random([*shape, 2]), unit)
        for name, unit in REGISTER.items():
            values = rate * 0.9 if name == "register_rate" else np.array(random.random(shape) * 100)
            if name == "exits_sustained":
                values[:, :, :, -1] = np.nan  # not yet known
            _variable(file, name, COMMON, np.array(values), unit)
        for name, unit in PROGRAMME.items():
            _variable(file, f"programmes/{name}", [*COMMON, "programme"], random.random([*shape, 2]) * 50, unit)
        _variable(
            file, "ledger/amount", [*COMMON, "programme", "fund", "purpose"], random.random([*shape, 2, 2, 2]), "yuan"
        )
        targets = {"measure": ["register_persons", "register_rate"], "comparison": ["at_most", "about"]}
        for name, texts in targets.items():
            _variable(file, f"targets/{name}", ["target"], np.array(texts, dtype=object), "")
        _variable(file, "targets/year", ["target"], np.array([2019, 2017]), "year")
        _variable(file, "targets/value", ["target"], np.array([10.0, 0.12]), "")
        _variable(file, "observations/variable", ["observation"], np.array(["register_rate"] * 2, dtype=object), "")
        _variable(file, "observations/year", ["observation"], np.array([2016, 2018]), "year")
        _variable(file, "observations/value", ["observation"], np.array([0.17, 0.06]), "share")
        file.attrs.update(
            format_version=1, tuopin_version="0.1.0", seed=1, scenarios="baseline, plan", persons=200, households=50,
            person_years=48_000, uncertainty_layers="luck; parameters", synthetic="yes",
        )  # fmt: skip


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.h5"
    write_small_study(path)
    return path


@pytest.fixture(scope="session")
def program() -> Path:
    """The program; without it these tests would say nothing, so they fail."""
    named = os.environ.get("TUOPIN_BINARY") or os.environ.get("TUOPIN_EXECUTABLE")
    beside = Path(sys.executable).with_name("tuopin")
    found = named or (str(beside) if beside.exists() else shutil.which("tuopin"))
    if not found:
        pytest.fail("no program tuopin is found: run ./run setup, or name it in TUOPIN_EXECUTABLE")
    os.environ["TUOPIN_EXECUTABLE"] = found
    os.environ["LC_ALL"] = "C.UTF-8"  # what is said is compared in English
    return Path(found)


@pytest.fixture(scope="session")
def hamlet_study(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both scenarios of the hamlet, simulated."""
    import tuopin

    path = tmp_path_factory.mktemp("hamlet") / "hamlet.h5"
    return tuopin.run(*SCENARIOS, output=path, draws=20, progress=False)


@pytest.fixture(scope="session", params=["small", "hamlet"])
def study(request: pytest.FixtureRequest) -> Path:
    """The hand-made study and the simulated one under the same tests."""
    found: Path = request.getfixturevalue(f"{request.param}_study")
    return found
