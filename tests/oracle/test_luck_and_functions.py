"""What the oracle stands on: its luck against numpy.random.Philox, its functions against NumPy's and SciPy's."""

from __future__ import annotations

import math

import numpy as np
from functions import FIXED, NUMPY
from luck import HOUSEHOLD, PERSON, Luck, name_hash, product, uniform


def test_philox_is_that_of_numpy() -> None:
    """Known answer, then addresses at the edges of every field, more than a slice of entities at once."""
    key = (2**64 - 1, 3 << 16 | 1)
    entities = np.concatenate([np.arange(9000), [2**31 - 1, 2**32 - 1]])
    for process, year, kind in [("household.income", 2017, HOUSEHOLD), ("programme.x.dropout", 0, PERSON)]:
        draws = Luck(FIXED, *key).draws(process, year, kind, entities)
        word = name_hash(process) << 32 | year << 8 | kind
        for row in [0, 1, 4711, 8191, 8192, 8999, 9000, 9001]:
            counter = np.array([0, word, int(entities[row]), 0], np.uint64)
            raw = np.random.Philox(key=np.array(key, np.uint64), counter=counter).random_raw(4)
            assert (draws[row].view(np.uint64) == np.array(raw, np.uint64)).all()


def test_products_of_halves() -> None:
    values = [0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1, 0xCA5A826395121157]
    for a in values:
        high, low = product(a, np.array(values, np.uint64))
        wanted = [a * x for x in values]
        assert high.tolist() == [w >> 64 for w in wanted]
        assert low.tolist() == [w % 2**64 for w in wanted]


def test_fixed_functions() -> None:
    """To rounding, over the range that the model uses; the quantile at every kind of draw."""
    x = np.concatenate([np.linspace(-700, 700, 100_001), np.linspace(-2, 2, 100_001)])
    assert np.max(np.abs(FIXED.exp(x) / np.exp(x) - 1)) < 5e-16
    y = np.concatenate([np.exp(x), np.linspace(0.5, 2, 100_001)])
    assert np.max(np.abs(FIXED.log(y) - np.log(y)) / np.maximum(np.abs(np.log(y)), 1e-3)) < 1e-15
    draws = np.array([0, 1, 2**31 - 1, 2**31, 2**32 - 1, *range(0, 2**32, 654_321)], np.uint32)
    u = uniform(draws)
    assert np.max(np.abs(FIXED.quantile(u) - NUMPY.quantile(u))) < 1e-14
    assert math.isclose(float(FIXED.quantile(0.95)), 1.6448536269514722, rel_tol=1e-15)
    assert math.isclose(float(FIXED.exp(1.0)), math.e, rel_tol=1e-15)
