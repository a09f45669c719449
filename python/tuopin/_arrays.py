"""Arguments of the measures: what an analyst holds (lists, NumPy, pandas, xarray) as plain numbers, or a refusal.

Nothing is guessed: masked rows are left out, labelled rows are put side by side by their labels, and what is no
number (text, dates, complex numbers, truth values) is refused with its row.
"""

from __future__ import annotations

import decimal
import numbers
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import xarray as xr

from tuopin._language import msgid, say
from tuopin.errors import DataError

Numbers = npt.NDArray[np.float64]

_KINDS = {
    "b": msgid("truth values"),
    "c": msgid("complex numbers"),
    "m": msgid("spans of time"),
    "M": msgid("dates"),
    "S": msgid("text"),
    "U": msgid("text"),
    "T": msgid("text"),
    "V": msgid("records"),
}


@dataclass(frozen=True)
class Column:
    """Numbers, which of them are masked, and the labels of their rows where they have any."""

    values: Numbers
    masked: npt.NDArray[np.bool_] | None = None
    labels: pd.Index[Any] | None = None
    dimension: str | None = None


def column_of(values: Any, what: str, truth_values: bool = False) -> Column:
    """``values`` as a column; truth values count as zero and one where they are asked for."""
    labels, dimension = None, None
    if isinstance(values, xr.DataArray):
        if values.ndim == 1:
            dimension = str(values.dims[0])
            labels = values.indexes.get(values.dims[0])
        values = values.values
    elif isinstance(values, pd.Series):
        labels, values = values.index, _plain(values)
    masked = np.ma.getmaskarray(values) if isinstance(values, np.ma.MaskedArray) else None
    array = np.asarray(values.filled(_filler(values)) if masked is not None else _listed(values, what, truth_values))
    if array.ndim != 1:
        raise DataError(
            say(
                "{what} has {dimensions}, expected one: a row for each income",
                what=what,
                dimensions=_dimensions(array.ndim),
            )
        )
    return Column(_as_numbers(array, masked, what, truth_values), masked, labels, dimension)


def one_number(value: Any, what: str) -> float:
    """A single number: a Python or NumPy number, or an array without dimensions."""
    if isinstance(value, (np.ndarray, xr.DataArray)) and value.ndim == 0 and not np.ma.is_masked(value):
        value = np.asarray(value)[()]
    if value is np.ma.masked or np.ma.is_masked(value):
        raise DataError(say("{what} is masked, expected a number", what=what))
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (numbers.Real, decimal.Decimal)):
        raise DataError(say("{what} is {shown}, expected a number", what=what, shown=_shown(value)))
    try:
        return float(value)
    except (OverflowError, ValueError) as problem:
        raise DataError(
            say("{what} is {shown}, expected a number that fits 64 bits", what=what, shown=_shown(value))
        ) from problem


def is_single(value: Any) -> bool:
    """Whether a line is one for all: anything without rows."""
    return not isinstance(value, (pd.Series, pd.Index, list, tuple, range)) and np.ndim(value) == 0


def beside(first: Column, second: Column, what: str) -> Column:
    """The second column with its rows in the order of the first, matched by label if both have labels."""
    if len(second.values) != len(first.values):
        raise DataError(
            say(
                "{count} {what} for {incomes} incomes, expected one for each income",
                count=len(second.values),
                what=what,
                incomes=len(first.values),
            )
        )
    if None not in (first.dimension, second.dimension) and first.dimension != second.dimension:
        raise DataError(
            say(
                "{what} run along {dimension}, income along {dimension_2}",
                what=what,
                dimension=repr(second.dimension),
                dimension_2=repr(first.dimension),
            )
        )
    ours, theirs = first.labels, second.labels
    if ours is None or theirs is None or ours.equals(theirs):
        return second
    for labels, whose in ((ours, "income"), (theirs, what)):
        if not labels.is_unique:
            twice = labels[labels.duplicated()][0]
            raise DataError(
                say(
                    "the indexes of income and {what} differ, and {twice} stands twice in that of {whose}",
                    what=what,
                    twice=repr(twice),
                    whose=whose,
                )
            )
    order = theirs.get_indexer(ours)
    if (order < 0).any():
        missing = ours[np.flatnonzero(order < 0)[0]]
        raise DataError(
            say(
                "the indexes of income and {what} differ: {what} have no row {missing}",
                what=what,
                missing=repr(missing),
            )
        )
    masked = None if second.masked is None else second.masked[order]
    return Column(second.values[order], masked, ours, first.dimension)


