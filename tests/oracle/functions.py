"""exp, log and the normal quantile: the fixed ones, from their specification in engine/base/numbers.hpp, and NumPy's.

In the fixed ones every operation is one IEEE operation in the order of the specification, so results agree with the
program bit for bit. With NumPy's and SciPy's the same model agrees to rounding, which shows that nothing hangs on them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

Array = np.ndarray

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


def horner(coefficients: list[float], x: Array) -> Array:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value


def exp(x: object) -> Array:
    """e^x = 2^k e^r, r = x − k ln 2; k goes into the exponent bits."""
    x = np.clip(np.asarray(x, float), -700.0, 700.0)
    k = np.rint(x * 1.4426950408889634)
    r = (x - k * LN2_HIGH) - k * LN2_LOW
    y = 1.0 + (r + r * r * (0.5 + r * horner(EXP, r)))
    return np.asarray((y.view(np.int64) + (k.astype(np.int64) << 52)).view(float))


def log(x: object) -> Array:
    """x = 2^k m with √½ ≤ m < √2; log m = f − (f²/2 − s (f²/2 + R(s²))), f = m − 1, s = f / (2 + f)."""
    bits = np.asarray(x, float).view(np.int64) + (ONE - SQRT_HALF)
    k = (bits >> 52).astype(float) - 1023.0
    f = np.asarray((bits & MANTISSA) + SQRT_HALF).view(float) - 1.0
    s = f / (2.0 + f)
    z = s * s
    r = horner(LOG, z) * z
    half_square = 0.5 * f * f
    return np.asarray(k * LN2_HIGH - ((half_square - (s * (half_square + r) + k * LN2_LOW)) - f))


def quantile(u: object) -> Array:
    """Of the standard normal at u in [2⁻³³, 1 − 2⁻³³]: AS 241 without its far tail, which 32 bits do not reach."""
    q = np.atleast_1d(np.asarray(u, float)) - 0.5
    middle = 0.180625 - q * q
    value = horner(A, middle) / horner(B, middle) * q
    outer = np.abs(q) > 0.425
    tail = np.sqrt(-log(0.5 - np.abs(q[outer]))) - 1.6
    value[outer] = horner(C, tail) / horner(D, tail) * np.where(q[outer] < 0, -1.0, 1.0)
    return value.reshape(np.shape(u))


class Functions(NamedTuple):
    """What the model takes: `exact` says whether bits must agree."""

    name: str
    exact: bool
    exp: Callable[[object], Array]
    log: Callable[[object], Array]
    quantile: Callable[[object], Array]


FIXED = Functions("fixed", True, exp, log, quantile)
NUMPY = Functions("NumPy", False, np.exp, np.log, special.ndtri)
