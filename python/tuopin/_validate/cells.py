"""How figures are written: shares in percent, money and persons in whole numbers."""

from __future__ import annotations

import math

from tuopin import _core

_DECIMALS = {"yuan/year": 0, "persons": 0, "persons/household": 2, "mu/person": 2, "ratio": 1}
_SHARES = ("share", "share/year")


def number(value: float, unit: str) -> str:
    if math.isnan(value):
        return "–"
    if unit in _SHARES:
        return f"{points(value)}%"
    return _core.grouped(value, _DECIMALS[unit])


def points(share: float) -> str:
    """A share in hundredths, with a second decimal below one hundredth."""
    decimals = 0 if share == 0 else 2 if abs(share) < 0.01 else 1
    return f"{100 * share:.{decimals}f}"


def difference(value: float, unit: str) -> str:
    """With its sign; of shares in percentage points."""
    if math.isnan(value):
        return "–"
    said = points(value) if unit in _SHARES else number(value, unit)
    if not said.strip("-0."):  # rounds to nothing
        return "0"
    return said if value < 0 else f"+{said}"


def is_share(unit: str) -> bool:
    return unit in _SHARES


def percent(value: float, decimals: int) -> str:
    return f"{100 * value:.{decimals}f}%"
