"""Who leaves poverty after how long, and who is back, as a panel with waves two years apart sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

Flags = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]

YEARS_BETWEEN_WAVES = 2  # definition: as in the panel whose hazards are published (CFPS)


def waves(poor: Mapping[int, Flags], first: int) -> list[Flags]:
    """The states at the waves, from the first one on as far as years have been lived."""
    return [poor[year] for year in range(first, max(poor) + 1, YEARS_BETWEEN_WAVES)]


def exit_after_one_wave(poor: Sequence[Flags], persons: Numbers) -> float:
    """Of persons not poor at a wave and poor at the next: the share not poor at the one after it."""
    return _share(((~poor[w - 1] & poor[w], ~poor[w + 1]) for w in range(1, len(poor) - 1)), persons)


def exit_after_three_waves(poor: Sequence[Flags], persons: Numbers) -> float:
    """Of persons poor at three waves in a row, four years apart and so in a spell of five years or more: the share not
    poor at the next. Spells that began before the first wave count."""
    return _share(((poor[w - 2] & poor[w - 1] & poor[w], ~poor[w + 1]) for w in range(2, len(poor) - 1)), persons)


def back_after_exit(poor: Sequence[Flags], persons: Numbers) -> float:
    """Of persons poor at a wave and not poor at the next: the share poor two waves, four years, later."""
    return _share(((poor[w - 1] & ~poor[w], poor[w + 2]) for w in range(1, len(poor) - 2)), persons)


def _share(pairs: Iterable[tuple[Flags, Flags]], persons: Numbers) -> float:
    """Over persons and waves together; unknown where nobody is at risk."""
    at_risk = leaving = 0.0
    for risk, gone in pairs:
        at_risk += float(persons[risk].sum())
        leaving += float(persons[risk & gone].sum())
    return leaving / at_risk if at_risk > 0 else float("nan")
