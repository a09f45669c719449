"""Poverty and inequality measures of an array of incomes, weighted and exact.

Conventions, the same everywhere:

* *Poor* means strictly below the line: an income equal to the line is not poor.
* Weights are finite and not negative (none given: one each); rows of weight zero are ignored, whatever they hold.
* Incomes are finite and not negative; anything else, missing values included, raises :class:`tuopin.DataError`.
* Measures with a logarithm (Watts, Theil, mean log deviation) count an income below ``floor`` as ``floor``: 1 yuan
  unless said otherwise. With ``floor=None`` rows with income zero are dropped, from numerator and denominator.
* ``nan`` where a measure is not defined: no weight at all, or the inequality of a total income of zero.

Income may be any one-dimensional array-like: NumPy, pandas, xarray, a list. Income and line are in the same money and
the same period. Weights are persons: a household's weight times its size when income is income per head.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tuopin import _core
from tuopin.errors import DataError

__all__ = ["fgt", "gini", "mean_log_deviation", "sen_shorrocks_thon", "theil", "watts"]

_Numbers = npt.NDArray[np.float64]


def fgt(income: npt.ArrayLike, line: float, alpha: float, weights: npt.ArrayLike | None = None) -> float:
    """Foster, Greer & Thorbecke (1984): the mean of ((line - income) / line) ** alpha, zero for those not poor.

    ``alpha`` 0 is the poverty rate, 1 the poverty gap, 2 the squared gap; any number from zero up is allowed.

    >>> round(fgt([100, 110, 150, 160], line=125, alpha=1), 12)  # Haughton & Khandker 2009, p. 72
    0.08
    """
    return _core.fgt(_vector(income, "income"), line, alpha, _weights(weights))


def watts(income: npt.ArrayLike, line: float, weights: npt.ArrayLike | None = None, floor: float | None = 1.0) -> float:
    """Watts (1968): the mean of ln(line / income), zero for those not poor."""
    return _core.watts(_vector(income, "income"), line, _weights(weights), floor or 0.0)


def sen_shorrocks_thon(income: npt.ArrayLike, line: float, weights: npt.ArrayLike | None = None) -> float:
    """Sen–Shorrocks–Thon (Shorrocks 1995): the poverty gap times one plus the Gini of all persons' gaps."""
    return _core.sen_shorrocks_thon(_vector(income, "income"), line, _weights(weights))


def gini(income: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Gini coefficient, the area definition, without the small-sample factor n / (n - 1)."""
    return _core.gini(_vector(income, "income"), _weights(weights))


def theil(income: npt.ArrayLike, weights: npt.ArrayLike | None = None, floor: float | None = 1.0) -> float:
    """Theil's T, GE(1): the mean of (income / mean) * ln(income / mean)."""
    return _core.theil(_vector(income, "income"), _weights(weights), floor or 0.0)


def mean_log_deviation(income: npt.ArrayLike, weights: npt.ArrayLike | None = None, floor: float | None = 1.0) -> float:
    """Theil's L, GE(0): the mean of ln(mean / income)."""
    return _core.mean_log_deviation(_vector(income, "income"), _weights(weights), floor or 0.0)


def _vector(values: npt.ArrayLike, what: str) -> _Numbers:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as problem:
        raise DataError(f"{what}: expected numbers, {problem}") from problem
    if array.ndim != 1:
        raise DataError(f"{what} has {array.ndim} dimensions, expected one")
    return array


def _weights(weights: npt.ArrayLike | None) -> _Numbers | None:
    return None if weights is None else _vector(weights, "weights")
