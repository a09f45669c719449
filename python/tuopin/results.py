"""Opens study files as labelled arrays."""

from __future__ import annotations

import difflib
import os
from pathlib import Path

import h5py
import numpy as np
import xarray as xr

from tuopin.errors import DataError

__all__ = ["FORMAT_VERSION", "groups", "open", "order_statistics"]

FORMAT_VERSION = 1
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
    _check(file)
    root = _load(file, None)
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
    found = _load(file, name)
    found = found.assign_coords(
        {key: root[key] for key in found.dims if key in root.coords and key not in found.coords}
    )
    return found.assign_attrs({**root.attrs, **found.attrs})


def groups(path: str | os.PathLike[str]) -> list[str]:
    """The names of the groups of a study."""
    file = Path(path)
    _check(file)
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


def _check(file: Path) -> None:
    """A clear word before a library would say it in its own."""
    if not file.exists():
        raise DataError(f"{file}: no such file")
    try:
        with h5py.File(file, "r") as study:
            version = study.attrs.get("format_version")
    except OSError as problem:
        raise DataError(f"{file}: not a study file, or a truncated one ({problem})") from problem
    if version is None:
        raise DataError(f"{file}: an HDF5 file, but not a study of tuopin: it has no attribute format_version")
    if int(np.ravel(version)[0]) != FORMAT_VERSION:
        raise DataError(
            f"{file}: format_version is {int(np.ravel(version)[0])}, expected {FORMAT_VERSION}; "
            "open it with the tuopin that wrote it, or run the scenario again"
        )


def _load(file: Path, group: str | None) -> xr.Dataset:
    try:
        # Times stay numbers: a variable in "days" is work, not a date.
        return xr.load_dataset(file, engine="h5netcdf", group=group, decode_times=False, decode_timedelta=False)
    except (OSError, KeyError, ValueError) as problem:
        raise DataError(f"{file}: cannot be read, perhaps truncated ({problem})") from problem
