"""Opens study files as labelled arrays."""

from __future__ import annotations

import difflib
import math
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import numpy.typing as npt
import xarray as xr

from tuopin import _core
from tuopin._language import Language, say
from tuopin._sandbox import check_file, read_first
from tuopin.errors import DataError, UsageError

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
        listed = say(", ").join(known)
        text = say("{file}: no group {name}; there are: {listed}", file=file, name=repr(name), listed=listed)
        if near:
            text = say("{file}: no group {name}, did you mean {near}?", file=file, name=repr(name), near=repr(near[0]))
        raise DataError(text)
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


def order_statistics(
    values: xr.DataArray | Sequence[float] | npt.NDArray[Any], levels: tuple[float, ...] = (0.05, 0.5, 0.95)
) -> xr.DataArray:
    """Order statistics over parameter draws and replicates, along a new dimension ``level``.

    ``values`` is a variable of a study, or a plain sequence of numbers, one for each world.

    The statistic at level q of n values is the one of rank ⌈qn⌉ or, where qn is whole, the mean of those of ranks qn
    and qn + 1 (Hyndman and Fan 1996, definition 2; NumPy's "averaged_inverted_cdf"). So the statistic at q of the
    negative values is minus the one at 1 - q, and the median of an even number is the mean of the two in the middle.
    Not known where one of the values is not known.
    """
    if not isinstance(values, xr.DataArray):
        values = xr.DataArray(_row_of_numbers(values), dims=DRAWS[:1])
    over = [dim for dim in DRAWS if dim in values.dims]
    if not over:
        return values.expand_dims(level=list(levels), axis=-1)
    stacked = values.transpose(*[dim for dim in values.dims if dim not in over], *over)
    rest = stacked.dims[: -len(over)]
    shape = stacked.shape[: -len(over)]
    rows = np.asarray(stacked.values, dtype=np.float64).reshape(math.prod(shape), -1)
    ranked = _core.order_statistics(rows, list(levels)).reshape(*shape, len(levels))
    coordinates = {dim: values[dim] for dim in rest if dim in values.coords}
    result = xr.DataArray(ranked, dims=(*rest, "level"), coords={**coordinates, "level": list(levels)})
    return result.assign_attrs(values.attrs).rename(values.name)


def _row_of_numbers(values: Any) -> npt.NDArray[np.float64]:
    try:
        row = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise UsageError(say("{what}: expected numbers in one dimension, {problem}", what="values",
                             problem=problem)) from problem  # fmt: skip
    if row.ndim != 1:
        dimensions = say("{count} dimensions", count=row.ndim) if row.ndim else say("no dimension")
        raise UsageError(say("{what}: expected numbers in one dimension, {problem}", what="values",
                             problem=dimensions))  # fmt: skip
    return row


def check_study(file: Path, lang: Language | None = None) -> None:
    """Refuses what is no study of this version, in the words of the program, which reads it first in a process
    apart."""
    check_file(file)
    read_first(file, lang)


def attributes_of(file: Path) -> dict[str, Any]:
    """The attributes of an HDF5 file, or what is wrong with the file."""
    check_file(file)
    try:
        with h5py.File(file, "r") as study:
            return {str(name): value for name, value in study.attrs.items()}
    except (OSError, KeyError, ValueError, RuntimeError) as problem:
        raise DataError(
            say("{file}: cannot be read, perhaps truncated ({reason})", file=file, reason=problem)
        ) from problem


def is_panel(file: Path) -> bool:
    """Whether the program calls it a panel of households and not a study; what is neither is refused in its words."""
    check_file(file)
    try:
        read_first(file)
    except DataError as refused:
        if "tuopin.open_panel" in str(refused):
            return True
        raise
    return False


def load(file: Path, group: str | None) -> xr.Dataset:
    try:
        # Times stay numbers: a variable in "days" is work, not a date.
        return xr.load_dataset(file, engine="h5netcdf", group=group, decode_times=False, decode_timedelta=False)
    except (OSError, KeyError, ValueError, RuntimeError) as problem:
        raise DataError(
            say("{file}: cannot be read, perhaps truncated ({reason})", file=file, reason=problem)
        ) from problem
