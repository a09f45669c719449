"""Study files as labelled arrays."""

from __future__ import annotations

import shutil
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr
from conftest import REGISTER

import tuopin

ROOT_VARIABLES = {
    "poverty_rate": "line income", "poverty_gap": "line income", "poverty_gap_squared": "line income",
    "watts": "line income", "sen_shorrocks_thon": "line income", "gini": "income", "theil": "income",
    "mean_income": "income", "inclusion_error": "standard", "exclusion_error": "standard",
    **dict.fromkeys(REGISTER, ""),
}  # fmt: skip


def test_dimensions_are_named_and_units_present(study: Path) -> None:
    results = tuopin.open(study)
    for name, more in ROOT_VARIABLES.items():
        variable = results[name]
        assert list(variable.dims) == ["scenario", "draw", "replicate", "year", "place", *more.split()], name
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
    assert list(results["scenario"].values) == ["baseline", "plan"]
    assert results["year"].values.tolist() == list(range(2015, 2021))
    for attribute in ("format_version", "tuopin_version", "seed", "scenarios", "persons", "households", "person_years"):
        assert attribute in results.attrs


def test_groups_carry_the_coordinates_of_the_root(study: Path) -> None:
    assert {"ledger", "programmes"} <= set(tuopin.groups(study))
    ledger = tuopin.open(study, "ledger")
    assert {"scenario", "year", "place", "programme", "fund", "purpose"} <= set(ledger.amount.dims)
    assert list(ledger["scenario"].values) == ["baseline", "plan"]
    assert ledger.attrs["format_version"] == 2


def test_xarray_opens_the_file_as_it_is(study: Path, tmp_path: Path) -> None:
    copy = shutil.copy(study, tmp_path / "elsewhere.h5")
    with xr.open_dataset(copy, engine="h5netcdf") as plain:
        xr.testing.assert_equal(plain.load(), tuopin.open(study))


def test_the_file_is_closed_again(small_study: Path, tmp_path: Path) -> None:
    copy = tmp_path / "study.h5"
    shutil.copy(small_study, copy)
    results = tuopin.open(copy)
    copy.unlink()
    assert float(results.poverty_rate.isel(line=0, income=0).max()) < 1


def test_unknown_group_names_the_nearest(small_study: Path) -> None:
    with pytest.raises(tuopin.DataError, match="did you mean 'ledger'"):
        tuopin.open(small_study, "ledgers")


def test_files_that_are_no_studies(small_study: Path, tmp_path: Path) -> None:
    with pytest.raises(tuopin.DataError, match="no such file"):
        tuopin.open(tmp_path / "nothing.h5")
    text = tmp_path / "text.h5"
    text.write_text("no study")
    with pytest.raises(tuopin.DataError, match="not a study file"):
        tuopin.open(text)
    cut = tmp_path / "cut.h5"
    cut.write_bytes(small_study.read_bytes()[:5000])
    with pytest.raises(tuopin.DataError, match="cut off"):
        tuopin.open(cut)
    foreign = tmp_path / "foreign.h5"
    with h5py.File(foreign, "w") as file:
        file["x"] = 1
    with pytest.raises(tuopin.DataError, match="HDF5 file of another program"):
        tuopin.open(foreign)
    for version, words in ((3, "format version 3, of a later"), (1, "1, of an earlier .*run its scenarios again")):
        with h5py.File(foreign, "a") as file:
            file.attrs.update(format="tuopin study", format_version=version)
        with pytest.raises(tuopin.DataError, match=words):
            tuopin.open(foreign)
    for odd, text in (
        (tmp_path, "is a folder"),
        (Path("/dev/null"), "is a device"),
        (tmp_path / ("x" * 300), "no such|cannot be read"),
    ):
        with pytest.raises(tuopin.DataError, match=text):
            tuopin.open(odd)


def test_order_statistics_of_a_hundred() -> None:
    """Of 1 … 100 the means of ranks 5 and 6, 50 and 51, 95 and 96; 90 values lie between."""
    values = np.random.default_rng(3).permutation(np.arange(1.0, 101.0)).reshape(2, 50)
    array = xr.DataArray(values, dims=("replicate", "draw"), name="x", attrs={"units": "1"})
    found = tuopin.order_statistics(array)
    assert found.dims == ("level",)
    assert found.values.tolist() == [5.5, 50.5, 95.5]
    assert tuopin.order_statistics(-array).values.tolist() == [-95.5, -50.5, -5.5]
    assert found.attrs == {"units": "1"}


def test_order_statistics_of_a_plain_sequence() -> None:
    for values in ([3, 1, 2], (1.0, 2.0, 3.0), np.array([2, 3, 1])):
        assert tuopin.order_statistics(values).values.tolist() == [1, 2, 3]
    for odd in ([[1, 2], [3, 4]], 3, ["a"], None):
        with pytest.raises(tuopin.UsageError, match="expected numbers in one dimension"):
            tuopin.order_statistics(odd)


def test_order_statistics_keep_what_is_not_known(small_study: Path) -> None:
    found = tuopin.order_statistics(tuopin.open(small_study).true_exits_out_one_year)
    assert found.dims == ("scenario", "year", "place", "level")
    assert bool(found.sel(year=2020).isnull().all())
    assert not bool(found.sel(year=2019).isnull().any())
