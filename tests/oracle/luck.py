"""Random numbers by address: draw = f(seed, replicate, process, year, kind, entity, index), Philox4x64-10 in NumPy.

    key     = {seed, replicate}
    counter = {block from 1, hash32(process name) << 32 | year << 8 | kind, entity, 0}

numpy.random.Philox makes one object an entity; here all entities go through the ten rounds together, with 64-bit
products from 32-bit halves. A test holds the two against each other.
"""

from __future__ import annotations

import numpy as np
from functions import Functions

Array = np.ndarray

HOUSEHOLD, PERSON, VILLAGE, COUNTY, PREFECTURE, PARAMETER, POPULATION = range(7)
MULTIPLIERS = 0xD2E7470EE14C6C93, 0xCA5A826395121157
WEYL = 0x9E3779B97F4A7C15, 0xBB67AE8584CAA73B
LOW = np.uint64(0xFFFFFFFF)
HALF = np.uint64(32)
SLICE = 8192  # entities at a time: what the rounds work on stays in the processor's cache


def product(multiplier: int, x: Array) -> tuple[Array, Array]:
    """High and low 64 bits of multiplier · x."""
    a_low, a_high = np.uint64(multiplier & 0xFFFFFFFF), np.uint64(multiplier >> 32)
    x_low, x_high = x & LOW, x >> HALF
    middle = a_high * x_low + (a_low * x_low >> HALF)
    other = a_low * x_high + (middle & LOW)
    return a_high * x_high + (middle >> HALF) + (other >> HALF), np.uint64(multiplier) * x


def philox(counter: list[Array], key: tuple[int, int]) -> list[Array]:
    """Ten rounds of Philox4x64 (Salmon, Moraes, Dror & Shaw 2011) on arrays of counters."""
    c0, c1, c2, c3 = counter
    for i in range(10):
        k0, k1 = (np.uint64((part + i * weyl) % 2**64) for part, weyl in zip(key, WEYL, strict=True))
        high0, low0 = product(MULTIPLIERS[0], c0)
        high1, low1 = product(MULTIPLIERS[1], c2)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
    return [c0, c1, c2, c3]


def name_hash64(name: str) -> int:
    """FNV-1a, 64 bits."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return h


def name_hash(name: str) -> int:
    """The same folded to 32 bits."""
    h = name_hash64(name)
    return (h ^ h >> 32) % 2**32


def uniform(draw: Array) -> Array:
    return (draw.astype(float) + 0.5) / 2.0**32


class Luck:
    def __init__(self, functions: Functions, seed: int, replicate: int = 0) -> None:
        self.functions, self.key = functions, (seed, replicate)

    def draws(self, process: str, year: int, kind: int, entities: object) -> Array:
        """The eight 32-bit draws of the first block of each entity, [entity, index]; the low half comes first."""
        word = name_hash(process) << 32 | year << 8 | kind
        who = np.atleast_1d(np.asarray(entities)).astype(np.uint64)
        words = np.empty((len(who), 4), np.uint64)
        for begin in range(0, len(who), SLICE):
            part = slice(begin, begin + SLICE)
            counter = [np.array([c], np.uint64) for c in (1, word, 0, 0)]
            counter[2] = who[part]
            for column, values in enumerate(philox(counter, self.key)):
                words[part, column] = values
        return words.view(np.uint32)

    def uniform(self, process: str, year: int, kind: int, entities: object, index: int = 0) -> Array:
        return uniform(self.draws(process, year, kind, entities)[:, index])

    def normal(self, process: str, year: int, kind: int, entities: object, index: int = 0) -> Array:
        return self.functions.quantile(self.uniform(process, year, kind, entities, index))
