"""Luck and the fixed functions in NumPy, from their specification (engine/base/luck.hpp, engine/base/numbers.hpp).

Every operation is one IEEE operation in the order of the specification, so results agree with the program bit for bit.
"""

from __future__ import annotations

import numpy as np

HOUSEHOLD, PERSON, VILLAGE, COUNTY, PREFECTURE, PARAMETER, POPULATION = range(7)

# Coefficients, highest power first: exp and log as fitted, the normal quantile of Wichura (1988), AS 241.
EXP = [2.5095546064622e-08, 2.7613795662346626e-07, 2.755728008253529e-06, 2.4801536408869822e-05,
       0.00019841269854330845, 0.0013888888905871442, 0.008333333333332157, 0.041666666666651364,
       0.16666666666666666]  # fmt: skip
LOG = [0.1461645097955211, 0.15331721495826012, 0.18182889128412458, 0.22222211134751835, 0.2857142862597575,
       0.39999999999899505, 0.666666666666667]  # fmt: skip
A = [2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
     13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.3871328727963666080]  # fmt: skip
B = [5226.4952788528545610, 28729.085735721942674, 39307.895800092710610, 21213.794301586595867,
     5394.1960214247511077, 687.18700749205790830, 42.313330701600911252, 1.0]  # fmt: skip
C = [7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
     3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734]  # fmt: skip
D = [1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1.0]  # fmt: skip

LN2_HIGH, LN2_LOW = float.fromhex("0x1.62e42fefp-1"), float.fromhex("0x1.473de6af278edp-34")
MANTISSA, SQRT_HALF, ONE = (np.int64(x) for x in (0x000FFFFFFFFFFFFF, 0x3FE6A09E667F3BCD, 0x3FF0000000000000))


def horner(coefficients: list[float], x: np.ndarray) -> np.ndarray:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value


def exp(x: object) -> np.ndarray:
    """e^x = 2^k e^r, r = x − k ln 2."""
    x = np.clip(np.asarray(x, float), -700.0, 700.0)
    k = np.rint(x * 1.4426950408889634)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    return np.ldexp(1.0 + (r + r * r * (0.5 + r * horner(EXP, r))), k.astype(int))


def log(x: object) -> np.ndarray:
    """x = 2^k m with √½ ≤ m < √2; log m = f − (f²/2 − s (f²/2 + R(s²))), f = m − 1, s = f / (2 + f)."""
    bits = np.asarray(x, float).view(np.int64) + (ONE - SQRT_HALF)
    k = (bits >> 52).astype(float) - 1023.0
    f = ((bits & MANTISSA) + SQRT_HALF).view(float) - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = horner(LOG, z) * z
    half_square = 0.5 * f * f
    return k * LN2_HIGH - ((half_square - (s * (half_square + r) + k * LN2_LOW)) - f)


def uniform(draw: np.ndarray) -> np.ndarray:
    return (draw.astype(float) + 0.5) / 2.0**32


def normal(draw: np.ndarray) -> np.ndarray:
    """Quantile of the standard normal at uniform(draw): AS 241 without its far tail, which 32 bits do not reach."""
    q = uniform(draw) - 0.5
    central = np.abs(q) <= 0.425
    middle = 0.180625 - q * q
    tail = np.sqrt(-log(0.5 - np.abs(q))) - 1.6
    sign = np.where(q < 0, -1.0, 1.0)
    return np.where(central, horner(A, middle) / horner(B, middle) * q, horner(C, tail) / horner(D, tail) * sign)


def name_hash(name: str) -> int:
    """FNV-1a, 64 bits folded to 32."""
    h = 0xCBF29CE484222325
    for byte in name.encode():
        h = (h ^ byte) * 0x100000001B3 % 2**64
    return (h ^ h >> 32) % 2**32


class Luck:
    """draw = f(seed, replicate, process, year, kind, entity, index), looked up in NumPy's own Philox."""

    def __init__(self, seed: int, replicate: int = 0) -> None:
        self.key = np.array([seed, replicate], np.uint64)

    def draws(self, process: str, year: int, kind: int, entities: np.ndarray) -> np.ndarray:
        """The eight 32-bit draws of the first block of each entity; the low half of a word comes first."""
        word = name_hash(process) << 32 | year << 8 | kind
        words = [
            np.random.Philox(key=self.key, counter=np.array([0, word, int(entity), 0], np.uint64)).random_raw(4)
            for entity in entities
        ]
        return np.array(words, np.uint64).reshape(-1, 4).view(np.uint32)

    def uniform(self, process: str, year: int, kind: int, entities: np.ndarray, index: int = 0) -> np.ndarray:
        return uniform(self.draws(process, year, kind, entities)[:, index])

    def normal(self, process: str, year: int, kind: int, entities: np.ndarray, index: int = 0) -> np.ndarray:
        return normal(self.draws(process, year, kind, entities)[:, index])
