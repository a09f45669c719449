"""Checks numeric arguments: a valid number is used exactly, any other is refused with a message, never truncated."""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np

from tuopin.errors import UsageError


def whole_number(value: Any, name: str, least: int, most: int) -> int | None:
    """A whole number from ``least`` to ``most``; None stays None. A float such as 3.0 is refused as a wrong type."""
    return None if value is None else needed_number(value, name, least, most)


def needed_number(value: Any, name: str, least: int, most: int) -> int:
    expected = f"expected a whole number from {least} to {most}"
    value = _plain(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise UsageError(f"{name} is {value!r}, {expected}")
    if not least <= int(value) <= most:
        raise UsageError(f"{name} is {int(value)}, {expected}")
    return int(value)


def share(value: Any, name: str, least: float) -> float | None:
    """A share from ``least`` to one; None stays None."""
    if value is None:
        return None
    value = _plain(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise UsageError(f"{name} is {value!r}, expected a share from {least} to 1")
    found = float(value)
    if not math.isfinite(found) or not least <= found <= 1:
        raise UsageError(f"{name} is {found!r}, expected a share from {least} to 1")
    return found


def truth(value: Any, name: str) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise UsageError(f"{name} is {value!r}, expected True or False")
    return bool(value)


def _plain(value: Any) -> Any:
    """A NumPy number as a Python number, which prints without its type."""
    return (
        value.item() if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0) else value
    )
