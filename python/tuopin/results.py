"""Opens study files as labelled arrays."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import xarray as xr

from tuopin._files import reason_of
from tuopin.errors import DataError

__all__ = ["FORMAT_VERSION", "groups", "open", "order_statistics"]

FORMAT_VERSION = 2
"""The layout of study files that this package reads."""

DRAWS = ("draw", "replicate", "left_out_draw")
"""Dimensions that count simulated worlds of one scenario."""


def open(path: str | os.PathLike[str], group: str | None = None) -> xr.Dataset:
    """Read a study, or one of its groups ("ledger", "programmes", "targets", …), into an ``xarray.Dataset``.

    Dimensions are named (scenario, draw, replicate, year, place, line, income, …); every variable carries ``units``
    and ``long_name``; the attributes of the dataset say what was run. ``nan`` means not known. The file is read whole
    and closed again.

    >>> study = tuopin.open("results/hamlet.h5")
    >>> study.poverty_rate.sel(scenario="plan", year=2020).mean("draw")
    """
    file = Path(path)
    check_study(file)
    root = load(file, None)
    if group is None:
        return root
    name = group.strip("/")
    known = groups(file)
    if name not in known:
        near = difflib.get_close_matches(name, known, 1)
        raise DataError(
            f"{file}: no group {name!r}"
            + (f", did you mean {near[0]!r}?" if near else f"; there are: {', '.join(known)}")
        )
    return _with_root(load(file, name), root)


def open_with_groups(path: Path, wanted: Iterable[str]) -> tuple[xr.Dataset, dict[str, xr.Dataset]]:
    """The study and those of the groups that it has, each read once."""
    root, known = open(path), groups(path)
    return root, {name: _with_root(load(path, name), root) for name in wanted if name in known}


def _with_root(found: xr.Dataset, root: xr.Dataset) -> xr.Dataset:
    found = found.assign_coords(
        {key: root[key] for key in found.dims if key in root.coords and key not in found.coords}
    )
    return found.assign_attrs({**root.attrs, **found.attrs})


def groups(path: str | os.PathLike[str]) -> list[str]:
    """The names of the groups of a study."""
    file = Path(path)
    check_study(file)
    with h5py.File(file, "r") as study:
        return sorted(name for name, item in study.items() if isinstance(item, h5py.Group))


def order_statistics(values: xr.DataArray, levels: tuple[float, ...] = (0.05, 0.5, 0.95)) -> xr.DataArray:
    """Order statistics over parameter draws and replicates, along a new dimension ``level``.

    The statistic at level q is the smallest value that at least a share q of the values does not exceed, so it is
    always one of them; not known where one of them is not known.
    """
    over = [dim for dim in DRAWS if dim in values.dims]
    if not over:
        return values.expand_dims(level=list(levels), axis=-1)
    stacked = values.transpose(*[dim for dim in values.dims if dim not in over], *over)
    rest = stacked.dims[: -len(over)]
    flat = np.asarray(stacked.values, dtype=np.float64).reshape(*stacked.shape[: -len(over)], -1)
    ranked = np.quantile(flat, levels, axis=-1, method="inverted_cdf")
    coordinates = {dim: values[dim] for dim in rest if dim in values.coords}
    result = xr.DataArray(ranked, dims=("level", *rest), coords={"level": list(levels), **coordinates})
    return result.transpose(*rest, "level").assign_attrs(values.attrs).rename(values.name)


def check_study(file: Path) -> None:
    """Checks that a file is a study of this version, so that the message is clearer than that of the HDF5 library."""
    attributes = attributes_of(file)
    version = attributes.get("format_version")
    if version is None:
        raise DataError(f"{file}: an HDF5 file, but not a study of tuopin: it has no attribute format_version")
    if is_panel(attributes):
        raise DataError(f"{file}: a panel of households, not a study; open it with tuopin.open_panel")
    found = int(np.ravel(version)[0])
    if found < FORMAT_VERSION:
        raise DataError(
            f"{file}: format_version is {found}, expected {FORMAT_VERSION}: an older tuopin wrote it, whose figures "
            "had other names and meanings. Run its scenarios again with this tuopin (the same seed lives the same "
            "worlds), or open it with the tuopin that wrote it"
        )
    if found > FORMAT_VERSION:
        raise DataError(
            f"{file}: format_version is {found}, expected {FORMAT_VERSION}: a newer tuopin wrote it; "
            "open it with that one"
        )


def attributes_of(file: Path) -> dict[str, Any]:
    """The attributes of an HDF5 file, or what is wrong with the file."""
    try:
        there = file.exists()
    except (OSError, ValueError) as problem:  # a name that is too long, or holds a zero byte
        raise DataError(f"{file}: cannot be read ({reason_of(problem)})") from problem
    if not there:
        raise DataError(f"{file}: no such file")
    if not file.is_file():
        raise DataError(f"{file}: is a {'folder' if file.is_dir() else 'device or a pipe'}, expected a study file")
    try:
        with file.open("rb"):
            pass
        with h5py.File(file, "r") as study:
            return {str(name): value for name, value in study.attrs.items()}
    except PermissionError as problem:
        raise DataError(f"{file}: cannot be read ({reason_of(problem)})") from problem
    except (OSError, KeyError, ValueError, RuntimeError) as problem:
        raise DataError(f"{file}: not a study file, or a truncated one ({problem})") from problem


def is_panel(attributes: dict[str, Any]) -> bool:
    return str(attributes.get("content", "")).startswith("panel of synthetic households")


def load(file: Path, group: str | None) -> xr.Dataset:
    try:
        # Times stay numbers: a variable in "days" is work, not a date.
        return xr.load_dataset(file, engine="h5netcdf", group=group, decode_times=False, decode_timedelta=False)
    except (OSError, KeyError, ValueError, RuntimeError) as problem:
        raise DataError(f"{file}: cannot be read, perhaps truncated ({problem})") from problem
