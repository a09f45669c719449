"""Measures on the analyst's own arrays against printed and recomputed values.

HB: Haughton & Khandker 2009, Handbook on Poverty and Inequality, World Bank, p. 72. INX: example vectors of the R
package ineq 0.2. GI: definition. WB: tests of the World Bank's R package wbpip. LN1: closed forms of the lognormal.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import xarray as xr

import tuopin
from tuopin import measures

HANDBOOK = [100, 110, 150, 160]
INEQ = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]


@pytest.mark.parametrize(
    ("row", "found", "expected", "tolerance"),
    [
        ("HB1", measures.fgt(HANDBOOK, 125, 2), 0.0136, 1e-12),
        ("HB2", measures.fgt(HANDBOOK, 125, 1), 0.08, 1e-12),
        ("HB3", measures.fgt(HANDBOOK, 125, 0), 0.5, 1e-12),
        ("HB4", measures.watts(HANDBOOK, 125), 0.087744230706, 1e-11),
        ("HB5", measures.sen_shorrocks_thon(HANDBOOK, 125), 0.125, 1e-12),
        ("INX01", measures.gini(INEQ), 0.462091130268, 1e-11),
        ("INX07", measures.theil(INEQ), 0.362341242344, 1e-11),
        ("INX08", measures.mean_log_deviation(INEQ), 0.433594649520, 1e-11),
        ("INX12", measures.watts(INEQ, 2000), 0.162014123922, 1e-11),
        ("INX14", measures.sen_shorrocks_thon(INEQ, 2000), 0.18425, 1e-11),
        ("INX15", measures.fgt(INEQ, 2000, 0), 0.2, 1e-11),
        ("INX16", measures.fgt(INEQ, 2000, 1), 0.0998, 1e-11),
        ("INX17", measures.fgt(INEQ, 2000, 2), 0.06042625, 1e-11),
        ("INX18", measures.watts(INEQ, 5000), 0.466212293798, 1e-11),
        ("INX20", measures.sen_shorrocks_thon(INEQ, 5000), 0.419348, 1e-11),
        ("INX21", measures.fgt(INEQ, 5000, 1), 0.25352, 1e-11),
        ("INX22", measures.fgt(INEQ, 5000, 2), 0.166711552, 1e-11),
        ("GI1", measures.gini([1, 2, 3, 4, 5]), 4 / 15, 1e-12),
        ("GI2", measures.gini([0, 0, 0, 1]), 0.75, 1e-12),
        ("GI3", measures.gini([1, 3]), 0.25, 1e-12),
        ("WB1", measures.fgt(range(10, 101, 10), 9, 0, weights=range(10, 101, 10)), 0, 0),
        ("WB2", measures.fgt(range(1, 101), 101, 0), 1, 0),
        ("WB3", measures.fgt([0] * 10, 12, 1), 1, 0),
    ],
)
def test_known_answers(row: str, found: float, expected: float, tolerance: float) -> None:
    assert found == pytest.approx(expected, rel=0, abs=tolerance), row


def test_lognormal_closed_form() -> None:
    """LN1: ln y ~ N(8.590821336535, 0.65²), z = 2,855. Nodes of the midpoint rule, weights φ(x), a cell border on the
    line: error of the rule h²/24 · f' ≈ 2e-11."""
    line, step = 2855.0, 2e-5
    x = (np.log(line) - 8.590821336535) / 0.65 + (np.arange(-400_000, 500_000) + 0.5) * step
    income, weights = np.exp(8.590821336535 + 0.65 * x), np.exp(-x * x / 2)
    expected = [0.164686962809, 0.043506465158, 0.016982325246]
    for alpha in (0, 1, 2):
        assert measures.fgt(income, line, alpha, weights) == pytest.approx(expected[alpha], rel=0, abs=1e-10)
    assert measures.watts(income, line, weights) == pytest.approx(0.056742533311, rel=0, abs=1e-10)
    assert measures.gini(income, weights) == pytest.approx(0.354210573880, rel=0, abs=1e-10)
    assert measures.theil(income, weights) == pytest.approx(0.21125, rel=0, abs=1e-10)
    assert measures.mean_log_deviation(income, weights) == pytest.approx(0.21125, rel=0, abs=1e-10)


def test_any_array_like() -> None:
    expected = measures.gini(INEQ)
    everyother = np.repeat(np.array(INEQ, dtype=np.float32), 2)[::2]  # not contiguous, not double
    for same in (np.array(INEQ), pd.Series(INEQ, index=INEQ), xr.DataArray(INEQ, dims="person"), everyother):
        assert measures.gini(same) == expected


def test_floor_of_logarithms() -> None:
    assert measures.watts([0, 50, 200], 100) == pytest.approx((np.log(100) + np.log(2)) / 3)
    assert measures.watts([0, 50, 200], 100, floor=None) == measures.watts([50, 200], 100)
    assert measures.theil([0, 50, 200], floor=None) == measures.theil([50, 200])
    assert measures.mean_log_deviation([0, 50, 200], floor=10) == measures.mean_log_deviation([10, 50, 200])


def test_the_line_itself_is_not_poor_and_weight_zero_does_not_count() -> None:
    assert measures.fgt([100, 200], 100, 0) == 0
    assert measures.fgt([50, np.nan, 200], 100, 0, weights=[1, 0, 1]) == 0.5


def test_not_defined_is_nan() -> None:
    assert np.isnan(measures.fgt([], 100, 0))
    assert np.isnan(measures.fgt([], 100, 0, weights=[]))
    assert np.isnan(measures.gini([0, 0]))


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (([1, -2],), "row 1"),
        (([1, np.nan],), "income"),
        (([1, 2], [1]), "1 weights for 2 incomes"),
        (([1, 2], []), "weights"),
        (([1, 2], [1, -1]), "weight"),
        (([[1, 2]],), "2 dimensions"),
        ((["poor", "rich"],), "numbers"),
    ],
)
def test_bad_input(arguments: tuple[object, ...], text: str) -> None:
    with pytest.raises(tuopin.DataError, match=text):
        measures.gini(*arguments)  # type: ignore[arg-type]


def test_bad_line() -> None:
    with pytest.raises(ValueError, match="line"):
        measures.fgt([1, 2], 0, 0)
