"""The hash of a world's state at the end of a year: a sum over households of a mix of id, values and places held.

Villages, counties and the region keep nothing from year to year, so that they add nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from luck import name_hash, name_hash64

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
BEGINS = {"wage_factor": 1, "business_factor": 1}  # what a column begins as; all others at zero


def mix64(x: Array) -> Array:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014)."""
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


def bits(column: Array) -> Array:
    """The bits of a column of at most 32, as they stand."""
    unsigned = {1: np.uint8, 2: np.uint16, 4: np.uint32}[column.dtype.itemsize]
    return column.view(unsigned).astype(np.uint32)


def state_hash(world: World) -> int:
    """Columns by name: their bits less those in the beginning, times the name's key; then a mix with the id."""
    h, ids = world.state, world.people.house["id"].astype(np.uint64)
    sums = np.zeros(len(ids), np.uint64)
    for column, values in h.items():
        begins = bits(np.array([BEGINS.get(column, 0)], values.dtype))
        key = np.uint64(name_hash64(f"household.{column}") % 2**32 | 1)
        sums += (bits(values) - begins).astype(np.uint64) * key
    mixed = mix64(ids * np.uint64(0x9E3779B97F4A7C15) + np.uint64(name_hash64("household")) + sums)
    total = int(np.where(sums == 0, np.uint64(0), mixed).sum(dtype=np.uint64))
    for programme in world.programmes:
        held = programme.places
        name = np.uint64(name_hash(programme.luck_name) << 32)
        entry = held.entered.astype(np.uint64) << np.uint64(8) | held.detail.astype(np.uint64)
        entry |= held.own_land.astype(np.uint64) << np.uint64(32)
        total += int(mix64(mix64(name | ids[held.household]) ^ entry).sum(dtype=np.uint64))
    return int(mix64(np.array([(total + world.year) % 2**64], np.uint64))[0])
