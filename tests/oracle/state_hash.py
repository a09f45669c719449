"""The hash of a world's state at the end of a year: a sum over households of a mix of id, values and places held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from luck import name_hash

if TYPE_CHECKING:
    from years import World

Array = np.ndarray
PLACES = {"registered": 0, "ever_registered": 1, "housing_safe": 2, "water_safe": 3, "schooling_met": 4,
          "medical_met": 5, "moved": 6, "days_taken": 8, "free_days": 24, "exit_year": 40}  # fmt: skip


def mix64(x: Array) -> Array:
    """The finaliser of SplitMix64 (Steele, Lea & Flood 2014)."""
    x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return x ^ x >> np.uint64(31)


def bits(column: Array) -> Array:
    return column.view(np.uint32).astype(np.uint64)


def pair(first: Array, second: Array) -> Array:
    return bits(first) << np.uint64(32) | bits(second)


def state_hash(world: World) -> int:
    h, ids = world.state, world.people.house["id"].astype(np.uint64)
    flags = np.zeros(len(ids), np.uint64)
    for column, place in PLACES.items():
        flags |= h[column].astype(np.uint64) << np.uint64(place)
    x = ids * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ pair(h["true_income"], h["measured_income"])) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ x >> np.uint64(29) ^ pair(h["persistent_income"], h["programme_earnings"])) * np.uint64(0x94D049BB133111EB)
    x = (x ^ x >> np.uint64(32) ^ pair(h["wage_factor"], h["business_factor"])) * np.uint64(0x9FB21C651E98DF25)
    x = (x ^ x >> np.uint64(30) ^ bits(h["payments"])) * np.uint64(0xD6E8FEB86659FD93)
    x = (x ^ x >> np.uint64(32) ^ flags) * np.uint64(0xA0761D6478BD642F)
    total = int((x ^ x >> np.uint64(31)).sum(dtype=np.uint64))
    for programme in world.programmes:
        held = programme.places
        name = np.uint64(name_hash(programme.luck_name) << 32)
        entry = held.entered.astype(np.uint64) << np.uint64(8) | held.detail.astype(np.uint64)
        total += int(mix64(mix64(name | ids[held.household]) ^ entry).sum(dtype=np.uint64))
    return int(mix64(np.array([(total + world.year) % 2**64], np.uint64))[0])
