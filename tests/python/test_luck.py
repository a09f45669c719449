"""Luck by address, against NumPy's own Philox and SciPy's normal quantile."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.special

import tuopin
from tuopin import luck

KINDS = {"household": 0, "person": 1, "village": 2, "county": 3, "prefecture": 4, "parameter": 5, "population": 6}


def hash32(text: str) -> int:
    """FNV-1a 64, folded."""
    found = 0xCBF29CE484222325
    for byte in text.encode():
        found = (found ^ byte) * 0x100000001B3 % 2**64
    return (found ^ found >> 32) % 2**32


@pytest.mark.parametrize("kind", KINDS)
def test_the_draws_of_numpy(kind: luck.Kind) -> None:
    seed, replicate, process, year, entities = 42, luck.replicate_key(3, 1), "household.income", 2018, [0, 7, 2**63 + 5]
    found = luck.draws(seed, replicate, process, year, kind, entities, count=11)
    word = hash32(process) << 32 | year << 8 | KINDS[kind]
    for row, entity in zip(found, entities, strict=True):
        counter = np.array([0, word, entity, 0], dtype=np.uint64)
        words = np.random.Philox(key=np.array([seed, replicate], dtype=np.uint64), counter=counter).random_raw(6)
        halves = [half for raw in words.tolist() for half in (raw % 2**32, raw >> 32)]
        assert row.tolist() == halves[:11]


def test_uniforms_and_normals_come_from_the_same_draws() -> None:
    address = (1, 2, "village.income", 2016, "village", np.arange(500))
    raw = luck.draws(*address, count=2)
    uniforms = luck.uniforms(*address, count=2)
    assert np.array_equal(uniforms, (raw + 0.5) / 2.0**32)
    np.testing.assert_allclose(luck.normals(*address, count=2), scipy.special.ndtri(uniforms), rtol=2e-7, atol=1e-9)


def test_a_scalar_entity_and_a_bad_kind() -> None:
    assert luck.draws(1, 0, "x", 2016, "person", 5).shape == (1, 1)
    with pytest.raises(tuopin.UsageError, match="household"):
        luck.draws(1, 0, "x", 2016, "family", 5)  # type: ignore[arg-type]


@pytest.mark.parametrize("bad", [-1, 2**64, True, 1.5, "1", None])
def test_numbers_that_would_wrap_are_refused(bad: object) -> None:
    for place in range(2):
        address = [1, 1]
        address[place] = bad  # type: ignore[call-overload]
        with pytest.raises(tuopin.UsageError, match="expected a whole number"):
            luck.draws(*address, "harvest", 2016, "household", [1])  # type: ignore[misc]
    with pytest.raises(tuopin.UsageError, match="whole number"):
        luck.draws(1, 1, "harvest", 2016, "household", [1], bad)  # type: ignore[arg-type]
    with pytest.raises(tuopin.UsageError, match="whole number"):
        luck.draws(1, 1, "harvest", 2016, "household", [bad])  # type: ignore[list-item]
