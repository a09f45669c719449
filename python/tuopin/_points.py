"""The document's targets and reported figures, as points with which a simulated rate is compared."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from tuopin import results

# Names under which targets and observations give a rate, or the persons behind it.
_RATES = {"poverty_rate": {"poverty_rate"}, "register_rate": {"register_rate", "admin_poverty_rate"}}
_PERSONS = {"register_rate": {"register_persons", "poor_remaining_persons"}}


@dataclass(frozen=True)
class Point:
    """A figure with which the simulated rate is compared."""

    year: float
    value: float
    comparison: str  # at_most, at_least, about


def points_of(table: pd.DataFrame | None, variable: str, persons: float) -> list[Point]:
    """Figures for a rate over `persons`. A number of registered persons is converted to a rate if no rate of that year
    is printed; a rate over another base (`base_persons`) is converted to this one, so that all share one axis."""
    if table is None or not len(table):
        return []
    table = table.rename(columns={"variable": "measure"})
    if "comparison" not in table:
        table = table.assign(comparison="about")
    if "base_persons" not in table:
        table = table.assign(base_persons=np.nan)
    found: dict[float, Point] = {}
    for measure, year, value, comparison, base in zip(
        *(table[column] for column in ("measure", "year", "value", "comparison", "base_persons")), strict=True
    ):
        counted = measure in _PERSONS.get(variable, ()) and persons > 0
        if year > 0 and np.isfinite(value) and (measure in _RATES[variable] or (counted and float(year) not in found)):
            rate = float(value) / persons if counted else float(value)
            if not counted and base > 0 and persons > 0:
                rate *= float(base) / persons
            found[float(year)] = Point(float(year), rate, str(comparison))
    return [found[year] for year in sorted(found)]


def group_frame(path: Path, group: str) -> pd.DataFrame | None:
    """A group of one dimension as a table."""
    if group not in results.groups(path):
        return None
    found = results.open(path, group)
    flat = [name for name, variable in found.data_vars.items() if variable.ndim == 1]
    return found[flat].to_dataframe().reset_index() if flat else None
