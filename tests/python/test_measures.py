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
    """One percent of the line or of the mean, unless said otherwise."""
    assert measures.watts([0, 50, 200], 100) == pytest.approx((np.log(100) + np.log(2)) / 3)
    assert measures.watts([0, 50, 200], 100, floor=None) == measures.watts([50, 200], 100)
    assert measures.watts([0, 50, 200], 100, floor=0.1) == pytest.approx(measures.watts([10, 50, 200], 100))
    assert measures.theil([0, 50, 200], floor=None) == measures.theil([50, 200])
    assert measures.theil([0, 100, 200]) == pytest.approx(measures.theil([1, 100, 200], floor=None), rel=1e-12)
    at_ten = measures.mean_log_deviation([10, 100, 200])
    assert measures.mean_log_deviation([0, 100, 200], floor=0.1) == pytest.approx(at_ten)
    for floor in (1.0, -0.1, np.nan, np.inf):
        for measure in (
            lambda floor: measures.watts([1], 2, floor=floor),
            lambda floor: measures.theil([1], None, floor),
        ):
            with pytest.raises(tuopin.DataError, match="floor is"):
                measure(floor)


MEASURES = {
    "fgt0": lambda y, z, w: measures.fgt(y, z, 0, w),
    "fgt1": lambda y, z, w: measures.fgt(y, z, 1, w),
    "fgt2.5": lambda y, z, w: measures.fgt(y, z, 2.5, w),
    "watts": lambda y, z, w: measures.watts(y, z, w),
    "watts, zeros dropped": lambda y, z, w: measures.watts(y, z, w, floor=None),
    "sst": lambda y, z, w: measures.sen_shorrocks_thon(y, z, w),
    "gini": lambda y, z, w: measures.gini(y, w),
    "theil": lambda y, z, w: measures.theil(y, w),
    "theil, zeros dropped": lambda y, z, w: measures.theil(y, w, floor=None),
    "mld": lambda y, z, w: measures.mean_log_deviation(y, w),
    "mld, zeros dropped": lambda y, z, w: measures.mean_log_deviation(y, w, floor=None),
}
TOPS = {"fgt0": 1, "fgt1": 1, "fgt2.5": 1, "sst": 1, "gini": np.nextafter(1, 0)}
"""The greatest value; the others have none."""


@pytest.mark.parametrize("name", MEASURES)
def test_no_result_depends_on_the_unit_of_money_or_of_weights(name: str) -> None:
    random = np.random.default_rng(5)
    income, weights = np.append(random.lognormal(7, 1.5, 200), [0.0, 0.3]), random.random(202)
    expected = MEASURES[name](income, 1500.0, weights)
    for money in (1e-3, 1e-300, 1e4, 1e290, 2.0**-1030):
        assert MEASURES[name](income * money, 1500.0 * money, weights) == pytest.approx(expected, rel=1e-9), money
    for persons in (1e-300, 1e-9, 1e300, 2.0**-1000):
        assert MEASURES[name](income, 1500.0, weights * persons) == pytest.approx(expected, rel=1e-12), persons


@pytest.mark.parametrize("name", MEASURES)
def test_results_stay_in_their_range_for_any_positive_weights_and_incomes(name: str) -> None:
    random = np.random.default_rng(6)
    odd = np.array([5e-324, 1e-310, 1e-300, 1e-20, 1, 1, 3, 1e20, 1e300, 1.7e308])
    for _ in range(1000):
        count = random.integers(1, 6)
        income, weights = random.choice(np.append(odd, 0.0), count), random.choice(odd, count)
        found = MEASURES[name](income, random.choice(odd), weights)
        if np.isnan(found):  # only where nobody has an income, or is left
            assert not income.any(), (income, weights)
        else:
            assert 0 <= found <= TOPS.get(name, 2000), (income, weights, found)


def test_extreme_weights_have_their_share() -> None:
    assert measures.gini([0, 1], [1, 1e-300]) == pytest.approx(1)  # the hand's answer is 1 - 1e-300
    assert measures.gini([0, 1], [1, 1e-300]) < 1
    assert measures.gini([1e-300, 1], [1, 1e-300]) == pytest.approx(0.5)  # half of all income each
    assert measures.gini([1e308] * 3, [1e-320] * 3) == 0
    assert measures.fgt([50, 200], 100, 0, [1e-300, 3e-300]) == 0.25
    assert measures.theil([1e308, 1.5e308], floor=None) == pytest.approx(measures.theil([2, 3]))
    assert measures.mean_log_deviation([1e-300, 1e300], floor=None) == pytest.approx(300 * np.log(10) - np.log(2))


