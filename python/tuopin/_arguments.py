"""Checks numeric arguments: a valid number is used exactly, any other is refused with a message, never truncated."""

from __future__ import annotations

import math
import numbers
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tuopin._language import say
from tuopin.errors import UsageError


def whole_number(value: Any, name: str, least: int, most: int) -> int | None:
    """A whole number from ``least`` to ``most``; None stays None. A float such as 3.0 is refused as a wrong type."""
    return None if value is None else needed_number(value, name, least, most)


def needed_number(value: Any, name: str, least: int, most: int) -> int:
    expected = say("expected a whole number from {least} to {most}", least=least, most=most)
    value = _plain(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Integral):
        raise UsageError(say("{name} is {value}, {expected}", name=name, value=repr(value), expected=expected))
    if not least <= int(value) <= most:
        raise UsageError(say("{name} is {value}, {expected}", name=name, value=int(value), expected=expected))
    return int(value)


def share(value: Any, name: str, least: float) -> float | None:
    """A share from ``least`` to one; None stays None."""
    if value is None:
        return None
    value = _plain(value)
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, numbers.Real):
        raise UsageError(
            say("{name} is {value}, expected a share from {least} to 1", name=name, value=repr(value), least=least)
        )
    found = float(value)
    if not math.isfinite(found) or not least <= found <= 1:
        raise UsageError(
            say("{name} is {found}, expected a share from {least} to 1", name=name, found=repr(found), least=least)
        )
    return found


def number_typed(text: str, name: str, least: int, most: int) -> int:
    """A whole number that somebody typed."""
    plain = text.isascii() and text.removeprefix("-").isdigit() and len(text) < 20
    return needed_number(int(text) if plain else text, name, least, most)


def share_typed(text: str, name: str, least: float) -> float:
    """A share that somebody typed."""
    try:
        typed: float | str = float(text) if text.isascii() and "_" not in text else text
    except ValueError:
        typed = text
    found = share(typed, name, least)
    assert found is not None  # definition: only None stays None
    return found


def truth(value: Any, name: str) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise UsageError(say("{name} is {value}, expected True or False", name=name, value=repr(value)))
    return bool(value)


def scenario_files(scenarios: Sequence[Any], call: str) -> list[Path]:
    """The paths of scenarios that were given one by one to ``call``."""
    if not scenarios:
        raise UsageError(say("no scenario: name at least one scenario file"))
    for scenario in scenarios:
        if isinstance(scenario, (list, tuple, set)):
            raise UsageError(say("{scenarios} is no path of a file; scenarios are given one by one: {call}(*files)",
                                 scenarios=repr(scenario), call=call))  # fmt: skip
    return [a_path(scenario) for scenario in scenarios]


def a_path(path: Any) -> Path:
    try:
        return Path(path)
    except TypeError as problem:
        raise UsageError(say("{path} is no path of a file", path=repr(path))) from problem


def _plain(value: Any) -> Any:
    """A NumPy number as a Python number, which prints without its type."""
    return (
        value.item() if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.ndim == 0) else value
    )
