"""Poverty and inequality measures of an array of incomes, weighted and exact.

Conventions, the same everywhere:

* *Poor* means strictly below the line: an income equal to the line is not poor.
* Weights are finite and not negative (none given: one each); rows of weight zero are ignored, whatever they hold.
* Incomes are finite and not negative, a line is finite and above zero; anything else, missing values included, raises
  :class:`tuopin.DataError` with its row (counted from 0).
* Measures with a logarithm (Watts, Theil, mean log deviation) count an income below a ``floor`` as that floor: a share
  of the line (Watts) or of the mean of the incomes (Theil and mean log deviation, which have no line), so that no
  result depends on the unit of money. The default, one percent of the mean, is how the Luxembourg Income Study
  bottom-codes incomes; Watts takes one percent of the line. With ``floor=None`` rows with income zero are dropped,
  from numerator and denominator.
* ``nan`` where a measure is not defined: no weight at all, or the inequality of a total income of zero.

Income may be any one-dimensional array-like of numbers: NumPy, pandas, xarray, a list. Masked rows (``numpy.ma``) of
income, weights or line are left out. Where two arguments have an index (pandas) or coordinate (xarray), their rows are
put side by side by its labels; indexes that do not hold the same labels are refused. Income and line are in the same
money and the same period; a line may also be an array, one for each income. Weights are persons: a household's weight
times its size when income is income per head; truth values choose rows.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from tuopin import _core
from tuopin._arrays import Column, Numbers, beside, column_of, is_single, one_number

__all__ = ["fgt", "gini", "mean_log_deviation", "sen_shorrocks_thon", "theil", "watts"]

_FLOOR = 0.01  # share of the line or of the mean


def fgt(income: npt.ArrayLike, line: npt.ArrayLike, alpha: float, weights: npt.ArrayLike | None = None) -> float:
    """Foster, Greer & Thorbecke (1984): the mean of ((line - income) / line) ** alpha, zero for those not poor.

    ``alpha`` 0 is the poverty rate, 1 the poverty gap, 2 the squared gap; any number from zero up is allowed.

    >>> round(fgt([100, 110, 150, 160], line=125, alpha=1), 12)  # Haughton & Khandker 2009, p. 72
    0.08
    """
    values, lines, shares = _rows(income, weights, line)
    return _core.fgt(values, lines, one_number(alpha, "alpha"), shares)


def watts(
    income: npt.ArrayLike, line: npt.ArrayLike, weights: npt.ArrayLike | None = None, floor: float | None = _FLOOR
) -> float:
    """Watts (1968): the mean of ln(line / income), zero for those not poor. ``floor`` is a share of the line."""
    values, lines, shares = _rows(income, weights, line)
    return _core.watts(values, lines, shares, _floor(floor))


def sen_shorrocks_thon(income: npt.ArrayLike, line: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Sen–Shorrocks–Thon (Shorrocks 1995): the poverty gap times one plus the Gini of all persons' gaps."""
    values, lines, shares = _rows(income, weights, line)
    return _core.sen_shorrocks_thon(values, lines, shares)


def gini(income: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Gini coefficient, the area definition, without the small-sample factor n / (n - 1)."""
    values, _, shares = _rows(income, weights)
    return _core.gini(values, shares)


def theil(income: npt.ArrayLike, weights: npt.ArrayLike | None = None, floor: float | None = _FLOOR) -> float:
    """Theil's T, GE(1): the mean of (income / mean) * ln(income / mean). ``floor`` is a share of the mean."""
    values, _, shares = _rows(income, weights)
    return _core.theil(values, shares, _floor(floor))


def mean_log_deviation(
    income: npt.ArrayLike, weights: npt.ArrayLike | None = None, floor: float | None = _FLOOR
) -> float:
    """Theil's L, GE(0): the mean of ln(mean / income). ``floor`` is a share of the mean."""
    values, _, shares = _rows(income, weights)
    return _core.mean_log_deviation(values, shares, _floor(floor))


def _floor(floor: float | None) -> float:
    return 0.0 if floor is None else one_number(floor, "floor")


def _rows(income: Any, weights: Any, line: Any = 1.0) -> tuple[Numbers, float | Numbers, Numbers | None]:
    """Income, line and weights side by side. A masked row has weight zero, so rows keep their numbers in errors."""
    first = column_of(income, "income")
    shares = None if weights is None else beside(first, column_of(weights, "weights", truth_values=True), "weights")
    lines = one_number(line, "line") if is_single(line) else beside(first, column_of(line, "line"), "lines")
    masks = [column.masked for column in (first, shares, lines) if isinstance(column, Column)]
    hidden = np.zeros(len(first.values), dtype=bool)
    for mask in masks:
        hidden |= False if mask is None else mask
    values = None if shares is None else shares.values
    if hidden.any():
        values = np.where(hidden, 0.0, 1.0 if values is None else values)
    return first.values, lines.values if isinstance(lines, Column) else lines, values