@pytest.mark.parametrize("name", MEASURES)
def test_masked_rows_are_left_out(name: str) -> None:
    """What netCDF readers return: the fill value stands under the mask."""
    income, weights = [541.0, 1463, 9.97e36, 3438], [1.0, 2, 3, np.nan]
    left = MEASURES[name]([541, 1463], 2000, [1, 2])
    by_income, by_weight = np.ma.masked_array(income, [0, 0, 1, 0]), np.ma.masked_array(weights, [0, 0, 0, 1])
    assert MEASURES[name](by_income, 2000, by_weight) == left
    integers = np.ma.masked_array([541, 1463, -999], [0, 0, 1])
    assert MEASURES[name](integers, 2000, None) == MEASURES[name]([541, 1463], 2000, None)
    assert np.isnan(MEASURES[name](np.ma.masked_all(3), 2000, None))


def test_masked_lines_leave_their_rows_out() -> None:
    line = np.ma.masked_array([150.0, 150.0, np.nan], [0, 0, 1])
    assert measures.fgt([100, 200, 50], line, 0) == 0.5
    assert measures.watts([100, 200, 50], line) == measures.watts([100, 200], 150)
    assert measures.sen_shorrocks_thon([100, 200, 50], line) == measures.sen_shorrocks_thon([100, 200], 150)


def test_rows_are_put_side_by_side_by_their_index() -> None:
    income = pd.Series({"a": 100.0, "b": 200.0, "c": 400.0})
    weights = pd.Series({"c": 1.0, "a": 5.0, "b": 2.0})
    line = pd.Series({"b": 300.0, "c": 150.0, "a": 150.0})
    assert measures.fgt(income, 150, 0, weights) == 5 / 8
    assert measures.fgt(income, line, 0, weights) == 7 / 8
    assert measures.sen_shorrocks_thon(income, line, weights) == measures.sen_shorrocks_thon(
        [100, 200, 400], [150, 300, 150], [5, 2, 1]
    )
    arrays = [xr.DataArray(one.values, coords={"person": list(one.index)}) for one in (income, weights, line)]
    assert measures.fgt(arrays[0], arrays[2], 0, arrays[1]) == 7 / 8
    assert measures.fgt(income, 150, 0, arrays[1]) == 5 / 8  # pandas and xarray together
    assert measures.fgt(income, 150, 0, [5, 2, 1]) == 5 / 8  # no labels: by place
    twice = pd.Series([1.0, 2.0, 3.0], index=["a", "a", "b"])
    assert measures.gini(twice, pd.Series([1, 1, 2], index=["a", "a", "b"])) == measures.gini([1, 2, 3], [1, 1, 2])


@pytest.mark.parametrize(
    ("income", "weights", "text"),
    [
        (pd.Series([1.0, 2.0], index=["a", "b"]), pd.Series([1, 2], index=["a", "c"]), "have no row 'b'"),
        (pd.Series([1.0, 2.0], index=["a", "b"]), pd.Series([1, 2]), "have no row 'a'"),
        (pd.Series([1.0, 2.0], index=["a", "a"]), pd.Series([1, 2], index=["a", "b"]), "twice"),
        (xr.DataArray([1.0, 2.0], dims="person"), xr.DataArray([1.0, 2.0], dims="household"), "run along 'household'"),
        (pd.Series([1.0, 2.0]), pd.Series([1.0]), "1 weights for 2 incomes"),
    ],
)
def test_indexes_that_differ_are_refused(income: object, weights: object, text: str) -> None:
    with pytest.raises(tuopin.DataError, match=text):
        measures.gini(income, weights)  # type: ignore[arg-type]


