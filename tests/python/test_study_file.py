"""A study opens as it is in xarray, h5py and ncdump, with named dimensions, units and Chinese names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import h5py
import numpy as np
import pytest
import xarray as xr


@pytest.fixture(scope="module")
def study_path(request: pytest.FixtureRequest) -> Path:
    """The study named by TUOPIN_STUDY, or the simulated hamlet."""
    named = os.environ.get("TUOPIN_STUDY")
    return Path(named) if named else request.getfixturevalue("hamlet_study")


def _groups(path: Path) -> list[str]:
    with h5py.File(path) as file:
        return [name for name, item in file.items() if isinstance(item, h5py.Group)]


def test_marks_and_conventions(study_path: Path) -> None:
    with h5py.File(study_path) as file:
        assert file.attrs["Conventions"] == "CF-1.10"
        assert file.attrs["format"] == "tuopin study"
        assert file.attrs["format_version"] == 2


def test_every_axis_has_the_name_of_a_root_dimension(study_path: Path) -> None:
    with h5py.File(study_path) as file:

        def check(name: str, item: object) -> None:
            if isinstance(item, h5py.Dataset) and not item.is_scale:
                for axis in item.dims:
                    (scale,) = axis.values()
                    assert scale.parent == file["/"], name

        file.visititems(check)


def test_numbers_have_units_and_unknowns_are_nan(study_path: Path) -> None:
    with h5py.File(study_path) as file:
        doubles = [item for item in file.values() if isinstance(item, h5py.Dataset) and item.dtype == np.float64]
        assert doubles
        for item in doubles:
            assert item.attrs.get("units"), item.name
            if not item.is_scale:
                assert np.isnan(item.attrs["_FillValue"]), item.name
                assert np.isnan(item.fillvalue), item.name


def test_xarray_opens_root_and_groups(study_path: Path) -> None:
    with xr.open_dataset(study_path, engine="h5netcdf") as root:
        assert root.data_vars
        sizes = root.sizes
        assert all(name in root.coords for name in sizes)
        assert all(isinstance(name, str) for name in root["scenario"].values)
        for group in _groups(study_path):
            with xr.open_dataset(study_path, engine="h5netcdf", group=group) as part:
                assert part.data_vars, group
                assert all(sizes[name] == size for name, size in part.sizes.items()), group


def test_ncdump_sees_the_same(study_path: Path) -> None:
    if shutil.which("ncdump") is None:
        pytest.skip("NOT TESTED: ncdump is not installed")
    header = subprocess.run(["ncdump", "-h", str(study_path)], capture_output=True, text=True, check=True).stdout
    assert "phony_dim" not in header
    with xr.open_dataset(study_path, engine="h5netcdf") as root:
        for name, size in root.sizes.items():
            assert re.search(rf"^\s+{name} = {size} ;", header, re.MULTILINE)
        for name, variable in root.data_vars.items():
            dims = rf"\({', '.join(map(str, variable.dims))}\)" if variable.dims else ""
            assert re.search(rf"^\s+\w+ {name}{dims} ;", header, re.MULTILINE)
    for group in _groups(study_path):
        assert f"group: {group} {{" in header