# ------------------------------------------------------------------------------------------------------- parts


def _plain(series: pd.Series[Any]) -> Any:
    """Converts pandas types to NumPy: a missing value of a numeric column becomes nan, which the measures refuse."""
    kind = series.dtype
    if isinstance(kind, np.dtype):
        return series.to_numpy()
    if pd.api.types.is_bool_dtype(kind) or not pd.api.types.is_numeric_dtype(kind):
        return series.to_numpy(dtype=object)
    return series.to_numpy(dtype=np.float64, na_value=np.nan)


def _listed(values: Any, what: str, truth_values: bool) -> Any:
    if isinstance(values, (set, frozenset, dict)):
        raise DataError(
            say(
                "{what} is a {name}, which has no order; expected an array or a list",
                what=what,
                name=type(values).__name__,
            )
        )
    if isinstance(values, (list, tuple)) and any(value is np.ma.masked for value in values):
        raise DataError(say("{what} is a list that holds masked values, expected an array of numpy.ma", what=what))
    if isinstance(values, (list, tuple)) and not truth_values:
        for row, value in enumerate(values):
            if isinstance(value, (bool, np.bool_)):  # NumPy would make it a number
                raise DataError(
                    say("{what} in row {row} is {shown}, expected a number", what=what, row=row, shown=_shown(value))
                )
    try:
        return np.asarray(values)
    except ValueError as problem:  # rows of different lengths
        raise DataError(
            say("{what}: expected numbers in one dimension, {problem}", what=what, problem=problem)
        ) from problem


def _filler(values: np.ma.MaskedArray[Any, Any]) -> Any:
    """Replaces masked values, which are never used, by a value of the same kind."""
    return 0 if values.dtype.kind in "biufcO" else np.zeros((), values.dtype)[()]


def _as_numbers(
    array: npt.NDArray[Any], masked: npt.NDArray[np.bool_] | None, what: str, truth_values: bool
) -> Numbers:
    kind = array.dtype.kind
    if kind == "O":
        return _from_objects(array, what, truth_values)
    if kind in _KINDS and not (kind == "b" and truth_values) and array.size:
        raise DataError(
            say(
                "{what}: {kinds} ({shown} in row 0), expected numbers",
                what=what,
                kinds=say(_KINDS[kind]),
                shown=_shown(array[0]),
            )
        )
    if array.size and kind not in "biuf":
        raise DataError(say("{what}: values of type {dtype}, expected numbers", what=what, dtype=array.dtype))
    if array.dtype.itemsize > 8 and array.size:  # wider than a double
        with np.errstate(over="ignore"):
            return array.astype(np.float64)
    return array.astype(np.float64) if array.size else np.empty(0)


def _from_objects(array: npt.NDArray[Any], what: str, truth_values: bool) -> Numbers:
    result = np.empty(len(array))
    for row, value in enumerate(array):
        truth = isinstance(value, (bool, np.bool_))
        if truth and truth_values:
            value = int(value)
        elif truth or not isinstance(value, (numbers.Real, decimal.Decimal)):
            raise DataError(
                say("{what} in row {row} is {shown}, expected a number", what=what, row=row, shown=_shown(value))
            )
        try:
            result[row] = float(value)
        except (OverflowError, ValueError) as problem:
            raise DataError(
                say(
                    "{what} in row {row} is {shown}, expected a number that fits 64 bits",
                    what=what,
                    row=row,
                    shown=_shown(value),
                )
            ) from problem
    return result


def _dimensions(count: int) -> str:
    return say("no dimension") if count == 0 else say("{count} dimensions", count=count)


def _shown(value: Any) -> str:
    text = repr(value.item() if isinstance(value, np.generic) else value)
    return text if len(text) <= 60 else text[:57] + "…"