NO_NUMBERS = [
    np.array([1 + 2j, 3]),
    [1 + 2j, 3],
    np.array(["2016-01-01", "2017-01-01"], dtype="datetime64[D]"),
    pd.Series(pd.to_datetime(["2016-01-01", "2017-01-01"])),
    pd.Series(pd.to_datetime(["2016-01-01", "2017-01-01"], utc=True)),
    np.array([1, 2], dtype="timedelta64[s]"),
    pd.Series(pd.to_timedelta([1, 2], unit="s")),
    np.array(["1", "2"]),
    ["1", "2"],
    [b"1", b"2"],
    pd.Series(["1", "2"]),
    [1.0, None],
    [1.0, "2"],
    [1.0, True],
    [True, False],
    np.array([True, False]),
    pd.Series([True, None], dtype="boolean"),
    pd.Series([1.0, None], dtype="Float64"),
    pd.Series([1, None], dtype="Int64"),
    np.ma.masked_array(["1", "2"], [0, 1]),
    [1.0, np.ma.masked],
    [10**400, 1],
    {1: 2.0},
    {1.0, 2.0},
    "12",
    3.0,
    None,
    (value for value in (1.0, 2.0)),
    [[1.0], [2.0, 3.0]],
    pd.DataFrame({"income": [1.0, 2.0]}),
    np.array([(1.0, 2)], dtype=[("income", "f8"), ("weight", "i8")]),
    np.array([1.0, np.inf]),
]


@pytest.mark.parametrize("bad", NO_NUMBERS, ids=lambda bad: type(bad).__name__)
def test_what_is_no_number_is_refused_in_words(bad: object) -> None:
    with pytest.raises(tuopin.DataError, match=r"income|masked"):
        measures.gini(bad)  # type: ignore[arg-type]
    if not isinstance(bad, float):  # one number is a line for all
        with pytest.raises(tuopin.DataError, match="line"):
            measures.fgt([1.0, 2.0], bad, 0)  # type: ignore[arg-type]


def test_numbers_of_other_types_are_used() -> None:
    from decimal import Decimal
    from fractions import Fraction

    expected = measures.gini([1, 3])
    for same in (
        [Decimal(1), Decimal(3)],
        [Fraction(1), 3],
        np.array([1, 3], dtype=np.float16),
        np.array([1, 3], dtype=np.longdouble),
        np.array([1, 3], dtype=">f8"),
        np.array([1, 3], dtype=object),
        np.array([1, 3], dtype=np.uint8),
        pd.Series([1, 3], dtype="Int64"),
        pd.Series([1, 3], dtype="category"),
        pd.Index([1, 3]),
        range(1, 4, 2),
        (1, 3),
    ):
        assert measures.gini(same) == expected
    assert measures.gini([1, 3, 9], weights=[True, True, False]) == expected  # truth values choose rows
    assert measures.fgt([1, 3], np.float32(2), np.int64(0)) == 0.5
    assert measures.fgt([1, 3], np.array(2), Decimal(0)) == 0.5


@pytest.mark.parametrize("bad", ["1", None, True, 1j, [1], np.ma.masked, np.datetime64("2016")])
def test_single_numbers_are_numbers(bad: object) -> None:
    with pytest.raises(tuopin.DataError, match="alpha"):
        measures.fgt([1, 2], 2, bad)  # type: ignore[arg-type]
    if not isinstance(bad, list):
        with pytest.raises(tuopin.DataError, match="line"):
            measures.fgt([1, 2], bad, 0)  # type: ignore[arg-type]
    if bad is not None:
        with pytest.raises(tuopin.DataError, match="floor"):
            measures.theil([1, 2], floor=bad)  # type: ignore[arg-type]


def test_a_line_for_each_person() -> None:
    assert measures.fgt([100, 100, 100], [90, 100, 125], 1) == pytest.approx(0.2 / 3)
    assert measures.watts([100, 100], [200, 100]) == pytest.approx(np.log(2) / 2)
    assert measures.watts([0, 100], [200, 100], floor=0.5) == pytest.approx(np.log(2) / 2)
    for line, text in (([1, 2], "2 lines for 3"), ([1, 2, 0], "line in row 2 is 0"), ([1, 2, np.nan], "line in row 2")):
        with pytest.raises(tuopin.DataError, match=text):
            measures.fgt([1, 2, 3], line, 0)
    assert measures.fgt([1, 2, 3], [2, 2, np.nan], 0, weights=[1, 1, 0]) == 0.5


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
        (([1, np.nan],), "income in row 1 is nan"),
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
