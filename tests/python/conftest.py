"""Studies for the tests: a small one made by hand, and one simulated on the hamlet where the program is there."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from stopping import Desk

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what runs in the background without it
os.environ.pop("COLUMNS", None)  # pytest's own, where it runs several processes; the program would read it in a pipe

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
    "standard": ["statistical_line", "register_line", "register_line_and_guarantees"],
    "programme": ["forest_rangers", "relocation"],
    "fund": ["central", "county"],
    "purpose": ["wages", "cost"],
    "target": ["S004", "S005"],
    "observation": [0, 1],
    "parameter": ["growth.mean", "rangers.wage"],
    "line_name": ["statistical", "administrative"],
    "margin": ["households.hamlet"],
}
COMMON = ["scenario", "draw", "replicate", "year", "place"]
POVERTY = ["poverty_rate", "poverty_gap", "poverty_gap_squared", "watts", "sen_shorrocks_thon"]
INEQUALITY = {"gini": "1", "theil": "1", "mean_income": "yuan/year"}
REGISTER = {
    "register_rate": "share", "register_persons": "persons", "persons": "persons", "exits_gross": "persons",
    "entries": "persons", "out_of_poverty": "persons", "into_poverty": "persons", "fall_in_poverty": "persons",
    "true_exits": "persons", "true_exits_out_one_year": "persons", "true_exits_out_two_years": "persons",
    "fall_back_rate": "share", "poor_none_of_three_years": "persons", "poor_one_or_two_of_three_years": "persons",
    "poor_all_three_years": "persons", "fall_back_registered": "persons", "fall_back_true": "persons",
    "spending": "yuan", "payments": "yuan", "perfect_information_gap": "yuan",
}  # fmt: skip
NOT_YET_KNOWN = {"true_exits_out_one_year": 1, "true_exits_out_two_years": 2}  # years before the last
PROGRAMME = {"places": "1", "eligible_persons": "persons", "applied_persons": "persons", "entered_units": "1",
             "entered_persons": "persons", "holding_persons": "persons", "spending": "yuan"}  # fmt: skip
FUND_FLOWS = ("transfer_in", "carried_in", "paid", "carried_over", "lapsed", "balance")


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


def write_small_study(
    path: Path,
    scenarios: tuple[str, ...] = ("baseline", "plan"),
    draws: int = 20,
    texts: dict[str, dict[str, list[str]]] | None = None,
    **attributes: object,
) -> None:
    """Falls from 24% to 12% in the first scenario, and to 2%, 3%, … in the others; draws are spread evenly, so order
    statistics are known. ``texts``: other names of a dimension, or variables of it ("place_name" over "place")."""
    random = np.random.default_rng(1)
    names: dict[str, list[object]] = {**DIMENSIONS, "scenario": list(scenarios), "draw": list(range(draws))}
    names |= {dim: by[dim] for dim, by in (texts or {}).items() if dim in by}
    with h5py.File(path, "w", track_order=True) as file:
        for name, values in names.items():
            _dimension(file, name, values)
        size = {name: len(values) for name, values in names.items()}
        shape = [size[dim] for dim in COMMON]
        end = np.array([0.12, *(0.02 + 0.01 * n for n in range(len(scenarios) - 1))]).reshape(-1, 1, 1, 1, 1)
        year = np.arange(6).reshape(1, 1, 1, 6, 1) / 5
        luck = np.linspace(-0.3, 0.3, draws).reshape(1, draws, 1, 1, 1) + np.array([0.0, 0.001]).reshape(2, 1, 1)
        rate = np.broadcast_to((0.24 + (end - 0.24) * year) * (1 + luck * year), shape)
        for name in POVERTY:
            values = rate[..., None, None] * np.array([1, 1.4, 1.8, 2.3]).reshape(-1, 1) * np.array([1, 0.95])
            _variable(file, name, [*COMMON, "line", "income"], values, "share")
        for name, unit in INEQUALITY.items():
            _variable(file, name, [*COMMON, "income"], random.random([*shape, 2]), unit)
        for name, unit in REGISTER.items():
            _variable(file, name, COMMON, _register_values(name, rate, shape, random), unit)
        for name in ("inclusion_error", "exclusion_error"):
            _variable(file, name, [*COMMON, "standard"], random.random([*shape, 3]), "share")
        for name, unit in PROGRAMME.items():
            _variable(file, f"programmes/{name}", [*COMMON, "programme"], random.random([*shape, 2]) * 50, unit)
        _variable(
            file, "ledger/amount", [*COMMON, "programme", "fund", "purpose"], random.random([*shape, 2, 2, 2]), "yuan"
        )
        by_fund = ["scenario", "draw", "replicate", "year", "fund"]
        for name in FUND_FLOWS:
            _variable(file, f"ledger/{name}", by_fund, random.random([size[dim] for dim in by_fund]) * 1e4, "yuan")
        for name, dims in (("parameter_value", ["scenario", "draw", "parameter"]), ("margin_value", ["draw", "margin"]),
                           ("line_value", ["draw", "line_name", "year"]), ("population", ["draw"])):  # fmt: skip
            _variable(file, f"draws/{name}", dims, random.random([size[dim] for dim in dims]), "1")
        _write_tables(file)
        for dim, by in (texts or {}).items():
            for name, values in by.items():
                if name != dim:
                    _variable(file, name, [dim], np.array(values, dtype=object), "")
        file.attrs.update(
            {"format": "tuopin study", "format_version": 2, "tuopin_version": "0.1.0", "seed": 1,
             "scenarios": ", ".join(scenarios),
             "persons": 200, "households": 50, "person_years": 48_000, "uncertainty_layers": "luck; parameters",
             "synthetic": "yes", "region": "Hamlet", "region_zh": "小村", "sample": 1.0} | attributes
        )  # fmt: skip


def _register_values(name: str, rate: np.ndarray, shape: list[int], random: np.random.Generator) -> np.ndarray:
    fall = np.round(200 * rate[:1]) - np.round(200 * rate)
    if name == "register_rate":
        return rate * 0.9
    if name == "persons":
        return np.full(shape, 200.0)
    if name in ("out_of_poverty", "into_poverty", "fall_in_poverty"):
        return {"out_of_poverty": np.maximum(fall, 0) + 1, "into_poverty": np.maximum(-fall, 0) + 1}.get(name, fall)
    values = random.random(shape) * 100
    for year in range(NOT_YET_KNOWN.get(name, 0)):
        values[:, :, :, -1 - year] = np.nan
    return np.asarray(values)


def _write_tables(file: h5py.File) -> None:
    targets = {"measure": ["register_persons", "register_rate"], "comparison": ["at_most", "about"]}
    for name, texts in targets.items():
        _variable(file, f"targets/{name}", ["target"], np.array(texts, dtype=object), "")
    _variable(file, "targets/year", ["target"], np.array([2019, 2017]), "year")
    _variable(file, "targets/value", ["target"], np.array([10.0, 0.12]), "")
    _variable(file, "observations/variable", ["observation"], np.array(["register_rate"] * 2, dtype=object), "")
    _variable(file, "observations/year", ["observation"], np.array([2016, 2018]), "year")
    _variable(file, "observations/value", ["observation"], np.array([0.17, 0.06]), "share")


@pytest.fixture(scope="session")
def small_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("small") / "small.h5"
    write_small_study(path)
    return path


@pytest.fixture(scope="session")
def least_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of as few figures as a study can have: for tests of files, where figures do not matter."""
    path = tmp_path_factory.mktemp("least") / "least.h5"
    with h5py.File(path, "w", track_order=True) as file:
        for name in (*COMMON, "line", "income"):
            _dimension(file, name, DIMENSIONS[name][:1] if name != "scenario" else ["baseline"])
        for name in ("poverty_rate", "register_rate"):
            _variable(file, name, COMMON, np.full((1, 1, 1, 1, 1), 0.2), "share")
        file.attrs.update(format="tuopin study", format_version=2, tuopin_version="0.1.0", seed=1, region="Hamlet")
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


@pytest.fixture(scope="session")
def whole(program: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The study of a desk's run that nobody stopped."""
    desk = Desk(program, tmp_path_factory.mktemp("whole"))
    assert desk.run().returncode == 0
    return desk.output.read_bytes()


@pytest.fixture
def hamlet_copy(tmp_path: Path) -> Path:
    """A copy that may be changed."""
    shutil.copytree(SCENARIOS[0].parent, tmp_path / "scenarios/hamlet")
    return tmp_path / "scenarios/hamlet"
