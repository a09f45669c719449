"""Panels: every household of one world, against the study of the same run."""

from __future__ import annotations

from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest
import xarray as xr
from conftest import SCENARIOS

import tuopin
from tuopin import commands

HAMLET = Path(__file__).resolve().parents[2] / "scenarios/hamlet"


@pytest.fixture(scope="module")
def panel_file(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("panel")
    tuopin.run(
        HAMLET / "baseline.toml", HAMLET / "plan.toml",
        output=folder / "study.h5", draws=2, arguments=["--panel", str(folder / "panel.h5")], progress=False,
    )  # fmt: skip
    return folder / "panel.h5"


def test_shape_and_columns(panel_file: Path) -> None:
    panel = tuopin.open_panel(panel_file)
    assert dict(panel.sizes) == {"household": 60, "scenario": 2, "year": 6}
    assert list(panel.scenario.values) == ["baseline", "plan"]
    assert panel.true_income.dims == panel.income_poor.dims == ("household", "scenario", "year")
    assert panel.county.dims == ("household",)
    assert set(panel.county.values) <= {"brook", "Brook"}
    assert panel.line.dims == ("scenario", "year")
    assert panel.true_income.attrs["units"] == "yuan/year"
    assert panel.income_poor.dtype == bool


def test_rates_are_those_of_the_study(panel_file: Path) -> None:
    """The same world counted twice: from households here, by the recorder there."""
    panel = tuopin.open_panel(panel_file)
    world = tuopin.open(panel_file.with_name("study.h5")).isel(draw=0, replicate=0, place=0)
    persons = panel.weight.sum("household")
    assert float(persons) == float(world.persons[0, 0])
    rate = (panel.income_poor * panel.weight).sum("household") / persons
    expected = world.poverty_rate.sel(line=1.0, income="true")
    np.testing.assert_allclose(rate.transpose("scenario", "year"), expected.transpose("scenario", "year"), atol=1e-12)
    registered = (panel.registered * panel.weight).sum("household")
    np.testing.assert_array_equal(registered.transpose("scenario", "year"), world.register_persons)


def test_the_line_is_that_of_the_world(panel_file: Path) -> None:
    """Lines are drawn: the panel's are those of the first draw, as the study keeps them."""
    panel = tuopin.open_panel(panel_file)
    draws = tuopin.open(panel_file.with_name("study.h5"), "draws")
    lines = draws.line_value.sel(line_name="statistical").isel(draw=0)
    for scenario in panel.scenario.values:
        np.testing.assert_array_equal(panel.line.sel(scenario=scenario), lines)


def test_export(panel_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.export([str(panel_file)]) == 0
    names = capsys.readouterr().out.split()
    table = pd.read_parquet(names[1])
    assert len(table) == 60 * 2 * 6
    assert list(table.columns[:4]) == ["scenario", "year", "household", "county"]
    panel = tuopin.open_panel(panel_file)
    last = table[(table.scenario == "plan") & (table.year == 2020)]
    np.testing.assert_array_equal(last.true_income, panel.true_income.sel(scenario="plan", year=2020))
    book = pd.read_excel(names[2], sheet_name="panel")
    assert set(book.income_poor) <= {0, 1}
    assert len(book) == len(table)
    assert len(pd.read_csv(names[0])) == len(table)


def test_files_that_are_no_panels(panel_file: Path, small_study: Path, tmp_path: Path) -> None:
    with pytest.raises(tuopin.DataError, match="not a panel"):
        tuopin.open_panel(small_study)
    with pytest.raises(tuopin.DataError, match="open_panel"):
        tuopin.open(panel_file)
    with pytest.raises(tuopin.DataError, match="no such file"):
        tuopin.open_panel(tmp_path / "none.h5")
    cut = tmp_path / "cut.h5"
    cut.write_bytes(panel_file.read_bytes()[:20_000])
    with pytest.raises(tuopin.DataError, match="cut off"):
        tuopin.open_panel(cut)


def test_it_is_an_ordinary_dataset(panel_file: Path) -> None:
    assert isinstance(tuopin.open_panel(panel_file), xr.Dataset)


def test_a_panel_is_first_read_by_the_program(program: Path, tmp_path: Path) -> None:
    """What would bring Python down, or take all memory, is refused in words."""
    panel = tmp_path / "panel.h5"
    study = tmp_path / "study.h5"
    tuopin.run(*SCENARIOS, draws=1, output=study, progress=False, arguments=["--panel", str(panel)])
    with h5py.File(panel, "a") as file:
        file["households"].create_dataset("huge", shape=(10**12,), dtype="f8", chunks=(1000,))
    with pytest.raises(tuopin.DataError, match="declares"):
        tuopin.open_panel(panel)
    with pytest.raises(tuopin.DataError, match="not a panel"):
        tuopin.open_panel(study)
