"""The extension and h5py in one process, whichever comes first.

Two HDF5 libraries in one process get along only while their symbols stay apart (they do not under RTLD_GLOBAL), so the
extension links none. Here h5py's dimension scales, the part that suffers first, work in both orders of import.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import importlib.util, os, pathlib, sys

sys.setdlopenflags(os.RTLD_NOW | (os.RTLD_GLOBAL if sys.argv[3] == "global" else 0))

def extension():
    folder = importlib.util.find_spec("tuopin").submodule_search_locations[0]
    spec = importlib.util.spec_from_file_location("_core", next(pathlib.Path(folder).glob("_core*.so")))
    spec.loader.exec_module(importlib.util.module_from_spec(spec))

def others():
    import h5py, h5netcdf, xarray

for load in (extension, others) if sys.argv[1] == "extension first" else (others, extension):
    load()

import h5py, numpy, xarray

with h5py.File(sys.argv[2], "w") as file:
    file["year"] = numpy.arange(3)
    file["year"].make_scale("year")
    file["rate"] = numpy.arange(3.0)
    file["rate"].dims[0].attach_scale(file["year"])
assert xarray.open_dataset(sys.argv[2], engine="h5netcdf")["rate"].dims == ("year",)
try:
    h5py.File(sys.argv[2] + ".none", "r")
except OSError:
    print("good")
"""


@pytest.mark.parametrize("scope", ["local", "global"])
@pytest.mark.parametrize("order", ["extension first", "h5py first"])
def test_dimension_scales_work_in_both_orders(order: str, scope: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, order, str(tmp_path / "file.h5"), scope]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout == "good\n", done.stderr
