"""The compiled part: linked without HDF5, and described by stubs that say what is there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import tuopin
from tuopin import _core

ROOT = Path(__file__).resolve().parents[2]


# Loads the extension by its file, without the package, whose other modules load h5py.
LOAD = """
import importlib.util, pathlib
folder = importlib.util.find_spec("tuopin").submodule_search_locations[0]
spec = importlib.util.spec_from_file_location("_core", next(pathlib.Path(folder).glob("_core*.so")))
spec.loader.exec_module(importlib.util.module_from_spec(spec))
print(pathlib.Path("/proc/self/maps").read_text())
"""


def test_no_hdf5_is_loaded_with_it() -> None:
    """Two HDF5 libraries in one process have met badly: the extension brings none beside h5py's."""
    maps = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout
    assert "_core" in maps
    assert not re.search("libhdf5", maps)


def test_version() -> None:
    assert tuopin.__version__ == (ROOT / "VERSION").read_text().strip()


def test_stubs_name_what_is_there() -> None:
    tree = ast.parse((ROOT / "python/tuopin/_core.pyi").read_text())
    functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    classes = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    constants = {of.target.id for of in tree.body if isinstance(of, ast.AnnAssign) and isinstance(of.target, ast.Name)}
    public = {name for name in vars(_core) if not name.startswith("__")}
    assert functions | classes | constants == public
    for name in functions:
        head = (getattr(_core, name).__doc__ or "").split("\n")[0]
        stub = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
        for argument in stub.args.args:
            assert f"{argument.arg}:" in head, f"{name}: {argument.arg}"
